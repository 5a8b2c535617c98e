"""Spreadsheets, written row by row: XLSX (ISO/IEC 29500) and ODS (ISO/IEC 26300), each a ZIP of a few XML files.

Our own lines rather than a library: those that write ODS hold the whole sheet in memory (50,000 rows of 20 columns: 2 GB and
over a minute with odfpy), and those that write XLSX put the hour in it. Here a row is written and forgotten, and the same rows
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from equerre.kernel.invisible import writable_in_xml

Cell = str | int | date | None
# Day 1 of a spreadsheet; before March 1900 they do not agree on the number of a day, and it is written as text.
_DAY_ZERO, _FIRST_SURE_DAY = date(1899, 12, 30), date(1900, 3, 1)
_LONGEST = 32_767  # characters in a cell of XLSX


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its first line, and the rows that follow."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def _text(value: str) -> str:
    return escape(writable_in_xml(value[:_LONGEST]))


def _attribute(value: str) -> str:
    return escape(writable_in_xml(value), {'"': "&quot;", "\n": " "})


def _entry(name: str, method: int = ZIP_DEFLATED) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = method
    return entry


def _file(archive: ZipFile, name: str, parts: Iterable[str]) -> None:
    with archive.open(_entry(name), "w") as file:
        for part in parts:
            file.write(part.encode())


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# --- XLSX ---------------------------------------------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Styles by number: 0 text and numbers, 1 a day, 2 the first line.
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def xlsx(file: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write a workbook."""
    numbers = range(1, len(sheets) + 1)
    with ZipFile(file, "w") as archive:
        _file(archive, "[Content_Types].xml", [_content_types(numbers)])
        _file(archive, "_rels/.rels", [_relations([(1, "officeDocument", "xl/workbook.xml")])])
        links = [(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        _file(archive, "xl/_rels/workbook.xml.rels", [_relations([*links, (len(sheets) + 1, "styles", "styles.xml")])])
        _file(archive, "xl/workbook.xml", [_workbook(sheets)])
        _file(archive, "xl/styles.xml", [_STYLES])
        for number, sheet in zip(numbers, sheets, strict=True):
            _file(archive, f"xl/worksheets/sheet{number}.xml", _worksheet(sheet))


def _content_types(numbers: Iterable[int]) -> str:
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    named = "".join(f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts.items())
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _relations(links: Iterable[tuple[int, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for number, kind, target in links
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    named = "".join(
        f'<sheet name="{_attribute(sheet.name[:31])}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'


def _worksheet(sheet: Sheet) -> Iterator[str]:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{_width(name)}" customWidth="1"/>' for at, name in _counted(sheet)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols><sheetData>'
    )
    letters = [_letters(at) for at, _ in _counted(sheet)]
    first = "".join(
        _xlsx_text(f"{letter}1", title, ' s="2"') for letter, title in zip(letters, sheet.titles, strict=True)
    )
    yield f'<row r="1">{first}</row>'
    for number, row in enumerate(sheet.rows, start=2):
        cells = "".join(_xlsx_cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True))
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData></worksheet>"


def _counted(sheet: Sheet) -> Iterable[tuple[int, str]]:
    return enumerate(sheet.titles, start=1)


def _width(title: str) -> int:
    return min(60, max(14, len(title) + 2))


def _letters(at: int) -> str:
    """
    >>> _letters(1), _letters(27), _letters(703)
    ('A', 'AA', 'AAA')
    """
    found = ""
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(65 + rest) + found
    return found


def _xlsx_cell(address: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f'<c r="{address}"><v>{value}</v></c>'
    if isinstance(value, date) and value >= _FIRST_SURE_DAY:
        return f'<c r="{address}" s="1"><v>{(value - _DAY_ZERO).days}</v></c>'
    return _xlsx_text(address, str(value))


def _xlsx_text(address: str, value: str, style: str = "") -> str:
    return f'<c r="{address}"{style} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'


# --- ODS ----------------------------------------------------------------------------------------------------------------------

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


def ods(file: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write a workbook. The type comes first and bare, so that whoever reads its first bytes knows what it is."""
    with ZipFile(file, "w") as archive:
        archive.writestr(_entry("mimetype", ZIP_STORED), _ODS)
        _file(archive, "META-INF/manifest.xml", [_MANIFEST])
        _file(archive, "content.xml", _content(sheets))


def _content(sheets: Iterable[Sheet]) -> Iterator[str]:
    yield _HEAD
    for sheet in sheets:
        yield f'<table:table table:name="{_attribute(sheet.name)}"><table:table-column '
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
    lines = "".join(f"<text:p>{line}</text:p>" for line in _text(value).splitlines() or ("",))
    return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'


Writer = Callable[[IO[bytes], Sequence[Sheet]], None]
WRITERS: Mapping[str, Writer] = {"xlsx": xlsx, "ods": ods}
