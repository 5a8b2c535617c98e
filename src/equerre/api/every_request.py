"""What every request of the API goes through: its method, its origin, the rate of its caller, the mark of what he has already.

Anybody may read from any page (CORS): the answers are public, no cookie is looked at. A request that has its answer already
costs one query, besides the count of its caller, and never reaches Ninja.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from equerre.api.problems import Refusal, problem
from equerre.kernel import clock
from equerre.kernel.french import counted
from equerre.opendata.threshold import unchanged
from equerre.opendata.threshold.away import AWAY, come_back
from equerre.opendata.threshold.callers import caller
from equerre.opendata.threshold.counts import take
from equerre.opendata.threshold.turns import MOST, in_turn

View = Callable[..., HttpResponseBase]

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
A_DAY = "86400"
AT_ONCE = f"Cette API fait au plus {MOST} réponses à la fois pour un appelant : attendez la fin d'une autre."
# A day that is named makes an answer for ever; one spelt otherwise (« %6Fn= ») is only asked again the next day.
NAMES_A_DAY = re.compile("(?:^|&)on=[^&]")


def read_by_anybody(view: View) -> View:
    """The same view, for whoever may read it."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = _answer(request, lambda: view(request, *args, **kwargs))
        except AWAY as error:
            said = Refusal("unavailable", "La base du registre ne répond pas. Réessayez dans une minute.")
            response = come_back(problem(said), error)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            length = len(response.content)  # of what the headers announce
            response.content = b""
            response["Content-Length"] = str(length)
        return response

    return answered


def _answer(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        names = ("Allow", "Access-Control-Allow-Methods")
        return HttpResponse(
            status=204,
            headers={
                **dict.fromkeys(names, METHODS),
                "Access-Control-Allow-Headers": "Accept, If-None-Match",
                "Access-Control-Max-Age": A_DAY,
            },
        )
    if request.method not in ("GET", "HEAD"):
        refused = problem(
            Refusal("method-not-allowed", "Demandez avec GET ou HEAD. Aucune adresse de cette API n'écrit.")
        )
        refused["Allow"] = METHODS
        return refused
    try:
        request.GET  # noqa: B018 (Django reads the question here, and refuses one of more than two hundred parts)
    except SuspiciousOperation:
        return problem(Refusal("bad-request", "Cette question a trop de paramètres, ou ne se lit pas."))
    limit: int = settings.API_RATE  # 0: no limit
    if not limit:
        return _read(request, make)
    who = caller(request)
    allowance = take("api", who, limit, clock.now())
    if allowance.spent:
        most, wait = counted(limit, "demande"), counted(allowance.seconds, "seconde")
        said = f"Cette API répond à {most} par minute. Attendez {wait}, ou téléchargez les tableaux entiers."
        response: HttpResponseBase = problem(Refusal("too-many-requests", said))
    else:
        response = _read(request, lambda: in_turn(who, make, lambda: problem(Refusal("too-many-requests", AT_ONCE))))
    allowance.write_on(response)
    return response


def _read(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer. Ninja knows one method; what HEAD is told is what GET would be."""
    method, request.method = request.method, "GET"
    try:
        # Whole: what an operation does not know is refused, and an address that is refused is not kept.
        question = request.META.get("QUERY_STRING", "")
        today = "" if NAMES_A_DAY.search(question) else clock.today().isoformat()
        return unchanged.unless_unchanged(request, f"W/{unchanged.mark(request, today, question)}", make)
    finally:
        request.method = method
