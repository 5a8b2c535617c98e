"""Every parser under fire: bytes from nowhere, good files with bytes changed, cut, or repeated.

Never anything but a refusal with its place: no other exception, no row from a file that is refused whole.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equerre.imports.report import Refused
from equerre.imports.rncp import kit as kit_form
from equerre.imports.rncp import tables as tables_form
from equerre.imports.rncp import xml_export
from equerre.imports.rncp.deliveries import read
from equerre.imports.rncp.sheet import SheetRead
from equerre.imports.running import Parsed
from tests.imports.rncp_samples import FICHE, METAL, NOTHING, SEVENTEEN, WELD, export, kit, tables, workbook, zipped

KIT = kit(METAL, WELD, NOTHING)
BOOK = workbook({"Présentation": [("x",)], "Kit": [(), SEVENTEEN, METAL, WELD]})
XML = export(FICHE, FICHE.replace("RNCP91001", "RNCP91002"))
TABLES = tables()
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=3_000, suppress_health_check=[HealthCheck.too_slow])


def kit_of(data: bytes) -> Parsed[SheetRead]:
    return kit_form.parse(data, "kit.csv")


def xml_of(data: bytes) -> Parsed[SheetRead]:
    return xml_export.parse(io.BytesIO(data), "export.xml")


def tables_of(data: bytes) -> Parsed[SheetRead]:
    standard = next(name for name in TABLES if "Standard" in name)
    return tables_form.parse({**TABLES, standard: data})


STANDARD = next(data for name, data in TABLES.items() if "Standard" in name)
PARSERS: dict[str, tuple[Callable[[bytes], Parsed[SheetRead]], bytes]] = {
    "kit": (kit_of, KIT),
    "workbook": (kit_of, BOOK),
    "tables": (tables_of, STANDARD),
    "xml": (xml_of, XML),
}


@st.composite
def spoiled(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file with bytes changed, taken out, put in twice, or cut."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        span = draw(st.integers(1, 40))
        match draw(st.sampled_from(("change", "take", "twice", "insert", "cut"))):
            case "change":
                data[place : place + 1] = draw(st.binary(min_size=1, max_size=1))
            case "take":
                del data[place : place + span]
            case "twice":
                data[place:place] = data[place : place + span]
            case "insert":
                data[place:place] = draw(st.binary(max_size=20) | st.sampled_from(BITING))
            case _:
                del data[place:]
    return bytes(data)


BITING = (
    *(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;",
        b"<![CDATA[",
        b"]]>",
        b"<FICHE>",
        b"</FICHE>",
        b"<?xml",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ),
    *(b'"', b"\r", b"\n", b"\0", b";;;;;;", b"2,17E+13", b"99/99/9999", b"RNCP", b"\xc3\x83\xc2\xa9", b"=1+1"),
)


def sound(parsed: Parsed[SheetRead]) -> None:
    """Rows are whole, refusals have their file and their reason."""
    for refused in parsed.refused:
        assert isinstance(refused, Refused)
        assert refused.file
        assert refused.line >= 0
        assert refused.reason
    for sheet in parsed.rows:
        assert sheet.code.startswith("RNCP")
        assert sheet.title
        assert sheet.kind in ("diploma", "title")
    assert all(isinstance(remark, str) for remark in parsed.remarks)


@pytest.mark.parametrize("name", PARSERS)
@FEW
@given(data=st.data())
def test_a_spoiled_file_is_read_or_refused_with_its_place(name: str, data: st.DataObject) -> None:
    parse, good = PARSERS[name]
    sound(parse(data.draw(spoiled(good))))


@pytest.mark.parametrize("name", PARSERS)
@FEW
@given(data=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_from_nowhere_are_refused(name: str, data: bytes) -> None:
    parsed = PARSERS[name][0](data)
    sound(parsed)
    assert parsed.refused


@FEW
@given(data=st.data())
def test_a_workbook_spoiled_inside_its_archive_is_read_or_refused(data: st.DataObject) -> None:
    """The archive is sound, what it holds is not: the reader of workbooks itself is under fire."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as found:
        members = {name: found.read(name) for name in found.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    sound(kit_of(zipped(members | {name: data.draw(spoiled(members[name]))})))


@pytest.mark.parametrize(
    "good", [zipped(TABLES), zipped({"e.xml": XML}), BOOK, KIT, XML], ids=["zip", "xml.zip", "xlsx", "csv", "xml"]
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_given_spoiled_is_read_or_refused(tmp_path: Path, good: bytes, data: st.DataObject) -> None:
    path = tmp_path / "kit_2025-01-31"
    path.write_bytes(data.draw(spoiled(good)))
    for one in read([path], read_on=date(2026, 1, 1)):
        sound(one.parsed)


@pytest.mark.slow
@pytest.mark.parametrize("name", PARSERS)
@MANY
@given(data=st.data())
def test_a_spoiled_file_is_read_or_refused_with_its_place_however_spoiled(name: str, data: st.DataObject) -> None:
    parse, good = PARSERS[name]
    sound(parse(data.draw(spoiled(good))))
