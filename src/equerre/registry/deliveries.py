"""In which delivery a date was read, and what changed since: a date read once is not settled.

Publishers bring ends forward, even into the past. Every delivery leaves its rows (``delivering``), so that each one's words can
be told again in the order of its days, whatever the order in which they were read here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import TOLD_BY_THE_SOURCE, value_fields
from equerre.registry.delivering import ENDED

_FIELDS = [
    name for name in value_fields(models.CertificationSheet) if name not in ("certification", *TOLD_BY_THE_SOURCE)
]


@dataclass(frozen=True, slots=True)
class SheetDelivered:
    """What one delivery said of one sheet. ``active`` is False when it said that the sheet is no more, without a day.

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
    """Where the last word on the end of a sheet comes from: the delivery that said it first, the last one that says it still,
    and the one before, which said otherwise (None when none did).
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


def end_read(sheets: Sequence[SheetDelivered]) -> EndRead | None:
    """The last word on the end, of the newest delivery among these; None when there are none."""
    if not sheets:
        return None
    last = max(sheets, key=lambda sheet: sheet.dated_on)
    first, before = last, None
    for sheet in reversed([sheet for sheet in sheets if sheet.publisher == last.publisher][:-1]):
        if (sheet.active, sheet.valid.end) != (last.active, last.valid.end):
            before = sheet
            break
        first = sheet
    return EndRead(first, last, before)


def _first_writings(codes: Sequence[str]) -> Iterable[tuple[str, str, SheetDelivered]]:
    """Code, key of the source, and each row as its delivery first wrote it, the oldest writing first."""
    sheets = models.CertificationSheet.objects.filter(certification__key__in=codes, source__dated_on__isnull=False)
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
            row.reason != ENDED,
            Period(row.valid_from, row.valid_until),
            {name: getattr(row, name) for name in _FIELDS},
            tuple(named[row.pk]),
        )
        yield row.code, row.source.key, sheet
