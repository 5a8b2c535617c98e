"""The numbers of the law, dated: value, reference, date in the Journal officiel, or each of these written as missing.

Read from ``parameters.toml``. A parameter asked for a day before its first value is an error: nobody has formalised
that day. A value that no text fixes (a practice, a choice of ours) says so in ``reference`` and in ``note``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from equerre.kernel.errors import LawError
from equerre.kernel.french import day

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One dated value. ``reference`` is an address (``code-education/L441-1``), a text, or ``missing``."""

    name: str
    label: str
    unit: str
    value: int | str
    since: date
    reference: str
    journal_officiel: str
    note: str | None = None


@cache
def parameters() -> dict[str, tuple[ParameterValue, ...]]:
    """Every parameter, its values in order of time. Raises :class:`LawError` when one lacks a reference."""
    table = tomllib.loads((files("equerre.law") / "parameters.toml").read_text("utf-8"))
    found: dict[str, tuple[ParameterValue, ...]] = {}
    for name, row in table.items():
        values = tuple(
            ParameterValue(
                name,
                row["label"],
                row["unit"],
                value["value"],
                value["from"],
                value.get("reference", ""),
                str(value.get("journal_officiel", "")),
                value.get("note"),
            )
            for value in row["values"]
        )
        for value in values:
            if not value.reference or not value.journal_officiel:
                raise LawError(f"Le paramètre {name} n'a pas de référence : écrivez-la, ou « missing » si elle manque.")
        found[name] = tuple(sorted(values, key=lambda value: value.since))
    return found


def parameter(name: str, on: date) -> ParameterValue:
    """The value in force on a day. Raises :class:`LawError` before its first value, or when nobody wrote it."""
    values = parameters().get(name)
    if values is None:
        raise LawError(f"Aucun paramètre ne s'appelle {name}.")
    for value in reversed(values):
        if value.since <= on:
            return value
    raise LawError(f"{values[0].label} : aucune valeur n'est établie avant le {day(values[0].since)}.")


def number(name: str, on: date) -> int:
    """A whole-number parameter on a day."""
    return int(parameter(name, on).value)


def day_of(name: str, year: int, on: date) -> date:
    """A parameter written ``MM-DD``, as a day of a year."""
    month, dom = str(parameter(name, on).value).split("-")
    return date(year, int(month), int(dom))
