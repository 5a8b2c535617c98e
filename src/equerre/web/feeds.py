"""What machines look for at fixed addresses: ``/flux.atom``, ``/sitemap.xml``, ``/robots.txt``, ``/.well-known/security.txt``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from equerre import law
from equerre.kernel import clock
from equerre.kernel.invisible import writable_in_xml
from equerre.opendata.feed import atom
from equerre.opendata.naming import named
from equerre.registry import selectors
from equerre.web.canonical import canonical, home
from equerre.web.moment import MOMENT, moment
from equerre.web.unchanged import unless_unchanged

PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
# A sitemap holds no more addresses (sitemaps.org).
MOST_ADDRESSES = 50_000
# The pages that are always there. Schools, lists, articles and readings follow.
PAGES = (
    *("/", "/ecoles", "/listes", "/articles", "/lectures", "/calendrier", "/sources", "/donnees"),
    *("/accessibilite", "/mentions-legales", "/signaler", "/api/v1/docs"),
)


@require_safe
@unless_unchanged(*MOMENT)
def flux(request: HttpRequest) -> HttpResponse:
    """The last changes of the register; what was known at an instant, when one is asked."""
    when = moment(request)
    if when.errors:
        return HttpResponse(" ".join(when.errors.values()) + "\n", content_type=PLAIN, status=400)
    text = atom(canonical(request), when.known_at)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


# --- Sitemap --------------------------------------------------------------------------------------------------------------------

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
@unless_unchanged()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemaps, as many as the addresses need."""
    pages = range(1, -(-len(_addresses()) // MOST_ADDRESSES) + 1)
    return _xml("sitemapindex", "sitemap", (f"{home(request)}/sitemap-{page}.xml" for page in pages))


@require_safe
@unless_unchanged()
def sitemap(request: HttpRequest, page: int) -> HttpResponse:
    """One of them."""
    shown = _addresses()[(page - 1) * MOST_ADDRESSES : page * MOST_ADDRESSES] if page > 0 else []
    if not shown:
        raise Http404
    return _xml("urlset", "url", (home(request) + address for address in shown))


def _addresses() -> Sequence[str]:
    """Every page of the register, without its days: the address that people keep."""
    return [
        *PAGES,
        *(f"/articles/{article.code}/{quote(article.article)}" for article in law.articles()),
        *(f"/lectures/{number}" for number in law.readings()),
        *(f"/listes/{year}" for year in sorted({fact.value.act_year for fact in selectors.annual_lists()})),
        *(f"/ecoles/{quote(school.uai)}" for school in named(None).values()),
    ]


def _xml(root: str, row: str, addresses: Iterable[str]) -> HttpResponse:
    rows = "\n".join(f"<{row}><loc>{escape(writable_in_xml(address))}</loc></{row}>" for address in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SPACE}">\n{rows}\n</{root}>\n'
    return HttpResponse(text, content_type=XML)


# --- Plain texts ----------------------------------------------------------------------------------------------------------------


@require_safe
@csrf_exempt
def robots(request: HttpRequest) -> HttpResponse:
    """Every page may be listed once: not on each day, nor what people wrote to us."""
    lines = ("User-agent: *", "Disallow: /gestion/", "Disallow: /signaler/", "Disallow: /*?")
    return _text(*lines, f"Sitemap: {home(request)}/sitemap.xml")


@require_safe
@csrf_exempt
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a flaw (RFC 9116). Nothing is invented: without a contact there is no such file."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = clock.today() + timedelta(days=180)
    return _text(
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: fr",
        f"Canonical: {home(request)}/.well-known/security.txt",
    )


def _text(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
