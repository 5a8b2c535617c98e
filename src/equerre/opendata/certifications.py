"""One certification of the RNCP as the register holds it: its sheet, while it was active, and what replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from equerre.kernel.fact import Source
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import SOURCE


@dataclass(frozen=True, slots=True)
class RncpSheet:
    """What a publisher says of one sheet, for the days on which it is active, and once it is closed."""

    code: str
    title: str
    kind: str
    level: int | None
    valid: Period[date]
    read_on: date | None
    closed_read_on: date | None
    successors: tuple[str, ...]
    source: Source

    def active(self, on: date) -> bool | None:
        """Is it active on a day? None when it was closed since when nobody says, and that day comes before it was read so."""
        if self.closed_read_on is None:
            return self.valid.holds(on)
        return False if on >= self.closed_read_on or not self.valid.holds(on) else None


def sheets(code: str, known_at: datetime | None = None) -> list[RncpSheet]:
    """The sheets held under one code, in order of time; none when the register holds none. Two queries."""
    rows = models.CertificationSheet.objects.held(known_at).filter(certification__key=code)
    found = rows.select_related("source").prefetch_related("successors").in_time()
    return [
        RncpSheet(
            code,
            row.title,
            row.kind,
            row.level,
            Period(row.valid_from, row.valid_until),
            row.read_on,
            row.closed_read_on,
            tuple(sorted(successor.key for successor in row.successors.all())),
            Source(*(getattr(row.source, name) for name in SOURCE)),
        )
        for row in found
    ]
