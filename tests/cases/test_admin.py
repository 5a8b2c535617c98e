"""The administration: everything is read, nothing is typed over, and the two doors that write go through ``record``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from equerre.accounts.models import Person
from equerre.kernel import clock
from equerre.kernel.period import Period
from equerre.registry import models, record
from equerre.registry.dated import Source
from equerre.registry.record import Entry
from tests.registry.writing import audience, by, instant, school, source

pytestmark = pytest.mark.django_db

SEPTEMBER, NEXT = date(2022, 9, 1), date(2026, 9, 1)
PAGES = ("change", "history", "correct", "settle")
Sign = Callable[..., Client]


@pytest.fixture
def sign_in() -> Sign:
    """A client for somebody of the staff who holds these rights."""

    def signed(*rights: str, name: str = "maud") -> Client:
        person = Person.objects.create_user(name, is_staff=True)
        person.user_permissions.set(Permission.objects.filter(content_type__app_label="registry", codename__in=rights))
        client = Client()
        client.force_login(person)
        return client

    return signed


@pytest.fixture
def officer(sign_in: Sign) -> Client:
    return sign_in("view_audience", "change_audience")


@pytest.fixture
def row() -> models.Audience:
    """Forty-two pupils since September 2022, which were twenty-four."""
    return written(audience(42, SEPTEMBER))


@pytest.fixture
def proposal(row: models.Audience) -> models.Audience:
    found = record.propose(audience(30, SEPTEMBER), by(1, source("annuaire", "Annuaire")))
    assert isinstance(found, models.Audience)
    return found


def written(entry: Entry, number: int = 0) -> Any:
    return record.record(entry, by(number))


def address(page: str, row: Any) -> str:
    return reverse(f"admin:registry_{row._meta.model_name}_{page}", args=[row.pk])


def listing(model: type, query: str = "") -> str:
    return reverse(f"admin:registry_{model._meta.model_name}_changelist") + query  # type: ignore[attr-defined]


def correction(**said: str) -> dict[str, str]:
    """The form as it comes back from a browser."""
    typed = {
        "happened": "error",
        "school_status": "24",
        "apprentices": "",
        "trainees": "",
        "valid_from": "2022-09-01",
        "valid_until": "",
        "source": "acte",
        "why": "Deux chiffres inversés.",
    }
    return {**typed, **said}


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'").replace("&quot;", '"')


def held() -> list[tuple[int, date | None, date | None]]:
    rows = models.Audience.objects.filter(standing="held", known_until__isnull=True).order_by("valid_from")
    return list(rows.values_list("school_status", "valid_from", "valid_until"))


# --- Read-only --------------------------------------------------------------------------------------------------------


def test_every_table_has_its_page_and_no_form_of_django() -> None:
    for model in (*models.DATED, models.School, models.Site, models.Course, models.Act, models.Certification, Source):
        pages = admin.site.get_model_admin(model)
        request: Any = type("Request", (), {"user": Person(is_superuser=True, is_staff=True, is_active=True)})()
        assert not pages.has_change_permission(request), model
        assert not pages.has_delete_permission(request), model
        assert pages.has_add_permission(request) is (model is Source)


def test_nothing_is_typed_over(row: models.Audience) -> None:
    Person.objects.create_superuser("chef")
    client = Client()
    client.force_login(Person.objects.get())
    whole = correction(school_status="99")
    assert client.post(address("change", row), whole).status_code == 403
    assert client.post(address("delete", row), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:registry_audience_add"), whole).status_code == 403
    chosen = client.post(listing(models.Audience), {"action": "delete_selected", "_selected_action": row.pk})
    assert "delete_selected" not in text(chosen)
    assert held() == [(42, SEPTEMBER, None)]
    assert models.Audience.objects.count() == 1


def test_a_source_is_added_and_never_changed(sign_in: Sign) -> None:
    client = sign_in("view_source", "add_source", "change_source")
    typed = {
        "key": "lettre",
        "publisher": "École",
        "title": "Lettre",
        "dated_on": "2026-03-01",
        "url": "",
        "sha256": "",
    }
    assert client.post(reverse("admin:registry_source_add"), typed).status_code == 302
    made = Source.objects.get(key="lettre")
    assert client.post(address("change", made), {**typed, "title": "Autre"}).status_code == 403


def test_the_pages_show(officer: Client, row: models.Audience, proposal: models.Audience) -> None:
    shown = text(officer.get(address("change", row)))
    assert "Corriger" in shown
    assert "Trancher : Annuaire, Papier annuaire dit autre chose" in shown
    assert "Enregistrer" not in shown
    assert "Corriger" not in text(officer.get(address("change", proposal)))


# --- Corriger ---------------------------------------------------------------------------------------------------------


def test_an_error_is_corrected_and_stays_in_history(officer: Client, row: models.Audience) -> None:
    shown = text(officer.get(address("correct", row)))
    assert 'value="42"' in shown
    assert 'value="2022-09-01"' in shown
    answer = officer.post(address("correct", row), correction())
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
    answer = officer.post(address("correct", row), correction(happened="change", valid_from="2026-09-01"))
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
    answer = officer.post(address("correct", row), correction(**said))
    assert answer.status_code == 400
    assert message in text(answer)
    assert "Rien n’est parti" in text(answer)
    for typed in {**correction(), **said}.values():
        assert typed in text(answer)
    assert held() == [(42, SEPTEMBER, None)]


def test_a_change_never_swallows_the_next_fact(officer: Client) -> None:
    first = written(audience(42, SEPTEMBER, NEXT))
    written(audience(50, NEXT), 1)
    for happened, start in (("change", "2024-09-01"), ("error", "2022-09-01")):
        answer = officer.post(address("correct", first), correction(happened=happened, valid_from=start))
        assert answer.status_code == 400
        assert "Un autre fait du même objet vaut déjà depuis le 1er septembre 2026" in text(answer)
    assert held() == [(42, SEPTEMBER, NEXT), (50, NEXT, None)]


def test_somebody_was_faster(officer: Client, row: models.Audience) -> None:
    record.correct(row, audience(40, SEPTEMBER), by(1))
    for happened, start in (("error", "2022-09-01"), ("change", "2026-09-01")):
        answer = officer.post(address("correct", row), correction(happened=happened, valid_from=start))
        assert answer.status_code == 409
        assert "Quelqu'un a été plus rapide" in text(answer)
        assert "Votre texte est gardé, rien n’est parti." in text(answer)
        assert "Deux chiffres inversés." in text(answer)
        assert address("change", models.Audience.objects.get(known_until__isnull=True)) in text(answer)
    assert held() == [(40, SEPTEMBER, None)]


def test_the_same_instant_is_too_late(officer: Client) -> None:
    row = record.record(audience(42, SEPTEMBER), record.By("person:autre", clock.now(), source()))
    answer = officer.post(address("correct", row), correction())
    assert answer.status_code == 409
    assert held() == [(42, SEPTEMBER, None)]


def test_a_correction_is_whole_or_nothing(
    officer: Client, row: models.Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a power cut")

    monkeypatch.setattr(record, "_insert", broken)
    with pytest.raises(RuntimeError):
        officer.post(address("correct", row), correction())
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
    assert "Ce fait commence le jour « effet le »" in text(client.post(address("correct", recognition), typed))
    answer = client.post(address("correct", recognition), {**typed, "valid_from": "2022-09-02"})
    assert answer.status_code == 302
    new = models.Recognition.objects.get(known_until__isnull=True)
    assert list(new.sites.all()) == [site]
    assert "atelier" in text(client.get(address("correct", new)))


# --- Trancher ---------------------------------------------------------------------------------------------------------


def decided(row: models.Audience, decision: str, seen: str | None = None) -> dict[str, str]:
    return {"decision": decision, "why": "Relevé de rentrée.", "seen": str(row.pk) if seen is None else seen}


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


# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_signs_in_first(page: str, client: Client, proposal: models.Audience) -> None:
    answer = client.get(address(page, proposal))
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("rights", "seen"), [((), ()), (("view_audience",), ("change", "history")), (("change_school",), ())]
)
def test_reading_is_not_writing(
    sign_in: Sign, proposal: models.Audience, rights: tuple[str, ...], seen: tuple[str, ...]
) -> None:
    client = sign_in(*rights)
    for page in PAGES:
        assert client.get(address(page, proposal)).status_code == (200 if page in seen else 403), page
    for page in ("correct", "settle"):
        assert client.post(address(page, proposal), {}).status_code == 403
    if seen:
        assert "Trancher" not in text(client.get(address("change", proposal)))


def test_a_form_without_its_token_is_refused(row: models.Audience) -> None:
    person = Person.objects.create_superuser("chef")
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(address("correct", row), correction()).status_code == 403
    assert held() == [(42, SEPTEMBER, None)]


def test_an_address_of_nothing_leads_nowhere(officer: Client, row: models.Audience) -> None:
    for page in ("correct", "settle", "history"):
        assert officer.get(address(page, row).replace(f"/{row.pk}/", "/9999/")).status_code == 404
    assert officer.get(address("history", row).replace(f"/{row.pk}/", "/x/")).status_code == 404


# --- Lists ------------------------------------------------------------------------------------------------------------


def results(client: Client, address: str) -> list[Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.headers
    return list(answer.context["cl"].result_list)


def test_a_list_shows_what_is_known_today(officer: Client, row: models.Audience, proposal: models.Audience) -> None:
    record.correct(row, audience(24, SEPTEMBER), by(2))
    today, past, ever = (
        results(officer, listing(models.Audience, query)) for query in ("", "?known=past", "?known=ever")
    )
    assert sorted(one.school_status for one in today) == [24, 30]
    assert [one.school_status for one in past] == [42]
    assert len(ever) == 3
    assert [one.school_status for one in results(officer, listing(models.Audience, "?standing=proposed"))] == [30]


@pytest.mark.parametrize(
    ("asked", "found"), [("école-1", 1), ("Vieux", 1), ("9990012J", 1), ("9990012", 1), ("Jura", 0), ("42", 0)]
)
def test_a_school_is_found_by_key_name_or_uai(officer: Client, row: models.Audience, asked: str, found: int) -> None:
    written(Entry(models.SchoolName, {"school": school(), "name": "École du Vieux-Tilleul"}), 1)
    site = models.Site.objects.create(key="site", school=school())
    written(Entry(models.SiteDetails, {"site": site, "main": True, "uai": "9990012J"}), 1)
    written(audience(7, SEPTEMBER, of=school("autre")), 2)
    rows = results(officer, listing(models.Audience, f"?q={asked}"))
    assert len(rows) == found
    assert "École du Vieux-Tilleul (9990012J)" in text(officer.get(listing(models.Audience)))


def test_every_list_opens_searches_and_asks_as_much_for_many_rows(row: models.Audience) -> None:
    client = Client()
    client.force_login(Person.objects.create_superuser("chef"))
    for model in (*models.DATED, models.School, models.Site, Source):
        for query in ("", "?q=2025", "?q=%C3%A9cole", "?q=" + "9" * 30):
            assert client.get(listing(model, query)).status_code == 200, (model, query)
    with CaptureQueriesContext(connection) as few:
        client.get(listing(models.Audience))
    for number in range(30):
        written(audience(number, SEPTEMBER, of=school(f"autre-{number}")), 1)
    with CaptureQueriesContext(connection) as many:
        client.get(listing(models.Audience))
    assert len(few) == len(many)


def test_a_school_leads_to_its_facts(sign_in: Sign, row: models.Audience) -> None:
    client = sign_in("view_school", "view_audience")
    shown = text(client.get(address("change", row.school)))
    assert listing(models.Audience, "?q=%C3%A9cole-1") in shown
    assert "Agréments" not in shown
    assert [one.key for one in results(client, listing(models.School, "?q=cole-1"))] == ["école-1"]


def test_a_school_is_called_what_it_bears_last(sign_in: Sign) -> None:
    """A name without a start, then a change of name: nulls come last in the order of PostgreSQL, and first in time."""
    site = models.Site.objects.create(key="site-1", school=school())
    for start, name, number in ((None, "Ancien nom", "9990001A"), (SEPTEMBER, "Nouveau nom", "9990002B")):
        written(Entry(models.SchoolName, {"school": school(), "name": name}, Period(start)), 0 if start is None else 1)
        details = {"site": site, "main": True, "uai": number}
        written(Entry(models.SiteDetails, details, Period(start)), 0 if start is None else 1)
    client = sign_in("view_school", "view_schoolname")
    assert [(one.school_name, one.school_uai) for one in results(client, listing(models.School))] == [
        ("Nouveau nom", "9990002B")
    ]
    assert text(client.get(listing(models.SchoolName))).count("Nouveau nom (9990002B)") == 2
    last = models.SchoolName.objects.held().last()
    assert last is not None
    assert last.name == "Nouveau nom"


def test_what_somebody_wrote_is_escaped_everywhere(sign_in: Sign) -> None:
    hostile = "<script>alert(1)</script>"
    client = sign_in("change_schoolname", "view_school")
    held_row = written(Entry(models.SchoolName, {"school": school("<b>clé"), "name": hostile}))
    note = record.By(
        "<i>auteur", instant(1), Source.objects.create(key="<u>", publisher=hostile, title=hostile), "<s>", hostile
    )
    waiting = record.propose(Entry(models.SchoolName, {"school": school("<b>clé"), "name": hostile + "2"}), note)
    pages = [address(page, one) for page in ("change", "history", "correct") for one in (held_row, waiting)]
    for page in (*pages, address("settle", waiting), listing(models.SchoolName), address("change", held_row.school)):
        html = client.get(page).content.decode()
        for tag in ("<script>alert", "<b>clé", "<i>auteur", "<u>", "<s>"):
            assert tag not in html, page


def test_an_error_of_the_past_keeps_both_times(officer: Client, row: models.Audience) -> None:
    """A correction learnt late never changes what was held before it."""
    officer.post(address("correct", row), correction())
    yesterday = clock.now() - timedelta(days=1)
    then = models.Audience.objects.filter(known_from__lte=yesterday).exclude(known_until__lte=yesterday)
    assert [one.school_status for one in then] == [42]
