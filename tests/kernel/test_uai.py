"""UAI: the letter, the prefix, what is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import geography, uai
from equerre.kernel.errors import (
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
)

prefixes = st.sampled_from([*(one.uai_prefix for one in geography.departements().values()), "983", "999"])
digits = st.builds(lambda prefix, rank: f"{prefix}{rank:04}", prefixes, st.integers(0, 9999))
numbers = digits.map(lambda seven: seven + uai.check_letter(seven))


@pytest.mark.parametrize("number", ["0831819B", "0134435A", "0134470N", " 083 1819b\n", "0831819\u00a0B"])
def test_real_numbers_pass(number: str) -> None:
    assert uai.validate(number) == number.upper().replace(" ", "").replace("\u00a0", "").strip()


def test_the_real_mistake_is_refused_and_the_right_letter_named() -> None:
    with pytest.raises(InvalidChecksum) as caught:
        uai.validate("0251542K")
    assert (caught.value.kind, caught.value.number) == ("uai", "0251542K")
    assert str(caught.value) == (
        "UAI « 0251542K » : la lettre de contrôle de 0251542 est R, et non K. "
        "La lettre ou l'un des chiffres est faux : vérifiez à la source."
    )


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("831819B", InvalidLength, "zéro a peut-être été perdu"),
        ("", InvalidLength, "et non 0 caractères"),
        ("0831819", InvalidLength, "et non 7 caractères"),
        ("08318199B", InvalidLength, "et non 9 caractères"),
        ("O831819B", InvalidFormat, "sept chiffres puis une lettre"),
        ("08318190", InvalidFormat, "sept chiffres puis une lettre"),
        ("\u0660831819B", InvalidFormat, "sept chiffres puis une lettre"),
        ("9600000H", InvalidComponent, "préfixe 960"),
        ("0200000S", InvalidComponent, "préfixe 020"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        uai.validate(number)
    assert caught.value.number == number


@given(numbers)
def test_printed_then_read_is_the_same(number: str) -> None:
    assert uai.validate(uai.format(number)) == number
    assert uai.compact(uai.compact(number)) == number


@given(digits, st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_any_wrong_letter_is_refused_and_the_right_one_named(seven: str, letter: str) -> None:
    expected = uai.check_letter(seven)
    if letter == expected:
        assert uai.validate(seven + letter) == seven + letter
    else:
        with pytest.raises(InvalidChecksum, match=f"est {expected}, et non {letter}"):
            uai.validate(seven + letter)


@given(numbers, st.integers(0, 6), st.integers(1, 9))
def test_changing_one_figure_is_always_seen(number: str, place: int, step: int) -> None:
    other = str((int(number[place]) + step) % 10)
    with pytest.raises(InvalidChecksum):
        uai.validate(number[:place] + other + number[place + 1 :])


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        assert uai.validate(text) == uai.compact(text)
        assert uai.is_valid(text)
    except IdentifierError:
        assert not uai.is_valid(text)
    assert uai.is_fictional(text) in (True, False)


@given(st.text())
def test_only_seven_figures_have_a_letter(text: str) -> None:
    try:
        assert uai.check_letter(text) in uai.LETTERS
    except InvalidFormat:
        return
    assert len(text) == 7


@pytest.mark.parametrize(
    ("number", "prefix", "departement"),
    [
        ("0831819B", "083", "83"),
        ("6200001G", "620", "2A"),
        ("7200001N", "720", "2B"),
        ("9740001H", "974", "974"),
        ("9830002K", "983", "988"),
        ("9840002E", "984", "987"),
        ("9870026P", "987", "986"),
        ("9750001C", "975", "975"),
        ("9990012J", "999", None),
    ],
)
def test_prefix_and_departement(number: str, prefix: str, departement: str | None) -> None:
    assert (uai.prefix(number), uai.departement(number)) == (prefix, departement)


@pytest.mark.parametrize("number", ["9990011H", "9990012J", "9990024X", "9990037L", "9990042S", "9990058J"])
def test_999_is_kept_for_schools_that_do_not_exist(number: str) -> None:
    assert uai.is_fictional(number)
    assert uai.explain(number)[-1] == ("Fictif", "oui : préfixe 999, réservé par Équerre aux exemples")


def test_a_wrong_number_is_not_even_fictional() -> None:
    assert not uai.is_fictional("9990012K")
    assert not uai.is_fictional("0831819B")


def test_explain() -> None:
    assert uai.explain("0831819b") == [
        ("Numéro", "0831819B"),
        ("Lettre de contrôle", "B, juste"),
        ("Département", "Var (83)"),
        ("Académie", "Nice (23)"),
        ("Région", "Provence-Alpes-Côte d'Azur (93)"),
    ]
    assert uai.explain("9830002K")[2:] == [
        ("Collectivité", "Nouvelle-Calédonie (988)"),
        ("Académie", "aucune"),
    ]
