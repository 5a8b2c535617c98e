"""The CSV export of the répertoires by France compétences: ten tables, in a zip or a folder.

Truth: the export of 22 February 2024.
Each table is known by its columns, never by its name: names come with accents composed or decomposed. Three are read: *Standard*
(the sheet), *Blocs de compétences*, *Ancienne/Nouvelle* (who replaces whom). The seven others must be whole too, since a table
cut short is a delivery cut short; their SIRET, led by a tab, are looked at. Sheets of the répertoire spécifique (RS) are another
register and are left aside. "Date_dernier_jo" is the last order, not the first: it starts nothing.

A sheet that says it replaces another, which does not say so, is told in the remarks: a successor is named by the sheet itself.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from equerre.imports import spreadsheet
from equerre.imports.report import Refused
from equerre.imports.rncp.sheet import TWO_TITLES, SheetRead, read, several
from equerre.imports.running import Parsed
from equerre.imports.spreadsheet import Cells, FileRefused, Header, Remarks, TableRow, key, without_code
from equerre.kernel import rncp, rncp_block, siret
from equerre.kernel.errors import IdentifierError
from equerre.kernel.french import listed

PUBLISHER = "France compétences"
TITLE = "export CSV des fiches"

STANDARD, BLOCKS, CHAIN = "Standard", "Blocs de compétences", "Ancienne/Nouvelle"
# By table, the columns that tell it from the others; every field that we read, with its column.
SIGNATURES: Mapping[str, Sequence[str]] = {
    STANDARD: ("Numero_Fiche", "Intitule", "Actif"),
    BLOCKS: ("Numero_Fiche", "Bloc_Competences_Code"),
    CHAIN: ("Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification"),
    "CCN": ("Numero_Fiche", "Ccn_1_Numero"),
    "Certificateurs": ("Numero_Fiche", "Siret_Certificateur"),
    "Formacode": ("Numero_Fiche", "Formacode_Code"),
    "Nsf": ("Numero_Fiche", "Nsf_Code"),
    "Partenaires": ("Numero_Fiche", "Siret_Partenaire"),
    "Rome": ("Numero_Fiche", "Codes_Rome_Code"),
    "Voies d'accès": ("Numero_Fiche", "Si_Jury"),
}
NEEDED = (STANDARD, BLOCKS, CHAIN)
_FIELDS: Mapping[str, Sequence[str]] = {
    "rncp": ("Numero_Fiche",),
    "title": ("Intitule",),
    "name": ("Abrege_Libelle",),
    "level": ("Nomenclature_Europe_Niveau",),
    "decided_on": ("Date_Decision",),
    "ends_on": ("Date_Fin_Enregistrement",),
    "effect_on": ("Date_Effet",),
    "last_issue_on": ("Date_Limite_Delivrance",),
    "published_on": ("Date_De_Publication", "Date_Publication"),
    "registration": ("Type_Enregistrement",),
    "state": ("Actif",),
    "block": ("Bloc_Competences_Code",),
    "block_title": ("Bloc_Competences_Libelle",),
    "old": ("Ancienne_Certification",),
    "new": ("Nouvelle_Certification",),
    "siret": ("Siret_Certificateur", "Siret_Partenaire"),
}
_OTHER_REGISTER = "Fiches du répertoire spécifique (RS), laissées de côté"


def parse(tables: Mapping[str, bytes]) -> Parsed[SheetRead]:
    """The sheets of one export, from its tables by file name. Never raises: what is wrong is refused, with its place."""
    remarks = Remarks()
    said: list[str] = []
    try:
        found = _tables(tables, said)
        reading = _TablesReader(remarks)
        sheets = reading.sheets(found)
        if not found[STANDARD].lines:
            raise FileRefused(found[STANDARD].file, "la table est vide : le fichier a sans doute été coupé.")
    except FileRefused as error:
        return Parsed((), [error.refused], said)
    return Parsed(sheets, reading.refused, [*said, *remarks.sentences()])


def table_of(titles: Iterable[str]) -> str:
    """Which table has these columns; "" when none has."""
    found = {key(title) for title in titles}
    return next((name for name, wanted in SIGNATURES.items() if {key(one) for one in wanted} <= found), "")


@dataclass(frozen=True, slots=True)
class _CsvTable:
    file: str
    header: Header
    rows: Sequence[TableRow]

    @property
    def lines(self) -> int:
        """How many rows stand under the header."""
        return sum(1 for row in self.rows if row.line > self.header.line and not row.blank)

    def cells(self) -> Iterator[Cells]:
        for row in self.rows:
            if row.line > self.header.line and not row.blank:
                yield Cells(row, self.header, self.file)


def _tables(given: Mapping[str, bytes], said: list[str]) -> dict[str, _CsvTable]:
    found: dict[str, _CsvTable] = {}
    for file, data in given.items():
        stream, remarks = spreadsheet.csv_rows(io.BytesIO(data), file)
        said += remarks
        rows = list(stream)
        name = table_of(str(cell) for cell in rows[0].cells) if rows else ""
        header = spreadsheet.header(rows, _FIELDS, ("rncp",), file) if name else None
        if header is None:
            raise FileRefused(file, "ses colonnes ne sont celles d'aucune table de l'export de France compétences.")
        if name in found:
            raise FileRefused(file, f"c'est la table {name}, et {found[name].file} l'est aussi : n'en gardez qu'une.")
        found[name] = _CsvTable(file, header, rows)
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise FileRefused(
            next(iter(given), TITLE), f"il manque à l'export la table {listed(missing)} : donnez l'export entier."
        )
    absent = [name for name in SIGNATURES if name not in found]
    if absent:
        said.append(f"Tables absentes de l'export, dont nous ne gardons rien : {listed(absent)}.")
    return found


@dataclass(slots=True)
class _TablesReader:
    remarks: Remarks
    refused: list[Refused] = field(default_factory=list)
    _doubled: set[str] = field(default_factory=set)

    def sheets(self, tables: Mapping[str, _CsvTable]) -> list[SheetRead]:
        found: dict[str, SheetRead] = {}
        for cells in self._whole(tables[STANDARD]):
            self._standard(cells, found)
        blocks, chain = self._blocks(tables[BLOCKS]), self._chain(tables[CHAIN], found)
        for name, table in tables.items():
            if name not in NEEDED:
                self._beside(table)
        return [
            replace(sheet, blocks=tuple(blocks.get(code, {}).items()), successors=tuple(chain.get(code, ())))
            for code, sheet in found.items()
            if code not in self._doubled
        ]

    def _whole(self, table: _CsvTable) -> Iterator[Cells]:
        """The rows that have all their cells; what each refuses is kept once it was read."""
        for cells in table.cells():
            if cells.whole():
                yield cells
            self.refused += cells.refused

    def _standard(self, cells: Cells, found: dict[str, SheetRead]) -> None:
        code = self._code(cells, "rncp")
        if not code:
            return
        if code in found:
            self._twice(cells, found[code])
        title = cells.text("title")
        if not title:
            cells.refuse("title", f"la fiche {code} n'a pas d'intitulé.")
        sheet = read(cells, code, title, self.remarks)
        if not cells.refused:
            found[code] = sheet

    def _twice(self, cells: Cells, first: SheetRead) -> None:
        """Nothing says which line is right: both are refused, and named."""
        if first.code not in self._doubled:
            self._doubled.add(first.code)
            said = f"la fiche {first.code} est aussi dite ligne {cells.line}. Retirez la ligne qui est fausse."
            self.refused.append(Refused(first.file, first.line, cells.title("rncp"), said))
        cells.refuse(
            "rncp", f"la fiche {first.code} est déjà dite ligne {first.line}. Retirez la ligne qui est fausse."
        )

    def _code(self, cells: Cells, name: str) -> str:
        """The number of a sheet of the RNCP; "" for the other register, and for what is refused."""
        written = cells.code(name)
        if written.upper().startswith("RS"):
            self.remarks.note(_OTHER_REGISTER, written)
            return ""
        try:
            return rncp.validate(written)
        except IdentifierError as error:
            cells.refuse(name, str(error))
            return ""

    def _blocks(self, table: _CsvTable) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        doubtful: set[str] = set()
        for cells in self._whole(table):
            if cells.code("rncp").upper().startswith("RS"):
                continue
            sheet, written = self._code(cells, "rncp"), cells.code("block")
            try:
                block = rncp_block.validate(written)
            except IdentifierError as error:
                cells.refuse("block", str(error))
                continue
            if sheet and rncp_block.to_rncp(block) != sheet:
                self.remarks.note(
                    "Blocs d'une autre fiche que celle de leur ligne, laissés de côté", f"{block} sous {sheet}"
                )
            elif sheet:
                title = without_code(cells.text("block_title"), block)
                if found[sheet].setdefault(block, title) != title:
                    self.remarks.note(TWO_TITLES, f"{block}, {table.file}, ligne {cells.line}")
                    doubtful.add(block)
        return {
            sheet: {block: said for block, said in blocks.items() if block not in doubtful}
            for sheet, blocks in found.items()
        }

    def _chain(self, table: _CsvTable, sheets: Mapping[str, SheetRead]) -> dict[str, tuple[str, ...]]:
        """Who replaces whom, as the replaced sheet says it."""
        new: dict[str, dict[str, None]] = defaultdict(dict)
        old: dict[str, dict[str, None]] = defaultdict(dict)
        for cells in self._whole(table):
            code = cells.code("rncp").upper()
            if rncp.is_valid(code):
                new[code].update(self._others(cells, code, "new"))
                old[code].update(self._others(cells, code, "old"))
        for code, one in ((code, one) for code, replaced in old.items() for one in replaced):
            if one in sheets and code not in new.get(one, {}):
                self.remarks.note(
                    "Fiches qui disent en remplacer une autre, laquelle ne les nomme pas pour suite",
                    f"{code} pour {one}",
                )
        for one in sorted({one for code in sheets for one in new.get(code, {}) if one not in sheets}):
            self.remarks.note("Suites nommées dont la fiche n'est pas dans l'export", one)
        return {code: tuple(found) for code, found in new.items()}

    def _others(self, cells: Cells, code: str, name: str) -> dict[str, None]:
        found: dict[str, None] = {}
        for one in several(cells.code(name) if name == "new" else cells.shown(name)):
            if rncp.is_valid(one) and one != code:
                found[one] = None
            elif one.startswith("RS"):
                self.remarks.note("Suites dans le répertoire spécifique (RS), laissées de côté", f"{code} et {one}")
        return found

    def _beside(self, table: _CsvTable) -> None:
        """A table that we do not keep: whole, and its SIRET are numbers."""
        for cells in self._whole(table):
            written = cells.shown("siret")
            if written and not siret.is_valid(written):
                self.remarks.note("SIRET mal formés, dont nous ne gardons rien", f"{table.file}, ligne {cells.line}")
