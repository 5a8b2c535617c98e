"""An import of certifications that is killed, that finds the disk full, or that meets another one: all, or nothing, and said.

Each runs in a process of its own, on SQLite in a folder that goes away.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection

from equerre.imports.rncp.load import load
from equerre.imports.running import DeliveryFile, Parsed, run
from equerre.registry import models
from tests.imports.rncp_samples import METAL, changed, kit, sheet

ROWS = 3_000
START = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings

for word in sys.argv[3:]:
    settings.DATABASES["default"]["OPTIONS"]["timeout"] = float(word)
django.setup()
from django.core.management import call_command
from django.db import connection

from equerre.imports.rncp import deliveries
from equerre.imports.running import ImportRefused
from equerre.registry import delivering, models


def bring(path, hour):
    reads = deliveries.read([Path(path)], read_on=datetime(2026, 1, 1).date())
    return deliveries.bring_in(reads, author="test", recorded_at=datetime(2026, 1, 1, hour, tzinfo=UTC))


def told():
    return [model.objects.count() for model in (models.CertificationSheet, models.DiplomaCode, models.Source)]


WRITE = delivering.StagedPart.write
"""
FIRST = """
call_command("migrate", verbosity=0)
bring(sys.argv[1], 1)
"""
KILLED = """
def killed(piece):
    refused = WRITE(piece)
    if piece.model is models.DiplomaCode:
        os.kill(os.getpid(), 9)
    return refused


delivering.StagedPart.write = killed
bring(sys.argv[2], 2)
"""
FULL = """
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 4}")
try:
    bring(sys.argv[2], 2)
except ImportRefused as error:
    print(error)
print(told())
with connection.cursor() as cursor:
    cursor.execute("PRAGMA max_page_count = 1000000")
print(bring(sys.argv[2], 2)[0].counts["new"], told())
"""
SLOW = """
def slow(piece):
    refused = WRITE(piece)
    if piece.model is models.CertificationSheet:
        print("writing", flush=True)
        sys.stdin.readline()
    return refused


delivering.StagedPart.write = slow
print(bring(sys.argv[2], 2)[0].counts["new"], flush=True)
"""
ANOTHER = """
print("asking", flush=True)
try:
    print(bring(sys.argv[2], 3)[0].counts["new"])
except ImportRefused as error:
    print(error)
"""


@pytest.fixture
def paths(tmp_path: Path) -> tuple[str, str, str]:
    """A small kit, a big one of a later day, and another of one sheet."""
    small, big, other = (tmp_path / f"kit_{day}.csv" for day in ("20240625", "20250131", "20250228"))
    small.write_bytes(kit(METAL))
    many = [changed(METAL, rncp=f"RNCP{20_000 + number}", cfd=f"{50_100_000 + number}") for number in range(ROWS)]
    big.write_bytes(kit(*many))
    other.write_bytes(kit(changed(METAL, rncp="RNCP91009")))
    return str(small), str(big), str(other)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "equerre"


LONG = 300  # seconds: nothing waits for so long, unless it waits for ever


@contextmanager
def begun(home: Path, program: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own, which does not outlive the test that began it."""
    known = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EQUERRE_HOME")}
    with subprocess.Popen(
        [sys.executable, "-c", START + program, *words],
        env={**known, "EQUERRE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "equerre.config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def done(home: Path, program: str, *words: str) -> tuple[int | None, str, str]:
    with begun(home, program, *words) as process:
        out, err = process.communicate(timeout=LONG)
        return process.returncode, out, err


def line(process: subprocess.Popen[str]) -> str:
    """What it says next; what it says when it ends instead fails the test with its own words."""
    assert process.stdout is not None
    return process.stdout.readline().strip() or str(process.communicate(timeout=LONG))


def counts(home: Path) -> list[int]:
    """Sheets, codes, sources: and the file itself is sound."""
    with closing(sqlite3.connect(home / "equerre.sqlite3")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        tables = ("certificationsheet", "diplomacode", "source")
        return [base.execute(f"SELECT count(*) FROM registry_{table}").fetchone()[0] for table in tables]


def test_killed_in_the_middle_of_the_load_it_has_written_nothing(home: Path, paths: tuple[str, str, str]) -> None:
    code, _, err = done(home, FIRST + KILLED, *paths[:2])
    assert (code, err) == (-signal.SIGKILL, "")
    assert counts(home) == [1, 1, 1]
    code, out, _ = done(home, "print(bring(sys.argv[2], 3)[0].counts['new'])", *paths[:2])
    assert (code, out.strip()) == (0, str(2 * ROWS))


def test_on_a_full_disk_it_says_so_has_written_nothing_and_goes_on_once_there_is_room(
    home: Path, paths: tuple[str, str, str]
) -> None:
    code, out, err = done(home, FIRST + FULL, *paths[:2])
    assert (code, err) == (0, "")
    *said, before, after = out.splitlines()
    assert any(
        "Le disque est plein : faites de la place, puis recommencez. Rien n'a été changé." in line for line in said
    )
    assert before == "[1, 1, 1]"
    assert after == f"{2 * ROWS} [{ROWS + 1}, {ROWS + 1}, 2]"


def test_two_imports_at_once_the_second_waits_for_its_turn(home: Path, paths: tuple[str, str, str]) -> None:
    assert done(home, FIRST, *paths[:2])[0] == 0
    with begun(home, SLOW, *paths[:2]) as first:
        assert line(first) == "writing"
        with begun(home, ANOTHER, paths[0], paths[2], str(LONG)) as second:
            assert line(second) == "asking"
            assert first.communicate("go on\n", timeout=LONG) == (f"{2 * ROWS}\n", "")
            out, err = second.communicate(timeout=LONG)
            assert (second.returncode, err) == (0, "")
    assert out.strip() in ("1", "2")
    assert counts(home)[2] == 3


def test_two_imports_at_once_the_second_is_refused_clearly_when_it_waits_too_long(
    home: Path, paths: tuple[str, str, str]
) -> None:
    """The first one writes until the second has given up."""
    assert done(home, FIRST, *paths[:2])[0] == 0
    with begun(home, SLOW, *paths[:2]) as first:
        assert line(first) == "writing"
        code, out, err = done(home, ANOTHER, paths[0], paths[2], "0.1")
        assert (code, err) == (0, "")
        assert (
            "Une autre écriture est en cours : attendez qu'elle finisse, puis recommencez. Rien n'a été changé." in out
        )
        assert first.communicate("go on\n", timeout=LONG) == (f"{2 * ROWS}\n", "")
    assert counts(home)[2] == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the tests run on SQLite, which has one writer anyway")
def test_on_postgresql_a_second_import_waits_for_the_lock_of_the_first() -> None:
    """Another session holds the lock until it sees the import wait for it: then the import begins."""
    from equerre.imports import running

    taken, waiting = threading.Event(), []

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [running._LOCK])
            taken.set()
            end = monotonic() + LONG
            while not waiting and monotonic() < end:
                cursor.execute(
                    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
                waiting.extend(cursor.fetchall())
                sleep(0.01)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [running._LOCK])
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert taken.wait(LONG)
        run(
            Parsed([sheet()]),
            load,
            DeliveryFile("Certif Info", "kit", date(2025, 1, 31), "a" * 64, "rncp"),
            author="test",
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    finally:
        other.join()
    assert len(waiting) == 1
    assert models.Source.objects.count() == 1
