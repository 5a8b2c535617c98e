"""What a spreadsheet does to a table, and how its cells are read: shared by every source that comes as CSV or XLSX.

A spreadsheet turns a code into a number and loses it: the zero at the head of ``01022001``, the figures behind ``2,17003E+13``.
It writes days in its own count. What it destroyed is refused by name, with the way to mend the file: nothing is guessed back.
What is put right (blanks, capitals, an old encoding) is said in the remarks.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import IO

from equerre.imports.report import Refused
from equerre.kernel.errors import EquerreError, quoted
from equerre.kernel.french import day as said_day
from equerre.kernel.french import listed

Cell = object
# Days before or after these are no day of a register in use: a mistyped year, or a number that is not a day.
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2149, 12, 31)
# The header stands on one of the first rows; above it, a title.
HEADER_WITHIN = 10
_DELIMITERS = ";,\t"
_LONGEST_CELL = 1_000_000


class FileRefused(EquerreError):
    """The whole file is refused: nothing of it can be trusted. ``refused`` says where and why."""

    def __init__(self, file: str, reason: str, *, line: int = 0, column: str = "") -> None:
        self.refused = Refused(file, line, column, reason)
        super().__init__(str(self.refused))


class CellRefused(EquerreError):
    """One cell cannot be read. The message says why, and what to do."""


# --- Text -------------------------------------------------------------------------------------------------------------

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PIECE = 1024 * 1024
# Letters of two bytes read one byte at a time: « é » that became « Ã© ». French never writes these pairs.
_TWICE = re.compile("[ÂÃâ][\u0080-¿\u0152\u0153\u0160\u0161\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_LOST = "�"
# A spreadsheet shows nothing of them, and what reads a table after us (XML, PostgreSQL) has no place for them.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _encoding(source: IO[bytes], file: str) -> str:
    """UTF-8, with or without its mark, else Windows-1252. Raises :class:`FileRefused` rather than give a wrong letter."""
    wrong = _first_wrong_line(source, file, "utf-8-sig")
    if not wrong:
        return "utf-8-sig"
    if _first_wrong_line(source, file, "cp1252"):
        said = "un octet n'est ni d'UTF-8 ni de Windows-1252 : le fichier est abîmé, ou d'un autre encodage."
        raise FileRefused(file, said, line=wrong)
    return "cp1252"


def _first_wrong_line(source: IO[bytes], file: str, encoding: str) -> int:
    """The line of the first byte that is not of this encoding; 0 when all are."""
    decoder, lines = codecs.getincrementaldecoder(encoding)(), 0
    try:
        for piece in _pieces(source, file):
            decoder.decode(piece)
            lines += piece.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return lines + error.object.count(b"\n", 0, error.start) + 1
    return 0


def _pieces(source: IO[bytes], file: str) -> Iterator[bytes]:
    source.seek(0)
    first = True
    while piece := source.read(_PIECE):
        if first and piece.startswith(_UTF16):
            raise FileRefused(file, "ce texte est en UTF-16 : enregistrez-le en UTF-8 (« CSV UTF-8 » dans un tableur).")
        if b"\0" in piece:
            raise FileRefused(file, "ce fichier contient des octets nuls : ce n'est pas un texte, ou il est abîmé.")
        first = False
        yield piece


def spoiled(text: str) -> str:
    """Why a text has lost letters, "" when it has not.

    >>> spoiled("MÃ©tallier")
    'ses accents ont été écrits deux fois (« MÃ©tallier ») : exportez de nouveau le fichier en UTF-8.'
    """
    if _LOST in text:
        return f"une lettre est perdue ({quoted(text)}) : repartez du fichier d'origine."
    if _TWICE.search(text):
        return f"ses accents ont été écrits deux fois ({quoted(text)}) : exportez de nouveau le fichier en UTF-8."
    return ""


def plain(text: str) -> str:
    """A text without what one does not see: blanks made one, accents composed.

    >>> plain("  Date de\\u00a0publication\\n (droit) ")
    'Date de publication (droit)'
    """
    clean = text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
    found = text if clean else " ".join(_CONTROLS.sub(" ", text).split())
    return found if found.isascii() else unicodedata.normalize("NFC", found)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What is left of a name when case, accents, blanks and signs are put aside: how headers are compared.

    >>> key("FicheRNCP") == key("Fiche RNCP") == key("fiche_rncp")
    True
    """
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in bare if character.isalnum())


