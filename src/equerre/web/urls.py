"""The addresses of the pages. An address that people have is never taken back."""

from __future__ import annotations

from django.urls import include, path

from equerre.web import icon, start

urlpatterns = [
    path("", start.page, name="start"),
    path("", include("equerre.web.register_urls")),
    path("", include("equerre.web.machine_urls")),
    path("favicon.ico", icon.favicon),
]
