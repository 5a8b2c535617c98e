"""What a process remembers between two requests, and the one way to forget it all.

Whatever depends on the register, on a setting or on a caller is remembered through here: ``remembered`` for what a function
found, ``Memory`` for answers kept up to a number of bytes. Both hang on a mark or on the revision of the register: when it moves,
what was kept is never asked for again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Generic, ParamSpec, Protocol, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

# How each memory of this process is emptied, by the name of its module and its own.
FORGET: dict[str, Callable[[], None]] = {}


def remembered(most: int) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """What a function found is kept, for the last so many questions."""

    def kept(function: Callable[Given, Found]) -> Callable[Given, Found]:
        found = lru_cache(maxsize=most)(function)
        FORGET[f"{function.__module__}.{function.__qualname__}"] = found.cache_clear
        return found  # type: ignore[return-value]  # a question whose words cannot be a key has no answer

    return kept


def forget_everything() -> None:
    """As if this process had just started."""
    for forget in FORGET.values():
        forget()


class Sized(Protocol):
    """Something made, and the bytes that it takes in memory, with all that hangs on it."""

    @property
    def size(self) -> int: ...


Answer = TypeVar("Answer", bound=Sized)


@dataclass(slots=True)
class Memory(Generic[Answer]):
    """At most so many bytes, under a name of its own; the answer that nobody asked for longest goes first."""

    name: str
    most: int
    _size: int = 0
    _answers: OrderedDict[str, Answer] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        FORGET[self.name] = self.forget

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, mark: str) -> Answer | None:
        """The answer of this mark."""
        with self._lock:
            found = self._answers.get(mark)
            if found is not None:
                self._answers.move_to_end(mark)
            return found

    def put(self, mark: str, answer: Answer) -> None:
        """Keep an answer; one larger than the memory is not kept."""
        with self._lock:
            if mark in self._answers or answer.size > self.most:
                return
            self._answers[mark] = answer
            self._size += answer.size
            while self._size > self.most:
                _, left = self._answers.popitem(last=False)
                self._size -= left.size

    def forget(self) -> None:
        """Everything."""
        with self._lock:
            self._answers.clear()
            self._size = 0
