"""The address that a page has for everybody: that of ``EQUERRE_ADDRESS``, else the one under which it was asked.

Feeds, sitemap and canonical links say this one, whatever the name, the proxy or the query by which somebody came.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def home(request: HttpRequest) -> str:
    """``https://registre.example``, without a slash at the end."""
    address: str = settings.ADDRESS
    return address or request.build_absolute_uri("/").rstrip("/")


def canonical(request: HttpRequest) -> str:
    """The address of the page that is asked, without its query."""
    return home(request) + request.path
