"""``/calendrier``: the days that the law writes, and those of each campaign of the balance, planned, revised, actual."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equerre.documents.labels import CHOICES
from equerre.documents.phrases import known_since, upper
from equerre.documents.voices import BANNER
from equerre.facts.calendar import CampaignDate
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.fact import Fact
from equerre.law.parameters import MISSING, ParameterValue
from equerre.opendata.calendar import Campaign, LegalDay, campaigns, legal_days
from equerre.registry.figures import figures
from equerre.web.addresses import article_address
from equerre.web.moment import Moment, moment
from equerre.web.unchanged import unless_unchanged


class Legal(NamedTuple):
    """One day of the law: the next time that it comes, what it ends or opens, the text, a remark."""

    on: date
    label: str
    text: str
    page: str
    note: str


class Dated(NamedTuple):
    """One date of a campaign; the day that counts is the actual one, else the revised one, else the planned one."""

    label: str
    planned: date | None
    revised: date | None
    actual: date | None
    later: bool
    source: str
    url: str
    known: str


class Year(NamedTuple):
    """One campaign; ``sole`` is one of its dates when they all have the same source and were learnt together."""

    year: int
    dates: tuple[Dated, ...]
    sole: Dated | None


@require_safe
@unless_unchanged
def page(request: HttpRequest) -> HttpResponse:
    """What comes on the day asked or after it, then each campaign."""
    when = moment(request)
    held = campaigns(when.on, when.known_at)
    context = {
        "moment": when,
        "banner": BANNER if figures(when.on).fictional else "",
        "legal": [_legal(one, when) for one in legal_days(when.on)],
        "campaigns": [_year(one, when.on) for one in held],
    }
    return render(request, "web/calendar.html", context, status=when.status)


def _legal(one: LegalDay, when: Moment) -> Legal:
    text, page = _reference(one.parameter, when)
    return Legal(one.on, one.parameter.label, text, page, one.parameter.note or "")


def _reference(parameter: ParameterValue, when: Moment) -> tuple[str, str]:
    """The article that writes the day, and its page; no page for a practice or a text that our tables do not hold."""
    if parameter.reference == MISSING:
        return "aucun texte connu d'Équerre ne fixe ce jour", ""
    if parameter.reference.partition("/")[0] not in CODES:
        return parameter.reference, ""
    citation = Citation.parse(parameter.reference)
    return citation.in_french(), article_address(citation, when.asked.get("on", ""))


def _year(campaign: Campaign, on: date) -> Year:
    dates = tuple(_dates(campaign, on))
    alike = len({(one.source, one.url, one.known) for one in dates}) == 1
    return Year(campaign.year, dates, dates[0] if alike else None)


def _dates(campaign: Campaign, on: date) -> Iterator[Dated]:
    for fact in campaign.dates:
        yield _dated(fact, on)


def _dated(fact: Fact[CampaignDate], on: date) -> Dated:
    value = fact.value
    return Dated(
        upper(CHOICES["campaign_date.kind"][value.kind]),
        value.planned,
        value.revised,
        value.actual,
        value.best is not None and value.best >= on,
        f"{fact.source.publisher}, {fact.source.title}",
        fact.source.url or "",
        known_since(fact.known),
    )
