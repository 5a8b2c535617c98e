"""``/certifications/{code}``: a sheet of the RNCP, while it is active, what replaces it, and how many schools prepare it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router

from equerre.api.parameters import Parameters, as_of
from equerre.api.problems import Refusal, Where, refused
from equerre.api.v1.shapes import DayAnswer, Shape, SourceShape, Span, known, source, span
from equerre.kernel import rncp
from equerre.kernel.errors import IdentifierError
from equerre.opendata import certifications, search
from equerre.registry import revision

router = Router(tags=["Certifications"])


class SheetShape(Shape):
    """What a publisher says of the sheet, for the days on which it is active; ``read_on`` is the vintage that was read.

    ``closed_read_on``: the vintage that first said it closed, when none says since which day.
    """

    title: str
    kind: Literal["diploma", "title"]
    level: int | None
    valid: Span
    read_on: date | None
    closed_read_on: date | None
    successors: list[str]
    source: SourceShape


class CertificationAnswer(DayAnswer):
    """One code. ``active`` is that of the day, null when nobody knows; ``schools`` counts those that
    prepare it that day, ``href`` lists them.
    """

    code: str
    active: bool | None
    sheets: list[SheetShape]
    schools: int
    href: str


@router.get(
    "/certifications/{code}", operation_id="certification", response=CertificationAnswer, summary="Une fiche RNCP"
)
def one(request: HttpRequest, code: str, parameters: Query[Parameters]) -> CertificationAnswer:
    """La fiche telle que le registre la tient, ce qui la remplace, et combien d'écoles la préparent ce jour-là."""
    when = as_of(request, parameters)
    try:
        norm = rncp.validate(code)
    except IdentifierError as error:
        raise refused([Where("path", "code", str(error))]) from error
    sheets = certifications.sheets(norm, when.known_at)
    if not sheets:
        said = f"Le registre ne tient pas la fiche {norm} : on ne sait rien de ses jours."
        raise Refusal("not-found", said, [Where("path", "code", said)])
    found = search.search(search.Query(rncp=norm), when.on, revision=revision.number(), known_at=when.known_at)
    active = [sheet.active(when.on) for sheet in sheets]
    return CertificationAnswer(
        on=when.on,
        known_at=known(when),
        code=norm,
        active=True if True in active else (None if None in active else False),
        sheets=[
            SheetShape(
                title=sheet.title,
                kind=sheet.kind,  # type: ignore[arg-type]
                level=sheet.level,
                valid=span(sheet.valid),
                read_on=sheet.read_on,
                closed_read_on=sheet.closed_read_on,
                successors=list(sheet.successors),
                source=source(sheet.source),
            )
            for sheet in sheets
        ],
        schools=len(found),
        href=f"/api/v1/schools?rncp={norm}&on={when.on.isoformat()}",
    )
