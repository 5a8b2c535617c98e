"""*Corriger*: an error, a change, what cannot be, who may not, who was faster; by the page and by the action alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from equerre.accounts.models import Person
from equerre.accounts.rights import Forbidden
from equerre.cases.actions import ActionRefused
from equerre.cases.actions import correct as action
from equerre.cases.actions.correct import Restatement, correct
from equerre.kernel import clock
from equerre.kernel.errors import EquerreError
from equerre.kernel.period import Period
from equerre.registry import models, record, revision
from equerre.registry.dated import value_fields
from equerre.registry.record import Entry
from tests.cases.conftest import Sign
from tests.cases.keepers import NEXT, SEPTEMBER, a_keeper, address, held, text, typed_correction, written
from tests.registry.writing import audience, by, school, source

pytestmark = pytest.mark.django_db


def test_an_error_is_corrected_and_stays_in_history(officer: Client, row: models.Audience) -> None:
    shown = text(officer.get(address("correct", row)))
    assert 'value="42"' in shown
    assert 'value="2022-09-01"' in shown
    answer = officer.post(address("correct", row), typed_correction())
    new = models.Audience.objects.get(known_until__isnull=True)
    assert answer.status_code == 302
    assert answer.headers["Location"] == address("change", new)
    assert held() == [(24, SEPTEMBER, None)]
    row.refresh_from_db()
    assert row.known_until == clock.now() == new.known_from
    assert (new.author, new.reason, new.note) == (
        Person.objects.get().author,
        "error",
        "Deux chiffres inversés.",
    )
    told = text(officer.get(address("history", new)))
    assert "a corrigé : élèves sous statut scolaire : 24 au lieu de 42" in told
    assert "Deux chiffres inversés." in told


def test_a_change_of_situation_keeps_the_days_before(officer: Client, row: models.Audience) -> None:
    answer = officer.post(address("correct", row), typed_correction(happened="change", valid_from="2026-09-01"))
    assert answer.status_code == 302
    assert held() == [(42, SEPTEMBER, NEXT), (24, NEXT, None)]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"happened": ""}, "Dites si c'était faux, ou si la situation a changé"),
        ({"source": ""}, "un fait sans source n'entre pas"),
        ({"source": "inconnue"}, "Aucune source n'a la clé « inconnue »"),
        ({"why": ""}, "Dites pourquoi"),
        ({"school_status": ""}, "Ce champ manque."),
        ({"valid_from": "2022-02-30"}, "Ce jour ne se lit pas"),
        ({"valid_from": "9999-01-01"}, "Équerre compte de 1800 à 2199"),
        ({"valid_until": "2022-09-01"}, "Ce jour doit venir après le 1er septembre 2022"),
        ({"happened": "change"}, "L'ancienne valeur commence le 1er septembre 2022"),
        ({"happened": "change", "valid_from": ""}, "Dites de quel jour date le changement"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    officer: Client, row: models.Audience, said: dict[str, str], message: str
) -> None:
    answer = officer.post(address("correct", row), typed_correction(**said))
    assert answer.status_code == 400
    assert message in text(answer)
    assert "Rien n’est parti" in text(answer)
    for typed in {**typed_correction(), **said}.values():
        assert typed in text(answer)
    assert held() == [(42, SEPTEMBER, None)]


def test_a_change_never_swallows_the_next_fact(officer: Client) -> None:
    first = written(audience(42, SEPTEMBER, NEXT))
    written(audience(50, NEXT), 1)
    for happened, start in (("change", "2024-09-01"), ("error", "2022-09-01")):
        answer = officer.post(address("correct", first), typed_correction(happened=happened, valid_from=start))
        assert answer.status_code == 400
        assert "Un autre fait du même objet vaut déjà depuis le 1er septembre 2026" in text(answer)
    assert held() == [(42, SEPTEMBER, NEXT), (50, NEXT, None)]


def test_somebody_was_faster(officer: Client, row: models.Audience) -> None:
    record.correct(row, audience(40, SEPTEMBER), by(1))
    for happened, start in (("error", "2022-09-01"), ("change", "2026-09-01")):
        answer = officer.post(address("correct", row), typed_correction(happened=happened, valid_from=start))
        assert answer.status_code == 409
        assert "Quelqu'un a été plus rapide" in text(answer)
        assert "Votre texte est gardé, rien n’est parti." in text(answer)
        assert "Deux chiffres inversés." in text(answer)
        assert address("change", models.Audience.objects.get(known_until__isnull=True)) in text(answer)
    assert held() == [(40, SEPTEMBER, None)]


def test_the_same_instant_is_too_late(officer: Client) -> None:
    row = record.record(audience(42, SEPTEMBER), record.By("person:autre", clock.now(), source()))
    answer = officer.post(address("correct", row), typed_correction())
    assert answer.status_code == 409
    assert held() == [(42, SEPTEMBER, None)]


def test_a_correction_is_whole_or_nothing(
    officer: Client, row: models.Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a power cut")

    monkeypatch.setattr(record, "_insert", broken)
    with pytest.raises(RuntimeError):
        officer.post(address("correct", row), typed_correction())
    assert held() == [(42, SEPTEMBER, None)]


def test_a_row_that_is_no_longer_held_has_no_form(
    officer: Client, row: models.Audience, proposal: models.Audience
) -> None:
    assert "il se tranche" in text(officer.get(address("correct", proposal)))
    record.correct(row, audience(40, SEPTEMBER), by(2))
    shown = text(officer.get(address("correct", row)))
    assert "n'est plus tenue depuis le 3 janvier 2026 à 9 h 00" in shown
    assert "<textarea" not in shown


def test_identifiers_and_named_rows_are_checked(sign_in: Sign) -> None:
    client = sign_in("change_sitedetails", "change_recognition")
    site = models.Site.objects.create(key="atelier", school=school())
    details = written(Entry(models.SiteDetails, {"site": site, "main": True, "uai": "9990012J"}))
    typed = {
        "happened": "error",
        "source": "acte",
        "why": "lettre",
        "main": "on",
        "uai": "9990012A",
        "departement": "99",
    }
    shown = text(client.post(address("correct", details), typed))
    assert "la lettre de contrôle de 9990012 est J, et non A" in shown
    assert "Aucun département n'a le code « 99 »" in shown
    act = {"school": school(), "effect_on": SEPTEMBER, "authority": "le ministre"}
    recognition = written(Entry(models.Recognition, act, Period(SEPTEMBER)), 1)
    typed = {
        "happened": "error",
        "source": "acte",
        "why": "lettre",
        "authority": "le ministre",
        "effect_on": "2022-09-02",
        "valid_from": "2022-09-01",
        "sites": "atelier\ninconnu",
    }
    assert "n'a la clé « inconnu »" in text(client.post(address("correct", recognition), typed))
    typed["sites"] = "atelier"
    assert "Ce fait commence le jour « jour d'effet »" in text(client.post(address("correct", recognition), typed))
    answer = client.post(address("correct", recognition), {**typed, "valid_from": "2022-09-02"})
    assert answer.status_code == 302
    new = models.Recognition.objects.get(known_until__isnull=True)
    assert list(new.sites.all()) == [site]
    assert "atelier" in text(client.get(address("correct", new)))


def test_an_error_of_the_past_keeps_both_times(officer: Client, row: models.Audience) -> None:
    """A correction learnt late never changes what was held before it."""
    officer.post(address("correct", row), typed_correction())
    yesterday = clock.now() - timedelta(days=1)
    then = models.Audience.objects.filter(known_from__lte=yesterday).exclude(known_until__lte=yesterday)
    assert [one.school_status for one in then] == [42]


# --- The page and the action, alike ------------------------------------------------------------------------------------


def by_the_page(person: Person, row: models.Audience, said: dict[str, Any]) -> str:
    """What the page answers when it refuses; "" when it is written."""
    client = Client()
    client.force_login(person)
    typed = {name: "" if value is None else str(value) for name, value in said.items()}
    answer = client.post(address("correct", row), typed_correction(**typed))
    return "" if answer.status_code == 302 else text(answer)


def by_the_action(person: Person, row: models.Audience, said: dict[str, Any]) -> str:
    """The same for whoever calls the action: the API, a command."""
    whole: dict[str, Any] = {"happened": "error", "school_status": 24, "apprentices": None, "trainees": None}
    whole |= {"valid_from": SEPTEMBER, "valid_until": None, "why": "Deux chiffres inversés."} | said
    says = {name: whole[name] for name in ("school_status", "apprentices", "trainees")}
    valid = Period(whole["valid_from"], whole["valid_until"])
    try:
        correct(person, Restatement(row, whole["happened"], says, valid, source(), whole["why"]), clock.now())
    except EquerreError as error:
        return str(error)
    return ""


Way = Callable[[Person, models.Audience, dict[str, Any]], str]
WAYS = pytest.mark.parametrize("way", [by_the_page, by_the_action])


@WAYS
@pytest.mark.parametrize(
    ("said", "then"),
    [
        ({}, [(24, SEPTEMBER, None)]),
        ({"valid_from": None, "valid_until": NEXT}, [(24, None, NEXT)]),
        ({"happened": "change", "valid_from": NEXT}, [(42, SEPTEMBER, NEXT), (24, NEXT, None)]),
    ],
)
def test_both_write_the_same(way: Way, row: models.Audience, said: dict[str, Any], then: list[Any]) -> None:
    person = a_keeper("change_audience")
    before = revision.number()
    assert way(person, row, said) == ""
    assert held() == then
    assert revision.number() > before
    new = models.Audience.objects.filter(school_status=24).get()
    assert (new.author, new.source, new.note) == (person.author, source(), "Deux chiffres inversés.")
    assert new.known_from == clock.now()


@WAYS
@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"happened": "change", "valid_from": None}, "Dites de quel jour date le changement."),
        ({"happened": "change"}, "L'ancienne valeur commence le 1er septembre 2022"),
        ({"valid_from": date(1799, 9, 1)}, "Équerre compte de 1800 à 2199."),
        ({"valid_until": date(2200, 1, 1)}, "Équerre compte de 1800 à 2199."),
        ({"why": "  "}, "Dites pourquoi : quelqu'un le relira."),
        ({"school_status": -1}, "supérieure ou égale à 0"),
        ({"valid_from": date(2022, 1, 1), "valid_until": date(2022, 8, 1)}, "Un autre fait du même objet vaut déjà"),
    ],
)
def test_both_refuse_the_same_and_write_nothing(
    way: Way, row: models.Audience, said: dict[str, Any], message: str
) -> None:
    written(audience(7, date(2021, 9, 1), date(2022, 7, 1)), 1)
    before = (held(), revision.number())
    assert message in way(a_keeper("change_audience"), row, said)
    assert (held(), revision.number()) == before


@WAYS
def test_both_ask_the_right_first(way: Way, row: models.Audience) -> None:
    record.correct(row, audience(40, SEPTEMBER), by(1))
    said = way(a_keeper("view_audience"), row, {"happened": "change", "valid_from": None})
    assert "Votre compte n'a pas le droit de corriger les lignes « effectifs par statut »." in said
    assert held() == [(40, SEPTEMBER, None)]


@WAYS
def test_both_say_that_somebody_was_faster(way: Way, row: models.Audience) -> None:
    record.correct(row, audience(40, SEPTEMBER), by(1))  # and the row in hand still looks open
    assert row.known_until is None
    assert "Quelqu'un a été plus rapide : cette ligne n'est plus tenue." in way(a_keeper("change_audience"), row, {})
    assert held() == [(40, SEPTEMBER, None)]


@WAYS
def test_neither_corrects_a_proposal(way: Way, proposal: models.Audience) -> None:
    assert "il ne se corrige pas, il se tranche" in way(a_keeper("change_audience"), proposal, {"school_status": 31})
    assert held() == [(42, SEPTEMBER, None)]


@WAYS
def test_a_fact_written_between_the_check_and_the_write_is_not_swallowed(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before the other wrote: the writer, who looks last, finds what nobody has read."""
    first = written(audience(42, SEPTEMBER, NEXT))

    def another_writes(correction: Restatement) -> list[tuple[str, str]]:
        written(audience(50, NEXT), 1)
        return []

    monkeypatch.setattr(action, "faults", another_writes)
    said = way(a_keeper("change_audience"), first, {"happened": "change", "valid_from": date(2024, 9, 1)})
    assert "Quelqu'un a été plus rapide : ce qui est tenu a changé." in said
    assert held() == [(42, SEPTEMBER, NEXT)]


