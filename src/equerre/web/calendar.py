"""``/calendrier``: the days that the law writes, and those of each campaign of the balance, planned, revised, actual."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equerre.documents.labels import CHOICES
from equerre.documents.phrases import known_since, upper
from equerre.documents.voices import BANNER
from equerre.kernel.citation import CODES, Citation
from equerre.law.parameters import MISSING
from equerre.opendata.calendar import Campaign, LegalDay, campaigns, legal_days
from equerre.registry.figures import figures
from equerre.web.addresses import article_address
from equerre.web.moment import MOMENT, Moment, moment
from equerre.web.unchanged import unless_unchanged


class Legal(NamedTuple):
    """One day of the law: the next time that it comes, what it ends or opens, the text, a remark."""

    on: date
    label: str
    text: str
    page: str
    note: str

    @classmethod
    def of(cls, legal_day: LegalDay, when: Moment) -> Legal:
        """The article that writes the day, and its page; no page for a practice or a text that our tables do not hold."""
        parameter = legal_day.parameter
        text, address = parameter.reference, ""
        if parameter.reference == MISSING:
            text = "aucun texte connu d'Équerre ne fixe ce jour"
        elif parameter.reference.partition("/")[0] in CODES:
            citation = Citation.parse(parameter.reference)
            text, address = citation.in_french(), article_address(citation, when.asked.get("on", ""))
        return cls(legal_day.on, parameter.label, text, address, parameter.note or "")


class CampaignDay(NamedTuple):
    """One date of a campaign; the day that counts is the actual one, else the revised one, else the planned one."""

    label: str
    planned: date | None
    revised: date | None
    actual: date | None
    later: bool
    source: str
    url: str
    known: str


class CampaignShown(NamedTuple):
    """One campaign; ``sole`` is one of its dates when they all have the same source and were learnt together."""

    year: int
    dates: tuple[CampaignDay, ...]
    sole: CampaignDay | None

    @classmethod
    def of(cls, campaign: Campaign, on: date) -> CampaignShown:
        """Its dates in order, as the day asked sees them."""
        dates = tuple(
            CampaignDay(
                upper(CHOICES["campaign_date.kind"][fact.value.kind]),
                fact.value.planned,
                fact.value.revised,
                fact.value.actual,
                fact.value.best is not None and fact.value.best >= on,
                f"{fact.source.publisher}, {fact.source.title}",
                fact.source.url or "",
                known_since(fact.known),
            )
            for fact in campaign.dates
        )
        alike = len({(dated.source, dated.url, dated.known) for dated in dates}) == 1
        return cls(campaign.year, dates, dates[0] if alike else None)


@require_safe
@unless_unchanged(*MOMENT)
def page(request: HttpRequest) -> HttpResponse:
    """What comes on the day asked or after it, then each campaign."""
    when = moment(request)
    context = {
        "moment": when,
        "banner": BANNER if figures(when.on).fictional else "",
        "legal": [Legal.of(legal_day, when) for legal_day in legal_days(when.on)],
        "campaigns": [CampaignShown.of(campaign, when.on) for campaign in campaigns(when.on, when.known_at)],
    }
    return render(request, "web/calendar.html", context, status=when.status)
