"""An XLSX that would hurt its reader, refused before it is read; and cells whose value was lost, which would read as blanks.

The reader (calamine) lays out every sheet as a full grid: one cell in the farthest corner is seventeen thousand million cells.
It copies a shared text at each mention, so that a long text named a million times fills the memory. It takes a cell in error
and a formula never computed for nothing at all. Every member is read here, and its announced size and CRC are checked.

Truth: ECMA-376, parts 1 (18.3.1.4 cell, 18.4.8 shared text) and 2 (no DTD in a package).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from equerre.imports import archive
from equerre.imports.spreadsheet import FileRefused, TableRow
from equerre.kernel.errors import quoted

# A table that a person keeps is far under these; a small machine is at ease with them.
UNPACKED = 200 * 2**20
CELLS = 4_000_000
REPEATED = 2**29

_AGAIN = "Ouvrez-le dans un tableur et enregistrez-le en classeur XLSX."
_IN_CSV = "Supprimez les lignes et les colonnes vides qui suivent le tableau, ou donnez des fichiers CSV."

_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
_TEXT_ITEM = re.compile(rb"<(?:[\w.-]+:)?si\b")
_IN_ERROR = re.compile(rb"<(?:[\w.-]+:)?c\b(?=[^<>]*\bt\s*=\s*[\"']e[\"'])[^<>]*>")
# A cell that holds something, then what it holds; a formula; what it was last seen to give. None of them looks beyond the
# next « < » or the next cell: a sheet made of openings would otherwise be read again from each of them.
_FILLED = re.compile(
    rb"(<(?:[\w.-]+:)?c\b[^<>]*(?<!/)>)([^<]*+(?:<(?!/?(?:[\w.-]+:)?c\b)[^<]*+)*+)</(?:[\w.-]+:)?c>", re.DOTALL
)
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f\b")
_RESULT = re.compile(rb"<(?:[\w.-]+:)?v\b[^<>]*(?<!/)>[^<]")
_A_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")


def workbook(data: bytes, file: str) -> dict[str, list[TableRow]]:
    """The sheets of an XLSX, in order, by title. Raises :class:`FileRefused`. The one way to read one."""
    from python_calamine import CalamineError, CalamineWorkbook

    refuse_other_formats(data, file)
    refuse_hostile(data, file)
    refuse_lost_values(data, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            name: [
                TableRow(place, cells)
                for place, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
            ]
            for name in book.sheet_names
        }
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise FileRefused(file, _NO_WORKBOOK) from error
    except BaseException as error:
        # The reader is written in Rust: what it did not foresee comes as a panic, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused(file, _NO_WORKBOOK) from error


_NO_WORKBOOK = "ce classeur est abîmé ou coupé : ouvrez-le dans un tableur et enregistrez-le de nouveau en .xlsx."


def refuse_other_formats(data: bytes, file: str) -> None:
    """What is no XLSX at all, by its first bytes."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(file, f"c'est un ancien classeur (XLS), ou il est protégé par un mot de passe. {_AGAIN}")
    if not data.startswith(archive.MAGIC):
        raise FileRefused(file, f"ce n'est pas un classeur XLSX. {_AGAIN}")


def refuse_hostile(data: bytes, file: str) -> None:
    """Unpack once with every size checked, and count what the reader would build. Raises :class:`FileRefused`."""
    cells = longest = 0
    for _, content in _parts(data, file):
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise FileRefused(file, "ce classeur contient des entités XML, qu'aucun tableur n'écrit : ne l'ouvrez pas.")
        cells += _grid(content)
        longest = max(longest, _longest_text(content))
    if cells > CELLS:
        raise FileRefused(file, f"une feuille s'étend bien au-delà de ses données ({cells} cellules). {_IN_CSV}")
    if cells * longest > REPEATED:
        raise FileRefused(file, f"un texte de {longest} caractères est répété trop de fois. {_IN_CSV}")


def refuse_lost_values(data: bytes, file: str) -> None:
    """Cells in error, and formulas never computed. Raises :class:`FileRefused` with the address of the first."""
    for name, content in _parts(data, file):
        if name.startswith("xl/worksheets/"):
            _refuse_lost(content, f"{file} ({name.rpartition('/')[2]})")


def _parts(data: bytes, file: str) -> Iterator[tuple[str, bytes]]:
    """The members that are XML, whatever their name: the reader follows the links of the workbook."""
    with archive.opened(io.BytesIO(data), file) as found:
        infos = found.infolist()
        if sum(info.file_size for info in infos) > UNPACKED:
            raise FileRefused(file, f"ce classeur, une fois décompressé, est démesuré. {_IN_CSV}")
        if "xl/workbook.xml" not in found.namelist():
            raise FileRefused(file, f"cette archive n'est pas un classeur XLSX. {_AGAIN}")
        for info in infos:
            content = archive.content(found, info, file)
            if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                yield info.filename, content


def _grid(content: bytes) -> int:
    """The farthest row times the farthest column of a sheet."""
    rows = columns = 0
    for letters, figures in _ADDRESS.findall(content):
        rows = max(rows, int(figures[:8]))
        columns = max(columns, archive.column_rank(letters[:4])) if letters else columns
    return rows * max(columns, 1)


def _longest_text(content: bytes) -> int:
    _, *items = _TEXT_ITEM.split(content)
    return max(map(len, items), default=0)


def _refuse_lost(content: bytes, file: str) -> None:
    found = _IN_ERROR.search(content)
    if found:
        raise FileRefused(
            file, f"la cellule {_address(found[0])} est en erreur (comme #N/A ou #REF!). Écrivez-y sa valeur."
        )
    for cell in _FILLED.finditer(content) if _FORMULA.search(content) else ():
        if _FORMULA.search(cell[2]) and not _RESULT.search(cell[2]) and not _A_TEXT.search(cell[1]):
            raise FileRefused(
                file,
                f"la formule de la cellule {_address(cell[1])} n'a jamais été calculée. {_AGAIN[:-1]}, ou écrivez la valeur.",
            )


def _address(cell: bytes) -> str:
    found = _ADDRESS.search(cell)
    return quoted((found[1] + found[2]).decode("ascii", "replace")) if found else "sans adresse"
