"""What a rule gives: an outcome on a day, why, under which text, on which facts. It decides nothing.

An unknown *fact* makes UNKNOWN, and the finding names what is missing. A doubt of *law* takes a reading and shows
it. ``settled`` is measured apart (``rules.doubt``): None here means that it was not measured, never that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NoReturn

from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact
from equerre.kernel.measure import Measure


class Outcome(StrEnum):
    """Four answers. UNKNOWN is neither yes nor no; NOT_APPLICABLE is a question that does not arise that day."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"
    NOT_APPLICABLE = "NOT_APPLICABLE"

    def __bool__(self) -> NoReturn:
        raise TypeError("An outcome has four values and no truth: compare it with Outcome.MET.")


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading taken on the way: ``R4`` for the use ``tax``, option ``c``. ``use`` is "" when the reading has one use."""

    reading: str
    option: str
    use: str = ""

    @property
    def point(self) -> str:
        """The point of choice: ``R4:tax``, or ``R3``. Two uses of one reading are two choices."""
        return f"{self.reading}:{self.use}" if self.use else self.reading

    def __str__(self) -> str:
        return f"{self.reading}-{self.option}"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one rule about one ``subject`` on one day.

    ``because`` is a French sentence that a school understands. ``since`` and ``until`` bound the answer as far as the
    facts establish it (``until`` is the first day on which it stops). ``missing`` names the facts an UNKNOWN lacks.
    ``withheld`` names those that are not public, for a view that holds nothing of them, whether or not anybody recorded one.
    ``notes`` are French sentences that inform without weighing on the outcome (a risk, a practice, a remedy);
    ``measures`` are figures that do not either.
    """

    rule: str
    outcome: Outcome
    on: date
    because: str
    citations: tuple[Citation, ...]
    readings: tuple[Taken, ...] = ()
    facts: tuple[Fact[object], ...] = ()
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    subject: str = ""
    since: date | None = None
    until: date | None = None
    notes: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    withheld: tuple[str, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"{self.rule} gives a finding, which is neither true nor false: compare finding.outcome with Outcome.MET."
        )

    @property
    def key(self) -> str:
        """Rule and subject: the same in two evaluations of the same school."""
        return f"{self.rule}({self.subject})" if self.subject else self.rule

    @property
    def lacks(self) -> tuple[str, ...]:
        """All that it would need: what nobody recorded, and what is not public."""
        return (*self.missing, *self.withheld)

    def walk(self) -> Iterator[Finding]:
        """This finding, then all that it rests on, depth first."""
        yield self
        for finding in self.findings:
            yield from finding.walk()

    def readings_below(self) -> tuple[Taken, ...]:
        """Every reading taken in the whole tree, once each, in order of appearance."""
        return tuple(dict.fromkeys(taken for finding in self.walk() for taken in finding.readings))
