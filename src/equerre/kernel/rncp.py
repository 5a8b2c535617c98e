"""RNCP: the number of a record in the Répertoire national des certifications professionnelles.

``RNCP`` and three to five figures, the first not a zero. The répertoire spécifique (``RS``) is another
register: an entry there is not what L. 443-6 asks for, a diplôme or a titre "enregistré au RNCP", so its
numbers are refused by name.

Truth: the "kits apprentissage" of 25 June 2024 and 31 January 2025 (Certif Info), where every record has
that shape.

>>> validate("rncp 37897")
'RNCP37897'
"""

from __future__ import annotations

import re

from equerre.kernel.errors import IdentifierError, InvalidComponent, InvalidFormat, InvalidLength

KIND = "rncp"


def compact(number: str) -> str:
    """Without blanks, in capitals."""
    return "".join(number.split()).upper()


def validate(number: str) -> str:
    """The number in its one form, or an :class:`IdentifierError` that says what is wrong."""
    found = compact(number)
    if re.fullmatch("RS[0-9]+", found):
        raise InvalidComponent(
            KIND,
            number,
            "RS est le répertoire spécifique. Une école de production prépare un diplôme ou un titre du "
            "RNCP : donnez le numéro de sa fiche RNCP.",
        )
    if re.fullmatch("[0-9]+", found):
        raise InvalidFormat(KIND, number, "écrivez RNCP devant le numéro, pour qu'on le reconnaisse.")
    if re.fullmatch("RNCP[0-9]+BC[0-9]+", found):
        raise InvalidFormat(KIND, number, "c'est un bloc de compétences ; le numéro de la fiche s'arrête avant BC.")
    if not re.fullmatch("RNCP[0-9]+", found):
        raise InvalidFormat(KIND, number, "il faut RNCP puis trois à cinq chiffres, par exemple RNCP37897.")
    if found[4] == "0":
        raise InvalidFormat(KIND, number, "le numéro d'une fiche ne commence pas par un zéro. Retirez-le.")
    if not 7 <= len(found) <= 9:
        raise InvalidLength(KIND, number, f"il faut trois à cinq chiffres après RNCP, et non {len(found) - 4}.")
    return found


def is_valid(number: str) -> bool:
    """Is it shaped as a record of the RNCP?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """As France compétences prints it: no blank."""
    return compact(number)


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the number says."""
    found = validate(number)
    return [
        ("Fiche", found),
        ("Page publique", f"https://www.francecompetences.fr/recherche/rncp/{found[4:]}/"),
        ("Clé de contrôle", "aucune : seul le répertoire dit si la fiche existe et si elle est active"),
    ]
