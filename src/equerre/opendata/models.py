"""What somebody says is wrong in the public data: kept, numbered, answered. No fact comes of it by itself.

A person reads the request and corrects the registry through ``record``, with the source that proves it (docs/adr/0011).
As little of the person as possible: a way to write back, if they want an answer by mail, and not for long.
"""

from __future__ import annotations

from datetime import date

from django.db import models


class CorrectionRequest(models.Model):
    """One request. ``token`` is the secret part of the address at which its author follows it."""

    number = models.BigAutoField("numéro", primary_key=True)
    token = models.CharField("clé de suivi", max_length=43, unique=True, editable=False)
    page = models.CharField("page concernée", max_length=300, blank=True)
    text = models.TextField("ce qui est faux", max_length=4000)
    contact = models.EmailField("adresse pour répondre", blank=True)
    received_at = models.DateTimeField("reçue le", db_index=True)
    answer = models.TextField("réponse", blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de correction"
        verbose_name_plural = "demandes de correction"
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answer="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="correction_answer_is_dated",
            ),
        )

    def __str__(self) -> str:
        return f"Demande n° {self.number}"

    @property
    def received_on(self) -> date:
        """The day on which it came, in universal time."""
        return self.received_at.date()
