"""The database does not answer: a page says so, and when to come back. It is not a fault of the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from equerre.opendata.threshold.away import AWAY, come_back


class DatabaseAway:
    """A middleware: 503 in place of 500, in a page that asks the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view let go."""
        if not isinstance(exception, AWAY):
            return None
        response = come_back(render(None, "503.html", {"moment": None}, status=503), exception)
        response["Cache-Control"] = "no-store"
        return response
