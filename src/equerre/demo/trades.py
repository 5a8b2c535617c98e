"""The trades that the fictional schools teach, and the real sheets of the RNCP that they prepare.

The sheets are in ``sheets.toml``, with their source. A trade is told by phases: when its sheet is replaced, the school prepares
the next one from the following first day of classes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from equerre.demo.moments import FIRST_DAYS
from equerre.imports.rncp import TRIAL_PUBLISHER

PUBLISHER = TRIAL_PUBLISHER
# By the name of a delivery in the table: its day, the day we read it (see ``moments``), its title.
DELIVERIES = {
    "june_2024": (date(2024, 6, 25), date(2024, 7, 1), "Kit apprentissage, livraison du 25 juin 2024"),
    "january_2025": (date(2025, 1, 31), date(2025, 2, 3), "Kit apprentissage, livraison du 31 janvier 2025"),
}
# This sheet of the first delivery was read after the second one: it is kept as history and never held.
READ_LATE = ("RNCP36429", "june_2024", date(2025, 3, 10))


@dataclass(frozen=True, slots=True)
class SheetSaid:
    """What one delivery says of one sheet."""

    ends_on: date
    starts_on: date | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoSheet:
    """A sheet of the RNCP, with what each delivery says of it."""

    code: str
    title: str
    kind: str
    level: int
    said: Mapping[str, SheetSaid]


@cache
def sheets() -> Mapping[str, DemoSheet]:
    """Every sheet of the table, by code."""
    table = tomllib.loads(resources.files(__package__).joinpath("sheets.toml").read_text(encoding="utf-8"))
    return {code: _sheet(code, row) for code, row in table.items()}


def _sheet(code: str, row: Mapping[str, Any]) -> DemoSheet:
    said = {
        name: SheetSaid(row[name]["ends_on"], row[name].get("starts_on"), tuple(row[name].get("successors", ())))
        for name in DELIVERIES
        if name in row
    }
    return DemoSheet(code, row["title"], row["kind"], row["level"], said)


@dataclass(frozen=True, slots=True)
class Trade:
    """What is prepared: the sheet from each first day of classes, and for how many years pupils stay."""

    phases: tuple[tuple[int, str], ...]
    years: int = 2

    def certifications(self, first: int) -> list[tuple[date, date | None, str]]:
        """First day, end and sheet of each phase, for a school that teaches the trade from a school year on."""
        starts = [max(year, first) for year, _ in self.phases]
        ends = [*starts[1:], None]
        return [
            (FIRST_DAYS[start], FIRST_DAYS[end] if end else None, code)
            for start, end, (_, code) in zip(starts, ends, self.phases, strict=True)
            if start != end
        ]


TRADES: Mapping[str, Trade] = {
    "metallier": Trade(((2023, "RNCP37897"),)),
    "chaudronnerie-soudage": Trade(((2023, "RNCP38568"),)),
    "conduite-installations": Trade(((2023, "RNCP36429"),)),
    "fonderie": Trade(((2023, "RNCP37898"),)),
    "decolletage": Trade(((2023, "RNCP557"), (2025, "RNCP39342"))),
    "usinage-bac-pro": Trade(((2023, "RNCP35697"),), years=3),
    "chaudronnerie-bac-pro": Trade(((2023, "RNCP38337"),), years=3),
    "soudeur-assembleur": Trade(((2023, "RNCP34502"), (2025, "RNCP40037"))),
    "maintenance-industrielle": Trade(((2023, "RNCP35191"),)),
    "mecanique-automobile": Trade(((2023, "RNCP19118"), (2024, "RNCP39809"))),
    "carrosserie": Trade(((2023, "RNCP37601"),)),
    "electricite": Trade(((2023, "RNCP30328"), (2024, "RNCP38401"))),
    "maconnerie": Trade(((2023, "RNCP35715"),)),
    "couverture": Trade(((2023, "RNCP35889"),)),
    "menuiserie-aluminium": Trade(((2023, "RNCP37893"),)),
    "plomberie": Trade(((2024, "RNCP38305"),)),
    "fibre-optique": Trade(((2023, "RNCP37443"),)),
    "menuiserie": Trade(((2023, "RNCP36112"),)),
    "menuiserie-titre": Trade(((2023, "RNCP35823"),)),
    "charpente": Trade(((2023, "RNCP35113"),)),
    "charpente-marine": Trade(((2024, "RNCP38409"),)),
    "cuisine": Trade(((2023, "RNCP37553"), (2024, "RNCP38430"))),
    "restauration": Trade(((2023, "RNCP35317"),)),
    "boulangerie": Trade(((2023, "RNCP37537"),)),
    "couture": Trade(((2024, "RNCP39006"),)),
    "paysage": Trade(((2024, "RNCP38386"),)),
}
