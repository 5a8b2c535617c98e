"""The last answers given, kept by their marks up to a number of bytes, so that the same one is not made twice.

A mark is made of all that an answer depends on, the revision of the register among it: when the register moves, no mark is the
same, and what was kept is never asked for again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Answer(Protocol):
    """Something made, with its bytes."""

    @property
    def body(self) -> bytes: ...


Kept = TypeVar("Kept", bound=Answer)


@dataclass(slots=True)
class Memory(Generic[Kept]):
    """At most so many bytes; the answer that nobody asked for longest goes first."""

    most: int
    _size: int = 0
    _kept: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, mark: str) -> Kept | None:
        """The answer of this mark."""
        with self._lock:
            found = self._kept.get(mark)
            if found is not None:
                self._kept.move_to_end(mark)
            return found

    def put(self, mark: str, answer: Kept) -> None:
        """Keep an answer; one larger than the memory is not kept."""
        with self._lock:
            if mark in self._kept or len(answer.body) > self.most:
                return
            self._kept[mark] = answer
            self._size += len(answer.body)
            while self._size > self.most:
                _, left = self._kept.popitem(last=False)
                self._size -= len(left.body)

    def forget(self) -> None:
        """Everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0
