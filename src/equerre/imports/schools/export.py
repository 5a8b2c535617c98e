"""What is held about the schools, as the filled template: read into an empty registry, it gives the same findings.

What is held now, or was held at an instant; also the proposals that wait, since a finding says that it is contested. Of the RNCP,
only the sheets that the schools prepare and those that these sheets name. Neither the history of knowledge, nor authors, nor
private notes go out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from equerre.imports.schools.book import Filled
from equerre.imports.schools.reading import identity_columns
from equerre.imports.schools.template import ALWAYS, CERTIFICATION, IDENTITIES, SOURCES, Holds, TemplateSheet, sheets
from equerre.registry import models
from equerre.registry.dated import PROPOSED, Source, known

Rows = list[dict[str, Any]]


def filled(known_at: datetime | None = None) -> list[Filled]:
    """Every sheet of the template, filled with what was held at an instant (None: what is held now)."""
    export = _Export(known_at)
    tables = {key: export.rows(sheet) for key, sheet in sheets().items() if key != SOURCES}
    for key in IDENTITIES:
        tables[key] += export.unsaid(sheets()[key], tables[key])
    sources = _sources({row["source"] for rows in tables.values() for row in rows if "source" in row})
    return [Filled(sheet, sources if key == SOURCES else tables[key]) for key, sheet in sheets().items()]


def _sources(keys: set[str]) -> Rows:
    """The sources that the rows cite."""
    columns = [column.key for column in sheets()[SOURCES].columns]
    rows = Source.objects.order_by("id").values_list(*columns)
    return [dict(zip(columns, row, strict=True)) for row in rows if row[0] in keys]


class _Export:
    """One export: what was known at one instant."""

    def __init__(self, known_at: datetime | None) -> None:
        self._known_at = known_at
        self._codes = self._prepared()

    def rows(self, sheet: TemplateSheet) -> Rows:
        """The rows of one sheet, by what they are about, then in the order of time."""
        assert sheet.model is not None
        columns = [column.key for column in sheet.columns if column.key in _stored(sheet)]
        many = {column.key: self._many(sheet, column.key) for column in sheet.columns if column.holds is Holds.KEYS}
        times = ("pk", "valid_from", "valid_until", "standing", "source__key")
        asked = [_path(sheet, name) for name in columns]
        found: Rows = []
        for row in self._known(sheet).order_by("id").values_list(*times, *asked):
            values = dict(zip(columns, row[len(times) :], strict=True))
            values.update({name: named.get(row[0], ()) for name, named in many.items()})
            found.append(values | dict(_said(sheet, values, row)))
        # By what they are about, never in the order in which they were written here.
        first, *others = (name for name in columns if name in sheet.model.OF or name == sheet.columns[0].key)
        return sorted(found, key=lambda row: [str(row[name] or "") for name in (first, "from", *others)])

    def unsaid(self, sheet: TemplateSheet, rows: Rows) -> Rows:
        """What exists and of which nothing is held: named, so that what cites it finds it."""
        name = sheet.columns[0].key
        told = {row[name] for row in rows}
        assert sheet.identity is not None
        columns = identity_columns(sheet)
        asked = ["key", *(f"{one}__key" if one == "school" else one for one in columns[1:])]
        identities = sheet.identity._default_manager.order_by("id").values_list(*asked)
        return [dict(zip(columns, row, strict=True)) for row in identities if row[0] not in told]

    def _known(self, sheet: TemplateSheet) -> QuerySet[Any]:
        assert sheet.model is not None
        rows: QuerySet[Any] = sheet.model.objects.held_or_proposed(self._known_at)
        if sheet.columns[0].refers == CERTIFICATION:
            rows = rows.filter(**{f"{CERTIFICATION}__key__in": self._codes})
        return rows

    def _many(self, sheet: TemplateSheet, name: str) -> Mapping[int, tuple[str, ...]]:
        """The keys that each row names, in the order in which it names them."""
        assert sheet.model is not None
        through = getattr(sheet.model, name).through
        source, target = (f.name for f in through._meta.fields[1:3])
        rows = through._default_manager.filter(known(self._known_at, f"{source}__")).order_by("id")
        found: dict[int, list[str]] = defaultdict(list)
        for row, key in rows.values_list(f"{source}_id", f"{target}__key"):
            found[row].append(key)
        return {row: tuple(keys) for row, keys in found.items()}

    def _prepared(self) -> set[str]:
        """The sheets that courses prepare, and those that these sheets name as what follows them."""
        courses = models.CourseDetails.objects.held_or_proposed(self._known_at)
        codes = set(courses.values_list("certification__key", flat=True))
        prepared = models.CertificationSheet.objects.held_or_proposed(self._known_at).filter(
            certification__key__in=codes
        )
        return codes | set(prepared.filter(successors__isnull=False).values_list("successors__key", flat=True))


def _stored(sheet: TemplateSheet) -> set[str]:
    """The columns that are one column of the table, or of the identity that the row describes."""
    assert sheet.model is not None
    own = {f.name for f in sheet.model._meta.concrete_fields if f.name not in ("source", "standing")}
    return own | set(identity_columns(sheet))


def _path(sheet: TemplateSheet, name: str) -> str:
    """Where a column is found from the row."""
    column = sheet.column(name)
    if name in identity_columns(sheet)[1:]:
        return f"{sheet.columns[0].key}__{name}" + ("__key" if column.holds is Holds.KEY else "")
    return f"{name}__key" if column.holds is Holds.KEY else name


def _said(sheet: TemplateSheet, values: Mapping[str, Any], row: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    _, start, end, standing, source = row[:5]
    event = values.get(sheet.starts) if sheet.starts else None
    yield "from", ALWAYS if start is None and event is not None else start
    yield "until", end
    yield "source", source
    yield "standing", standing if standing == PROPOSED else None
