"""The only place that reads the clock. Law, rules and documents may not import it: for them the day is an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """This instant, in UTC: what a writer is given as ``recorded_at``."""
    return datetime.now(UTC)


def today() -> date:
    """This day in Paris: what a person means by "aujourd'hui"."""
    return now().astimezone(PARIS).date()
