"""Workbooks that would hurt their reader, and cells whose value was lost: refused before calamine sees them."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from openpyxl import Workbook

from equerre.imports import workbook_guard
from equerre.imports.rncp import kit
from equerre.imports.spoiled import day_of_serial, lost_zero, spoiled_number
from equerre.imports.spreadsheet import FileRefused
from equerre.imports.workbook_guard import refuse_hostile, refuse_lost_values, refuse_other_formats, workbook

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def plain() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["clé", 12, date(2026, 9, 1)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(parts: dict[str, str | bytes]) -> bytes:
    """The plain workbook, these parts in place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain())) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        kept: dict[str, str | bytes] = {name: before.read(name) for name in before.namelist()}
        for name, content in (kept | parts).items():
            after.writestr(name, content)
    return out.getvalue()


def with_part(content: str | bytes, name: str = SHEET) -> bytes:
    return with_parts({name: content})


def guard(data: bytes) -> None:
    refuse_other_formats(data, "a.xlsx")
    refuse_hostile(data, "a.xlsx")
    refuse_lost_values(data, "a.xlsx")


def refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as error:
        guard(data)
    return error.value.refused.reason


def test_a_plain_workbook_passes() -> None:
    data = plain()
    guard(data)
    assert workbook(data, "a.xlsx")["Sheet"][0].cells == ["clé", 12.0, date(2026, 9, 1)]


FARTHEST = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
NAMED = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))
HOSTILE = {
    "one cell in the farthest corner": (with_part(ROWS.format(FARTHEST)), "au-delà de ses données"),
    "the same, its addresses in simple quotes": (
        with_part(ROWS.format(FARTHEST.replace('"', "'"))),
        "au-delà de ses données",
    ),
    "entities": (with_part("<!DOCTYPE a [<!ENTITY b 'c'>]>" + ROWS.format("")), "entités XML"),
    "a bomb": (with_part(b"<a>" + b" " * 250_000_000), "gonflerait"),
    "a member that climbs out": (with_part("<a/>", "../../a.xml"), "sort de l'archive"),
    "an archive without a workbook": (
        with_part("<a/>").replace(b"xl/workbook.xml", b"xl/workbook.xyz"),
        "n'est pas un classeur XLSX",
    ),
}


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_is_refused(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_a_long_text_named_very_often_is_refused() -> None:
    shared = f"<sst><si><t>{'a' * 20_000}</t></si></sst>"
    data = with_parts({SHEET: ROWS.format(NAMED), "xl/sharedStrings.xml": shared})
    assert "répété trop de fois" in refused(data)


def test_the_kit_refuses_it_too_before_it_is_laid_out() -> None:
    """Half a megabyte on the disk, ten gigabytes once read."""
    long_text = f"<sst><si><t>{'a' * 10_000_000}</t></si></sst>"
    data = with_parts({SHEET: ROWS.format(NAMED), "xl/sharedStrings.xml": long_text})
    (refused_whole,) = kit.parse(data, "kit.xlsx").refused
    assert "répété trop de fois" in refused_whole.reason


def test_nobody_reads_a_workbook_but_behind_the_guard() -> None:
    package = Path(workbook_guard.__file__).parents[1]
    readers = [path.name for path in package.rglob("*.py") if "calamine" in path.read_text("utf-8")]
    assert readers == ["workbook_guard.py"]


@pytest.mark.parametrize("place", [10, 200, -200, -30])
def test_a_workbook_cut_short_is_refused(place: int) -> None:
    assert "abîmée ou coupée" in refused(plain()[:place])


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"a;b\r\n", "ce n'est pas un classeur XLSX"), (b"\xd0\xcf\x11\xe0" + bytes(600), "ancien classeur (XLS)")],
)
def test_another_format_is_named(data: bytes, said: str) -> None:
    assert said in refused(data)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="B2" t="e"><v>#N/A</v></c>', "la cellule « B2 » est en erreur"),
        ('<c r="B2"><f>1+1</f></c>', "la formule de la cellule « B2 » n'a jamais été calculée"),
        ('<c r="B2"><f>1+1</f><v /></c>', "« B2 » n'a jamais été calculée"),
        ('<c r="A2" s="1"/><c r="B2"><f>1+1</f><v></v></c>', "« B2 » n'a jamais été calculée"),
    ],
)
def test_a_value_that_was_lost_is_told_and_not_read_as_a_blank(cell: str, said: str) -> None:
    assert said in refused(with_part(ROWS.format(f'<row r="2">{cell}</row>')))


@pytest.mark.parametrize(
    "cell", ['<c r="B2"><f>1+1</f><v>2</v></c>', '<c r="B2" t="str"><f>""</f><v></v></c>', '<c r="B2" s="1"/>']
)
def test_a_formula_that_was_computed_passes(cell: str) -> None:
    refuse_lost_values(with_part(ROWS.format(f'<row r="2">{cell}</row>')), "a.xlsx")


# --- What a spreadsheet spoils -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2,17003E+13", "2.17003E+13", "21700300000000,0", "2E+13"])
def test_a_number_made_a_quantity_is_named(text: str) -> None:
    assert spoiled_number(text).startswith("Le tableur a abîmé ce numéro")


@pytest.mark.parametrize("text", ["21700300000000", "0831819B", "12E", "RNCP37897", ""])
def test_a_number_that_is_whole_is_not(text: str) -> None:
    assert spoiled_number(text) == ""


def test_a_zero_is_lost_only_from_figures() -> None:
    assert lost_zero("1000", 5).startswith("Le zéro du début a été perdu par un tableur (4 chiffres au lieu de 5)")
    assert [lost_zero(text, 5) for text in ("01000", "", "2A", "١٠")] == ["", "", "", ""]


def test_a_serial_day_is_shown_as_the_day_it_would_be() -> None:
    assert day_of_serial(46_996) == date(2028, 8, 31)
    assert [day_of_serial(number) for number in (0.0, 14.0, 2e9, float("nan"), float("inf"))] == [None] * 5


@pytest.mark.parametrize(
    "sheet", [b"<a>" + b"<c " * 200_000, b"<c>" * 200_000 + b"<f>", b"<f/><c>" + b"<v " * 200_000 + b"</c>"]
)
def test_a_sheet_made_of_openings_is_read_once(sheet: bytes) -> None:
    began = perf_counter()
    with suppress(FileRefused):
        workbook_guard._refuse_lost(sheet, "classeur.xlsx")
    assert perf_counter() - began < 5
