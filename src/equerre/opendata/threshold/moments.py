"""A day and an instant, as whoever asks types them: what is read, and what is told of the rest. Pages, API and command ask here.

The calendar is that of a file of facts. An instant has its zone; a day alone is its evening in Paris, what was known at its end.
"""

from __future__ import annotations

from datetime import date, datetime, time

from equerre.documents.written_dates import HOW, HOW_INSTANT, day_written, instant_written, what_is_wrong
from equerre.facts.kind import FIRST_YEAR, LAST_YEAR
from equerre.kernel import clock
from equerre.kernel.errors import EquerreError, quoted


class NoMoment(EquerreError):
    """What was typed is no day, or no instant, that Équerre counts: what is wrong with it, and how one is written."""


def day(typed: str) -> date:
    """``2026-11-03``. Raises :class:`NoMoment`."""
    found = day_written(typed)
    if found is None:
        # A day has ten characters: more would be told of an hour.
        wrong = what_is_wrong(typed) if len(typed) <= 10 else None
        raise NoMoment(wrong or f"{quoted(typed)} n'est pas un jour. {HOW}")
    return _counted(found, typed)


def instant(typed: str) -> datetime:
    """``2026-01-05T09:00:00+01:00``, or a day alone. Raises :class:`NoMoment`."""
    alone = day_written(typed)
    found = datetime.combine(alone, time(23, 59, 59), clock.PARIS) if alone else instant_written(typed)
    if found is None:
        raise NoMoment(what_is_wrong(typed) or f"{quoted(typed)} n'est pas un instant. {HOW_INSTANT}")
    _counted(found, typed)
    return found


def _counted(found: date, typed: str) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NoMoment(f"{quoted(typed)} : Équerre compte de {FIRST_YEAR} à {LAST_YEAR}.")
    return found
