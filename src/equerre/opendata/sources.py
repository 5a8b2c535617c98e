"""Where the public facts come from: each publisher, its last delivery, how old it is on the day asked.

Only the sources that a public fact rests on: a paper that is cited by a confidential row alone is confidential too.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from equerre.opendata.public import CONFIDENTIAL
from equerre.registry import selectors
from equerre.registry.selectors import Cited
from equerre.rules.facts import KINDS

PUBLIC = tuple(kind for kind in KINDS if kind not in CONFIDENTIAL)


class Publisher(NamedTuple):
    """Who says it: its sources, the newest first; the day of the last one that is dated, and when it was last read."""

    name: str
    sources: tuple[Cited, ...]
    dated_on: date | None
    read_at: datetime

    @property
    def facts(self) -> int:
        """How many facts rest on it."""
        return sum(one.facts for one in self.sources)


def publishers(known_at: datetime | None = None) -> list[Publisher]:
    """Every publisher that a public fact held then cites, by name."""
    found: dict[str, list[Cited]] = defaultdict(list)
    for one in selectors.sources(PUBLIC, known_at=known_at):
        found[one.source.publisher].append(one)
    return [_publisher(name, found[name]) for name in sorted(found, key=str.casefold)]


def _publisher(name: str, cited: list[Cited]) -> Publisher:
    newest = sorted(cited, key=lambda one: (one.source.dated_on or date.min, one.read_at), reverse=True)
    return Publisher(name, tuple(newest), newest[0].source.dated_on, max(one.read_at for one in cited))
