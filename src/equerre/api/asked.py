"""What a request asks: the day, the instant of knowledge, and nothing that the operation does not know.

A day is ``2026-11-03``, today by default; an instant has its zone, and a day alone is its evening in Paris: what was known
when it ended. A parameter that is unknown or given twice is refused: nothing asked is left aside in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Annotated, NamedTuple

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from equerre.api.problems import Where, refused
from equerre.documents.written_dates import HOW, HOW_INSTANT, day_written, instant_written, what_is_wrong
from equerre.facts.kind import FIRST_YEAR, LAST_YEAR
from equerre.kernel import clock
from equerre.kernel.errors import quoted
from equerre.kernel.french import listed

On = Annotated[
    str,
    Field(
        description="Le jour demandé, comme 2026-11-03. Aujourd'hui (à Paris) par défaut.",
        json_schema_extra={"format": "date", "examples": ["2026-11-03"]},
    ),
]
KnownAt = Annotated[
    str,
    Field(
        description=(
            "Ce que le registre tenait à cet instant, comme 2026-01-05T09:00:00+01:00. Un jour seul vaut son soir, à Paris. "
            "Par défaut, ce qui est tenu maintenant."
        ),
        json_schema_extra={"examples": ["2026-01-05T08:00:00Z", "2026-01-05"]},
    ),
]


class Asked(Schema):
    """What every operation takes."""

    on: On = ""
    known_at: KnownAt = ""


class Moment(NamedTuple):
    """The day, and the instant of knowledge: None for what is held now."""

    on: date
    known_at: datetime | None


def moment(request: HttpRequest, asked: Asked) -> Moment:
    """The day and the instant of a request whose parameters are all known. Raises a :class:`Refusal` with all that is wrong."""
    on, known_at = _day(asked.on), _instant(asked.known_at)
    wrong = [*_unknown(request, type(asked)), *(one for one in (on, known_at) if isinstance(one, Where))]
    if wrong:
        raise refused(wrong)
    assert not isinstance(on, Where)
    assert not isinstance(known_at, Where)
    return Moment(on or clock.today(), known_at)


def asked_day(asked: Asked) -> date | None:
    """The day that was written, None when none was: for what is told of all days unless one is named."""
    found = _day(asked.on)
    return None if isinstance(found, Where) else found


def _unknown(request: HttpRequest, asked: type[Asked]) -> Iterator[Where]:
    names = list(asked.model_fields)
    for name, values in request.GET.lists():
        if name not in names:
            yield Where(
                "query", _short(name), f"{quoted(name)} n'est pas un paramètre d'ici : {listed(names, last='ou')}."
            )
        elif len(values) > 1:
            yield Where("query", name, f"« {name} » est donné {len(values)} fois : gardez-en un.")


def _short(name: str) -> str:
    return name[:40]


def _day(text: str) -> date | Where | None:
    if not text:
        return None
    found = day_written(text)
    if found is None:
        return Where("query", "on", what_is_wrong(text) or f"{quoted(text)} n'est pas un jour. {HOW}")
    return _within("on", found) or found


def _instant(text: str) -> datetime | Where | None:
    if not text:
        return None
    day = day_written(text)
    found = datetime.combine(day, time(23, 59, 59), clock.PARIS) if day else instant_written(text)
    if found is None:
        wrong = what_is_wrong(text) or f"{quoted(text)} n'est pas un instant. {HOW_INSTANT}"
        return Where("query", "known_at", wrong)
    return _within("known_at", found) or found


def _within(name: str, found: date) -> Where | None:
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    shown = quoted(found.isoformat()[:10])
    return Where("query", name, f"{shown} : Équerre compte de {FIRST_YEAR} à {LAST_YEAR}.")
