"""``Person``: the user model, from the first migration, so that no later one has to change it.

The registry knows no person: an author there is the opaque ``key``, which says nothing of a name or an address.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class Person(AbstractUser):
    """Somebody who may sign in. ``key`` is what other rooms keep of them."""

    key = models.UUIDField("clé opaque", default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"

    @property
    def author(self) -> str:
        """What a row keeps as its author."""
        return f"person:{self.key}"
