"""How many requests one caller may make of the API in a minute: ``EQUERRE_API_RATE`` (0: no limit)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from equerre.kernel import clock
from equerre.opendata.callers import Allowance, Counter, caller

__all__ = ["COUNTER", "Allowance", "Counter", "caller", "take"]

COUNTER = Counter()


def take(request: HttpRequest) -> Allowance | None:
    """What the caller may still do, this request counted; None when nothing is limited here."""
    limit: int = settings.API_RATE
    return COUNTER.take(caller(request), limit, clock.now()) if limit else None
