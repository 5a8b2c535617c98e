"""UAI (unité administrative immatriculée, formerly RNE): the number of a school in the national directory.

Seven figures and a control letter. The first three figures are those of the département where it was
registered (Corsica: 620, 720); the letter is the remainder of the seven by 23, in an alphabet without I, O,
Q. Nothing in it says what kind of school it is: never detect an école de production by its UAI.

Truth: the ministry's rule of the letter, which 2,197 of the 2,198 numbers in the files of three national
networks follow (0251542K is the other, a real mistake); the prefixes are in ``geography.toml``. 999 belongs
to nobody: Équerre reserves it for fictional schools.

>>> validate("0831819b")
'0831819B'
>>> validate("0251542K")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
equerre.kernel.errors.InvalidChecksum: UAI « 0251542K » : la lettre de contrôle de 0251542 est R, ...
"""

from __future__ import annotations

import re

from equerre.kernel import geography
from equerre.kernel.errors import (
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
)

KIND = "uai"
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
FICTIONAL_PREFIX = "999"
_LOST_ZERO = (
    "six chiffres au lieu de sept. Un zéro a peut-être été perdu au début ; "
    "vérifiez à la source et redonnez le numéro en texte."
)


def compact(number: str) -> str:
    """Without blanks, in capitals."""
    return "".join(number.split()).upper()


def check_letter(digits: str) -> str:
    """The letter that seven figures call for.

    >>> check_letter("0831819")
    'B'
    """
    if not re.fullmatch("[0-9]{7}", digits):
        raise InvalidFormat(KIND, digits, "la lettre de contrôle se calcule sur sept chiffres.")
    return LETTERS[int(digits) % 23]


def validate(number: str) -> str:
    """The number in its one form, or an :class:`IdentifierError` that says what is wrong."""
    found = compact(number)
    if re.fullmatch("[0-9]{6}[A-Z]", found):
        raise InvalidLength(KIND, number, _LOST_ZERO)
    if len(found) != 8:
        raise InvalidLength(KIND, number, f"il faut sept chiffres puis une lettre, et non {len(found)} caractères.")
    if not re.fullmatch("[0-9]{7}[A-Z]", found):
        raise InvalidFormat(KIND, number, "il faut sept chiffres puis une lettre, par exemple 0831819B.")
    digits, letter, expected = found[:7], found[7], check_letter(found[:7])
    if letter != expected:
        raise InvalidChecksum(
            KIND,
            number,
            f"la lettre de contrôle de {digits} est {expected}, et non {letter}. "
            "La lettre ou l'un des chiffres est faux : vérifiez à la source.",
        )
    if found[:3] != FICTIONAL_PREFIX and geography.of_uai_prefix(found[:3]) is None:
        raise InvalidComponent(
            KIND,
            number,
            f"aucun département n'a le préfixe {found[:3]}. Vérifiez les trois premiers chiffres ; "
            "si l'école existe bien, signalez ce préfixe, il manque à la table d'Équerre.",
        )
    return found


def is_valid(number: str) -> bool:
    """Is it a UAI?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """As the ministry prints it: no blank."""
    return compact(number)


def prefix(number: str) -> str:
    """The first three figures.

    >>> prefix("0831819B")
    '083'
    """
    return validate(number)[:3]


def is_fictional(number: str) -> bool:
    """Is it one of the numbers that Équerre keeps for schools that do not exist?

    >>> is_fictional("9990012J"), is_fictional("0831819B")
    (True, False)
    """
    return is_valid(number) and compact(number).startswith(FICTIONAL_PREFIX)


def departement(number: str) -> str | None:
    """Code of the département (or overseas community) whose prefix it bears; None when it is fictional.

    Where it was registered, not where the school stands: those of Saint-Martin bear Guadeloupe's 971.

    >>> departement("0831819B"), departement("9830002K"), departement("9990012J")
    ('83', '988', None)
    """
    holder = geography.of_uai_prefix(prefix(number))
    return holder.code if holder else None


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the number says."""
    found = validate(number)
    lines = [("Numéro", found), ("Lettre de contrôle", f"{found[7]}, juste")]
    holder = geography.of_uai_prefix(found[:3])
    if holder is None:
        return [*lines, ("Fictif", "oui : préfixe 999, réservé par Équerre aux exemples")]
    if isinstance(holder, geography.Overseas):
        return [*lines, ("Collectivité", f"{holder.name} ({holder.code})"), ("Académie", "aucune")]
    academie = geography.academies()[holder.academie]
    return [
        *lines,
        ("Département", f"{holder.name} ({holder.code})"),
        ("Académie", f"{academie.name} ({academie.code})"),
        ("Région", f"{academie.region.name} ({academie.region.code})"),
    ]
