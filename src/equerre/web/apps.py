"""The pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Declares the room to Django."""

    name = "equerre.web"
    label = "web"
    verbose_name = "Pages"
