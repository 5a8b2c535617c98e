"""What the tests of the keepers' pages write with: addresses, forms as a browser sends them back, what is held."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.urls import reverse

from equerre.accounts.models import Person
from equerre.registry import models, record
from equerre.registry.record import Entry
from tests.registry.writing import by

SEPTEMBER, NEXT = date(2022, 9, 1), date(2026, 9, 1)
PAGES = ("change", "history", "correct", "settle")


def a_keeper(*rights: str, name: str = "maud") -> Person:
    """Somebody of the staff who holds these rights on the register."""
    person = Person.objects.create_user(name, is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="registry", codename__in=rights))
    return person


def written(entry: Entry, number: int = 0) -> Any:
    return record.record(entry, by(number))


def address(page: str, row: Any) -> str:
    return reverse(f"admin:registry_{row._meta.model_name}_{page}", args=[row.pk])


def listing(model: type, query: str = "") -> str:
    return reverse(f"admin:registry_{model._meta.model_name}_changelist") + query  # type: ignore[attr-defined]


def typed_correction(**said: str) -> dict[str, str]:
    """The form as it comes back from a browser."""
    typed = {
        "happened": "error",
        "school_status": "24",
        "apprentices": "",
        "trainees": "",
        "valid_from": "2022-09-01",
        "valid_until": "",
        "source": "acte",
        "why": "Deux chiffres inversés.",
    }
    return {**typed, **said}


def decided(row: models.Audience, decision: str, seen: str | None = None) -> dict[str, str]:
    return {"decision": decision, "why": "Relevé de rentrée.", "seen": str(row.pk) if seen is None else seen}


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'").replace("&quot;", '"')


def held() -> list[tuple[int, date | None, date | None]]:
    rows = models.Audience.objects.filter(standing="held", known_until__isnull=True).order_by("valid_from")
    return list(rows.values_list("school_status", "valid_from", "valid_until"))
