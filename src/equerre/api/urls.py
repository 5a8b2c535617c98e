"""The addresses of the API, read by anybody. What leads nowhere is said as a problem, like everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from equerre.api.every_request import read_by_anybody
from equerre.api.problems import Refusal, problem
from equerre.api.v1 import api, document


def nowhere(request: HttpRequest) -> HttpResponse:
    """No resource has this address."""
    return problem(Refusal("no-such-address", "Cette adresse ne mène à rien. Voyez /api/v1/docs."))


urlpatterns = [
    # Ninja's addresses, on one level: a 304 has no time for two.
    *(
        path(f"v1/{resource.pattern}", read_by_anybody(resource.callback), name=resource.name)
        for resource in api.urls[0]
        if isinstance(resource, URLPattern) and resource.name != "api-root"
    ),
    path("v1/openapi.json", read_by_anybody(document.openapi), name="api-openapi"),
    path("v1/docs", read_by_anybody(document.docs), name="api-docs"),
    re_path("", read_by_anybody(nowhere)),
]