# --- Rows -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it stands in the file: its line (from 1) and its cells."""

    line: int
    cells: Sequence[Cell]

    @property
    def blank(self) -> bool:
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


def csv_rows(source: IO[bytes], file: str) -> tuple[Iterator[TableRow], list[str]]:
    """The rows of a CSV, each with the line on which it begins, and what is to be said of its encoding.

    ``source`` is looked through once, then read row after row: it is never held whole. Raises :class:`FileRefused`, now and
    while the rows are read.
    """
    encoding = _encoding(source, file)
    _refuse_cut(source, file)
    remarks = []
    if encoding == "cp1252":
        remarks.append(f"{file} n'est pas en UTF-8 : il a été lu en Windows-1252. Relisez quelques accents.")
    source.seek(0)
    head = source.read(4096).decode(encoding, "ignore").partition("\n")[0]
    return _csv_rows(source, file, encoding, max(_DELIMITERS, key=head.count)), remarks


def _refuse_cut(source: IO[bytes], file: str) -> None:
    """Old machines ended lines with a return alone; where lines end with both, or there is but one, it is half an end."""
    last, feeds, returns = b"", 0, 0
    for piece in _pieces(source, file):
        last, feeds, returns = piece[-1:], feeds + piece.count(b"\n"), returns + piece.count(b"\r")
    if last not in (b"", b"\n") and not (last == b"\r" and not feeds and returns > 1):
        said = (
            "la dernière ligne n'est pas finie : le fichier a sans doute été coupé. S'il est entier, ajoutez-y une fin de "
            "ligne."
        )
        raise FileRefused(file, said, line=(feeds or returns) + 1)


def _csv_rows(source: IO[bytes], file: str, encoding: str, delimiter: str) -> Iterator[TableRow]:
    source.seek(0)
    csv.field_size_limit(_LONGEST_CELL)
    text = io.TextIOWrapper(source, encoding, newline="")
    try:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise FileRefused(file, _csv_error(error), line=line) from error
            yield TableRow(line, cells)
            line = reader.line_num + 1
    finally:
        # Else it would close what is not its own.
        text.detach()


_CSV_ERRORS = {
    "field larger": "une cellule est démesurée : un guillemet n'a sans doute pas été fermé.",
    "unexpected end": "le fichier finit dans une cellule : un guillemet n'est pas fermé, ou le fichier a été coupé.",
    "delimiter expected": "un guillemet est mal placé dans une cellule : doublez-le.",
}


def _csv_error(error: csv.Error) -> str:
    said = str(error)
    found = next((sentence for part, sentence in _CSV_ERRORS.items() if part in said), "")
    return found or "cette ligne ne se lit pas comme du CSV."


# --- Headers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands: its column, and the title that the file gives it. ``unknown``: titles that nobody reads."""

    line: int
    columns: Mapping[str, int]
    titles: Mapping[str, str]
    width: int
    unknown: tuple[str, ...] = ()


def header(
    rows: Iterable[TableRow], names: Mapping[str, Sequence[str]], needed: Sequence[str], file: str
) -> Header | None:
    """The header among the first rows: the one that has what is needed. ``names``: field, then every title it bore."""
    fields = {key(name): field for field, given in names.items() for name in given}
    for row, _ in zip(rows, range(HEADER_WITHIN), strict=False):
        titles = [plain(cell) if isinstance(cell, str) else "" for cell in row.cells]
        found: dict[str, int] = {}
        for place, title in enumerate(titles):
            field = fields.get(key(title)) if title else None
            if field is not None and field in found and set(needed) <= {fields.get(key(one)) for one in titles}:
                raise FileRefused(
                    file,
                    f"deux colonnes disent la même chose : {quoted(titles[found[field]])} et {quoted(title)}.",
                    line=row.line,
                )
            if field is not None:
                found[field] = place
        if set(needed) <= set(found):
            unknown = tuple(title for title in titles if title and key(title) not in fields)
            width = max((place for place, title in enumerate(titles) if title), default=-1) + 1
            return Header(row.line, found, {field: titles[place] for field, place in found.items()}, width, unknown)
    return None


