"""Where a school stands on a day: its main site, what follows from the département, and how one says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from equerre.facts.opening import Site
from equerre.facts.school_facts import SchoolFacts, at
from equerre.kernel import geography


@dataclass(frozen=True, slots=True)
class Location:
    """Commune, département, académie, région and SIRET of a site, as far as they are known."""

    commune: str | None
    departement: str | None
    academie: str | None
    region: str | None
    siret: str | None


def location(facts: SchoolFacts, on: date) -> Location:
    """Where the main site stands on a day; the last known when none is held that day."""
    site = main_site(facts, on)
    if site is None:
        return Location(None, None, None, None, None)
    departement = geography.departements().get(site.departement or "")
    if departement is None:
        return Location(site.commune, site.departement, None, None, site.siret)
    academie = geography.academies()[departement.academie]
    return Location(site.commune, departement.code, academie.code, academie.region.code, site.siret)


def main_site(facts: SchoolFacts, on: date) -> Site | None:
    """The site that its UAI stands for."""
    main = [fact for fact in facts[Site] if fact.value.main] or list(facts[Site])
    that_day = at(main, on)
    return that_day.value if that_day is not None else (main[-1].value if main else None)


def place_said(commune: str | None, academie: str | None) -> str:
    """« Pontauzac, académie de Poitiers », as far as it is known."""
    known = geography.academies().get(academie or "")
    return ", ".join(text for text in (commune or "", of_academie(known.name) if known else "") if text)


def of_academie(name: str) -> str:
    """
    >>> of_academie("Aix-Marseille"), of_academie("La Réunion"), of_academie("Guadeloupe"), of_academie("Lyon")
    ("académie d'Aix-Marseille", 'académie de La Réunion', 'académie de Guadeloupe', 'académie de Lyon')
    """
    return f"académie d'{name}" if name[0] in "AEIOUÉ" else f"académie de {name}"
