"""What every request of the API goes through: its method, its origin, the rate of its caller, the mark of what he has already.

Anybody may read from any page (CORS): the answers are public, no cookie is looked at. A request that has its answer already
costs one query and never reaches Ninja.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from equerre.api import caching, limits
from equerre.api.problems import Refusal, problem, unavailable

View = Callable[..., HttpResponse]
_LOG = logging.getLogger("django.request")

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
_A_DAY = "86400"


def through_the_door(view: View) -> View:
    """The same view, for whoever may enter."""

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(request, lambda: view(request, *args, **kwargs))
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return response

    return entered


def _answer(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    if request.method == "OPTIONS":
        return _what_one_may_do()
    if request.method not in ("GET", "HEAD"):
        return _not_allowed(request)
    try:
        request.GET  # noqa: B018 (Django reads the question here, and refuses one of more than two hundred parts)
    except SuspiciousOperation:
        return problem(Refusal("bad-request", "Cette question a trop de paramètres, ou ne se lit pas."))
    allowance = limits.take(request)
    if allowance is not None and allowance.spent:
        response = problem(Refusal("too-many-requests", allowance.said))
    else:
        response = _from_the_register(request, ask)
    if allowance is not None:
        allowance.write_on(response)
    return _head(response) if request.method == "HEAD" else response


def _from_the_register(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return caching.unless_unchanged(request, lambda: _asked(request, ask))
    except (OperationalError, InterfaceError) as error:
        _LOG.error("The database does not answer.", exc_info=error)
        return unavailable()


def _asked(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    """Ninja knows one method; what HEAD is told is what GET would be."""
    method, request.method = request.method, "GET"
    try:
        return ask()
    finally:
        request.method = method


def _head(response: HttpResponse) -> HttpResponse:
    """The headers alone, the length of what they announce among them."""
    length = len(response.content)
    response.content = b""
    response["Content-Length"] = str(length)
    return response


def _what_one_may_do() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response["Access-Control-Max-Age"] = _A_DAY
    return response


def _not_allowed(request: HttpRequest) -> HttpResponse:
    response = problem(Refusal("method-not-allowed", "Demandez avec GET ou HEAD. Aucune adresse de cette API n'écrit."))
    response["Allow"] = METHODS
    return response
