"""Bring your own schools: the template, what is wrong in one that is filled, what it writes, and what goes out again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from equerre.cli import command
from equerre.documents.facts_file.values import Wrong
from equerre.facts import KEPT, KINDS
from equerre.imports.report import Report
from equerre.imports.running import ImportRefused
from equerre.imports.schools import load
from equerre.imports.schools.book import Unwritable, blank_template, csv_files, guide_rows, xlsx
from equerre.imports.schools.cells import blank, read, written
from equerre.imports.schools.export import filled
from equerre.imports.schools.reading import RegistryKeys, parse
from equerre.imports.schools.rows import GUIDE, Files, files
from equerre.imports.schools.template import Holds, TemplateColumn, sheets
from equerre.imports.spreadsheet import key as bare
from equerre.kernel.fact import Fact
from equerre.kernel.period import Period
from equerre.registry import models, record, selectors
from equerre.registry.dated import HELD, IN_TIME, PROPOSED, Dated, Source
from equerre.registry.record import Entry
from equerre.rules.chain import explain
from tests.demo_year import DemoYear
from tests.registry.writing import audience, by, instant, rows_of, school, source

DAYS = (date(2024, 3, 1), date(2025, 2, 3), date(2026, 1, 15), date(2026, 10, 1))
EARLIER = datetime.fromisoformat("2025-06-02T12:00:00+00:00")
HERE = Path(__file__).resolve()

Row = Mapping[str, str]


def table(*rows: Row, separator: str = ";") -> bytes:
    """A CSV of these rows, under the columns that they name."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return out.getvalue().encode()


def folder(**given: Sequence[Row]) -> dict[str, bytes]:
    return {f"{key}.csv": table(*rows) for key, rows in given.items()}


SCHOOL: Row = {"school": "essai", "fictional": "oui", "name": "École d'essai"}
SITE: Row = {
    "site": "atelier",
    "school": "essai",
    "main": "oui",
    "uai": "9990012J",
    "departement": "06",
    "from": "2022-09-01",
}
BASIC = {"school": [SCHOOL], "site": [SITE]}


def said(given: Files, held: RegistryKeys | None = None) -> list[str]:
    """All that is wrong."""
    return [str(one) for one in sorted(parse(given, held or RegistryKeys()).refused)]


def wrong(**given: Sequence[Row]) -> list[str]:
    return said(folder(**{**BASIC, **given}))


def bring(given: Files, at: int = 10, **more: bool) -> Report:
    return load.bring(given, "écoles", author="person:test", recorded_at=instant(at), **more)


def counts(report: Report) -> dict[str, int]:
    return {name: number for name, number in report.counts.items() if number}


def known(model: type[Dated], standing: str = HELD) -> list[Any]:
    return list(model._default_manager.filter(known_until__isnull=True, standing=standing).order_by(*IN_TIME))


def everything() -> list[object]:
    """Every row of the registry, and what exists."""
    identities = (models.School, models.Site, models.Course, models.ManagingBody, models.Act, models.Certification)
    return [rows_of(model) for model in models.DATED] + [list(one.objects.values_list("key")) for one in identities]


# --- The template --------------------------------------------------------------------------------------------------------


def test_every_kind_of_fact_has_its_sheet() -> None:
    assert [sheet.model for sheet in sheets().values()][1:] == list(models.DATED)
    assert {sheet.key for sheet in sheets().values()} == {"sources", *(kind.sheet for kind in KEPT.values())}


def test_titles_are_what_a_spreadsheet_takes_and_tell_sheets_apart() -> None:
    titles = [sheet.title for sheet in sheets().values()]
    assert len({title.casefold() for title in (*titles, GUIDE)}) == len(titles) + 1
    assert [title for title in titles if len(title) > 31 or set(title) & set("[]:*?/\\")] == []


@pytest.mark.parametrize("sheet", sheets().values(), ids=lambda sheet: sheet.key)
def test_columns_are_told_apart_by_key_and_by_label(sheet: Any) -> None:
    names = [name for column in sheet.columns for name in {bare(column.key), bare(column.label)}]
    assert len(set(names)) == len(names)
    assert sheet.about


def test_the_guide_explains_every_column_once() -> None:
    rows = list(guide_rows())
    told = {(row[0], row[2]) for row in rows if row[1]}
    own = {(sheet.title, column.key) for sheet in sheets().values() for column in sheet.columns}
    common = {"from", "until", "last_day", "source", "standing"}
    assert told == {(title, key) for title, key in own if key not in common} | {("", key) for key in common}
    assert all(
        column.example is not None
        for sheet in sheets().values()
        for column in sheet.columns
        if _exampled(column, sheet)
    )


def _exampled(column: TemplateColumn, sheet: Any) -> bool:
    return column.required and not column.refers and sheet.key in KINDS


@pytest.mark.parametrize("sheet", sheets().values(), ids=lambda sheet: sheet.key)
def test_the_examples_are_right(sheet: Any) -> None:
    for column in sheet.columns:
        cell = written(column, column.example)
        assert cell is None or read(column, cell) == column.example


@pytest.mark.parametrize(
    "given", [csv_files(blank_template()), {"vide.xlsx": xlsx(blank_template())}], ids=["csv", "xlsx"]
)
def test_the_blank_template_reads_back_as_nothing(given: Files) -> None:
    parsed = parse(given, RegistryKeys())
    assert (list(parsed.rows), list(parsed.refused), list(parsed.remarks)) == ([], [], [])


def test_the_workbook_guards_numbers_and_offers_words() -> None:
    book = load_workbook(io.BytesIO(xlsx(blank_template())))
    assert book.sheetnames == [GUIDE, *(sheet.title for sheet in sheets().values())]
    page = book["Sites"]
    titles = [cell.value for cell in page[2]]
    at = titles.index("SIRET") + 1
    siret = next(one for one in page.column_dimensions.values() if one.min <= at <= one.max)
    assert (page.row_dimensions[1].hidden, page.freeze_panes, siret.number_format) == (True, "A3", "@")
    offered = [one.formula1 for one in book["Conventions"].data_validations.dataValidation]
    assert '"État,collectivité territoriale,entreprise,autre"' in offered
    assert '"oui,non"' in offered


def test_the_same_rows_give_the_same_workbook() -> None:
    assert xlsx(blank_template()) == xlsx(blank_template())


# --- Cells -----------------------------------------------------------------------------------------------------------------

TEXT = sheets()["agreement"].column("party")
COLUMNS = {
    Holds.TEXT: TEXT,
    Holds.NUMBER: sheets()["audience"].column("school_status"),
    Holds.YES_NO: sheets()["site"].column("main"),
    Holds.DAY: sheets()["recognition"].column("enquiry_on"),
    Holds.CHOICE: sheets()["agreement"].column("purpose"),
    Holds.KEY: sheets()["audience"].column("school"),
    Holds.KEYS: sheets()["recognition"].column("sites"),
}


def refusal(column: TemplateColumn, cell: object) -> str:
    with pytest.raises(Wrong) as wrong:
        read(column, cell)
    return str(wrong.value)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=60)
)
def test_any_text_reads_back_and_never_starts_like_a_formula(text: str) -> None:
    text = text.strip()
    if not text or "�" in text:
        return
    cell = written(TEXT, text)
    assert isinstance(cell, str)
    assert cell[0] not in "=+-@\t\r"
    assert read(TEXT, cell) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+33", "-5", "@SUM(A1)", "'=1", "''@x", "l'atelier", "12°", "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_behind_an_apostrophe_in_both_forms(text: str) -> None:
    given = [sheet for sheet in blank_template() if sheet.sheet.key == "agreement"]
    given = [type(given[0])(given[0].sheet, [{"party": text}])]
    (data,) = csv_files(given).values()
    place = [column.key for column in given[0].sheet.columns].index("party")
    cell = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))[2][place]
    page = load_workbook(io.BytesIO(xlsx(given)))["Conventions"]
    found = page.cell(3, place + 1)
    assert (found.data_type, found.value) == ("s", cell)
    assert cell[0] not in "=+-@"
    assert read(TEXT, cell) == text


@given(st.integers(0, 2_147_483_647), st.dates(date(1800, 1, 1), date(2199, 12, 31)), st.booleans())
def test_numbers_days_and_answers_read_back(number: int, day: date, yes: bool) -> None:
    for value in (number, day, yes):
        column = COLUMNS[{int: Holds.NUMBER, date: Holds.DAY, bool: Holds.YES_NO}[type(value)]]
        cell = written(column, value)
        assert cell is not None
        assert read(column, cell) == value
        assert read(column, cell.isoformat() if isinstance(cell, date) else str(cell)) == value


@given(
    st.text(max_size=20) | st.floats() | st.booleans() | st.dates() | st.datetimes() | st.times(),
    st.sampled_from(list(Holds)),
)
def test_a_cell_is_read_or_refused_in_words(cell: Any, holds: Holds) -> None:
    if blank(cell):
        return
    with suppress(Wrong):
        assert read(COLUMNS[holds], cell) is not None


@pytest.mark.parametrize(
    ("holds", "cell", "value"),
    [
        (Holds.DAY, "01/09/2026", date(2026, 9, 1)),
        (Holds.DAY, "1/9/2026", date(2026, 9, 1)),
        (Holds.DAY, datetime.fromisoformat("2026-09-01"), date(2026, 9, 1)),
        (Holds.NUMBER, "1 200", 1200),
        (Holds.NUMBER, 24.0, 24),
        (Holds.YES_NO, " OUI ", True),
        (Holds.YES_NO, "Faux", False),
        (Holds.YES_NO, True, True),
        (Holds.CHOICE, "ÉQUIPEMENT", "equipment"),
        (Holds.CHOICE, "equipment", "equipment"),
        (Holds.KEYS, "b | a|b", ("b", "a")),
        (Holds.TEXT, 12.0, "12"),
    ],
)
def test_only_case_and_blanks_are_forgiven(holds: Holds, cell: object, value: object) -> None:
    assert read(COLUMNS[holds], cell) == value


@pytest.mark.parametrize(
    ("holds", "cell", "words"),
    [
        (Holds.DAY, "46996", "Le tableur a changé cette date en nombre (pour lui, le 31 août 2028)"),
        (Holds.DAY, 46996.0, "Mettez la cellule au format Date"),
        (Holds.DAY, "31/06/2026", "Le 31 juin n'existe pas. Juin s'arrête au 30."),
        (Holds.DAY, "hier", "n'est pas une date. Une date s'écrit 2026-09-01 ou 01/09/2026"),
        (Holds.DAY, "2026-06-31", "Le 31 juin n'existe pas"),
        (Holds.DAY, "1/9/26", "n'est pas une date"),
        (Holds.DAY, datetime.fromisoformat("2026-09-01T10:00"), "porte une heure"),
        (Holds.DAY, "2999-12-31", "Une fin inconnue ne s'écrit pas"),
        (Holds.NUMBER, "12,5", "n'est pas un nombre entier"),
        (Holds.NUMBER, "-3", "Écrivez un nombre de 0 à 2147483647"),
        (Holds.NUMBER, True, "« VRAI »"),
        (Holds.YES_NO, 1.0, "Écrivez oui ou non"),
        (Holds.CHOICE, "matériel", "Écrivez « fonctionnement », « investissement »"),
        (Holds.KEY, "a|b", "Une clé ne contient pas de barre"),
        (Holds.KEY, "2,17E+13", "Le tableur a abîmé ce numéro"),
        (Holds.KEY, "a" * 81, "il en faut 80 au plus"),
        (Holds.KEYS, "a b", "sans espace"),
        (Holds.TEXT, 2.5, "Le tableur a pris ce texte pour une quantité"),
        (Holds.TEXT, date(2026, 3, 2), "le tableur a pris ce texte pour une date (2 mars 2026)"),
        (Holds.TEXT, True, "le tableur a pris ce texte pour VRAI"),
        (Holds.TEXT, "Saint-�tienne", "Des lettres ont été perdues"),
        (Holds.TEXT, "a\u200bb", "caractère invisible (U+200B)"),
        (Holds.TEXT, "x" * 201, "il en faut 200 au plus"),
    ],
)
def test_a_cell_that_is_wrong_says_what_to_do(holds: Holds, cell: object, words: str) -> None:
    assert words in refusal(COLUMNS[holds], cell)


# --- What is wrong in a file -----------------------------------------------------------------------------------------------


def test_a_small_folder_is_right() -> None:
    assert wrong() == []


def test_everything_is_told_at_once_by_sheet_row_and_column() -> None:
    found = wrong(
        site=[SITE, {**SITE, "site": "autre", "uai": "9990012K", "siret": "2,17003E+13", "departement": "6"}],
        recognition=[
            {"school": "essay", "effect_on": "46996", "authority": "le ministre", "sites": "atelier | cave"},
            {"school": "essai", "effect_on": "2024-06-15", "authority": ""},
        ],
        agreement=[
            {
                "school": "essai",
                "reference": "r",
                "signed_on": "2026-01-20",
                "party": "x",
                "party_kind": "Etat",
                "purpose": "",
            }
        ],
    )
    assert [line.partition(" : ")[0] for line in found] == [
        "agreement.csv, ligne 2, colonne nature de l'autre partie",
        "agreement.csv, ligne 2, colonne objet",
        "recognition.csv, ligne 2, colonne jour d'effet",
        "recognition.csv, ligne 2, colonne sites nommés",
        "recognition.csv, ligne 2, colonne sites nommés",
        "recognition.csv, ligne 2, colonne école (clé)",
        "recognition.csv, ligne 3, colonne autorité",
        "site.csv, ligne 3, colonne SIRET",
        "site.csv, ligne 3, colonne UAI",
        "site.csv, ligne 3, colonne département",
    ]
    assert "ni la feuille « Écoles » ni le registre ne décrivent « essay ». Vouliez-vous dire « essai » ?" in found[5]
    assert "La lettre de contrôle de 9990012 est J, et non K" in found[8]


TWELVE: Row = {"school": "essai", "school_status": "12"}
OTHER: Row = {**SCHOOL, "school": "autre"}
COURSE: Row = {"course": "cap", "school": "essai", "title": "CAP", "certification": "RNCP37897"}
WRONG: dict[str, tuple[Mapping[str, Sequence[Row]], str]] = {
    "an end before its start": (
        {"audience": [{"school": "essai", "school_status": "9", "from": "2026-01-01", "until": "2025-01-01"}]},
        "la fin (1er janvier 2025) doit venir après le début (1er janvier 2026)",
    ),
    "two ends": (
        {"audience": [{"school": "essai", "school_status": "9", "until": "2026-01-01", "last_day": "2026-01-01"}]},
        "deux fins sont dites",
    ),
    "two rows of one thing for the same days": (
        {"audience": [TWELVE, {**TWELVE, "school_status": "8", "from": "2026-01-01"}]},
        "audience.csv, ligne 3 : cette ligne (depuis le 1er janvier 2026) et la ligne 2 (depuis toujours) portent sur",
    ),
    "the site of another school": (
        {
            "school": [SCHOOL, OTHER],
            "annual_list_entry": [{"school": "autre", "act_year": "2025", "sites": "atelier"}],
        },
        "« atelier » est de l'école « essai », et non de « autre »",
    ),
    "a course at the site of another": (
        {"school": [SCHOOL, OTHER], "course": [{**COURSE, "school": "autre", "site": "atelier"}]},
        "« atelier » est de l'école « essai », et non de « autre »",
    ),
    "a site described twice": (
        {"school": [SCHOOL, OTHER], "site": [SITE, {**SITE, "school": "autre", "until": "2021-01-01"}]},
        "« atelier » est décrit ailleurs avec « essai », et cela ne change jamais",
    ),
    "a site without its school": ({"site": [SITE, {"site": "b", "uai": "", "school": ""}]}, "l'école de « b » manque"),
    "a number of a fictional school": (
        {"school": [{**SCHOOL, "fictional": ""}]},
        "« 9990012J » est un numéro d'école fictive",
    ),
    "a source that nobody describes": (
        {"audience": [{"school": "essai", "school_status": "9", "source": "arrete"}]},
        "ni la feuille « Sources » ni le registre ne décrivent « arrete »",
    ),
    "a source refused": (
        {
            "sources": [{"key": "arrete", "publisher": "", "title": "x"}],
            "audience": [{"school": "essai", "school_status": "9", "source": "arrete"}],
        },
        "« arrete » est refusé plus haut (sources.csv, ligne 2)",
    ),
    "a source described twice": (
        {"sources": [{"key": "a", "publisher": "x", "title": "x"}, {"key": "a", "publisher": "y", "title": "x"}]},
        "la ligne 2 décrit autrement la source « a »",
    ),
    "a list signed another year": (
        {
            "annual_list": [
                {"act_year": "2024", "authority": "a", "signed_on": "2025-11-12", "published_on": "2025-11-20"}
            ]
        },
        "2024, mais l'arrêté est signé le 12 novembre 2025",
    ),
    "more reached than leavers": (
        {"cohort": [{"school": "essai", "exit_year": "2025", "horizon": "6", "leavers": "4", "reached": "5"}]},
        "5 personnes jointes pour 4 sortants",
    ),
    "a horizon that nobody observes": (
        {"cohort": [{"school": "essai", "exit_year": "2025", "horizon": "7", "leavers": "4", "reached": "4"}]},
        "Écrivez 6, 12, 18 ou 24",
    ),
    "the name of a region": (
        {
            "regional_list": [
                {"region": "bretagne", "campaign_year": "2026", "authority": "a", "published_on": "2026-01-01"}
            ]
        },
        "Écrivez le code de la région : 53",
    ),
    "a postcode without its zero": ({"site": [{**SITE, "postcode": "6000"}]}, "un zéro a peut-être été perdu"),
    "a column that is not of the template": ({"audience": [{"eleves": "9"}]}, "cette colonne n'est pas du modèle"),
    "a needed column that is not there": (
        {"audience": [{"school": "essai"}]},
        "colonne élèves sous statut scolaire : cette col",
    ),
    "a sheet that is not of the template": ({"ecole": [{"a": "b"}]}, "Vouliez-vous dire « Écoles » ?"),
    "a code of the other register": (
        {"course": [{**COURSE, "certification": "RS123"}]},
        "RS est le répertoire spécifique",
    ),
    "an option that a reading has not": (
        {
            "ruling": [
                {"school": "essai", "reading": "R11", "option": "z", "written_on": "2026-01-01", "authority": "a"}
            ]
        },
        "colonne option",
    ),
    "an absence of what is no kind": (
        {"stated_absence": [{"school": "essai", "of": "grève"}]},
        "n'est pas une sorte de fait",
    ),
}


