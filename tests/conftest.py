"""What every test lives in: a stopped clock, and how many examples a property tries. Sockets are closed by pyproject.toml."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from equerre.kernel import clock

# A Thursday morning of October: the lists of the year are not signed yet.
NOW = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)

# No deadline: a property says what is true, `make bench` says how fast. "ci" tries the same examples every time.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=5_000)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The instant at which every test happens, whatever the day it is run."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW
