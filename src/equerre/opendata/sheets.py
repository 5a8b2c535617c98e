"""Spreadsheets, written row by row: XLSX (ISO/IEC 29500) by XlsxWriter, ODS (ISO/IEC 26300) by our own lines.

A row is written and forgotten, and the same rows give the same bytes: XlsxWriter dates the parts of its ZIP 1980, and the hour
that it would put in the properties is that day too. ODS is a ZIP of two XML files, written here: the libraries that write it
hold the whole sheet in memory (50,000 rows of 20 columns: 2 GB and over a minute with odfpy).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from equerre.kernel.invisible import writable_in_xml

Cell = str | int | date | None
# Before March 1900 spreadsheets do not agree on the number of a day, and it is written as text.
_FIRST_SURE_DAY = date(1900, 3, 1)
LONGEST = 32_767  # characters in a cell of XLSX


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet: its name, its first line, and the rows that follow."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]


# --- XLSX ---------------------------------------------------------------------------------------------------------------------


def new_workbook(file: IO[bytes], **properties: str) -> Any:
    """A workbook that keeps one row at a time in memory, and no hour of ours. Its ``close`` writes it."""
    from xlsxwriter import Workbook  # a tenth of a second that no page waits for

    book = Workbook(file, {"constant_memory": True})
    book.set_properties({**properties, "created": datetime(1980, 1, 1, tzinfo=UTC)})
    return book


def put(page: Any, row: int, at: int, value: Cell, style: Any = None, days: Any = None) -> None:
    """One cell: a text is a text, whatever it looks like; ``days`` is the style of a day."""
    if value is None:
        return
    if isinstance(value, int):
        page.write_number(row, at, value, style)
    elif isinstance(value, date) and value >= _FIRST_SURE_DAY:
        page.write_datetime(row, at, value, days or style)
    else:
        page.write_string(row, at, writable_in_xml(str(value)[:LONGEST]), style)


def xlsx(file: IO[bytes], sheets: Sequence[WorkbookSheet]) -> None:
    """Write a workbook."""
    with new_workbook(file) as book:
        days, bold = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            page.freeze_panes(1, 0)
            for at, title in enumerate(sheet.titles):
                page.set_column(at, at, min(60, max(14, len(title) + 2)))
                put(page, 0, at, title, bold)
            for number, values in enumerate(sheet.rows, start=1):
                for at, value in enumerate(values):
                    put(page, number, at, value, None, days)


# --- ODS ----------------------------------------------------------------------------------------------------------------------

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = "".join(
    f' xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_HEAD = (
    f'{_XML}<office:document-content{_SPACES} office:version="1.3"><office:automatic-styles>'
    '<number:date-style style:name="jour"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>'
    '<style:style style:name="d" style:family="table-cell" style:data-style-name="jour"/>'
    '<style:style style:name="t" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)


def _entry(name: str, method: int = ZIP_DEFLATED) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = method
    return entry


def ods(file: IO[bytes], sheets: Sequence[WorkbookSheet]) -> None:
    """Write a workbook. The type comes first and bare, so that whoever reads its first bytes knows what it is."""
    with ZipFile(file, "w") as archive:
        archive.writestr(_entry("mimetype", ZIP_STORED), _ODS)
        archive.writestr(_entry("META-INF/manifest.xml"), _MANIFEST)
        with archive.open(_entry("content.xml"), "w") as content:
            for part in _content(sheets):
                content.write(part.encode())


def _content(sheets: Iterable[WorkbookSheet]) -> Iterator[str]:
    yield _HEAD
    for sheet in sheets:
        name = escape(writable_in_xml(sheet.name), {'"': "&quot;", "\n": " "})
        yield f'<table:table table:name="{name}"><table:table-column '
        yield f'table:number-columns-repeated="{len(sheet.titles)}"/><table:table-header-rows><table:table-row>'
        yield "".join(_ods_text(title, ' table:style-name="t"') for title in sheet.titles)
        yield "</table:table-row></table:table-header-rows>"
        for row in sheet.rows:
            yield f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, date):
        return (
            f'<table:table-cell table:style-name="d" office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    return _ods_text(value)


def _ods_text(value: str, style: str = "") -> str:
    text = escape(writable_in_xml(value[:LONGEST]))
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.splitlines() or ("",))
    return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'


Writer = Callable[[IO[bytes], Sequence[WorkbookSheet]], None]
WRITERS: Mapping[str, Writer] = {"xlsx": xlsx, "ods": ods}
