"""The database does not answer: a page says so, and when to come back. It is nobody's mistake, and not a fault of the page."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

RETRY_AFTER = 30  # seconds
_LOG = logging.getLogger("django.request")


class DatabaseAway:
    """A middleware: 503 in place of 500, in a page that asks the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view let go."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        _LOG.error("The database does not answer.", exc_info=exception)
        response = render(None, "503.html", {"moment": None}, status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response
