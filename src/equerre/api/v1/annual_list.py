"""``/lists/{act_year}``: one annual list as its act says on a day, in the order of régions, académies and names."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from equerre.api.pages import Paged, next_address, page
from equerre.api.parameters import as_of
from equerre.api.problems import Refusal, Where
from equerre.api.v1.shapes import DayAnswer, PlaceShape, Shape, SourceShape, known, place, school_address, source
from equerre.facts.kind import FIRST_YEAR, LAST_YEAR
from equerre.kernel.french import day
from equerre.opendata.annual_list import yearly

router = Router(tags=["Listes annuelles"])


class ListAct(Shape):
    """The act of a list. ``school_year``, ``campaign_year`` and ``effect_ends_on`` are what its text says, null when silent."""

    authority: str
    number: str | None
    nor: str | None
    signed_on: date | None
    published_on: date
    school_year: str | None
    campaign_year: int | None
    effect_ends_on: date | None
    source: SourceShape


class ListLineShape(Shape):
    """A school that the list names that day, since when."""

    uai: str
    name: str
    place: PlaceShape
    since: date | None
    href: str


class ListChange(Shape):
    """A school that comes in, goes out, or whose place or number changed; ``because`` comes from public facts."""

    kind: Literal["added", "changed", "removed"]
    uai: str
    name: str
    because: str


class ListPage(DayAnswer):
    """A list on a day. ``count`` is that of all pages; ``changes`` are those since the list of ``compared_with``, null when it is
    not held.
    """

    act_year: int
    act: ListAct
    count: int
    compared_with: int | None
    changes: list[ListChange]
    schools: list[ListLineShape]
    next: str | None


@router.get(
    "/lists/{int:act_year}", operation_id="annual_list", response=ListPage, summary="Une liste annuelle, un jour"
)
def one(request: HttpRequest, response: HttpResponse, act_year: int, parameters: Query[Paged]) -> ListPage:
    """La liste nommée par son année de signature : son arrêté, et les écoles qu'il nomme ce jour-là."""
    when = as_of(request, parameters)
    found = yearly(act_year, when.on, when.known_at) if FIRST_YEAR <= act_year <= LAST_YEAR else None
    listing = found.listing if found else None
    if found is None or listing is None or listing.act is None:
        said = f"La liste annuelle {act_year} n'est pas au registre le {day(when.on)} : on ne sait pas qui elle nomme."
        raise Refusal("not-found", said, [Where("path", "act_year", said)])
    shown = page(listing.lines, lambda line: line.uai, parameters)
    return ListPage(
        on=when.on,
        known_at=known(when),
        act_year=act_year,
        act=ListAct(
            **{name: getattr(listing.act.value, name) for name in ListAct.model_fields if name != "source"},
            source=source(listing.act.source),
        ),
        count=len(listing.lines),
        compared_with=found.before.act_year if found.before.act else None,
        changes=[
            ListChange(kind=change.kind, uai=change.line.uai, name=change.line.name, because=change.because)  # type: ignore[arg-type]
            for change in found.changes
        ],
        schools=[
            ListLineShape(
                uai=line.uai, name=line.name, place=place(line.place), since=line.since, href=school_address(line.uai)
            )
            for line in shown.lines
        ],
        next=next_address(request, response, shown.cursor, when.on),
    )
