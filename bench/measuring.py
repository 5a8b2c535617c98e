"""How a bench measures: the shortest of several runs, and ratios of two things measured in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Bench:
    """``measure`` returns a number in ``unit``, which must not exceed ``budget``."""

    what: str
    budget: float
    unit: str
    measure: Callable[[], float]


def seconds(work: Callable[[], object], *, repeat: int = 5) -> float:
    """The shortest of several runs: what the work costs when nothing else disturbs it."""
    return min(_once(work) for _ in range(repeat))


def ratio(work: Callable[[], object], yardstick: Callable[[], object], *, repeat: int = 20) -> float:
    """How many times longer than the yardstick, both measured in turn so that a busy machine slows them alike."""
    pairs = [(_once(work), _once(yardstick)) for _ in range(repeat)]
    return min(one for one, _ in pairs) / min(other for _, other in pairs)


def _once(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
