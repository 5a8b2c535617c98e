"""The only reader of the clock: an instant in UTC, and the day it is in Paris."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from equerre.kernel import clock

# The functions themselves, taken before the suite stops the clock.
NOW: Callable[[], datetime] = vars(clock)["now"]
TODAY: Callable[[], date] = vars(clock)["today"]


def test_now_is_an_instant_in_utc() -> None:
    before, instant, after = datetime.now(UTC), NOW(), datetime.now(UTC)  # noqa: TID251 - the clock under test
    assert before <= instant <= after
    assert instant.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),  # summer: Paris is two hours ahead
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),  # winter: one hour
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2024, 2, 28, 23, 30, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_today_is_the_day_in_paris(monkeypatch: pytest.MonkeyPatch, instant: datetime, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: instant)
    assert TODAY() == day
