"""The kit in its thirty-odd habits: headers that move, cells that a spreadsheet spoiled, and what is said of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from equerre.imports.rncp.kit import parse
from equerre.imports.rncp.sheet import Days, SheetRead
from equerre.imports.running import Parsed
from tests.imports.rncp_samples import (
    FIVE,
    METAL,
    NINE,
    NOTHING,
    OF_RIGHT,
    SEVEN,
    SEVENTEEN,
    WELD,
    changed,
    kit,
    workbook,
)

METAL_READ = SheetRead(
    "kit.csv",
    4,
    "RNCP91001",
    "CAP - Métallier",
    "diploma",
    3,
    True,
    Days(effect_on=date(2021, 9, 1), ends_on=date(2026, 8, 31)),
    ("RNCP91101", "RNCP91102"),
    ("50025501",),
)


def said(parsed: Parsed[SheetRead]) -> str:
    """Everything that is refused, in one text."""
    return "\n".join(map(str, parsed.refused))


def refusals(*rows: Sequence[str], header: Sequence[str] = SEVENTEEN) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.reason) for one in parse(kit(*rows, header=header), "kit.csv").refused]


def test_a_row_becomes_a_sheet_with_its_days_its_successors_and_its_code() -> None:
    parsed = parse(kit(METAL, WELD, NOTHING), "kit.csv")
    # Three titles of the header hold line breaks: the first row stands on line 6 of the file.
    assert parsed.rows[0] == METAL_READ.__class__(**{**_fields(METAL_READ), "line": 6})
    weld = parsed.rows[1]
    assert (weld.kind, weld.level, weld.active) == ("title", 4, False)
    assert weld.days == Days(decided_on=date(2019, 7, 1), ends_on=date(2024, 6, 30), last_issue_on=date(2026, 6, 30))
    assert weld.start == date(2019, 7, 1)
    assert not parsed.refused
    assert parsed.remarks == ["Codes de diplôme sans fiche RNCP (NR), laissés de côté : 1 (13512006)."]


def _fields(sheet: SheetRead) -> dict[str, object]:
    return {name: getattr(sheet, name) for name in sheet.__dataclass_fields__}


@pytest.mark.parametrize("title", ["FicheRNCP", "Fiche RNCP", "Code RNCP", "CodeRNCP", "fiche  rncp", "FICHE RNCP "])
def test_the_column_of_sheets_is_found_under_every_name_it_bore(title: str) -> None:
    header = tuple(title if name == "FicheRNCP" else name for name in SEVENTEEN)
    assert [one.code for one in parse(kit(METAL, header=header), "kit.csv").rows] == ["RNCP91001"]


def test_the_header_may_stand_on_the_second_row_after_a_blank_or_a_title() -> None:
    for above in (b"\r\n", b"Kit apprentissage, version de juin;;;\r\n"):
        parsed = parse(above + kit(METAL, header=NINE[:9] + SEVENTEEN[9:]), "kit.csv")
        assert [one.code for one in parsed.rows] == ["RNCP91001"], parsed


def test_columns_are_read_by_name_and_may_change_places() -> None:
    backwards = parse(kit(METAL[::-1], header=SEVENTEEN[::-1]), "kit.csv").rows
    assert _fields(backwards[0]) | {"line": 0} == _fields(METAL_READ) | {"line": 0}


def test_a_column_that_nobody_knows_is_told_and_left() -> None:
    parsed = parse(kit((*METAL, "?"), header=(*SEVENTEEN, "Commentaire")), "kit.csv")
    assert len(parsed.rows) == 1
    assert parsed.remarks == ["Colonnes que nous ne lisons pas : « Commentaire »."]


def test_two_columns_for_one_thing_are_refused() -> None:
    parsed = parse(kit((*METAL, "RNCP91001"), header=(*SEVENTEEN, "Code RNCP")), "kit.csv")
    assert "deux colonnes disent la même chose : « FicheRNCP » et « Code RNCP »" in said(parsed)


def test_nine_columns_have_no_title_of_the_sheet_and_say_so() -> None:
    parsed = parse(kit(METAL[:9], header=NINE), "kit.csv")
    (one,) = parsed.rows
    assert (one.title, one.days.ends_on, one.kind) == ("METALLIER (CAP)", date(2026, 8, 31), "diploma")
    assert "ne donne pas l'intitulé des fiches" in parsed.remarks[0]


def test_five_columns_say_no_state_and_seven_no_day() -> None:
    five = parse(kit(("50025501", "METALLIER", "RNCP91001", "niveau3", "CAP"), header=FIVE), "kit.csv").rows[0]
    assert (five.active, five.days, five.level, five.cfd) == (None, Days(), 3, ("50025501",))
    row = ("50025501", "METALLIER", "RNCP91001", "niveau3", "CAP", "v1.0", "INACTIVE")
    seven = parse(kit(row, header=SEVEN), "kit.csv").rows[0]
    assert (seven.active, seven.days) == (False, Days())


def test_several_codes_of_one_sheet_are_gathered_and_a_pair_said_twice_is_kept_once() -> None:
    parsed = parse(kit(METAL, changed(METAL, cfd="50025502"), METAL), "kit.csv")
    assert [(one.code, one.cfd) for one in parsed.rows] == [("RNCP91001", ("50025501", "50025502"))]
    assert parsed.remarks == ["Couples code–fiche écrits deux fois, gardés une fois : 1 (50025501–RNCP91001)."]


def test_two_lines_that_contradict_each_other_on_the_end_are_refused_with_both_places() -> None:
    said = (
        "la fiche RNCP91001 est aussi dite ligne {}, autrement : la date d'échéance. Retirez la ligne qui est fausse."
    )
    assert refusals(METAL, changed(METAL, cfd="50025502", ends_on="31/08/2027")) == [
        (6, "FicheRNCP", said.format(7)),
        (7, "FicheRNCP", said.format(6)),
    ]


def test_two_lines_that_contradict_each_other_on_a_lesser_day_leave_it_out_and_say_so() -> None:
    other = changed(WELD, cfd="46X25502", decided_on="02/07/2019")
    parsed = parse(kit(WELD, other, changed(WELD, cfd="46X25503")), "kit.csv")
    assert parsed.rows[0].days.decided_on is None
    assert parsed.rows[0].days.ends_on == date(2024, 6, 30)
    assert "se contredisent sur la date de décision" in parsed.remarks[0]


# --- What a spreadsheet spoils ----------------------------------------------------------------------------------------


def test_a_lost_zero_is_refused_by_name_and_never_put_back() -> None:
    ((line, column, reason),) = refusals(changed(METAL, cfd="1022001"))
    assert (line, column) == (6, "Code Diplôme")
    assert "Un zéro a peut-être été perdu" in reason


@pytest.mark.parametrize("number", ["4,6E+32", "2.17003E+13", "4,6e+7", "5E+07"])
def test_a_rounded_number_is_refused_by_name(number: str) -> None:
    ((_, column, reason),) = refusals(changed(METAL, cfd=number))
    assert column == "Code Diplôme"
    assert reason.startswith(f"« {number} » : un tableur a remplacé ce code par un nombre arrondi")


def test_a_code_with_an_e_in_the_third_place_is_no_rounded_number() -> None:
    assert parse(kit(changed(METAL, cfd="26E22701")), "kit.csv").rows[0].cfd == ("26E22701",)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/08/2026", date(2026, 8, 31)),
        ("2026-08-31", date(2026, 8, 31)),
        ("46265", date(2026, 8, 31)),
        ("31/08/2026 00:00:00", date(2026, 8, 31)),
        ("", None),
    ],
)
def test_a_day_is_read_as_text_or_as_a_spreadsheet_counts(written: str, day: date | None) -> None:
    parsed = parse(kit(changed(METAL, ends_on=written)), "kit.csv")
    assert parsed.rows[0].days.ends_on == day
    assert any("comme un tableur les compte" in one for one in parsed.remarks) == (written == "46265")


@pytest.mark.parametrize(
    "written", ["31/02/2026", "08/31/2026", "31/08/26", "août 2026", "31/08/1026", "0", "99999", "4.5"]
)
def test_what_is_no_day_is_refused_with_its_place(written: str) -> None:
    ((line, column, reason),) = refusals(changed(METAL, ends_on=written))
    assert (line, column) == (6, "Date d'échéance de la fiche RNCP")
    assert written in reason


def test_a_number_of_sheet_that_is_none_is_refused() -> None:
    reasons = [reason for _, _, reason in refusals(changed(METAL, rncp="91001"), changed(METAL, rncp=""))]
    assert "écrivez RNCP devant le numéro" in reasons[0]
    assert reasons[1] == "cette cellule est vide."


def test_an_unknown_state_is_refused_and_an_unknown_level_is_told() -> None:
    parsed = parse(kit(changed(METAL, state="SUSPENDUE"), changed(WELD, level="V bis")), "kit.csv")
    assert "« SUSPENDUE » n'est pas un état de fiche" in said(parsed)
    assert parsed.remarks == ["Niveaux que nous ne savons pas lire, laissés vides : 1 (RNCP91002 « V bis »)."]


def test_a_row_too_short_or_too_long_is_cut_or_shifted() -> None:
    assert "elle est coupée ou décalée" in refusals(METAL[:12])[0][2]
    assert "elle est décalée" in refusals((*METAL, "de trop"))[0][2]
    assert refusals((*METAL, "", " ")) == []


def test_every_fault_of_a_file_is_told_at_once() -> None:
    found = refusals(changed(METAL, cfd="1022001", ends_on="hier"), changed(WELD, state="?", rncp="RS12"))
    assert [(line, column) for line, column, _ in found] == [(6, "Code Diplôme"), (7, "FicheRNCP")]


# --- Encodings --------------------------------------------------------------------------------------------------------


def test_utf_8_with_or_without_its_mark_gives_the_same() -> None:
    plain = parse(kit(METAL), "kit.csv")
    assert parse(b"\xef\xbb\xbf" + kit(METAL), "kit.csv").rows == plain.rows


def test_windows_1252_is_read_and_said() -> None:
    parsed = parse(kit(METAL).decode().encode("cp1252"), "kit.csv")
    assert parsed.rows[0].title == "CAP - Métallier"
    assert parsed.remarks == ["kit.csv n'est pas en UTF-8 : il a été lu en Windows-1252. Relisez quelques accents."]


def test_neither_encoding_is_refused_with_its_line() -> None:
    parsed = parse(kit(METAL).replace("Métallier".encode(), b"M\x81tallier\xe9"), "kit.csv")
    assert not parsed.rows
    assert (parsed.refused[0].line, "ni d'UTF-8 ni de Windows-1252" in parsed.refused[0].reason) == (6, True)


def test_accents_written_twice_are_refused_and_a_lost_letter_too() -> None:
    twice = "Métallier".encode().decode("cp1252")
    assert f"ses accents ont été écrits deux fois (« CAP - {twice} »)" in said(
        parse(kit(changed(METAL, title=f"CAP - {twice}")), "k")
    )
    assert "une lettre est perdue" in said(parse(kit(changed(METAL, title="CAP - M�tallier")), "k"))


def test_utf_16_and_null_bytes_are_refused_by_name() -> None:
    assert "UTF-16" in said(parse(kit(METAL).decode().encode("utf-16"), "kit.csv"))
    assert "octets nuls" in said(parse(kit(METAL) + b"\0", "kit.csv"))


# --- Cut files --------------------------------------------------------------------------------------------------------


def test_a_file_cut_anywhere_but_between_two_lines_gives_nothing() -> None:
    data = kit(METAL, WELD)
    for length in range(len(data)):
        parsed = parse(data[:length], "kit.csv")
        if data[:length].endswith(b"\n"):
            continue
        assert not parsed.rows, length
        assert parsed.refused, length


def test_a_file_that_is_not_the_kit_is_refused() -> None:
    assert "ni la colonne des codes de diplôme" in said(parse(b"a;b\r\n1;2\r\n", "kit.csv"))
    assert parse(b"", "kit.csv").refused


# --- Workbooks --------------------------------------------------------------------------------------------------------

CORRECTIONS = (("Date correction", "Type de correction", *SEVENTEEN), ("2024-06-21", "Suppression", *METAL))
PRESENTATION = (("Présentation",), ("le Kit Apprentissage est une table",))


def test_the_table_is_found_among_the_working_sheets_with_its_header_on_the_second_row() -> None:
    data = workbook(
        {"Présentation Kit": PRESENTATION, "Kit Apprentissage": [(), SEVENTEEN, METAL], "Corrections Kit": CORRECTIONS}
    )
    parsed = parse(data, "kit.xlsx")
    assert [(one.code, one.line) for one in parsed.rows] == [("RNCP91001", 3)]
    assert parsed.remarks == ["La table est la feuille « Kit Apprentissage » ; les autres ne sont pas lues."]


def test_a_day_held_as_a_date_or_as_a_number_is_read_in_a_workbook() -> None:
    held = [*METAL[:7], date(2026, 8, 31), *METAL[8:]]
    counted = [*METAL[:7], 46265, *METAL[8:]]
    for row in (held, counted):
        assert parse(workbook({"kit": [SEVENTEEN, row]}), "k.xlsx").rows[0].days.ends_on == date(2026, 8, 31)


def test_a_code_held_as_a_number_is_kept_when_whole_and_refused_when_not() -> None:
    assert parse(workbook({"kit": [SEVENTEEN, [50025501, *METAL[1:]]]}), "k.xlsx").rows[0].cfd == ("50025501",)
    assert "Un zéro a peut-être été perdu" in said(
        parse(workbook({"kit": [SEVENTEEN, [1022001, *METAL[1:]]]}), "k.xlsx")
    )
    assert "nombre arrondi" in said(parse(workbook({"kit": [SEVENTEEN, [4.6e32, *METAL[1:]]]}), "k.xlsx"))


def test_two_sheets_that_could_be_the_table_are_parted_by_their_title_or_refused() -> None:
    both = workbook({"Copie": [SEVENTEEN, WELD], "Kit apprentissage": [SEVENTEEN, METAL]})
    assert [one.code for one in parse(both, "k.xlsx").rows] == ["RNCP91001"]
    doubtful = workbook({"Un": [SEVENTEEN, WELD], "Deux": [SEVENTEEN, METAL]})
    assert "plusieurs feuilles ont les colonnes de la table (« Un », « Deux »)" in said(parse(doubtful, "k.xlsx"))


def test_a_workbook_without_the_table_is_refused() -> None:
    assert "aucune feuille de ce classeur n'est la table" in said(parse(workbook({"a": PRESENTATION}), "k.xlsx"))


def test_registration_of_right_without_a_name_of_diploma_is_a_diploma_and_an_unknown_name_is_told() -> None:
    parsed = parse(kit(changed(METAL, name="", registration=OF_RIGHT), changed(WELD, name="Brevet inconnu")), "kit.csv")
    assert [one.kind for one in parsed.rows] == ["diploma", "title"]
    assert "Brevet inconnu" in parsed.remarks[0]


# --- What is left, and what is said of it -----------------------------------------------------------------------------


def test_of_two_lines_that_contradict_each_other_neither_is_kept_and_both_are_named() -> None:
    parsed = parse(kit(METAL, WELD, changed(METAL, cfd="50025502", state="INACTIVE")), "kit.csv")
    assert [one.code for one in parsed.rows] == ["RNCP91002"]
    said = "kit.csv, ligne {}, colonne FicheRNCP : la fiche RNCP91001 est aussi dite ligne {}, autrement : l'état."
    first, second = map(str, parsed.refused)
    assert first.startswith(said.format(6, 8))
    assert second.startswith(said.format(8, 6))


@pytest.mark.parametrize("nothing", ["NR", " nr "])
def test_no_day_is_written_nr_in_old_vintages(nothing: str) -> None:
    parsed = parse(kit(changed(METAL, ends_on=nothing, decided_on=nothing)), "kit.csv")
    assert (list(parsed.refused), parsed.rows[0].days.ends_on) == ([], None)


def test_a_line_without_a_sheet_is_refused_for_nothing() -> None:
    assert not parse(kit(METAL, ("4,6E+32", *NOTHING[1:])), "kit.csv").refused


def test_numbers_read_in_capitals_are_told() -> None:
    parsed = parse(kit(changed(WELD, rncp="rncp91002", cfd="46x25501")), "kit.csv")
    assert (parsed.rows[0].code, parsed.rows[0].cfd) == ("RNCP91002", ("46X25501",))
    assert "Numéros lus en majuscules : 2 (« rncp91002 », ligne 6, « 46x25501 », ligne 6)." in parsed.remarks
