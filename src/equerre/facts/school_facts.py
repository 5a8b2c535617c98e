"""The plain facts of one school: what rules read, and nothing else. Every value comes as a ``Fact``, in two times.

    facts[Recognition]      the recognitions held, in the order in which they were given

A file of facts, a database or a test fills the same form: no rule knows where a fact comes from. ``public_view`` is what anybody
may see of them: what is not public is left out, and said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from equerre.facts import KINDS
from equerre.facts.calendar import CampaignDate
from equerre.facts.kind import BY_ROW
from equerre.facts.statements import StatedAbsence
from equerre.kernel.fact import Fact

Value = TypeVar("Value")

# What the public view holds nothing of, whatever is recorded: kinds, and fields of public kinds (``intake.pupils``).
PRIVATE = frozenset(
    (
        *(name for name, kind in KINDS.items() if not kind.public),
        *(f"{name}.{each.name}" for name, kind in KINDS.items() for each in kind.fields.values() if not each.public),
    )
)

# The absences that may be told: of a public kind, with its key or without. What reads otherwise stays in.
PUBLIC_ABSENCE = rf"^({'|'.join(name for name, kind in KINDS.items() if kind.public)})(\[.+\])?$"


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """All that is held about one school. Every collection is in the order in which it was given.

    ``fictional`` data carries its banner wherever it is printed. ``withheld`` names what this view leaves out, kinds and fields:
    a rule that needs one of them says that it is not public, never that nobody recorded it.
    """

    uai: str
    name: str
    fictional: bool = False
    rows: Mapping[str, tuple[Fact[Any], ...]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()

    @classmethod
    def of(cls, uai: str, name: str, fictional: bool = False, **rows: Iterable[Fact[Any]]) -> SchoolFacts:
        """The facts of a school, kind by kind."""
        return cls(uai, name, fictional).with_kinds(rows)

    def __getitem__(self, kind: type[Value]) -> tuple[Fact[Value], ...]:
        return self.rows.get(BY_ROW[kind].name, ())

    def rows_of(self, kind: str) -> tuple[Fact[Any], ...]:
        """The facts of a kind, by its name."""
        return self.rows.get(KINDS[kind].name, ())

    def withholds(self, name: str) -> bool:
        """Is a fact, or a field of one, left out of this view (``production_count[orders]``, ``intake[cap].pupils``)?"""
        kind, _, rest = name.partition("[")
        kind, _, field_name = kind.partition(".")
        return kind in self.withheld or f"{kind}.{field_name or rest.rpartition('].')[2]}" in self.withheld

    def facts(self) -> Iterator[Fact[Any]]:
        """Every fact, kind by kind."""
        for kind in KINDS:
            yield from self.rows.get(kind, ())

    def with_rows(self, kind: str, rows: Iterable[Fact[Any]]) -> SchoolFacts:
        """The same, with other facts of one kind."""
        return self.with_kinds({kind: rows})

    def with_kinds(self, rows: Mapping[str, Iterable[Fact[Any]]]) -> SchoolFacts:
        """The same, with other facts of some kinds."""
        assert rows.keys() <= KINDS.keys(), f"no such kinds: {sorted(rows.keys() - KINDS.keys())}"
        every = {**self.rows, **{kind: tuple(facts) for kind, facts in rows.items()}}
        return replace(self, rows={kind: every[kind] for kind in KINDS if every.get(kind)})

    def as_known(self, instant: datetime | None) -> SchoolFacts:
        """What was held at an instant; ``None`` is what is held now."""
        known = {kind: tuple([fact for fact in rows if fact.known_at(instant)]) for kind, rows in self.rows.items()}
        return replace(self, rows={kind: rows for kind, rows in known.items() if rows})

    def public_view(self) -> SchoolFacts:
        """What anybody may see: public kinds, without their private fields. The rest is withheld, whether or not it is held."""
        seen: dict[str, Iterable[Fact[Any]]] = dict.fromkeys(self.rows, ())
        for name, rows in self.rows.items():
            kind = KINDS[name]
            if not kind.public:
                continue
            instead = {field.name: field.withheld for field in kind.fields.values() if not field.public}
            seen[name] = [_seen(fact, instead) for fact in rows if _may_be_seen(fact.value)]
        return replace(self.with_kinds(seen), withheld=PRIVATE)


def _may_be_seen(value: object) -> bool:
    """An absence is public when what is absent would be."""
    return not isinstance(value, StatedAbsence) or re.match(PUBLIC_ABSENCE, value.of) is not None


def _seen(fact: Fact[Any], instead: Mapping[str, object]) -> Fact[Any]:
    """That a fact waits to be settled is public, unless a private field alone is contested; who proposes otherwise is not."""
    on_private_alone = fact.contested_on and set(fact.contested_on) <= instead.keys()
    contested = ("une autre source",) if fact.contested and not on_private_alone else ()
    value = replace(fact.value, **instead) if instead else fact.value
    return replace(fact, value=value, contested=contested, contested_on=())


def at(rows: Iterable[Fact[Value]], on: date) -> Fact[Value] | None:
    """The first of these facts that is true on a day."""
    for fact in rows:
        if fact.valid.holds(on):
            return fact
    return None


def all_at(rows: Iterable[Fact[Value]], on: date) -> list[Fact[Value]]:
    """Those of these facts that are true on a day."""
    return [fact for fact in rows if fact.valid.holds(on)]


def coming_date(facts: SchoolFacts, kind: str, on: date) -> Fact[CampaignDate] | None:
    """The next day of a kind in the calendar held, this campaign's or the following one's."""
    coming = {
        fact.value.best: fact
        for fact in all_at(facts[CampaignDate], on)
        if fact.value.kind == kind
        and fact.value.best is not None
        and on <= fact.value.best
        and fact.value.campaign_year <= on.year + 1
    }
    return coming[min(coming)] if coming else None
