"""*Trancher*: taken, left, what was not seen, who may not; by the page and by the action alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from equerre.accounts.models import Person
from equerre.cases.actions.settle import Settlement, settle
from equerre.kernel import clock
from equerre.kernel.errors import EquerreError
from equerre.registry import models, record, revision
from tests.cases.keepers import SEPTEMBER, a_keeper, address, decided, held, text
from tests.registry.writing import audience, by, source

pytestmark = pytest.mark.django_db


def test_held_and_proposed_stand_side_by_side(officer: Client, proposal: models.Audience) -> None:
    shown = text(officer.get(address("settle", proposal)))
    assert "<td>42</td>" in shown
    assert "<strong>30</strong> (différent)" in shown
    assert "Annuaire, Papier annuaire" in shown


def test_a_proposal_is_taken(officer: Client, row: models.Audience, proposal: models.Audience) -> None:
    answer = officer.post(address("settle", proposal), decided(row, "take"))
    assert answer.status_code == 302
    assert held() == [(30, SEPTEMBER, None)]
    new = models.Audience.objects.get(standing="held", known_until__isnull=True)
    assert (new.source, new.reason, new.note) == (source("annuaire"), "settled", "Relevé de rentrée.")


def test_a_proposal_is_left_and_the_reason_kept(
    officer: Client, row: models.Audience, proposal: models.Audience
) -> None:
    assert officer.post(address("settle", proposal), decided(row, "leave")).status_code == 302
    assert held() == [(42, SEPTEMBER, None)]
    proposal.refresh_from_db()
    assert proposal.known_until == clock.now()
    assert (proposal.ended_reason, proposal.ended_note) == ("settled", "Relevé de rentrée.")
    assert proposal.ended_by.startswith("person:")
    assert "C'est tranché depuis" in text(officer.get(address("settle", proposal)))


def test_a_decision_and_a_reason_are_asked_for(officer: Client, proposal: models.Audience) -> None:
    answer = officer.post(address("settle", proposal), {"seen": ""})
    assert answer.status_code == 400
    assert "Choisissez : retenir la proposition, ou l'écarter." in text(answer)
    assert "Dites pourquoi" in text(answer)


def test_what_was_not_seen_is_not_replaced(officer: Client, row: models.Audience, proposal: models.Audience) -> None:
    record.correct(row, audience(40, SEPTEMBER), by(2))
    answer = officer.post(address("settle", proposal), decided(row, "take"))
    assert answer.status_code == 409
    assert "Quelqu'un a été plus rapide" in text(answer)
    assert "Relevé de rentrée." in text(answer)
    assert "<td>40</td>" in text(answer)
    assert held() == [(40, SEPTEMBER, None)]
    now = models.Audience.objects.get(standing="held", known_until__isnull=True)
    assert f'value="{now.pk}"' in text(answer)
    assert officer.post(address("settle", proposal), decided(now, "take")).status_code == 302


def test_a_proposal_settled_by_another_is_too_late(
    officer: Client, row: models.Audience, proposal: models.Audience
) -> None:
    record.settle(proposal, by(2), accept=False)
    answer = officer.post(address("settle", proposal), decided(row, "take"))
    assert answer.status_code == 409
    assert held() == [(42, SEPTEMBER, None)]
    assert not LogEntry.objects.exists()


def test_what_is_held_is_not_settled(officer: Client, row: models.Audience) -> None:
    assert "n'attend pas qu'on tranche" in text(officer.get(address("settle", row)))
    assert officer.post(address("settle", row), decided(row, "take", "")).status_code == 409


# --- The page and the action, alike ------------------------------------------------------------------------------------

TAKE = {"take": True}


def by_the_page(person: Person, proposal: models.Audience, said: dict[str, Any]) -> str:
    """What the page answers when it refuses; "" when it is written."""
    client = Client()
    client.force_login(person)
    typed = {"decision": "take" if said["take"] else "leave", "why": said.get("why", "Relevé."), "seen": said["seen"]}
    answer = client.post(address("settle", proposal), typed | {"seen": ",".join(map(str, said["seen"]))})
    return "" if answer.status_code == 302 else text(answer)


def by_the_action(person: Person, proposal: models.Audience, said: dict[str, Any]) -> str:
    """The same for whoever calls the action: the API, a command."""
    try:
        settle(person, Settlement(proposal, said["seen"], said["take"], said.get("why", "Relevé.")), clock.now())
    except EquerreError as error:
        return str(error)
    return ""


Way = Callable[[Person, models.Audience, dict[str, Any]], str]
WAYS = pytest.mark.parametrize("way", [by_the_page, by_the_action])


@WAYS
@pytest.mark.parametrize(("take", "then"), [(True, 30), (False, 42)])
def test_both_decide_the_same(way: Way, row: models.Audience, proposal: models.Audience, take: bool, then: int) -> None:
    person = a_keeper("change_audience")
    assert way(person, proposal, {"seen": [row.pk], "take": take}) == ""
    assert held() == [(then, SEPTEMBER, None)]
    proposal.refresh_from_db()
    assert (proposal.ended_by, proposal.ended_reason, proposal.ended_note) == (person.author, "settled", "Relevé.")


@WAYS
@pytest.mark.parametrize(
    ("rights", "said", "message"),
    [
        (("change_audience",), {"why": " "}, "Dites pourquoi : quelqu'un le relira."),
        (("change_audience",), {"seen": []}, "Quelqu'un a été plus rapide : ce qui est tenu a changé."),
        (("change_audience",), {"seen": [10**9]}, "Quelqu'un a été plus rapide : ce qui est tenu a changé."),
        (("view_audience",), {}, "n'a pas le droit de trancher sur les lignes « effectifs par statut »."),
    ],
)
@pytest.mark.parametrize("take", [True, False])
def test_both_refuse_the_same_and_write_nothing(
    way: Way,
    row: models.Audience,
    proposal: models.Audience,
    rights: tuple[str, ...],
    said: dict[str, Any],
    message: str,
    take: bool,
) -> None:
    before = (held(), revision.number())
    assert message in way(a_keeper(*rights), proposal, {"seen": [row.pk], "take": take, **said})
    assert (held(), revision.number()) == before
    proposal.refresh_from_db()
    assert proposal.known_until is None


@WAYS
def test_both_say_that_it_is_settled_already(way: Way, row: models.Audience, proposal: models.Audience) -> None:
    record.settle(proposal, by(2), accept=False)
    said = way(a_keeper("change_audience"), proposal, {"seen": [row.pk], "take": True})
    assert "Quelqu'un a changé ce fait avant vous" in said
    assert held() == [(42, SEPTEMBER, None)]


@WAYS
def test_a_proposal_against_nothing_is_taken(way: Way) -> None:
    alone = record.propose(audience(30, SEPTEMBER), by(1))
    assert way(a_keeper("change_audience"), alone, {"seen": [], "take": True}) == ""  # type: ignore[arg-type]
    assert held() == [(30, SEPTEMBER, None)]
