"""What one may take away and under which licence; what is said of accessibility; who answers for this server."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from equerre.opendata.tables import TABLES
from tests.web.reading import read

pytestmark = pytest.mark.django_db


def test_every_table_can_be_taken_away_in_every_form(client: Client) -> None:
    page = read(client, "/donnees?on=2026-03-02")
    for slug in TABLES:
        for form in ("csv", "jsonl", "xlsx", "ods"):
            assert f"/donnees/{slug}.{form}?on=2026-03-02" in page.links
        assert f"/donnees/{slug}.schema.json" in page.links
    assert {"/api/v1/docs", "/api/v1/openapi.json", "/flux.atom"} <= set(page.links)
    assert "Licence Ouverte 2.0" in page.text


def test_conformity_is_not_claimed(client: Client) -> None:
    text = read(client, "/accessibilite").text
    assert "la conformité n'est pas établie, et nous ne la déclarons pas." in text
    assert "/signaler" in read(client, "/accessibilite").links


def test_who_publishes_is_said_when_it_was_said(client: Client, settings: Any) -> None:
    settings.PUBLISHER = settings.HOSTING = ""
    assert read(client, "/mentions-legales").text.count("Qui tient ce serveur ne l'a pas encore dit.") == 2
    settings.PUBLISHER, settings.HOSTING = "Association d'essai, contact@exemple.fr", "Hébergeur d'essai"
    client.get("/mentions-legales?2")
    text = read(client, "/mentions-legales?3").text
    assert "Qui publie Association d'essai, contact@exemple.fr" in text
    assert "Hébergement Hébergeur d'essai" in text


def test_what_is_promised_of_privacy_is_what_is_done(client: Client) -> None:
    text = read(client, "/mentions-legales").text
    assert "Votre demande est gardée 5 ans." in text
    assert "elle est effacée 30 jours après la réponse" in text
    assert not client.get("/ecoles").cookies
    assert set(client.get("/signaler").cookies) <= {"csrftoken"}
