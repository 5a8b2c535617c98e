"""In which delivery a date was read, and what changed since: a date read once is not settled.

Publishers bring ends forward, even into the past. Every delivery leaves its rows (``delivering``), so that each one's words can
be told again in the order of its days, whatever the order in which they were read here; one that was withdrawn is told no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from equerre.facts.qualifications import Certification
from equerre.kernel.fact import Fact
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import TOLD_BY_THE_SOURCE, value_fields

_FIELDS = [
    name for name in value_fields(models.CertificationSheet) if name not in ("certification", *TOLD_BY_THE_SOURCE)
]


@dataclass(frozen=True, slots=True)
class SheetDelivered:
    """What one delivery said of one sheet. ``active`` is False when it said that the sheet is closed, without a day.

    ``changed`` names what it said otherwise than the delivery before it of the same publisher (``valid`` for the days).
    """

    publisher: str
    title: str
    dated_on: date
    sha256: str | None
    active: bool
    valid: Period[date]
    values: Mapping[str, object]
    successors: tuple[str, ...]
    changed: tuple[str, ...] = ()

    def after(self, before: SheetDelivered | None) -> SheetDelivered:
        """The same, with what it says otherwise than the delivery before it, when that one is of its publisher."""
        if before is None or before.publisher != self.publisher:
            return self
        said, says = (
            {
                "active": delivered.active,
                "valid": delivered.valid,
                **delivered.values,
                "successors": delivered.successors,
            }
            for delivered in (before, self)
        )
        return replace(self, changed=tuple(name for name in says if said[name] != says[name]))


@dataclass(frozen=True, slots=True)
class EndRead:
    """Where the end that is held of a sheet comes from: the delivery that said it first, the last one that says it still, and the
    one before, which said otherwise (None when none did).
    """

    first: SheetDelivered
    last: SheetDelivered
    before: SheetDelivered | None


def deliveries_of(codes: Iterable[str]) -> dict[str, tuple[SheetDelivered, ...]]:
    """All that publishers said of these sheets, in the order of their days, publisher by publisher. Two queries."""
    found: dict[str, dict[tuple[str, date, str], SheetDelivered]] = defaultdict(dict)
    for code, key, sheet in _first_writings(list(codes)):
        found[code].setdefault((sheet.publisher, sheet.dated_on, key), sheet)
    in_order = {code: [sheets[place] for place in sorted(sheets)] for code, sheets in found.items()}
    return {
        code: tuple(sheet.after(before) for before, sheet in zip([None, *sheets], sheets, strict=False))
        for code, sheets in in_order.items()
    }


def end_read(sheets: Sequence[SheetDelivered], held: Fact[Certification]) -> EndRead | None:
    """Where the end that is held was read, among what its own publisher said; None when no delivery said it."""
    said = (held.value.closed_read_on is None, held.valid.end)
    own = [sheet for sheet in sheets if sheet.publisher == held.source.publisher]
    places = [place for place, sheet in enumerate(own) if (sheet.active, sheet.valid.end) == said]
    if not places:
        return None
    first = last = places[-1]
    while first and first - 1 in places:
        first -= 1
    return EndRead(own[first], own[last], own[first - 1] if first else None)


def _first_writings(codes: Sequence[str]) -> Iterable[tuple[str, str, SheetDelivered]]:
    """Code, key of the source, and each row as its delivery first wrote it, the oldest writing first."""
    withdrawn = models.Delivery.objects.filter(withdrawn_at__isnull=False).values("source")
    sheets = models.CertificationSheet.objects.filter(certification__key__in=codes, source__dated_on__isnull=False)
    sheets = sheets.exclude(source__in=withdrawn)
    rows = sheets.select_related("source").in_time("known_from")
    named: dict[int, list[str]] = defaultdict(list)
    through = models.CertificationSheet.successors.through._default_manager
    for pk, key in (
        through.filter(certificationsheet__in=sheets)
        .order_by("id")
        .values_list("certificationsheet_id", "certification__key")
    ):
        named[pk].append(key)
    for row in rows.annotate(code=F("certification__key")):
        assert row.source.dated_on is not None
        sheet = SheetDelivered(
            row.source.publisher,
            row.source.title,
            row.source.dated_on,
            row.source.sha256,
            row.closed_read_on is None,
            Period(row.valid_from, row.valid_until),
            {name: getattr(row, name) for name in _FIELDS},
            tuple(named[row.pk]),
        )
        yield row.code, row.source.key, sheet
