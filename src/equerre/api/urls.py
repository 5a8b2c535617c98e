"""The addresses of the API, read by anybody. What leads nowhere is said as a problem, like everything else."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from equerre.api.every_request import read_by_anybody
from equerre.api.problems import Refusal, problem
from equerre.api.v1 import api, document


def nowhere(request: HttpRequest) -> HttpResponse:
    """No resource has this address."""
    return problem(Refusal("no-such-address", "Cette adresse ne mène à rien. Voyez /api/v1/docs."))


def _resources(prefix: str, found: list[URLResolver | URLPattern]) -> Iterator[URLPattern]:
    """Ninja's addresses, on one level: a 304 has no time for two."""
    for one in found:
        if isinstance(one, URLPattern) and one.name != "api-root":
            yield path(f"{prefix}{one.pattern}", read_by_anybody(one.callback), name=one.name)


urlpatterns = [
    *_resources("v1/", api.urls[0]),
    path("v1/openapi.json", read_by_anybody(document.openapi), name="api-openapi"),
    path("v1/docs", read_by_anybody(document.docs), name="api-docs"),
    re_path("", read_by_anybody(nowhere)),
]
