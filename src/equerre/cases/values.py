"""What a value of a fact must be, whoever types it and wherever: the norms of identifiers, the tables, a calendar, readable text.

Its truth comes from ``facts`` (the norm of each field), ``kernel`` (identifiers, geography) and ``law`` (legal categories).
Length, choices and whether a value may be missing are the column's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from equerre import law
from equerre.facts import KEPT
from equerre.kernel import geography
from equerre.kernel.errors import EquerreError, quoted
from equerre.kernel.identifiers import KINDS
from equerre.kernel.invisible import first_invisible

# The calendar is that of a file of facts.
FIRST_YEAR, LAST_YEAR = 1800, 2199

# What a text must be in a column of this name. It raises, in French.
NORMS: Mapping[str, Callable[[str], object]] = {
    **{
        field.kept_as: KINDS[field.norm].validate
        for kind in KEPT.values()
        for field in kind.every.values()
        if field.norm
    },
    "legal_category": law.legal_category,
}


def faults(column: str, value: Any) -> Iterator[str]:
    """What is wrong with a value for a column of this name, in French."""
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        yield f"Équerre compte de {FIRST_YEAR} à {LAST_YEAR}. Une fin inconnue ne s'écrit pas : laissez vide."
    if not isinstance(value, str) or not value:
        return
    if first_invisible(value, lines=True):
        yield "Ce texte contient un caractère invisible : retirez-le."
    if column == "departement" and value not in geography.departements():
        yield f"Aucun département n'a le code {quoted(value)}. Écrivez-le comme 86, 2A ou 974."
    if column in NORMS:
        try:
            NORMS[column](value)
        except EquerreError as error:
            yield str(error)
