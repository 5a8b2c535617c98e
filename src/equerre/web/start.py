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
from equerre.rules.chain import ARTICLE, explain
from equerre.rules.l443_6 import SENTENCES
from equerre.web.moment import before_the_article, day_of
from equerre.web.ruler import ruler
from equerre.web.unchanged import unless_unchanged

DAYS_TO_TRY = 4
DATES_SHOWN = 5


class Showcase(Protocol):
    """What is shown of invented schools: the module that ``settings.SHOWCASE`` names."""

    SHOWCASE: Sequence[tuple[str, str, str]]  # a sentence, the UAI of the school that shows it, and what one sees there
    SHOWN: tuple[date, date]  # the first and the last day on which one sees it


def showcase() -> Showcase:
    return cast("Showcase", import_module(settings.SHOWCASE))


class SentenceKind(NamedTuple):
    """What a sentence is, in law, and what that means for whoever reads the answer."""

    name: str
    means: str


KINDS: Mapping[str, SentenceKind] = {
    "s1": SentenceKind("Condition", "deux choses à la fois, un jour donné."),
    "s2": SentenceKind("But", "des chiffres avec leur méthode, jamais un filtre à l'entrée."),
    "s3": SentenceKind("Acte", "deux ministres le signent, aucun calcul ne le remplace."),
    "s4": SentenceKind("Condition", "trois choses à la fois, certification par certification."),
    "s5": SentenceKind("Manière", "des décomptes d'une période, aucun seuil à franchir."),
    "s6": SentenceKind("Droit", "pouvoir recevoir n'est pas encore être payé."),
    "s7": SentenceKind("Faculté", "chacun est libre de signer, nul n'y est tenu."),
}


@dataclass(frozen=True, slots=True)
class Example:
    """What is found of one school about one sentence, and why this school."""

    uai: str
    school: str
    why: str
    finding: FindingShown


class SentenceShown(NamedTuple):
    """One sentence of the article in our words, what it is, and an example; None when there is no school to show."""

    number: str
    kind: SentenceKind
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
@unless_unchanged("on")
def page(request: HttpRequest) -> HttpResponse:
    """The first page, on the day asked; 400 when what was asked is no day."""
    today = clock.today()
    day = day_of(request, today)
    refused = day.error or before_the_article(day.on)
    # In a number of queries that does not depend on how many schools the registry holds.
    named = map(selectors.key_of, dict.fromkeys(uai for _, uai, _ in showcase().SHOWCASE))
    keys = [key for key in named if key is not None] or some_fictional()
    schools = {facts.uai: facts for facts in selectors.schools(keys) if facts.fictional}
    examples = {} if refused else dict(_examples(schools, day.on))
    # The days nearest to the one asked on which an answer begins or stops.
    turns: dict[date, list[str]] = {}
    for number, example in examples.items():
        for turn in example.finding.changes:
            if turn != day.on and not before_the_article(turn):
                turns.setdefault(turn, []).append(SENTENCE_LABELS[number].lower())
    nearest = sorted(turns, key=lambda turn: abs(turn - day.on))[:DAYS_TO_TRY]
    context = {
        "day": day,
        "today": today,
        "ruler": ruler(day.on),
        "days": [Day(turn, french.listed(turns[turn])) for turn in sorted(nearest)],
        "refused": refused,
        "sentences": [
            SentenceShown(n, KINDS[n], text, examples.get(n)) for n, text in law.article(ARTICLE).parts.items()
        ],
        "article": citation_row(ARTICLE, day.on),
        "figures": figures(day.on),
        "coming": _coming(day.on),
        "banner": BANNER if schools else "",
    }
    return render(request, "web/start.html", context, status=400 if day.error else 200)


def _coming(on: date) -> list[Coming]:
    """The next days of the calendar: those of the law, and those of a campaign, with what they are."""
    legal = [
        Coming(legal_day.on, legal_day.parameter.label, "Écrit dans la loi, chaque année.")
        for legal_day in legal_days(on)
    ]
    dated = [
        Coming(
            fact.value.best or on,
            f"{upper(CHOICES['campaign_date.kind'][fact.value.kind])}, campagne {fact.value.campaign_year}",
            f"Date {which_date(fact.value)} : {fact.source.title}.",
        )
        for fact in coming(on)
    ]
    return sorted([*legal, *dated])[:DATES_SHOWN]


def _examples(schools: Mapping[str, SchoolFacts], on: date) -> Iterator[tuple[str, Example]]:
    """For each sentence, the school that the showcase names; one of the others when the registry does not hold it."""
    chains = {uai: explain(facts, on) for uai, facts in schools.items()}
    shown = {number: (uai, why) for number, uai, why in reversed(showcase().SHOWCASE) if uai in schools}
    other = (next(iter(schools), ""), "")
    first, last = showcase().SHOWN
    for number in SENTENCES if schools else ():
        uai, why = shown.get(number, other)
        # The doubt is measured on this sentence alone.
        alone = tuple(sentence for sentence in chains[uai].sentences if sentence.number == number)
        chain = replace(chains[uai], links=(), sentences=alone)
        found = answer(chain, doubt.measure(chain))
        finding = finding_shown(found, found.sentences[0].finding)
        yield number, Example(uai, schools[uai].name, why if first <= on <= last else "", finding)
