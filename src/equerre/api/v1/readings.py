"""``/readings``: the doubts of law, their options, the one taken by default and why, what would settle them."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router

from equerre.api.asked import Asked, moment
from equerre.api.v1.shapes import Dated, Shape, known
from equerre.documents import law_tables

router = Router(tags=["Droit"])


class Reading(Shape):
    """One doubt. ``default_for`` gives each use its own default; ``unused`` says why no rule takes it."""

    number: str
    title: str
    doubt: str
    options: dict[str, str]
    default: str
    default_for: dict[str, str]
    why_default: str
    confidence: Literal["likely", "open"]
    settles: str
    articles: list[str]
    rules: list[str]
    unused: str | None


class ReadingsAnswer(Dated):
    """Every reading. They are Équerre's choices, and the position of no authority; they have no date of their own."""

    readings: list[Reading]


@router.get("/readings", operation_id="readings", response=ReadingsAnswer, summary="Les doutes de droit")
def every(request: HttpRequest, asked: Query[Asked]) -> ReadingsAnswer:
    """Chaque doute, ses options, celle qu'Équerre prend par défaut. Ces choix ne sont la position d'aucune autorité."""
    when = moment(request, asked)
    found = law_tables.readings()["readings"]
    return ReadingsAnswer(
        on=when.on,
        known_at=known(when),
        readings=[Reading(number=number, **row) for number, row in found.items()],  # type: ignore[arg-type]
    )
