"""The ten CSV tables of France compétences: SIRET led by a tab, codes inside labels, chains with holes, another register."""

from __future__ import annotations

from datetime import date

import pytest

from equerre.imports.rncp.sheet import Days
from equerre.imports.rncp.tables import SIGNATURES, parse, table_of
from tests.imports.rncp_samples import TABLES, tables


def said(**changes: str) -> str:
    return "\n".join(map(str, parse(tables(**changes)).refused))


def test_the_ten_tables_make_sheets_with_their_blocks_and_their_successors() -> None:
    parsed = parse(tables())
    assert not parsed.refused
    metal, weld, turn = parsed.rows
    assert (metal.code, metal.kind, metal.level, metal.active) == ("RNCP91001", "diploma", 3, True)
    assert metal.days == Days(ends_on=date(2026, 8, 31))
    assert metal.blocks == (("RNCP91001BC01", "Fabriquer un ouvrage"), ("RNCP91001BC02", "UP2 : Poser un ouvrage"))
    assert metal.successors == ("RNCP91101", "RNCP91102")
    assert (weld.kind, weld.days.decided_on, weld.start) == ("title", date(2019, 7, 1), date(2019, 7, 1))
    assert (turn.level, turn.successors) == (None, ())


def test_the_last_order_of_the_journal_officiel_starts_nothing() -> None:
    weld = parse(tables(Standard=TABLES["Standard"].replace('"01/07/2019"', ""))).rows[1]
    assert weld.start is None


def test_the_other_register_is_left_aside_and_told() -> None:
    remarks = parse(tables()).remarks
    assert "Fiches du répertoire spécifique (RS), laissées de côté : 1 (RS9001)." in remarks
    assert "Suites dans le répertoire spécifique (RS), laissées de côté : 1 (RNCP91003 et RS9001)." in remarks


def test_a_link_told_by_the_new_sheet_alone_is_told_and_not_guessed() -> None:
    parsed = parse(tables())
    assert parsed.rows[2].successors == ()
    sentence = (
        "Fiches qui disent en remplacer une autre, laquelle ne les nomme pas pour suite : 1 (RNCP91002 pour RNCP91003)."
    )
    assert sentence in parsed.remarks
    assert "Suites nommées dont la fiche n'est pas dans l'export : 2 (RNCP91101, RNCP91102)." in parsed.remarks


def test_a_siret_led_by_a_tab_is_read_and_a_wrong_one_is_told() -> None:
    remarks = [one for one in parse(tables()).remarks if one.startswith("SIRET")]
    assert remarks == [
        "SIRET mal formés, dont nous ne gardons rien : 1 (export_fiches_CSV_Certificateurs_2024_02_22.csv, ligne 3)."
    ]


@pytest.mark.parametrize("name", SIGNATURES)
def test_each_table_is_known_by_its_columns(name: str) -> None:
    assert table_of(SIGNATURES[name]) == name
    assert table_of(SIGNATURES[name][1:]) in ("", "CCN") or name == "CCN"


@pytest.mark.parametrize("name", ["Standard", "Blocs_De_Compétences", "Ancienne_Nouvelle_Certification"])
def test_an_export_that_lacks_a_table_that_is_read_is_refused(name: str) -> None:
    given = {file: data for file, data in tables().items() if name not in file}
    (refused,) = parse(given).refused
    assert "il manque à l'export la table" in refused.reason


def test_a_table_that_is_not_read_may_be_absent_and_is_told() -> None:
    given = {file: data for file, data in tables().items() if "Rome" not in file}
    assert "Tables absentes de l'export, dont nous ne gardons rien : Rome." in parse(given).remarks


def test_a_table_of_no_export_is_refused_and_one_given_twice_too() -> None:
    assert "ne sont celles d'aucune table" in str(parse({"a.csv": b"a;b\r\n1;2\r\n"}).refused[0])
    twice = {**tables(), "copie.csv": TABLES["Standard"].encode()}
    assert "c'est la table Standard, et export_fiches_CSV_Standard_2024_02_22.csv l'est aussi" in str(
        parse(twice).refused[0]
    )


def test_any_table_cut_anywhere_but_between_two_lines_stops_all() -> None:
    for name, text in TABLES.items():
        data = text.encode()
        for length in range(1, len(data), 7):
            given = tables()
            file = next(one for one in given if name in one)
            given[file] = data[:length]
            if not data[:length].endswith(b"\n"):
                parsed = parse(given)
                assert not parsed.rows, (name, length)
                assert parsed.refused, (name, length)


def test_faults_are_told_with_table_line_and_column() -> None:
    faulty = TABLES["Standard"].replace('"31/08/2026"', '"31/31/2026"').replace('"INACTIVE"', '"FERMÉE"', 1)
    lines = said(Standard=faulty).splitlines()
    assert lines[0].startswith(
        "export_fiches_CSV_Standard_2024_02_22.csv, ligne 2, colonne Date_Fin_Enregistrement : « 31/31/2026 »"
    )
    assert "ligne 3, colonne Actif : « FERMÉE » n'est pas un état de fiche" in lines[1]
    doubled = TABLES["Standard"] + TABLES["Standard"].splitlines()[1] + "\r\n"
    assert "la fiche RNCP91001 est déjà dite ligne 2" in said(Standard=doubled)
    assert "ligne 2, colonne Numero_Fiche : la fiche RNCP91001 est aussi dite ligne 6" in said(Standard=doubled)
    assert "RNCP91001" not in [one.code for one in parse(tables(Standard=doubled)).rows]
    assert "Bloc « RNCP91001BC1 »" in said(
        Blocs_De_Compétences=TABLES["Blocs_De_Compétences"].replace('"RNCP91001BC01"', '"RNCP91001BC1"')
    )


def test_a_block_of_another_sheet_is_left_aside_and_told() -> None:
    wrong = TABLES["Blocs_De_Compétences"].replace('"RNCP91001";"RNCP91001BC02"', '"RNCP91002";"RNCP91001BC02"')
    parsed = parse(tables(Blocs_De_Compétences=wrong))
    assert [len(one.blocks) for one in parsed.rows] == [1, 0, 0]
    assert any(one.startswith("Blocs d'une autre fiche") for one in parsed.remarks)


def test_a_block_under_two_titles_is_not_kept_and_that_is_said() -> None:
    twice = TABLES["Blocs_De_Compétences"] + '"RNCP91001";"RNCP91001BC02";"Autrement"\r\n'
    parsed = parse(tables(Blocs_De_Compétences=twice))
    assert [code for code, _ in parsed.rows[0].blocks] == ["RNCP91001BC01"]
    assert any(one.startswith("Blocs dits sous deux intitulés (ils ne sont pas gardés) : 1") for one in parsed.remarks)


def test_a_number_that_is_spoiled_in_a_table_we_do_not_keep_refuses_nothing() -> None:
    parsed = parse(tables(Partenaires=TABLES["Partenaires"].replace("\t73282932000074", "7,32829E+13")))
    assert not parsed.refused
    assert any(one.startswith("SIRET mal formés, dont nous ne gardons rien") for one in parsed.remarks)
