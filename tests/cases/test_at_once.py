"""Several people at once: one wins and the others read what happened; nobody's mishap stops anybody else, nor its own thread."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from equerre.cases import actions
from equerre.kernel import clock
from equerre.kernel.period import Period
from equerre.registry import models, record
from equerre.registry.dated import Dated
from equerre.registry.record import Entry
from tests.cases.conftest import Sign
from tests.cases.keepers import SEPTEMBER, address, decided, held, text, typed_correction, written
from tests.conftest import NOW
from tests.registry.writing import audience, by, school, source

ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


class Dead(Exception):
    """What either driver raises of two that wait for each other."""

    sqlstate, sqlite_errorname = "40P01", "SQLITE_BUSY"


@pytest.fixture(autouse=True)
def many_hands(in_a_file: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database for several threads, and a clock that goes on."""
    instants = count()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(milliseconds=next(instants)))


@pytest.fixture
def hands(sign_in: Sign) -> list[Client]:
    """Two people who may do everything here."""
    rights = ("change_audience", "change_schoolbody", "change_managingbodydetails")
    return [sign_in(*rights, name=name) for name in ("maud", "léon")]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gave, each in a thread of its own."""

    def done(work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(done, works))


def contested(of: models.School) -> tuple[Any, Any, Any]:
    """A held row, and two proposals against it."""
    row = written(audience(42, SEPTEMBER, of=of))
    first = record.propose(audience(30, SEPTEMBER, of=of), by(1, source("annuaire", "Annuaire")))
    second = record.propose(audience(35, SEPTEMBER, of=of), by(1, source("enquête", "Enquête")))
    return row, first, second


# --- One wins ----------------------------------------------------------------------------------------------------------

# What each may do with a fact and two proposals: the page, its row, what is typed beside what the page hides.
MOVES: dict[str, Callable[[Any, Any, Any], tuple[str, Any, dict[str, str]]]] = {
    "takes one": lambda row, first, second: ("settle", first, decided(row, "take")),
    "takes the other": lambda row, first, second: ("settle", second, decided(row, "take")),
    "leaves the other": lambda row, first, second: ("settle", second, decided(row, "leave")),
    "corrects": lambda row, first, second: ("correct", row, typed_correction()),
    "tells a change": lambda row, first, second: (
        "correct",
        row,
        typed_correction(happened="change", valid_from="2026-09-01"),
    ),
}
PAIRS = [
    ("takes one", "takes the other"),
    ("takes one", "leaves the other"),
    ("corrects", "takes the other"),
    ("corrects", "leaves the other"),
    ("tells a change", "leaves the other"),
]


def read(client: Client, page: str, row: Any, typed: dict[str, str]) -> dict[str, str]:
    """The form that comes back, with what the page hid in it."""
    shown = re.search(r'name="seen" value="([\d,]*)"', text(client.get(address(page, row))))
    return {**typed, "seen": shown[1] if shown else ""}


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the other way"])
@pytest.mark.parametrize("pair", PAIRS, ids=" and ".join)
def test_of_two_decisions_on_one_fact_the_second_reads_the_first(
    hands: list[Client], pair: tuple[str, str], turned: bool
) -> None:
    rows = contested(school())
    both = [(client, *MOVES[move](*rows)) for client, move in zip(hands, pair[:: -1 if turned else 1], strict=True)]
    typed = [read(*one) for one in both]  # both have read before either decides
    (one, page, row, _), (other, its_page, its_row, _) = both
    assert one.post(address(page, row), typed[0]).status_code == 302
    told = held()
    answer = other.post(address(its_page, its_row), typed[1])
    said = text(answer)
    assert answer.status_code == 409
    assert "Quelqu'un a été plus rapide" in said
    assert re.search(r"Le 1er octobre 2026 à 10 h 30, l'agent \w{8} a (retenu|écarté|corrigé|inscrit)", said), said
    assert typed[1]["why"] in said
    assert held() == told


@pytest.mark.parametrize("pair", PAIRS, ids=" and ".join)
def test_of_two_decisions_at_once_one_wins(hands: list[Client], pair: tuple[str, str]) -> None:
    for number in range(4):
        rows = contested(school(f"école-{number}"))
        both = [(client, *MOVES[move](*rows)) for client, move in zip(hands, pair, strict=True)]
        together = Barrier(2)

        def decide(client: Client, page: str, row: Any, typed: dict[str, str], together: Barrier = together) -> int:
            typed = read(client, page, row, typed)
            together.wait()
            return int(client.post(address(page, row), typed).status_code)

        assert sorted(at_once(*(lambda one=one: decide(*one) for one in both))) == [302, 409]  # type: ignore[misc]


def test_who_reads_again_may_decide(hands: list[Client]) -> None:
    """The page that refuses shows what waits now: what was typed goes through as it stands."""
    row, first, second = contested(school())
    page = ("settle", first, decided(row, "take"))
    typed = read(hands[0], *page)
    assert "Une proposition sur ce fait attend aussi" in text(hands[0].get(address("settle", first)))
    assert "Une proposition sur ce fait attend aussi" in text(hands[0].get(address("correct", row)))
    assert hands[1].post(address("settle", second), decided(row, "leave")).status_code == 302
    assert hands[0].post(address("settle", first), typed).status_code == 409
    assert hands[0].post(address("settle", first), read(hands[0], *page)).status_code == 302
    assert held() == [(30, SEPTEMBER, None)]


# --- Nobody waits for ever ---------------------------------------------------------------------------------------------


def school_and_body() -> tuple[Any, Any]:
    """A school run by a body, and what somebody proposes about the body."""
    body, _ = models.ManagingBody.objects.get_or_create(key="association")
    link = written(Entry(models.SchoolBody, {"school": school(), "body": body}, Period(SEPTEMBER)))
    said = Entry(models.ManagingBodyDetails, {"body": body, "name": "Association du Vieux-Tilleul"}, Period(SEPTEMBER))
    return link, record.propose(said, by(1))


@ON_POSTGRESQL
def test_a_school_that_names_a_body_and_a_decision_on_the_body_never_stop_each_other(
    hands: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One has ended its row and will name the body; the other holds the body and will end its row."""
    link, proposal = school_and_body()
    typed = {
        "happened": "error",
        "body": "association",
        "valid_from": "2022-09-02",
        "source": "acte",
        "why": "Statuts.",
    }
    together, end = Barrier(2), record._end

    def in_step(row: Dated, by: record.By) -> None:
        if isinstance(row, models.SchoolBody):
            end(row, by)
            together.wait(20)
        else:
            together.wait(20)
            end(row, by)

    monkeypatch.setattr(record, "_end", in_step)
    answers = at_once(
        lambda: hands[0].post(address("correct", link), typed),
        lambda: hands[1].post(address("settle", proposal), {"decision": "take", "why": "Statuts.", "seen": ""}),
    )
    assert [answer.status_code for answer in answers] == [302, 302]


