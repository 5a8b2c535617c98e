"""NOR (système normalisé de numérotation): the number of an official text, from 1 January 1987.

Twelve characters: three letters for the ministry, one for its direction, two figures for the year, five for
the rank, one letter for the nature of the text. Older papers part them with slashes.

Truth: circular of the Prime Minister of 8 December 1986. The nature letters named here are those seen on
real texts (MENE2332736J is an instruction); any other is kept and called by its letter. No control
character.

>>> validate("NOR : MENE2332736J"), year("MENE2332736J")
('MENE2332736J', '2023')
"""

from __future__ import annotations

import re

from equerre.kernel.errors import IdentifierError, InvalidFormat, InvalidLength

KIND = "nor"
NATURES = {
    "A": "arrêté",
    "C": "circulaire",
    "D": "décret",
    "J": "instruction",
    "L": "loi",
    "N": "note de service",
    "R": "ordonnance",
}


def compact(number: str) -> str:
    """Without blanks, slashes or a leading "NOR :", in capitals.

    >>> compact("int/d/05/00084/c")
    'INTD0500084C'
    """
    found = "".join(number.replace("/", " ").split()).upper()
    return re.sub("^NOR:", "", found)


def validate(number: str) -> str:
    """The number in its one form, or an :class:`IdentifierError` that says what is wrong."""
    found = compact(number)
    if len(found) != 12:
        raise InvalidLength(KIND, number, f"il faut douze caractères, comme MENE2332736J, et non {len(found)}.")
    if not re.fullmatch("[A-Z]{4}[0-9]{7}[A-Z]", found):
        raise InvalidFormat(
            KIND,
            number,
            "il faut quatre lettres, sept chiffres et une lettre, comme MENE2332736J. "
            "A-t-on confondu la lettre O et le zéro ?",
        )
    return found


def is_valid(number: str) -> bool:
    """Is it shaped as a NOR?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """As the Journal officiel prints it: no blank, no slash."""
    return compact(number)


def year(number: str) -> str:
    """The year of the text, on four figures. The system is of 1987: 87 to 99 are of the last century."""
    figures = validate(number)[4:6]
    return ("19" if figures >= "87" else "20") + figures


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the number says."""
    found = validate(number)
    return [
        ("Numéro", found),
        ("Ministère", found[:3]),
        ("Direction ou service", found[3]),
        ("Année", year(found)),
        ("Rang", found[6:11]),
        ("Nature", NATURES.get(found[11], f"lettre {found[11]}")),
    ]
