"""The addresses of the pages. An address that people have is never taken back."""

from __future__ import annotations

from django.urls import path

from equerre.web import health, icon, start

urlpatterns = [
    path("", start.page, name="start"),
    path("favicon.ico", icon.favicon),
    path("healthz", health.healthz, name="healthz"),
]
