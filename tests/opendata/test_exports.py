"""What is taken away: the same rows in four kinds of file, under the filters of a page; no cell that runs, no row too many."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import load_workbook

from equerre.opendata import exports, register, tables
from equerre.opendata.exports import ALL, SEEN, TooManyRows, csv_lines, harmless, json_lines, lines, workbook
from equerre.opendata.search import Query, search
from equerre.opendata.sheets import WRITERS, WorkbookSheet
from equerre.opendata.tables import ACTS, CHANGES, COURSES, LISTS, SCHOOLS, TABLES, Column, Selection, Table
from equerre.registry import revision

ON = date(2026, 10, 1)


def asked(**more: Any) -> Selection:
    return Selection(ON, revision.number(), **more)


# --- Rows -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("demo_year")
class TestRows:
    @pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
    def test_a_row_has_every_column_once_and_its_own_key(self, table: Table) -> None:
        rows = list(table.rows(asked()))
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
        assert len(rows) > 70
        assert all(set(row) == set(names) for row in rows)
        assert len({tuple(row[name] for name in table.key) for row in rows}) == len(rows)

    def test_schools_are_those_of_the_search_in_its_order(self) -> None:
        query = Query("atelier", region="84")
        found = search(query, ON, revision=revision.number())
        assert [row["uai"] for row in SCHOOLS.rows(asked(query=query))] == [one.uai for one in found]
        assert len(found) > 1

    def test_an_answer_is_that_of_the_school_and_says_what_it_hangs_on(self) -> None:
        for row in SCHOOLS.rows(asked(query=Query(academie="10"))):
            school = register.school(row["uai"], ON)
            assert school is not None
            answer = school.answer
            for link in answer.links:
                finding = answer.findings[link.finding]
                assert row[link.word] == finding.outcome
                assert (row[f"{link.word}_hangs_on"] is None) == finding.settled

    def test_schools_may_be_those_that_a_link_answers_by_yes(self) -> None:
        every = list(SCHOOLS.rows(asked()))
        some = list(SCHOOLS.rows(asked(met=("annual_list", "recognition"))))
        expected = [row for row in every if row["annual_list"] == row["recognition"] == "MET"]
        assert some == expected
        assert 0 < len(some) < len(every)

    def test_a_list_is_one_of_its_year_or_all(self) -> None:
        of_2025 = list(LISTS.rows(asked(act_year=2025)))
        assert [row["uai"] for row in of_2025] == [line.uai for line in register.listing(2025, ON).lines]
        assert {row["act_year"] for row in LISTS.rows(asked())} == {2023, 2024, 2025}
        assert list(LISTS.rows(asked(act_year=2022))) == []

    def test_courses_tell_the_days_of_their_sheet(self) -> None:
        rows = {row["certification"]: row for row in COURSES.rows(asked())}
        assert rows["RNCP37897"]["certification_active"] is False
        assert rows["RNCP37897"]["certification_until"] == date(2026, 9, 1)

    def test_what_was_known_then_is_what_is_taken_away(self) -> None:
        then = datetime(2023, 12, 1, tzinfo=UTC)
        assert len(list(CHANGES.rows(asked(known_at=then)))) < len(list(CHANGES.rows(asked())))
        assert len(list(ACTS.rows(asked(known_at=then)))) < len(list(ACTS.rows(asked())))

    def test_schools_are_read_a_few_at_a_time_and_given_as_they_come(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The memory that an export takes is that of a chunk: nothing is read that was not asked for yet."""
        read: list[int] = []
        some = register.some

        def counted(uais: list[str], *more: Any) -> Iterator[Any]:
            read.append(len(uais))
            yield from some(uais, *more)

        monkeypatch.setattr(tables, "CHUNK", 10)
        monkeypatch.setattr(register, "some", counted)
        rows = lines("csv", SCHOOLS, asked())
        next(rows)
        assert read == []
        next(rows)
        assert read == [10]
        assert len(list(rows)) == 71
        assert read == [10] * 7 + [2]


# --- CSV, JSON Lines ------------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
NAMED = (Column("a", "A"), Column("b", "B", "integer"), Column("c", "C", "boolean"), Column("d", "D", "date"))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "a": st.none() | TEXTS,
            "b": st.none() | st.integers(),
            "c": st.none() | st.booleans(),
            "d": st.none() | st.dates(),
        }
    ),
    max_size=5,
)


@given(ROWS)
def test_csv_reads_back_as_it_was_written(rows: list[dict[str, Any]]) -> None:
    text = "".join(csv_lines(NAMED, rows))
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read[0] == ["a", "b", "c", "d"]
    assert [line[0].removeprefix("'") for line in read[1:]] == [(row["a"] or "").removeprefix("'") for row in rows]
    assert [line[1:] for line in read[1:]] == [
        [
            "" if row["b"] is None else harmless(str(row["b"])),
            "" if row["c"] is None else str(row["c"]).lower(),
            "" if row["d"] is None else row["d"].isoformat(),
        ]
        for row in rows
    ]


@given(ROWS)
def test_json_lines_hold_plain_values_as_they_are(rows: list[dict[str, Any]]) -> None:
    read = [json.loads(line) for line in json_lines(NAMED, rows)]
    assert read == [{**row, "d": row["d"].isoformat() if row["d"] else None} for row in rows]
    assert all(line.count("\n") == 1 for line in json_lines(NAMED, rows))


