"""The national demo year: seventy-two schools that do not exist, over all académies, from September 2023 to October 2026.

``load`` writes it into an empty registry, through ``record``, in one transaction. Nothing reads the clock or draws a number:
two loads give the same rows. In this world the day is 25 November 2026; ``SITUATIONS`` says what to look at, and on which day,
``SHOWCASE`` which school shows each of the seven sentences. ``docs/demo.md`` tells it in French.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from equerre.demo import national, ordinary, stories
from equerre.demo.book import Book
from equerre.demo.schools import SCHOOLS, InventedSchool
from equerre.demo.situations import SHOWCASE, SITUATIONS
from equerre.registry import models
from equerre.registry.dated import Source
from equerre.registry.record import RecordError

__all__ = ["SHOWCASE", "SHOWN", "SITUATIONS", "TODAY", "already_loaded", "load"]

TODAY = date(2026, 11, 25)
SHOWN = (date(2026, 10, 1), TODAY)  # the first and the last day on which one sees what SHOWCASE says


def already_loaded() -> bool:
    """Is the demo year in this registry?"""
    return models.School.objects.filter(key__startswith="demo-", fictional=True).exists()


def load(author: str = "demo", schools: Sequence[InventedSchool] = SCHOOLS) -> Mapping[str, int]:
    """Write the demo year, and count what was written. Only into an empty registry: invented acts never touch real ones.

    ``schools`` are all of them, or the few that a test asks everything about.
    """
    if already_loaded():
        raise RecordError("L'année d'essai est déjà chargée dans ce registre : il n'y a rien à faire.")
    if Source.objects.exists():
        raise RecordError(
            "Ce registre tient déjà des faits : l'année d'essai, inventée, ne se charge que dans un registre vide."
        )
    with transaction.atomic():
        _write(Book(author), schools)
    return _counts()


def _write(book: Book, rows: Sequence[InventedSchool]) -> None:
    national.annual_lists(book)
    national.regional_lists(book)
    national.calendar(book)
    national.deliver_sheets(book)
    schools = [ordinary.settle_in(book, row, number) for number, row in enumerate(SCHOOLS) if row in rows]
    for school in schools:
        taken_over = stories.INSTEAD_OF.get(school.row.slug, frozenset())
        for name, part in ordinary.PARTS.items():
            if name not in taken_over:
                part(book, school)
    book.write()
    for school in schools:
        if school.row.slug in stories.STORIES:
            stories.STORIES[school.row.slug](book, school)
    book.write()
    national.put_off(book)


def _counts() -> Mapping[str, int]:
    return {
        "schools": models.School.objects.count(),
        "acts": models.Act.objects.count(),
        "sheets": models.Certification.objects.count(),
        "sources": Source.objects.count(),
        "facts": sum(model._default_manager.count() for model in models.DATED),
    }
