"""The administration: everything is read, nothing is typed over, lists are found, and a right that is not there is said."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from equerre.accounts.models import Person
from equerre.kernel.period import Period
from equerre.registry import models, record
from equerre.registry.dated import Source
from equerre.registry.record import Entry
from tests.cases.conftest import Sign
from tests.cases.keepers import PAGES, SEPTEMBER, address, held, listing, text, typed_correction, written
from tests.registry.writing import audience, by, instant, school

pytestmark = pytest.mark.django_db


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
    whole = typed_correction(school_status="99")
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
    for page, verb in (("correct", "corriger"), ("settle", "trancher sur")):
        answer = client.post(address(page, proposal), {})
        assert answer.status_code == 403
        said = f"Votre compte n'a pas le droit de {verb} les lignes « effectifs par statut ». Rien n’a été changé."
        assert said in text(answer)
    if seen:
        assert "Trancher" not in text(client.get(address("change", proposal)))


def test_a_form_without_its_token_is_refused(row: models.Audience) -> None:
    person = Person.objects.create_superuser("chef")
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(address("correct", row), typed_correction()).status_code == 403
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