@pytest.mark.parametrize(("given", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told(given: Mapping[str, Sequence[Row]], words: str) -> None:
    found = wrong(**given)
    assert any(words in line for line in found), found


def test_a_sheet_that_cannot_be_read_is_not_said_of_each_row_that_cites_it() -> None:
    found = wrong(
        site=[{**SITE, "uai2": "x"}], annual_list_entry=[{"school": "essai", "act_year": "2025", "sites": "atelier"}]
    )
    assert [line.partition(" : ")[2][:40] for line in found] == [
        "« atelier » : la feuille « Sites » n'a p",
        "cette colonne n'est pas du modèle. Vouli",
    ]


def test_a_row_said_twice_counts_once_and_is_told() -> None:
    parsed = parse(folder(school=[SCHOOL, SCHOOL]), RegistryKeys())
    assert (len(parsed.rows), list(parsed.refused)) == (3, [])
    assert list(parsed.remarks) == ["school.csv, ligne 3 : répète la ligne 2."]


@pytest.mark.parametrize("header", ["Écoles.csv", "school.csv", "ÉCOLES.CSV", "E\u0301coles.csv"])
def test_a_sheet_is_known_by_its_key_or_its_title(header: str) -> None:
    assert len(parse({header: table(SCHOOL)}, RegistryKeys()).rows) == 2


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_columns_are_named_in_english_or_in_french_in_any_order_once_or_twice(separator: str) -> None:
    french = {"nom": "École d'essai", "FICTIVE": "oui", "École (clé)": "essai"}
    twice = table(
        {"name": "nom", "fictional": "fictive", "school": "école (clé)"},
        {"name": "x", "school": "essai"},
        separator=separator,
    )
    assert len(parse({"school.csv": table(french, separator=separator)}, RegistryKeys()).rows) == 2
    assert len(parse({"school.csv": twice}, RegistryKeys()).rows) == 2


def test_windows_letters_are_read_and_it_is_said() -> None:
    parsed = parse({"school.csv": table(SCHOOL).decode().encode("cp1252")}, RegistryKeys())
    assert (len(parsed.rows), "Windows-1252" in parsed.remarks[0]) == (2, True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "il ne contient aucun fichier CSV"),
        ({"school.csv": table(SCHOOL)[:-4]}, "coupé"),
        ({"school.csv": b"\xff\xfea\x00"}, "UTF-16"),
        ({"school.csv": xlsx([])}, "un classeur : donnez-lui un nom qui finit par .xlsx"),
        ({"a.xlsx": table(SCHOOL)}, "n'est pas un classeur XLSX"),
        ({"school.csv": table(SCHOOL), "Écoles.csv": table(SCHOOL)}, "la feuille « Écoles » est donnée deux fois"),
        ({"school.csv": table({**SCHOOL, "": "perdu"})}, "« perdu » n'est sous aucun titre de colonne"),
        ({"school.csv": table({**SCHOOL, "NOM": "encore"})}, "cette colonne est donnée deux fois"),
    ],
)
def test_a_file_that_is_not_a_template_is_refused(given: Files, words: str) -> None:
    assert words in said(given)[0]


def test_a_stray_blank_sheet_is_passed_and_told() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "Feuil1"
    page = book.create_sheet("Écoles")
    page.append(list(SCHOOL))
    page.append(list(SCHOOL.values()))
    out = io.BytesIO()
    book.save(out)
    parsed = parse({"a.xlsx": out.getvalue()}, RegistryKeys())
    assert (len(parsed.rows), list(parsed.remarks)) == (2, ["a.xlsx, feuille « Feuil1 » est vide : passée."])


