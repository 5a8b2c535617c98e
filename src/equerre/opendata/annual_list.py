"""An annual list beside the one of the year before: who comes in, who goes out, what changed, what later acts amended.

The list is what its act says; why a school comes or goes is told from the facts that everybody may see (an act of
recognition, a withdrawal, a closure). Where these say nothing, nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from equerre.facts.annual_list import AnnualList, AnnualListEntry
from equerre.facts.opening import Closure
from equerre.facts.recognition import Recognition, RecognitionWithdrawal
from equerre.facts.school_facts import SchoolFacts, at
from equerre.kernel.fact import Fact, Source
from equerre.kernel.french import day
from equerre.opendata.register import Listing, ListLine, listed
from equerre.registry import selectors
from equerre.rules.acts import named

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
# What a list and its reasons are told from.
KINDS = ("site", "annual_list_entry", "recognition", "recognition_withdrawal", "closure")
NOT_KNOWN = "Le registre n'en tient pas la raison."


class Change(NamedTuple):
    """One school that comes in, goes out, or whose place or numbers changed; ``before`` is its line of the year before."""

    kind: str
    line: ListLine
    before: ListLine | None
    because: str


class Amendment(NamedTuple):
    """A line that an act added or struck after the list was published."""

    kind: str
    uai: str
    name: str
    on: date
    source: Source


@dataclass(frozen=True, slots=True)
class Yearly:
    """One list on a day. ``before`` has no act when the list of the year before is not held: nothing is compared then;
    ``after`` is the act of the year after, once published.

    ``act`` is held whatever the day asked: ``listing.act`` is None before its publication.
    """

    listing: Listing
    act: Fact[AnnualList] | None
    before: Listing
    after: Fact[AnnualList] | None
    changes: tuple[Change, ...]
    amendments: tuple[Amendment, ...]
    years: tuple[int, ...]
    fictional: bool

    @property
    def unchanged(self) -> int:
        """How many lines are those of the year before."""
        return len(self.listing.lines) - sum(change.kind != REMOVED for change in self.changes)


def yearly(act_year: int, on: date, known_at: datetime | None = None) -> Yearly:
    """The list of an ``act_year`` as it stood on a day, and what makes it differ from the one before."""
    lists = selectors.annual_lists(known_at=known_at)
    act = next((fact for fact in lists if fact.value.act_year == act_year), None)
    # The schools that one of the two lists names, on any day.
    keys = {key for year in (act_year - 1, act_year) for key in selectors.on_annual_list(year, known_at=known_at)}
    found = selectors.schools(sorted(keys), known_at=known_at, kinds=KINDS)
    schools = {facts.uai: facts.public_view() for facts in found}
    listing = listed(act_year, on, act if act is not None and act.valid.holds(on) else None, schools.values())
    # The list of the year before as it stood on the eve of this one: what later acts had made of it by then.
    eve = listing.on if listing.act is None else listing.act.value.published_on - timedelta(days=1)
    before_act = at([fact for fact in lists if fact.value.act_year == act_year - 1], eve)
    before = listed(act_year - 1, eve, before_act, schools.values())
    return Yearly(
        listing,
        act,
        before,
        at([fact for fact in lists if fact.value.act_year == act_year + 1], on),
        tuple(_changes(listing, before, schools)) if listing.act is not None and before.act is not None else (),
        tuple(sorted(_amendments(listing, schools.values()), key=lambda amendment: (amendment.on, amendment.name))),
        tuple(sorted({fact.value.act_year for fact in lists})),
        any(facts.fictional for facts in schools.values()),
    )


def _changes(listing: Listing, before: Listing, schools: Mapping[str, SchoolFacts]) -> Iterator[Change]:
    old = {line.uai: line for line in before.lines}
    new = {line.uai: line for line in listing.lines}
    assert listing.act is not None
    published_on = listing.act.value.published_on
    for uai, line in new.items():
        if uai not in old:
            yield Change(ADDED, line, None, _why_in(schools[uai], published_on))
    for uai, line in new.items():
        if uai in old and line.place != old[uai].place:
            yield Change(CHANGED, line, old[uai], "")
    for uai, line in old.items():
        if uai not in new:
            yield Change(REMOVED, line, line, _why_out(schools[uai], listing))


def _why_in(facts: SchoolFacts, published_on: date) -> str:
    act = at(facts[Recognition], published_on)
    if act is None:
        return NOT_KNOWN
    return f"Reconnue par l'État depuis le {day(act.value.effect_on)} ({named('arrêté', act.value)})."


def _why_out(facts: SchoolFacts, listing: Listing) -> str:
    assert listing.act is not None
    entry = [fact for fact in facts[AnnualListEntry] if fact.value.act_year == listing.act_year]
    struck = next((fact for fact in entry if fact.valid.end is not None and fact.valid.end <= listing.on), None)
    if struck is not None and struck.valid.end is not None:
        return f"Nommée d'abord, puis retirée le {day(struck.valid.end)} : {struck.source.title}."
    published_on = listing.act.value.published_on
    closure = at(facts[Closure], published_on)
    if closure is not None:
        return f"Fermée le {day(closure.value.effect_on)} ({closure.value.authority})."
    withdrawal = at(facts[RecognitionWithdrawal], published_on)
    if withdrawal is not None:
        return f"Reconnaissance retirée le {day(withdrawal.value.effect_on)} ({named('arrêté', withdrawal.value)})."
    return NOT_KNOWN


def _amendments(listing: Listing, schools: Iterable[SchoolFacts]) -> Iterator[Amendment]:
    if listing.act is None:
        return
    published_on = listing.act.value.published_on
    for facts in schools:
        for entry in facts[AnnualListEntry]:
            if entry.value.act_year != listing.act_year:
                continue
            start, end = entry.valid.start, entry.valid.end
            if start is not None and published_on < start <= listing.on:
                yield Amendment(ADDED, facts.uai, facts.name, start, entry.source)
            if end is not None and end <= listing.on:
                yield Amendment(REMOVED, facts.uai, facts.name, end, entry.source)
