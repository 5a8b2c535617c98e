"""Money: exact, never mixed with numbers, shared to the cent."""

from __future__ import annotations

import operator
import pickle
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.errors import AmountError
from equerre.kernel.money import Money, Rounding

cents = st.integers(-(10**13), 10**13)
amounts = cents.map(Money)
rates = st.decimals(-2, 2, places=6)
weights = st.lists(st.integers(0, 10**6) | st.fractions(0, 50), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("euros", "expected"),
    [
        ("12,34", 1234),
        ("12.34", 1234),
        ("12,3", 1230),
        ("12", 1200),
        (12, 1200),
        (-12, -1200),
        ("-0,01", -1),
        ("\N{MINUS SIGN}5 €", -500),
        (" 1 234 567,89 € ", 123456789),
        ("1\u202f234,56\u00a0€", 123456),
        ("1234567.5", 123456750),
        ("999999999999999,99", 99999999999999999),
    ],
)
def test_amounts_are_read_as_people_and_machines_write_them(euros: str | int, expected: int) -> None:
    assert Money.of_euros(euros).cents == expected


@pytest.mark.parametrize(
    ("euros", "words"),
    [
        ("12,345", "plus de deux décimales"),
        ("1,234", "plus de deux décimales"),
        ("1.234,56", "un point et une virgule"),
        ("1,234.56", "un point et une virgule"),
        ("12,", "ce n'est pas un montant"),
        (",50", "ce n'est pas un montant"),
        ("", "ce n'est pas un montant"),
        ("1 23", "ce n'est pas un montant"),
        ("12 euros", "ce n'est pas un montant"),
        ("1e3", "ce n'est pas un montant"),
        ("١٢", "ce n'est pas un montant"),
        ("NaN", "ce n'est pas un montant"),
        ("9" * 16, "plus de 15 chiffres"),
        ("9" * 9999, "plus de 15 chiffres"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_reason(euros: str, words: str) -> None:
    with pytest.raises(AmountError, match=words):
        Money.of_euros(euros)


@given(st.text() | st.text(alphabet="0123456789,. €-", max_size=24))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        amount = Money.of_euros(text)
    except AmountError:
        return
    assert Money.of_euros(amount.format()) == amount


@pytest.mark.parametrize("euros", [12.34, True, None, Decimal("12.34")])
def test_floats_and_strangers_are_no_euros(euros: Any) -> None:
    with pytest.raises(TypeError):
        Money.of_euros(euros)


@pytest.mark.parametrize("whole", [1.0, True, "1", Decimal(1)])
def test_cents_are_whole(whole: Any) -> None:
    with pytest.raises(TypeError):
        Money(whole)


@given(amounts)
def test_printed_then_read_is_the_same(amount: Money) -> None:
    assert Money.of_euros(amount.format()) == amount
    assert str(amount) == amount.format() == f"{amount}"


@pytest.mark.parametrize(
    ("held", "printed"),
    [
        (0, "0,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (123456, "1\u202f234,56\u00a0€"),
        (-100000000, "\N{MINUS SIGN}1\u202f000\u202f000,00\u00a0€"),
    ],
)
def test_french_print(held: int, printed: str) -> None:
    assert Money(held).format() == printed


@given(amounts, amounts, amounts)
def test_addition(one: Money, two: Money, three: Money) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert one + Money.zero() == one
    assert one - two == one + (-two)
    assert sum([one, two, three], Money.zero()) == one + two + three


@given(amounts, st.integers(-1000, 1000))
def test_times_a_whole_number(amount: Money, count: int) -> None:
    assert amount * count == count * amount == Money(amount.cents * count)


@given(amounts, amounts)
def test_order_is_that_of_cents(one: Money, two: Money) -> None:
    assert (one < two, one <= two, one > two, one >= two) == (
        one.cents < two.cents,
        one.cents <= two.cents,
        one.cents > two.cents,
        one.cents >= two.cents,
    )
    assert (one == two) == (one.cents == two.cents)
    assert (hash(one) == hash(two)) or one != two


@pytest.mark.parametrize("other", [1, 1.0, Decimal(1), Fraction(1), True])
@pytest.mark.parametrize(
    "mix",
    [
        operator.add,
        operator.sub,
        operator.lt,
        operator.le,
        operator.gt,
        operator.ge,
        operator.eq,
        operator.ne,
    ],
)
def test_money_is_never_mixed_with_numbers(mix: Callable[[Any, Any], object], other: Any) -> None:
    with pytest.raises(TypeError):
        mix(Money(100), other)
    with pytest.raises(TypeError):
        mix(other, Money(100))


@pytest.mark.parametrize("rate", [0.5, True, Decimal("0.5"), Money(2), "2"])
def test_a_product_takes_a_whole_number_only(rate: Any) -> None:
    with pytest.raises(TypeError):
        Money(100) * rate
    with pytest.raises(TypeError):
        rate * Money(100)


def test_a_sum_starts_from_zero_euros() -> None:
    with pytest.raises(TypeError):
        sum([Money(1), Money(2)])  # type: ignore[list-item]


def test_money_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"money\.cents == 0"):
        bool(Money.zero())


def test_money_is_not_other_things_and_does_not_change() -> None:
    assert Money(1) != "1"
    assert Money(1) is not None
    with pytest.raises(AttributeError):
        Money(1).cents = 2  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(Money(7))) == Money(7)


@given(cents, rates)
def test_roundings_agree_with_decimal(held: int, rate: Decimal) -> None:
    exact = Decimal(held) / 100 * rate
    for rounding, unit in ((Rounding.CENT_HALF_UP, Decimal("0.01")), (Rounding.EURO_HALF_UP, Decimal(1))):
        expected = int(exact.quantize(unit, ROUND_HALF_UP) * 100)
        assert Money(held).times(rate, rounding).cents == expected
        assert Money(held).times(Fraction(rate), rounding).cents == expected


@pytest.mark.parametrize(
    ("euros", "rounded"),
    [("0,49", 0), ("0,50", 1), ("1,49", 1), ("1,50", 2), ("2,50", 3), ("-0,50", -1), ("-0,49", 0)],
)
def test_half_a_euro_counts_for_one(euros: str, rounded: int) -> None:
    assert Money.of_euros(euros).rounded(Rounding.EURO_HALF_UP) == Money.of_euros(rounded)


@pytest.mark.parametrize(
    ("base", "principal", "balance"),
    # Derived by hand from L6241-1-1, L6241-2 III and L133-10 CSS: 555 gives no balance, 556 one euro.
    [("555", 3, 0), ("1234567,50", 7284, 1111), ("556", 3, 1)],
)
def test_the_rounding_of_the_tax(base: str, principal: int, balance: int) -> None:
    whole = Money.of_euros(base).rounded(Rounding.EURO_HALF_UP)
    assert whole.times(Decimal("0.0059"), Rounding.EURO_HALF_UP) == Money.of_euros(principal)
    assert whole.times(Decimal("0.0009"), Rounding.EURO_HALF_UP) == Money.of_euros(balance)


@pytest.mark.parametrize("rate", [0.5, 1, True, "0.5"])
def test_a_rate_is_exact(rate: Any) -> None:
    with pytest.raises(TypeError):
        Money(100).times(rate, Rounding.CENT_HALF_UP)


@pytest.mark.parametrize("rate", [Decimal("NaN"), Decimal("Infinity")])
def test_a_rate_is_finite(rate: Decimal) -> None:
    with pytest.raises(AmountError, match="nombre fini"):
        Money(100).times(rate, Rounding.CENT_HALF_UP)
    with pytest.raises(AmountError, match="nombre fini"):
        Money(100).allocate([rate])


@pytest.mark.parametrize("rounding", Rounding)
def test_each_rounding_has_a_label_and_a_text_or_says_there_is_none(rounding: Rounding) -> None:
    assert rounding.label
    if rounding.source is None:
        assert rounding.ground == "aucun texte : choix"
    else:
        assert re.fullmatch(r"code-[a-z-]+/[LRD][0-9]+(-[0-9]+)*", rounding.ground)


@given(amounts, st.integers(1, 60))
def test_split_adds_up_and_is_even(amount: Money, count: int) -> None:
    parts = amount.split(count)
    assert len(parts) == count
    assert sum(parts, Money.zero()) == amount
    assert max(parts).cents - min(parts).cents <= 1
    assert list(parts) == sorted(parts, key=lambda part: -abs(part.cents))


@given(amounts, weights)
def test_allocate_adds_up_and_stays_within_a_cent(amount: Money, shares: list[int | Fraction]) -> None:
    parts = amount.allocate(shares)
    assert sum(parts, Money.zero()) == amount
    for part, share in zip(parts, shares, strict=True):
        assert abs(part.cents - Fraction(amount.cents) * share / sum(shares)) < 1
        assert share or part.cents == 0


@given(amounts, weights, st.integers(1, 50))
def test_allocate_knows_proportions_only(amount: Money, shares: list[int | Fraction], factor: int) -> None:
    assert amount.allocate(shares) == amount.allocate([share * factor for share in shares])
    assert (-amount).allocate(shares) == tuple(-part for part in amount.allocate(shares))


def test_ties_go_to_the_first() -> None:
    assert [part.cents for part in Money(5).allocate([1, 1])] == [3, 2]
    assert [part.cents for part in Money(-5).split(2)] == [-3, -2]
    assert [part.cents for part in Money(1).allocate([0, Decimal("0.5"), Decimal("0.5")])] == [0, 1, 0]


@pytest.mark.parametrize("shares", [[], [0], [0, 0], [1, -1], [Decimal(-1)]])
def test_shares_that_cannot_be_made(shares: list[Any]) -> None:
    with pytest.raises(AmountError):
        Money(100).allocate(shares)


@pytest.mark.parametrize("parts", [0, -1])
def test_there_is_at_least_one_part(parts: int) -> None:
    with pytest.raises(AmountError, match="au moins une part"):
        Money(100).split(parts)


def test_shares_and_counts_of_a_wrong_type() -> None:
    for parts in (1.0, True, "2"):
        with pytest.raises(TypeError):
            Money(100).split(parts)  # type: ignore[arg-type]
    for share in (1.0, True, "2"):
        with pytest.raises(TypeError):
            Money(100).allocate([share])  # type: ignore[list-item]
