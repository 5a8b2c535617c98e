"""The facts that the registry holds of one school, by its UAI; when nobody bears it, the ones that are near."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches

from equerre.cli.registry import RegistryError, opened
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel import uai as norm
from equerre.kernel.french import listed


def held_facts(typed: str, known_at: datetime | None) -> SchoolFacts:
    """What was held at an instant. Raises :class:`RegistryError`, or an error of the norm when it is no UAI at all."""
    uai = norm.validate(typed)
    with opened():
        from equerre.registry import selectors

        key = selectors.key_of(uai, known_at=known_at)
        facts = selectors.school(key, known_at=known_at) if key is not None else None
        if facts is None:
            raise RegistryError(_nobody(uai, selectors.uais(), known_at))
    return facts


def _nobody(uai: str, borne: Sequence[str], known_at: datetime | None) -> str:
    if not borne:
        return f"Aucune école ne porte l'UAI {uai} : le registre est vide. « equerre demo » y met des écoles fictives."
    if uai in borne and known_at is not None:
        return f"À cet instant, le registre ne tenait pas encore d'école qui porte l'UAI {uai} : demandez un instant plus tard."
    near = get_close_matches(uai, borne, n=3, cutoff=0.6)
    said = f" Les plus proches : {listed(near)}." if near else " « equerre list » montre celles d'une liste."
    return f"Aucune école du registre ne porte l'UAI {uai}.{said}"
