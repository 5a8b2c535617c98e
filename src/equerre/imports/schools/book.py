"""The template, blank or filled, as a workbook (XLSX) or as CSV files: what a person opens, fills and gives back.

In a workbook the row of keys is hidden and the row of French labels stays in sight; columns of text are told to be text, so that
a spreadsheet leaves SIRET and UAI alone; short lists of words are offered. A first sheet explains every column. In CSV both
rows are in sight. Whatever could run as a formula is behind an apostrophe: see ``cells``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from equerre.imports.schools.cells import written
from equerre.imports.schools.rows import GUIDE
from equerre.imports.schools.template import TIMES, Column, Holds, Sheet, sheets
from equerre.kernel.errors import EquerreError, quoted

# What a spreadsheet holds in a cell, and how far its lists of words reach in a blank sheet.
_LONGEST = 32_767
_OFFERED = 5_000
_LIST_LONGEST = 255
_FORMATS = {Holds.DAY: "yyyy-mm-dd", Holds.NUMBER: "0"}

_BOLD = Font(bold=True)
_NEEDED = PatternFill("solid", fgColor="E8E4D8")
_WRAPPED = Alignment(wrap_text=True, vertical="top")

INTRODUCTION = (
    "Un modèle pour donner à Équerre vos écoles et ce que l'on en sait, daté et sourcé.",
    "Une ligne est un fait. Remplissez les feuilles que vous voulez, laissez les autres vides. Ce qui manque est inconnu.",
    "Une colonne au titre coloré est obligatoire. Une clé est un nom court de votre choix, qui relie les feuilles.",
    "Une date s'écrit 2026-09-01 ou 01/09/2026. Plusieurs clés dans une cellule sont séparées par une barre : a | b.",
    "La ligne 1 de chaque feuille, masquée, porte la clé de chaque colonne. Gardez-la. Les colonnes peuvent changer de place.",
    "Sans source, un fait a pour source ce fichier lui-même. Décrivez les papiers dans la feuille Sources.",
    "Certains faits ne sont jamais publics : agréments des personnes, coordonnées bancaires. Gardez ce fichier pour vous.",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet of the template and its rows: values by key of column, or nothing at all."""

    sheet: Sheet
    rows: Sequence[Mapping[str, Any]] = ()


class Unwritable(EquerreError):
    """A fact that a file cannot hold, and what to do."""


def blank_template() -> list[Filled]:
    """Every sheet, without a row."""
    return [Filled(sheet) for sheet in sheets().values()]


# --- CSV ---------------------------------------------------------------------------------------------------------------


def csv_files(filled: Sequence[Filled]) -> dict[str, bytes]:
    """One CSV for each sheet, by name: UTF-8 with its mark, parted by « ; », as French spreadsheets expect."""
    return {f"{one.sheet.key}.csv": _csv(one) for one in filled}


