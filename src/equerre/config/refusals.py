"""What is refused before any view is reached (a name of host that is not ours, a question that does not read): to a program as a
problem, to a person as a page.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from equerre.api.problems import Refusal, problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    if request.path.startswith("/api/"):
        return problem(Refusal("bad-request", "Cette demande ne se lit pas : vérifiez son adresse et ses en-têtes."))
    return defaults.bad_request(request, exception)
