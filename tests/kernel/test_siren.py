"""SIREN: Luhn, the wounds of spreadsheets, the numbers kept for fiction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from equerre.kernel import siren
from equerre.kernel.errors import (
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
)

numbers = st.integers(1, 99_999_999).map(lambda rank: f"{rank:08}{luhn.calc_check_digit(f'{rank:08}')}")


@pytest.mark.parametrize("number", ["552008443", "552 008 443", "552.008.443", "\t552008443", "552\u202f008\u202f443"])
def test_real_numbers_pass(number: str) -> None:
    assert siren.validate(number) == "552008443"


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("2,17003E+08", InvalidFormat, "tableur a abîmé.*neuf chiffres"),
        ("552008443.0", InvalidFormat, "tableur a abîmé"),
        ("55200844", InvalidLength, "zéro a peut-être été perdu"),
        ("73282932000074", InvalidLength, "c'est un SIRET"),
        ("5520084433", InvalidLength, "10 chiffres au lieu de 9"),
        ("55200844A", InvalidFormat, "sans lettre"),
        ("", InvalidFormat, "neuf chiffres"),
        ("-552008443", InvalidFormat, "ni signe"),
        ("552008444", InvalidChecksum, "le dernier chiffre"),
        ("000000000", InvalidComponent, "zéros"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        siren.validate(number)
    assert (caught.value.kind, caught.value.number) == ("siren", number)


@given(numbers)
def test_printed_then_read_is_the_same(number: str) -> None:
    assert siren.validate(siren.format(number)) == number


@given(numbers, st.integers(0, 8), st.integers(1, 9))
def test_changing_one_figure_is_always_seen(number: str, place: int, step: int) -> None:
    other = str((int(number[place]) + step) % 10)
    assert not siren.is_valid(number[:place] + other + number[place + 1 :])


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        assert siren.validate(text).isdecimal()
        assert siren.is_valid(text)
    except IdentifierError:
        assert not siren.is_valid(text)
    assert siren.is_fictional(text) in (True, False)


@given(st.text(alphabet="0123456789.,eE+ ", max_size=24))
def test_no_half_number_is_ever_repaired(text: str) -> None:
    if siren.is_valid(text):
        assert [figure for figure in text if figure.isdecimal()] == list(siren.validate(text))


def test_000_is_kept_for_fiction_and_claims_no_more() -> None:
    assert siren.is_fictional("000 142 133")
    assert not siren.is_fictional("552008443")
    assert not siren.is_fictional("000142134")
    assert "numéros anciens" in dict(siren.explain("000142133"))["Fictif"]


def test_explain() -> None:
    assert siren.explain("552008443") == [
        ("Numéro", "552 008 443"),
        ("Clé de contrôle", "3, juste"),
        ("Fictif", "non"),
    ]
