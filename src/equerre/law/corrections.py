"""Wrong citations that published texts carry, and the article they mean. Read from ``corrections.toml``.

A published text is kept as it is published; a correction stands beside it, with its author and its reason (reading R49).
Whoever looks up the wrong address is shown the right one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from equerre.kernel.citation import Citation
from equerre.kernel.errors import LawError

KEYS = {"written", "means", "met_in", "reason", "author", "source"}


@dataclass(frozen=True, slots=True)
class Correction:
    """``written`` is the address as the text prints it, ``means`` the one it should print, ``met_in`` the text."""

    written: Citation
    means: Citation
    met_in: str
    reason: str
    author: str
    source: str


def load_corrections(table: Traversable) -> dict[Citation, Correction]:
    """Every correction of a table, by the wrong address. Raises :class:`LawError` when a row lacks something."""
    found: dict[Citation, Correction] = {}
    for rank, row in enumerate(tomllib.loads(table.read_text("utf-8"))["corrections"], 1):
        if row.keys() != KEYS or not all(row.values()):
            raise LawError(f"law/corrections.toml, ligne {rank} : il faut {', '.join(sorted(KEYS))}, et rien d'autre.")
        written, means = Citation.parse(row["written"]), Citation.parse(row["means"])
        found[written] = Correction(written, means, row["met_in"], row["reason"], row["author"], row["source"])
    return found


@cache
def corrections() -> dict[Citation, Correction]:
    """Ours."""
    return load_corrections(files("equerre.law") / "corrections.toml")
