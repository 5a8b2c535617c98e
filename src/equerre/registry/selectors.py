"""Rows into plain facts: what was held at an instant about one school, or about all, in a number of queries that never grows.

One query says which kinds hold something; then one for each of these, one for each that names other rows. What is national
(annual lists, dates of campaign) is read once and shared; of the sheets, those that the schools asked prepare, and those that
follow them. A fact against which a proposal waits is marked contested: its finding says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from django.db.models import Exists, Q, QuerySet

from equerre.facts import KINDS
from equerre.facts.annual_list import AnnualList
from equerre.facts.calendar import CampaignDate
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel import geography
from equerre.kernel.fact import Fact, Source
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import HELD, PROPOSED, SOURCE_COLUMNS, known
from equerre.registry.owners import BODY, CODE, NATION, REGION, SCHOOL, columns, names_others, owner
from equerre.registry.prepared import answers

_TIMES = ("valid_from", "valid_until", "known_from", "known_until")
# The number of a source, then its fields in the order of ``kernel.fact.Source``.
_SOURCE = ("source_id", *SOURCE_COLUMNS)


@dataclass(frozen=True, slots=True)
class _BodyLink:
    """A body runs a school for some days; ``contested`` names the sources that say otherwise."""

    body: int
    valid: Period[date]
    source: Source
    contested: tuple[str, ...] = ()


_Held = TypeVar("_Held", Fact[Any], _BodyLink)


@dataclass(frozen=True, slots=True)
class _OwnedFact:
    """One row read: who owns it, and the fact."""

    owner: Any
    fact: Fact[Any]


def school(key: str, *, known_at: datetime | None = None) -> SchoolFacts | None:
    """All that was held about one school at an instant (None: what is held now); None when no school has that key."""
    return next(iter(schools([key], known_at=known_at)), None)


def key_of(uai: str, *, known_at: datetime | None = None) -> str | None:
    """The key of the school one of whose sites bears this UAI, on any day; the one that bears it last when several do."""
    return keys_of([uai], known_at=known_at).get(uai)


def keys_of(uais: Iterable[str], *, known_at: datetime | None = None) -> dict[str, str]:
    """The same for several, in one query; a UAI that no site ever bore is not there."""
    return {str(uai): str(key) for uai, key in answers(_bearers, uais=list(uais), known_at=known_at)}


def schools(
    keys: Iterable[str] | None = None, *, known_at: datetime | None = None, kinds: Collection[str] | None = None
) -> Iterator[SchoolFacts]:
    """The plain facts of these schools, or of all, by key; of a few ``kinds`` alone when whoever asks needs no more."""
    rows = models.School.objects.order_by("key")
    identities = list(rows if keys is None else rows.filter(key__in=list(keys)))
    if not identities:
        return
    some = None if keys is None else [identity.pk for identity in identities]
    yield from _Gathering(some, known_at).gather(identities, KINDS if kinds is None else {"site", *kinds})


def annual_lists(*, known_at: datetime | None = None) -> tuple[Fact[AnnualList], ...]:
    """The national lists held, in order of time; without the schools that they name."""
    return tuple(one.fact for one in _Gathering([], known_at).rows("annual_list"))


def campaign_dates(*, known_at: datetime | None = None) -> tuple[Fact[CampaignDate], ...]:
    """The dates of campaign held."""
    return tuple(one.fact for one in _Gathering([], known_at).rows("campaign_date"))


def on_annual_list(act_year: int, *, known_at: datetime | None = None) -> list[str]:
    """The keys of the schools that a list names, on any day."""
    rows = models.AnnualListEntry.objects.held(known_at).filter(act_year=act_year)
    return list(rows.order_by("school__key").values_list("school__key", flat=True).distinct())


def uais(*, known_at: datetime | None = None) -> list[str]:
    """Every UAI that a site bears or bore, as was known at an instant: to say which ones are near one that nobody bears."""
    rows = models.SiteDetails.objects.held(known_at).filter(uai__isnull=False)
    return [uai for uai in rows.order_by("uai").values_list("uai", flat=True).distinct() if uai]


class _Gathering:
    """One reading of the registry: everything is asked for once, then shared out."""

    def __init__(self, some: list[int] | None, known_at: datetime | None) -> None:
        self._some = some
        self._known_at = known_at
        self._sources: dict[int, Source] = {}

    def gather(self, identities: list[models.School], kinds: Collection[str]) -> Iterator[SchoolFacts]:
        wanted = tuple(kind for kind in KINDS if kind in kinds)
        (there,) = self._answers(_held_kinds, *wanted)
        asked = {kind: owner(kind) for kind, holds in zip(wanted, there, strict=True) if holds}
        shared = {kind: tuple(one.fact for one in self.rows(kind)) for kind in asked if asked[kind] == NATION}
        read = {kind: _by_owner(self.rows(kind)) for kind in asked if asked[kind] != NATION}
        own = {kind: found for kind, found in read.items() if asked[kind].endswith(SCHOOL)}
        bodies = {kind: found for kind, found in read.items() if asked[kind] == BODY}
        links = self._links() if bodies else {}
        by_code = {kind: found for kind, found in read.items() if asked[kind] == CODE}
        names: dict[int, str] = dict(self._answers(_names))
        for identity in identities:
            rows: dict[str, tuple[Fact[Any], ...]] = {
                kind: tuple(found.get(identity.pk, ())) for kind, found in own.items()
            }
            rows.update(shared)
            for kind in (kind for kind in read if asked[kind] == REGION):
                rows[kind] = _of_regions(read[kind], rows.get("site", ()))
            for kind, found in bodies.items():
                rows[kind] = tuple(_while_linked(links.get(identity.pk, ()), found))
            for kind, found in by_code.items():
                rows[kind] = _of_codes(found, rows.get("course", ()))
            uai = _current(rows.get("site", ()))
            held = {kind: rows[kind] for kind in KINDS if rows.get(kind)}
            yield SchoolFacts(uai or identity.key, names.get(identity.pk, identity.key), identity.fictional, held)

    def rows(self, kind: str) -> list[_OwnedFact]:
        """What is held of one kind, with the sources that contest it."""
        many = {name: self._many(kind, name) for name in names_others(kind)}
        read = [(row[2], self._read(kind, row, many)) for row in self._answers(_rows, kind)]
        proposals = [one for standing, one in read if standing == PROPOSED]
        # In the order of time, then of their names: never in that in which they were written here.
        held = [one for standing, one in read if standing == HELD]
        held.sort(key=lambda row: (row.fact.valid.start or date.min, row.fact.name))
        if not proposals:
            return held
        waiting: dict[tuple[Any, str], list[Fact[Any]]] = defaultdict(list)
        for one in proposals:
            waiting[one.owner, one.fact.name].append(one.fact)
        return [
            replace(one, fact=_contested_fact(one.fact, waiting.get((one.owner, one.fact.name), ()))) for one in held
        ]

    def _answers(self, build: Callable[..., QuerySet[Any, Any]], *about: str) -> list[tuple[Any, ...]]:
        return answers(build, *about, some=self._some, known_at=self._known_at)

    def _many(self, kind: str, name: str) -> Mapping[int, tuple[str, ...]]:
        found: dict[int, list[str]] = defaultdict(list)
        for row, key in self._answers(_named_by, kind, name):
            found[row].append(key)
        return {row: tuple(keys) for row, keys in found.items()}

    def _read(
        self,
        kind: str,
        row: tuple[Any, ...],
        many: Mapping[str, Mapping[int, tuple[str, ...]]],
    ) -> _OwnedFact:
        pk, mine, _, valid_from, valid_until, known_from, known_until = row[:7]
        values = dict(zip(_columns(kind), row[7 + len(_SOURCE) :], strict=True))
        values.update({name: found.get(pk, ()) for name, found in many.items()})
        declared = KINDS[kind]
        value = declared.row(**values)
        valid, known = Period(valid_from, valid_until), Period(known_from, known_until)
        fact = Fact(declared.fact_name(value), value, valid, self._source(row[7 : 7 + len(_SOURCE)]), known)
        return _OwnedFact(None if owner(kind) == NATION else mine, fact)

    def _source(self, columns: Sequence[Any]) -> Source:
        """The source of a row, the same object for all that it says."""
        pk, *said = columns
        found = self._sources.get(pk)
        if found is None:
            found = self._sources[pk] = Source(*said)
        return found

    def _links(self) -> Mapping[int, list[_BodyLink]]:
        """Which body ran each school, and when."""
        held: dict[int, list[_BodyLink]] = defaultdict(list)
        proposed: dict[int, list[_BodyLink]] = defaultdict(list)
        for school_id, body, standing, start, end, *source in self._answers(_bodies):
            links = proposed if standing == PROPOSED else held
            links[school_id].append(_BodyLink(body, Period(start, end), self._source(source)))
        return {key: [_contested(one, proposed.get(key, ())) for one in links] for key, links in held.items()}


# --- What is asked of the database ------------------------------------------------------------------------------------


def _held_kinds(*kinds: str, some: list[int] | None, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Of which kinds something is known: one row, one answer a kind. A school holds half of them, and the others are not read."""
    held = {kind: models.KINDS[kind].objects.held_or_proposed(known_at) for kind in kinds}
    found = {f"any_{kind}": Exists(_narrowed(rows, owner(kind), some)) for kind, rows in held.items()}
    return models.School.objects.order_by("pk").annotate(**found).values_list(*found)[:1]


