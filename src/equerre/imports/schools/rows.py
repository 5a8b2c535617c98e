"""The files of a filled template into rows: each cell read for its column, and what is wrong told by sheet, row and column.

A workbook, or a folder of CSV files that bear the keys (or the titles) of the sheets. The first row that holds something names
the columns, by key or by French label; a second row that names the same ones again is passed over. Nothing looks at two rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from equerre.documents.facts_file.values import Wrong
from equerre.imports import spreadsheet
from equerre.imports.report import Refused
from equerre.imports.schools.cells import blank, read
from equerre.imports.schools.template import Holds, TemplateColumn, TemplateSheet, sheets
from equerre.imports.spreadsheet import Cell, FileRefused
from equerre.imports.spreadsheet import key as bare
from equerre.imports.workbook_guard import UNPACKED, workbook
from equerre.kernel.errors import quoted
from equerre.kernel.invisible import OTHER_ALPHABET, foreign_said

GUIDE = "Mode d'emploi"
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a row stands."""

    file: str
    line: int


@dataclass(slots=True)
class SheetRow:
    """One row: what its filled cells say, by column (None for one that was refused), and whether it is right so far."""

    place: CellPlace
    sheet: TemplateSheet
    values: dict[str, Any] = field(default_factory=dict)
    right: bool = True


@dataclass(frozen=True, slots=True)
class _SheetTable:
    """A sheet as it stands in a file: the name a refusal gives it, its title, its rows that are not blank."""

    name: str
    title: str
    rows: Sequence[spreadsheet.TableRow]

    @property
    def sheet(self) -> TemplateSheet | None:
        """The sheet of the template that it is, by title or by key."""
        wanted = bare(self.title)
        return next((sheet for sheet in sheets().values() if wanted in (bare(sheet.key), bare(sheet.title))), None)


def files(path: Path) -> dict[str, bytes]:
    """The bytes of a workbook, of one CSV, or of every CSV of a folder. Raises :class:`FileRefused` for one that is too large."""
    found = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    for one in found:
        if one.stat().st_size > UNPACKED:
            raise FileRefused(one.name, "ce fichier est démesuré : ce n'est pas un modèle rempli.")
    return {one.name: one.read_bytes() for one in found}