@ON_POSTGRESQL
def test_what_breaks_while_one_waits_leaves_the_thread_as_it_was(hands: list[Client]) -> None:
    row = written(audience(42, SEPTEMBER))

    def twice() -> list[int]:
        """Two requests of one thread, as a server gives them."""
        together.wait(20)
        return [hands[0].post(address("correct", row), typed_correction()).status_code for _ in range(2)]

    def broken() -> None:
        """Somebody who writes about the school, and whoever waits for it told to stop waiting."""
        waiting = "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        with transaction.atomic(), connection.cursor() as cursor:
            record.lock([(models.School, row.school_id)])
            together.wait(20)
            for _ in range(100_000):
                cursor.execute(f"SELECT pg_cancel_backend(pid) FROM ({waiting}) AS waiting")
                if cursor.fetchall():
                    return
        raise AssertionError("nobody came to wait")

    together = Barrier(2)
    answers, _ = at_once(twice, broken)
    assert answers == [503, 302]
    assert held() == [(24, SEPTEMBER, None)]


@ON_POSTGRESQL
def test_whoever_the_database_breaks_is_done_again(hands: list[Client]) -> None:
    """A deadlock that somebody else makes: holding the row, they ask for the school, which the correction holds."""
    row = written(audience(42, SEPTEMBER))
    lock, together = record.lock, Barrier(2)
    tries = []

    def in_step(things: list[Any]) -> None:
        if (models.Audience, row.pk) in things:
            tries.append(1)
            if len(tries) == 1:
                together.wait(20)
        lock(things)

    def against() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '60s'")  # the other is the one that is broken
            lock([(models.Audience, row.pk)])
            together.wait(20)
            lock([(models.School, row.school_id)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "lock", in_step)
        answer, _ = at_once(lambda: hands[0].post(address("correct", row), typed_correction()), against)
    assert (answer.status_code, len(tries)) == (302, 2)
    assert held() == [(24, SEPTEMBER, None)]


def test_whoever_is_always_in_the_way_of_others_is_told_so(
    hands: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = written(audience(42, SEPTEMBER))
    proposal = record.propose(audience(30, SEPTEMBER), by(1))
    tries = []

    def crossed(things: object) -> None:
        tries.append(1)
        raise OperationalError("deadlock detected") from Dead()

    monkeypatch.setattr(record, "lock", crossed)
    for page, one, typed in (("correct", row, typed_correction()), ("settle", proposal, decided(row, "take"))):
        tries.clear()
        answer = hands[0].post(address(page, one), typed)
        assert answer.status_code == 409
        assert "D'autres écrivent en ce moment dans le registre et votre tour n'est pas venu" in text(answer)
        assert typed["why"] in text(answer)
        assert len(tries) == (actions.TRIES if connection.vendor == "postgresql" else 1)
    assert held() == [(42, SEPTEMBER, None)]


def test_a_database_that_is_away_is_no_crowd(hands: list[Client], monkeypatch: pytest.MonkeyPatch) -> None:
    row = written(audience(42, SEPTEMBER))

    def away(things: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(record, "lock", away)
    assert hands[0].post(address("correct", row), typed_correction()).status_code == 503


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file that is busy")
def test_a_file_that_another_program_writes_is_a_crowd(hands: list[Client]) -> None:
    row = written(audience(42, SEPTEMBER))
    name = connection.settings_dict["NAME"]
    with sqlite3.connect(name, isolation_level=None) as other, connection.cursor() as cursor:
        other.execute("BEGIN IMMEDIATE")
        cursor.execute("PRAGMA busy_timeout = 1")
        answer = hands[0].post(address("correct", row), typed_correction())
        other.execute("ROLLBACK")
    other.close()
    assert answer.status_code == 409
    assert "votre tour n'est pas venu" in text(answer)
    assert hands[0].post(address("correct", row), typed_correction()).status_code == 302


@ON_POSTGRESQL
def test_things_are_locked_in_one_order_whatever_is_asked() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        record.lock([(models.Site, 2), (models.School, 3), (models.Site, 1), (models.Course, 9), (models.School, 3)])
    locked = [
        re.search(r'FROM "registry_(\w+)" .* IN \(([\d, ]+)\) ORDER BY 1 ASC FOR NO KEY UPDATE', query["sql"])
        for query in queries
    ]
    assert [found and found.groups() for found in locked] == [("course", "9"), ("school", "3"), ("site", "1, 2")]
