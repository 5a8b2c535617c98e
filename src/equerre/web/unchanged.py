"""A page that did not change is not made again; one caller has no more than some days of the register made anew for him."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from equerre.kernel import clock
from equerre.kernel.french import counted
from equerre.opendata.threshold import unchanged
from equerre.opendata.threshold.callers import caller
from equerre.opendata.threshold.counts import take

View = Callable[..., HttpResponseBase]

# Pages of a day that nobody asked for lately: one for so many requests of the API.
SHARE = 5


def unless_unchanged(view: View) -> View:
    """304 to whoever has the page already, the kept page, or a new one; anybody may keep it, who asks each time.

    On a developer's machine, where templates change and the register does not, every page is made.
    """

    @csrf_exempt  # nothing is written here: another method is refused by its name (405), and not for want of a token
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.DEBUG or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        now = unchanged.mark(request, clock.today().isoformat())
        return unchanged.unless_unchanged(request, now, lambda: too_many(request) or view(request, *args, **kwargs))

    return answered


def too_many(request: HttpRequest) -> HttpResponse | None:
    """Each day and each instant is a register of its own to compute: one caller asks for some of them a minute."""
    limit: int = settings.API_RATE // SHARE
    if not limit or not (request.GET.get("on") or request.GET.get("known_at")):
        return None
    allowance = take("days", caller(request), limit, clock.now())
    if not allowance.spent:
        return None
    said = f"Vous avez demandé beaucoup de jours en peu de temps. Attendez {counted(allowance.seconds, 'seconde')}.\n"
    response = HttpResponse(said, content_type="text/plain; charset=utf-8", status=429)
    response["Retry-After"] = str(allowance.seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the caller's doing, and its address is his own
    return response