class Cells:
    """One row under its header: each field read, or refused with its place."""

    __slots__ = ("_cells", "_header", "counted", "file", "line", "refused")

    def __init__(self, row: TableRow, header: Header, file: str) -> None:
        self._cells, self._header, self.file = row.cells, header, file
        self.line = row.line
        self.refused: list[Refused] = []
        self.counted: list[str] = []

    def whole(self) -> bool:
        """Has the row as many cells as its header? A row that stops short, or runs over, was cut or shifted."""
        cells = self._cells
        over = any(cell not in (None, "") and str(cell).strip() for cell in cells[self._header.width :])
        if over:
            self.refuse(
                "",
                f"la ligne a plus de cellules que l'en-tête n'a de colonnes ({self._header.width}) : elle est décalée.",
            )
        elif len(cells) < self._header.width:
            self.refuse(
                "", f"la ligne n'a que {len(cells)} cellules sur {self._header.width} : elle est coupée ou décalée."
            )
        return not self.refused

    def refuse(self, field: str, reason: str) -> None:
        """Note why a cell (or the row, without a field) is refused."""
        self.refused.append(Refused(self.file, self.line, self._header.titles.get(field, ""), reason))

    def title(self, field: str) -> str:
        """The title that the file gives to its column."""
        return self._header.titles.get(field, "")

    def wrong(self, field: str) -> bool:
        """Is this cell refused already?"""
        return any(one.column == self._header.titles.get(field, "") for one in self.refused)

    def _cell(self, field: str) -> Cell:
        place = self._header.columns.get(field)
        return self._cells[place] if place is not None and place < len(self._cells) else ""

    def text(self, field: str) -> str:
        """A text; "" when the column is not there or the cell is empty."""
        found = self.shown(field)
        reason = "" if found.isascii() else spoiled(found)
        if reason:
            self.refuse(field, reason)
        return found

    def shown(self, field: str) -> str:
        """A text of which we keep nothing but perhaps a remark: never refused."""
        cell = self._cell(field)
        return plain(cell) if isinstance(cell, str) else "" if cell is None else plain(str(cell))

    def code(self, field: str) -> str:
        """A code: text, or a number that a spreadsheet made of it and that is still whole."""
        try:
            return code(self._cell(field))
        except CellRefused as error:
            self.refuse(field, str(error))
            return ""

    def day(self, field: str) -> date | None:
        """A day, None when the cell is empty."""
        cell = self._cell(field)
        if not cell:
            return None
        try:
            found = day(cell)
        except CellRefused as error:
            self.refuse(field, str(error))
            return None
        # 46996, and not 31/08/2028: the fourth sign of a day that is written is never a figure after three.
        if (
            found is not None
            and not isinstance(cell, date)
            and str(cell)[:3].isdigit()
            and _SERIAL.fullmatch(plain(str(cell)))
        ):
            self.counted.append(f"{plain(str(cell))} = {found.isoformat()}")
        return found


# --- Cells ------------------------------------------------------------------------------------------------------------

# 2,17003E+13: a spreadsheet showed a long number short, then wrote what it showed.
_SCIENTIFIC = re.compile(r"\d+[.,]\d+E[+-]?\d+|\d+E[+-]\d+", re.IGNORECASE)
# What a spreadsheet writes where its own formula failed.
_FORMULA_ERRORS = re.compile(r"#(N/A|REF!|VALUE!|VALEUR!|NAME\?|NOM\?|DIV/0!|NUM!|NOMBRE!|NULL!|NUL!)", re.IGNORECASE)


def code(cell: Cell) -> str:
    """A code as text, in its own case.

    >>> code("\\t11004301500012"), code(56133401.0)
    ('11004301500012', '56133401')
    >>> code("2,17003E+13")
    Traceback (most recent call last):
        ...
    equerre.imports.spreadsheet.CellRefused: « 2,17003E+13 » : un tableur a remplacé ce code par un nombre arrondi, les chiffres \
sont perdus. Repartez du fichier d'origine et ouvrez cette colonne comme du texte.
    """
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float):
        if not cell.is_integer() or abs(cell) >= 1e15:
            raise CellRefused(_rounded(repr(cell)))
        return str(int(cell))
    if isinstance(cell, date | datetime | timedelta):
        raise CellRefused(f"{quoted(str(cell))} : un tableur a pris ce code pour une date. {_AS_TEXT}")
    text = plain(str(cell))
    if text[:1].isdigit() and not text.isdigit() and _SCIENTIFIC.fullmatch(text):
        raise CellRefused(_rounded(text))
    if text.startswith("#") and _FORMULA_ERRORS.fullmatch(text):
        raise CellRefused(f"{quoted(text)} : c'est l'erreur d'une formule. Repartez du fichier d'origine.")
    return text


