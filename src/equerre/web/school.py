"""``/ecoles/<UAI>``: one school on a day, as was known at an instant: chain, reasons, doors, courses, history.

Everything comes from ``opendata.register``: what is not public never enters. An old UAI leads to the school that bore it; a
number that nobody bears, or that is mistyped, is told so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from equerre import law
from equerre.documents.answer import canonical
from equerre.documents.dossier import dossier as dossier_of
from equerre.documents.employer_sheet import CAUTION, MOVES, is_possible
from equerre.documents.portrait import portrait
from equerre.documents.portrait.identity import linked_data
from equerre.documents.portrait.location import place_said
from equerre.documents.voices import BANNER
from equerre.kernel import uai as norm
from equerre.kernel.errors import IdentifierError, quoted
from equerre.opendata import register
from equerre.opendata.calendar import awaited
from equerre.opendata.changes import changes
from equerre.opendata.register import School
from equerre.registry import selectors
from equerre.rules.chain import ARTICLE
from equerre.rules.doubt import measure
from equerre.web.canonical import home
from equerre.web.moment import MOMENT, Moment, before_the_article, moment
from equerre.web.unchanged import unless_unchanged

# How far back a page tells: a school has some tens of moves, and the whole is in the API.
MOST_CHANGES = 300
DAYS_TO_TRY = 6


class DayLink(NamedTuple):
    """A day worth trying, what begins or stops then, and where it is shown."""

    on: date
    what: str
    address: str


@require_safe
@unless_unchanged(*MOMENT)
def page(request: HttpRequest, uai: str) -> HttpResponse:
    """The school on the day asked; 404 with what is wrong when no school is known by that number."""
    when = moment(request)
    if uai != as_written(uai):
        return redirect(f"{reverse('school', args=[as_written(uai)])}{when.kept}", permanent=True)
    school = known(uai, when)
    if school is None:
        return render(request, "web/no_school.html", {"moment": when, "uai": uai, **_why_none(uai, when)}, status=404)
    address = home(request) + reverse("school", args=[school.facts.uai])
    badge = home(request) + reverse("badge", args=[school.facts.uai])
    context = {
        "moment": when,
        "banner": BANNER if school.facts.fictional else "",
        "school": school.facts,
        "place": place_said(school.place.commune, school.place.academie),
        "address": address,
        "here": f"{address}{when.address(on=when.on.isoformat())}",
        "other_number": uai if uai != school.facts.uai else "",
        "linked_data": _in_a_script(linked_data(school.facts, when.on, address)),
        "deed": is_possible(),
        "badge_code": f'<a href="{address}"><img src="{badge}" alt="Équerre : où en est l\'école" height="28"></a>',
        "days": (),
        **({} if when.too_early else _explained(school, when)),
    }
    return render(request, "web/school.html", context, status=when.status)


def as_written(uai: str) -> str:
    """A UAI in its one form. A school without one is addressed by the key of the registry, which stays as it is."""
    return norm.compact(uai) if norm.is_valid(uai) else uai


def known(uai: str, when: Moment) -> School | None:
    """The school of this number; on the first day of the article, when the day asked comes before it."""
    if not uai.isprintable():
        return None  # PostgreSQL has no place for a NUL, even in a question
    born_on = law.article(ARTICLE).born_on or when.on
    return register.school(uai, max(when.on, born_on), when.known_at)


def _explained(school: School, when: Moment) -> dict[str, Any]:
    """All that the rules find that day, ready for the template; the days nearest to it on which something begins or stops."""
    recent = changes(limit=MOST_CHANGES, known_at=when.known_at, school=school.key).changes
    shown = portrait(school.answer, school.facts, recent, awaited(school.facts, when.on))
    others = [day for day in shown.turns if day != when.on and not before_the_article(day)]
    nearest = sorted(others, key=lambda day: abs(day - when.on))[:DAYS_TO_TRY]
    return {
        **shown._asdict(),
        "campaign": when.on.year,
        "days": [DayLink(day, shown.turns[day], when.address(on=day.isoformat())) for day in sorted(nearest)],
        "moves": MOVES,
        "caution": CAUTION,
    }


def _in_a_script(data: Mapping[str, Any]) -> SafeString:
    """JSON that closes no element: « < », « > » and « & » are written as JSON escapes them."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 (escaped just above)


# --- Nobody by that number -----------------------------------------------------------------------------------------------------


def _why_none(uai: str, when: Moment) -> dict[str, Any]:
    try:
        norm.validate(uai)
    except IdentifierError as error:
        why = str(error)
    else:
        why = f"Aucun site d'une école du registre ne porte le numéro {uai}" + (
            ", pour autant qu'on le savait à l'instant demandé." if when.known_at else "."
        )
    return {
        "why": why,
        "near": get_close_matches(uai, selectors.uais(known_at=when.known_at), n=3, cutoff=0.75),
        "banner": "",
    }


# --- What anybody may replay ---------------------------------------------------------------------------------------------------


@require_safe
@unless_unchanged(*MOMENT)
def dossier(request: HttpRequest, uai: str) -> HttpResponse:
    """The dossier of the day: ``equerre verify`` computes it again. It stands on the public facts alone."""
    when = moment(request)
    refused = next(iter(when.errors.values()), when.too_early)
    school = None if refused else known(as_written(uai), when)
    if school is None:
        said = refused or f"Aucune école du registre ne porte le numéro {quoted(uai)}."
        return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=400 if refused else 404)
    body = canonical(dossier_of(school.chain, measure(school.chain)))
    name = f"dossier-{school.facts.uai}-{when.on.isoformat()}.json"
    return HttpResponse(
        body,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": str(content_disposition_header(True, name))},
    )
