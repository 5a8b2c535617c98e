"""Code of an académie, as the ministère de l'Éducation nationale writes it: two figures, text.

The ministry's own files write "6" as well as "06" for Clermont-Ferrand: one figure takes its zero back, since
nothing else can be meant. Caen and Rouen are refused by name: they are one with Normandie.

Truth: ``geography.toml``.

>>> validate("6"), name("06"), format("6")
('06', 'Clermont-Ferrand', '06')
"""

from __future__ import annotations

import re

from equerre.kernel import geography
from equerre.kernel.errors import IdentifierError, InvalidComponent, InvalidFormat

KIND = "academie"


def compact(number: str) -> str:
    """Without blanks, on two figures."""
    found = "".join(number.split())
    return "0" + found if re.fullmatch("[0-9]", found) else found


def validate(number: str) -> str:
    """The code on two figures, or an :class:`IdentifierError` that says what is wrong."""
    found = compact(number)
    if not re.fullmatch("[0-9]{2}", found):
        raise InvalidFormat(KIND, number, "le code d'une académie a deux chiffres, par exemple 10 pour Lyon.")
    if former := geography.former_academies().get(found):
        now = geography.academies()[former.now]
        raise InvalidComponent(KIND, number, f"{former.name} a été réunie à {now.name}. Écrivez {now.code}.")
    if found not in geography.academies():
        raise InvalidComponent(
            KIND,
            number,
            f"aucune des {len(geography.academies())} académies n'a ce code. "
            "N'est-ce pas celui d'un département ou d'une région ?",
        )
    return found


def is_valid(number: str) -> bool:
    """Is it the code of an académie?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """On two figures."""
    return compact(number)


def name(number: str) -> str:
    """Its name."""
    return geography.academies()[validate(number)].name


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of what the code names."""
    found = geography.academies()[validate(number)]
    departements = (geography.departements()[code] for code in found.departements)
    return [
        ("Code", found.code),
        ("Académie", found.name),
        ("Région", f"{found.region.name} ({found.region.code})"),
        ("Départements", ", ".join(f"{departement.name} ({departement.code})" for departement in departements)),
    ]
