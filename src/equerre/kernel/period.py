"""A stretch of time, ``[start, end)``: one meaning of "end" everywhere, the first moment that is no longer inside.

``Period`` carries days (``date``) when it says how long a thing was true, and instants (``datetime``, with their
zone) when it says how long we held it to be so. ``start = None`` is a start that is not bounded, ``end = None`` an
end that is not known; neither is ever read as a date. The last day of a period is only for what a French deed
prints: "jusqu'au 31 août 2026 inclus" is ``end = 2026-09-01``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from equerre.kernel.errors import PeriodError

Moment = TypeVar("Moment", date, datetime)


@dataclass(frozen=True, slots=True)
class Period(Generic[Moment]):
    """``[start, end)``. Raises :class:`PeriodError` when it would be empty or end before it starts.

    >>> Period(date(2022, 9, 1), date(2023, 9, 1)).holds(date(2023, 9, 1))
    False
    """

    start: Moment | None = None
    end: Moment | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise PeriodError(
                f"La période finit le {self.end} et commence le {self.start} : "
                "elle doit commencer avant de finir (la fin est le premier jour qui n'en est plus)."
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

    def until(self, end: Moment) -> Period[Moment]:
        """The same period, closed at ``end`` at the latest (a period is only ever shortened by a closing)."""
        return Period(self.start, end if self.end is None else min(self.end, end))


def last_day(period: Period[date]) -> date | None:
    """The last day inside, as a French deed prints it; None when no end is known."""
    return None if period.end is None else period.end - timedelta(days=1)


def first_overlap(periods: Iterable[Period[Moment]]) -> tuple[Period[Moment], Period[Moment]] | None:
    """The first two periods that share a moment, in order of start, or None."""
    placed = list(periods)
    for index, left in enumerate(placed):
        for right in placed[index + 1 :]:
            if left.overlaps(right):
                return left, right
    return None


def months_after(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last of the month when it has no such day.

    >>> months_after(date(2024, 11, 30), 3)
    datetime.date(2025, 2, 28)
    """
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))
