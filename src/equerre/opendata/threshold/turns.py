"""How many answers a process makes at once for one caller: fewer than it has threads, so that the others find one that is free.

What is kept waits for nobody; only what has to be made takes a turn. Whoever has all of his is refused at once: a request that
waited would hold the thread that it must leave to others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

Made = TypeVar("Made")

MOST = 4  # of the eight threads of a process: cli/serve.py

_TAKEN: Counter[str] = Counter()
_LOCK = Lock()


def in_turn(who: str, make: Callable[[], Made], refuse: Callable[[], Made]) -> Made:
    """What is made, or what refuses it."""
    with _LOCK:
        free = _TAKEN[who] < MOST
        _TAKEN[who] += free
    if not free:
        return refuse()
    try:
        return make()
    finally:
        with _LOCK:
            _TAKEN[who] -= 1
            if not _TAKEN[who]:
                del _TAKEN[who]
