"""SIREN: the nine figures of a legal person (a managing body, an employer) in Insee's Sirene register.

Truth: python-stdnum (``stdnum.fr.siren``: nine figures, Luhn). Ours: the reasons in French, and the two
wounds that spreadsheets give, a lost zero and a number turned into 2,17003E+13, which are named and never
repaired.

Numbers that begin with 000 are those that Équerre uses for bodies that do not exist. They pass Luhn. A few
very old real numbers begin so too (000325175), so 000 proves nothing of a number that came from outside.

>>> validate("552 008 443")
'552008443'
>>> validate("55200844")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
equerre.kernel.errors.InvalidLength: SIREN « 55200844 » : 8 chiffres au lieu de 9. Un zéro a peut-être ...
"""

from __future__ import annotations

import re

from stdnum import exceptions
from stdnum.fr import siren as norm

from equerre.kernel.errors import (
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
)

KIND = "siren"
FICTIONAL_PREFIX = "000"
_SPOILED = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+|[0-9]+[.,]0", re.IGNORECASE)


def compact(number: str) -> str:
    """Without blanks or dots."""
    return norm.compact("".join(number.split()))


def refuse_spoiled(number: str, kind: str, length: str) -> None:
    """Refuse by name what a spreadsheet makes of a long number: ``2,17003E+13``, ``21700300000000.0``."""
    if _SPOILED.fullmatch("".join(number.split())):
        raise InvalidFormat(
            kind,
            number,
            "le tableur a abîmé ce numéro, il l'a pris pour une quantité et des chiffres ont pu se perdre. "
            f"Reprenez-le à la source et redonnez-le en texte, {length} chiffres.",
        )


def validate(number: str) -> str:
    """The nine figures, or an :class:`IdentifierError` that says what is wrong."""
    refuse_spoiled(number, KIND, "neuf")
    found = compact(number)
    try:
        norm.validate(found)
    except exceptions.InvalidLength:
        raise InvalidLength(KIND, number, _about_length(len(found))) from None
    except exceptions.InvalidFormat:
        raise InvalidFormat(KIND, number, "il faut neuf chiffres, sans lettre ni signe.") from None
    except exceptions.InvalidChecksum:
        raise InvalidChecksum(
            KIND,
            number,
            "le dernier chiffre, qui contrôle les autres, les contredit. Un chiffre est faux ou deux sont "
            "inversés : recopiez-le de l'avis de situation Sirene.",
        ) from None
    if not found.strip("0"):
        raise InvalidComponent(KIND, number, "rien que des zéros n'est le numéro de personne ; laissez vide.")
    return found


def is_valid(number: str) -> bool:
    """Is it a SIREN?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """By threes.

    >>> format("552008443")
    '552 008 443'
    """
    return norm.format(compact(number))


def is_fictional(number: str) -> bool:
    """Does it begin with the 000 that Équerre uses for bodies that do not exist?"""
    return is_valid(number) and compact(number).startswith(FICTIONAL_PREFIX)


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the number says."""
    found = validate(number)
    return [("Numéro", format(found)), ("Clé de contrôle", f"{found[-1]}, juste"), *about_fiction(found)]


def about_fiction(number: str) -> list[tuple[str, str]]:
    """The line that ``explain`` adds for a SIREN or a SIRET."""
    if not number.startswith(FICTIONAL_PREFIX):
        return [("Fictif", "non")]
    return [("Fictif", "commence par 000, qu'Équerre réserve aux exemples (de rares numéros anciens aussi)")]


def _about_length(length: int) -> str:
    if length == 8:
        return (
            "8 chiffres au lieu de 9. Un zéro a peut-être été perdu au début ; "
            "vérifiez à la source et redonnez le numéro en texte."
        )
    if length == 14:
        return "14 chiffres, c'est un SIRET. Le SIREN en est les neuf premiers chiffres."
    return f"{length} chiffres au lieu de 9. Recopiez-le de l'avis de situation Sirene."
