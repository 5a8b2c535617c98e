"""A page that did not change is not made again: its address, the day, and the revision of the register make its mark.

A browser that has the page sends its mark back and gets 304, for one query. To another, the same bytes are given again from
memory: the last pages of a process are kept, by their marks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from equerre import __version__
from equerre.kernel import clock
from equerre.kernel.french import counted
from equerre.opendata.callers import Counter, caller
from equerre.opendata.memory import Memory
from equerre.registry import revision

View = Callable[..., HttpResponseBase]

CACHE_CONTROL = "public, no-cache"  # anybody may keep it, who asks each time whether it still stands
BYTES = 32 * 1024 * 1024  # of pages kept by a process
LARGEST = 512 * 1024  # of one page
# Pages of a day that nobody asked for lately: one for so many requests of the API.
SHARE = 5


class Kept(NamedTuple):
    """A page: its bytes, its headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


PAGES: Memory[Kept] = Memory(BYTES)
COUNTER = Counter()


def mark(request: HttpRequest) -> str:
    """The ETag of a page. One query."""
    address = (
        settings.ADDRESS,
        request.scheme or "",
        request.get_host(),
        request.path,
        request.META.get("QUERY_STRING", ""),
    )
    served = (settings.PUBLISHER, settings.HOSTING)  # what the legal page says of whoever serves
    said = "|".join((__version__, str(revision.number()), clock.today().isoformat(), *address, *served))
    return f'"{blake2b(said.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()}"'


def unless_unchanged(view: View) -> View:
    """304 to whoever has the page already, the kept page, or a new one; anybody may keep it, who asks each time.

    On a developer's machine, where templates change and the register does not, every page is made.
    """

    @csrf_exempt  # nothing is written here: another method is refused by its name (405), and not for want of a token
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.DEBUG or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        now = mark(request)
        if request.META.get("HTTP_IF_NONE_MATCH") == now:  # as browsers send it
            return HttpResponseNotModified(headers={"ETag": now, "Cache-Control": CACHE_CONTROL})
        known = _has_it(request, now) or _kept(now)
        response = known or _too_many(request) or view(request, *args, **kwargs)
        if response.status_code == 200 and request.method == "GET":
            _keep(now, response)
        if response.status_code in (200, 304):
            response["ETag"] = now
        if response.status_code in (200, 301, 302, 304):
            response["Cache-Control"] = CACHE_CONTROL
        return response

    return asked


def _has_it(request: HttpRequest, now: str) -> HttpResponse | None:
    """304 to who sends the mark; « * » asks whether there is anything, which is not known yet: it is passed over."""
    if request.META.get("HTTP_IF_NONE_MATCH", "").strip() == "*":
        return None
    return get_conditional_response(request, etag=now)


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """Each day and each instant is a register of its own to compute: one caller asks for some of them a minute."""
    limit: int = settings.API_RATE // SHARE
    if not limit or not (request.GET.get("on") or request.GET.get("known_at")):
        return None
    allowance = COUNTER.take(caller(request), limit, clock.now())
    if not allowance.spent:
        return None
    said = f"Vous avez demandé beaucoup de jours en peu de temps. Attendez {counted(allowance.seconds, 'seconde')}.\n"
    response = HttpResponse(said, content_type="text/plain; charset=utf-8", status=429)
    response["Retry-After"] = str(allowance.seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the caller's doing, and its address is his own
    return response


def _kept(now: str) -> HttpResponse | None:
    found = PAGES.get(now)
    return None if found is None else HttpResponse(found.body, headers=dict(found.headers))


def _keep(now: str, response: HttpResponseBase) -> None:
    if isinstance(response, HttpResponse) and len(response.content) <= LARGEST:
        PAGES.put(now, Kept(response.content, tuple(response.items())))