def test_a_workbook_tells_its_sheet_and_row() -> None:
    data = xlsx(_filled({"school": [{"school": "essai", "fictional": None, "name": None}]}))
    assert said({"a.xlsx": data}) == []
    data = xlsx(_filled({"audience": [{"school": "essai", "school_status": 9}]}))
    assert said({"a.xlsx": data})[0].startswith(
        "a.xlsx, feuille « Effectifs », ligne 3, colonne école (clé) : ni la feuille"
    )


def _filled(rows: Mapping[str, list[dict[str, Any]]]) -> list[Any]:
    return [type(one)(one.sheet, rows.get(one.sheet.key, [])) for one in blank_template()]


# --- Hostile bytes ---------------------------------------------------------------------------------------------------------

BLANK = xlsx(blank_template()[:4])


@given(st.binary(max_size=300), st.sampled_from(["school.csv", "site.csv", "a.xlsx"]))
def test_no_bytes_make_it_raise(data: bytes, name: str) -> None:
    parsed = parse({name: data}, RegistryKeys())
    assert parsed.refused or not parsed.rows


@given(st.binary(max_size=20), st.integers(0, 200), st.integers(0, 5))
def test_a_csv_with_a_wound_is_read_or_refused(noise: bytes, place: int, lost: int) -> None:
    data = table(SITE)
    parse({"school.csv": table(SCHOOL), "site.csv": data[:place] + noise + data[place + lost :]}, RegistryKeys())


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=8), st.integers(0, len(BLANK)))
def test_a_workbook_with_a_wound_is_read_or_refused(noise: bytes, place: int) -> None:
    parse({"a.xlsx": BLANK[:place] + noise + BLANK[place + len(noise) :]}, RegistryKeys())


