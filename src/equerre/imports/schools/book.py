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

from equerre.imports.schools.cells import written
from equerre.imports.schools.rows import GUIDE
from equerre.imports.schools.template import TIMES, Holds, TemplateColumn, TemplateSheet, sheets
from equerre.kernel.errors import EquerreError, quoted
from equerre.kernel.invisible import writable_in_xml
from equerre.opendata.sheets import LONGEST, new_workbook, put

# How far the lists of words reach in a blank sheet, and how long they may be.
_OFFERED = 5_000
_LIST_LONGEST = 255
_FORMATS = {Holds.DAY: "yyyy-mm-dd", Holds.NUMBER: "0"}
_TEXT = 49  # the number of "@", text as it is typed, among the formats of XLSX (ISO/IEC 29500-1, 18.8.30)

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

    sheet: TemplateSheet
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
    out = io.BytesIO()
    with new_workbook(out, author="Équerre", title="Les écoles et ce que l'on en sait") as book:
        _guide(book)
        for one in filled:
            _sheet(book, one)
    return out.getvalue()


def _sheet(book: Any, filled: Filled) -> None:
    page = book.add_worksheet(filled.sheet.title)
    title, needed = (
        {"bold": True, "text_wrap": True, "valign": "top"} | more for more in ({}, {"bg_color": "#E8E4D8"})
    )
    titles = {False: book.add_format(title), True: book.add_format(needed)}
    styles = {holds: book.add_format({"num_format": _FORMATS.get(holds, _TEXT)}) for holds in Holds}
    page.freeze_panes(2, 0)
    page.set_row(0, None, None, {"hidden": True})
    columns = tuple(enumerate(filled.sheet.columns))
    for at, column in columns:
        page.set_column(at, at, max(12, min(40, len(column.label) + 2)), styles[column.holds])
        _offer(page, at, column)
        put(page, 0, at, column.key)
    for at, column in columns:
        put(page, 1, at, column.label, titles[column.required])
    for number, row in enumerate(filled.rows, start=2):
        for at, column in columns:
            put(page, number, at, written(column, row.get(column.key)), styles[column.holds])


def _refuse_unwritable(filled: Filled) -> None:
    """What XLSX cannot hold would be cut, or written as the mark of a lost character."""
    for row in filled.rows:
        for column in filled.sheet.columns:
            text = written(column, row.get(column.key))
            if isinstance(text, str) and (len(text) > LONGEST or writable_in_xml(text) != text):
                raise Unwritable(
                    f"Feuille {quoted(filled.sheet.title)}, colonne {column.label} : {quoted(text)} ne tient pas dans un "
                    "classeur (texte trop long ou caractère invisible). Corrigez ce fait, ou exportez en CSV dans un dossier."
                )


def _offer(page: Any, at: int, column: TemplateColumn) -> None:
    """The few words that a column takes, in a list that unfolds."""
    words = ["oui", "non"] if column.holds is Holds.YES_NO else list(column.choices.values())
    if not words or len(",".join(words)) > _LIST_LONGEST or any("," in word or '"' in word for word in words):
        return
    offer = {"validate": "list", "source": words, "error_title": "Ce mot n'est pas dans la liste"}
    offer["error_message"] = "Choisissez un mot de la liste, ou laissez vide."
    page.data_validation(2, at, _OFFERED - 1, at, offer)


def _guide(book: Any) -> None:
    page = book.add_worksheet(GUIDE)
    for at, width in enumerate((30, 34, 26, 13, 24, 60, 30)):
        page.set_column(at, at, width)
    bold = book.add_format({"bold": True})
    lines = [*((sentence,) for sentence in INTRODUCTION), (), GUIDE_TITLES, *guide_rows()]
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            put(page, number, at, text, bold if line is GUIDE_TITLES else None)


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


def column_row(column: TemplateColumn) -> tuple[str, ...]:
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


def contents(column: TemplateColumn) -> str:
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
