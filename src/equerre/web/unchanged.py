"""A page that did not change is not made again; and one caller has no more than some pages made anew for him.

A page says which fields of an address it reads, and is given no other one: what is added to an address changes nothing, makes
nothing new, and finds the page that is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from equerre.kernel import clock
from equerre.kernel.french import counted
from equerre.opendata.threshold import unchanged
from equerre.opendata.threshold.callers import caller
from equerre.opendata.threshold.counts import take
from equerre.opendata.threshold.turns import in_turn

View = Callable[..., HttpResponseBase]

# Pages that nobody asked for lately: one for so many requests of the API.
SHARE = 5


def unless_unchanged(*fields: str) -> Callable[[View], View]:
    """304 to whoever has the page already, the kept page, or a new one; anybody may keep it, who asks each time.

    ``fields`` are those that the view reads of an address. On a developer's machine, where templates change and the register does
    not, every page is made.
    """

    def kept(view: View) -> View:
        @csrf_exempt  # nothing is written here: another method is refused by its name (405), and not for want of a token
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = QueryDict(mutable=True)
            for name in fields:
                if value := request.GET.get(name):
                    asked[name] = value
            request.GET = asked  # type: ignore[assignment]  # so that a page cannot read what is not in its mark
            if settings.DEBUG or request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            now = unchanged.mark(request, clock.today().isoformat(), asked.urlencode())
            return unchanged.unless_unchanged(
                request, now, lambda: within_limits(request, lambda: view(request, *args, **kwargs))
            )

        return answered

    return kept


def within_limits(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """A new page, unless its caller had many of them made this minute, or has several being made."""
    if not settings.API_RATE:
        return make()
    who = caller(request)
    allowance = take("pages", who, max(1, settings.API_RATE // SHARE), clock.now())
    if allowance.spent:
        return _wait("Vous avez demandé beaucoup de pages en peu de temps.", allowance.seconds)
    return in_turn(who, make, lambda: _wait("Vous demandez beaucoup de pages à la fois.", 1))


def _wait(why: str, seconds: int) -> HttpResponse:
    said = f"{why} Attendez {counted(seconds, 'seconde')}.\n"
    response = HttpResponse(said, content_type="text/plain; charset=utf-8", status=429)
    response["Retry-After"] = str(seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the caller's doing, and its address is his own
    return response
