"""``Dated``: what every row of fact has. When it was true, when we held it to be so, who says so, who wrote it.

Both periods are half-open. ``known_*`` is Équerre's own time, never backdated: when a publisher said so is the day of its
source. ``standing`` is *held* (rules see it), *proposed* (a source contradicts what is held: somebody must settle), or
*outdated* (an older delivery of a source, read after a newer one: kept as history, never held).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from equerre.registry.overlap import ForbidOverlap

HELD, PROPOSED, OUTDATED = "held", "proposed", "outdated"
STANDINGS = {HELD: "tenu", PROPOSED: "proposé", OUTDATED: "dépassé"}


class Source(models.Model):
    """Where facts come from: a paper, a file and its hash, a delivery of a publisher. Never changed once cited."""

    key = models.CharField("clé", max_length=120, unique=True)
    publisher = models.CharField("éditeur", max_length=200)
    title = models.CharField("titre", max_length=300)
    dated_on = models.DateField("datée du", null=True, blank=True)
    url = models.URLField("adresse", max_length=500, null=True, blank=True)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, null=True, blank=True)

    class Meta:
        verbose_name = "source"
        verbose_name_plural = "sources"

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}"


# The order of time: what has always been true comes first, on both databases (PostgreSQL puts nulls last, SQLite first).
# The columns of a source, from a row that names it, in the order of ``kernel.fact.Source``.
SOURCE = ("key", "publisher", "title", "dated_on", "url", "sha256")
SOURCE_COLUMNS = tuple(f"source__{name}" for name in SOURCE)
IN_TIME = (F("valid_from").asc(nulls_first=True), "id")


class Dated(models.Model):
    """One fact in two times. ``OF`` names the fields that say what it is about: there, held rows never overlap."""

    OF: ClassVar[tuple[str, ...]]

    valid_from = models.DateField("vrai depuis", null=True, blank=True)
    valid_until = models.DateField("vrai jusqu'à (premier jour exclu)", null=True, blank=True)
    known_from = models.DateTimeField("connu depuis")
    known_until = models.DateTimeField("connu jusqu'à", null=True, blank=True)
    standing = models.CharField("tenue", max_length=8, choices=list(STANDINGS.items()), default=HELD)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name="source", related_name="+")
    author = models.CharField("auteur (clé)", max_length=80)
    reason = models.CharField("raison (clé)", max_length=80, default="entry")
    note = models.TextField("note privée", blank=True, default="")
    # Written once, with the end of the knowledge: who ended it, why, and what they noted.
    ended_by = models.CharField("fin : auteur (clé)", max_length=80, blank=True, default="", db_default="")
    ended_reason = models.CharField("fin : raison (clé)", max_length=80, blank=True, default="", db_default="")
    ended_note = models.TextField("fin : note privée", blank=True, default="", db_default="")

    class Meta:
        abstract = True


def two_times(prefix: str, *fields: str) -> list[BaseConstraint]:
    """The constraints of a dated table: periods that are no emptier than a day or an instant, and no overlap."""
    return [
        models.CheckConstraint(
            condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_from__lt=F("valid_until")),
            name=f"{prefix}_valid",
        ),
        models.CheckConstraint(
            condition=Q(known_until__isnull=True) | Q(known_from__lt=F("known_until")), name=f"{prefix}_known"
        ),
        ForbidOverlap(fields=fields, name=f"{prefix}_overlap"),
    ]


def about(*fields: str, name: str) -> list[models.Index]:
    """The index that finds the rows of one thing, and that the triggers of SQLite use."""
    return [models.Index(fields=[*fields, "valid_from"], name=name)]
