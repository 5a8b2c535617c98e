"""What changed in the register, newest first: what was written, when it is true, when it was learnt, from which source.

Nothing is kept for it: the dated rows say it themselves. A row that began to be held is a change, and so is one that stopped
being held without another in its place; the days of an old row that a new one leaves alone are not. ``OUTGOING``, drawn from the
declarations of ``facts``, is the whole of what goes out, kind by kind and field by field: neither an author, a reason, a note,
nor a proposal is in it (R48).

A page asks one query for its places in time, and at most one for each kind that it shows: never more with more schools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value

from equerre.documents.labels import field_label
from equerre.documents.portrait.change import (
    CHANGED,
    CORRECTED,
    MOVES,
    RECORDED,
    WITHDRAWN,
    ChangeKey,
    Named,
    RegisterChange,
)
from equerre.documents.voices import value_said
from equerre.facts import KEPT
from equerre.facts.kind import Kind
from equerre.facts.school_facts import PUBLIC_ABSENCE
from equerre.kernel.fact import Source
from equerre.kernel.french import listed
from equerre.kernel.period import Period
from equerre.opendata.naming import named
from equerre.registry import models, owners
from equerre.registry.dated import MOMENTS, SOURCE_COLUMNS, Dated, DatedQuerySet
from equerre.registry.prepared import answers

# How many more moves are read than a page tells: those that tell nothing are made up for at once.
AHEAD = 16

BEGAN, ENDED = MOMENTS


@dataclass(frozen=True, slots=True)
class OutgoingKind:
    """What goes out of one kind: ``fields`` are its public names and where a row keeps them; ``school`` leads to the school."""

    kind: str
    model: type[Dated]
    fields: Mapping[str, str]
    school: str

    @property
    def said(self) -> str:
        """What it is called, in French."""
        return KEPT[self.kind].label

    def rows(self, known_at: datetime | None) -> DatedQuerySet[Any]:
        """Its rows that may go out, as was known at an instant."""
        only = _ONLY.get(self.kind)
        return self.model.objects.filter(only(known_at) if only else Q())


def _prepared(known_at: datetime | None) -> Q:
    """Sheets are told when a school prepares them: the others are the publisher's own register, and not what this one tells."""
    return Q(certification__in=models.CourseDetails.objects.ever_held(known_at).values("certification"))


def _public_absence(known_at: datetime | None) -> Q:
    """An absence is public when what is absent would be."""
    return Q(of__regex=PUBLIC_ABSENCE)


# Rows of a public kind that stay in, as was known at an instant.
_ONLY: Mapping[str, Callable[[datetime | None], Q]] = {
    "certification": _prepared,
    "registration_request": _prepared,
    "stated_absence": _public_absence,
}


def _told_of(kind: Kind) -> OutgoingKind:
    """In the order of the columns, the key of a national act first; what names another row comes last."""
    model, columns = models.KINDS[kind.name], owners.columns(kind.name)
    out = {
        name: columns[name] for name, field in kind.every.items() if field.public and field.in_feed and name in columns
    }
    rank = {field.name: place for place, field in enumerate(model._meta.concrete_fields)}
    school = owners.of_a_school(kind.name)
    first = () if school else kind.key
    named = sorted(out, key=lambda name: ("__" in out[name], name not in first, rank[kind.every[name].kept_as]))
    return OutgoingKind(kind.name, model, {name: out[name] for name in named}, school)


OUTGOING: tuple[OutgoingKind, ...] = tuple(_told_of(kind) for kind in KEPT.values() if kind.public and kind.in_feed)
_PLACES = {outgoing.kind: place for place, outgoing in enumerate(OUTGOING)}


class ChangesPage(NamedTuple):
    """Changes, and where the next page begins after; None when there is none."""

    changes: tuple[RegisterChange, ...]
    last: ChangeKey | None


