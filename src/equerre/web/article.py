"""``/articles``, ``/articles/<code>/<numéro>``: one article of the tables of law, as rules cite it.

Our summary and never the text: the text is at Légifrance, and the page leads there. Its wordings by date, the rules and the
readings that lean on it, and how many findings cite it on the day asked.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equerre import law
from equerre.documents.answer import citation_row
from equerre.documents.labels import CONFIDENCES, STATES
from equerre.documents.law_tables import articles
from equerre.documents.phrases import upper
from equerre.documents.voices import BANNER
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.errors import CitationError, LawError
from equerre.kernel.french import day, last_day
from equerre.law.wordings import Article, DatedWording
from equerre.opendata.doubts import MOST, weigh
from equerre.registry import revision
from equerre.rules.rule import REGISTER
from equerre.web.moment import MOMENT, moment
from equerre.web.unchanged import unless_unchanged


class WordingShown(NamedTuple):
    """One wording: its days in words, whether it is the one of the day, who made it, how sure its first day is."""

    days: str
    held: bool
    other_rule: bool
    changed_by: str
    confidence: str
    source: str
    url: str

    @classmethod
    def of(cls, wording: DatedWording, article: Article, on: date) -> WordingShown:
        """The wording as the day asked sees it."""
        start, end = wording.in_force.start, wording.in_force.end
        days = f"Depuis le {day(start)}" if start else "Depuis un jour qui n'est pas établi"
        if end:
            days = f"Du {day(start)} au {last_day(end)}" if start else f"Jusqu'au {last_day(end)}"
        return cls(
            days,
            wording is article.on(on)[1],
            wording.other_rule,
            wording.changed_by or "",
            CONFIDENCES[wording.confidence],
            wording.source,
            wording.url,
        )


class Leaning(NamedTuple):
    """A rule that cites the article: what it asks, which parts it cites."""

    name: str
    question: str
    parts: str


class Listed(NamedTuple):
    """One article in the list of them all."""

    number: str
    short: str
    title: str
    state: str
    wording: str


class Code(NamedTuple):
    """The articles of one code."""

    slug: str
    name: str
    articles: tuple[Listed, ...]


@require_safe
@unless_unchanged(*MOMENT)
def index(request: HttpRequest) -> HttpResponse:
    """Every article of the tables, code by code, and what each is on the day asked."""
    when = moment(request)
    rows = articles(when.on).articles
    codes = [
        Code(
            slug,
            upper(CODES[slug]),
            tuple(
                Listed(address.article, upper(row.short), row.title, STATES[row.state], row.wording)
                for address, row in rows.items()
                if row.code == slug
            ),
        )
        for slug in dict.fromkeys(row.code for row in rows.values())
    ]
    context = {"moment": when, "codes": codes, "banner": ""}
    return render(request, "web/articles.html", context, status=when.status)


@require_safe
@unless_unchanged(*MOMENT)
def page(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One article; 404 with what one may have meant when the tables do not hold it."""
    when = moment(request)
    try:
        article = law.article(Citation.parse(f"{code}/{number}"))
    except (CitationError, LawError) as error:
        context = {"moment": when, "why": str(error), "banner": "", "number": number}
        return render(request, "web/no_article.html", context, status=404)
    weight = None if when.too_early else weigh(when.on, revision=revision.number(), known_at=when.known_at)
    address = article.citation
    leaning = [(rule, [cited for cited in rule.cites if cited.whole_article == address]) for rule in REGISTER.values()]
    context = {
        "moment": when,
        "banner": BANNER if weight is not None and weight.fictional else "",
        "article": article,
        "row": citation_row(address, when.on),
        "printed": address.in_french(),
        "short": upper(address.in_french(with_code=False)),
        "code": upper(CODES[address.code]),
        "parts": [
            (part, _part(Citation(address.code, address.article, part)), text) for part, text in article.parts.items()
        ],
        "absent": article.absent_because(when.on),
        "wordings": [WordingShown.of(wording, article, when.on) for wording in reversed(article.wordings)],
        "covered_until": article.covered_until,
        "rules": [
            Leaning(rule.name, rule.question, ", ".join(part for part in map(_part, cited) if part))
            for rule, cited in leaning
            if cited and rule.public
        ],
        "readings": [
            reading
            for reading in law.readings().values()
            if any(cited.whole_article == address for cited in reading.articles)
        ],
        "weight": weight,
        "findings": weight.findings.get(address, 0) if weight is not None else 0,
        "most": MOST,
    }
    return render(request, "web/article.html", context, status=when.status)


def _part(citation: Citation) -> str:
    """« première phrase », « 12° »: what of its article a citation names; "" for the whole of it."""
    return citation.in_french(with_code=False).partition(", ")[2]