def test_the_action_gives_all_that_is_wrong_at_once_field_by_field() -> None:
    site = models.Site.objects.create(key="atelier", school=school())
    details = written(Entry(models.SiteDetails, {"site": site, "main": True, "uai": "9990012J"}))
    names = [name for name in value_fields(models.SiteDetails) if name != "site"]
    says = {name: getattr(details, name) for name in names}
    says |= {"uai": "9990012A", "departement": "99", "siret": "1", "commune": "Dole\u200b"}
    person = a_keeper("change_sitedetails")
    with pytest.raises(ActionRefused) as refused:
        correct(person, Restatement(details, "error", says, Period(), source(), ""), clock.now())
    assert [field for field, _ in refused.value.problems] == ["uai", "siret", "commune", "departement", "why"]
    assert "la lettre de contrôle de 9990012 est J, et non A" in str(refused.value)
    assert models.SiteDetails.objects.get().uai == "9990012J"


def test_a_right_lost_before_the_write_stops_it(row: models.Audience) -> None:
    person = a_keeper("change_audience")
    person.is_active = False
    with pytest.raises(Forbidden, match="Votre compte n'est pas de ceux qui tiennent le registre"):
        correct(person, Restatement(row, "error", {"school_status": 24}, Period(), source(), "x"), clock.now())
    assert held() == [(42, SEPTEMBER, None)]
