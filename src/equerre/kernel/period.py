"""A stretch of time, ``[start, end)``: one meaning of "end" everywhere, the first moment that is no longer inside.

``Period`` carries days (``date``) when it says how long a thing was true, and instants (``datetime``, with their
zone) when it says how long we held it to be so. ``start = None`` is a start that is not bounded, ``end = None`` an
end that is not known; neither is ever read as a date. The last day of a period is only for what a French deed
prints: "jusqu'au 31 août 2026 inclus" is ``end = 2026-09-01``.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Generic, TypeVar

from equerre.kernel import french
from equerre.kernel.errors import PeriodError

Moment = TypeVar("Moment", date, datetime)


@dataclass(frozen=True, slots=True)
class Period(Generic[Moment]):
    """``[start, end)``. Raises :class:`PeriodError` when it would be empty or end before it starts, or when an instant
    does not say its zone.

    >>> Period(date(2022, 9, 1), date(2023, 9, 1)).holds(date(2023, 9, 1))
    False
    """

    start: Moment | None = None
    end: Moment | None = None

    def __post_init__(self) -> None:
        _refuse_without_zone(self.start)
        _refuse_without_zone(self.end)
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise PeriodError(
                f"La période commence le {french.moment(self.start)} et finit le {french.moment(self.end)} : "
                "elle doit commencer avant de finir (sa fin n'en fait plus partie)."
            )

    def holds(self, moment: Moment) -> bool:
        """Is this moment inside?"""
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)

    def overlaps(self, other: Period[Moment]) -> bool:
        """Do the two share at least one moment?"""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )

    def meet(self, other: Period[Moment]) -> Period[Moment] | None:
        """What the two share, or None."""
        if not self.overlaps(other):
            return None
        starts = [start for start in (self.start, other.start) if start is not None]
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    def without(self, other: Period[Moment]) -> list[Period[Moment]]:
        """What is left of it once another is taken away: nothing, one piece, or one on each side.

        >>> [(str(left.start), str(left.end)) for left in Period(date(2022, 1, 1)).without(Period(date(2023, 1, 1)))]
        [('2022-01-01', '2023-01-01')]
        """
        if not self.overlaps(other):
            return [self]
        left = []
        if other.start is not None and (self.start is None or self.start < other.start):
            left.append(Period(self.start, other.start))
        if other.end is not None and (self.end is None or other.end < self.end):
            left.append(Period(other.end, self.end))
        return left

    def until(self, end: Moment) -> Period[Moment]:
        """The same period, closed at ``end`` at the latest (a period is only ever shortened by a closing)."""
        return Period(self.start, end if self.end is None else min(self.end, end))


def _refuse_without_zone(moment: date | None) -> None:
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise PeriodError(
            f"L'instant du {french.moment(moment)} ne dit pas son fuseau horaire : "
            "écrivez le décalage, par exemple 2026-11-03T09:00:00+01:00."
        )


def last_day(period: Period[date]) -> date | None:
    """The last day inside, as a French deed prints it; None when no end is known."""
    return None if period.end is None else period.end - timedelta(days=1)


def first_overlap(periods: Iterable[Period[Moment]]) -> tuple[Period[Moment], Period[Moment]] | None:
    """The first two periods that share a moment, in the order given, or None."""
    placed = list(periods)
    for index, left in enumerate(placed):
        for right in placed[index + 1 :]:
            if left.overlaps(right):
                return left, right
    return None


def months_after(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last of the month when it has no such day.

    Raises :class:`PeriodError` beyond the years that a calendar holds.

    >>> months_after(date(2024, 11, 30), 3)
    datetime.date(2025, 2, 28)
    """
    years, index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, index + 1
    if not MINYEAR <= year <= MAXYEAR:
        raise PeriodError(f"Le {french.day(day)} décalé de {months} mois sort du calendrier : relisez cette date.")
    return date(year, month, min(day.day, monthrange(year, month)[1]))
