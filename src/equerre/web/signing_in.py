"""``/gestion/login/``: the door of those who keep the register, with a brake. A password is not found by trying many.

Tries are counted for a minute, by caller and by the name that is tried: one caller may not try many names, nor many callers one
name, whichever process answers them. Neither a name nor an address is written anywhere, but a keyed print of each, for a minute.
"""

from __future__ import annotations

from unicodedata import normalize

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from equerre.kernel import clock
from equerre.kernel.french import counted
from equerre.opendata.threshold.callers import caller
from equerre.opendata.threshold.counts import take

# Somebody who looks for a password mistypes it a few times. A name is given more: whoever tries it from elsewhere must not
# shut its owner out at once.
OF_A_CALLER, OF_A_NAME = 8, 20


@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponseBase:
    """The form of Django's admin, or 429 when it was sent too often."""
    if request.method != "POST":
        return admin.site.login(request)
    now = clock.now()
    # As the form reads a name: one written in other characters that mean the same is the same name.
    name = normalize("NFKC", request.POST.get("username", "").strip()).casefold()
    # What is refused to a caller is no try at the name: one address alone shuts nobody out.
    allowance = take("sign in, by caller", caller(request), OF_A_CALLER, now)
    if not allowance.spent:
        allowance = take("sign in, by name", name, OF_A_NAME, now)
    if not allowance.spent:
        return admin.site.login(request)
    response = render(request, "429.html", {"wait": counted(allowance.seconds, "seconde")}, status=429)
    response["Retry-After"] = str(allowance.seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the caller's doing, and its address is his own
    return response
