"""How a bench measures: ratios of two things that run in turn, each told by the processor time that it took.

Processor time, because a machine that does something else makes everything wait and nothing work more; in turn, because what it
does still slows caches and memory; the shortest of several runs, because what disturbs only ever adds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Bench:
    """``measure`` returns a number in ``unit``, which must not exceed ``budget``."""

    what: str
    budget: float
    unit: str
    measure: Callable[[], float]


def processor() -> float:
    """Seconds of processor that this process took, and those of its children that have ended."""
    return sum(one.ru_utime + one.ru_stime for one in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def taken(work: Work, clock: Callable[[], float] = processor, each: int = 1) -> float:
    """What the work takes, so many times in a row, by a clock that counts processor time."""
    start = clock()
    for _ in range(each):
        work()
    return clock() - start


def ratio(work: Work, reference: Work, *, repeat: int, each: int = 1, clock: Callable[[], float] = processor) -> float:
    """How many times longer than the reference, run in turn ``repeat`` times; ``each``: calls in a row, for what is short."""
    pairs = [(taken(work, clock, each), taken(reference, clock, each)) for _ in range(repeat)]
    return min(one for one, _ in pairs) / min(other for _, other in pairs)
