"""``/lectures``, ``/lectures/<R3>``: each doubt of law, its options, the one we take, what would settle it, what hangs on it.

The last is counted over the public register on the day asked, by running the rules under each option. A reading is our choice:
no authority wrote it nor approved it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equerre import law
from equerre.documents.labels import OUTCOMES, USES
from equerre.documents.phrases import lower
from equerre.documents.portrait.finding import SHAPES
from equerre.documents.voices import BANNER
from equerre.kernel.citation import Citation
from equerre.kernel.errors import LawError
from equerre.kernel.french import listed
from equerre.law.readings import NONE, LawReading
from equerre.opendata.doubts import MOST, Hanging, Weight, weigh
from equerre.registry import revision
from equerre.rules.rule import REGISTER
from equerre.web.addresses import article_address
from equerre.web.moment import MOMENT, Moment, moment
from equerre.web.unchanged import unless_unchanged

CONFIDENCES = {"likely": "probable", "open": "ouvert"}


class Option(NamedTuple):
    """One meaning that a text can bear; ``taken`` says for what it is ours, "" when it is not."""

    letter: str
    meaning: str
    taken: str


class ReadingListed(NamedTuple):
    """One reading in the list: ``schools`` hang on it that day, None when that was not counted."""

    reading: LawReading
    default: str
    schools: int | None


class HangingAlike(NamedTuple):
    """The schools that hang on a reading in one same way: one link, one answer, the same answers otherwise."""

    link: str
    shape: str
    word: str
    otherwise: str
    schools: tuple[tuple[str, str], ...]


@require_safe
@unless_unchanged(*MOMENT)
def index(request: HttpRequest) -> HttpResponse:
    """Every doubt, those that a rule takes first."""
    when = moment(request)
    weight = _weight(when)
    rows = [
        ReadingListed(
            reading,
            listed(sorted({*reading.default_for.values(), reading.default} & set(reading.options))),
            None if weight is None else weight.schools_hanging(reading.id),
        )
        for reading in law.readings().values()
    ]
    context = {
        "moment": when,
        "banner": _banner(weight),
        "taken": [row for row in rows if not row.reading.unused],
        "waiting": [row for row in rows if row.reading.unused],
        "weight": weight,
        "most": MOST,
    }
    return render(request, "web/readings.html", context, status=when.status)


@require_safe
@unless_unchanged(*MOMENT)
def page(request: HttpRequest, number: str) -> HttpResponse:
    """One doubt; 404 with the numbers that exist."""
    when = moment(request)
    try:
        reading = law.reading(number)
    except LawError as error:
        context = {"moment": when, "why": str(error), "banner": "", "number": number}
        return render(request, "web/no_reading.html", context, status=404)
    weight = _weight(when)
    context = {
        "moment": when,
        "banner": _banner(weight),
        "reading": reading,
        "options": list(_options(reading)),
        "left_open": reading.default == NONE and not reading.default_for,
        "confidence": CONFIDENCES[reading.confidence],
        "articles": [_text(address, when) for address in reading.articles],
        "rules": [rule.question for rule in REGISTER.values() if number in rule.readings and rule.public],
        "weight": weight,
        "most": MOST,
        "schools": weight.schools_hanging(number) if weight is not None else 0,
        "held": _hanging_alike(weight.hanging.get(number, ()), number) if weight is not None else [],
    }
    return render(request, "web/reading.html", context, status=when.status)


def _weight(when: Moment) -> Weight | None:
    return None if when.too_early else weigh(when.on, revision=revision.number(), known_at=when.known_at)


def _banner(weight: Weight | None) -> str:
    return BANNER if weight is not None and weight.fictional else ""


def _options(reading: LawReading) -> Iterator[Option]:
    for letter, meaning in reading.options.items():
        uses = [USES[f"{reading.id}:{use}"] for use, taken in reading.default_for.items() if taken == letter]
        alone = not reading.default_for and reading.default == letter
        yield Option(letter, meaning, listed(uses) if uses else "toujours" if alone else "")


def _text(address: Citation, when: Moment) -> tuple[str, str]:
    """How an article is printed, and where it is told; "" when the tables do not hold it."""
    try:
        law.article(address)
    except LawError:
        return address.in_french(), ""
    return address.in_french(), article_address(address, when.asked.get("on", ""))


def _hanging_alike(hanging: Iterable[Hanging], number: str) -> list[HangingAlike]:
    """Those who hang alike together, the largest company first."""
    words = OUTCOMES["school"]
    alike: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for finding in hanging:
        others = [f"{lower(words[outcome])} sous {number}-{option}" for option, outcome in finding.others]
        alike[finding.label, finding.outcome, listed(others)].append((finding.uai, finding.school))
    groups = sorted(alike.items(), key=lambda group: -len(group[1]))
    return [
        HangingAlike(link, SHAPES[outcome], words[outcome], otherwise, tuple(schools))
        for (link, outcome, otherwise), schools in groups
    ]
