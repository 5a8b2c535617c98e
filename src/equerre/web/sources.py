"""``/sources``: where the public facts come from. Each publisher, the day of its last paper, how old it is on the day asked."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equerre.documents.phrases import instant_said
from equerre.documents.voices import BANNER
from equerre.kernel.french import counted
from equerre.opendata.sources import Publisher, publishers
from equerre.registry.figures import figures
from equerre.web.moment import MOMENT, Moment, moment
from equerre.web.unchanged import unless_unchanged

# How many papers of one publisher are named, the newest ones; how many publishers on a page; how many without a day.
NAMED, A_PAGE, UNDATED = 20, 60, 200


class Paper(NamedTuple):
    """One source: what it is, its day, its address, its print."""

    title: str
    dated_on: date | None
    url: str
    sha256: str
    facts: int


class PublisherShown(NamedTuple):
    """One publisher."""

    name: str
    dated_on: date | None
    age: str
    read: str
    facts: int
    papers: tuple[Paper, ...]
    more: int


@require_safe
@unless_unchanged(*MOMENT, "page")
def page(request: HttpRequest) -> HttpResponse:
    """Every publisher that a public fact cites: those whose papers have a day, then those that only said."""
    when = moment(request)
    found = publishers(when.known_at)
    dated = [publisher for publisher in found if publisher.dated_on is not None]
    undated = [publisher for publisher in found if publisher.dated_on is None]
    shown = Paginator(dated, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "moment": when,
        "banner": BANNER if figures(when.on).fictional else "",
        "publishers": len(found),
        "papers": sum(len(publisher.sources) for publisher in found),
        "rows": [_shown(publisher, when) for publisher in shown],
        "page": shown,
        "before": when.address(page=str(shown.previous_page_number())) if shown.has_previous() else "",
        "after": when.address(page=str(shown.next_page_number())) if shown.has_next() else "",
        "undated": [_shown(publisher, when) for publisher in undated[:UNDATED]],
        "more_undated": max(len(undated) - UNDATED, 0),
    }
    return render(request, "web/sources.html", context, status=when.status)


def _shown(publisher: Publisher, when: Moment) -> PublisherShown:
    papers = tuple(
        Paper(cited.source.title, cited.source.dated_on, cited.source.url or "", cited.source.sha256 or "", cited.facts)
        for cited in publisher.sources[:NAMED]
    )
    return PublisherShown(
        publisher.name,
        publisher.dated_on,
        _age(publisher.dated_on, when.on),
        instant_said(publisher.read_at),
        publisher.facts,
        papers,
        len(publisher.sources) - len(papers),
    )


def _age(dated_on: date | None, on: date) -> str:
    """How old on the day asked, in the unit that one would use.

    >>> _age(date(2026, 11, 3), date(2026, 11, 23)), _age(date(2025, 1, 31), date(2026, 11, 23)), _age(None, date(2026, 1, 1))
    ('20 jours', '21 mois', '')
    """
    if dated_on is None:
        return ""
    days = (on - dated_on).days
    if days < 0:
        return "après ce jour"
    if days < 60:
        return counted(days, "jour")
    months = 12 * (on.year - dated_on.year) + on.month - dated_on.month - (on.day < dated_on.day)
    return f"{months} mois" if months < 24 else counted(months // 12, "an")
