"""Accounts as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Declares the room to Django."""

    name = "equerre.accounts"
    label = "accounts"
    verbose_name = "Personnes"
    default_auto_field = "django.db.models.BigAutoField"
