"""CFD: eight characters, text, zeros included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import cfd
from equerre.kernel.errors import IdentifierError, InvalidFormat, InvalidLength


@pytest.mark.parametrize("number", ["01022001", "46X32401", "46x32401", "500 221 37", "99999902"])
def test_right_codes_pass(number: str) -> None:
    assert cfd.validate(number) == number.upper().replace(" ", "")


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("1022001", InvalidLength, "zéro a peut-être été perdu"),
        ("46X3240", InvalidLength, "huit caractères, et non 7"),
        ("010220011", InvalidLength, "et non 9"),
        ("", InvalidLength, "et non 0"),
        ("O1022001", InvalidFormat, "lettre O pour un zéro"),
        ("0102-001", InvalidFormat, "chiffres et des lettres"),
        ("46É32401", InvalidFormat, "sans accent"),
        ("1,022E+06", InvalidFormat, "chiffres et des lettres"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        cfd.validate(number)
    assert (caught.value.kind, caught.value.number) == ("cfd", number)


@given(st.from_regex(r"[0-9]{2}[0-9A-Z][0-9]{4}[0-9A-Z]", fullmatch=True))
def test_printed_then_read_is_the_same(number: str) -> None:
    assert cfd.validate(cfd.format(number.lower())) == number


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        cfd.validate(text)
        assert cfd.is_valid(text)
    except IdentifierError:
        assert not cfd.is_valid(text)


def test_explain() -> None:
    assert cfd.explain("46x32401")[0] == ("Code", "46X32401")
