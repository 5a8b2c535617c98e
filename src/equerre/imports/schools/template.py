"""The template in which one brings one's own schools: its sheets, and the columns of each.

Drawn from the models of the registry, so that it cannot drift from what is held, and from the declarations of ``facts``, which
say what a field means, which forms and which few values it takes: one sheet for each kind of dated row, and one for the sources.
A column has a stable English key (``siret``) and a French label (« SIRET »); both are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from django.db import models as db

from equerre.documents.facts_file.shape import SOURCE
from equerre.facts import KEPT
from equerre.facts.kind import Field, Kind
from equerre.registry import models
from equerre.registry.dated import HELD, PROPOSED, STANDINGS, Dated, Source, value_fields

ALWAYS = "toujours"  # in « vrai depuis » : no first day is known, even when the fact is an event


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "texte"
    NUMBER = "nombre entier"
    YES_NO = "oui ou non"
    DAY = "date"
    CHOICE = "un mot de la liste"
    KEY = "clé"
    KEYS = "clés, séparées par une barre |"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column. ``refers`` is the sheet where the key that it holds is described; ``shape`` the form of its values."""

    key: str
    label: str
    holds: Holds
    required: bool = False
    shape: Field | None = None
    refers: str = ""
    longest: int | None = None
    largest: int | None = None
    lines: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    blank: object = None
    hint: str = ""
    example: object = None


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One sheet: the kind of row it holds (none for the sources), and the identity that its rows describe, if any."""

    key: str
    title: str
    about: str
    columns: tuple[TemplateColumn, ...]
    model: type[Dated] | None = None
    identity: type[models.Identity] | None = None
    starts: str = ""

    def column(self, key: str) -> TemplateColumn:
        return next(column for column in self.columns if column.key == key)


# The identity that each sheet describes. A certification is made by whoever names it: its key is a number of the RNCP.
IDENTITIES: Mapping[str, type[models.Identity]] = {
    "school": models.School,
    "managing_body": models.ManagingBody,
    "site": models.Site,
    "course": models.Course,
    "act": models.Act,
}
CERTIFICATION = "certification"
SOURCES = "sources"

_LARGEST: Mapping[type[db.Field[Any, Any]], int] = {
    db.PositiveSmallIntegerField: 32_767,
    db.PositiveIntegerField: 2_147_483_647,
    db.BigIntegerField: 2**53 - 1,
}

_TIMES = (
    TemplateColumn(
        "from",
        "vrai depuis le",
        Holds.DAY,
        hint=f"vide : le jour de l'événement s'il y en a un ; {ALWAYS} : sans début",
    ),
    TemplateColumn("until", "n'est plus vrai à partir du", Holds.DAY, hint="vide : on n'en connaît pas la fin"),
    TemplateColumn(
        "last_day", "dernier jour inclus", Holds.DAY, hint="à la place de la colonne d'avant, si vous préférez"
    ),
)
_SAID = (
    TemplateColumn("source", "source (clé)", Holds.KEY, refers=SOURCES, hint="vide : ce fichier est la source"),
    TemplateColumn(
        "standing",
        "tenu ou proposé",
        Holds.CHOICE,
        choices={one: STANDINGS[one] for one in (HELD, PROPOSED)},
        blank=HELD,
        hint="vide : tenu ; proposé : une source contredit ce que l'on tient, quelqu'un tranchera",
    ),
)
TIMES = tuple(column.key for column in (*_TIMES, *_SAID))


@cache
def sheets() -> Mapping[str, TemplateSheet]:
    """Every sheet by its key, in the order of the template."""
    return {SOURCES: _sources(), **{KEPT[model.KIND].sheet: _sheet(model) for model in models.DATED}}


def _sources() -> TemplateSheet:
    longest = {f.name: f.max_length for f in Source._meta.concrete_fields}
    columns = (
        TemplateColumn(
            name,
            str(Source._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            Holds.DAY if shape.base is date else Holds.TEXT,
            shape.required,
            shape,
            longest=longest[name],
            example=_SOURCE_EXAMPLE.get(name),
        )
        for name, shape in {"key": Field("sources", "key", str), **SOURCE}.items()
    )
    return TemplateSheet(
        SOURCES, "Sources", "D'où l'on tient les faits : un papier, un fichier, une publication.", tuple(columns)
    )


_SOURCE_EXAMPLE: Mapping[str, object] = {
    "key": "arrete-12",
    "publisher": "Ministère chargé de l'éducation nationale",
    "title": "Arrêté fictif FICTIF-12",
    "dated_on": date(2024, 6, 10),
}


def _sheet(model: type[Dated]) -> TemplateSheet:
    kind = KEPT[model.KIND]
    return TemplateSheet(
        kind.sheet,
        kind.title,
        kind.about,
        tuple(_columns(kind, model)),
        model,
        IDENTITIES.get(kind.sheet),
        kind.starts,
    )


def _columns(kind: Kind, model: type[Dated]) -> Iterator[TemplateColumn]:
    """What the row is about, what belongs to its identity, what it says, its days, its source."""
    names = list(dict.fromkeys((*model.OF, *value_fields(model))))
    about, others = names[: len(model.OF)], names[len(model.OF) :]
    for name in about:
        yield _column(kind, model._meta.get_field(name))
    if kind.sheet in IDENTITIES:
        for f in IDENTITIES[kind.sheet]._meta.concrete_fields:
            if f.name not in ("id", "key"):
                yield _column(kind, f, required=False)
    for name in others:
        yield _column(kind, model._meta.get_field(name))
    for many in model._meta.many_to_many:
        yield _column(kind, many, required=False)
    yield from _TIMES
    yield from _SAID


def _column(kind: Kind, of: Any, *, required: bool | None = None) -> TemplateColumn:
    """One column of the register, with what is declared of it; an owner or a name of another row may have no declaration."""
    field = kind.column(of.name)
    holds = _holds(of)
    return TemplateColumn(
        of.name,
        f"{of.verbose_name} (clé)" if holds is Holds.KEY else str(of.verbose_name),
        holds,
        not (of.null or of.has_default() or of.blank) if required is None else required,
        field,
        _refers(of),
        getattr(of, "max_length", None),
        _LARGEST.get(type(of)),
        isinstance(of, db.TextField),
        {value: field.choices.get(value, value) if field else value for value, _ in of.choices or ()},
        None if of.many_to_many else of.get_default(),
        (field.sheet_hint or field.hint) if field else "",
        (field.example if field.sheet_example is None else field.sheet_example) if field else None,
    )


def _holds(of: Any) -> Holds:
    if of.many_to_many:
        return Holds.KEYS
    if of.many_to_one:
        return Holds.KEY
    if of.choices:
        return Holds.CHOICE
    if isinstance(of, db.BooleanField):
        return Holds.YES_NO
    if isinstance(of, db.DateField):
        return Holds.DAY
    return Holds.NUMBER if isinstance(of, db.IntegerField) else Holds.TEXT


def _refers(of: Any) -> str:
    target = of.related_model
    if target is models.Certification:
        return CERTIFICATION
    return next((key for key, identity in IDENTITIES.items() if identity is target), "")
