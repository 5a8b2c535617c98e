"""How much the registry holds, in a few counts: for a page that says so, and for whoever asks whether it is empty.

Counts of what is held now, on a day: four queries, whatever is in it. Facts themselves are for ``selectors``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from equerre.registry import models


@dataclass(frozen=True, slots=True)
class ListFigures:
    """One annual list: its year of signature, its days, and how many schools it names on the day asked."""

    act_year: int
    signed_on: date | None
    published_on: date
    schools: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Schools (and how many of them are invented), annual lists published by the day, lists of prefects published by it."""

    schools: int
    fictional: int
    annual_lists: tuple[ListFigures, ...]
    regional_lists: int


def figures(on: date) -> Figures:
    """What is held now about this day."""
    found = models.School.objects.aggregate(schools=Count("pk"), fictional=Count("pk", filter=Q(fictional=True)))
    named = dict(
        models.AnnualListEntry.objects.held()
        .true_on(on)
        .order_by("act_year")
        .values_list("act_year")
        .annotate(schools=Count("school", distinct=True))
    )
    lists = models.AnnualList.objects.held().true_on(on).order_by("act_year")
    return Figures(
        found["schools"],
        found["fictional"],
        tuple(
            ListFigures(year, signed, published, named.get(year, 0))
            for year, signed, published in lists.values_list("act_year", "signed_on", "published_on")
        ),
        models.RegionalList.objects.held().true_on(on).count(),
    )


def some_fictional(count: int = 1) -> list[str]:
    """The keys of the first invented schools; none in a registry of real ones."""
    return list(models.School.objects.filter(fictional=True).order_by("key").values_list("key", flat=True)[:count])
