"""Legal categories of the Insee: what the form of a managing body lets us think, and where it proves nothing.

Read from ``legal_categories.toml``, whose header says where codes and labels come from. A category never proves that a
body seeks no profit: it tells a person where to look (R10).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from equerre.kernel.errors import LawError, quoted
from equerre.kernel.french import listed

KINDS = ("association", "foundation", "company", "cooperative", "chamber", "public", "other")


@dataclass(frozen=True, slots=True)
class LegalCategory:
    """One category. ``kind`` is ours, one of ``KINDS``; ``ambiguous``: it proves neither profit nor its absence."""

    code: str
    label: str
    kind: str
    ambiguous: bool = False
    note: str = ""


@cache
def legal_categories() -> dict[str, LegalCategory]:
    """Every category of the table, by code. Raises :class:`LawError` when a row cannot be trusted."""
    table = tomllib.loads((files("equerre.law") / "legal_categories.toml").read_text("utf-8"))
    for code, row in table.items():
        if not re.fullmatch("[0-9]{4}", code):
            raise LawError(f"La catégorie juridique {quoted(code)} ne s'écrit pas ainsi : elle a quatre chiffres.")
        if not row.get("label"):
            raise LawError(f"La catégorie juridique {code} n'a pas de libellé : recopiez celui de l'Insee.")
        if row.get("kind") not in KINDS:
            kinds = listed(KINDS, last="ou")
            raise LawError(f"La catégorie juridique {code} n'a pas de nature connue : écrivez {kinds}.")
        unknown = [key for key in row if key not in ("label", "kind", "ambiguous", "note")]
        if unknown:
            raise LawError(f"La catégorie juridique {code} porte {listed(unknown)}, que personne ne lit : ôtez-le.")
    return {code: LegalCategory(code, **row) for code, row in table.items()}


def legal_category(code: str) -> LegalCategory:
    """One category. Raises :class:`LawError` with what to do when the table does not hold it."""
    found = legal_categories().get(code)
    if found is None:
        raise LawError(
            f"La catégorie juridique {quoted(code)} n'est pas dans la table. Relisez ses quatre chiffres sur l'avis de "
            "situation que délivre l'Insee. S'ils sont justes, ajoutez-la à law/legal_categories.toml, avec le libellé de "
            f"l'Insee et sa nature : {listed(KINDS, last='ou')}."
        )
    return found