def changes(
    *,
    limit: int,
    after: ChangeKey | None = None,
    known_at: datetime | None = None,
    on: date | None = None,
    school: str | None = None,
) -> ChangesPage:
    """The last changes as they were known at an instant; about one day, of one school (its key), when asked.

    A row written again for days that did not change, or for what is not public, is passed over, and no cursor tells of it.
    """
    found: list[RegisterChange] = []
    most, more = 2 * limit + AHEAD, True
    while more and len(found) <= limit:
        if after is None and on is None:
            places = answers(_first, most + 1, known_at=known_at, school=school)
        else:
            places = list(_places(_Scope(known_at, on, school), after)[: most + 1])
        shown = [ChangeKey(at, OUTGOING[kind].kind, move, row) for at, kind, move, row in places[:most]]
        found.extend(_drawn(shown, known_at))
        more = len(places) > most
        after = shown[-1] if more else after
    return ChangesPage(tuple(found[:limit]), found[limit - 1].place if len(found) > limit else None)


def every_change(
    known_at: datetime | None = None, on: date | None = None, *, size: int = 500
) -> Iterator[RegisterChange]:
    """All of them, a page at a time."""
    page = changes(limit=size, known_at=known_at, on=on)
    yield from page.changes
    while page.last is not None:
        page = changes(limit=size, after=page.last, known_at=known_at, on=on)
        yield from page.changes


# --- Places: one query over all kinds -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is asked for."""

    known_at: datetime | None
    on: date | None
    school: str | None

    def rows(self, outgoing: OutgoingKind) -> DatedQuerySet[Any] | None:
        """The rows of a kind that may be told; None when the kind says nothing of one school."""
        rows = outgoing.rows(self.known_at).ever_held()
        if self.on is not None:
            rows = rows.true_on(self.on)
        return rows if self.school is None else _of_school(rows, outgoing, self.school, self.known_at)


def _of_school(
    rows: DatedQuerySet[Any], outgoing: OutgoingKind, school: str, known_at: datetime | None
) -> DatedQuerySet[Any] | None:
    if outgoing.school == owners.BODY:
        links = models.SchoolBody.objects.ever_held(known_at).filter(school__key=school)
        return rows.filter(body__in=links.values("body"))
    if (
        "certification_id" in {column.attname for column in outgoing.model._meta.concrete_fields}
        and not outgoing.school
    ):
        courses = models.CourseDetails.objects.ever_held(known_at).filter(course__school__key=school)
        return rows.filter(certification__in=courses.values("certification"))
    return rows.filter(**{f"{outgoing.school.removesuffix('_id')}__key": school}) if outgoing.school else None


def _first(most: int, *, known_at: datetime | None, school: str | None) -> QuerySet[Any, Any]:
    """The first page, of one school or of all: what is asked most."""
    return _places(_Scope(known_at, None, school), None)[:most]


def _places(scope: _Scope, after: ChangeKey | None) -> QuerySet[Any, Any]:
    branches: list[QuerySet[Any, Any]] = []
    for number, outgoing in enumerate(OUTGOING):
        rows = scope.rows(outgoing)
        if rows is not None:
            branches += [_branch(rows, number, move, scope.known_at, after) for move in MOMENTS]
    every = branches[0].union(*branches[1:], all=True)
    ordered: QuerySet[Any, Any] = every.order_by("-moment", "kind_number", "move", "row")
    return ordered


def _branch(
    rows: DatedQuerySet[Any], number: int, move: str, known_at: datetime | None, after: ChangeKey | None
) -> QuerySet[Any, Any]:
    """The moves of one kind: instant, kind, move, row."""
    moved = rows.moves(move, known_at).filter(_after(number, move, after))
    placed: QuerySet[Any, Any] = moved.annotate(
        kind_number=Value(number, output_field=IntegerField()),
        move=Value(move, output_field=CharField()),
        row=F("pk"),
    ).values_list("moment", "kind_number", "move", "row")
    return placed


