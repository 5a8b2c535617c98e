"""``/favicon.ico``: where a browser looks for the try-square when a page does not say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The way to the drawing, whose address changes with its content."""
    return redirect(static("equerre.svg"))
