"""Régions, académies, départements, and the first three figures that each gives to a UAI.

Truth: ``geography.toml``, our own arrangement of the nomenclature of the ministère de l'Éducation nationale
and of the Code officiel géographique; its header says which. Read once, when first asked. All codes are
text.

>>> departements()["2A"].uai_prefix, academies()["10"].name, academies()["10"].region.name
('620', 'Lyon', 'Auvergne-Rhône-Alpes')
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Region(NamedTuple):
    """``code`` is Insee's."""

    code: str
    name: str


class Departement(NamedTuple):
    """``code`` is Insee's ("2A"), ``uai_prefix`` begins its UAI ("620"), ``academie`` is a code."""

    code: str
    name: str
    uai_prefix: str
    academie: str


class Academie(NamedTuple):
    """``code`` is the ministry's, on two figures; ``departements`` are codes, in their order."""

    code: str
    name: str
    region: Region
    departements: tuple[str, ...]


class FormerAcademie(NamedTuple):
    """An académie that is no more; ``now`` is the code of the one that holds its territory."""

    code: str
    name: str
    now: str


class Overseas(NamedTuple):
    """A community outside the académies; ``uai_prefix`` is None when no real number shows one."""

    code: str
    name: str
    uai_prefix: str | None


@cache
def regions() -> Mapping[str, Region]:
    """The 18 régions, by code."""
    return {code: Region(code, name) for code, name in _table()["region"].items()}


@cache
def academies() -> Mapping[str, Academie]:
    """The 30 académies, by code."""
    return {
        code: Academie(code, row["name"], regions()[row["region"]], tuple(row["departement"]))
        for code, row in _table()["academie"].items()
    }


@cache
def departements() -> Mapping[str, Departement]:
    """The 101 départements, by code.

    >>> departements()["01"]
    Departement(code='01', name='Ain', uai_prefix='001', academie='10')
    """
    exceptions = _table()["uai_prefix"]
    return {
        code: Departement(code, name, exceptions.get(code, code.zfill(3)), academie)
        for academie, row in _table()["academie"].items()
        for code, name in row["departement"].items()
    }


@cache
def former_academies() -> Mapping[str, FormerAcademie]:
    """Académies that an old file still names, by code."""
    return {code: FormerAcademie(code, **row) for code, row in _table()["former_academie"].items()}


@cache
def overseas() -> Mapping[str, Overseas]:
    """The communities outside the académies, by code of Insee."""
    return {code: Overseas(code, row["name"], row.get("uai_prefix")) for code, row in _table()["overseas"].items()}


def of_uai_prefix(prefix: str) -> Departement | Overseas | None:
    """Who gives these three figures to its schools.

    >>> of_uai_prefix("720").name, of_uai_prefix("983").name, of_uai_prefix("020")
    ('Haute-Corse', 'Nouvelle-Calédonie', None)
    """
    return _by_uai_prefix().get(prefix)


@cache
def _by_uai_prefix() -> dict[str, Departement | Overseas]:
    holders: list[Departement | Overseas] = [*departements().values(), *overseas().values()]
    return {holder.uai_prefix: holder for holder in holders if holder.uai_prefix}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("geography.toml").read_text(encoding="utf-8"))
