"""Where the public facts come from: each publisher, its last delivery, how old it is on the day asked.

Only the sources that a public fact rests on: a paper that is cited by a confidential row alone is confidential too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Max

from equerre.kernel.fact import Source
from equerre.opendata.changes import OUTGOING
from equerre.registry import models


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, how many public facts it says, and the last instant at which one of them was written."""

    source: Source
    facts: int
    read_at: datetime


class Publisher(NamedTuple):
    """Who says it: its sources, the newest first; the day of the last one that is dated, and when it was last read."""

    name: str
    sources: tuple[Cited, ...]
    dated_on: date | None
    read_at: datetime

    @property
    def facts(self) -> int:
        """How many facts rest on it."""
        return sum(source.facts for source in self.sources)


def cited(known_at: datetime | None = None) -> list[Cited]:
    """The sources of all that goes out, as was known at an instant: one query for each kind that is told, and one."""
    found: dict[int, tuple[int, datetime]] = {}
    for outgoing in OUTGOING:
        rows = outgoing.rows(known_at).held(known_at).order_by()
        for key, count, last in rows.values_list("source_id").annotate(Count("pk"), Max("known_from")):
            facts, read_at = found.get(key, (0, last))
            found[key] = (facts + count, max(read_at, last))
    papers = models.Source.objects.order_by("key")
    return [
        Cited(Source(row.key, row.publisher, row.title, row.dated_on, row.url, row.sha256), *found[row.pk])
        for row in papers
        if row.pk in found
    ]


def publishers(known_at: datetime | None = None) -> list[Publisher]:
    """Every publisher that a public fact held then cites, by name."""
    found: dict[str, list[Cited]] = defaultdict(list)
    for source in cited(known_at):
        found[source.source.publisher].append(source)
    publishers = []
    for name in sorted(found, key=str.casefold):
        newest = sorted(found[name], key=lambda cited: (cited.source.dated_on or date.min, cited.read_at), reverse=True)
        read_at = max(source.read_at for source in newest)
        publishers.append(Publisher(name, tuple(newest), newest[0].source.dated_on, read_at))
    return publishers
