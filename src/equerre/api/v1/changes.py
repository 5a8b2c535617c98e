"""``/changes``: what the register learnt, newest first: what was written, when it is true, from which source."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from equerre.api.pages import Paged, next_address, read, unreadable, written
from equerre.api.parameters import AsOf, as_of
from equerre.api.v1.shapes import SchoolShape, Shape, SourceShape, Span, known, school, source, span, utc
from equerre.documents.portrait.change import ChangeKey
from equerre.documents.written_dates import instant_written
from equerre.opendata import changes
from equerre.opendata.changes import BEGAN, ENDED

router = Router(tags=["Changements"])

_KINDS = {outgoing.kind for outgoing in changes.OUTGOING}
_LAST_ROW = 2**63 - 1


class ChangeShape(Shape):
    """One change. ``values`` are what is held since, or what stopped being held; ``before`` what they replaced."""

    learnt_at: str
    move: Literal["recorded", "changed", "corrected", "withdrawn"]
    kind: str
    title: str
    schools: list[SchoolShape]
    values: dict[str, str | int | bool | None]
    valid: Span
    before: dict[str, str | int | bool | None] | None
    valid_before: Span | None
    source: SourceShape


class ChangePage(Shape):
    """A page of changes. ``on`` is null when no day was asked: then changes about every day are told."""

    on: date | None
    known_at: str | None
    changes: list[ChangeShape]
    next: str | None


@router.get("/changes", operation_id="changes", response=ChangePage, summary="Ce qui a changé dans le registre")
def every(request: HttpRequest, response: HttpResponse, parameters: Query[Paged]) -> ChangePage:
    """Ce que le registre a appris, le plus récent d'abord. Avec `on`, seulement ce qui porte sur ce jour."""
    return answered(request, response, parameters, as_of(request, parameters), None)


def answered(
    request: HttpRequest, response: HttpResponse, parameters: Paged, when: AsOf, key: str | None
) -> ChangePage:
    """One page, of the whole register or of one school."""
    after = _place(parameters.cursor) if parameters.cursor else None
    found = changes.changes(limit=parameters.limit, after=after, known_at=when.known_at, on=when.named, school=key)
    last = found.last
    cursor = written([utc(last.at), last.kind, last.move, last.row]) if last else ""
    return ChangePage(
        on=when.named,
        known_at=known(when),
        changes=[
            ChangeShape(
                learnt_at=utc(change.at),
                move=change.move,  # type: ignore[arg-type]
                kind=change.kind,
                title=changes.title(change),
                schools=[school(named) for named in change.schools],
                values=_plain(change.values),
                valid=span(change.valid),
                before=None if change.before is None else _plain(change.before),
                valid_before=None if change.valid_before is None else span(change.valid_before),
                source=source(change.source),
            )
            for change in found.changes
        ],
        next=next_address(request, response, cursor, when.named),
    )


def _plain(values: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _place(cursor: str) -> ChangeKey:
    """The change that a cursor names."""
    match read(cursor):
        case [str(text), str(kind), str(move), int(row)] if kind in _KINDS and move in (BEGAN, ENDED):
            at = instant_written(text)
            if at is not None and not isinstance(row, bool) and 0 <= row <= _LAST_ROW:
                return ChangeKey(at, kind, move, row)
    raise unreadable()
