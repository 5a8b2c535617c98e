"""Beside the views of the house, the yardsticks: one that answers « ok », and one that does what no page can do without.

``/bench/replayed?path=…`` runs the SQL that the page ran when nobody had asked for it, and fills the same template from a context
that is ready; an answer without a template is given from its bytes. A request that wears ``X-Anew`` is made as if nobody had
asked before: what the process remembers of its answers is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from time import process_time
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.backends.django import Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, resolve

from equerre.opendata.threshold.unchanged import ANSWERS


class Anew:
    """A middleware: nothing is remembered for a request that asks so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "HTTP_X_ANEW" in request.META:
            ANSWERS.forget()  # its index of words and its queries stay
        return self._get_response(request)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a page did: its SQL, its template with all that it was given, its bytes."""

    sql: tuple[str, ...]
    template: Any
    context: Any
    request: HttpRequest
    body: bytes
    media_type: str


@cache
def recorded(address: str) -> Recorded:
    """Asked twice: the first time writes the queries and the index."""
    filled: list[tuple[Any, Any]] = []
    render = Template.render

    def noted(self: Any, context: Any = None, request: Any = None) -> Any:
        filled.append((self, context))
        return render(self, context, request)

    request = RequestFactory(SERVER_NAME="127.0.0.1").get(address)
    view, args, kwargs = resolve(request.path)
    ANSWERS.forget()
    view(request, *args, **kwargs)
    ANSWERS.forget()
    with CaptureQueriesContext(connection) as seen, patch.object(Template, "render", noted):
        response = view(request, *args, **kwargs)
    template, context = filled[-1] if filled else (None, None)
    sql = tuple(query["sql"].replace("%", "%%") for query in seen.captured_queries)
    return Recorded(sql, template, context, request, response.content, response["Content-Type"])


def replayed(request: HttpRequest) -> HttpResponse:
    """The yardstick of a page."""
    done = recorded(request.GET["path"])
    with connection.cursor() as cursor:
        for sql in done.sql:
            cursor.execute(sql)
            cursor.fetchall()
    if done.template is None:
        return HttpResponse(done.body, content_type=done.media_type)
    return HttpResponse(done.template.render(done.context, done.request))


def bare(request: HttpRequest) -> HttpResponse:
    """The yardstick of an answer that says nothing."""
    return HttpResponse(b"ok")


def processor(request: HttpRequest) -> HttpResponse:
    """Seconds of processor that the server took since it began, all its threads together."""
    return HttpResponse(str(process_time()))


# After those of the house: what is bare is found among all the addresses, as a page is.
urlpatterns = [
    path("", include("equerre.config.urls")),
    path("bench/bare", bare),
    path("bench/replayed", replayed),
    path("bench/processor", processor),
]
