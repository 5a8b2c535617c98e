"""What if: the same evaluation on other facts or on another day, and the difference in words and as data."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from equerre.facts import KINDS
from equerre.facts.kind import BY_ROW
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.errors import FactsError
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding
from equerre.kernel.french import listed
from equerre.kernel.period import Period
from equerre.rules.chain import Chain


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding that differs. ``before`` or ``after`` is None when one chain does not ask that question."""

    key: str
    before: Finding | None
    after: Finding | None

    @property
    def moves(self) -> bool:
        """Is anything else found: the outcome, the reason, its days?"""
        if self.before is None or self.after is None:
            return True
        return any(
            getattr(self.before, name) != getattr(self.after, name) for name in ("outcome", "because", "since", "until")
        )

    @property
    def outcome_moves(self) -> bool:
        """Does the outcome itself change, or only the reason?"""
        return self.before is None or self.after is None or self.before.outcome is not self.after.outcome


def compare(before: Chain, after: Chain) -> tuple[Difference, ...]:
    """What differs between two chains: links first, in order, then what they rest on."""
    old, new = before.findings(), after.findings()
    keys = dict.fromkeys([*(root.key for root in before.roots()), *old, *new])
    pairs = ((key, old.get(key), new.get(key)) for key in keys)
    return tuple(difference for difference in itertools.starmap(Difference, pairs) if difference.moves)


def replaced(facts: SchoolFacts, name: str, changes: Mapping[str, object]) -> SchoolFacts:
    """The same facts, with fields of the facts called ``name`` (``recognition``, ``course[cap]``) changed.

    Raises :class:`FactsError` when no fact bears that name.
    """
    kind = name.partition("[")[0]
    rows = facts.rows_of(kind) if kind in KINDS else ()
    if not any(fact.name == name for fact in rows):
        held = listed(sorted({fact.name for fact in facts.facts()}))
        raise FactsError([f"Aucun fait ne s'appelle « {name} ». Ceux du dossier : {held}."])
    changed = tuple(_changed(fact, changes) if fact.name == name else fact for fact in rows)
    return facts.with_rows(kind, changed)


def _changed(fact: Fact[object], changes: Mapping[str, object]) -> Fact[object]:
    """``from`` and ``until`` move the period; the day that starts an event moves it too; the rest is the value's."""
    value = replace(fact.value, **{k: v for k, v in changes.items() if k not in ("from", "until")})  # type: ignore[type-var]
    starts = BY_ROW[type(value)].starts
    start = changes.get("from", changes.get(starts, fact.valid.start))
    end = changes.get("until", fact.valid.end)
    assert start is None or isinstance(start, date)
    assert end is None or isinstance(end, date)
    return replace(fact, value=value, valid=Period(start, end))


def without(facts: SchoolFacts, name: str) -> SchoolFacts:
    """The same facts, as if nobody had given the one called ``name``."""
    kind = name.partition("[")[0]
    rows = facts.rows_of(kind) if kind in KINDS else ()
    kept = tuple(fact for fact in rows if fact.name != name)
    if len(kept) == len(rows):
        raise FactsError([f"Aucun fait ne s'appelle « {name} »."])
    return facts.with_rows(kind, kept)
