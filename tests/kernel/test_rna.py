"""RNA: W and nine characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import rna
from equerre.kernel.errors import IdentifierError, InvalidFormat, InvalidLength


@pytest.mark.parametrize("number", ["W691056789", "w691 056 789", "W9R1011072"])
def test_right_numbers_pass(number: str) -> None:
    assert rna.validate(number) == number.upper().replace(" ", "")


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("691056789", InvalidFormat, "il manque le W"),
        ("W69105678", InvalidLength, "et non 9 caractères"),
        ("W6910567890", InvalidLength, "et non 11 caractères"),
        ("", InvalidLength, "préfecture"),
        ("X691056789", InvalidFormat, "W puis neuf chiffres"),
        ("W69105678O", InvalidFormat, "W puis neuf chiffres"),
        ("WR91011072", InvalidFormat, "W puis neuf chiffres"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        rna.validate(number)
    assert (caught.value.kind, caught.value.number) == ("rna", number)


@given(st.from_regex(r"W[0-9]{9}", fullmatch=True))
def test_printed_then_read_is_the_same(number: str) -> None:
    assert rna.validate(rna.format(number)) == number


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        rna.validate(text)
        assert rna.is_valid(text)
    except IdentifierError:
        assert not rna.is_valid(text)


def test_explain() -> None:
    assert dict(rna.explain("w691056789"))["Numéro"] == "W691056789"
