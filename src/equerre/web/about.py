"""``/donnees``, ``/accessibilite``, ``/mentions-legales``: what one may do with the data, how the pages were tried, who answers.

Who publishes this server is for its keeper to say (``EQUERRE_PUBLISHER``, ``EQUERRE_HOSTING``); until then the page says that
it was not said.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equerre import __version__
from equerre.documents.voices import BANNER
from equerre.opendata import corrections
from equerre.opendata.exports import ALL, LICENCE, LICENCE_URL
from equerre.opendata.tables import TABLES
from equerre.registry import revision
from equerre.registry.figures import figures
from equerre.web.canonical import home
from equerre.web.downloads import offered
from equerre.web.moment import MOMENT, moment
from equerre.web.unchanged import unless_unchanged


@require_safe
@unless_unchanged(*MOMENT)
def data(request: HttpRequest) -> HttpResponse:
    """What goes out, in which forms, under which licence."""
    when = moment(request)
    held = figures(when.today)
    context = {
        "moment": when,
        "banner": BANNER if held.fictional else "",
        "figures": held,
        "tables": [(table, offered(table.slug, when, ALL)) for table in TABLES.values()],
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "revision": revision.number(),
        "version": __version__,
        "host": home(request),
    }
    return render(request, "web/data.html", context, status=when.status)


@require_safe
@unless_unchanged()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tried, what was not, where to say what does not work."""
    return render(request, "web/accessibility.html", {"banner": ""})


@require_safe
@unless_unchanged()
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who hosts, what is kept of people and for how long."""
    context = {
        "banner": "",
        "publisher": getattr(settings, "PUBLISHER", ""),
        "hosting": getattr(settings, "HOSTING", ""),
        "contact_days": corrections.CONTACT_AFTER_ANSWER.days,
        "kept_years": corrections.KEPT.days // 365,
        "version": __version__,
    }
    return render(request, "web/legal.html", context)
