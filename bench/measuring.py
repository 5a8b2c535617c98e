"""How a bench measures: ratios of two things that run in turn, each told by the processor time that it took.

Processor time, because a machine that does something else makes everything wait and nothing work more. In turn, many times and
shortly, because its processor is now quick, now slow: both get their share of the quick moments. The quickest quarter of each,
because what disturbs only ever adds, and one run alone may be lucky.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage
from statistics import mean
from time import process_time

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
    ended = getrusage(RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def taken(work: Work, clock: Callable[[], float] = processor, each: int = 1) -> float:
    """What the work takes, so many times in a row, by a clock that counts processor time."""
    start = clock()
    for _ in range(each):
        work()
    return clock() - start


def ratio(work: Work, reference: Work, *, repeat: int, each: int = 1, clock: Callable[[], float] = processor) -> float:
    """How many times longer than the reference, run in turn ``repeat`` times; ``each``: calls in a row, for what is short."""
    gc.collect()
    gc.freeze()  # what the bench holds is not walked again and again on behalf of what it measures
    pairs = [(taken(work, clock, each), taken(reference, clock, each)) for _ in range(repeat)]
    return against([one for one, _ in pairs], [other for _, other in pairs])


def against(times: Sequence[float], others: Sequence[float]) -> float:
    """The ratio of what the quickest quarter of runs took, on either side."""
    return mean(sorted(times)[: -(-len(times) // 4)]) / mean(sorted(others)[: -(-len(others) // 4)])
