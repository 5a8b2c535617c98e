"""Bytes of a CSV or of an XLSX workbook into tables of cells, each row with its number; or refused, with what to do.

Pure: bytes in, cells out. What a hostile or a broken file may do is stopped before anything is built from it: an archive that
unpacks to more than it should, one cell in the farthest corner, a text repeated a million times, an entity of XML, a
file cut in the middle. A text is UTF-8, with or without its mark; else cp1252 (Windows), and then it is said. Never both.

Truth: RFC 4180 and what Excel and LibreOffice write; ECMA-376 for XLSX. python-calamine reads the cells.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from equerre.kernel.errors import EquerreError, quoted
from equerre.kernel.french import counted

Cell = str | float | bool | date | datetime | time | timedelta

# A workbook of tables is a few megabytes once unpacked; these are what one reads without harm on a small machine.
UNPACKED = 200 * 2**20
MEMBERS = 2_000
CELLS = 4_000_000
REPEATED = 2**29

_XLSX_AGAIN = "Ouvrez-le dans un tableur et enregistrez-le en classeur XLSX"
_UTF8_AGAIN = "Enregistrez-le de nouveau en « CSV UTF-8 »"


class Unreadable(EquerreError):
    """A file, or a sheet, that cannot be read at all: the reason, in French. ``line`` is 0 for the whole."""

    def __init__(self, reason: str, *, place: str = "", line: int = 0, column: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, and its rows that hold something, each with its number (from 1). ``remarks`` say what was seen."""

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]
    remarks: tuple[str, ...] = ()
    whole: bool = True


# --- Text --------------------------------------------------------------------------------------------------------------


def decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file and what is to be said of its encoding. Raises :class:`Unreadable`.

    >>> decoded("é;à".encode("cp1252"), "a.csv")[0]
    'é;à'
    """
    if not data.strip():
        raise Unreadable("le fichier est vide.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"ce texte est en UTF-16. {_UTF8_AGAIN}.")
    if b"\x00" in data or data.startswith(b"PK\x03\x04"):
        raise Unreadable(f"ce n'est pas un texte CSV. {_UTF8_AGAIN}, ou donnez le classeur XLSX lui-même.")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        _refuse_broken(data, error)
    return _windows(data), (f"{name} est lu en Windows-1252 (cp1252), car il n'est pas en UTF-8 : vérifiez les accents.",)


def _refuse_broken(data: bytes, error: UnicodeDecodeError) -> None:
    """UTF-8 with a wound in it is not cp1252: reading it so would put wrong letters everywhere."""
    if error.reason == "unexpected end of data":
        raise Unreadable("le fichier s'arrête au milieu d'une lettre : il a été coupé. Reprenez-le à la source.")
    if re.search(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]", data):
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"les lettres accentuées sont écrites tantôt en UTF-8, tantôt autrement (octet {data[error.start]:#04x}). "
            f"{_UTF8_AGAIN} depuis l'original.",
            line=line,
        )


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"ce texte n'est ni en UTF-8 ni en Windows-1252 (octet {data[error.start]:#04x}). {_UTF8_AGAIN}.", line=line
        ) from None


# --- CSV ---------------------------------------------------------------------------------------------------------------


def csv_table(data: bytes, name: str) -> Table:
    """The rows of a CSV: parted by « ; », « , » or a tabulation. Raises :class:`Unreadable` with its line.

    ``whole`` is false when the last row has no end of line: if that row is short too, the file was cut.
    """
    text, remarks = decoded(data, name)
    rows: list[tuple[int, Sequence[Cell]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_csv_sentence(str(error)), line=line) from None
    return Table(name, rows, remarks, text.endswith(("\n", "\r")))


def _csv_sentence(said: str) -> str:
    if "unexpected end" in said:
        return "des guillemets ouverts ne se ferment jamais : le fichier a sans doute été coupé. Reprenez-le à la source."
    if "field larger" in said:
        return "une cellule est démesurée : des guillemets ouverts ne se ferment pas. Reprenez le fichier à la source."
    return "des guillemets sont mal placés. Dans une cellule entre guillemets, un guillemet s'écrit deux fois."


def _separator(text: str) -> str:
    """The one that parts the first filled line into most cells."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,\t", key=lambda one: (head.count(one), one == ";"))


# --- XLSX --------------------------------------------------------------------------------------------------------------


