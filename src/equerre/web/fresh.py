"""A page that did not change is not made again: its address, the day, and the revision of the register make its mark.

A browser that has the page sends its mark back. When it is still the same, the answer is 304 and costs one query.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from equerre import __version__
from equerre.kernel import clock
from equerre.registry import revision

View = Callable[..., HttpResponseBase]


def mark(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    """The ETag of a page. None on a developer's machine, where templates change and the register does not."""
    if settings.DEBUG:
        return None
    said = "\n".join((__version__, str(revision.number()), clock.today().isoformat(), request.build_absolute_uri()))
    return f'"{sha256(said.encode()).hexdigest()[:32]}"'


def unless_unchanged(view: View) -> View:
    """Answer 304 to whoever has the page already; anybody may keep it, provided that they ask each time."""
    conditional = condition(etag_func=mark)(view)

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = conditional(request, *args, **kwargs)
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return asked
