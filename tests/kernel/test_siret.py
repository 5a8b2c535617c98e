"""SIRET: Luhn, La Poste, the wounds of spreadsheets, which half is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from equerre.kernel import siren, siret
from equerre.kernel.errors import (
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
)


def _siret(body: int, rank: int) -> str:
    nine = f"{body:08}{luhn.calc_check_digit(f'{body:08}')}"
    return f"{nine}{rank:04}{luhn.calc_check_digit(f'{nine}{rank:04}')}"


numbers = st.builds(_siret, st.integers(1, 99_999_999), st.integers(0, 9999)).filter(
    lambda number: not number.startswith(siret.LA_POSTE)
)


@pytest.mark.parametrize(
    "number",
    ["73282932000074", "732 829 320 00074", "732.829.320.00074", "\t73282932000074", "732829320\u00a000074"],
)
def test_real_numbers_pass(number: str) -> None:
    assert siret.validate(number) == "73282932000074"


def test_la_poste_has_its_own_rule() -> None:
    assert siret.is_valid("35600000000048")  # the head office follows Luhn
    assert siret.is_valid("35600000049837")  # not Luhn, but its figures add up to 45
    assert not luhn.is_valid("35600000049837")
    with pytest.raises(InvalidChecksum, match=r"La Poste.*multiple de 5"):
        siret.validate("35600000049838")


@pytest.mark.parametrize(
    "number", ["2,17003E+13", "2.17003E+13", "2,17003e13", "2E+13", "21700300000000.0", " 2,17003E+13 "]
)
def test_what_a_spreadsheet_spoiled_is_refused_by_name(number: str) -> None:
    with pytest.raises(
        InvalidFormat, match=r"le tableur a abîmé ce numéro.*redonnez-le en texte, quatorze chiffres"
    ) as caught:
        siret.validate(number)
    assert (caught.value.kind, caught.value.number) == ("siret", number)


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("7328293200007", InvalidLength, "zéro a peut-être été perdu"),
        ("732829320", InvalidLength, "c'est un SIREN"),
        ("732829320000740", InvalidLength, "15 chiffres au lieu de 14"),
        ("7328293200007A", InvalidFormat, "sans lettre"),
        ("", InvalidFormat, "quatorze chiffres"),
        ("73282932000075", InvalidChecksum, r"cinq derniers chiffres \(NIC\)"),
        ("73282932100074", InvalidChecksum, r"neuf premiers \(SIREN\)"),
        ("00000000000000", InvalidComponent, "neuf zéros"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        siret.validate(number)
    assert (caught.value.kind, caught.value.number) == ("siret", number)


@given(numbers)
def test_printed_then_read_is_the_same(number: str) -> None:
    assert siret.validate(siret.format(number)) == number
    assert siret.to_siren(siret.format(number)) == number[:9]


@given(numbers)
def test_a_lost_zero_is_told_and_never_put_back(number: str) -> None:
    if number.startswith("0"):
        with pytest.raises(IdentifierError):
            siret.validate(number.lstrip("0"))


@given(numbers, st.integers(0, 13), st.integers(1, 9))
def test_changing_one_figure_is_always_seen(number: str, place: int, step: int) -> None:
    other = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert other.startswith(siret.LA_POSTE) or not siret.is_valid(other)


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        assert siren.is_valid(siret.to_siren(text))
        assert siret.is_valid(text)
    except IdentifierError:
        assert not siret.is_valid(text)
    assert siret.is_fictional(text) in (True, False)


@given(st.text(alphabet="0123456789.,eE+ ", max_size=24))
def test_no_half_number_is_ever_repaired(text: str) -> None:
    if siret.is_valid(text):
        assert [figure for figure in text if figure.isdecimal()] == list(siret.validate(text))


@pytest.mark.parametrize(
    "number",
    ["000 142 133 00016", "000 250 373 00016", "000 381 269 00018", "000 477 513 00014", "000 599 043 00015"],
)
def test_the_numbers_of_our_examples_are_fictional(number: str) -> None:
    assert siret.is_fictional(number)


def test_explain() -> None:
    assert siret.explain("73282932000074") == [
        ("Numéro", "732 829 320 00074"),
        ("SIREN", "732 829 320"),
        ("NIC", "00074"),
        ("Fictif", "non"),
    ]