def _after(number: int, move: str, after: ChangeKey | None) -> Q:
    """What comes after a place, in the order of the pages."""
    if after is None:
        return Q()
    older = Q(moment__lt=after.at)
    here, there = (number, move), (_PLACES[after.kind], after.move)
    if here < there:
        return older
    same = Q(moment=after.at)
    return older | (same if here > there else same & Q(pk__gt=after.row))


# --- Rows: one query a kind -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _KindRow:
    """One row of a kind, and what it is about. ``owner`` is its school, or its body; None when it has none."""

    pk: int
    about: tuple[Any, ...]
    owner: int | None
    values: Mapping[str, Any]
    valid: Period[date]
    began: datetime
    ended: datetime | None
    source: Source

    def says(self, other: _KindRow) -> bool:
        """Does it say the same, from the same source?"""
        return self.values == other.values and self.source == other.source


class _Moved(NamedTuple):
    """What a move is, and the row that it replaced."""

    move: str
    before: _KindRow | None = None


def _drawn(places: Sequence[ChangeKey], known_at: datetime | None) -> Iterator[RegisterChange]:
    kinds = [OUTGOING[number] for number in sorted({_PLACES[place.kind] for place in places})]
    rows = {outgoing.kind: _rows(outgoing, places) for outgoing in kinds}
    about = {outgoing.kind: _by_thing(rows[outgoing.kind].values()) for outgoing in kinds}
    owners = _Owners([(outgoing, row) for outgoing in kinds for row in rows[outgoing.kind].values()], known_at)
    for place in places:
        row = rows[place.kind][place.row]
        moved = _moved(place, row, about[place.kind][row.about])
        if moved is not None:
            yield _change(place, row, moved, owners.of(OUTGOING[_PLACES[place.kind]], row))


def _change(place: ChangeKey, row: _KindRow, moved: _Moved, schools: tuple[Named, ...]) -> RegisterChange:
    before = moved.before
    return RegisterChange(
        place,
        moved.move,
        place.kind,
        OUTGOING[_PLACES[place.kind]].said,
        schools,
        row.values,
        row.valid,
        row.source,
        None if before is None else before.values,
        None if before is None else before.valid,
    )


def _rows(outgoing: OutgoingKind, places: Sequence[ChangeKey]) -> dict[int, _KindRow]:
    """The rows of these places, and those that began or ended at the same instants about the same things."""
    mine = [place for place in places if place.kind == outgoing.kind]
    found = answers(
        _rows_of,
        outgoing.kind,
        rows=sorted({place.row for place in mine}),
        instants=sorted({place.at for place in mine}),
    )
    return {values[0]: _row(outgoing, values) for values in found}


def _rows_of(kind: str, *, rows: list[int], instants: list[datetime]) -> QuerySet[Any, Any]:
    outgoing = OUTGOING[_PLACES[kind]]
    of = outgoing.model.OF
    things = outgoing.model._default_manager.filter(pk__in=rows).values(of[0])
    found = outgoing.model.objects.ever_held().moved_at(instants).filter(**{f"{of[0]}__in": things})
    plain = ("pk", outgoing.school or "pk", "valid_from", "valid_until", "known_from", "known_until")
    return found.order_by("pk").values_list(*plain, *SOURCE_COLUMNS, *of, *outgoing.fields.values())


def _row(outgoing: OutgoingKind, values: Sequence[Any]) -> _KindRow:
    pk, owner, valid_from, valid_until, began, ended = values[:6]
    source, rest = Source(*values[6:12]), values[12:]
    about, said = rest[: len(outgoing.model.OF)], rest[len(outgoing.model.OF) :]
    fields, valid = dict(zip(outgoing.fields, said, strict=True)), Period(valid_from, valid_until)
    return _KindRow(pk, tuple(about), owner if outgoing.school else None, fields, valid, began, ended, source)


def _by_thing(rows: Iterable[_KindRow]) -> Mapping[tuple[Any, ...], list[_KindRow]]:
    found: dict[tuple[Any, ...], list[_KindRow]] = {}
    for row in rows:
        found.setdefault(row.about, []).append(row)
    return found


