"""The "kit apprentissage": which sheet of the RNCP answers to which diploma code (CFD) of the Education ministry. CSV or XLSX.

Published by France compétences, then since October 2023 by Certif Info (Carif-Oref network and Onisep). Thirty-odd vintages, and
as many habits: the header stands on the first row or the second, its titles move ("CodeRNCP", "Code RNCP", "Fiche RNCP",
"FicheRNCP"), there are five, seven, nine or seventeen columns; the workbook has working sheets beside the table; ``NR`` means
that a code has no sheet; a cell names several successors with « | »; days are text, and now and then a number.

Old vintages say neither state nor end: they give codes, no sheet. Those of nine columns give no title of the sheet: the title of
its first diploma code stands in. Truth: the vintages of 25 June 2024 and 31 January 2025, read whole; the headers of the others.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice

from equerre.imports import archive, spreadsheet
from equerre.imports.report import Refused
from equerre.imports.rncp.sheet import (
    LEFT_OUT,
    NEEDED_ALIKE,
    SheetRead,
    differing,
    read,
    several,
    without,
)
from equerre.imports.running import Parsed
from equerre.imports.spreadsheet import Cells, FileRefused, Header, Remarks, TableRow, key
from equerre.imports.workbook_guard import workbook
from equerre.kernel import cfd, rncp
from equerre.kernel.errors import IdentifierError, quoted
from equerre.kernel.french import listed

PUBLISHER = "Certif Info"
TITLE = "kit apprentissage"

# Every title that a column has borne, by field. Compared without case, accents, blanks and signs.
HEADERS: Mapping[str, Sequence[str]] = {
    "cfd": ("Code Diplôme", "CodeDiplome", "Code formation diplôme", "CFD"),
    "diploma": ("Intitulé diplôme (DEPP)", "Intitulé Diplôme", "Intitulé certification"),
    "rncp": ("FicheRNCP", "Fiche RNCP", "Code RNCP", "CodeRNCP", "Code fiche RNCP"),
    "level": ("Niveau fiche RNCP", "Niveau de formation", "Niveau2019", "Niveau"),
    "name": ("Abrégé de diplôme (RNCP)", "Abrégé de diplôme", "type Diplôme"),
    "updated": ("Dernière MaJ", "DerniereMaJ"),
    "apprenticeship": (
        "Accès à l'apprentissage de la fiche RNCP (oui/non)",
        "Accès à l'apprentissage de la fiche RNCP",
    ),
    "ends_on": ("Date d'échéance de la fiche RNCP", "Date d'échéance"),
    "state": ("Fiche ACTIVE/INACTIVE", "Fiche RNCP active/inactive"),
    "title": ("Intitulé certification (RNCP)",),
    "registration": ("Type d'enregistrement",),
    "published_on": ("Date de publication de la fiche (enregistrement de droit)", "Date de publication de la fiche"),
    "decided_on": ("Date de décision (enregistrement sur demande)", "Date de décision"),
    "effect_on": (
        "Date de début des parcours certifiants (enregistrement de droit)",
        "Date de début des parcours certifiants",
    ),
    "last_issue_on": ("Date limite de la délivrance", "Date limite de délivrance"),
    "successors": ("Nouvelle Certification rempla (RNCP)", "Nouvelle Certification (RNCP)", "Nouvelle Certification"),
    "predecessors": ("Ancienne Certification (RNCP)", "Ancienne Certification"),
}
NEEDED = ("cfd", "rncp")
# The working sheet of corrections repeats all the columns of the table: this one tells them apart.
_CORRECTIONS = key("Type de correction")
NONE = "NR"


def parse(data: bytes, file: str) -> Parsed[SheetRead]:
    """The sheets of one vintage, in order. Never raises: what is wrong is refused, with its place."""
    remarks = Remarks()
    said: list[str] = []
    try:
        rows, header = _table(data, file, said)
        reading = _KitReader(file, header, remarks)
        sheets = reading.sheets(rows)
        if not sheets and not reading.refused:
            raise FileRefused(file, "la table est vide : le fichier a sans doute été coupé.")
    except FileRefused as error:
        return Parsed((), [error.refused], said)
    return Parsed(sheets, reading.refused, [*said, *remarks.sentences()])


def is_kit(titles: Iterable[str]) -> bool:
    """Are these titles of columns those of the table?"""
    found = {key(title) for title in titles}
    return all(found & {key(name) for name in HEADERS[field]} for field in NEEDED)


# --- The table --------------------------------------------------------------------------------------------------------


def _table(data: bytes, file: str, said: list[str]) -> tuple[Iterator[TableRow], Header]:
    if data.startswith(archive.MAGIC):
        return _in_workbook(workbook(data, file), file, said)
    rows, remarks = spreadsheet.csv_rows(io.BytesIO(data), file)
    said += remarks
    first = list(islice(rows, spreadsheet.HEADER_WITHIN))
    header = spreadsheet.header(first, HEADERS, NEEDED, file)
    if header is None:
        raise FileRefused(file, _NOT_A_KIT)
    return _under(chain(first, rows), header, said), header


_NOT_A_KIT = (
    "on n'y trouve ni la colonne des codes de diplôme (« Code Diplôme ») ni celle des fiches (« FicheRNCP ») : ce n'est pas le "
    "kit apprentissage, ou son en-tête a changé."
)


def _in_workbook(
    sheets: Mapping[str, Sequence[TableRow]], file: str, said: list[str]
) -> tuple[Iterator[TableRow], Header]:
    """The sheet that is the table: it has its columns, and is not the list of corrections."""
    found: dict[str, Header] = {}
    for name, rows in sheets.items():
        header = spreadsheet.header(rows, HEADERS, NEEDED, file)
        if header is not None and not any(key(title) == _CORRECTIONS for title in header.unknown):
            found[name] = header
    if not found:
        raise FileRefused(file, f"aucune feuille de ce classeur n'est la table : {_NOT_A_KIT}")
    if len(found) > 1:
        named = {name: header for name, header in found.items() if key(name).startswith(key(TITLE))}
        found = named or found
    if len(found) > 1:
        names = ", ".join(quoted(name) for name in found)
        raise FileRefused(file, f"plusieurs feuilles ont les colonnes de la table ({names}) : n'en gardez qu'une.")
    ((name, header),) = found.items()
    if len(sheets) > 1:
        said.append(f"La table est la feuille {quoted(name)} ; les autres ne sont pas lues.")
    return _under(sheets[name], header, said), header


def _under(rows: Iterable[TableRow], header: Header, said: list[str]) -> Iterator[TableRow]:
    if header.unknown:
        said.append(spreadsheet.unread(header.unknown))
    return (row for row in rows if row.line > header.line and not row.blank)


# --- Its rows ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _KitReader:
    """The rows of the table, gathered by sheet."""

    file: str
    header: Header
    remarks: Remarks
    refused: list[Refused] = field(default_factory=list)
    _found: dict[str, SheetRead] = field(default_factory=dict)
    _codes: dict[str, dict[str, None]] = field(default_factory=dict)
    # Sheets of which two lines say what cannot be kept alike: neither is.
    _contradicted: set[str] = field(default_factory=set)

    def sheets(self, rows: Iterable[TableRow]) -> list[SheetRead]:
        for row in rows:
            cells = _KitCells(row, self.header, self.file)
            if cells.whole():
                self._row(cells)
            self.refused += cells.refused
        return [
            replace(sheet, cfd=tuple(self._codes[code]))
            for code, sheet in self._found.items()
            if code not in self._contradicted
        ]

    def _row(self, cells: Cells) -> None:
        written = cells.code("rncp")
        if written.upper() == NONE:
            self.remarks.note("Codes de diplôme sans fiche RNCP (NR), laissés de côté", cells.shown("cfd"))
            return
        said = cells.code("cfd")
        code, diploma = _identifier(cells, "rncp", written), _identifier(cells, "cfd", said)
        if cells.refused:
            return
        for before, after in ((written, code), (said, diploma)):
            if before != after and before.upper() != before:
                self.remarks.note("Numéros lus en majuscules", f"{quoted(before)}, ligne {cells.line}")
        sheet = self._sheet(cells, code)
        if not cells.refused:
            self._add(cells, sheet, diploma)

    def _add(self, cells: Cells, sheet: SheetRead, diploma: str) -> None:
        first = self._found.setdefault(sheet.code, sheet)
        if first is not sheet:
            wrong = differing(first, sheet, NEEDED_ALIKE)
            if wrong:
                self._contradict(cells, first, listed([NEEDED_ALIKE[name] for name in wrong]))
                return
            self._found[sheet.code] = self._alike(first, sheet)
        codes = self._codes.setdefault(sheet.code, {})
        if diploma in codes:
            self.remarks.note("Couples code–fiche écrits deux fois, gardés une fois", f"{diploma}–{sheet.code}")
        codes[diploma] = None

    def _contradict(self, cells: Cells, first: SheetRead, said: str) -> None:
        """Nothing says which line is right: both are refused, and named."""
        column = self.header.titles["rncp"]
        if first.code not in self._contradicted:
            self._contradicted.add(first.code)
            self.refused.append(Refused(self.file, first.line, column, _elsewhere(first.code, cells.line, said)))
        cells.refuse("rncp", _elsewhere(first.code, first.line, said))

    def _alike(self, first: SheetRead, other: SheetRead) -> SheetRead:
        """What both lines say; of the rest, nothing. Each names its successors, and none takes one away."""
        doubtful = differing(first, other, LEFT_OUT)
        for name in doubtful:
            self.remarks.note(
                f"Fiches dont deux lignes se contredisent sur {LEFT_OUT[name]} (rien n'en est retenu)", first.code
            )
        successors = tuple(dict.fromkeys((*first.successors, *other.successors)))
        return replace(without(first, doubtful), successors=successors)

    def _sheet(self, cells: Cells, code: str) -> SheetRead:
        sheet = read(cells, code, self._title(cells), self.remarks, self._successors(cells, code))
        for one in cells.counted:
            self.remarks.note("Dates écrites comme un tableur les compte, lues en jours", f"{code} {one}")
        return sheet

    def _title(self, cells: Cells) -> str:
        title = cells.text("title")
        if title or "title" in self.header.columns:
            if not title:
                cells.refuse("title", "la fiche n'a pas d'intitulé.")
            return title
        self.remarks.note(
            "La livraison ne donne pas l'intitulé des fiches : celui de leur premier code de diplôme en tient lieu",
            cells.code("rncp"),
        )
        return cells.text("diploma") or cells.code("rncp")

    def _successors(self, cells: Cells, code: str) -> tuple[str, ...]:
        kept: dict[str, None] = {}
        for one in several(cells.code("successors")):
            if one.startswith("RS"):
                self.remarks.note("Suites dans le répertoire spécifique (RS), laissées de côté", f"{code} et {one}")
            elif one != code:
                kept[_identifier(cells, "successors", one)] = None
        return tuple(kept)


class _KitCells(Cells):
    """Old vintages write « NR » where there is no day."""

    __slots__ = ()

    def day(self, field: str) -> date | None:
        cell = self._cell(field)
        return None if isinstance(cell, str) and cell.strip().upper() == NONE else super().day(field)


def _elsewhere(code: str, line: int, said: str) -> str:
    return f"la fiche {code} est aussi dite ligne {line}, autrement : {said}. Retirez la ligne qui est fausse."


# The shapes of ``kernel.rncp`` and ``kernel.cfd``, for the thousands of codes of a vintage that are right.
_SHEET = re.compile("RNCP[1-9][0-9]{2,4}")
_SHAPES = {"cfd": re.compile("[0-9]{2}[0-9A-Z]{6}"), "rncp": _SHEET, "successors": _SHEET}


def _identifier(cells: Cells, field: str, written: str) -> str:
    if not written:
        if not cells.wrong(field):
            cells.refuse(field, "cette cellule est vide.")
        return ""
    if _SHAPES[field].fullmatch(written):
        return written
    try:
        return cfd.validate(written) if field == "cfd" else rncp.validate(written)
    except IdentifierError as error:
        cells.refuse(field, str(error))
        return ""
