"""Cases that a jurist can read and write: ``<word>.yaml`` beside this file, bundles of facts in ``given.yaml``.

    - case: Le silence ne vaut pas reconnaissance
      rule: recognition.recognised
      day: 2026-10-01                # not "on", which YAML reads as true
      given: [association]           # bundles of given.yaml
      facts: {recognition_request: [{filed_on: 2026-02-01}]}
      outcome: NOT_MET
      says: à l'instruction          # words of the reason, or of a note
      missing: [recognition]         # for an UNKNOWN: the facts it names
      otherwise: {R17=a: MET, R17=b: {outcome: NOT_MET, says: vaudrait refus}}

Without ``from`` or ``until`` a fact is true on every day; the field that starts an event gives its ``from``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from equerre.facts import KINDS
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.fact import Fact, Source
from equerre.kernel.finding import Finding
from equerre.kernel.period import Period
from equerre.rules import chain  # noqa: F401  (registers every rule)
from equerre.rules.rule import DEFAULTS, REGISTER, Options

FOLDER = Path(__file__).parent
SOURCE = Source("case", "Cas d'essai", "Faits fictifs d'un cas d'essai")
KEYS = {"case", "rule", "subject", "day", "given", "facts", "outcome", "says", "missing", "otherwise", "readings"}


@dataclass(frozen=True)
class Case:
    """One case of one file; ``otherwise`` by ``R3=a``: outcome, and words that the reason must hold."""

    file: str
    text: str
    rule: str
    subject: str
    day: date
    facts: SchoolFacts
    outcome: str
    says: tuple[str, ...]
    missing: tuple[str, ...]
    otherwise: Mapping[str, tuple[str, str]]
    readings: Options

    def __str__(self) -> str:
        return f"{self.file} : {self.text}"

    def finding(self, options: Options | None = None) -> Finding:
        return REGISTER[self.rule](
            self.facts, self.subject, on=self.day, readings=self.readings if options is None else options
        )

    def under(self, choice: str) -> Finding:
        point, _, option = choice.partition("=")
        return self.finding(self.readings.instead(point, option))


@cache
def cases() -> tuple[Case, ...]:
    """Every case of every file, in order."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) if path.stem != "given" for case in _read(path))


def _read(path: Path) -> Iterator[Case]:
    for row in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader):
        unknown = set(row) - KEYS
        assert not unknown, f"{path.name}, « {row.get('case')} » : {unknown} n'est pas une rubrique d'un cas"
        yield _case(path.stem, row)


def _case(word: str, row: dict[str, Any]) -> Case:
    said = row.get("says", [])
    rule = row["rule"] if "." in row["rule"] else f"{word}.{row['rule']}"
    return Case(
        word,
        row["case"],
        rule,
        row.get("subject", ""),
        row["day"],
        school(row.get("given", []), row.get("facts", {})),
        row["outcome"],
        (said,) if isinstance(said, str) else tuple(said),
        tuple(row.get("missing", ())),
        {choice: _expected(value) for choice, value in row.get("otherwise", {}).items()},
        Options(row["readings"]) if "readings" in row else DEFAULTS,
    )


def _expected(value: str | dict[str, str]) -> tuple[str, str]:
    return (value, "") if isinstance(value, str) else (value["outcome"], value.get("says", ""))


@cache
def _bundles() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((FOLDER / "given.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


def school(given: list[str], rows: dict[str, list[dict[str, Any]]]) -> SchoolFacts:
    """A fictional school from bundles and rows of its own."""
    gathered: dict[str, list[Fact[object]]] = {}
    for bundle in (*(_bundles()[name] for name in given), rows):
        for kind, values in bundle.items():
            gathered.setdefault(kind, []).extend(_fact(kind, value) for value in values)
    found = SchoolFacts("9990012J", "École d'essai", fictional=True)
    for kind, facts in gathered.items():
        found = found.with_rows(kind, facts)
    return found


def _fact(kind: str, row: dict[str, Any]) -> Fact[object]:
    known = set(KINDS[kind].fields)
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key in known}
    assert set(row) - known <= {"from", "until"}, f"{kind} : {set(row) - known} n'est pas un champ"
    value = KINDS[kind].row(**given)
    start = row.get("from", given.get(KINDS[kind].starts))
    return Fact(KINDS[kind].fact_name(value), value, Period(start, row.get("until")), SOURCE)
