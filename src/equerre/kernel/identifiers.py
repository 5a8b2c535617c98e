"""The kinds of identifiers, by name: what ``equerre id KIND VALUE`` and the forms offer.

A table. Each kind is a module of this room, with the verbs of python-stdnum (``compact``, ``validate``,
``is_valid``, ``format``) and ``explain``; it is imported only when used: a UAI does not load the rest.

>>> KINDS["uai"].explain("0831819B")[2]
('Département', 'Var (83)')
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple, Protocol, cast


class Norm(Protocol):
    """What every module of a kind offers."""

    def compact(self, number: str) -> str: ...
    def validate(self, number: str) -> str: ...
    def is_valid(self, number: str) -> bool: ...
    def format(self, number: str) -> str: ...
    def explain(self, number: str) -> list[tuple[str, str]]: ...


class IdentifierKind(NamedTuple):
    """One kind: ``key`` is stable and names its module, ``label`` is for people, ``example`` is right."""

    key: str
    label: str
    meaning: str
    example: str

    @property
    def norm(self) -> Norm:
        """The module that knows it."""
        return cast(Norm, import_module(f"{__package__}.{self.key}"))

    def validate(self, number: str) -> str:
        """The number in its one form, or an ``IdentifierError``."""
        return self.norm.validate(number)

    def is_valid(self, number: str) -> bool:
        """Is it one?"""
        return self.norm.is_valid(number)

    def format(self, number: str) -> str:
        """As it is printed."""
        return self.norm.format(number)

    def explain(self, number: str) -> list[tuple[str, str]]:
        """Label and value, in French, of all that the number says."""
        return self.norm.explain(number)


KINDS: Mapping[str, IdentifierKind] = {
    kind.key: kind
    for kind in (
        IdentifierKind("uai", "UAI", "établissement scolaire", "0831819B"),
        IdentifierKind("siren", "SIREN", "personne morale", "732829320"),
        IdentifierKind("siret", "SIRET", "établissement d'une personne morale", "73282932000074"),
        IdentifierKind("rna", "RNA", "association", "W691056789"),
        IdentifierKind("rncp", "RNCP", "fiche de certification", "RNCP37897"),
        IdentifierKind("rncp_block", "bloc", "bloc de compétences d'une fiche RNCP", "RNCP37897BC01"),
        IdentifierKind("cfd", "CFD", "diplôme, code du ministère", "46X32401"),
        IdentifierKind("nor", "NOR", "texte officiel", "MENE2332736J"),
        IdentifierKind("academie", "académie", "académie, code du ministère", "10"),
    )
}
