"""One cell of the template: read for its column or refused in a French sentence, and written so that it reads back the same.

A cell comes from a CSV (always a text) or from a workbook (a text, a number, a date, a yes or no). What a spreadsheet has spoiled
is named and never repaired; only case and outer blanks are forgiven. A text that a spreadsheet would run as a formula is
written behind an apostrophe, which is taken off when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from equerre.documents.facts_file.values import Wrong, text_of
from equerre.documents.written_dates import day_written, what_is_wrong
from equerre.facts.kind import FIRST_YEAR, KEY, LAST_YEAR, Field, Form
from equerre.imports.schools.template import ALWAYS, CERTIFICATION, SOURCES, Holds, TemplateColumn
from equerre.imports.spoiled import day_of_serial, spoiled_number
from equerre.imports.spreadsheet import Cell
from equerre.kernel import geography
from equerre.kernel.errors import quoted
from equerre.kernel.french import day, listed

PARTED = "|"
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_YES, _NO = ("oui", "vrai", "true"), ("non", "faux", "false")
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SERIAL = re.compile(r"[0-9]{1,6}([.,][0-9]+)?")
_AS_TEXT = "Mettez la cellule au format Texte, puis récrivez-la"
_HOW_DAY = "Une date s'écrit 2026-09-01 ou 01/09/2026"
_KEY = Field("", "key", str)
# Keys that go into the stable name of a fact: the file of facts says what they may hold.
_SHORT_KEY = {sheet: Field("", "key", str, form=KEY) for sheet in ("site", "course")}
# Those of what has a page go into its address, where a slash or a quote would make another one.
_SHORT_KEY |= {
    sheet: Field(
        "",
        "key",
        str,
        form=Form(
            r"[^\W_][\w.-]*",
            "Écrivez un nom court, de lettres, de chiffres, de points et de traits d'union, par exemple « ecole-de-thann »",
        ),
    )
    for sheet in ("school", "managing_body", "act")
}
_CODE = Field("", "key", str, norm="rncp")


def blank(cell: Cell) -> bool:
    """Does the cell say nothing?"""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read(column: TemplateColumn, cell: Cell) -> Any:
    """What a filled cell says. Raises :class:`Wrong`."""
    return _READERS[column.holds](column, cell)


# --- Texts and keys ------------------------------------------------------------------------------------------------------


def _text(column: TemplateColumn, cell: Cell) -> str:
    text = _plain(cell)
    field = column.shape or Field("", column.key, str)
    if column.lines:
        text = "\n".join(line.strip() for line in text.splitlines())
        for line in filter(None, text.split("\n")):
            text_of(field, line)
    else:
        text = text_of(field, text)
    return _short_enough(column.longest, text) if column.key != "region" else _region(text)


def _plain(cell: Cell) -> str:
    """The characters of a cell, without outer blanks; a whole number is its figures."""
    if isinstance(cell, bool):
        raise Wrong(f"le tableur a pris ce texte pour {'VRAI' if cell else 'FAUX'}. {_AS_TEXT}.")
    if isinstance(cell, float | int):
        return _figures(float(cell))
    if isinstance(cell, date):
        raise Wrong(f"le tableur a pris ce texte pour une date ({day(cell)}). {_AS_TEXT}.")
    if not isinstance(cell, str):
        raise Wrong(f"le tableur a pris ce texte pour une heure. {_AS_TEXT}.")
    if "\ufffd" in cell:
        raise Wrong(f"{quoted(cell)}. Des lettres ont été perdues (�) : recopiez-le de l'original.")
    text = cell.strip()
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text) else text


def _figures(number: float) -> str:
    if not number.is_integer() or abs(number) >= 10**15:
        raise Wrong(f"{quoted(repr(number))}. Le tableur a pris ce texte pour une quantité. {_AS_TEXT}.")
    return str(int(number))


def _short_enough(longest: int | None, text: str) -> str:
    if longest is not None and len(text) > longest:
        raise Wrong(f"{quoted(text)} a {len(text)} caractères : il en faut {longest} au plus.")
    return text


def _region(text: str) -> str:
    regions = geography.regions()
    named = next((code for code, region in regions.items() if region.name.casefold() == text.casefold()), None)
    if named is not None:
        raise Wrong(f"{quoted(text)}. Écrivez le code de la région : {named}.")
    if text not in regions:
        raise Wrong(f"{quoted(text)}. Aucune région n'a ce code : il s'écrit comme « 84 » ou « 01 ».")
    return text


def _key(column: TemplateColumn, cell: Cell) -> str:
    return _one_key(column, _plain(cell))


def _one_key(column: TemplateColumn, text: str) -> str:
    if spoiled_number(text):
        raise Wrong(f"{quoted(text)}. {spoiled_number(text)}")
    field = _CODE if column.refers == CERTIFICATION else _SHORT_KEY.get(column.refers, _KEY)
    if PARTED in text:
        raise Wrong(f"{quoted(text)}. Une clé ne contient pas de barre {PARTED} ; ici, il en faut une seule.")
    found = text_of(field, text)
    return _short_enough(120 if column.refers == SOURCES else 80, found)


def _keys(column: TemplateColumn, cell: Cell) -> tuple[str, ...]:
    said = [one.strip() for one in _plain(cell).split(PARTED)]
    return tuple(dict.fromkeys(_one_key(column, one) for one in said if one))


def _choice(column: TemplateColumn, cell: Cell) -> str:
    said = _plain(cell).casefold()
    for value, label in column.choices.items():
        if said in (value.casefold(), label.casefold()):
            return value
    words = listed([quoted(label) for label in column.choices.values()], last="ou")
    raise Wrong(f"{quoted(_plain(cell))} n'est pas un choix possible. Écrivez {words}.")


# --- Numbers, yes or no, days ------------------------------------------------------------------------------------------


def _number(column: TemplateColumn, cell: Cell) -> int:
    found = _whole(cell)
    lowest, highest = column.shape.limits if column.shape else (0, 2**53 - 1)
    highest = min(highest, column.largest or highest)
    numbers = column.shape.numbers if column.shape else ()
    if numbers and found not in numbers:
        raise Wrong(f"« {found} ». Écrivez {listed([str(one) for one in numbers], last='ou')}.")
    if not lowest <= found <= highest:
        raise Wrong(f"« {_shown(found)} ». Écrivez un nombre de {lowest} à {highest}.")
    return found


def _whole(cell: Cell) -> int:
    if isinstance(cell, str):
        figures = "".join(cell.split())
        if re.fullmatch("-?[0-9]{1,18}", figures):
            return int(figures)
    elif (
        isinstance(cell, float | int) and not isinstance(cell, bool) and float(cell).is_integer() and abs(cell) < 2**53
    ):
        return int(cell)
    raise Wrong(f"{_said(cell)} n'est pas un nombre entier. Écrivez-le en chiffres, sans virgule ni unité.")


def _yes_no(_: TemplateColumn, cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    said = cell.strip().casefold() if isinstance(cell, str) else ""
    if said not in (*_YES, *_NO):
        raise Wrong(f"{_said(cell)}. Écrivez oui ou non.")
    return said in _YES


def _day(column: TemplateColumn, cell: Cell) -> date | str:
    """A day; in « vrai depuis », also the word that says that no beginning is known."""
    if column.key == "from" and isinstance(cell, str) and cell.strip().casefold() == ALWAYS:
        return ALWAYS
    found = _written_day(cell.strip()) if isinstance(cell, str) else _cell_day(cell)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong(
            f"le {day(found)}. Équerre lit les dates de {FIRST_YEAR} à {LAST_YEAR}. Une fin inconnue ne s'écrit pas : laissez "
            "la cellule vide."
        )
    return found


def _cell_day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise Wrong(f"le {day(cell)} porte une heure. Écrivez le jour seul.")
        return cell.date()
    if isinstance(cell, date):
        return cell
    serial = day_of_serial(cell) if isinstance(cell, float | int) and not isinstance(cell, bool) else None
    raise Wrong(_no_day(cell, serial))


def _written_day(text: str) -> date:
    match = _DAY_FIRST.fullmatch(text)
    found = day_written(f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}") if match else day_written(text)
    if found is None:
        serial = day_of_serial(float(text.replace(",", "."))) if _SERIAL.fullmatch(text) else None
        raise Wrong(_no_day(text, serial))
    return found


def _no_day(cell: Cell, serial: date | None) -> str:
    if serial is not None:
        return (
            f"{_said(cell)}. Le tableur a changé cette date en nombre (pour lui, le {day(serial)}). Mettez la cellule au "
            "format Date, ou récrivez la date d'après l'original."
        )
    wrong = what_is_wrong(cell) if isinstance(cell, str) else None
    return f"{_said(cell)}. {wrong}" if wrong else f"{_said(cell)} n'est pas une date. {_HOW_DAY}."


def _said(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "« VRAI »" if cell else "« FAUX »"
    if isinstance(cell, float):
        return quoted(_shown(cell))
    return quoted(cell if isinstance(cell, str) else str(cell))


def _shown(number: float) -> str:
    return f"{number:g}" if not float(number).is_integer() or abs(number) >= 10**15 else str(int(number))


_READERS: Mapping[Holds, Callable[[TemplateColumn, Cell], Any]] = {
    Holds.TEXT: _text,
    Holds.NUMBER: _number,
    Holds.YES_NO: _yes_no,
    Holds.DAY: _day,
    Holds.CHOICE: _choice,
    Holds.KEY: _key,
    Holds.KEYS: _keys,
}


# --- Written -------------------------------------------------------------------------------------------------------------


def written(column: TemplateColumn, value: Any) -> str | int | date | None:
    """The cell that says a value: ``None`` when there is nothing to say."""
    if value is None or value in ("", ()):
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value
    if column.holds is Holds.CHOICE:
        return column.choices.get(value, str(value))
    return harmless(f" {PARTED} ".join(value) if column.holds is Holds.KEYS else str(value))


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula, behind an apostrophe when it must.

    >>> harmless("=1+1"), harmless("'=1"), harmless("12° de l'article")
    ("'=1+1", "''=1", "12° de l'article")
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text
