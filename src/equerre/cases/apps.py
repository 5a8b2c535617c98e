"""Cases as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Declares the room to Django."""

    name = "equerre.cases"
    label = "cases"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"
