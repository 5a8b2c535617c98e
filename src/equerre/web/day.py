"""The day that a page is asked for: ``?on=2026-11-03``, else today. And the graduated edge that marks it in its year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest

from equerre.documents.written_dates import HOW, day_written, what_is_wrong
from equerre.facts.kind import FIRST_YEAR, LAST_YEAR
from equerre.kernel.errors import quoted
from equerre.kernel.french import MONTHS


@dataclass(frozen=True, slots=True)
class Asked:
    """The day asked. When what was typed is no day, ``error`` says why, and ``on`` is today so that the page still stands."""

    on: date
    typed: str
    error: str = ""


def asked(request: HttpRequest, today: date) -> Asked:
    """The day of a request. An empty field asks for today."""
    typed = request.GET.get("on", "").strip()
    if not typed:
        return Asked(today, today.isoformat())
    found = day_written(typed)
    if found is None:
        return Asked(today, typed, _no_day(typed))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return Asked(today, typed, f"{quoted(typed)} : Équerre compte de {FIRST_YEAR} à {LAST_YEAR}.")
    return Asked(found, typed)


def _no_day(typed: str) -> str:
    """What is wrong with it: a day has ten characters, more would be read as an instant."""
    wrong = what_is_wrong(typed) if len(typed) <= 10 else None
    return wrong or f"{quoted(typed)} n'est pas un jour. {HOW}"


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
