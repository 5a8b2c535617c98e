"""A page that did not change is not made again, and never outlives what it depends on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from equerre.kernel import clock
from equerre.opendata.threshold.unchanged import ANSWERS
from equerre.registry import revision
from tests.web.schools import UAI, a_school

pytestmark = pytest.mark.django_db
PAGES = (
    "/ecoles",
    f"/ecoles/{UAI}",
    f"/ecoles/{UAI}/badge.svg",
    "/listes/2025",
    "/lectures",
    "/calendrier",
    "/sources",
)


@pytest.mark.parametrize("address", PAGES)
def test_who_has_the_page_gets_304_for_one_query(client: Client, address: str) -> None:
    a_school()
    first = client.get(address)
    with CaptureQueriesContext(connection) as seen:
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        count = len(seen)
    assert (again.status_code, again.content, count) == (304, b"", 1)
    assert again["Cache-Control"] == first["Cache-Control"] == "public, no-cache"


def test_another_reader_gets_the_same_bytes_for_one_query(client: Client) -> None:
    a_school()
    first = client.get(f"/ecoles/{UAI}")
    with CaptureQueriesContext(connection) as seen:
        again = client.get(f"/ecoles/{UAI}")
        count = len(seen)
    assert (again.content, again["ETag"], count) == (first.content, first["ETag"], 1)
    assert again["Content-Type"] == first["Content-Type"]
    assert "Content-Security-Policy" in again


def test_a_write_makes_every_mark_old(client: Client) -> None:
    a_school()
    first = client.get(f"/ecoles/{UAI}")
    revision.move()
    again = client.get(f"/ecoles/{UAI}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_tomorrow_is_another_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    a_school()
    first = client.get(f"/ecoles/{UAI}")
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 2, 8, tzinfo=UTC))
    again = client.get(f"/ecoles/{UAI}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "Au 2 octobre 2026" in again.content.decode().replace("\xa0", " ")


def test_what_failed_is_not_kept(client: Client) -> None:
    for address in ("/ecoles/9990899Z", "/ecoles?on=hier", "/listes/1850"):
        assert "ETag" not in client.get(address)
    assert len(ANSWERS) == 0


def test_whether_there_is_anything_is_not_known_before_one_looks(client: Client) -> None:
    """« If-None-Match: * » of what does not exist, or does not read, is no 304 (RFC 9110, 13.2.1)."""
    a_school()
    for address, status in (("/ecoles/9990899Z", 404), ("/ecoles?on=hier", 400), (f"/ecoles/{UAI}", 200)):
        assert client.get(address, headers={"if-none-match": "*"}).status_code == status


def test_who_publishes_is_part_of_the_mark(client: Client, settings: Any) -> None:
    before = client.get("/mentions-legales")["ETag"]
    settings.PUBLISHER = "Une association"
    again = client.get("/mentions-legales", headers={"if-none-match": before})
    assert again.status_code == 200
    assert "Une association" in again.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_refused_by_its_name(method: str) -> None:
    for address in ("/", "/robots.txt", *PAGES):
        answer = getattr(Client(enforce_csrf_checks=True), method)(address)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), address


def test_a_developer_sees_every_change(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    assert "ETag" not in client.get("/ecoles")
    assert len(ANSWERS) == 0


def test_only_reading_is_allowed(client: Client) -> None:
    a_school()
    for address in (*PAGES, f"/ecoles/{UAI}/dossier.json", "/donnees", "/mentions-legales"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200
