"""A filled template into lines to load: rows read one with another, and all that is wrong told at once.

Pure: bytes in, lines and refusals out. What the registry holds already (keys, sources) is given, so that a key which nobody
describes is refused here, with everything else, in one reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from equerre.documents.facts_file.reading import contradictions
from equerre.imports.running import Parsed
from equerre.imports.schools.rows import CellPlace, Files, Rows, SheetRow
from equerre.imports.schools.template import (
    CERTIFICATION,
    IDENTITIES,
    SOURCES,
    TIMES,
    Holds,
    TemplateColumn,
    TemplateSheet,
    sheets,
)
from equerre.imports.spreadsheet import to_come
from equerre.kernel import uai
from equerre.kernel.errors import PeriodError, quoted
from equerre.kernel.french import day
from equerre.kernel.period import Period
from equerre.registry.dated import HELD

SourceValues = tuple[str, str, date | None, str | None, str | None]
_TRUE_DAY = "Écrivez le jour que porte la source."
_MANY = 2_000  # more keys than one looks for a near one among


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, described."""

    place: CellPlace
    key: str
    values: SourceValues


@dataclass(frozen=True, slots=True)
class DescribedLine:
    """A row that names something that exists: a school, a site. ``fixed`` is what never changes about it (its school …)."""

    place: CellPlace
    sheet: str
    key: str
    fixed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: values by field, with keys in place of what they name."""

    place: CellPlace
    sheet: TemplateSheet
    values: Mapping[str, Any]
    many: Mapping[str, tuple[str, ...]]
    valid: Period[date]
    source: str | None
    standing: str

    @property
    def about(self) -> tuple[Any, ...]:
        """What the fact is about: two of these that are held never overlap."""
        assert self.sheet.model is not None
        return tuple(self.values[name] for name in self.sheet.model.OF)


Line = SourceLine | DescribedLine | FactLine


@dataclass(frozen=True, slots=True)
class RegistryKeys:
    """What the registry holds already: keys by sheet, with what never changes about each; sources by key."""

    identities: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    sources: Mapping[str, SourceValues] = field(default_factory=dict)


def parse(given: Files, held: RegistryKeys, *, read_on: date | None = None) -> Parsed[Line]:
    """All the lines of these files, and all that is wrong in them. ``read_on``: no source is dated after it."""
    rows = Rows(given)
    lines = _LinesReader(rows, held, read_on).lines()
    return Parsed(lines, rows.refused, rows.remarks, len({line.place for line in lines}))


class _KeysMet:
    """Keys described in the registry or in these files, as they are met. ``doubtful``: described on a row that was refused."""

    def __init__(self, held: RegistryKeys, unread: set[str]) -> None:
        self.held = held
        self.unread = unread
        self.doubtful: dict[tuple[str, str], CellPlace] = {}
        self.contradicted: set[tuple[str, str]] = set()
        self._found: dict[str, dict[str, Mapping[str, Any]]] = {sheet: {} for sheet in (SOURCES, *IDENTITIES)}

    def add(self, sheet: str, key: str, fixed: Mapping[str, Any]) -> None:
        self._found[sheet][key] = fixed

    def contradict(self, sheet: str, key: str, place: CellPlace) -> None:
        """Two rows of these files describe it otherwise: it is described by none."""
        self.contradicted.add((sheet, key))
        self._found[sheet].pop(key, None)
        self.doubt(sheet, key, place)

    def doubt(self, sheet: str, key: str, place: CellPlace) -> None:
        self.doubtful.setdefault((sheet, key), place)

    def fixed(self, sheet: str, key: str) -> Mapping[str, Any] | None:
        """What never changes about it; None when nobody describes it."""
        held = self.held.identities.get(sheet, {}).get(key)
        return held if held is not None else self._found.get(sheet, {}).get(key)

    def has(self, sheet: str, key: str) -> bool:
        """Is it described? A certification needs not be: its key is a number of the RNCP."""
        if sheet == SOURCES and key in self.held.sources:
            return True
        return sheet == CERTIFICATION or self.fixed(sheet, key) is not None

    def why_not(self, sheet: str, key: str) -> str:
        """The sentence that refuses a key that nobody describes."""
        place = self.doubtful.get((sheet, key))
        title = quoted(sheets()[sheet].title)
        if place is not None:
            return f"{quoted(key)} est refusé plus haut ({place.file}, ligne {place.line})."
        if sheet in self.unread:
            return f"{quoted(key)} : la feuille {title} n'a pas pu être lue."
        keys = [
            *self._found.get(sheet, ()),
            *(self.held.sources if sheet == SOURCES else self.held.identities.get(sheet, ())),
        ]
        near = get_close_matches(key, keys, n=1) if len(keys) < _MANY else []
        advice = f" Vouliez-vous dire {quoted(near[0])} ?" if near else ""
        return f"ni la feuille {title} ni le registre ne décrivent {quoted(key)}.{advice}"

    def school_of(self, row: SheetRow) -> str | None:
        """The school that a row is about, or whose site or course it is about."""
        first = row.sheet.columns[0].key
        own: str | None = row.values.get("school")
        if own is None and first in ("site", "course") and row.values.get(first) is not None:
            own = (self.fixed(first, row.values[first]) or {}).get("school")
        return own


class _LinesReader:
    """The rows, read one with another: sources, then what exists, then facts."""

    def __init__(self, rows: Rows, held: RegistryKeys, read_on: date | None) -> None:
        self._rows = rows
        self._read_on = read_on
        self._known = _KeysMet(held, rows.unread)
        # Where each key of these files was first described.
        self._first: dict[tuple[str, str], SheetRow] = {}

    def lines(self) -> list[Line]:
        """Of lines that contradict each other, nothing says which is right: none is kept, and each is named."""
        described: list[SourceLine | DescribedLine] = [*self._sources(), *self._identities()]
        facts = [line for row in self._telling() if (line := self._fact(row)) is not None]
        kept = [
            line
            for line in described
            if (line.sheet if isinstance(line, DescribedLine) else SOURCES, line.key) not in self._known.contradicted
        ]
        return [*kept, *self._without_shared_number(self._without_overlap(facts))]

    def _complete(self, row: SheetRow) -> bool:
        """Is every needed cell filled? Those that are not are told."""
        for column in row.sheet.columns:
            if column.required and column.key not in row.values:
                self._rows.wrong(row, column.label, "cette cellule est vide, et elle est obligatoire.")
        return row.right

    # --- sources -------------------------------------------------------------------------------------------------------

    def _sources(self) -> Iterator[SourceLine]:
        met: dict[str, SourceLine] = {}
        for row in self._rows.rows:
            if row.sheet.key != SOURCES:
                continue
            line = self._source(row, met)
            if line is not None and line.key not in met:
                met[line.key] = line
                self._first[SOURCES, line.key] = row
                self._known.add(SOURCES, line.key, {})
                yield line
            elif not row.right and row.values.get("key"):
                self._known.doubt(SOURCES, row.values["key"], row.place)

    def _source(self, row: SheetRow, met: Mapping[str, SourceLine]) -> SourceLine | None:
        """A source, which never changes once it is described."""
        if not self._complete(row):
            return None
        said = row.values
        values = (said["publisher"], said["title"], said.get("dated_on"), said.get("url"), said.get("sha256"))
        line = SourceLine(row.place, said["key"], values)
        before, held = met.get(line.key), self._known.held.sources.get(line.key)
        why = to_come(said["dated_on"], self._read_on, _TRUE_DAY) if self._read_on and said.get("dated_on") else ""
        if why:
            self._rows.wrong(row, row.sheet.column("dated_on").label, why)
        if before is not None and before.values != values:
            self._rows.wrong(row, "clé", f"la ligne {before.place.line} décrit autrement la source {quoted(line.key)}.")
            self._contradict(SOURCES, line.key, "clé", row, f"décrit autrement la source {quoted(line.key)}.")
        elif held is not None and held != values:
            self._rows.wrong(
                row,
                "clé",
                f"le registre décrit autrement la source {quoted(line.key)} ({held[0]}, {held[1]}). Une source ne change pas : "
                "donnez une autre clé.",
            )
        return line if row.right else None

    def _contradict(self, sheet: str, key: str, column: str, row: SheetRow, said: str) -> None:
        """Refuse the row that described it first, too."""
        first = self._first.get((sheet, key))
        if first is not None and (sheet, key) not in self._known.contradicted:
            self._rows.wrong(first, column, f"la ligne {row.place.line} {said}")
            self._known.contradict(sheet, key, first.place)

    # --- what exists ---------------------------------------------------------------------------------------------------

    def _identities(self) -> Iterator[DescribedLine]:
        """What exists. Schools come first: sites and courses are theirs."""
        for sheet in IDENTITIES:
            for row in self._rows.rows:
                if row.sheet.key == sheet and row.values.get(row.sheet.columns[0].key) is not None:
                    line = self._identity(row, row.values[row.sheet.columns[0].key])
                    if line is not None:
                        yield line

    def _identity(self, row: SheetRow, key: str) -> DescribedLine | None:
        """What the row names, once it is sure that it exists, whatever its other cells say."""
        sheet, names = row.sheet.key, identity_columns(row.sheet)[1:]
        fixed = {name: row.values[name] for name in names if row.values.get(name) is not None}
        if "school" in fixed and not self._exists(row, row.sheet.column("school"), fixed["school"]):
            self._known.doubt(sheet, key, row.place)
            return None
        if (sheet, key) in self._known.contradicted:
            self._rows.wrong(row, row.sheet.columns[0].label, self._known.why_not(sheet, key))
            return None
        known = self._known.fixed(sheet, key)
        if known is not None:
            self._same(row, key, fixed, known)
            return DescribedLine(row.place, sheet, key, known)
        if "school" in names and "school" not in fixed:
            if "school" not in row.values:
                self._rows.wrong(row, row.sheet.column("school").label, f"l'école de {quoted(key)} manque.")
            self._known.doubt(sheet, key, row.place)
            return None
        whole = {"fictional": False, **fixed} if sheet == "school" else fixed
        self._known.add(sheet, key, whole)
        self._first[sheet, key] = row
        return DescribedLine(row.place, sheet, key, whole)

    def _same(self, row: SheetRow, key: str, fixed: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        for name, value in fixed.items():
            if known.get(name) != value:
                was = known.get(name)
                said = ("oui" if was else "non") if isinstance(was, bool) else str(was)
                self._rows.wrong(
                    row,
                    row.sheet.column(name).label,
                    f"{quoted(key)} est décrit ailleurs avec {quoted(said)}, et cela ne change jamais. Accordez les deux, ou "
                    "prenez une autre clé.",
                )
                said = f"décrit {quoted(key)} autrement, et cela ne change jamais. Accordez les deux."
                self._contradict(row.sheet.key, key, row.sheet.column(name).label, row, said)

    # --- one fact --------------------------------------------------------------------------------------------------------

    def _telling(self) -> Iterator[SheetRow]:
        """The rows that tell a fact: all but those of the sources, and those that only name what exists."""
        for row in self._rows.rows:
            names = identity_columns(row.sheet)
            only_named = row.right and names and names[0] in row.values and not set(row.values) - set(names)
            if row.sheet.key != SOURCES and not only_named:
                yield row

    def _fact(self, row: SheetRow) -> FactLine | None:
        sheet, said = row.sheet, row.values
        self._complete(row)
        self._references(row)
        self._contradictions(row)
        valid = self._valid(row)
        if not row.right:
            return None
        apart = {*TIMES, *identity_columns(sheet)[1:]}
        own = [column for column in sheet.columns if column.key not in apart]
        values = {one.key: said.get(one.key, one.blank) for one in own if one.holds is not Holds.KEYS}
        many = {one.key: said.get(one.key, ()) for one in own if one.holds is Holds.KEYS}
        return FactLine(row.place, sheet, values, many, valid, said.get("source"), said.get("standing", HELD))

    def _references(self, row: SheetRow) -> None:
        """Every key that the row names is described somewhere, and belongs to the same school."""
        own = set(identity_columns(row.sheet))
        for column in row.sheet.columns:
            said = row.values.get(column.key)
            if not column.refers or said is None or column.key in own:
                continue
            for key in said if column.holds is Holds.KEYS else (said,):
                if self._exists(row, column, key):
                    self._same_school(row, column, key)

    def _exists(self, row: SheetRow, column: TemplateColumn, key: str) -> bool:
        if self._known.has(column.refers, key):
            return True
        self._rows.wrong(row, column.label, self._known.why_not(column.refers, key))
        return False

    def _same_school(self, row: SheetRow, column: TemplateColumn, key: str) -> None:
        if column.refers not in ("site", "course"):
            return
        theirs, ours = (self._known.fixed(column.refers, key) or {}).get("school"), self._known.school_of(row)
        if theirs and ours and theirs != ours:
            self._rows.wrong(
                row, column.label, f"{quoted(key)} est de l'école {quoted(theirs)}, et non de {quoted(ours)}."
            )

    def _contradictions(self, row: SheetRow) -> None:
        right = {name: value for name, value in row.values.items() if value is not None}
        for name, sentence in contradictions(row.sheet.key, right):
            self._rows.wrong(row, row.sheet.column(name).label, sentence)
        number, school = right.get("uai"), self._known.school_of(row)
        if (
            number
            and school
            and uai.is_fictional(number)
            and not (self._known.fixed("school", school) or {}).get("fictional")
        ):
            self._rows.wrong(
                row,
                row.sheet.column("uai").label,
                f"{quoted(number)} est un numéro d'école fictive. Écrivez oui dans la colonne « fictive » de l'école.",
            )

    def _valid(self, row: SheetRow) -> Period[date]:
        """``from``, else the day of the event; ``until``, else the day after ``last_day``."""
        said = row.values
        begins: date | str | None = said.get("from") or (said.get(row.sheet.starts) if row.sheet.starts else None)
        last: date | None = said.get("last_day")
        until: date | None = said.get("until")
        label = row.sheet.column("until" if last is None else "last_day").label
        if last is not None and until is not None:
            self._rows.wrong(row, label, "deux fins sont dites. Gardez-en une.")
        start = None if isinstance(begins, str) else begins
        end = until if last is None else last + timedelta(days=1)
        try:
            return Period(start, end)
        except PeriodError:
            assert start is not None
            assert end is not None
            self._rows.wrong(row, label, f"la fin ({day(last or end)}) doit venir après le début ({day(start)}).")
            return Period()

    # --- two facts -----------------------------------------------------------------------------------------------------

    def _without_overlap(self, facts: Sequence[FactLine]) -> Iterator[FactLine]:
        """Two held facts about one thing never share a day: both are refused. A row said twice counts once."""
        same: dict[tuple[Any, ...], list[FactLine]] = {}
        for line in facts:
            if line.standing == HELD:
                same.setdefault((line.sheet.key, *line.about), []).append(line)
        left_out = {id(line) for lines in same.values() if len(lines) > 1 for line in self._overlaps(lines)}
        return (line for line in facts if id(line) not in left_out)

    def _overlaps(self, lines: Sequence[FactLine]) -> Iterator[FactLine]:
        """In order of time, those that begin before the one kept last has ended."""
        ordered = sorted(lines, key=lambda one: (one.valid.start or date.min, one.place.line))
        last, refused = ordered[0], set[int]()
        for line in ordered[1:]:
            if not last.valid.overlaps(line.valid):
                last = line
                continue
            if replace(line, place=last.place) == last:
                self._rows.remarks.append(
                    f"{line.place.file}, ligne {line.place.line} : répète la ligne {last.place.line}."
                )
            else:
                self._rows.refuse(line.place, "", _overlap(line, last))
                if id(last) not in refused:
                    refused.add(id(last))
                    self._rows.refuse(last.place, "", _overlap(last, line))
                    yield last
            yield line

    def _without_shared_number(self, facts: Iterator[FactLine]) -> list[FactLine]:
        """A UAI is the number of one school: two that bear it on the same days are both refused."""
        lines = list(facts)
        bearers: dict[str, list[FactLine]] = {}
        for line in lines:
            if line.standing == HELD and line.values.get("uai"):
                bearers.setdefault(line.values["uai"], []).append(line)
        shared = {id(line) for some in bearers.values() for line in self._sharing(some)}
        return [line for line in lines if id(line) not in shared]

    def _sharing(self, lines: Sequence[FactLine]) -> Iterator[FactLine]:
        for line in lines:
            for other in lines:
                if self._school(line) != self._school(other) and line.valid.overlaps(other.valid):
                    self._rows.refuse(
                        line.place,
                        line.sheet.column("uai").label,
                        f"{quoted(line.values['uai'])} est aussi celui d'une autre école, ligne {other.place.line}. Un UAI est à "
                        "une seule école : gardez le bon.",
                    )
                    yield line
                    break

    def _school(self, line: FactLine) -> object:
        return line.values.get("school") or (self._known.fixed("site", line.values.get("site", "")) or {}).get("school")


def identity_columns(sheet: TemplateSheet) -> list[str]:
    """The columns that say which thing a row describes and what never changes about it; none when it describes nothing."""
    if sheet.identity is None:
        return []
    return [
        sheet.columns[0].key,
        *(f.name for f in sheet.identity._meta.concrete_fields if f.name not in ("id", "key")),
    ]


def _overlap(line: FactLine, other: FactLine) -> str:
    return (
        f"cette ligne ({_days(line)}) et la ligne {other.place.line} ({_days(other)}) portent sur le même objet et les mêmes "
        "jours. Finissez l'une avant que l'autre commence."
    )


def _days(line: FactLine) -> str:
    start = f"depuis le {day(line.valid.start)}" if line.valid.start else "depuis toujours"
    return f"{start} et jusqu'au {day(line.valid.end)} exclu" if line.valid.end else start
