"""The graduated edge of a page: the year of the day asked, its months, and the mark of the day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from equerre.kernel.french import MONTHS


class Month(NamedTuple):
    """One month of the edge: where it begins, how far its tick comes down from the top, where its letter stands."""

    start: str
    top: int
    middle: str
    letter: str


class Ruler(NamedTuple):
    """A year as a graduated edge: its months, and the mark of the day. Positions are shares of the width."""

    year: int
    months: tuple[Month, ...]
    mark: str


def ruler(on: date) -> Ruler:
    """The edge of the year of a day. A quarter begins with a longer tick."""
    starts = [date(on.year, month, 1).timetuple().tm_yday - 1 for month in range(1, 13)]
    days = date(on.year, 12, 31).timetuple().tm_yday
    months = tuple(
        Month(
            _share(start, days),
            14 if index % 3 == 0 else 17,
            _share((start + end) / 2, days),
            MONTHS[index][0].upper(),
        )
        for index, (start, end) in enumerate(zip(starts, [*starts[1:], days], strict=True))
    )
    return Ruler(on.year, months, _share(on.timetuple().tm_yday - 0.5, days))


def _share(part: float, whole: int) -> str:
    return f"{100 * part / whole:.2f}%"
