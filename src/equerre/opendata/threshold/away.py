"""The database does not answer: noted once for whoever keeps the server, and said with when to come back. It is nobody's mistake.

Pages and API say it each in its voice; both ask here what it is, and end their answer here.
"""

from __future__ import annotations

import logging
from typing import TypeVar

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

AWAY = (OperationalError, InterfaceError)
RETRY_AFTER = 30  # seconds

Response = TypeVar("Response", bound=HttpResponse)
_LOG = logging.getLogger("django.request")


def come_back(response: Response, error: Exception) -> Response:
    """The same answer, with when to ask again."""
    _LOG.error("The database does not answer.", exc_info=error)
    response["Retry-After"] = str(RETRY_AFTER)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
