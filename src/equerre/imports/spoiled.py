"""What a spreadsheet does to numbers and days, named so that it can be refused: quantities, lost zeros, serial days.

Nothing here is repaired. A number turned into ``2,17003E+13`` has lost figures; a zero taken off the front cannot be told from a
wrong number; a day turned into 46266 depends on the machine that did it. Truth: the sheets of Excel and LibreOffice.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_QUANTITY = re.compile(r"[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+|[0-9]{4,}[.,]0+", re.IGNORECASE)
# Day 1 is 1 January 1900, and the day 60 that never was (29 February 1900) is counted: from March on, count from here.
_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 367, 109_939  # 1 January 1901, 31 December 2200


def spoiled_number(text: str) -> str:
    """Why this text is a number that a spreadsheet has spoiled, as a sentence; "" when it is not.

    >>> spoiled_number("0831819B"), spoiled_number("2,17003E+13")[:28]
    ('', 'Le tableur a abîmé ce numéro')
    """
    if not _QUANTITY.fullmatch("".join(text.split())):
        return ""
    return (
        "Le tableur a abîmé ce numéro : il l'a pris pour une quantité. Reprenez le fichier d'origine et ouvrez cette colonne au "
        "format Texte."
    )


def lost_zero(text: str, figures: int) -> str:
    """Why this text is a number whose first zero was lost, as a sentence; "" when it is not.

    >>> lost_zero("35", 3)[:28], lost_zero("035", 3)
    ('Le zéro du début a été perdu', '')
    """
    found = text.strip()
    if not found.isascii() or not found.isdigit() or len(found) >= figures:
        return ""
    return (
        f"Le zéro du début a été perdu par un tableur ({len(found)} chiffres au lieu de {figures}). Reprenez le fichier "
        "d'origine et ouvrez cette colonne au format Texte."
    )


def day_of_serial(number: float) -> date | None:
    """The day that a spreadsheet means by a number, to be shown and never taken; None when it cannot be one.

    >>> day_of_serial(46996)
    datetime.date(2028, 8, 31)
    """
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _DAY_ZERO + timedelta(days=int(number))
