"""A count is shared by all processes, takes each turn once, keeps no address, and is not fooled by a header."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.db import OperationalError, connection, connections
from django.test import Client, RequestFactory

from equerre.opendata.threshold import counts
from equerre.opendata.threshold.callers import caller
from equerre.opendata.threshold.counts import take

NOON = datetime(2026, 10, 1, 12, 0, 10, tzinfo=UTC)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the counts are a table of the base")
FORGED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP", "CF-Connecting-IP", "True-Client-IP")


@pytest.fixture
def shared(transactional_db: None) -> Any:
    """What several connections see."""
    counts.forget()
    yield
    counts.forget()


def in_threads(turns: int) -> list[int]:
    """What is left after each of so many turns, taken by eight threads, each with a connection of its own."""

    def turn(_: int) -> int:
        try:
            return take("tests", "192.0.2.1", turns, NOON).left
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(turn, range(turns)))


@pytest.mark.usefixtures("shared")
class TestShared:
    def test_turns_taken_at_once_are_each_counted_once(self) -> None:
        assert sorted(in_threads(64)) == list(range(64))

    @on_sqlite
    def test_processes_share_a_count(self) -> None:
        """Four that start together, on a file that is not there yet."""
        program = (
            "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'equerre.config.settings'; django.setup();"
            "from datetime import UTC, datetime; from equerre.opendata.threshold.counts import take;"
            "at = datetime(2026, 10, 1, 12, 0, 10, tzinfo=UTC);"
            "print(*[take('tests', '192.0.2.1', 100, at).left for _ in range(20)])"
        )
        environment = {"EQUERRE_HOME": str(house.HOME), "PYTHONPATH": ":".join(sys.path)}
        running = [
            subprocess.Popen(
                [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            for _ in range(4)
        ]
        said = [one.communicate(timeout=120) for one in running]
        assert [errors for _, errors in said] == [b""] * 4
        assert sorted(int(word) for out, _ in said for word in out.split()) == list(range(20, 100))
        assert take("tests", "192.0.2.1", 100, NOON).left == 19

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has a file, tried with processes")
    def test_two_connections_share_a_count(self) -> None:
        other = connections.create_connection("default")
        take("tests", "192.0.2.1", 9, NOON)
        with other.cursor() as cursor:
            cursor.execute(f"SELECT count FROM {counts.TABLE}")
            assert cursor.fetchall() == [(1,)]
        other.close()


@pytest.mark.django_db
class TestCounts:
    def test_a_minute_is_that_of_the_clock_and_another_time_begins_at_the_first_count(self) -> None:
        assert take("minute", "a", 2, NOON) == (2, 1, 50, False)
        assert take("minute", "a", 2, NOON) == (2, 0, 50, False)
        assert take("minute", "a", 2, NOON) == (2, 0, 50, True)
        assert take("minute", "a", 2, NOON + timedelta(seconds=50)) == (2, 1, 60, False)
        assert take("hour", "a", 1, NOON, 3600) == (1, 0, 3600, False)
        assert take("hour", "a", 1, NOON + timedelta(minutes=59), 3600) == (1, 0, 60, True)
        assert take("hour", "a", 1, NOON + timedelta(minutes=60), 3600) == (1, 0, 3600, False)

    def test_each_thing_and_each_caller_has_its_count(self) -> None:
        for what, who in (("a", "1"), ("b", "1"), ("a", "2")):
            assert not take(what, who, 1, NOON).spent
        assert take("a", "1", 1, NOON).spent

    def test_no_address_is_kept_and_its_print_goes_after_its_time(self) -> None:
        for last in range(20):
            take("tests", f"192.0.2.{last}", 9, NOON)
        assert "192.0.2" not in str(rows())
        assert len(rows()) == 20
        take("tests", "198.51.100.1", 9, NOON + timedelta(minutes=1))
        assert len(rows()) == 1

    @on_sqlite
    def test_a_file_that_cannot_be_written_is_a_database_that_is_away(
        self, settings: Any, tmp_path: Path, client: Client
    ) -> None:
        settings.API_RATE, settings.HOME = 9, tmp_path
        (tmp_path / "counts.sqlite3").write_bytes(b"not a database, whatever its name" * 40)
        with pytest.raises(OperationalError):
            take("tests", "a", 1, NOON)
        answer = client.get("/api/v1/readings")
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")

    @on_sqlite
    def test_the_file_is_for_its_owner_and_stands_beside_the_register(self) -> None:
        take("tests", "a", 1, NOON)
        assert (house.HOME / "counts.sqlite3").stat().st_mode & 0o777 == 0o600
        assert counts.TABLE not in connection.introspection.table_names()


def rows() -> list[tuple[Any, ...]]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT print, count, until FROM {counts.TABLE}")
            return list(cursor.fetchall())
    with closing(sqlite3.connect(house.HOME / "counts.sqlite3")) as base:
        return base.execute(f"SELECT print, count, until FROM {counts.TABLE}").fetchall()


# --- Headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", FORGED)
def test_a_header_gives_no_new_name(header: str, settings: Any) -> None:
    settings.PROXIES = 0
    seen = {
        caller(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={header: value}))
        for value in ("198.51.100.1", "for=198.51.100.2", "2001:db8::1", "", "198.51.100.1, 198.51.100.2")
    }
    assert seen == {"192.0.2.7"}


@pytest.mark.parametrize("header", FORGED[1:])
def test_behind_a_proxy_no_other_header_is_read(header: str, settings: Any) -> None:
    settings.PROXIES = 1
    headers = {header: "203.0.113.9", "X-Forwarded-For": "203.0.113.9, 198.51.100.1"}
    assert caller(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers=headers)) == "198.51.100.1"


def read_the_api(client: Client, **headers: str) -> int:
    return client.get("/api/v1/readings", headers=headers).status_code


def ask_for_a_day(client: Client, **headers: str) -> int:
    ask_for_a_day.days += 1
    return client.get(f"/calendrier?on=2026-10-{ask_for_a_day.days:02d}", headers=headers).status_code  # type: ignore[attr-defined]


def sign_in(client: Client, **headers: str) -> int:
    return client.post("/gestion/login/", {"username": "maud", "password": "faux"}, headers=headers).status_code


def report(client: Client, **headers: str) -> int:
    return client.post("/signaler", {"text": "Le SIRET du site est faux."}, headers=headers).status_code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("do", "most"), [(read_the_api, 5), (ask_for_a_day, 1), (sign_in, 8), (report, 6)], ids=lambda one: str(one)[10:24]
)
def test_who_forges_headers_is_stopped_like_anybody(do: Callable[..., int], most: int, settings: Any) -> None:
    settings.API_RATE = 5
    ask_for_a_day.days = 0  # type: ignore[attr-defined]
    said = []
    for number in range(most + 1):
        forged = dict.fromkeys(FORGED, f"198.51.100.{number}")
        said.append(do(Client(), **forged))
    assert [one == 429 for one in said] == [False] * most + [True]