@settings(max_examples=60)
@given(
    st.binary(max_size=30),
    st.integers(0, 3_000),
    st.integers(0, 30),
    st.sampled_from(["workbook", "sheet", "styles", "rels"]),
)
def test_a_workbook_whose_parts_are_wounded_is_read_or_refused(noise: bytes, place: int, lost: int, part: str) -> None:
    """The archive is whole, its size and sums are right: only what is inside is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BLANK)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            wounded = content[:place] + noise + content[place + lost :]
            after.writestr(name, wounded if part in name else content)
    parse({"a.xlsx": out.getvalue()}, RegistryKeys())


# --- What it writes --------------------------------------------------------------------------------------------------------

SOURCES: Row = {"key": "arrete", "publisher": "Ministère", "title": "Arrêté FICTIF-1", "dated_on": "2024-06-10"}


def audiences(*rows: Row) -> dict[str, bytes]:
    """How many pupils, with the source of each."""
    whole = [{"school": "essai", **row} for row in rows]
    others = {"key": "autre", "publisher": "Rectorat", "title": "Enquête"}
    return folder(**BASIC, sources=[SOURCES, others], audience=whole)


@pytest.mark.django_db
def test_facts_are_held_with_their_source_and_their_days() -> None:
    given = folder(
        **BASIC,
        sources=[SOURCES],
        recognition=[
            {
                "school": "essai",
                "effect_on": "2024-06-15",
                "authority": "le ministre",
                "sites": "atelier",
                "source": "arrete",
            }
        ],
        audience=[{"school": "essai", "school_status": "24", "from": "2024-09-01", "last_day": "31/08/2025"}],
    )
    assert counts(bring(given)) == {"new": 4}
    (recognition,) = known(models.Recognition)
    assert (recognition.valid_from, recognition.source.key) == (date(2024, 6, 15), "arrete")
    assert [site.key for site in recognition.sites.all()] == ["atelier"]
    (audience,) = known(models.Audience)
    assert (audience.valid_until, audience.known_from) == (date(2025, 9, 1), instant(10))
    assert (audience.source.publisher, audience.source.title) == (load.PUBLISHER, "écoles")
    assert audience.source.sha256 is not None


@pytest.mark.django_db
def test_an_event_may_be_said_to_have_no_beginning() -> None:
    bring(folder(**BASIC, second_degree=[{"school": "essai", "value": "oui", "from": "TOUJOURS"}]))
    bring(folder(opening_declaration=[{"school": "essai", "filed_on": "2022-01-10", "from": "toujours"}]), at=11)
    assert [known(model)[0].valid_from for model in (models.SecondDegree, models.OpeningDeclaration)] == [None, None]


@pytest.mark.django_db
def test_a_second_import_changes_nothing() -> None:
    given = audiences({"school_status": "24", "source": "arrete"})
    bring(given)
    before = everything()
    report = bring(given, at=11)
    assert counts(report) == {"unchanged": 3}
    assert everything() == before


@pytest.mark.django_db
def test_a_file_may_name_what_the_registry_holds_already() -> None:
    bring(folder(**BASIC, sources=[SOURCES]))
    report = bring(folder(audience=[{"school": "essai", "school_status": "24", "source": "arrete"}]), at=11)
    assert counts(report) == {"new": 1}
    with pytest.raises(ImportRefused, match=r"ni la feuille « Écoles » ni le registre"):
        bring(folder(audience=[{"school": "inconnue", "school_status": "24"}]), at=12)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (folder(sources=[{**SOURCES, "title": "Autre"}]), "le registre décrit autrement la source « arrete »"),
        (folder(site=[{"site": "atelier", "school": "essai", "main": "oui", "uai": "9990012J"}]), ""),
        (folder(school=[{**SCHOOL, "fictional": "non"}]), "« essai » est décrit ailleurs avec « oui »"),
    ],
)
def test_what_never_changes_is_refused_when_it_does(given: Files, words: str) -> None:
    bring(folder(**BASIC, sources=[SOURCES]))
    if words:
        with pytest.raises(ImportRefused, match=words):
            bring(given, at=11)
    else:
        bring(given, at=11)


@pytest.mark.django_db
def test_the_same_publisher_takes_the_place_of_what_it_said() -> None:
    bring(audiences({"school_status": "24", "from": "2024-09-01", "source": "arrete"}))
    report = bring(audiences({"school_status": "30", "from": "2025-09-01", "source": "arrete"}), at=11)
    assert counts(report) == {"changed": 1, "unchanged": 2}
    found = [(row.school_status, row.valid_from, row.valid_until) for row in known(models.Audience)]
    assert found == [(24, date(2024, 9, 1), date(2025, 9, 1)), (30, date(2025, 9, 1), None)]
    assert models.Audience.objects.count() == 3


@pytest.mark.django_db
def test_a_fact_that_ends_and_the_next_from_elsewhere() -> None:
    """The natural way to tell a change: the old row gets an end, a new one begins there, under its own source."""
    bring(audiences({"school_status": "24", "source": "arrete"}))
    given = audiences(
        {"school_status": "24", "until": "2025-09-01", "source": "arrete"},
        {"school_status": "30", "from": "2025-09-01", "source": "autre"},
    )
    assert counts(bring(given, at=11)) == {"ended": 1, "new": 1, "unchanged": 2}
    found = [(row.school_status, row.valid_until, row.source.key) for row in known(models.Audience)]
    assert found == [(24, date(2025, 9, 1), "arrete"), (30, None, "autre")]


@pytest.mark.django_db
def test_another_publisher_is_contested_and_never_overwrites() -> None:
    bring(audiences({"school_status": "24", "source": "arrete"}))
    given = audiences({"school_status": "30", "source": "autre"})
    assert counts(bring(given, at=11)) == {"contested": 1, "unchanged": 2}
    assert [row.school_status for row in known(models.Audience)] == [24]
    (proposed,) = known(models.Audience, PROPOSED)
    assert (proposed.school_status, proposed.source.key) == (30, "autre")
    assert counts(bring(given, at=12)) == {"unchanged": 3}
    record.settle(proposed, by(20), accept=False)
    assert counts(bring(given, at=21)) == {"unchanged": 3}
    assert known(models.Audience, PROPOSED) == []


@pytest.mark.django_db
def test_what_a_file_does_not_mention_is_left_alone() -> None:
    bring(audiences({"school_status": "24", "until": "2024-01-01", "source": "arrete"}))
    bring(audiences({"school_status": "30", "from": "2025-01-01", "source": "arrete"}), at=11)
    assert [row.school_status for row in known(models.Audience)] == [24, 30]


@pytest.mark.django_db
def test_a_file_may_propose() -> None:
    given = audiences({"school_status": "30", "source": "autre", "standing": "proposé"})
    assert counts(bring(given)) == {"new": 2, "contested": 1}
    assert (len(known(models.Audience)), len(known(models.Audience, PROPOSED))) == (0, 1)


BAD = {"school": "essai", "school_status": "beaucoup", "from": "2020-01-01", "until": "2021-01-01"}


@pytest.mark.django_db
def test_all_or_nothing_unless_the_good_is_kept() -> None:
    given = folder(**BASIC, audience=[{"school": "essai", "school_status": "24", "from": "2022-01-01"}, BAD])
    before = everything()
    with pytest.raises(ImportRefused) as refused:
        bring(given)
    assert everything() == before
    assert [str(one) for one in refused.value.report.refused] == [
        "audience.csv, ligne 3, colonne élèves sous statut scolaire : « beaucoup » n'est pas un nombre entier. Écrivez-le en "
        "chiffres, sans virgule ni unité."
    ]
    report = bring(given, keep_good=True)
    assert (counts(report), len(report.refused)) == ({"new": 3}, 1)


@pytest.mark.django_db
def test_what_stands_on_a_refused_row_is_refused_with_it() -> None:
    given = folder(
        school=[SCHOOL],
        site=[{**SITE, "school": "inconnue"}],
        annual_list_entry=[{"school": "essai", "act_year": "2025", "sites": "atelier"}],
    )
    report = bring(given, keep_good=True)
    assert counts(report) == {"new": 1}
    assert (
        "annual_list_entry.csv, ligne 2, colonne sites nommés : « atelier » est refusé plus haut (site.csv, ligne 2)."
        in map(str, report.refused)
    )


@pytest.mark.django_db
def test_a_trial_writes_nothing_and_says_the_same() -> None:
    given = audiences({"school_status": "24", "source": "arrete"})
    before = everything()
    trial = bring(given, dry_run=True)
    assert everything() == before
    assert Source.objects.count() == 0
    assert counts(trial) == counts(bring(given)) == {"new": 3}


@pytest.mark.django_db
def test_a_writer_who_was_faster_is_told_with_the_place() -> None:
    bring(audiences({"school_status": "24", "source": "arrete"}))
    with pytest.raises(ImportRefused) as refused:
        bring(audiences({"school_status": "30", "source": "arrete"}), at=9)
    assert str(refused.value.report.refused[0]).startswith(
        "audience.csv, ligne 2 : Ce fait a été écrit au même instant"
    )
    assert [row.school_status for row in known(models.Audience)] == [24]


@pytest.mark.django_db
def test_progress_is_told_up_to_the_last_line() -> None:
    told: list[int] = []
    given = audiences({"school_status": "24", "source": "arrete"})
    load.bring(given, "écoles", author="person:test", recorded_at=instant(10), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 3


# --- What goes out, and comes in again ------------------------------------------------------------------------------------


def tree(value: object) -> object:
    """A finding, a fact, a chain: all that it says but since when it is known, which is the reader's own time."""
    if isinstance(value, Fact):
        return (value.name, value.value, value.valid, value.source, value.contested)
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: tree(getattr(value, one.name)) for one in fields(value) if one.name not in ("known_at", "school")
        }
    if isinstance(value, Mapping):
        return {key: tree(one) for key, one in value.items()}
    return tuple(map(tree, value)) if isinstance(value, tuple | list) else value