@given(TEXTS)
def test_no_text_is_run_by_a_spreadsheet(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert harmless(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("parted", [";", "\t", ";  ", "\r\n"])
@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_nor_where_it_would_cut_the_line_otherwise(parted: str, sign: str) -> None:
    """French spreadsheets part cells by semicolons, even in a file that parts them by commas."""
    (line,) = list(csv_lines(NAMED, [{"a": f"École{parted}{sign}1+1", "b": 1, "c": None, "d": None}]))[1:]
    cells = re.split(r"[;\t\r\n]", line)
    assert not any(cell.strip(' "').startswith(tuple("=+-@＝＋－＠")) for cell in cells)


def test_csv_follows_rfc_4180() -> None:
    rows = [{"a": 'École "du Pont", à Lyon\nannexe', "b": 3, "c": True, "d": ON}]
    text = "".join(csv_lines(NAMED, rows))
    assert text == 'a,b,c,d\r\n"École ""du Pont"", à Lyon\nannexe",3,true,2026-10-01\r\n'
    assert not text.encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.usefixtures("demo_year")
class TestFiles:
    @pytest.mark.parametrize("which", [SEEN, ALL])
    @pytest.mark.parametrize("table", [SCHOOLS, LISTS, ACTS], ids=lambda table: table.slug)
    def test_the_four_files_hold_the_same_rows(self, table: Table, which: str) -> None:
        names = [column.name for column in tables.columns_of(table, which)]
        rows = [json.loads(line) for line in lines("jsonl", table, asked(), which)]
        assert all(list(row) == names for row in rows)
        read = list(csv.reader(io.StringIO("".join(lines("csv", table, asked(), which)), newline="")))
        assert read[0] == names
        assert len(read) == len(rows) + 1
        for form in WRITERS:
            titles, *cells = book(form, table, which)
            assert titles == [column.title for column in tables.columns_of(table, which)]
            assert [line[0] for line in cells] == [row[names[0]] for row in rows]

    @pytest.mark.parametrize("form", WRITERS)
    def test_a_spreadsheet_keeps_numbers_of_schools_as_text_and_days_as_days(self, form: str) -> None:
        titles, first, *_ = book(form, LISTS, ALL)
        line = dict(zip(titles, first, strict=True))
        assert line["SIRET"] == "00070602800016"
        assert line["Arrêté : publié le"] == date(2023, 11, 30)
        assert line["Liste (année de signature)"] == 2023

    @pytest.mark.parametrize("form", WRITERS)
    def test_a_spreadsheet_says_what_it_is(self, form: str) -> None:
        read = load_workbook(io.BytesIO(content(form, SCHOOLS, SEEN)))
        assert read.sheet_names == ["Écoles", "À lire"]
        said = dict(read.get_sheet_by_name("À lire").to_python())
        assert said["Jour"] == "le 1er octobre 2026"
        assert "Licence Ouverte 2.0" in said["Licence"]

    @pytest.mark.parametrize("form", WRITERS)
    def test_the_same_rows_give_the_same_bytes(self, form: str) -> None:
        assert content(form, ACTS, ALL) == content(form, ACTS, ALL)


def book(form: str, table: Table, which: str) -> list[list[Any]]:
    return load_workbook(io.BytesIO(content(form, table, which))).get_sheet_by_index(0).to_python()


def content(form: str, table: Table, which: str) -> bytes:
    with workbook(form, table, asked(), which) as file:
        return file.read()


# --- Spreadsheets ---------------------------------------------------------------------------------------------------------------


def written(form: str, rows: list[list[Any]]) -> bytes:
    with TemporaryFile() as file:
        WRITERS[form](file, [WorkbookSheet("Essai", [f"c{number}" for number in range(len(rows[0]))], rows)])
        file.seek(0)
        return file.read()


@pytest.mark.parametrize("form", WRITERS)
@given(st.lists(st.tuples(TEXTS, st.integers(-(10**9), 10**9), st.dates(date(1901, 1, 1))), min_size=1, max_size=4))
def test_any_text_number_or_day_goes_through_a_spreadsheet(form: str, rows: list[tuple[str, int, date]]) -> None:
    read = load_workbook(io.BytesIO(written(form, [list(row) for row in rows]))).get_sheet_by_index(0)
    cells = read.to_python(skip_empty_area=False)[1:]
    assert [line[1] for line in cells] == [row[1] for row in rows]
    assert [line[2] for line in cells] == [row[2] for row in rows]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(
    "text", ["École <du> Pont & Cie", "  blancs  ", 'guillemet "', "a\x00b\ud800c", "é" * 40_000, ""]
)
def test_every_part_of_a_spreadsheet_is_well_formed(form: str, text: str) -> None:
    with ZipFile(io.BytesIO(written(form, [[text, None, 1, date(1812, 1, 1)]]))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_an_ods_opens_with_its_type_bare() -> None:
    content = written("ods", [["a"]])
    with ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert content[38 : 38 + 46] == b"application/vnd.oasis.opendocument.spreadsheet"


def test_a_day_before_march_1900_is_written_out_in_xlsx() -> None:
    """Day 60 of a spreadsheet never was: the numbers before it mean one day here, another there."""
    cells = load_workbook(io.BytesIO(written("xlsx", [[date(1899, 7, 14)]]))).get_sheet_by_index(0).to_python()
    assert cells[1] == ["1899-07-14"]


@pytest.mark.parametrize("form", WRITERS)
def test_a_table_too_long_for_a_spreadsheet_is_refused_before_anything_is_given(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    short = Table("court", "Court", "Court", "", NAMED[:1], ("a",), lambda _: iter([{"a": "x"}] * 2))
    long = Table("long", "Long", "Un long tableau", "", NAMED[:1], ("a",), lambda _: iter([{"a": "x"}] * 3))
    workbook(form, short, Selection(ON, 0)).close()
    with pytest.raises(TooManyRows, match="« Un long tableau » a plus de 50 000 lignes"):
        workbook(form, long, Selection(ON, 0))
