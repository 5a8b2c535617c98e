"""``/readings``: the doubts of law, their options, the one taken by default and why, what would settle them."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router

from equerre import law
from equerre.api.parameters import Parameters, as_of
from equerre.api.v1.shapes import DayAnswer, Shape, known
from equerre.documents import law_tables
from equerre.documents.answer import as_json
from equerre.opendata.doubts import weigh
from equerre.registry import revision
from equerre.rules.chain import ARTICLE

router = Router(tags=["Droit"])


class ReadingShape(Shape):
    """One doubt. ``default_for`` gives each use its own default; ``unused`` says why no rule takes it.

    ``schools_hanging`` counts the schools of which an answer hangs on it that day, public facts alone; null when there are too
    many schools to count while one waits, or before the article.
    """

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
    schools_hanging: int | None


class ReadingsAnswer(DayAnswer):
    """Every reading. They are Équerre's choices, and the position of no authority; ``schools`` are those that were counted."""

    schools: int | None
    readings: list[ReadingShape]


@router.get("/readings", operation_id="readings", response=ReadingsAnswer, summary="Les doutes de droit")
def every(request: HttpRequest, parameters: Query[Parameters]) -> ReadingsAnswer:
    """Chaque doute, ses options, celle qu'Équerre prend par défaut. Ces choix ne sont la position d'aucune autorité."""
    when = as_of(request, parameters)
    found = law_tables.readings().readings
    explained = when.on >= (law.article(ARTICLE).born_on or when.on)
    weight = weigh(when.on, revision=revision.number(), known_at=when.known_at) if explained else None
    return ReadingsAnswer(
        on=when.on,
        known_at=known(when),
        schools=weight.schools if weight else None,
        readings=[
            ReadingShape(
                number=number,
                schools_hanging=weight.schools_hanging(number) if weight else None,
                **as_json(row),
            )
            for number, row in found.items()
        ],
    )
