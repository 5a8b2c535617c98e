"""The readings: each is whole, its default exists, and it was copied right. The table of docs/readings.md says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equerre import law
from equerre.kernel.citation import Citation
from equerre.kernel.errors import LawError
from equerre.law.readings import NONE, THEMES, WORDS, LawReading, check_option
from tests.law.conftest import Replace
from tests.law.french import wrongs

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "readings.md"

# The second entry of what is taken by default, as in book-keeping; "" are the readings without options.
DEFAULTS = {
    "a": "R2 R4 R12 R13 R19 R22 R27 R28 R30 R31 R33 R35 R39 R41 R42 R43 R54 R55",
    "b": "R1 R3 R5 R6 R7 R8 R9 R10 R14 R15 R18 R20 R24 R53",
    "c": "R11 R16 R17 R23 R25",
    "none": "R26 R29 R44",
    "": "R21 R32 R34 R36 R37 R38 R40 R45 R46 R47 R48 R49 R50 R51 R52",
}
USES = {
    "R3": {"clause": "c", "silent": "b"},
    "R4": {"schooling": "a", "tax": "c"},
    "R7": {"right": "b", "payability": "a"},
    "R22": {"lists": "a", "deductions": "b"},
    "R43": {"clock": "a", "task": "b"},
    "R53": {"exams": "b", "regulated_work": "none"},
}

every = pytest.mark.parametrize("one", law.readings().values(), ids=list(law.readings()))


def test_they_go_from_r1_to_r55_without_a_gap() -> None:
    assert list(law.readings()) == [f"R{number}" for number in range(1, 56)]


def test_the_defaults_are_those_of_the_second_entry() -> None:
    held = {option: " ".join(one.id for one in law.readings().values() if one.default == option) for option in DEFAULTS}
    assert held == DEFAULTS
    assert {number: one.default_for for number, one in law.readings().items() if one.default_for} == USES


def test_an_answer_is_suspended_where_the_law_leaves_it_open() -> None:
    assert [number for number, one in law.readings().items() if one.suspends] == ["R10", "R11", "R44", "R53"]


@every
def test_options_are_named_in_order_and_each_default_is_one_of_them(one: LawReading) -> None:
    assert list(one.options) == list("abcdef"[: len(one.options)])
    assert len(one.options) != 1
    assert {one.default, *one.default_for.values()} <= ({*one.options, NONE} if one.options else {""})


@every
def test_every_text_is_french(one: LawReading) -> None:
    texts = {"title": one.title, "doubt": one.doubt, "why_default": one.why_default, "settles": one.settles}
    texts |= {f"options.{letter}": text for letter, text in one.options.items()}
    texts |= {"unused": one.unused} if one.unused else {}
    found = {key: wrongs(text, sentence=key != "title") for key, text in texts.items()}
    assert {key: wrong for key, wrong in found.items() if wrong} == {}
    assert all(text.endswith(".") for key, text in texts.items() if key not in ("title", "doubt"))


@every
def test_it_names_an_article_that_can_be_printed(one: LawReading) -> None:
    for citation in one.articles:
        assert Citation.parse(str(citation)) == citation
        assert re.search(r"art\. ([LRD]\. )?\d", citation.in_french())
    # What the public may see follows no article of the regime: R48 cites none.
    assert one.articles or one.id == "R48"


@every
def test_an_item_or_a_sentence_that_it_points_at_is_in_our_tables(one: LawReading) -> None:
    for citation in one.articles:
        held = law.articles().get(citation.whole_article)
        if held and held.parts and citation.part:
            assert citation.part in held.parts, str(citation)


@every
def test_it_belongs_to_a_word_or_to_a_theme(one: LawReading) -> None:
    assert one.modules
    assert list(one.modules) == [word for word in (*WORDS, *THEMES) if word in one.modules]


@every
def test_an_option_that_cites_another_reading_cites_one_that_exists(one: LawReading) -> None:
    texts = (one.title, one.doubt, one.why_default, one.settles, one.unused, *one.options.values())
    for number in re.findall(r"R\d+", " ".join(texts)):
        assert number in law.readings()


def test_the_whole_is_written_with_its_accents() -> None:
    whole = "".join(one.doubt + one.why_default for one in law.readings().values())
    assert len(re.findall("[éèêàùûîôç]", whole)) > len(whole) / 50
    assert not re.search(r"\b(Etat|education|ecoles?|eleves?|arrete|annee)\b", whole)


def test_what_no_rule_takes_says_who_will() -> None:
    waiting = [one for one in law.readings().values() if one.unused]
    assert len(waiting) == 30
    assert all(one.unused.startswith("Elle ") for one in waiting)
    assert all(("pas d'options" in one.unused) is not bool(one.options) for one in waiting)
    assert all(one.unused for one in law.readings().values() if not one.options)


# --- Asked ------------------------------------------------------------------------------------------------------------


def test_a_use_has_its_own_default() -> None:
    assert law.reading("R4").option("tax") == "c"
    assert law.reading("R4").option() == "a"
    assert law.reading("R53").option("regulated_work") == NONE


@pytest.mark.parametrize(("number", "words"), [("R4", "choisissez schooling ou tax"), ("R6", "elle n'en a qu'un")])
def test_a_use_that_does_not_exist_is_refused(number: str, words: str) -> None:
    with pytest.raises(LawError, match=f"La lecture {number} n'a pas d'usage « taxe » : {words}"):
        law.reading(number).option("taxe")


@pytest.mark.parametrize("number", ["R0", "R56", "r3", "", "R3-b"])
def test_a_number_that_does_not_exist_is_refused_with_those_that_do(number: str) -> None:
    with pytest.raises(LawError, match=f"« {number} » n'existe pas : elles vont de R1 à R55"):
        law.reading(number)


@pytest.mark.parametrize(
    ("number", "option", "words"),
    [
        ("R3", "d", "La lecture R3 n'a pas d'option « d » : choisissez a, b ou c."),
        ("R2", "", "La lecture R2 n'a pas d'option «  » : choisissez a ou b."),
        ("R44", NONE, "La lecture R44 n'a pas d'option « none » : choisissez a ou b."),
        ("R21", "a", "La lecture R21 n'a pas d'options : elle ne se change pas."),
        ("R99", "a", "La lecture « R99 » n'existe pas"),
    ],
)
def test_an_option_that_does_not_exist_is_refused(number: str, option: str, words: str) -> None:
    with pytest.raises(LawError) as caught:
        check_option(number, option)
    assert words in str(caught.value)


def test_an_option_that_exists_passes() -> None:
    for letter in law.reading("R3").options:
        check_option("R3", letter)


# --- A table that cannot be trusted -----------------------------------------------------------------------------------

WHOLE = {
    "title": '"Un doute"',
    "doubt": '"Le texte se tait."',
    "options": '{ a = "Oui.", b = "Non." }',
    "default": '"a"',
    "why_default": '"Par prudence."',
    "confidence": '"open"',
    "settles": '"Le juge."',
    "articles": '["code-education/L443-6/s3"]',
    "modules": '["annual_list"]',
}


def row(changes: dict[str, str | None], number: str = "R1") -> str:
    """A row that holds, but for what is changed; None takes a key away."""
    keys = {**WHOLE, **changes}
    return f"[{number}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None)


def test_a_row_that_holds_is_read(replace: Replace) -> None:
    replace("readings", row({}))
    assert law.reading("R1").option() == "a"
    assert law.reading("R1").suspends is False


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"default": '"c"'}, "La lecture R1 prend par défaut l'option c, qui n'existe pas."),
        ({"default_for": '{ tax = "z" }'}, "prend par défaut l'option z, qui n'existe pas"),
        ({"default": None}, "a des options et n'en prend aucune : écrivez-en une, ou « none »"),
        ({"options": None}, "prend une option par défaut, et n'en a pas"),
        ({"options": None, "default": None, "default_for": '{ tax = "a" }'}, "prend une option par défaut"),
        ({"options": None, "default": None, "suspends": "true"}, "suspend la réponse, et n'a pas d'option"),
        ({"options": '{ a = "Oui." }'}, "n'a qu'une option : un doute en a deux au moins, ou aucune"),
        ({"options": '{ b = "Non.", a = "Oui." }'}, "nomme ses options b et a : elles s'appellent a, b, c"),
        ({"options": '{ a = "Oui.", c = "Non." }'}, "nomme ses options a et c : elles s'appellent a, b, c"),
        ({"confidence": '"sure"'}, "se dit « sure » : choisissez likely ou open"),
        ({"modules": '["annual_lists"]'}, "nomme le module « annual_lists », qui n'existe pas"),
        ({"articles": '["L443-6"]'}, "La lecture R1 cite mal un article. « L443-6 » n'est pas l'adresse d'un article."),
        ({"doubt": None, "settles": None}, "ne dit rien de doubt et settles : écrivez-le"),
        ({"title": '""'}, "ne dit rien de title"),
        ({"suspend": "true"}, "porte suspend, que personne ne lit"),
    ],
)
def test_a_row_that_does_not_hold_is_refused(changes: dict[str, str | None], words: str, replace: Replace) -> None:
    replace("readings", row(changes))
    with pytest.raises(LawError) as caught:
        law.readings()
    assert words in str(caught.value)


@pytest.mark.parametrize("numbers", [("R2",), ("R1", "R3"), ("R2", "R1"), ("X1",)])
def test_a_number_is_never_skipped_nor_moved(numbers: tuple[str, ...], replace: Replace) -> None:
    replace("readings", "\n".join(row({}, number) for number in numbers))
    with pytest.raises(LawError, match=r"R[12] est attendue et [RX][123] se présente"):
        law.readings()


# --- The document -----------------------------------------------------------------------------------------------------


def table() -> str:
    """The table of docs/readings.md, as law/readings.toml makes it."""
    head = ("Reading", "Title", "Options", "Default", "Confidence", "Suspends", "Taken by a rule", "Modules")
    lines = [head, ("---",) * len(head), *(cells(one) for one in law.readings().values())]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cells(one: LawReading) -> tuple[str, ...]:
    defaults = [one.default or "—", *(f"`{use}` {option}" for use, option in one.default_for.items())]
    return (
        one.id,
        one.title,
        " ".join(one.options) or "—",
        " · ".join(defaults),
        one.confidence,
        "yes" if one.suspends else "",
        "" if one.unused else "yes",
        ", ".join(one.modules),
    )


def test_the_document_holds_the_table() -> None:
    text = DOCUMENT.read_text("utf-8")
    _, _, after = text.partition("<!-- readings -->\n")
    held, _, _ = after.partition("<!-- /readings -->")
    assert held == table(), f"Paste this between the two marks of docs/readings.md:\n\n{table()}"


def test_the_document_counts_as_the_table_does() -> None:
    text = DOCUMENT.read_text("utf-8")
    taken = sum(not one.unused for one in law.readings().values())
    assert f"{len(law.readings())} readings, {taken} of them taken by a rule" in text
