"""Skill block (bloc de compétences): a part of a record of the RNCP that can be acquired alone.

The number of the record, ``BC`` and two figures: RNCP37897BC01. Nothing but its record says whether it
exists.

Truth: the export of France compétences of 22 February 2024, table "Blocs" (RNCP509BC05 and its likes).

>>> validate("rncp37897 bc01"), to_rncp("RNCP37897BC01")
('RNCP37897BC01', 'RNCP37897')
"""

from __future__ import annotations

import re

from equerre.kernel import rncp
from equerre.kernel.errors import IdentifierError, InvalidFormat

KIND = "rncp_block"


def compact(number: str) -> str:
    """Without blanks, in capitals."""
    return "".join(number.split()).upper()


def validate(number: str) -> str:
    """The number in its one form, or an :class:`IdentifierError` that says what is wrong."""
    found = compact(number)
    if rncp.is_valid(found):
        raise InvalidFormat(KIND, number, f"c'est la fiche entière. Ajoutez le bloc, par exemple {found}BC01.")
    if not re.fullmatch("RNCP[1-9][0-9]{2,4}BC[0-9]{2}", found):
        raise InvalidFormat(
            KIND,
            number,
            "il faut le numéro de la fiche, puis BC et deux chiffres, par exemple RNCP37897BC01.",
        )
    return found


def is_valid(number: str) -> bool:
    """Is it shaped as a skill block?"""
    try:
        validate(number)
    except IdentifierError:
        return False
    return True


def format(number: str) -> str:
    """As France compétences prints it: no blank."""
    return compact(number)


def to_rncp(number: str) -> str:
    """The record that the block is a part of."""
    return validate(number).partition("BC")[0]


def explain(number: str) -> list[tuple[str, str]]:
    """Label and value, in French, of all that the number says."""
    found = validate(number)
    return [("Bloc", found), ("Fiche", to_rncp(found)), ("Rang du bloc", found[-2:])]
