"""``/acts``: recognitions, annual lists, lists of prefects, and the acts that amend or end them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from equerre.api.pages import Paged, next_address, page
from equerre.api.parameters import as_of
from equerre.api.problems import Where, refused
from equerre.api.v1.shapes import DayAnswer, SchoolShape, Shape, SourceShape, Span, known, school, source, span
from equerre.facts.acts import PUBLIC_NATURES
from equerre.kernel.errors import quoted
from equerre.kernel.french import listed
from equerre.opendata import acts

router = Router(tags=["Actes"])

_PLAIN = ("key", "kind", "label", "authority", "number", "nor", "signed_on", "published_on", "effect_on", "amends")

Kind = Literal[
    "recognition",
    "recognition_refusal",
    "recognition_withdrawal",
    "annual_list",
    "annual_list_amendment",
    "regional_list",
    "regional_list_amendment",
]


class Filtered(Paged):
    """What the operation takes."""

    kind: Annotated[str, Field(description=f"Une nature d'acte : {listed(list(PUBLIC_NATURES), last='ou')}.")] = ""


class ActShape(Shape):
    """One act. ``amends`` is the key of the act that it changes, ``schools`` those that it is about by name."""

    key: str
    kind: Kind
    label: str
    authority: str
    number: str | None
    nor: str | None
    signed_on: date | None
    published_on: date | None
    effect_on: date | None
    amends: str | None
    valid: Span
    schools: list[SchoolShape]
    source: SourceShape


class ActPage(DayAnswer):
    """The acts that stand on a day, the last published first."""

    count: int
    acts: list[ActShape]
    next: str | None


@router.get("/acts", operation_id="acts", response=ActPage, summary="Les actes du régime")
def every(request: HttpRequest, response: HttpResponse, parameters: Query[Filtered]) -> ActPage:
    """Les actes qui valent ce jour-là, le dernier publié d'abord."""
    when = as_of(request, parameters)
    if parameters.kind and parameters.kind not in PUBLIC_NATURES:
        said = f"{quoted(parameters.kind)} n'est pas une nature d'acte : choisissez {listed(list(PUBLIC_NATURES), last='ou')}."
        raise refused([Where("query", "kind", said)])
    found = acts.acts(when.on, when.known_at, parameters.kind)
    shown = page(found, lambda act: act.key, parameters)
    return ActPage(
        on=when.on,
        known_at=known(when),
        count=len(found),
        acts=[
            ActShape(
                **{name: getattr(act, name) for name in _PLAIN},
                valid=span(act.valid),
                schools=[school(named) for named in act.schools],
                source=source(act.source),
            )
            for act in acts.with_schools(shown.lines, when.known_at)
        ],
        next=next_address(request, response, shown.cursor, when.on),
    )
