"""What a process of the server remembers between two requests, forgotten: a revision that a test undoes comes back in the next
one, with other facts.
"""

from __future__ import annotations

from django.core.cache import cache

from equerre.api import caching, limits
from equerre.opendata import doubts, search, standing
from equerre.web import fresh, signing_in


def forget_everything() -> None:
    """Answers, indexes, counts of callers."""
    for forget in (
        caching.ANSWERS.forget,
        limits.COUNTER.forget,
        fresh.PAGES.forget,
        fresh.COUNTER.forget,
        signing_in.COUNTER.forget,
        search._index.cache_clear,
        search._everyone.cache_clear,
        standing.standings.cache_clear,
        doubts._weight.cache_clear,
        cache.clear,
    ):
        forget()
