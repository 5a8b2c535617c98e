"""What goes out, as a Django app: it keeps one thing, what people say is wrong in it."""

from __future__ import annotations

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """Declares the room to Django."""

    name = "equerre.opendata"
    label = "opendata"
    verbose_name = "Données publiques"
    default_auto_field = "django.db.models.BigAutoField"