def _csv(filled: Filled) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    columns = filled.sheet.columns
    writer.writerow([column.key for column in columns])
    writer.writerow([column.label for column in columns])
    for row in filled.rows:
        cells = (written(column, row.get(column.key)) for column in columns)
        writer.writerow([cell.isoformat() if isinstance(cell, date) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


# --- XLSX --------------------------------------------------------------------------------------------------------------


def xlsx(filled: Sequence[Filled]) -> bytes:
    """The workbook. Raises :class:`Unwritable`."""
    for one in filled:
        _refuse_unwritable(one)
    book = Workbook(write_only=True)
    book.properties.creator = "Équerre"
    book.properties.title = "Les écoles et ce que l'on en sait"
    _guide(book)
    for one in filled:
        _sheet(book, one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, filled: Filled) -> None:
    page = book.create_sheet(filled.sheet.title)
    columns = filled.sheet.columns
    page.row_dimensions[1].hidden = True
    page.freeze_panes = "A3"
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].number_format = _FORMATS.get(column.holds, "@")
        page.column_dimensions[letter].width = max(12, min(40, len(column.label) + 2))
        _offer(page, letter, column)
    page.append([column.key for column in columns])
    page.append([_title(page, column) for column in columns])
    for row in filled.rows:
        page.append([_cell(page, column, row.get(column.key)) for column in columns])


def _title(page: Any, column: Column) -> Any:
    cell = WriteOnlyCell(page, column.label)
    cell.font = _BOLD
    cell.alignment = _WRAPPED
    if column.required:
        cell.fill = _NEEDED
    return cell


def _cell(page: Any, column: Column, value: Any) -> Any:
    said = written(column, value)
    if said is None:
        return None
    cell = WriteOnlyCell(page, said)
    cell.number_format = _FORMATS.get(column.holds, "@")
    return cell


def _refuse_unwritable(filled: Filled) -> None:
    """What XLSX cannot hold would be cut, or would break the file half-way."""
    for row in filled.rows:
        for column in filled.sheet.columns:
            text = written(column, row.get(column.key))
            if isinstance(text, str) and (len(text) > _LONGEST or ILLEGAL_CHARACTERS_RE.search(text)):
                raise Unwritable(
                    f"Feuille {quoted(filled.sheet.title)}, colonne {column.label} : {quoted(text)} ne tient pas dans un "
                    "classeur (texte trop long ou caractère invisible). Corrigez ce fait, ou exportez en CSV dans un dossier."
                )


def _offer(page: Any, letter: str, column: Column) -> None:
    """The few words that a column takes, in a list that unfolds."""
    words = ("oui", "non") if column.holds is Holds.YES_NO else tuple(column.choices.values())
    offered = ",".join(words)
    if not words or len(offered) > _LIST_LONGEST or any("," in word or '"' in word for word in words):
        return
    offer = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True)
    offer.error, offer.errorTitle = "Choisissez un mot de la liste, ou laissez vide.", "Ce mot n'est pas dans la liste"
    offer.add(f"{letter}3:{letter}{_OFFERED}")
    page.data_validations.append(offer)


def _guide(book: Workbook) -> None:
    page = book.create_sheet(GUIDE)
    for letter, width in zip("ABCDEFG", (30, 34, 26, 13, 24, 60, 30), strict=True):
        page.column_dimensions[letter].width = width
    for sentence in INTRODUCTION:
        page.append([sentence])
    page.append([])
    page.append([_bold(page, title) for title in GUIDE_TITLES])
    for row in guide_rows():
        page.append([WriteOnlyCell(page, cell) for cell in row])


def _bold(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.font = _BOLD
    return cell


GUIDE_TITLES = ("Feuille", "Colonne", "Clé", "Obligatoire", "Ce qu'elle contient", "À savoir", "Exemple")


def guide_rows() -> Iterator[tuple[str, ...]]:
    """Every column of every sheet, explained: what ``docs/importer.md`` and the first sheet say. The last ones are said once."""
    for sheet in sheets().values():
        yield (sheet.title, "", sheet.key, "", "", said(sheet.about), "")
        for column in sheet.columns:
            if column.key not in TIMES:
                yield (sheet.title, *column_row(column))
    some = next(sheet for sheet in sheets().values() if sheet.model is not None)
    yield ("Toutes, sauf Sources", "", "", "", "", "Ces colonnes ferment chaque feuille.", "")
    for column in some.columns:
        if column.key in TIMES:
            yield ("", *column_row(column))


def column_row(column: Column) -> tuple[str, ...]:
    """One column, as the guide tells it: label, key, whether it is needed, what it holds, what to know, an example."""
    example = written(column, column.example)
    return (
        column.label,
        column.key,
        "oui" if column.required else "",
        contents(column),
        column.hint,
        "" if example is None else example.isoformat() if isinstance(example, date) else str(example),
    )


def contents(column: Column) -> str:
    """What the cells hold, and the words they choose from."""
    if column.choices:
        return f"{column.holds} : {', '.join(column.choices.values())}"
    if column.refers:
        title = sheets()[column.refers].title
        return f"{column.holds} (feuille {title})"
    return str(column.holds)


def said(about: str) -> str:
    """A sentence of the file of facts, with the words of the template."""
    return about.replace("until :", "« n'est plus vrai à partir du » :")
