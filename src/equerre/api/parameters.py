"""What a request asks: the day, the instant of knowledge, and nothing that the operation does not know.

A day is ``2026-11-03``, today by default; an instant has its zone, and a day alone is its evening in Paris: what was known
when it ended. A parameter that is unknown or given twice is refused: nothing asked is left aside in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, NamedTuple, TypeVar

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from equerre.api.problems import Where, refused
from equerre.kernel import clock
from equerre.kernel.errors import quoted
from equerre.kernel.french import listed
from equerre.opendata.threshold import moments
from equerre.opendata.threshold.moments import NoMoment

Read = TypeVar("Read")

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


class Parameters(Schema):
    """What every operation takes."""

    on: On = ""
    known_at: KnownAt = ""


class AsOf(NamedTuple):
    """The day, and the instant of knowledge: None for what is held now. ``named`` is the day when one was written."""

    on: date
    known_at: datetime | None
    named: date | None


def as_of(request: HttpRequest, parameters: Parameters) -> AsOf:
    """The day and the instant of a request whose parameters are all known. Raises a :class:`Refusal` with all that is wrong."""
    wrong = []
    names = list(type(parameters).model_fields)
    for name, values in request.GET.lists():
        if name not in names:
            said = f"{quoted(name)} n'est pas un paramètre d'ici : {listed(names, last='ou')}."
            wrong.append(Where("query", name[:40], said))
        elif len(values) > 1:
            wrong.append(Where("query", name, f"« {name} » est donné {len(values)} fois : gardez-en un."))

    def read(name: str, typed: str, reading: Callable[[str], Read]) -> Read | None:
        try:
            return reading(typed) if typed else None
        except NoMoment as error:
            wrong.append(Where("query", name, str(error)))
            return None

    named = read("on", parameters.on, moments.day)
    known_at = read("known_at", parameters.known_at, moments.instant)
    if wrong:
        raise refused(wrong)
    return AsOf(named or clock.today(), known_at, named)
