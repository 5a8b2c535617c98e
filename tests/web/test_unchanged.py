"""A page that did not change is not made again, and never outlives what it depends on; nor has one caller all the turns."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from time import sleep
from typing import Any, cast

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from equerre.kernel import clock
from equerre.opendata.threshold import turns
from equerre.opendata.threshold import unchanged as threshold
from equerre.opendata.threshold.unchanged import ANSWERS
from equerre.registry import revision
from equerre.web import unchanged
from tests.web.schools import UAI, a_school

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
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


@pytest.mark.parametrize("address", [*PAGES, f"/ecoles/{UAI}/fiche-employeur.pdf", f"/ecoles/{UAI}/dossier.json"])
def test_what_a_page_does_not_read_makes_no_new_page(client: Client, address: str) -> None:
    a_school()
    first = client.get(address)
    for added in ("?x=0.1", "?utm_source=a&x", "?on=&known_at=", "?etat_=oui&On=2026-01-01"):
        with CaptureQueriesContext(connection) as seen:
            again = client.get(f"{address}{added}")
            count = len(seen)
        assert (again.status_code, again["ETag"], again.content, count) == (200, first["ETag"], first.content, 1), added


def test_how_a_question_is_written_makes_no_new_page(client: Client) -> None:
    a_school()
    first, other, twice = (
        client.get(f"/ecoles?{question}")["ETag"]
        for question in ("q=atelier&on=2026-09-01", "on=2026-09-01&q=atelier", "q=rien&q=atelier&on=2026-09-01")
    )
    assert first == other == twice != client.get("/ecoles?q=atelier")["ETag"]


def test_who_asks_for_what_is_being_made_waits_for_it() -> None:
    """Eight at once get the same bytes, made once; what fails is tried by each."""
    made, together = [], Barrier(8)

    def make(status: int) -> HttpResponse:
        made.append(status)
        sleep(0.05)  # the others come meanwhile, and find it kept if they come later
        return HttpResponse(f"{len(made)}", status=status)

    def ask(status: int) -> bytes:
        together.wait(20)
        answer = threshold.unless_unchanged(RequestFactory().get("/"), f'"{status}"', lambda: make(status))
        return cast("HttpResponse", answer).content

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, [200] * 8)) == {b"1"}
        assert len(list(threads.map(ask, [404] * 8))) == 8
    assert made == [200, *[404] * 8]


# --- One caller ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/?on=2026-09-0{}",
        "/sources?page={}",
        "/ecoles?q=a{}",
        "/ecoles/999090{}Z",
        f"/ecoles/{UAI}/fiche-employeur.pdf?on=2026-09-0{{}}",
    ],
)
def test_one_caller_has_some_pages_made_a_minute(client: Client, settings: Any, address: str) -> None:
    a_school()
    client.get("/")
    settings.API_RATE = 3 * unchanged.SHARE
    said = [client.get(address.format(number)) for number in range(1, 6)]
    assert [answer.status_code == 429 for answer in said] == [False, False, False, True, True]
    assert int(said[-1]["Retry-After"]) > 0
    assert client.get("/").status_code == 200, "what is kept costs nothing"
    assert client.get(address.format(9), REMOTE_ADDR="192.0.2.9").status_code != 429, "nobody pays for another"


def test_a_small_rate_is_a_limit_still(client: Client, settings: Any) -> None:
    settings.API_RATE = 1
    assert [client.get(f"/lectures/R{number}").status_code for number in (3, 4)] == [200, 429]


@pytest.mark.parametrize("address", ["/lectures/R3", "/api/v1/readings"])
def test_one_caller_has_few_answers_made_at_once(client: Client, settings: Any, address: str) -> None:
    settings.API_RATE = 300

    def one_more(more: int) -> int:
        """The same address, asked while so many other answers are being made for its caller."""
        return turns.in_turn(
            "127.0.0.1", lambda: one_more(more - 1) if more else client.get(address).status_code, lambda: 0
        )

    assert one_more(turns.MOST - 1) == 429
    assert turns.in_turn("192.0.2.9", lambda: one_more(turns.MOST - 2), lambda: 0) == 200
    assert one_more(turns.MOST - 1) == 200, "what is kept takes no turn"
