"""SIRET: the fourteen figures of an establishment (a school's site, an employer's) in the Sirene register.

The SIREN of the legal person, then five figures of its own (NIC). Luhn over the fourteen; La Poste
(356000000) follows another rule, the sum of the figures is a multiple of five, save for its head office.

Truth: python-stdnum (``stdnum.fr.siret``), which knows both rules. Ours: the reasons in French, and which
half is wrong. A number that a spreadsheet has spoiled is named and never repaired.

>>> validate("732 829 320 00074"), to_siren("73282932000074")
('73282932000074', '732829320')
>>> validate("2,17003E+13")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
equerre.kernel.errors.InvalidFormat: SIRET « 2,17003E+13 » : le tableur a abîmé ce numéro, ...
"""

from __future__ import annotations

from stdnum import exceptions
from stdnum.fr import siret as norm

from equerre.kernel import siren
from equerre.kernel.errors import (
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
)

KIND = "siret"
LA_POSTE = "356000000"


def compact(number: str) -> str:
    """Without blanks or dots."""
    return norm.compact("".join(number.split()))


def validate(number: str) -> str:
    """The fourteen figures, or an :class:`IdentifierError` that says what is wrong."""
    siren.refuse_spoiled(number, KIND, "quatorze")
    found = compact(number)
    try:
        norm.validate(found)
    except exceptions.InvalidLength:
        raise InvalidLength(KIND, number, _about_length(len(found))) from None
    except exceptions.InvalidFormat:
        raise InvalidFormat(KIND, number, "il faut quatorze chiffres, sans lettre ni signe.") from None
    except exceptions.InvalidChecksum:
        raise InvalidChecksum(KIND, number, _about_checksum(found)) from None
    if not found[:9].strip("0"):
        raise InvalidComponent(KIND, number, "neuf zéros ne sont le SIREN de personne ; laissez vide.")
    return found


def is_valid(number: str) -> bool:
    """Is it a SIRET?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """The SIREN by threes, then the NIC.

    >>> format("73282932000074")
    '732 829 320 00074'
    """
    return norm.format(compact(number))


def to_siren(number: str) -> str:
    """The SIREN of the legal person that the establishment belongs to."""
    return validate(number)[:9]


def is_fictional(number: str) -> bool:
    """Does its SIREN begin with the 000 that Équerre uses for bodies that do not exist?"""
    return is_valid(number) and compact(number).startswith(siren.FICTIONAL_PREFIX)


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the number says."""
    found = validate(number)
    return [
        ("Numéro", format(found)),
        ("SIREN", siren.format(found[:9])),
        ("NIC", found[9:]),
        *siren.about_fiction(found),
    ]


def _about_length(length: int) -> str:
    if length == 13:
        return (
            "13 chiffres au lieu de 14. Un zéro a peut-être été perdu au début ; "
            "vérifiez à la source et redonnez le numéro en texte."
        )
    if length == 9:
        return "9 chiffres, c'est un SIREN. Ajoutez les cinq chiffres de l'établissement (NIC)."
    return f"{length} chiffres au lieu de 14. Recopiez-le de l'avis de situation Sirene."


def _about_checksum(number: str) -> str:
    if number.startswith(LA_POSTE):
        return (
            "la somme des chiffres d'un établissement de La Poste est un multiple de 5, pas celle-ci. "
            "Recopiez-le de l'avis de situation Sirene."
        )
    half = "les cinq derniers chiffres (NIC)" if siren.is_valid(number[:9]) else "les neuf premiers (SIREN)"
    return f"la clé de contrôle est fausse, cherchez l'erreur dans {half} ; voyez l'avis de situation Sirene."
