"""``/gestion/login/``: the door of those who keep the register, with a brake. A password is not found by trying many.

Tries are counted for a minute, by caller and by the name that is tried: one caller may not try many names, nor many callers one
name. Each process counts apart, in memory; neither a name nor an address is written anywhere.
"""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from equerre.kernel import clock
from equerre.kernel.french import counted
from equerre.opendata.callers import Allowance, Counter, caller

# Somebody who looks for a password mistypes it a few times. A name is given more: whoever tries it from elsewhere must not
# shut its owner out at once.
OF_A_CALLER, OF_A_NAME = 8, 20
COUNTER = Counter()


@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponseBase:
    """The form of Django's admin, or 429 when it was sent too often."""
    if request.method != "POST":
        return admin.site.login(request)
    spent = [one for one in _counted(request) if one.spent]
    return _refused(request, max(one.seconds for one in spent)) if spent else admin.site.login(request)


def _counted(request: HttpRequest) -> list[Allowance]:
    name = salted_hmac("equerre.web.signing_in", request.POST.get("username", "").strip().casefold()).hexdigest()
    now = clock.now()
    return [
        COUNTER.take(f"caller {caller(request)}", OF_A_CALLER, now),
        COUNTER.take(f"name {name}", OF_A_NAME, now),
    ]


def _refused(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "429.html", {"wait": counted(seconds, "seconde")}, status=429)
    response["Retry-After"] = str(seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the caller's doing, and its address is his own
    return response
