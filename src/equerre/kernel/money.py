"""An amount of euros, to the cent, exact: an integer of cents, never a float.

Where a law rounds, the rounding has a name and cites it; where no text does, it says so
("aucun texte : choix"). Sharing an amount loses nothing: the parts add up to the whole, by the largest
remainder, ties to the first.

>>> base = Money.of_euros("1234567,50").rounded(Rounding.EURO_HALF_UP)
>>> base.times(Decimal("0.0009"), Rounding.EURO_HALF_UP)
Money(cents=111100)
>>> [part.cents for part in Money(100).split(3)]
[34, 33, 33]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NoReturn

from equerre.kernel.errors import AmountError, quoted

_NARROW, _NO_BREAK, _MINUS = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
_DIGITS = 15  # of euros: more than there are, and far under what int() refuses to read
_AMOUNT = re.compile(
    rf"(?P<minus>[-{_MINUS}])?(?P<euros>[0-9]{{1,{_DIGITS}}}|[0-9]{{1,3}}(?:\s[0-9]{{3}}){{1,4}})"
    r"(?:[.,](?P<cents>[0-9]{1,2}))?(?:\s?€)?"
)


class Rounding(Enum):
    """To what, by which text. Half a unit counts for one, away from zero when the amount is negative."""

    EURO_HALF_UP = (100, "à l'euro le plus proche, 0,50 compté pour 1", "code-securite-sociale/L133-10")
    CENT_HALF_UP = (1, "au centime le plus proche, le demi-centime compté pour 1", None)

    def __init__(self, cents: int, label: str, source: str | None) -> None:
        self.cents = cents
        self.label = label
        self.source = source

    @property
    def ground(self) -> str:
        """The address of the text, or the admission that there is none.

        >>> Rounding.EURO_HALF_UP.ground, Rounding.CENT_HALF_UP.ground
        ('code-securite-sociale/L133-10', 'aucun texte : choix')
        """
        return self.source or "aucun texte : choix"

    def __call__(self, cents: Fraction) -> int:
        """An exact number of cents, rounded to the unit, in whole cents."""
        units = abs(cents) / self.cents
        rounded = (2 * units.numerator + units.denominator) // (2 * units.denominator) * self.cents
        return rounded if cents >= 0 else -rounded


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """Whole cents. Adds and compares with ``Money`` only; times a whole number; a rate needs a rounding."""

    cents: int

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError(f"Money holds whole cents, not {type(self.cents).__name__}.")

    @classmethod
    def zero(cls) -> Money:
        """Where a sum starts: ``sum(amounts, Money.zero())``."""
        return cls(0)

    @classmethod
    def of_euros(cls, euros: str | int) -> Money:
        """Read an amount as French or a machine writes it, or raise :class:`AmountError`.

        >>> [Money.of_euros(euros).cents for euros in ("12,34", "12.34", "-1 234,5 €", 7)]
        [1234, 1234, -123450, 700]
        >>> Money.of_euros("12,345")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        equerre.kernel.errors.AmountError: Montant « 12,345 » : il a plus de deux décimales. ...
        """
        if type(euros) is int:
            return cls(euros * 100)
        if not isinstance(euros, str):
            raise TypeError(f"an amount of euros is a text or a whole number, not {type(euros).__name__}.")
        found = _AMOUNT.fullmatch(euros.strip())
        if found is None:
            raise AmountError(f"Montant {quoted(euros)} : {_why_not(euros)}")
        cents = int("".join(found["euros"].split())) * 100 + int((found["cents"] or "").ljust(2, "0"))
        return cls(-cents if found["minus"] else cents)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + _cents(other))

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - _cents(other))

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __mul__(self, count: int) -> Money:
        if type(count) is not int:
            raise TypeError("Money * takes a whole number; for a rate, use times(rate, rounding).")
        return Money(self.cents * count)

    __rmul__ = __mul__

    def times(self, rate: Decimal | Fraction, rounding: Rounding) -> Money:
        """This amount by an exact rate, rounded by name.

        >>> Money.of_euros(555).times(Decimal("0.0009"), Rounding.EURO_HALF_UP)
        Money(cents=0)
        """
        if not isinstance(rate, Decimal | Fraction):
            raise TypeError(f"a rate is a Decimal or a Fraction, not {type(rate).__name__}.")
        if isinstance(rate, Decimal) and not rate.is_finite():
            raise AmountError(f"Taux {rate} : ce n'est pas un nombre fini.")
        return Money(rounding(self.cents * Fraction(rate)))

    def rounded(self, rounding: Rounding) -> Money:
        """This amount, rounded by name."""
        return Money(rounding(Fraction(self.cents)))

    def split(self, parts: int) -> tuple[Money, ...]:
        """As many parts, equal to the cent; the first ones carry the cents that are left."""
        if type(parts) is not int:
            raise TypeError("split() takes a whole number of parts; for shares, use allocate().")
        if parts < 1:
            raise AmountError(f"On ne partage pas un montant en {parts} : il faut au moins une part.")
        return self.allocate([1] * parts)

    def allocate(self, weights: Sequence[int | Decimal | Fraction]) -> tuple[Money, ...]:
        """Parts in proportion to the weights, which add up to this amount.

        >>> [part.cents for part in Money(1000).allocate([3, 2, 2])]
        [428, 286, 286]
        """
        shares = [_weight(weight) for weight in weights]
        whole = sum(shares)
        if whole == 0:
            raise AmountError("Répartition impossible : aucun poids n'est positif. Donnez-en au moins un.")
        exact = [abs(self.cents) * share / whole for share in shares]
        parts = [share.numerator // share.denominator for share in exact]
        by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
        for index in by_remainder[: abs(self.cents) - sum(parts)]:
            parts[index] += 1
        return tuple(Money(part if self.cents >= 0 else -part) for part in parts)

    def format(self) -> str:
        """As French prints it, with spaces that do not break.

        >>> Money(-123456).format() == "\\u22121\\u202f234,56\\u00a0€"
        True
        """
        euros, cents = divmod(abs(self.cents), 100)
        grouped = f"{euros:,}".replace(",", _NARROW)
        return f"{_MINUS if self.cents < 0 else ''}{grouped},{cents:02}{_NO_BREAK}€"

    __str__ = format

    def __bool__(self) -> NoReturn:
        raise TypeError("Money is not true or false: say money.cents == 0.")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | float | Decimal | Fraction):
            raise TypeError("Money compares with Money only: say money.cents, or Money.of_euros().")
        return self.cents == other.cents if isinstance(other, Money) else NotImplemented

    def __hash__(self) -> int:
        return hash((Money, self.cents))

    def __lt__(self, other: Money) -> bool:
        return self.cents < _cents(other)

    def __le__(self, other: Money) -> bool:
        return self.cents <= _cents(other)

    def __gt__(self, other: Money) -> bool:
        return self.cents > _cents(other)

    def __ge__(self, other: Money) -> bool:
        return self.cents >= _cents(other)


def _cents(other: object) -> int:
    if not isinstance(other, Money):
        raise TypeError(f"Money adds and compares with Money only, not {type(other).__name__}.")
    return other.cents


def _weight(weight: object) -> Fraction:
    if isinstance(weight, bool) or not isinstance(weight, int | Decimal | Fraction):
        raise TypeError(f"a weight is an int, a Decimal or a Fraction, not {type(weight).__name__}.")
    if isinstance(weight, Decimal) and not weight.is_finite():
        raise AmountError(f"Poids {weight} : ce n'est pas un nombre fini.")
    if weight < 0:
        raise AmountError(f"Poids {weight} : un poids n'est jamais négatif.")
    return Fraction(weight)


def _why_not(text: str) -> str:
    """What to tell somebody whose text is no amount."""
    bare = "".join(text.split())
    if re.fullmatch(r"[0-9,]+\.[0-9]+|[0-9.]+,[0-9]+", bare) and "," in bare and "." in bare:
        return "il a un point et une virgule. Écrivez 1 234,56 : une espace pour les milliers, une virgule."
    if re.fullmatch(rf"[-{_MINUS}]?[0-9]+[.,][0-9]{{3,}}€?", bare):
        return "il a plus de deux décimales. Donnez-le au centime (une espace sépare les milliers)."
    if re.fullmatch(rf"[-{_MINUS}]?[0-9]{{{_DIGITS + 1},}}([.,][0-9]*)?€?", bare):
        return f"il a plus de {_DIGITS} chiffres. Vérifiez l'unité."
    return "ce n'est pas un montant en euros. Écrivez par exemple 1 234,56."
