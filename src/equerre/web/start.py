"""``/``: the article, sentence by sentence in our own words, and behind each what is found of one school on the day asked.

The schools are those of the showcase that config mounts: one for each sentence, and why. Only an invented school is shown here:
of a real one, what four of the sentences rest on (pupils, production, agreements) is not for everybody (R48).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from equerre import law
from equerre.documents.answer import answer, citation_row
from equerre.documents.labels import CHOICES
from equerre.documents.labels import SENTENCES as SENTENCE_LABELS
from equerre.documents.phrases import upper, which_date
from equerre.documents.portrait.finding import FindingShown, finding_shown
from equerre.documents.voices import BANNER
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel import clock, french
from equerre.opendata.calendar import coming, legal_days
from equerre.registry import selectors
from equerre.registry.figures import figures, some_fictional
from equerre.rules import doubt
from equerre.rules.chain import ARTICLE, Chain, explain
from equerre.rules.l443_6 import SENTENCES
from equerre.web.moment import before_the_article, day_of
from equerre.web.ruler import ruler

DAYS_TO_TRY = 4
DATES_SHOWN = 5


class Showcase(Protocol):
    """What is shown of invented schools: the module that ``settings.SHOWCASE`` names."""

    SHOWCASE: Sequence[tuple[str, str, str]]  # a sentence, the UAI of the school that shows it, and what one sees there
    SHOWN: tuple[date, date]  # the first and the last day on which one sees it


def showcase() -> Showcase:
    return cast("Showcase", import_module(settings.SHOWCASE))


class Kind(NamedTuple):
    """What a sentence is, in law, and what that means for whoever reads the answer."""

    name: str
    means: str


KINDS: Mapping[str, Kind] = {
    "s1": Kind("Condition", "deux choses à la fois, un jour donné."),
    "s2": Kind("But", "des chiffres avec leur méthode, jamais un filtre à l'entrée."),
    "s3": Kind("Acte", "deux ministres le signent, aucun calcul ne le remplace."),
    "s4": Kind("Condition", "trois choses à la fois, certification par certification."),
    "s5": Kind("Manière", "des décomptes d'une période, aucun seuil à franchir."),
    "s6": Kind("Droit", "pouvoir recevoir n'est pas encore être payé."),
    "s7": Kind("Faculté", "chacun est libre de signer, nul n'y est tenu."),
}


@dataclass(frozen=True, slots=True)
class Example:
    """What is found of one school about one sentence, and why this school."""

    uai: str
    school: str
    why: str
    finding: FindingShown


class Sentence(NamedTuple):
    """One sentence of the article in our words, what it is, and an example; None when there is no school to show."""

    number: str
    kind: Kind
    text: str
    example: Example | None


class Day(NamedTuple):
    """A day worth trying: one on which, as far as the facts establish it, an answer of the page begins or stops."""

    on: date
    sentences: str


class Coming(NamedTuple):
    """A day to come: what it is, and who says so."""

    on: date
    what: str
    kind: str


@require_safe
@csrf_exempt  # nothing is written: another method is refused by its name
def page(request: HttpRequest) -> HttpResponse:
    """The first page, on the day asked; 400 when what was asked is no day."""
    today = clock.today()
    day = day_of(request, today)
    refused = day.error or before_the_article(day.on)
    schools = _schools()
    examples = {} if refused else dict(_examples(schools, day.on))
    context = {
        "day": day,
        "today": today,
        "ruler": ruler(day.on),
        "days": _days_to_try(examples, day.on),
        "refused": refused,
        "sentences": [Sentence(n, KINDS[n], text, examples.get(n)) for n, text in law.article(ARTICLE).parts.items()],
        "article": citation_row(ARTICLE, day.on),
        "figures": figures(day.on),
        "coming": _coming(day.on),
        "banner": BANNER if schools else "",
    }
    return render(request, "web/start.html", context, status=400 if day.error else 200)


def _coming(on: date) -> list[Coming]:
    """The next days of the calendar: those of the law, and those of a campaign, with what they are."""
    legal = [Coming(one.on, one.parameter.label, "Écrit dans la loi, chaque année.") for one in legal_days(on)]
    dated = [
        Coming(
            fact.value.best or on,
            f"{upper(CHOICES['campaign_date.kind'][fact.value.kind])}, campagne {fact.value.campaign_year}",
            f"Date {which_date(fact.value)} : {fact.source.title}.",
        )
        for fact in coming(on)
    ]
    return sorted([*legal, *dated])[:DATES_SHOWN]


def _schools() -> Mapping[str, SchoolFacts]:
    """The invented schools to show, by UAI, in a number of queries that does not depend on how many the registry holds."""
    keys = [
        key for key in map(selectors.key_of, dict.fromkeys(uai for _, uai, _ in showcase().SHOWCASE)) if key is not None
    ]
    return {facts.uai: facts for facts in selectors.schools(keys or some_fictional()) if facts.fictional}


def _examples(schools: Mapping[str, SchoolFacts], on: date) -> Iterator[tuple[str, Example]]:
    """For each sentence, the school that the showcase names; one of the others when the registry does not hold it."""
    chains = {uai: explain(facts, on) for uai, facts in schools.items()}
    shown = {number: (uai, why) for number, uai, why in reversed(showcase().SHOWCASE) if uai in schools}
    other = (next(iter(schools), ""), "")
    first, last = showcase().SHOWN
    for number in SENTENCES if schools else ():
        uai, why = shown.get(number, other)
        yield (
            number,
            Example(uai, schools[uai].name, why if first <= on <= last else "", _said(chains[uai], number)),
        )


def _said(chain: Chain, number: str) -> FindingShown:
    """What is found about one sentence, with the doubt measured on it alone."""
    alone = replace(chain, links=(), sentences=tuple(one for one in chain.sentences if one.number == number))
    found = answer(alone, doubt.measure(alone))
    return finding_shown(found, found.sentences[0].finding)


def _days_to_try(examples: Mapping[str, Example], on: date) -> list[Day]:
    """The days nearest to the one asked on which an answer begins or stops, in order."""
    found: dict[date, list[str]] = {}
    for number, example in examples.items():
        for moment in example.finding.changes:
            if moment != on and not before_the_article(moment):
                found.setdefault(moment, []).append(SENTENCE_LABELS[number].lower())
    nearest = sorted(found, key=lambda moment: abs(moment - on))[:DAYS_TO_TRY]
    return [Day(moment, french.listed(found[moment])) for moment in sorted(nearest)]
