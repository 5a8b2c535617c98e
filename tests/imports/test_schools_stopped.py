"""An import of schools that is stopped in the middle, by a kill or by a disk that is full: the registry is as it was before.

Each runs in a process of its own, on SQLite in a folder that goes away.
"""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from equerre.imports.schools.book import Filled, csv_files
from equerre.imports.schools.template import sheets

SCHOOLS = 400
START = """
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()
from django.core.management import call_command
from django.db import connection

from equerre.imports.schools import load
from equerre.imports.running import ImportRefused
from equerre.imports.schools.rows import files
from equerre.registry import delivering, models


def bring(folder, **said):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return load.bring(files(Path(folder)), folder, author="person:test", recorded_at=at, **said)


def told():
    return models.School.objects.count(), models.SchoolName.objects.count(), models.Audience.objects.count()


call_command("migrate", verbosity=0)
bring(sys.argv[1])
"""
KILLED = """
written = delivering.StagedPart.write


def killed(piece):
    refused = written(piece)
    if piece.model is models.Audience and models.Audience.objects.count() > 52:
        os.kill(os.getpid(), 9)
    return refused


delivering.StagedPart.write = killed
delivering.CHUNK = 50
bring(sys.argv[2])
"""
FULL = """
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 2}")
try:
    bring(sys.argv[2])
except ImportRefused as error:
    print(error)
print(told())
with connection.cursor() as cursor:
    cursor.execute("PRAGMA max_page_count = 1000000")
print(bring(sys.argv[2]).counts["new"], told())
"""


def folder(path: Path, number: int) -> Path:
    """A filled template: so many schools, and how many pupils each has."""
    rows: Mapping[str, list[dict[str, object]]] = {
        "school": [{"school": f"essai-{n}", "fictional": True, "name": f"École {n}"} for n in range(number)],
        "audience": [{"school": f"essai-{n}", "school_status": n} for n in range(number)],
    }
    path.mkdir()
    for name, data in csv_files([Filled(sheets()[key], rows[key]) for key in rows]).items():
        (path / name).write_bytes(data)
    return path


def run(home: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Two schools are brought, then four hundred, by this program."""
    few, many = folder(home.parent / "deux", 2), folder(home.parent / "beaucoup", SCHOOLS)
    return subprocess.run(
        [sys.executable, "-c", START + program, str(few), str(many)],
        env={"EQUERRE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "equerre.config.settings"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "equerre"


def test_killed_in_the_middle_it_has_written_nothing(home: Path) -> None:
    done = run(home, KILLED)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
    with closing(sqlite3.connect(home / "equerre.sqlite3")) as base:
        tables = ("school", "schoolname", "audience", "source")
        counts = [base.execute(f"SELECT count(*) FROM registry_{table}").fetchone()[0] for table in tables]
        assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert counts == [2, 2, 2, 1]


def test_on_a_full_disk_it_says_so_and_has_written_nothing(home: Path) -> None:
    done = run(home, FULL)
    assert (done.returncode, done.stderr) == (0, "")
    said, before, after = done.stdout.splitlines()[-3:]
    assert "Le disque est plein : faites de la place, puis recommencez. Rien n'a été changé." in said
    assert before == "(2, 2, 2)"
    assert after == f"{2 * (SCHOOLS - 2)} ({SCHOOLS}, {SCHOOLS}, {SCHOOLS})"
