"""What an import tells: how many facts came in and how, and each thing refused with its place. Same words for all sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from equerre.kernel.french import counted

# What became of each thing read, in the order in which a report says it.
OUTCOMES = {
    "new": ("fait nouveau", "faits nouveaux"),
    "changed": ("fait modifié", "faits modifiés"),
    "ended": ("fait terminé", "faits terminés"),
    "unchanged": ("fait inchangé", "faits inchangés"),
    "contested": ("fait contesté, à trancher", "faits contestés, à trancher"),
    "outdated": (
        "fait d'une livraison plus ancienne, gardé comme histoire",
        "faits d'une livraison plus ancienne, gardés comme histoire",
    ),
}


def outcomes_said(counts: Mapping[str, int]) -> str:
    """« 2 faits nouveaux, 1 fait modifié », in the order of ``OUTCOMES``; "" when nothing was."""
    return ", ".join(counted(counts[name], *words) for name, words in OUTCOMES.items() if counts[name])


# As many things as one reads in a line; ``--format json`` gives them all.
_SHOWN = 5


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


@dataclass(frozen=True, slots=True)
class News:
    """What people ask of a delivery: a key for programs, its label, and each thing with what a sentence says of it."""

    key: str
    label: str
    items: Sequence[Mapping[str, Any]]

    def __str__(self) -> str:
        """« Fins avancées : 2 (RNCP1 : 31 août 2026 au lieu du 31 août 2027, RNCP2 : …). »"""
        shown = [str(item["said"]) for item in self.items[:_SHOWN]]
        rest = len(self.items) - len(shown)
        more = [f"et {rest} de plus"] if rest else []
        listed = ", ".join([*shown, *more])
        return f"{self.label} : {len(self.items)} ({listed})." if shown else f"{self.label} : aucune."


@dataclass(slots=True)
class Report:
    """What one import did, or would do (``dry_run``): ``read`` rows, ``news`` of what they changed, each thing by its outcome.

    ``remarks`` say what was put right and what looks odd; ``delivery`` is the number under which it can be withdrawn;
    ``did`` says what was done when it is not the reading of a file.
    """

    source: str
    dry_run: bool = False
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    refused: list[Refused] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    read: int = 0
    unit: tuple[str, str] = ("ligne lue", "lignes lues")
    news: list[News] = field(default_factory=list)
    delivery: int | None = None
    did: str = ""

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
            "delivery": None if self.dry_run else self.delivery,
            "read": self.read,
            "news": {
                news.key: [{name: value for name, value in item.items() if name != "said"} for item in news.items]
                for news in self.news
            },
            "counts": self.counts,
            "refused": [one.as_data() for one in self.refused],
            "remarks": self.remarks,
        }

    def lines(self) -> Sequence[str]:
        """For people."""
        read = f"{counted(self.read, *self.unit)} ; " if self.read else ""
        head = f"{self.source} : {self.did or read + (outcomes_said(self.counts) or 'rien à écrire')}."
        head += " (essai : rien n'a été écrit)" if self.dry_run else ""
        news = [str(one) for one in self.news if one.items]
        undo = [f"Livraison n° {self.delivery} : « equerre import undo {self.delivery} » la retire."]
        undo = undo if self.delivery is not None and not self.dry_run else []
        return [head, *news, *self.remarks, *map(str, sorted(self.refused)), *undo]
