"""``make bench``: what must be fast, each thing measured against another one of the same run.

A ratio travels from one machine to another; a number of seconds does not, and is kept for what a person waits for. No
test is timed: a budget that does not hold is printed, and the exit code is 1.

To add a bench: a function that returns one number, and a row in ``BENCHES``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.rules.cases import cases

EQUERRE = Path(sys.executable).with_name("equerre")


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


# --- What is measured ------------------------------------------------------------------------------------------------


def a_case_of_a_rule() -> float:
    """Milliseconds for one YAML case, on average, its reading apart."""
    every = cases()
    return 1000 * seconds(lambda: [case.finding() for case in every]) / len(every)


def the_command_from_the_shell() -> float:
    """Milliseconds from the shell to the answer about one identifier, Python's own start included."""
    return 1000 * seconds(lambda: subprocess.run([EQUERRE, "id", "uai", "0831819B"], check=True, capture_output=True))


BENCHES = (
    Bench("one YAML case of a rule, on average", 3, "ms", a_case_of_a_rule),
    Bench("equerre id uai 0831819B, from the shell", 150, "ms", the_command_from_the_shell),
)


def main() -> int:
    """One line a bench; 1 when a budget does not hold."""
    held = True
    for bench in BENCHES:
        found = bench.measure()
        held &= found <= bench.budget
        mark = "ok  " if found <= bench.budget else "OVER"
        print(f"{mark} {bench.what:.<60} {found:9.3g} {bench.unit:2} (budget {bench.budget:g})", flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
