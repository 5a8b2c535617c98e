"""The public register, asked: one school on a day, one list on a day, all schools. Pages, API, exports and CLI ask here only.

The day defaults to nothing: whoever asks says ``on``, and ``known_at`` (None for what is held now).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from equerre.documents.answer import answer
from equerre.documents.answer_rows import Answer
from equerre.documents.portrait.location import Location, location
from equerre.facts.annual_list import AnnualList, AnnualListEntry
from equerre.facts.school_facts import SchoolFacts, at
from equerre.kernel import geography
from equerre.kernel.fact import Fact
from equerre.kernel.french import plain
from equerre.opendata.public import PUBLIC, public_answer
from equerre.registry import selectors
from equerre.rules.chain import Chain, explain
from equerre.rules.doubt import measure


@dataclass(frozen=True, slots=True)
class School:
    """One school as the public sees it. ``facts`` hold nothing confidential; ``chain`` is made from them."""

    key: str
    facts: SchoolFacts
    chain: Chain

    @property
    def answer(self) -> Answer:
        """The whole public answer, doubt measured."""
        return public_answer(answer(self.chain, measure(self.chain)))

    @property
    def place(self) -> Location:
        """Where it stands on the day."""
        return location(self.facts, self.chain.on)


def school(uai: str, on: date, known_at: datetime | None = None) -> School | None:
    """The school that bears this UAI (or has this key, when it has no UAI), on a day; None when nobody was known by it."""
    key = selectors.key_of(uai, known_at=known_at) or uai
    facts = next(selectors.schools([key], known_at=known_at, kinds=PUBLIC), None)
    return _public(key, facts, on, known_at) if facts is not None and known(facts) else None


def some(uais: Iterable[str], on: date, known_at: datetime | None = None) -> Iterator[School]:
    """These schools, in as many queries as one; who is not known by its UAI is by its key."""
    asked = list(uais)
    keys = selectors.keys_of(asked, known_at=known_at)
    for facts in filter(
        known, selectors.schools([keys.get(uai, uai) for uai in asked], known_at=known_at, kinds=PUBLIC)
    ):
        yield _public(keys.get(facts.uai, facts.uai), facts, on, known_at)


def some_facts(uais: Iterable[str], known_at: datetime | None = None) -> Iterator[SchoolFacts]:
    """The public facts of these schools alone, for who asks less than a chain."""
    asked = list(uais)
    keys = selectors.keys_of(asked, known_at=known_at)
    found = selectors.schools([keys.get(uai, uai) for uai in asked], known_at=known_at, kinds=PUBLIC)
    return map(SchoolFacts.public_view, filter(known, found))


def schools(on: date, known_at: datetime | None = None) -> Iterator[School]:
    """Every school, in the order of the registry."""
    for facts in filter(known, selectors.schools(known_at=known_at, kinds=PUBLIC)):
        yield _public(facts.uai, facts, on, known_at)


def known(facts: SchoolFacts) -> bool:
    """Was anything known of it? A school that had neither a number nor a name then is not told of (both are its key)."""
    return facts.uai != facts.name


def _public(key: str, facts: SchoolFacts, on: date, known_at: datetime | None) -> School:
    seen = facts.public_view()
    return School(key, seen, explain(seen, on, known_at=known_at))


@dataclass(frozen=True, slots=True)
class ListLine:
    """One school on a list, as its act says on a day."""

    uai: str
    name: str
    place: Location
    since: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of an ``act_year`` on a day: its act, and a line for each school; None as ``act`` when it is not held."""

    act_year: int
    on: date
    act: Fact[AnnualList] | None
    lines: tuple[ListLine, ...]


def listing(act_year: int, on: date, known_at: datetime | None = None) -> Listing:
    """A list as it stood on a day, in the order of régions, académies, names."""
    act = at([fact for fact in selectors.annual_lists(known_at=known_at) if fact.value.act_year == act_year], on)
    keys = selectors.on_annual_list(act_year, known_at=known_at)
    found = selectors.schools(keys, known_at=known_at, kinds=("site", "annual_list_entry"))
    return listed(act_year, on, act, map(SchoolFacts.public_view, found))


def listed(act_year: int, on: date, act: Fact[AnnualList] | None, schools: Iterable[SchoolFacts]) -> Listing:
    """The list that this act makes of these schools."""
    lines = []
    for facts in schools if act is not None else ():
        entry = at([fact for fact in facts[AnnualListEntry] if fact.value.act_year == act_year], on)
        if entry is not None:
            lines.append(ListLine(facts.uai, facts.name, location(facts, on), entry.valid.start))
    return Listing(act_year, on, act, tuple(sorted(lines, key=_by_place)))


def _by_place(line: ListLine) -> tuple[str, str, str]:
    """By région, académie and name, in the order of the alphabet; whose place is not known comes first."""
    academie = geography.academies().get(line.place.academie or "")
    names = ("", "") if academie is None else (academie.region.name, academie.name)
    return (plain(names[0]), plain(names[1]), plain(line.name))
