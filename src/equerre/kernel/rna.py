"""RNA: the number of an association in the Répertoire national des associations, W and nine characters.

Truth: associations.gouv.fr, "Immatriculation": W and nine figures. Overseas the second may be a letter,
that of the office that registers: W9R1011072 is an association of La Réunion. There is no control
character, so a number that passes may still name nobody. In Alsace-Moselle associations are in the register
of their court and have no RNA: a body without one is not at fault.

>>> validate("w 691 056 789")
'W691056789'
"""

from __future__ import annotations

import re

from equerre.kernel.errors import IdentifierError, InvalidFormat, InvalidLength

KIND = "rna"


def compact(number: str) -> str:
    """Without blanks, in capitals."""
    return "".join(number.split()).upper()


def validate(number: str) -> str:
    """The number in its one form, or an :class:`IdentifierError` that says what is wrong."""
    found = compact(number)
    if re.fullmatch("[0-9]{9}", found):
        raise InvalidFormat(KIND, number, "il manque le W du début, ou bien ces neuf chiffres sont un SIREN.")
    if len(found) != 10:
        raise InvalidLength(
            KIND,
            number,
            f"il faut W puis neuf chiffres, et non {len(found)} caractères. Recopiez-le du récépissé de la préfecture.",
        )
    if not re.fullmatch("W[0-9][0-9A-Z][0-9]{7}", found):
        raise InvalidFormat(
            KIND,
            number,
            "il faut W puis neuf chiffres, par exemple W691056789 "
            "(outre-mer, le deuxième caractère après W peut être une lettre).",
        )
    return found


def is_valid(number: str) -> bool:
    """Is it shaped as a RNA?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """As the prefecture prints it: no blank."""
    return compact(number)


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the number says."""
    return [
        ("Numéro", validate(number)),
        ("Clé de contrôle", "aucune : seul le répertoire dit si le numéro existe"),
    ]
