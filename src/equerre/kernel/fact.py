"""A fact: a value, when it was true, when we held it to be so, and who says so.

Two times, never one: ``valid`` is a period of days in the world, ``known`` a period of instants in the register.
A correction closes the knowledge of a fact and adds another; it never rewrites what was known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from equerre.kernel.period import Period

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. ``sha256`` is that of the file read, when there was a file."""

    key: str
    publisher: str
    title: str
    dated_on: date | None = None
    url: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """One value in two times. ``name`` is its stable key in what a finding rests on (``recognition``, ``course[cap]``).

    ``contested`` names the sources that say otherwise and wait for somebody to settle: the held value still stands.
    ``contested_on`` names the fields on which they do; empty when that is not known, or when they contest the days alone.
    """

    name: str
    value: Value
    valid: Period[date]
    source: Source
    known: Period[datetime] = Period()
    contested: tuple[str, ...] = ()
    contested_on: tuple[str, ...] = ()

    def known_at(self, instant: datetime | None) -> bool:
        """Was it held to be so at this instant? ``None`` asks for what is held now: a knowledge that has not ended."""
        return self.known.end is None if instant is None else self.known.holds(instant)
