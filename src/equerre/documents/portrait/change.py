"""A change of the register, as whoever tells it is given it: what moved, for whom, when it is true, when it was learnt.

``opendata.changes`` reads them from the dated rows, and lets out neither an author, a reason nor a note (R48).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from equerre.kernel.fact import Source
from equerre.kernel.period import Period

RECORDED, CHANGED, CORRECTED, WITHDRAWN = "recorded", "changed", "corrected", "withdrawn"
MOVES: Mapping[str, str] = {
    RECORDED: "Inscription",
    CHANGED: "Changement",
    CORRECTED: "Correction",
    WITHDRAWN: "Retrait",
}


class Named(NamedTuple):
    """A school, as one calls it. ``uai`` is its key when no site of it ever bore one."""

    key: str
    uai: str
    name: str
    fictional: bool


class ChangeKey(NamedTuple):
    """Where one move stands: by instant, newest first; then by kind, by move, by row. A page begins after one."""

    at: datetime
    kind: str
    move: str
    row: int


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """One move of the register. ``values`` are what is held now, or what stopped being held; ``before`` what it replaced."""

    place: ChangeKey
    move: str
    kind: str
    label: str
    schools: tuple[Named, ...]
    values: Mapping[str, Any]
    valid: Period[date]
    source: Source
    before: Mapping[str, Any] | None = None
    valid_before: Period[date] | None = None

    @property
    def at(self) -> datetime:
        """When it was learnt."""
        return self.place.at