_AS_TEXT = "Repartez du fichier d'origine et ouvrez cette colonne comme du texte."


def _rounded(text: str) -> str:
    return f"{quoted(text)} : un tableur a remplacé ce code par un nombre arrondi, les chiffres sont perdus. {_AS_TEXT}"


_FRENCH = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?: 00:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00:00(?:\.0+)?)?")
_SERIAL = re.compile(r"\d{5}(?:\.0)?")
# Spreadsheets count days from the last of December 1899 but one, since they believe that 1900 was a leap year.
_FIRST_SERIAL = date(1899, 12, 30)


def day(cell: Cell) -> date | None:
    """A day written 31/08/2026 or 2026-08-31, held by the workbook as a date, or counted as spreadsheets do; None when empty.

    >>> day("31/08/2026"), day(46996.0), day(" ")
    (datetime.date(2026, 8, 31), datetime.date(2028, 8, 31), None)
    """
    if cell is None or isinstance(cell, bool):
        return None if cell is None else _no_day(str(cell))
    if isinstance(cell, datetime):
        return _within(cell.date(), str(cell))
    if isinstance(cell, date):
        return _within(cell, str(cell))
    if isinstance(cell, int | float):
        return _counted(float(cell), repr(cell))
    return _written(plain(str(cell)))


# A register has few days, and each stands on thousands of sheets.
@lru_cache(maxsize=16_384)
def _written(text: str) -> date | None:
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return _counted(float(text), text)
    written = _FRENCH.fullmatch(text)
    if written:
        return _made(written[3], written[2], written[1], text)
    iso = _ISO.fullmatch(text)
    return _made(iso[1], iso[2], iso[3], text) if iso else _no_day(text)


def _made(year: str, month: str, number: str, text: str) -> date:
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        raise CellRefused(
            f"{quoted(text)} n'est pas un jour du calendrier. Écrivez le jour, puis le mois : 31/08/2026."
        ) from None
    return _within(found, text)


def _counted(number: float, text: str) -> date:
    if not number.is_integer() or not 0 < number < 100_000:
        return _no_day(text)
    return _within(_FIRST_SERIAL + timedelta(days=int(number)), text)


def _within(found: date, text: str) -> date:
    if not FIRST_DAY <= found <= LAST_DAY:
        raise CellRefused(f"{quoted(text)} : cette année n'est pas celle d'une fiche. Vérifiez à la source.")
    return found


def _no_day(text: str) -> date:
    raise CellRefused(f"{quoted(text)} n'est pas une date. Écrivez-la comme 31/08/2026.")


def to_come(found: date, read_on: date, advice: str) -> str:
    """Why a day that comes after the day of reading is refused; "" when it does not. ``advice`` says what to do.

    >>> to_come(date(2026, 1, 2), date(2026, 1, 2), "Corrigez-la.")
    ''
    """
    if found <= read_on:
        return ""
    return f"le {said_day(found)} est à venir : nous sommes le {said_day(read_on)}. {advice}"


def without_code(label: str, code: str) -> str:
    """A label that repeats its code, without it.

    >>> without_code("251 : Mécanique générale", "251")
    'Mécanique générale'
    """
    head, colon, rest = label.partition(":")
    return rest.strip() if colon and key(head) == key(code) and rest.strip() else label


# --- Remarks ----------------------------------------------------------------------------------------------------------

_EXAMPLES = 5


class Remarks:
    """What was put right or looks odd, counted by sentence, with a few examples."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, None]] = {}
        self._count: Counter[str] = Counter()

    def note(self, sentence: str, example: str) -> None:
        """One more case of this."""
        self._count[sentence] += 1
        shown = self._found.setdefault(sentence, {})
        if len(shown) <= _EXAMPLES:
            shown[example] = None

    def sentences(self) -> list[str]:
        """« Codes écrits deux fois pour la même fiche : 8 (RNCP35316, …). »"""
        return [
            f"{sentence} : {self._count[sentence]} ({_some(list(cases))})." for sentence, cases in self._found.items()
        ]


def _some(shown: Sequence[str]) -> str:
    return ", ".join(shown[:_EXAMPLES]) + (", …" if len(shown) > _EXAMPLES else "")


def unread(titles: Sequence[str]) -> str:
    """What is said of columns that nobody reads."""
    return f"Colonnes que nous ne lisons pas : {listed([quoted(title) for title in titles])}."
