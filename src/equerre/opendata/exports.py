"""A table as a file: CSV and JSON Lines, streamed; XLSX and ODS, through a temporary file, up to 50,000 rows.

CSV is that of RFC 4180 (UTF-8 without mark, commas, CRLF), under stable English names, and JSON Lines hold plain values: both
are for programs. XLSX and ODS are for people: French titles, real dates, numbers of schools as text, and a sheet that says
what it is. A cell that a spreadsheet would run as a formula is told apart by an apostrophe before it, except in JSON Lines.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

from equerre import __version__
from equerre.kernel.errors import EquerreError
from equerre.kernel.french import day
from equerre.opendata.sheets import WRITERS, Cell, WorkbookSheet
from equerre.opendata.tables import Column, Row, Selection, Table, columns_of
from equerre.registry.history import instant

LICENCE = "Licence Ouverte 2.0"
LICENCE_ID = "etalab-2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
MOST_ROWS = 50_000

SEEN, ALL = "seen", "all"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name for people, its type for programs, and whether it is streamed."""

    name: str
    media_type: str
    streamed: bool


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", "text/csv; charset=utf-8; header=present", True),
    "jsonl": Format("JSON Lines", "application/jsonl; charset=utf-8", True),
    "xlsx": Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
    "ods": Format("ODS", "application/vnd.oasis.opendocument.spreadsheet", False),
}


class TooManyRows(EquerreError):
    """A table too long for a spreadsheet."""


# --- For programs -------------------------------------------------------------------------------------------------------------


def csv_lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file, the names first."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow([harmless(_plain(row[column.name])) for column in columns])


def json_lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """One object a line, every column there, null where nothing is known."""
    for row in rows:
        said = {column.name: _value(row[column.name]) for column in columns}
        yield json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


_LINES = {"csv": csv_lines, "jsonl": json_lines}


def lines(form: str, table: Table, selection: Selection, which: str = ALL) -> Iterator[str]:
    """A streamed file, line by line."""
    return _LINES[form](columns_of(table, which), table.rows(selection))


class _Echo:
    """Gives back what the writer of CSV writes."""

    def write(self, text: str) -> str:
        return text


def _value(value: object) -> Any:
    """As JSON says it: days and instants as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: object) -> str:
    """As CSV says it; nothing where nothing is known."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(_value(value))


# What a spreadsheet runs, or skips before running; full-width signs are the same to some. A cell begins with the text, or where
# a spreadsheet that parts cells otherwise would cut it: after a semicolon, a tab, an end of line.
_RUNS = re.compile(r"\A(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n])(?=\s*[=+\-@＝＋－＠])")


def harmless(text: str) -> str:
    """The same text, that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("École"), harmless("-"), harmless("École;=1+1")
    ("'=1+1", 'École', "'-", "École;'=1+1")
    """
    return _RUNS.sub("'", text)


# --- For people ---------------------------------------------------------------------------------------------------------------


def workbook(form: str, table: Table, selection: Selection, which: str = ALL) -> IO[bytes]:
    """A spreadsheet in a temporary file, ready to be read. Raises :class:`TooManyRows` before anything is given."""
    columns = columns_of(table, which)
    rows = ([_cell(row[column.name]) for column in columns] for row in _few(table.rows(selection), table))
    file = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    try:
        WRITERS[form](
            file, [WorkbookSheet(table.name, [column.title for column in columns], rows), _about(table, selection)]
        )
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _few(rows: Iterable[Row], table: Table) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            raise TooManyRows(
                f"Le tableau « {table.title} » a plus de 50 000 lignes : un tableur ne le tiendrait pas. Prenez-le en CSV."
            )
        yield row


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return instant(value)
    if value is None or isinstance(value, int | date):
        return value
    return harmless(str(value))


def _about(table: Table, selection: Selection) -> WorkbookSheet:
    """What the file is, for whoever receives it by mail."""
    known = (
        "tout ce qui est tenu aujourd'hui"
        if selection.known_at is None
        else f"ce qui était connu le {instant(selection.known_at)}"
    )
    rows = (
        ("Tableau", table.title),
        ("Ce qu'il contient", table.about),
        ("Jour", f"le {day(selection.on)}"),
        ("Connaissance", known),
        ("Licence", f"{LICENCE} ({LICENCE_URL})"),
        ("Fait par", f"Équerre {__version__}, révision {selection.revision} du registre"),
        (
            "À savoir",
            "Une apostrophe ouvre les textes qu'un tableur prendrait pour une formule. « Exclu » : premier jour après.",
        ),
        ("Limite", "Équerre montre ce que disent les textes. La décision appartient à la personne qui signe."),
    )
    return WorkbookSheet("À lire", ("Quoi", "Réponse"), rows)