def findings(known_at: datetime | None = None) -> dict[tuple[str, date], object]:
    """Every finding about every school, on several days."""
    found = selectors.schools(known_at=known_at)
    return {(one.uai, day): tree(explain(one, day, known_at=known_at)) for one in found for day in DAYS}


Exported = tuple[dict[tuple[str, date], object], list[Any]]


@pytest.fixture(scope="module")
def exported(demo_database: DemoYear, django_db_blocker: Any, request: pytest.FixtureRequest) -> Exported:
    """The findings of the demo year and its export, as known at an instant; the registry of the test stays empty."""
    with django_db_blocker.unblock(), demo_database.turned_to():
        return findings(request.param), filled(request.param)


FORMS = {"csv": csv_files, "xlsx": lambda sheets: {"écoles.xlsx": xlsx(sheets)}}


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "exported"), [("xlsx", None), ("csv", EARLIER)], indirect=["exported"])
def test_the_demo_year_goes_out_and_comes_in_with_every_finding(form: str, exported: Exported) -> None:
    before, sheets = exported
    given = FORMS[form](sheets)
    assert models.School.objects.count() == 0
    report = bring(given, at=350)
    assert (report.refused, report.counts["unchanged"]) == ([], 0)
    after = findings()
    assert before.keys() == after.keys()
    assert [key for key in before if before[key] != after[key]] == []
    assert not bring(given, at=351).written
    assert csv_files(filled()) == csv_files(sheets)


@pytest.mark.django_db
def test_an_export_says_what_was_held_at_an_instant() -> None:
    record.record(audience(12), by(0))
    record.record(audience(15, date(2026, 1, 1)), by(5))
    for known_at, pupils in ((instant(-1), []), (instant(1), [12]), (instant(6), [12, 15]), (None, [12, 15])):
        rows = next(one.rows for one in filled(known_at) if one.sheet.key == "audience")
        assert [row["school_status"] for row in rows] == pupils


@pytest.mark.django_db
def test_what_exists_without_a_fact_goes_out_too() -> None:
    models.Act.objects.create(key="FICTIF-9")
    models.Site.objects.create(key="atelier", school=school())
    sheets = {one.sheet.key: list(one.rows) for one in filled()}
    assert sheets["site"] == [{"site": "atelier", "school": "école-1"}]
    assert (sheets["act"], sheets["school"]) == ([{"act": "FICTIF-9"}], [{"school": "école-1", "fictional": True}])


@pytest.mark.django_db
def test_only_the_sheets_of_the_rncp_that_schools_prepare_go_out() -> None:
    codes = {code: models.Certification.objects.create(key=code) for code in ("RNCP37897", "RNCP41000", "RNCP12345")}
    for code, certification in codes.items():
        many = {"successors": [codes["RNCP41000"]]} if code == "RNCP37897" else {"successors": []}
        values = {"certification": certification, "title": code, "kind": "diploma"}
        record.record(Entry(models.CertificationSheet, values, Period(), many), by(0))
    course = models.Course.objects.create(key="cap", school=school())
    record.record(
        Entry(models.CourseDetails, {"course": course, "title": "CAP", "certification": codes["RNCP37897"]}), by(0)
    )
    rows = next(one.rows for one in filled() if one.sheet.key == "certification")
    assert [row["certification"] for row in rows] == ["RNCP37897", "RNCP41000"]


@pytest.mark.django_db
def test_neither_notes_nor_authors_go_out() -> None:
    writer = by(0)
    record.record(
        audience(12), type(writer)("person:secret", writer.recorded_at, writer.source, "secret-reason", "note privée")
    )
    data = b"".join(csv_files(filled()).values())
    assert [word for word in (b"secret", "note privée".encode()) if word in data] == []


def test_a_text_that_a_workbook_cannot_hold_is_told() -> None:
    with pytest.raises(Unwritable, match="ne tient pas dans un classeur"):
        xlsx(_filled({"skill_block": [{"title": "x" * 40_000}]}))
    with pytest.raises(Unwritable, match="Feuille « Écoles », colonne nom"):
        xlsx(_filled({"school": [{"name": "a\x07b"}]}))


# --- The command -----------------------------------------------------------------------------------------------------------


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, list(map(str, words)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["modèle.xlsx", "modèle"])
def test_the_command_writes_the_template_once(tmp_path: Path, name: str) -> None:
    code, out, _ = run("import", "schools", "--template", tmp_path / name)
    assert (code, out.startswith("Le modèle est écrit")) == (0, True)
    assert len(parse(files(tmp_path / name), RegistryKeys()).refused) == 0
    code, out, err = run("import", "schools", "--template", tmp_path / name)
    assert (code, out, err) == (2, "", f"{tmp_path / name} existe déjà : donnez un autre nom, ou déplacez-le.\n")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["écoles.xlsx", "écoles"])
def test_the_command_exports_and_reads_back(tmp_path: Path, name: str) -> None:
    record.record(audience(12), by(0, source("papier")))
    code, out, _ = run("export", "schools", tmp_path / name)
    assert (code, "gardez-le pour vous" in out) == (0, True)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert run("import", "schools", tmp_path / name) == (
        0,
        f"{load.PUBLISHER}, {name} : 3 lignes lues ; 2 faits inchangés.\n",
        "",
    )