def _moved(place: ChangeKey, row: _KindRow, about: Sequence[_KindRow]) -> _Moved | None:
    """What one move is, beside those of the same instant about the same thing; None when nothing changed there."""
    left = [other for other in about if other.ended == place.at]
    began = [other for other in about if other.began == place.at]
    if place.move == ENDED:
        return None if any(other.valid.overlaps(row.valid) for other in began) else _Moved(WITHDRAWN)
    if _remains(row, left, began):
        return None
    before = next((other for other in left if other.valid.overlaps(row.valid)), None)
    if before is None:
        return _Moved(RECORDED)
    if before.values == row.values and before.valid == row.valid:
        return None  # what was corrected does not go out
    kept = any(other.valid.overlaps(before.valid) and _remains(other, left, began) for other in began)
    return _Moved(CHANGED if kept else CORRECTED, before)


def _remains(row: _KindRow, left: Sequence[_KindRow], began: Sequence[_KindRow]) -> bool:
    """Is this row what remains of an old one, on fewer days, beside another that came in its place?"""
    old = next(
        (other for other in left if other.says(row) and other.valid != row.valid and other.valid.overlaps(row.valid)),
        None,
    )
    return old is not None and any(not other.says(old) and other.valid.overlaps(old.valid) for other in began)


class _Owners:
    """Which schools a row is about: its own, or those that its body runs."""

    def __init__(self, rows: Iterable[tuple[OutgoingKind, _KindRow]], known_at: datetime | None) -> None:
        owned = [(outgoing.school == owners.BODY, row.owner) for outgoing, row in rows if row.owner is not None]
        self._run_by = _run_by({owner for of_body, owner in owned if of_body}, known_at)
        schools = {owner for of_body, owner in owned if not of_body}
        self._names = named(schools.union(*self._run_by.values()), known_at)

    def of(self, outgoing: OutgoingKind, row: _KindRow) -> tuple[Named, ...]:
        if row.owner is None:
            return ()
        schools = self._run_by.get(row.owner, ()) if outgoing.school == owners.BODY else (row.owner,)
        return tuple(self._names[school] for school in schools if school in self._names)


def _run_by(bodies: set[int], known_at: datetime | None) -> Mapping[int, Sequence[int]]:
    """The schools that each body runs or ran, in the order of their keys."""
    found: dict[int, dict[int, None]] = {}
    if bodies:
        rows = models.SchoolBody.objects.held(known_at).filter(body__in=bodies).order_by("school__key")
        for body, school in rows.values_list("body_id", "school_id"):
            found.setdefault(body, {})[school] = None
    return {body: tuple(schools) for body, schools in found.items()}


# --- In words -----------------------------------------------------------------------------------------------------------------


def said(change: RegisterChange) -> str:
    """What it says, field by field: « jour d'effet : 1er septembre 2025 ; autorité : le ministre … »; "" when days say it all."""
    return " ; ".join(f"{field_label(change.kind, name)} : {text}" for name, text in _texts(change.kind, change.values))


def said_before(change: RegisterChange) -> str:
    """What it said before, where that differs; "" when nothing was replaced or only the days changed."""
    before = dict(_texts(change.kind, change.before or {}))
    now = dict(_texts(change.kind, change.values))
    differ = [name for name in {**before, **now} if change.before is not None and before.get(name) != now.get(name)]
    return " ; ".join(f"{field_label(change.kind, name)} : {before.get(name, 'rien')}" for name in differ)


def title(change: RegisterChange) -> str:
    """« Correction : le site, Atelier-école du Val-d'Ambre (9990201P) »."""
    schools = listed([f"{school.name} ({school.uai})" for school in change.schools])
    return f"{MOVES[change.move]} : {change.label}" + (f", {schools}" if schools else "")


def _texts(kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if value is not None and value != "":
            yield name, value_said(kind, name, value)
