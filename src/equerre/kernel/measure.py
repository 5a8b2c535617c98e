"""A figure with its two counts: never a rate alone. The insertion sentence is a purpose; it gives measures, no gate.

Shape after the InserJeunes method: numerator, denominator, coverage, period, method. A measure whose smallest cell
is under the threshold is hidden, and its complement with it, since one gives the other away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NoReturn

from equerre.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Measure:
    """``numerator`` of ``denominator`` persons; ``coverage`` says how many of ``population`` were reached.

    A hidden measure keeps its name, period and method, and loses every count (``None``).
    """

    name: str
    period: Period[date]
    method: str
    numerator: int | None
    denominator: int | None
    population: int | None
    hidden: bool = False

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self.name} is a measure, never a gate: read its numerator and denominator.")

    @property
    def rate(self) -> Fraction | None:
        """Exact share, or None when hidden or when nobody was counted."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def coverage(self) -> Fraction | None:
        """Share of the population that was reached, or None."""
        if self.denominator is None or not self.population:
            return None
        return Fraction(self.denominator, self.population)

    def under_secrecy(self, threshold: int) -> Measure:
        """The same, hidden when a cell that it shows or lets one deduce counts 1 to ``threshold - 1`` persons."""
        shown = [count for count in (self.numerator, self.denominator, self.population) if count is not None]
        cells = [*shown, *(whole - part for part, whole in pairwise(shown))]
        return self if all(cell == 0 or cell >= threshold for cell in cells) else self.concealed()

    def concealed(self) -> Measure:
        """The same without any count."""
        return Measure(self.name, self.period, self.method, None, None, None, hidden=True)