@pytest.mark.django_db
def test_the_command_says_all_that_is_wrong_and_leaves_with_two(tmp_path: Path) -> None:
    for name, data in folder(**BASIC, audience=[BAD]).items():
        (tmp_path / name).write_bytes(data)
    code, out, err = run("import", "schools", tmp_path)
    assert (code, out) == (2, "")
    assert err.splitlines()[0].startswith("audience.csv, ligne 2, colonne élèves sous statut scolaire")
    assert err.splitlines()[-1].endswith(
        "rien n'a été écrit. Corrigez 1 point, ou gardez ce qui est bon avec --keep-good."
    )
    code, out, _ = run("import", "schools", tmp_path, "--format", "json")
    assert (code, '"column": "élèves sous statut scolaire"' in out) == (2, True)
    assert run("import", "schools", tmp_path, "--keep-good", "--dry-run")[0] == 0
    assert models.School.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("words", [(), ("a", "--template", "b")])
def test_the_command_wants_one_thing(words: tuple[str, ...]) -> None:
    code, _, err = run("import", "schools", *words)
    assert (code, err.startswith("Donnez un fichier ou un dossier rempli")) == (2, True)


def test_the_commands_show_what_they_bring_in_and_out() -> None:
    assert [word in run("import")[1] for word in ("directory", "schools")] == [True, True]
    assert "schools" in run("export")[1]


@pytest.mark.parametrize("sheet", ["school", "managing_body", "act"])
@pytest.mark.parametrize("key", ["a/b", "..", 'q"x', "a?b#c", "</script>", "a b"])
def test_a_key_that_no_address_can_hold_is_refused(sheet: str, key: str) -> None:
    column = next(one for one in sheets()[sheet].columns if one.refers == sheet)
    with pytest.raises(Wrong):
        read(column, key)
    assert read(column, "demo-ried.doré_2") == "demo-ried.doré_2"


# --- Lines that contradict each other ------------------------------------------------------------------------------------


def kept(**sheets: list[dict[str, str]]) -> tuple[list[str], list[tuple[str, int]]]:
    parsed = parse(folder(**sheets), RegistryKeys())
    return [type(one).__name__ for one in parsed.rows], sorted((one.place.file, one.place.line) for one in parsed.rows)


def refused_lines(**sheets: list[dict[str, str]]) -> list[tuple[str, int]]:
    return sorted((one.file, one.line) for one in parse(folder(**sheets), RegistryKeys()).refused)


def test_of_two_facts_of_the_same_days_neither_is_kept() -> None:
    sheets = {"school": [SCHOOL], "site": [SITE, {**SITE, "commune": "Ailleurs"}]}
    assert refused_lines(**sheets) == [("site.csv", 2), ("site.csv", 3)]
    assert (kept(**sheets)[0][-1], kept(**sheets)[0].count("FactLine")) == ("FactLine", 1)


def test_of_two_descriptions_of_a_source_neither_is_kept_nor_what_names_it() -> None:
    sources = [{"key": "a", "publisher": "x", "title": "x"}, {"key": "a", "publisher": "y", "title": "x"}]
    sheets = {
        "school": [SCHOOL],
        "sources": sources,
        "audience": [{"school": "essai", "school_status": "9", "source": "a"}],
    }
    assert refused_lines(**sheets) == [("audience.csv", 2), ("sources.csv", 2), ("sources.csv", 3)]
    assert "SourceLine" not in kept(**sheets)[0]


def test_of_two_schools_of_one_site_neither_is_kept() -> None:
    sheets = {"school": [SCHOOL, OTHER], "site": [SITE, {**SITE, "school": "autre", "until": "2021-01-01"}]}
    assert {line for file, line in refused_lines(**sheets) if file == "site.csv"} == {2, 3}
    assert "site.csv" not in {file for file, _ in kept(**sheets)[1]}


def test_two_schools_with_one_uai_are_refused() -> None:
    sheets = {"school": [SCHOOL, OTHER], "site": [SITE, {**SITE, "site": "b", "school": "autre"}]}
    assert refused_lines(**sheets) == [("site.csv", 2), ("site.csv", 3)]
    assert "« 9990012J » est aussi celui d'une autre école, ligne 3" in "".join(said(folder(**sheets)))


def test_a_source_dated_after_the_day_of_reading_is_refused() -> None:
    given = folder(school=[SCHOOL], sources=[{"key": "a", "publisher": "x", "title": "x", "dated_on": "2052-03-01"}])
    (refused,) = parse(given, RegistryKeys(), read_on=date(2026, 1, 11)).refused
    assert str(refused) == (
        "sources.csv, ligne 2, colonne datée du : le 1er mars 2052 est à venir : nous sommes le 11 janvier 2026. Écrivez le jour "
        "que porte la source."
    )


def test_a_letter_of_another_alphabet_is_told_in_a_template() -> None:
    parsed = parse(folder(school=[{**SCHOOL, "name": "École d'\u0435ssai"}], site=[SITE]), RegistryKeys())
    assert [one for one in parsed.remarks if "alphabet" in one] == [
        "school.csv, ligne 2, colonne nom : « \u0435 » (U+0435) dans « École d'\u0435ssai ». Lettres d'un autre alphabet, qui se "
        "prennent pour d'autres."
    ]
    assert parsed.rows


def test_a_number_read_in_capitals_is_told_in_a_template() -> None:
    parsed = parse(folder(school=[SCHOOL], site=[{**SITE, "uai": "9990012j"}]), RegistryKeys())
    assert "site.csv, ligne 2, colonne UAI : « 9990012j », lu en majuscules." in parsed.remarks