def _rows(kind: str, *, some: list[int] | None, known_at: datetime | None) -> QuerySet[Any, Any]:
    """What was known of one kind, in order of time."""
    rows = models.KINDS[kind].objects.held_or_proposed(known_at).in_time()
    narrowed: QuerySet[Any, Any] = _narrowed(rows, owner(kind), some)
    return narrowed.values_list("id", owner(kind) or "id", "standing", *_TIMES, *_SOURCE, *_columns(kind).values())


def _named_by(kind: str, name: str, *, some: list[int] | None, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Which other rows the rows of a kind name in one field."""
    through = getattr(models.KINDS[kind], name).through
    source, target = (f.name for f in through._meta.fields[1:3])
    rows: QuerySet[Any, Any] = _narrowed(through._default_manager.all(), owner(kind), some, f"{source}__")
    return rows.filter(known(known_at, f"{source}__")).order_by("id").values_list(f"{source}_id", f"{target}__key")


def _bearers(*, uais: list[str], known_at: datetime | None) -> QuerySet[Any, Any]:
    """The schools whose sites bore these UAI, the last bearer after the others."""
    rows = models.SiteDetails.objects.held(known_at).filter(uai__in=uais).in_time()
    return rows.values_list("uai", "site__school__key")


def _bodies(*, some: list[int] | None, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Which body ran each school, and when."""
    rows = models.SchoolBody.objects.held_or_proposed(known_at).in_time()
    rows = rows if some is None else rows.filter(school_id__in=some)
    return rows.values_list("school_id", "body_id", "standing", "valid_from", "valid_until", *_SOURCE)


def _names(*, some: list[int] | None, known_at: datetime | None) -> QuerySet[Any, Any]:
    """What each school is called, the last name after the others."""
    rows = models.SchoolName.objects.held(known_at).in_time()
    return (rows if some is None else rows.filter(school_id__in=some)).values_list("school_id", "name")


def _narrowed(rows: QuerySet[Any], of: str, some: list[int] | None, before: str = "") -> QuerySet[Any]:
    """Only what concerns the schools asked, when a few are asked."""
    if some is None:
        return rows
    if of.endswith(SCHOOL):
        return rows.filter(**{f"{before}{of}__in": some})
    if of == BODY:
        bodies = models.SchoolBody.objects.filter(school_id__in=some)
        return rows.filter(**{f"{before}{of}__in": bodies.values("body_id")})
    if of == CODE:
        prepared = models.CourseDetails.objects.filter(course__school_id__in=some).values("certification_id")
        sheets = models.CertificationSheet.objects.filter(certification__in=prepared)
        named = f"{before}certification__in"
        return rows.filter(Q(**{named: prepared}) | Q(**{named: sheets.values("successors")}))
    return rows


@cache
def _columns(kind: str) -> Mapping[str, str]:
    """The fields of a kind that stand in its row, and where."""
    kept = columns(kind)
    return {name: kept[name] for name in KINDS[kind].fields if name in kept}


def _by_owner(rows: Iterable[_OwnedFact]) -> dict[Any, list[Fact[Any]]]:
    found: dict[Any, list[Fact[Any]]] = defaultdict(list)
    for row in rows:
        found[row.owner].append(row.fact)
    return found


def _contested(held: _Held, proposals: Iterable[_Held]) -> _Held:
    """The same, with the sources of the proposals that wait against it on a day they share."""
    waiting = [proposal for proposal in proposals if proposal.valid.overlaps(held.valid)]
    sources = tuple(f"{proposal.source.publisher}, {proposal.source.title}" for proposal in waiting)
    return replace(held, contested=sources) if waiting else held


def _contested_fact(held: Fact[Any], proposals: Sequence[Fact[Any]]) -> Fact[Any]:
    """The same for a fact, with the fields on which they say otherwise, unless they speak of other days."""
    found = _contested(held, proposals)
    if not found.contested or any(proposal.valid != held.valid for proposal in proposals):
        return found
    names = KINDS[held.name.partition("[")[0]].fields
    on = (name for name in names if any(getattr(held.value, name) != getattr(one.value, name) for one in proposals))
    return replace(found, contested_on=tuple(on))


def _while_linked(links: Iterable[_BodyLink], by_body: Mapping[int, list[Fact[Any]]]) -> Iterator[Fact[Any]]:
    """What is held about the bodies of a school, each for the days on which it ran the school."""
    for link in links:
        for fact in by_body.get(link.body, ()):
            days = fact.valid.meet(link.valid)
            if days is not None:
                yield replace(fact, valid=days, contested=(*link.contested, *fact.contested))


def _current(sites: Iterable[Fact[Any]]) -> str | None:
    """The UAI that the main site bears last."""
    main = [fact.value.uai for fact in sites if fact.value.main and fact.value.uai]
    return main[-1] if main else next((fact.value.uai for fact in sites if fact.value.uai), None)


def _of_regions(by_region: Mapping[str, list[Fact[Any]]], sites: Iterable[Fact[Any]]) -> tuple[Fact[Any], ...]:
    """The lists of the region of the school's main site, the last one held."""
    places = [fact.value.departement for fact in sites if fact.value.main and fact.value.departement]
    departement = geography.departements().get(places[-1]) if places else None
    if departement is None:
        return ()
    return tuple(by_region.get(geography.academies()[departement.academie].region.code, ()))


def _of_codes(by_code: Mapping[str, list[Fact[Any]]], courses: Iterable[Fact[Any]]) -> tuple[Fact[Any], ...]:
    """The sheets that the school's courses prepare, and those that follow them."""
    codes = dict.fromkeys(fact.value.certification for fact in courses)
    for code in list(codes):
        for fact in by_code.get(code, ()):
            codes.update(dict.fromkeys(getattr(fact.value, "successors", ())))
    return tuple(fact for code in codes for fact in by_code.get(code, ()))
