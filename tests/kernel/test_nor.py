"""NOR: four letters, seven figures, one letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import nor
from equerre.kernel.errors import IdentifierError, InvalidFormat, InvalidLength

# Instructions of 2022, 2024 and 2025 on the regional lists, a decree of 2014, a circular of 2018.
REAL = ["MENE2233168J", "MENE2332736J", "MENE2530073J", "MENX1416761D", "MENF1815492C"]


@pytest.mark.parametrize("number", REAL)
def test_real_numbers_pass(number: str) -> None:
    assert nor.validate(f"NOR : {number.lower()}") == number
    assert nor.year(number) == "20" + number[4:6]


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("MENE223316J", InvalidLength, "et non 11"),
        ("MENE22331688J", InvalidLength, "et non 13"),
        ("", InvalidLength, "et non 0"),
        ("MENE22331680", InvalidFormat, "la lettre O et le zéro"),
        ("MENE223O168J", InvalidFormat, "la lettre O et le zéro"),
        ("MEN02233168J", InvalidFormat, "quatre lettres"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        nor.validate(number)
    assert (caught.value.kind, caught.value.number) == ("nor", number)


@given(st.from_regex(r"[A-Z]{4}[0-9]{7}[A-Z]", fullmatch=True))
def test_printed_then_read_is_the_same(number: str) -> None:
    assert nor.validate(nor.format(number)) == number
    assert 1987 <= int(nor.year(number)) <= 2086


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        nor.validate(text)
        assert nor.is_valid(text)
    except IdentifierError:
        assert not nor.is_valid(text)


def test_slashes_of_older_papers_are_read() -> None:
    assert nor.validate("INT/D/05/00084/C") == "INTD0500084C"
    assert nor.year("DEFM8858010J") == "1988"


def test_explain() -> None:
    assert nor.explain("MENE2332736J") == [
        ("Numéro", "MENE2332736J"),
        ("Ministère", "MEN"),
        ("Direction ou service", "E"),
        ("Année", "2023"),
        ("Rang", "32736"),
        ("Nature", "instruction"),
    ]
    assert nor.explain("MENE2332736Z")[-1] == ("Nature", "lettre Z")
