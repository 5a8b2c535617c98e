"""``Dated``: what every row of fact has. When it was true, when we held it to be so, who says so, who wrote it.

Both periods are half-open. ``known_*`` is Équerre's own time, never backdated: when a publisher said so is the day of its
source. ``standing`` is *held* (rules see it), *proposed* (a source contradicts what is held: somebody must settle), or
*outdated* (an older delivery of a source, read after a newer one: kept as history, never held).

A question about time is written here and nowhere else (``tests/registry/test_dated.py`` reads the source for it): every kind of
fact is asked through ``DatedQuerySet``, and rows that are reached from another table through ``known``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.constraints import BaseConstraint

from equerre.kernel.period import Period
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


# The columns of a source, from a row that names it, in the order of ``kernel.fact.Source``.
SOURCE = ("key", "publisher", "title", "dated_on", "url", "sha256")
SOURCE_COLUMNS = tuple(f"source__{name}" for name in SOURCE)
# The order of time: what has always been true comes first, on both databases (PostgreSQL puts nulls last, SQLite first).
IN_TIME = (F("valid_from").asc(nulls_first=True), "id")

_ENDED = ("ended_by", "ended_reason", "ended_note")
_TIMES = (
    "valid_from",
    "valid_until",
    "known_from",
    "known_until",
    "standing",
    "source",
    "author",
    "reason",
    "note",
    *_ENDED,
)
# What a row tells of the delivery in which it was read, and not of the thing: two deliveries may still say the same. Of the day
# on which a sheet was read as closed, that there is one is of the thing (True); which one is of the delivery.
TOLD_BY_THE_SOURCE = {"read_on": False, "closed_read_on": True}
# The two moves of a row, and where it keeps their instants.
MOMENTS = {"began": "known_from", "ended": "known_until"}

_Kind = TypeVar("_Kind", bound="Dated", covariant=True)


def known(at: datetime | None, path: str = "") -> Q:
    """What was known at an instant (None: what is known now), of the rows that ``path`` leads to (« recognition__ »)."""
    still = Q(**{f"{path}known_until__isnull": True})
    if at is None:
        return still
    return Q(**{f"{path}known_from__lte": at}) & (still | Q(**{f"{path}known_until__gt": at}))


def held_or_proposed(at: datetime | None) -> Q:
    """What was held at an instant, and the proposals that waited against it: rules hear of both, history stays aside."""
    return known(at) & Q(standing__in=(HELD, PROPOSED))


class DatedQuerySet(models.QuerySet[_Kind, _Kind]):
    """Rows of one kind of fact, asked in two times. Values go into the query as they are: ``prepared`` puts others there."""

    def known_at(self, at: datetime | None) -> Self:
        """Whatever was known at an instant (None: now): held, proposed, or kept as history."""
        return self.filter(known(at))

    def held(self, at: datetime | None = None) -> Self:
        """What was held at an instant (None: what is held now). This is what rules see and what goes out."""
        return self.filter(known(at), standing=HELD)

    def proposed(self, at: datetime | None = None) -> Self:
        """The proposals that waited at an instant (None: those that wait now)."""
        return self.filter(known(at), standing=PROPOSED)

    def held_or_proposed(self, at: datetime | None = None) -> Self:
        """What was held at an instant, and the proposals that waited against it."""
        return self.filter(held_or_proposed(at))

    def held_or_ever_proposed(self) -> Self:
        """What is held now, and all that was ever proposed: what was settled once is not proposed again."""
        return self.filter(Q(known(None), standing=HELD) | Q(standing=PROPOSED))

    def ever_held(self, at: datetime | None = None) -> Self:
        """What was held at any time up to an instant, whether or not it still was then."""
        rows = self.filter(standing=HELD)
        return rows if at is None else rows.filter(known_from__lte=at)

    def no_longer_known(self) -> Self:
        """What is history now: replaced, withdrawn, settled."""
        return self.exclude(known(None))

    def learnt_at(self, at: datetime) -> Self:
        """What began to be known at this very instant."""
        return self.filter(known_from=at)

    def moved_at(self, instants: Collection[datetime]) -> Self:
        """What began or ceased to be known at one of these very instants."""
        return self.filter(Q(known_from__in=instants) | Q(known_until__in=instants))

    def moves(self, move: str, at: datetime | None) -> models.QuerySet[Any, Any]:
        """The rows that began (or ceased) to be known, each with its ``moment``, as far as one knew at an instant."""
        rows: models.QuerySet[Any, Any] = self.annotate(moment=F(MOMENTS[move])).filter(moment__isnull=False)
        return rows if at is None else rows.filter(moment__lte=at)

    def overlapping(self, valid: Period[date]) -> Self:
        """Whatever is true on one day at least of a period."""
        rows = self
        if valid.start is not None:
            rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=valid.start))
        if valid.end is not None:
            rows = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=valid.end))
        return rows

    def true_on(self, day: date) -> Self:
        """Whatever is true that day; a row without a start has always been, a row without an end still is."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gt=day)
        )

    def said_by(self, publisher: str) -> Self:
        """What one publisher says, in any of its sources."""
        return self.filter(source__publisher=publisher)

    def in_time(self, *before: str) -> Self:
        """In the order of time; ``before`` comes first in the order (« main »: the main site comes after the others)."""
        return self.order_by(*before, *IN_TIME)

    def last(self, *before: str) -> _Kind | None:
        """The last row in the order of time, on both databases."""
        return self.in_time(*before).reverse().first()

    def last_said(self, column: str, *before: str) -> Subquery:
        """What the last row says in one column, to stand in another query."""
        return Subquery(self.in_time(*before).reverse().values(column)[:1])


class Dated(models.Model):
    """One fact in two times. ``KIND`` is that of ``facts``; ``OF`` names what it is about: there, held rows never overlap."""

    KIND: ClassVar[str]
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

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def value_fields(model: type[Dated]) -> list[str]:
    """The fields that say something, in order: all but the two times, the standing and who says so."""
    return [f.name for f in model._meta.concrete_fields if f.name not in _TIMES and not f.primary_key]


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