class Rows:
    """The rows of these files, in the order of the template, and all that is wrong in them one by one.

    ``unread`` are the sheets that are there and could not be read.
    """

    def __init__(self, given: Files) -> None:
        self.refused: list[Refused] = []
        self.remarks: list[str] = []
        self.unread: set[str] = set()
        self.rows: list[SheetRow] = []
        tables = self._tables(given)
        for key, sheet in sheets().items():
            if key in tables:
                self._read(sheet, tables[key])

    def wrong(self, row: SheetRow, column: str, sentence: str) -> None:
        """Refuse a row."""
        row.right = False
        self.refuse(row.place, column, sentence)

    def refuse(self, place: CellPlace, column: str, sentence: str) -> None:
        """Note what is wrong somewhere."""
        self.refused.append(Refused(place.file, place.line, column, sentence))

    # --- files and sheets ----------------------------------------------------------------------------------------------

    def _tables(self, given: Files) -> dict[str, _SheetTable]:
        """Every table that is a sheet of the template, by key."""
        found: dict[str, _SheetTable] = {}
        if not given:
            self.refuse(CellPlace("le dossier", 0), "", "il ne contient aucun fichier CSV.")
        for table in (table for file, data in given.items() for table in self._opened(file, data)):
            sheet = table.sheet
            if sheet is None:
                self._stray(table)
            elif sheet.key in found:
                self.refuse(CellPlace(table.name, 0), "", f"la feuille {quoted(sheet.title)} est donnée deux fois.")
            else:
                found[sheet.key] = table
        return found

    def _opened(self, file: str, data: bytes) -> Iterator[_SheetTable]:
        try:
            yield from self._workbook(file, data) if not file.lower().endswith(".csv") else self._csv(file, data)
        except FileRefused as error:
            self.refused.append(error.refused)

    def _workbook(self, file: str, data: bytes) -> Iterator[_SheetTable]:
        for title, rows in workbook(data, file).items():
            yield _SheetTable(f"{file}, feuille {quoted(title)}", title, _filled(rows))

    def _csv(self, file: str, data: bytes) -> Iterator[_SheetTable]:
        if data.startswith(b"PK"):
            raise FileRefused(file, "ce n'est pas un CSV mais un classeur : donnez-lui un nom qui finit par .xlsx.")
        rows, remarks = spreadsheet.csv_rows(io.BytesIO(data), file)
        self.remarks += remarks
        yield _SheetTable(file, Path(file).stem, _filled(rows))

    def _stray(self, table: _SheetTable) -> None:
        """A sheet that is not of the template: nothing is read past it in silence, unless it is blank."""
        if bare(table.title) == bare(GUIDE):
            return
        if not table.rows:
            self.remarks.append(f"{table.name} est vide : passée.")
            return
        titles = {bare(sheet.title): sheet.title for sheet in sheets().values()}
        near = get_close_matches(bare(table.title), list(titles), n=1)
        advice = f"Vouliez-vous dire {quoted(titles[near[0]])} ?" if near else "Retirez-la, ou prenez un nom du modèle."
        self.refuse(CellPlace(table.name, 0), "", f"cette feuille n'est pas du modèle. {advice}")

    # --- one sheet -----------------------------------------------------------------------------------------------------

    def _read(self, sheet: TemplateSheet, table: _SheetTable) -> None:
        if not table.rows:
            return
        header, *rows = table.rows
        columns = self._columns(CellPlace(table.name, header.line), sheet, header.cells)
        if columns is None:
            self.unread.add(sheet.key)
            return
        if rows and _names_again(columns, rows[0].cells):
            rows = rows[1:]
        for row in rows:
            self._row(SheetRow(CellPlace(table.name, row.line), sheet), columns, row.cells)

    def _columns(
        self, place: CellPlace, sheet: TemplateSheet, header: Sequence[Cell]
    ) -> list[TemplateColumn | None] | None:
        """The column of each place, by its key or its label; None when the sheet cannot be read so."""
        before = len(self.refused)
        found: list[TemplateColumn | None] = []
        for cell in header:
            column = None if blank(cell) else self._named(place, sheet, str(cell))
            if column is not None and column in found:
                self.refuse(place, str(cell), "cette colonne est donnée deux fois.")
            found.append(column)
        for column in sheet.columns:
            if column.required and column not in found:
                self.refuse(place, column.label, "cette colonne manque.")
        return found if len(self.refused) == before else None

    def _named(self, place: CellPlace, sheet: TemplateSheet, said: str) -> TemplateColumn | None:
        names = {bare(name): column for column in sheet.columns for name in (column.key, column.label)}
        found = names.get(bare(said))
        if found is None:
            near = get_close_matches(bare(said), list(names), n=1)
            advice = (
                f"Vouliez-vous dire {quoted(names[near[0]].label)} ?" if near else "Voyez le modèle, ou retirez-la."
            )
            self.refuse(place, said, f"cette colonne n'est pas du modèle. {advice}")
        return found

    def _row(self, row: SheetRow, columns: Sequence[TemplateColumn | None], cells: Sequence[Cell]) -> None:
        for place, cell in enumerate(cells):
            column = columns[place] if place < len(columns) else None
            if blank(cell):
                continue
            if column is None:
                self.wrong(row, "", f"{quoted(str(cell))} n'est sous aucun titre de colonne.")
            else:
                self._cell(row, column, cell)
        self.rows.append(row)

    def _cell(self, row: SheetRow, column: TemplateColumn, cell: Cell) -> None:
        try:
            found = row.values[column.key] = read(column, cell)
            if isinstance(cell, str) and isinstance(found, str) and column.holds in (Holds.TEXT, Holds.KEY):
                said, place = "".join(cell.split()), f"{row.place.file}, ligne {row.place.line}, colonne {column.label}"
                if found != said and found == said.upper():
                    self.remarks.append(f"{place} : {quoted(cell.strip())}, lu en majuscules.")
                if seen := foreign_said(found):
                    self.remarks.append(f"{place} : {seen}. {OTHER_ALPHABET}.")
        except Wrong as wrong:
            row.values[column.key] = None
            self.wrong(row, column.label, str(wrong))


def _filled(rows: Iterator[spreadsheet.TableRow] | Sequence[spreadsheet.TableRow]) -> list[spreadsheet.TableRow]:
    return [row for row in rows if not row.blank]


def _names_again(columns: Sequence[TemplateColumn | None], cells: Sequence[Cell]) -> bool:
    """Is this row, under the first, the French labels (or the keys) of the same columns?"""
    said = [(column, cell) for column, cell in zip(columns, cells, strict=False) if not blank(cell)]
    return all(column and bare(str(cell)) in (bare(column.key), bare(column.label)) for column, cell in said)
