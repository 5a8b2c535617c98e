"""Readings: the doubts of law, as data. Numbered R1, R2 …, with their options and the one taken by default.

A reading is our choice between meanings of a text, dated and shown; none is an official position. Read from
``readings.toml``, whose header says how a row is read. A reading may have several *uses* (R4: schooling, tax), each with
its own default. One that ``suspends`` leaves the answer UNKNOWN by default, though another option would give one: only
these may turn an UNKNOWN into a MET. One that is ``unused`` is taken by no rule yet, and says why.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from typing import Any

from equerre.kernel.citation import Citation
from equerre.kernel.errors import CitationError, LawError
from equerre.kernel.french import listed

NONE = "none"

CONFIDENCES = ("likely", "open")

# The twelve words of the regime, each a module of the rules.
WORDS = (
    "opening",
    "managing_body",
    "recognition",
    "staff_approval",
    "insertion",
    "annual_list",
    "teaching",
    "qualifications",
    "production",
    "regional_list",
    "tax_balance",
    "agreements",
)

# What runs across them.
THEMES = ("minors", "scholarships", "control", "publication", "texts")


@dataclass(frozen=True, slots=True)
class LawReading:
    """One doubt. ``default`` is an option, ``none`` when we take none of them, "" when there are none to take.

    ``default_for`` gives each use its own. ``none`` leaves the answer open where the reading ``suspends``; elsewhere it
    prefers no option (R26: any of the three will do). ``confidence`` is that of the default: ``likely`` or ``open``.
    """

    id: str
    title: str
    doubt: str
    why_default: str
    confidence: str
    settles: str
    articles: tuple[Citation, ...]
    modules: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)
    default: str = ""
    default_for: dict[str, str] = field(default_factory=dict)
    suspends: bool = False
    unused: str = ""

    def option(self, use: str = "") -> str:
        """The option taken by default for a use. Raises :class:`LawError` for a use that the reading does not have."""
        if use and use not in self.default_for:
            uses = (
                f"choisissez {listed(list(self.default_for), last='ou')}"
                if self.default_for
                else "elle n'en a qu'un, sans nom"
            )
            raise LawError(f"La lecture {self.id} n'a pas d'usage « {use} » : {uses}.")
        return self.default_for.get(use, self.default)


@cache
def readings() -> dict[str, LawReading]:
    """Every reading, by number. Raises :class:`LawError` when the table is not one that rules can trust."""
    table = tomllib.loads((files("equerre.law") / "readings.toml").read_text("utf-8"))
    for place, number in enumerate(table, start=1):
        if number != f"R{place}":
            raise LawError(f"Dans law/readings.toml, R{place} est attendue et {number} se présente : rien ne se saute.")
    return {number: _reading(number, row) for number, row in table.items()}


def reading(number: str) -> LawReading:
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
        raise LawError(
            f"La lecture {number} n'a pas d'option « {option} » : choisissez {listed(list(options), last='ou')}."
        )


# --- The table, made into readings, or refused -----------------------------------------------------------------------

_TEXTS = ("title", "doubt", "why_default", "confidence", "settles")
_NEEDED = (*_TEXTS, "articles", "modules")
_ALLOWED = (*_NEEDED, "options", "default", "default_for", "suspends", "unused")


def _reading(number: str, row: dict[str, Any]) -> LawReading:
    missing = [key for key in _NEEDED if key not in row] + [key for key in _TEXTS if row.get(key) == ""]
    if missing:
        raise LawError(f"La lecture {number} ne dit rien de {listed(missing)} : écrivez-le.")
    unknown = [key for key in row if key not in _ALLOWED]
    if unknown:
        raise LawError(
            f"La lecture {number} porte {listed(unknown)}, que personne ne lit : corrigez le nom, ou ôtez-le."
        )
    try:
        articles = tuple(Citation.parse(text) for text in row["articles"])
    except CitationError as error:
        raise LawError(f"La lecture {number} cite mal un article. {error}") from error
    made = LawReading(**{**row, "id": number, "articles": articles, "modules": tuple(row["modules"])})
    for flaw in _flaws(made):
        raise LawError(f"La lecture {number} {flaw}.")
    return made


def _flaws(made: LawReading) -> Iterator[str]:
    """What is wrong with the row, each as the end of a sentence that the number begins."""
    options, defaults = list(made.options), (made.default, *made.default_for.values())
    strangers = [module for module in made.modules if module not in (*WORDS, *THEMES)]
    unknown = [option for option in defaults if option not in (*options, NONE)]
    flaws = (
        (
            made.confidence not in CONFIDENCES,
            f"se dit « {made.confidence} » : choisissez {listed(CONFIDENCES, last='ou')}",
        ),
        (strangers, f"nomme le module « {''.join(strangers[:1])} », qui n'existe pas"),
        (
            "".join(options) != ascii_lowercase[: len(options)],
            f"nomme ses options {listed(options)} : elles s'appellent a, b, c, dans l'ordre",
        ),
        (len(options) == 1, "n'a qu'une option : un doute en a deux au moins, ou aucune"),
        (options and not made.default, f"a des options et n'en prend aucune : écrivez-en une, ou « {NONE} »"),
        (options and unknown, f"prend par défaut l'option {''.join(unknown[:1])}, qui n'existe pas"),
        (not options and (made.default or made.default_for), "prend une option par défaut, et n'en a pas"),
        (made.suspends and not options, "suspend la réponse, et n'a pas d'option qui en donnerait une"),
    )
    yield from (sentence for wrong, sentence in flaws if wrong)
