"""What an import tells: how many facts came in and how, and each thing refused with its place. Same words for all sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# What became of each thing read, in the order in which a report says it.
OUTCOMES = {
    "new": "nouveau",
    "changed": "modifié",
    "ended": "terminé",
    "unchanged": "inchangé",
    "contested": "contesté, à trancher",
    "outdated": "livraison plus ancienne, gardée comme histoire",
}


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """One thing refused: where it stands (``line`` from 1; 0 for the whole file) and why, in a French sentence."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = [self.file, *([f"ligne {self.line}"] if self.line else [])]
        place += [f"colonne {self.column}"] if self.column else []
        return f"{', '.join(place)} : {self.reason}"

    def as_data(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "column": self.column, "reason": self.reason}


@dataclass(slots=True)
class Report:
    """What one import did, or would do (``dry_run``). ``remarks`` say what was put right and what looks odd."""

    source: str
    dry_run: bool = False
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    refused: list[Refused] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def count(self, outcome: str, number: int = 1) -> None:
        """Add to one of ``OUTCOMES``."""
        self.counts[outcome] += number

    @property
    def written(self) -> bool:
        """Did (or would) anything change?"""
        return any(self.counts[name] for name in ("new", "changed", "ended", "contested", "outdated"))

    def as_data(self) -> Mapping[str, Any]:
        """For ``--format json``."""
        return {
            "source": self.source,
            "dry_run": self.dry_run,
            "counts": self.counts,
            "refused": [one.as_data() for one in self.refused],
            "remarks": self.remarks,
        }

    def lines(self) -> Sequence[str]:
        """For people."""
        said = [f"{number} {OUTCOMES[name]}" for name, number in self.counts.items() if number]
        head = f"{self.source} : {', '.join(said) if said else 'rien à écrire'}."
        head += " (essai : rien n'a été écrit)" if self.dry_run else ""
        return [head, *self.remarks, *map(str, sorted(self.refused))]
