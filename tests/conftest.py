"""What every test lives in: a stopped clock, so many examples of a property, the demo year. pyproject.toml closes the sockets."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck, settings

from equerre.kernel import clock
from equerre.opendata.threshold.memory import forget_everything
from tests.demo_year import FEW, DemoYear

# A Thursday morning of October: the lists of the year are not signed yet.
NOW = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)

# No deadline, and no refusal of a slow draw: a property says what is true, whatever else the machine does; `make bench` says how
# fast. "ci" tries the same examples every time.
UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
EVERY_DAY = 50  # examples of a property in `make test`; `make test-slow` tries many more
settings.register_profile("dev", **UNTIMED, max_examples=EVERY_DAY)
settings.register_profile("ci", **UNTIMED, max_examples=EVERY_DAY, derandomize=True, database=None, print_blob=True)
settings.register_profile("wide", **UNTIMED, max_examples=500)
settings.register_profile("thorough", **UNTIMED, max_examples=5_000)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The instant at which every test happens, whatever the day it is run."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A revision that a test undoes comes back in the next one, with other facts. Counts go too: PostgreSQL undoes its own."""
    forget_everything()
    for left in Path(django_settings.HOME).glob("counts.sqlite3*"):
        left.unlink()


@pytest.fixture
def in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[Path | None]:
    """On SQLite, the database in a file, as on a server: in memory nobody waits for a turn, and nothing can be deleted."""
    if connection.vendor != "sqlite":
        yield None
        return
    connection.ensure_connection()
    memory, name, path = connection.connection, connection.settings_dict["NAME"], tmp_path / "base.sqlite3"
    file = sqlite3.connect(path)
    memory.backup(file)
    file.close()
    connection.settings_dict["NAME"], connection.connection = str(path), None
    yield path
    connection.close()
    connection.settings_dict["NAME"], connection.connection = name, memory


@pytest.fixture(scope="session")
def demo_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[DemoYear]:
    """The database of the demo year: loaded once, whoever asks first."""
    with django_db_blocker.unblock():
        year = DemoYear("demo_year")
    yield year
    with django_db_blocker.unblock():
        year.drop()


@pytest.fixture(scope="session")
def few_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[DemoYear]:
    """The database of five schools of the demo year."""
    with django_db_blocker.unblock():
        year = DemoYear("few_schools", FEW)
    yield year
    with django_db_blocker.unblock():
        year.drop()


@pytest.fixture(scope="class")
def turned_to_the_demo_year(demo_database: DemoYear, django_db_blocker: Any) -> Iterator[None]:
    """Of a class, so that the database is chosen before a test begins its transaction."""
    with django_db_blocker.unblock(), demo_database.turned_to(), django_db_blocker.block():
        yield


@pytest.fixture
def demo_year(turned_to_the_demo_year: None, db: Any) -> None:
    """The seventy-two schools of the demo; what a test writes beside them is rolled back."""


@pytest.fixture(scope="class")
def turned_to_few_schools(few_database: DemoYear, django_db_blocker: Any) -> Iterator[None]:
    """As for the demo year."""
    with django_db_blocker.unblock(), few_database.turned_to(), django_db_blocker.block():
        yield


@pytest.fixture
def few_schools(turned_to_few_schools: None, db: Any) -> None:
    """Five schools of the demo year, with all that is national: enough to ask everything about one of them, many times."""
