"""The history of a fact, told in French from its rows alone."""

from __future__ import annotations

from datetime import date

import pytest

from equerre.kernel.period import Period
from equerre.registry import history, models
from equerre.registry.dated import Source
from equerre.registry.record import By, Entry, correct, propose, record, retire, settle
from tests.registry.writing import audience, by, deliver, instant, school, source

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2022, 9, 1)
NEXT = date(2026, 9, 1)


def told(model: type = models.Audience) -> list[str]:
    return [event.text for event in history.tell(model.objects.all())]


def test_what_is_written_then_corrected() -> None:
    row = record(audience(42, SEPTEMBER), by(0))
    correct(row, audience(24, SEPTEMBER), By("person:3f2a9c14-77", instant(61), source("note"), "error", "relu"))
    last, first = history.tell(models.Audience.objects.all())
    assert first.text == (
        "Le 1er janvier 2026 à 9 h 00, l'agent test a inscrit : élèves sous statut scolaire : 42, "
        "vrai depuis le 1er septembre 2022, d'après Ministère fictif, Papier acte."
    )
    assert last.text == (
        "Le 3 mars 2026 à 9 h 00, l'agent 3f2a9c14 a corrigé : élèves sous statut scolaire : 24 au lieu de 42, "
        "vrai depuis le 1er septembre 2022, d'après Ministère fictif, Papier note."
    )
    assert (last.reason, last.note) == ("ce qui était écrit était faux", "relu")
    assert (first.reason, first.note) == ("saisie", "")


def test_a_change_keeps_the_days_before_and_tells_one_move() -> None:
    record(audience(42, SEPTEMBER), by(0))
    record(audience(24, NEXT), by(1, reason="change"))
    assert told()[0] == (
        "Le 2 janvier 2026 à 9 h 00, l'agent test a inscrit un changement : élèves sous statut scolaire : 24 au lieu de "
        "42, vrai depuis le 1er septembre 2026, d'après Ministère fictif, Papier acte."
    )
    assert len(told()) == 2


def test_days_alone_may_be_corrected() -> None:
    row = record(audience(42, SEPTEMBER), by(0))
    correct(row, audience(42, SEPTEMBER, NEXT), by(1))
    assert told()[0] == (
        "Le 2 janvier 2026 à 9 h 00, l'agent test a corrigé : vrai du 1er septembre 2022 au 31 août 2026 au lieu de vrai "
        "depuis le 1er septembre 2022, d'après Ministère fictif, Papier acte."
    )


def test_what_is_retired_says_what_it_said() -> None:
    row = record(audience(42, SEPTEMBER), by(0))
    retire(row, by(1))
    assert told()[0] == (
        "Le 2 janvier 2026 à 9 h 00, l'agent test a mis fin à ce fait : élèves sous statut scolaire : 42, vrai depuis le 1er "
        "septembre 2022."
    )


@pytest.fixture
def contested() -> models.Audience:
    record(audience(42, SEPTEMBER), by(0))
    found = propose(audience(30, SEPTEMBER), by(1, source("annuaire", "Annuaire")))
    assert isinstance(found, models.Audience)
    return found


def test_a_proposal_waits(contested: models.Audience) -> None:
    assert told()[0] == (
        "Le 2 janvier 2026 à 9 h 00, l'agent test a gardé une proposition, à trancher : élèves sous statut scolaire : 30, "
        "vrai depuis le 1er septembre 2022, d'après Annuaire, Papier annuaire."
    )


def test_a_proposal_taken_is_one_move(contested: models.Audience) -> None:
    settle(contested, by(2, reason="settled"), accept=True)
    assert told()[0] == (
        "Le 3 janvier 2026 à 9 h 00, l'agent test a retenu la proposition : élèves sous statut scolaire : 30 au lieu de 42, "
        "vrai depuis le 1er septembre 2022, d'après Annuaire, Papier annuaire."
    )
    assert len(told()) == 3


def test_a_proposal_left_is_told_too(contested: models.Audience) -> None:
    settle(contested, by(2), accept=False)
    assert any("a écarté la proposition : élèves sous statut scolaire : 30" in text for text in told())


def test_a_delivery_read_late_is_history() -> None:
    def delivery(number: int, dated_on: date, pupils: int) -> None:
        said = Source.objects.create(
            key=f"d{number}", publisher="Annuaire", title=f"Livraison {number}", dated_on=dated_on
        )
        deliver([audience(pupils, SEPTEMBER)], By("import:annuaire", instant(number), said, "import"))

    delivery(1, date(2026, 2, 1), 24)
    delivery(2, date(2026, 1, 1), 22)
    assert told()[0].startswith("Le 3 janvier 2026 à 9 h 00, « import:annuaire » a rangé une livraison déjà dépassée")
    assert len(told()) == 2


def test_rows_that_a_fact_names_are_said() -> None:
    sites = [models.Site.objects.create(key=key, school=school()) for key in ("atelier", "principal")]
    values = {"school": school(), "effect_on": SEPTEMBER, "authority": "le ministre", "cse_opinion_favourable": False}
    row = record(Entry(models.Recognition, values, Period(SEPTEMBER), {"sites": sites}), by(0))
    correct(row, Entry(models.Recognition, values, Period(SEPTEMBER), {"sites": sites[1:]}), by(1))
    last, first = told(models.Recognition)
    assert "jour d'effet : 1er septembre 2022" in first
    assert "avis favorable du Conseil supérieur de l'éducation : non" in first
    assert "sites nommés : atelier et principal" in first
    assert "sites nommés : principal au lieu de atelier et principal" in last


def test_the_same_rows_in_another_order_tell_the_same() -> None:
    row = record(audience(42, SEPTEMBER), by(0))
    correct(row, audience(24, SEPTEMBER), by(1))
    rows = list(models.Audience.objects.all())
    assert history.tell(rows) == history.tell(reversed(rows))
    assert history.tell([]) == []
