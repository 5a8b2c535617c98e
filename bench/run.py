"""``make bench``: what must be fast, each thing measured against another one of the same run.

A ratio travels from one machine to another and from a quiet hour to a busy one; a number of seconds does neither, and no budget
is one. What is counted is processor time, in turn with a reference (``bench.measuring``). No test is timed: a budget that does
not hold is printed, and the exit code is 1. ``make bench ONLY=core`` runs one part.

To add a bench: a function that returns one number, and a row in the ``BENCHES`` of a part.
"""

from __future__ import annotations

import sys
from importlib import import_module

# Each part is a module of this folder. A part is imported when it is run: the core is measured without Django.
PARTS = ("core", "registry", "imports", "waits", "web")


def main() -> int:
    """One line a bench; 1 when a budget does not hold."""
    held = True
    for part in sys.argv[1:] or PARTS:
        for bench in import_module(f"bench.{part}").BENCHES:
            found = bench.measure()
            held &= found <= bench.budget
            mark = "ok  " if found <= bench.budget else "OVER"
            print(f"{mark} {bench.what:.<60} {found:9.3g} {bench.unit:2} (budget {bench.budget:g})", flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
