"""Codes of the académies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import academie, geography
from equerre.kernel.errors import IdentifierError, InvalidComponent, InvalidFormat


@pytest.mark.parametrize(("number", "code"), [("10", "10"), ("06", "06"), ("6", "06"), (" 1 ", "01")])
def test_right_codes_pass(number: str, code: str) -> None:
    assert academie.validate(number) == code == academie.format(number)


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("05", InvalidComponent, "Caen a été réunie à Normandie. Écrivez 70."),
        ("21", InvalidComponent, "Rouen a été réunie à Normandie. Écrivez 70."),
        ("99", InvalidComponent, "aucune des 30 académies"),
        ("#", InvalidFormat, "deux chiffres"),
        ("010", InvalidFormat, "deux chiffres"),
        ("", InvalidFormat, "deux chiffres"),
        ("Lyon", InvalidFormat, "deux chiffres"),
        ("\u0661", InvalidFormat, "deux chiffres"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        academie.validate(number)
    assert (caught.value.kind, caught.value.number) == ("academie", number)
    assert str(caught.value).startswith("Académie «")


@pytest.mark.parametrize("code", list(geography.academies()))
def test_printed_then_read_is_the_same(code: str) -> None:
    assert academie.validate(academie.format(code)) == code
    assert academie.name(code) == geography.academies()[code].name


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        academie.validate(text)
        assert academie.is_valid(text)
    except IdentifierError:
        assert not academie.is_valid(text)


def test_explain() -> None:
    assert academie.explain("27") == [
        ("Code", "27"),
        ("Académie", "Corse"),
        ("Région", "Corse (94)"),
        ("Départements", "Corse-du-Sud (2A), Haute-Corse (2B)"),
    ]
