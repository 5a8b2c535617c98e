"""``/ecoles/<UAI>``: one school on a day, as was known at an instant: chain, reasons, doors, courses, history.

Everything comes from ``opendata.register``: what is not public never enters. An old UAI leads to the school that bore it; a
number that nobody bears, or that is mistyped, is told so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
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
from equerre.documents.answer_rows import FindingRow
from equerre.documents.dossier import dossier as dossier_of
from equerre.documents.employer_sheet import CAUTION, MOVES, is_possible
from equerre.documents.phrases import lower
from equerre.documents.voices import BANNER
from equerre.facts.teaching import Course
from equerre.kernel import uai as norm
from equerre.kernel.errors import IdentifierError, quoted
from equerre.kernel.french import listed
from equerre.opendata import register
from equerre.opendata.calendar import awaited
from equerre.opendata.changes import WITHDRAWN, Change, changes
from equerre.opendata.register import School
from equerre.registry import selectors
from equerre.rules import qualifications
from equerre.rules.chain import ARTICLE
from equerre.rules.doubt import measure
from equerre.web.canonical import home
from equerre.web.doors import common_condition, doors
from equerre.web.finding import SHAPES, WORDS
from equerre.web.identity import designation, identity, linked_data
from equerre.web.moment import Moment, before_the_article, moment
from equerre.web.schools import place_said
from equerre.web.soltea import on_platform
from equerre.web.steps import Link, in_sentences, links, steps, what_is_next
from equerre.web.timeline import timeline
from equerre.web.told import history
from equerre.web.unchanged import unless_unchanged

# How far back a page tells: a school has some tens of moves, and the whole is in the API.
TOLD = 300
DAYS_TO_TRY = 6


class DayLink(NamedTuple):
    """A day worth trying, what begins or stops then, and where it is shown."""

    on: date
    what: str
    address: str


@require_safe
@unless_unchanged
def page(request: HttpRequest, uai: str) -> HttpResponse:
    """The school on the day asked; 404 with what is wrong when no school is known by that number."""
    when = moment(request)
    if uai != as_written(uai):
        return redirect(f"{reverse('school', args=[as_written(uai)])}{when.kept}", permanent=True)
    school = known(uai, when)
    if school is None:
        return render(request, "web/no_school.html", {"moment": when, "uai": uai, **_why_none(uai, when)}, status=404)
    address = home(request) + reverse("school", args=[school.facts.uai])
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
        "badge_code": _badge_code(request, school, address),
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
    """All that the rules find that day, ready for the template."""
    answer, facts, on = school.answer, school.facts, when.on
    found = links(answer)
    told = changes(limit=TOLD, known_at=when.known_at, school=school.key).changes
    return {
        "sentences": in_sentences(answer),
        "steps": steps(answer),
        "links": found,
        "next": what_is_next(found),
        "doors": doors(answer),
        "common": common_condition(answer),
        "campaign": on.year,
        "timeline": timeline(facts, on),
        "courses": _courses(school, answer.findings),
        "identity": identity(facts, on),
        "designation": designation(facts, on),
        "history": history(told, awaited(facts, on), on),
        "days": _days({**_named(_bounds(found)), **_named(_turns(told))}, when),
        "on_platform": on_platform(answer, facts, on),
        "moves": MOVES,
        "caution": CAUTION,
    }


def _courses(school: School, findings: Mapping[str, FindingRow]) -> dict[str, dict[str, str]]:
    """By course: does it count that day, and may pupils enter it (R54)?"""
    found = {}
    for fact in school.facts[Course]:
        course = fact.value.id
        row = findings.get(f"qualifications.course_registered({course})")
        enters = qualifications.intake_open.asked(school.facts, course, on=school.chain.on)
        found[course] = {
            "counts": SHAPES[row.outcome] if row else "",
            "counts_word": WORDS[row.outcome] if row else "",
            "enters": SHAPES[enters.outcome.value],
            "enters_word": WORDS[enters.outcome.value],
            "reading": next((str(one) for one in enters.readings), ""),
        }
    return found


def _bounds(found: Iterable[Link]) -> Iterator[tuple[date, str]]:
    """The days on which the answers of the page begin or stop."""
    for link in found:
        yield from ((one, lower(link.label)) for one in link.said.changes)


# What happened to the school on a day, by kind of fact.
TURNS = {
    "opening_declaration": "déclaration d'ouverture",
    "opposition": "opposition à l'ouverture",
    "recognition": "reconnaissance",
    "recognition_withdrawal": "retrait de la reconnaissance",
    "annual_list_entry": "liste annuelle {act_year}",
    "regional_list_entry": "liste du préfet, campagne {campaign_year}",
    "closure": "fermeture",
}


def _turns(told: Iterable[Change]) -> Iterator[tuple[date, str]]:
    """The days on which the register says that something happened to the school."""
    for one in told:
        if one.kind in TURNS and one.move != WITHDRAWN and one.valid.start is not None:
            yield one.valid.start, TURNS[one.kind].format(**one.values)


def _named(turns: Iterable[tuple[date, str]]) -> dict[date, str]:
    """What begins or stops on each day."""
    named: dict[date, dict[str, None]] = {}
    for on, what in turns:
        named.setdefault(on, {})[what] = None
    return {on: listed(list(said)) for on, said in named.items()}


def _days(named: Mapping[date, str], when: Moment) -> list[DayLink]:
    """The days nearest to the one asked on which something begins or stops, in order, each with what."""
    others = [one for one in named if one != when.on and not before_the_article(one)]
    nearest = sorted(others, key=lambda one: abs(one - when.on))[:DAYS_TO_TRY]
    return [DayLink(on, named[on], when.address(on=on.isoformat())) for on in sorted(nearest)]


def _badge_code(request: HttpRequest, school: School, address: str) -> str:
    """What a school copies into its own page."""
    image = home(request) + reverse("badge", args=[school.facts.uai])
    return f'<a href="{address}"><img src="{image}" alt="Équerre : où en est l\'école" height="28"></a>'


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
@unless_unchanged
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
