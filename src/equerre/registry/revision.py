"""The revision of the register: one number, moved in the same transaction by whoever writes. Caches and ETags hang on it."""

from __future__ import annotations

from django.db.models import F

from equerre.registry.models import Revision


def number() -> int:
    """The revision now; 0 when nothing was ever written. One query."""
    return Revision.objects.values_list("number", flat=True).filter(pk=1).first() or 0


def move() -> None:
    """Something was written. Undone with the transaction that wrote it."""
    if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
        Revision.objects.create(pk=1, number=1)