def workbook(data: bytes, name: str) -> list[Table]:
    """The tables of a workbook, sheet by sheet, in order. Raises :class:`Unreadable`."""
    _refuse_other_formats(data)
    _refuse_hostile(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [_sheet(book, sheet) for sheet in book.sheet_names]
    except (CalamineError, ValueError, OSError, UnicodeError) as error:
        raise Unreadable(f"ce classeur ne se lit pas ({str(error)[:120]}). {_XLSX_AGAIN}.") from None
    except BaseException as error:
        # A panic of the reader (written in Rust) is no Exception; whatever else is not ours to hold.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(f"ce classeur est abîmé. {_XLSX_AGAIN}.") from None


def _sheet(book: CalamineWorkbook, sheet: str) -> Table:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    return Table(sheet, filled)


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(f"c'est un ancien classeur (XLS), ou il est protégé par un mot de passe. {_XLSX_AGAIN}.")
    if not data.startswith(b"PK"):
        raise Unreadable(f"ce n'est pas un classeur XLSX. {_XLSX_AGAIN}.")


def _refuse_hostile(data: bytes) -> None:
    """Unpack once with every size checked, and look at what the reader would build."""
    cells = 0
    longest = 0
    for member, content in _unpacked(data):
        if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            continue
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Unreadable("ce classeur contient des entités XML, qu'aucun tableur n'écrit. Ne l'ouvrez pas.")
        _refuse_lost_values(member, content)
        cells += _area(content)
        longest = max(longest, _longest_text(content))
    if cells > CELLS:
        raise Unreadable(
            f"une feuille s'étend bien au-delà de ses données ({cells} cellules). Supprimez les lignes et les colonnes vides "
            "qui suivent le tableau, ou donnez des fichiers CSV."
        )
    if cells * longest > REPEATED:
        raise Unreadable(f"un texte de {longest} caractères est répété trop de fois. Donnez des fichiers CSV.")


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every member of the archive. ``zipfile`` stops at the size that a member announces, then its CRC must be right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > UNPACKED or len(members) > MEMBERS:
                raise Unreadable("ce classeur, une fois décompressé, est démesuré. Donnez des fichiers CSV.")
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable(f"cette archive n'est pas un classeur XLSX. {_XLSX_AGAIN}.")
            for member in members:
                yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise Unreadable(f"ce classeur est coupé ou abîmé. Reprenez-le à la source, ou : {_XLSX_AGAIN.lower()}.") from None


_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
_TEXT_ITEM = re.compile(rb"<(?:[\w.-]+:)?si\b")
_WRONG_CELL = re.compile(rb"<(?:[\w.-]+:)?c\b(?=[^>]*\bt\s*=\s*[\"']e[\"'])[^>]*>")
_FORMULA = re.compile(rb"(<(?:[\w.-]+:)?c\b[^>]*>)((?:(?!</(?:[\w.-]+:)?c>).)*?<(?:[\w.-]+:)?f\b.*?)</(?:[\w.-]+:)?c>", re.DOTALL)


def _area(content: bytes) -> int:
    """How many cells the reader would lay out: the farthest row times the farthest column of a sheet."""
    rows = columns = 0
    for letters, figures in _ADDRESS.findall(content):
        rows = max(rows, int(figures[:8]))
        columns = max(columns, _column(letters[:4])) if letters else columns
    return rows * max(columns, 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _longest_text(content: bytes) -> int:
    items = _TEXT_ITEM.split(content)
    return max(map(len, items[1:]), default=0)


def _refuse_lost_values(member: str, content: bytes) -> None:
    """A cell in error, or a formula never computed, reads as a blank: nothing would tell it from one."""
    if not member.startswith("xl/worksheets/"):
        return
    found = _WRONG_CELL.search(content)
    if found:
        raise Unreadable(
            f"la cellule {_address(found[0])} est en erreur (comme #N/A ou #REF!). Écrivez-y sa valeur.", place=member
        )
    for cell in _FORMULA.finditer(content) if re.search(rb"<(?:[\w.-]+:)?f\b", content) else ():
        if not re.search(rb"<(?:[\w.-]+:)?v\b", cell[2]):
            raise Unreadable(
                f"la formule de la cellule {_address(cell[1])} n'a jamais été calculée. {_XLSX_AGAIN}, ou écrivez la valeur.",
                place=member,
            )


def _address(cell: bytes) -> str:
    found = _ADDRESS.search(cell)
    return quoted((found[1] + found[2]).decode("ascii", "replace")) if found else "sans adresse"


def refuse_too_large(size: int, most: int = UNPACKED) -> None:
    """A file that is too large to be read whole, before it is."""
    if size > most:
        raise Unreadable(f"le fichier pèse {counted(size // 2**20, 'mébioctet')} : c'est trop pour être lu d'un coup.")
