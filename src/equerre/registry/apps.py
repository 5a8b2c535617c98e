"""The registry as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Declares the room to Django."""

    name = "equerre.registry"
    label = "registry"
    verbose_name = "Registre"
    default_auto_field = "django.db.models.BigAutoField"
