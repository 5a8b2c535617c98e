"""The pages of errors: in the look, in French, without the database, with nothing of what broke."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path, reverse
from django.views import defaults

from tests.web.reading import Page


def broken(request: HttpRequest) -> None:
    raise RuntimeError("détail-secret")


urlpatterns = [path("broken", broken)]


def test_an_address_that_leads_nowhere(client: Client) -> None:
    answer = client.get("/nulle-part<script>")
    page = Page(answer.content.decode())
    assert answer.status_code == 404
    assert page.text.startswith("Page introuvable | Équerre")
    assert "/" in page.links
    assert "nulle-part" not in page.text


@override_settings(ROOT_URLCONF=__name__)
def test_what_breaks_says_nothing_of_why() -> None:
    answer = Client(raise_request_exception=False).get("/broken")
    page = Page(answer.content.decode())
    assert answer.status_code == 500
    assert "Le serveur n'a pas su répondre" in page.text
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status", "said"),
    [
        (defaults.bad_request, 400, "Cette demande ne se lit pas"),
        (defaults.permission_denied, 403, "Cette page ne vous est pas ouverte"),
    ],
)
def test_the_other_refusals(view: object, status: int, said: str) -> None:
    answer = view(HttpRequest(), Exception())  # type: ignore[operator]
    assert answer.status_code == status
    assert said in Page(answer.content.decode()).text


def test_a_form_that_nobody_signed_is_refused_in_french() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "a"})
    assert answer.status_code == 403
    assert "Ce formulaire n'est plus valable" in Page(answer.content.decode()).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/ecoles/a%00b", "/ecoles/%00/badge.svg", "/ecoles/%00/dossier.json", "/ecoles/%00/fiche-employeur.pdf"],
)
def test_a_nul_in_a_number_is_no_school(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ecoles", "/calendrier", "/sources", "/donnees/ecoles.xlsx"])
def test_an_instant_out_of_the_calendar_is_refused(client: Client, address: str) -> None:
    answer = client.get(f"{address}?known_at=9999-12-31T23:59:59Z")
    assert answer.status_code == 400
    assert "de 1800 à 2199" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/ecoles", "/ecoles/9990201P", "/listes/2025", "/flux.atom", "/donnees/ecoles.csv"]
)
def test_a_database_that_is_away_is_said_in_a_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("connection refused: secret-host")

    monkeypatch.setattr(BaseDatabaseWrapper, "_cursor", away)
    answer = client.get(address)
    assert answer.status_code == 503
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("30", "no-store")
    assert "Le registre ne répond pas en ce moment" in Page(answer.content.decode()).text
    assert "secret" not in answer.content.decode()
    assert [one.getMessage() for one in caplog.records] == ["The database does not answer."]


@pytest.mark.parametrize("address", ["/robots.txt", "/.well-known/security.txt"])
def test_what_asks_the_database_nothing_needs_none(client: Client, settings: Any, address: str) -> None:
    settings.SECURITY_CONTACT = "mailto:securite@example.org"
    assert client.get(address).status_code == 200
