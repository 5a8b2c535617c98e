"""The history of one school, for everybody: what was true, from when until when, since when we know it, who says so.

Made from all that was ever held about it, withdrawn facts included, through the same sieve as everything that goes out. A
plain fact names neither the person who wrote it nor the reason given: neither can leave by here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from equerre.kernel.fact import Fact
from equerre.kernel.period import Period
from equerre.opendata.public import public_facts
from equerre.registry import selectors
from equerre.rules.facts import CampaignDate, SchoolFacts

# What happened to the school itself, in the order of the chain. Sheets of the RNCP and intakes have their own time line.
TOLD = (
    "site",
    "managing_body",
    "statutes_review",
    "opening_declaration",
    "opposition",
    "closure",
    "recognition_request",
    "recognition",
    "recognition_refusal",
    "recognition_withdrawal",
    "annual_list_entry",
    "regional_list_entry",
    "course",
    "second_degree",
    "unqualified_training",
    "scholarship_habilitation",
    "ruling",
    "stated_absence",
)
# The dates of the national calendar that a school waits for.
AWAITED = ("annual_list", "regional_list", "habilitation_request_opens", "habilitation_request_closes")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was held: ``fact.known.end`` is the instant at which it was withdrawn, None while it is held.

    ``before`` is what it corrects: another value for days it shares, withdrawn at the instant at which this one was learnt.
    """

    kind: str
    fact: Fact[Any]
    before: Fact[Any] | None

    @property
    def on(self) -> date | None:
        """The first day on which it was true; None when that has no known start."""
        return self.fact.valid.start


def history(key: str, known_at: datetime | None = None) -> tuple[Event, ...]:
    """Everything told about the school that has this key, the newest day first; what has no start comes last."""
    facts = selectors.ever(key, known_at=known_at)
    if facts is None:
        return ()
    events = [event for kind in TOLD for event in _events(kind, getattr(public_facts(facts), kind), known_at)]
    return tuple(sorted(events, key=_newest_first))


def awaited(facts: SchoolFacts, after: date) -> tuple[Fact[CampaignDate], ...]:
    """The dates of the calendar that come after a day, the furthest first."""
    coming = [one for one in facts.campaign_date if one.value.kind in AWAITED and _best(one) > after]
    return tuple(sorted(coming, key=_best, reverse=True))


def _best(fact: Fact[CampaignDate]) -> date:
    return fact.value.best or date.min


def _newest_first(event: Event) -> tuple[int, float]:
    known = event.fact.known.start
    return -(event.on or date.min).toordinal(), -known.timestamp() if known else 0.0


def _events(kind: str, facts: Sequence[Fact[Any]], known_at: datetime | None) -> Iterator[Event]:
    for fact in _once(facts):
        yield Event(kind, _as_known(fact, known_at), _corrected(fact, facts))


def _once(facts: Sequence[Fact[Any]]) -> Iterator[Fact[Any]]:
    """Each saying once: days that end when something else begins are written again, and nothing was learnt then."""
    found: dict[tuple[object, ...], Fact[Any]] = {}
    for fact in facts:
        key = (fact.name, fact.value, fact.source.key, fact.valid.start)
        found[key] = _joined(found[key], fact) if key in found else fact
    yield from found.values()


def _joined(one: Fact[Any], other: Fact[Any]) -> Fact[Any]:
    """The same, since its first knowledge, with the days that were known last."""
    first, last = sorted((one, other), key=lambda fact: fact.known.start.timestamp() if fact.known.start else 0.0)
    if first.known.end is not None and last.known.start is not None and first.known.end < last.known.start:
        return last
    return replace(last, known=Period(first.known.start, last.known.end))


def _as_known(fact: Fact[Any], known_at: datetime | None) -> Fact[Any]:
    """What was withdrawn after the instant asked was still held then."""
    if known_at is None or fact.known.end is None or fact.known.end <= known_at:
        return fact
    return replace(fact, known=Period(fact.known.start, None))


def _corrected(fact: Fact[Any], facts: Sequence[Fact[Any]]) -> Fact[Any] | None:
    """The value that this one takes the place of: withdrawn when this was learnt, and not kept for any of its days."""
    for other in facts:
        ended_here = other.known.end is not None and other.known.end == fact.known.start
        same_thing = other.name == fact.name and other.valid.overlaps(fact.valid)
        if ended_here and same_thing and not _still_told(other, fact, facts):
            return other
    return None


def _still_told(ended: Fact[Any], by: Fact[Any], facts: Sequence[Fact[Any]]) -> bool:
    """Were some of its days written again, beside the fact that ended it? Then it was not wrong: something changed."""
    return any(
        one is not by
        and one.value == ended.value
        and one.known.start == ended.known.end
        and one.valid.start == ended.valid.start
        for one in facts
    )
