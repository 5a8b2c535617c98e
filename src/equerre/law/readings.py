"""Readings: the doubts of law, as data. Numbered R1, R2 …, with their options and the one taken by default.

A reading is our choice between meanings of a text, dated and shown; none is an official position. Read from
``readings.toml``. A reading may have several *uses* (R4: schooling, tax), each with its own default.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from equerre.kernel.citation import Citation
from equerre.kernel.errors import LawError
from equerre.kernel.french import listed

NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """One doubt. ``default`` is an option, ``none`` when none is taken (the answer is suspended), "" without options."""

    id: str
    title: str
    doubt: str
    options: dict[str, str]
    default: str
    default_for: dict[str, str]
    why_default: str
    confidence: str
    settles: str
    articles: tuple[Citation, ...]
    modules: tuple[str, ...]

    def option(self, use: str = "") -> str:
        """The option taken by default for a use."""
        return self.default_for.get(use, self.default)


@cache
def readings() -> dict[str, Reading]:
    """Every reading, by number."""
    table = tomllib.loads((files("equerre.law") / "readings.toml").read_text("utf-8"))
    found = {
        number: Reading(
            number,
            row["title"],
            row["doubt"],
            row.get("options", {}),
            row.get("default", ""),
            row.get("default_for", {}),
            row["why_default"],
            row["confidence"],
            row["settles"],
            tuple(Citation.parse(text) for text in row["articles"]),
            tuple(row["modules"]),
        )
        for number, row in table.items()
    }
    for reading in found.values():
        for option in (reading.default, *reading.default_for.values()):
            if option not in (*reading.options, NONE, ""):
                raise LawError(f"{reading.id} prend par défaut l'option {option}, qui n'existe pas.")
    return found


def reading(number: str) -> Reading:
    """One reading. Raises :class:`LawError` with the numbers that exist."""
    found = readings().get(number)
    if found is None:
        raise LawError(f"La lecture « {number} » n'existe pas : elles vont de R1 à R{len(readings())}.")
    return found


def check_option(number: str, option: str) -> None:
    """Raises :class:`LawError` unless this reading has this option."""
    options = reading(number).options
    if not options:
        raise LawError(f"La lecture {number} n'a pas d'options : elle ne se change pas.")
    if option not in options:
        raise LawError(f"La lecture {number} n'a pas d'option « {option} » : choisissez {listed(list(options), last='ou')}.")
