"""CFD (code formation diplôme): the ministry's code of a diploma, eight characters, always text.

Figures for the most part; letters come third (46X32401) and last. A code may begin with a zero (01022001),
which spreadsheets lose. One code may answer to several records of the RNCP, and the reverse.

Truth: the "kits apprentissage" of 25 June 2024 and 31 January 2025 (Certif Info, 12,861 rows), where every
code begins with two figures. There is no control character.

>>> validate("46x 32401")
'46X32401'
>>> validate("1022001")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
equerre.kernel.errors.InvalidLength: CFD « 1022001 » : sept chiffres au lieu de huit caractères. ...
"""

from __future__ import annotations

import re

from equerre.kernel.errors import IdentifierError, InvalidFormat, InvalidLength

KIND = "cfd"


def compact(number: str) -> str:
    """Without blanks, in capitals."""
    return "".join(number.split()).upper()


def validate(number: str) -> str:
    """The code in its one form, or an :class:`IdentifierError` that says what is wrong."""
    found = compact(number)
    if re.fullmatch("[0-9]{7}", found):
        raise InvalidLength(
            KIND,
            number,
            "sept chiffres au lieu de huit caractères. Un zéro a peut-être été perdu au début ; "
            "vérifiez à la source et redonnez le code en texte.",
        )
    if not re.fullmatch("[0-9A-Z]*", found):
        raise InvalidFormat(KIND, number, "il n'y entre que des chiffres et des lettres sans accent.")
    if len(found) != 8:
        raise InvalidLength(KIND, number, f"il faut huit caractères, et non {len(found)}.")
    if not re.fullmatch("[0-9]{2}.{6}", found):
        raise InvalidFormat(KIND, number, "il commence par deux chiffres. A-t-on écrit la lettre O pour un zéro ?")
    return found


def is_valid(number: str) -> bool:
    """Is it shaped as a CFD?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """As the ministry prints it: no blank."""
    return compact(number)


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the code says."""
    return [
        ("Code", validate(number)),
        ("Clé de contrôle", "aucune : seule la nomenclature dit si le code existe"),
    ]
