"""Doubt measured: what each finding becomes under every option of the readings that it takes.

Each reading is changed alone, all else at its default: a finding is *settled* when no change moves its outcome, else it
*hangs on* the readings that do. Only the roots whose tree takes a reading are asked again, and below them only the
findings that take it: the others stand as they are, and a whole measure costs a few chains. A reading without options has
none to evaluate and says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from equerre import law
from equerre.kernel.finding import Finding, Outcome, Taken
from equerre.rules.chain import Chain
from equerre.rules.rule import REGISTER, Memo


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option of one point of choice (``R3:silent``), and what the finding is under it."""

    point: str
    option: str
    taken: bool
    outcome: Outcome
    because: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is measured about one finding. ``rows`` holds every option of every point, the one taken among them."""

    outcome: Outcome
    rows: tuple[OptionRow, ...]

    @property
    def settled(self) -> bool:
        """Does every option of each reading give the same outcome?"""
        return all(row.outcome is self.outcome for row in self.rows)

    @property
    def hanging(self) -> tuple[OptionRow, ...]:
        """The options that would give another outcome."""
        return tuple(row for row in self.rows if row.outcome is not self.outcome)

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that it hangs on, without their use, in order."""
        return tuple(dict.fromkeys(row.point.partition(":")[0] for row in self.hanging))


def measure(chain: Chain) -> Mapping[str, Doubt]:
    """The doubt of every finding of a chain, by key."""
    found = chain.findings()
    rows: dict[str, list[OptionRow]] = {key: [] for key in found}
    below = {key: {taken.point: taken for taken in finding.readings_below()} for key, finding in found.items()}
    for taken in dict.fromkeys(taken for finding in found.values() for taken in finding.readings):
        keys = [key for key in found if taken.point in below[key]]
        # The findings in whose whole tree this point is not taken: another option of it cannot move them.
        untouched = [
            finding for key, finding in found.items() if taken.point not in below[key] and finding.on == chain.on
        ]
        for option in dict.fromkeys((*law.reading(taken.reading).options, taken.option)):
            others = found if option == taken.option else _under(chain, taken, option, untouched)
            for key in keys:
                # A finding that another option no longer asks for keeps its answer: nothing there contradicts it.
                other = others.get(key, found[key])
                rows[key].append(OptionRow(taken.point, option, option == taken.option, other.outcome, other.because))
    return {key: Doubt(finding.outcome, tuple(rows[key])) for key, finding in found.items()}


def _under(chain: Chain, taken: Taken, option: str, untouched: Iterable[Finding]) -> Mapping[str, Finding]:
    """Every finding of the roots that take this point, under another of its options."""
    readings = chain.options.instead(taken.point, option)
    memo: Memo = {(finding.rule, finding.subject): finding for finding in untouched}
    roots: set[str] = set()
    found: dict[str, Finding] = {}
    for root in chain.roots():
        if root.key in roots or taken not in root.readings_below():
            continue
        roots.add(root.key)
        again = REGISTER[root.rule].asked(chain.facts, root.subject, on=chain.on, readings=readings, memo=memo)
        for finding in again.walk():
            found.setdefault(finding.key, finding)
    return found
