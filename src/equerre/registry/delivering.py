"""What sources say, brought into the registry: read in pieces, weighed (``weighing``), then published in one short transaction.

A *staging* asks the database and writes nothing: whoever writes meanwhile waits for nobody. What it was weighed against is
marked, and a piece of which something moved since is weighed again when it is published. Publishing writes the identities
that nobody knew, the rows, and last, once, the revision (ADR 0018). This is the one place that ends a row because a source spoke.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.db.models import Max

from equerre.kernel.errors import EquerreError
from equerre.registry import record, revision
from equerre.registry.dated import TOLD_BY_THE_SOURCE, Dated, DatedQuerySet, value_fields
from equerre.registry.models import Delivery, Source
from equerre.registry.record import By, Entry, RecordError, Unborn, plain
from equerre.registry.weighing import (
    HELD,
    IMPORTED,
    OUTDATED,
    Delivered,
    Moves,
    Peers,
    Restated,
    Row,
    Said,
    SaidOtherwise,
    Saying,
    Stated,
    restated,
    taken_back,
    whole,
    without,
)

CHUNK = 5_000
# The word for what the database would not take.
REFUSED = "refused"
_FEW = 500
# A thing, by the values of ``OF``.
About = tuple[object, ...]
Weigh = Callable[[Sequence[Row]], Moves]
# A row to be written as it was said: the entry, who says it, where it stands in its file, its standing and its reason.
_Direct = tuple[Entry, Source, object, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a source that says some things: who says it, where it stands in its file (``place``, for a refusal), and in
    which order it was given.
    """

    entry: Entry
    source: Source
    standing: str = HELD
    fills: bool = False
    place: object = None
    rank: int = 0


@dataclass(slots=True)
class Thing:
    """One thing of which a staging speaks: what becomes of it, and, line by line, the word for it."""

    about: About
    moves: Moves
    outcomes: Sequence[str] = ()


class NotTaken(EquerreError):
    """What the database would not take, and where it stands."""

    def __init__(self, place: object, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place


class Staging:
    """All that one import will write, weighed and not yet written. ``by`` is whoever reads, and the source that is read."""

    def __init__(self, by: By, kind: str = "") -> None:
        self.by, self.kind = by, kind
        self._unborn: dict[tuple[type[models.Model], str], Unborn] = {}
        self._sources: dict[str, Source] = {by.source.key: by.source}
        self._pieces: list[StagedPart] = []
        self.refused: list[NotTaken] = []
        self.delivery: Delivery | None = None

    # --- What it speaks of --------------------------------------------------------------------------------------------

    def unborn(self, model: type[models.Model], key: str, **fixed: Any) -> Unborn:
        """An identity that nobody knows: made when this is published, if nobody made it meanwhile."""
        return self._unborn.setdefault((model, key), Unborn(model, key, fixed))

    def numbers(self, model: type[models.Model], keys: Iterable[str]) -> dict[str, int | Unborn]:
        """The numbers of identities by their key; of one that nobody knows, what stands for it."""
        wanted = dict.fromkeys(keys)
        found: dict[str, int | Unborn] = dict(record.identified(model, wanted))
        return {key: found[key] if key in found else self.unborn(model, key) for key in wanted}

    def source(self, source: Source) -> Source:
        """A source, which is made with the rest when nobody knows it."""
        return self._sources.setdefault(source.key, source)

    # --- What it says -------------------------------------------------------------------------------------------------

    def whole(self, model: type[Dated], entries: Sequence[Entry], peers: Peers) -> Sequence[StagedPart]:
        """All that a delivery says of each thing, in one entry or in several for days apart. Final once published."""
        if self.by.source.dated_on is None:
            raise RecordError(f"La source « {self.by.source.key} » ne dit pas son jour : une livraison est datée.")
        groups: dict[About, list[Entry]] = {}
        about_of = _shape(model).about
        for entry in entries:
            about = about_of(entry)
            said = groups.get(about)
            if said is None:
                groups[about] = [entry]
                continue
            if any(entry.valid.overlaps(other.valid) for other in said):
                raise RecordError(f"La livraison dit deux fois la même chose ({', '.join(map(str, about))}).")
            said.append(entry)
        abouts = list(groups)
        some = [abouts[at : at + CHUNK] for at in range(0, len(abouts), CHUNK)]
        return self._staged(
            [_WholePart(model, self.by, {about: groups[about] for about in few}, peers) for few in some]
        )

    def restated(self, model: type[Dated], told: Sequence[Told]) -> Sequence[StagedPart]:
        """Lines that say some things for some days. Those about one thing are weighed together."""
        groups: dict[About, list[Told]] = {}
        shape = _shape(model)
        for each in told:
            groups.setdefault(shape.about(each.entry), []).append(each)
        abouts = list(groups)
        some = [abouts[at : at + CHUNK] for at in range(0, len(abouts), CHUNK)]
        return self._staged([_LinesPart(model, self.by, {about: groups[about] for about in few}) for few in some])

    def withdraw(
        self, model: type[Dated], sources: Collection[str], at: Collection[datetime], peers: Peers | None
    ) -> Sequence[StagedPart]:
        """Take back all that these sources (by key) said, when they say everything again (``peers``), or what was told at these
        instants.
        """
        shape = _shape(model)
        told = model.objects.filter(source__key__in=sources) if peers else model.objects.moved_at(at)
        abouts = list(told.order_by(*shape.of).values_list(*shape.of).distinct())
        some = [abouts[start : start + CHUNK] for start in range(0, len(abouts), CHUNK)]
        return self._staged([_WithdrawnPart(model, self.by, few, sources, at, peers) for few in some])

    def _staged(self, pieces: Sequence[StagedPart]) -> Sequence[StagedPart]:
        for piece in pieces:
            piece.stage()
        self._pieces += pieces
        return pieces

    # --- Published ----------------------------------------------------------------------------------------------------

    @property
    def writes(self) -> bool:
        """Is there anything to write?"""
        cited = any(source.pk is None for key, source in self._sources.items() if key != self.by.source.key)
        return cited or bool(self._unborn) or any(piece.writes for piece in self._pieces)

    def publish(self) -> None:
        """Write it, in the transaction of whoever asks; nothing at all when all was said before.

        Whoever writes about the same things waits for the end of it; others wait for nothing but the revision, at its end.
        """
        if not self.writes:
            return
        with transaction.atomic(), revision.once():
            record.lock(thing for piece in self._pieces if piece.writes for thing in piece.identities())
            late = self._born()
            self._make_known()
            again = [piece for piece in self._pieces if late or piece.moved()]
            for piece in again:
                piece.born()
                piece.stage()
            self._come_after(again)
            if self.kind:
                self.delivery = Delivery.objects.create(
                    source=self.by.source, kind=self.kind, author=self.by.author, recorded_at=self.by.recorded_at
                )
            for piece in self._pieces:
                self.refused += piece.write()
            if connection.vendor == "postgresql":
                connection.check_constraints()  # now, not while the line of the revision is held
            revision.move()

    def _make_known(self) -> None:
        """The sources that nobody knew are made, unless somebody made one of them meanwhile."""
        for source in self._sources.values():
            if source._state.adding:
                found = Source.objects.filter(key=source.key).first()
                if found is None:
                    source.save(force_insert=True)
                else:
                    source.pk, source._state.adding = found.pk, False

    def _come_after(self, again: Iterable[StagedPart]) -> None:
        """What somebody wrote while this was weighed began before it ends: all of this is published a moment later than that."""
        ends = (row.known_from for piece in again for thing in piece.things for row in thing.moves.ends)
        last = max(ends, default=None)
        if last is not None and last >= self.by.recorded_at:
            self.by = replace(self.by, recorded_at=last + timedelta(microseconds=1))
            for piece in self._pieces:
                piece.by = self.by

    def _born(self) -> bool:
        """The identities that nobody knew are made; did somebody make one of them meanwhile?"""
        raced: list[str] = []
        by_model: dict[type[models.Model], list[Unborn]] = defaultdict(list)
        for (model, _), each in self._unborn.items():
            by_model[model].append(each)
        for model, wanted in by_model.items():
            keys = {each.key for each in wanted}
            found = {key: pk for key, pk in record.identified(model, keys).items() if key in keys}
            raced += found
            record.make(model, [each for each in wanted if each.key not in found])
            for each in wanted:
                if each.key in found:
                    each.pk = found[each.key]
        return bool(raced)


def mark_withdrawn(source: Source, by: By) -> None:
    """Every reading of this source counts no more."""
    Delivery.objects.filter(source=source).update(withdrawn_at=by.recorded_at, withdrawn_by=by.author)
    revision.move()


# --- The columns of a kind ----------------------------------------------------------------------------------------------


class _RowShape:
    """How the rows of one kind are read and compared."""

    def __init__(self, model: type[Dated]) -> None:
        fields = {each.name: each for each in model._meta.concrete_fields}
        self.model = model
        self.names = value_fields(model)
        self.columns = [str(fields[name].attname) for name in self.names]
        self.defaults = {name: fields[name].get_default() for name in self.names}
        self.of = [str(fields[name].attname) for name in model.OF]
        self.many = [each.name for each in model._meta.many_to_many]
        self._compared = [name for name in self.names if name not in TOLD_BY_THE_SOURCE and name not in model.OF]
        # Of the day on which a sheet was read as closed, only that there is one is compared: each delivery has its own.
        self._told = [name for name in self.names if TOLD_BY_THE_SOURCE.get(name)]

    def about(self, entry: Entry) -> About:
        return tuple([plain(entry.values.get(name, self.defaults[name])) for name in self.model.OF])

    def word(self, source: Any, said: Said, note: str = "") -> Saying:
        values: list[Hashable] = [said[name] for name in self._compared]
        values += [said[name] is not None for name in self._told]
        values += [frozenset(said[name]) for name in self.many]
        return Saying(source, said, tuple(values), note)

    def said(self, entry: Entry) -> Said:
        said = {name: plain(entry.values.get(name, default)) for name, default in self.defaults.items()}
        for name in self.many:
            said[name] = tuple(dict.fromkeys(plain(each) for each in entry.many.get(name, ())))
        return {**said, "from": entry.valid.start, "until": entry.valid.end}

    def entry(self, word: Saying) -> Entry:
        said = word.said
        values = {name: said[name] for name in self.names}
        return Entry(self.model, values, word.valid, {name: said[name] for name in self.many}, word.note)

    def read(self, query: models.QuerySet[Dated, Dated]) -> dict[About, list[Row]]:
        """Rows as they are weighed, by what they are about, in the order in which they came to be known."""
        times = ("id", "standing", "source_id", "known_from", "known_until", "reason", "ended_reason", "note")
        found = list(query.order_by("known_from", "id").values_list(*times, "valid_from", "valid_until", *self.columns))
        sources = {source.pk: source for source in Source.objects.filter(pk__in={row[2] for row in found})}
        named = self._named([row[0] for row in found])
        where = [len(times) + 2 + self.columns.index(name) for name in self.of]
        rows: dict[About, list[Row]] = defaultdict(list)
        for each in found:
            pk, standing, source, known_from, known_until, reason, ended, note, start, end, *values = each
            said = dict(zip(self.names, values, strict=True))
            for name in self.many:
                said[name] = named[name].get(pk, ())
            said["from"], said["until"] = start, end
            word = self.word(sources[source], said, note)
            rows[tuple([each[place] for place in where])].append(
                Row(pk, word, standing, known_from, known_until, reason, ended)
            )
        return rows

    def _named(self, pks: Sequence[int]) -> dict[str, dict[int, tuple[object, ...]]]:
        found: dict[str, dict[int, tuple[object, ...]]] = {name: {} for name in self.many}
        for name, told in found.items():
            through: Any = getattr(self.model, name).through
            source, target = (each.attname for each in through._meta.fields[1:3])
            for start in range(0, len(pks), CHUNK):
                rows = through._default_manager.filter(**{f"{source}__in": pks[start : start + CHUNK]}).order_by("id")
                for pk, other in rows.values_list(source, target):
                    told[pk] = (*told.get(pk, ()), other)
        return found

    def near(self, abouts: Iterable[About]) -> DatedQuerySet[Dated]:
        """The rows that may be about these things: of a few, those; of many, all that lies between them."""
        first = self.of[0]
        named = {about[0] for about in abouts if not isinstance(about[0], Unborn)}
        if len(named) <= _FEW or not all(isinstance(each, int) for each in named):
            return self.model.objects.filter(**{f"{first}__in": named})
        return self.model.objects.filter(**{f"{first}__gte": min(named), f"{first}__lte": max(named)})  # type: ignore[type-var]


@cache
def _shape(model: type[Dated]) -> _RowShape:
    return _RowShape(model)


# --- A piece: a few thousand things, weighed together -------------------------------------------------------------------


class _WeighedAt(NamedTuple):
    """What moves when somebody writes: the revision; the last number of a kind; how many rows of some things are held or
    proposed; how many deliveries were withdrawn. Nothing of it grows with what was read before.
    """

    revision: int = -1
    last: int = 0
    open: int = 0
    withdrawn: int = 0


def _withdrawals() -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(withdrawn_at__isnull=False)


@dataclass(slots=True)
class StagedPart:
    """What is there is read in a few queries, then each thing is weighed; what is to be written waits."""

    model: type[Dated]
    by: By
    things: list[Thing] = field(default_factory=list, init=False)
    _seen: list[About] = field(default_factory=list, init=False)
    _mark: _WeighedAt = field(default=_WeighedAt(), init=False)
    _direct: list[_Direct] = field(default_factory=list, init=False)

    @property
    def shape(self) -> _RowShape:
        return _shape(self.model)

    def abouts(self) -> Collection[About]:
        raise NotImplementedError

    def born(self) -> None:
        """An identity that was made since has its number now: things are called by it."""

    def weigh(self) -> Iterator[Thing]:
        raise NotImplementedError

    def stage(self) -> None:
        """Read and weigh, or read and weigh again."""
        # Those that have a number now: nobody can have written on the others.
        self._seen = [about for about in self.abouts() if not any(isinstance(each, Unborn) for each in about)]
        self._mark = self._marked()
        self._direct = []
        self.things[:] = list(self.weigh())

    def _marked(self) -> _WeighedAt:
        last = self.model.objects.aggregate(last=Max("id"))["last"] or 0
        return _WeighedAt(revision.number(), last, self._open().count(), _withdrawals().count())

    def _open(self) -> DatedQuerySet[Dated]:
        return self.shape.near(self._seen).held_or_proposed()

    def moved(self) -> bool:
        """Did somebody write on these things since they were weighed? Nothing is asked of them while nothing moved at all."""
        seen = self._mark
        if revision.number() == seen.revision:
            return False
        written = self.shape.near(self._seen).filter(pk__gt=seen.last)
        return written.exists() or self._open().count() != seen.open or _withdrawals().count() != seen.withdrawn

    @property
    def writes(self) -> bool:
        return bool(self._direct) or any(thing.moves.ends or thing.moves.begins for thing in self.things)

    def identities(self) -> Iterator[tuple[type[models.Model], object]]:
        """What the things are about, to be locked."""
        for place, name in enumerate(self.model.OF):
            related: Any = self.model._meta.get_field(name).related_model
            if related is not None:
                yield from ((related, about[place]) for about in self.abouts() if isinstance(about[place], int))

    def write(self) -> list[NotTaken]:
        """All of it in a few statements; what the database will not take is then found one thing at a time."""
        moving = [thing for thing in self.things if thing.moves.ends or thing.moves.begins]
        try:
            with transaction.atomic(savepoint=self.one_by_one):
                self._write(moving, self._direct)
        except RecordError:
            if not self.one_by_one:
                raise
        else:
            return []
        by_about = {thing.about: thing for thing in self.things}
        by_about |= {tuple(map(plain, thing.about)): thing for thing in self.things}
        refused = [self._alone([thing], [], thing) for thing in moving]
        refused += [self._alone([], [each], by_about[self.shape.about(each[0])]) for each in self._direct]
        return [each for each in refused if each is not None]

    # Whole deliveries are written whole: a savepoint costs a second journal.
    one_by_one = False

    def _alone(self, things: Sequence[Thing], direct: Sequence[_Direct], about: Thing) -> NotTaken | None:
        try:
            with transaction.atomic():
                self._write(things, direct)
        except RecordError as error:
            # Of lines about one thing, one at least is not written: none of them is told as if it were.
            about.moves, about.outcomes = Moves(), [REFUSED] * len(about.outcomes)
            return NotTaken(direct[0][2] if direct else self.place(about), str(error))
        return None

    def place(self, thing: Thing) -> object:
        """Where a thing stands in its file."""
        return None

    def _write(self, things: Sequence[Thing], direct: Sequence[_Direct]) -> None:
        ends = {row.pk: row.known_from for thing in things for row in thing.moves.ends}
        record.end_together(self.model, ends, self.by)
        writers: dict[tuple[str, str], By] = {}

        def writer(source: Any, reason: str) -> By:
            found = writers.get((source.key, reason))
            if found is None:
                found = writers[source.key, reason] = replace(self.by, source=source, reason=reason)
            return found

        rows = [(entry, writer(source, reason), standing) for entry, source, _, standing, reason in direct]
        rows += [
            (self.shape.entry(each.word), writer(each.word.source, each.reason), each.standing)
            for thing in things
            for each in thing.moves.begins
        ]
        record.insert_each(self.model, rows)


@dataclass(slots=True)
class _WholePart(StagedPart):
    """A part of a delivery that says everything again."""

    groups: Mapping[About, Sequence[Entry]]
    peers: Peers

    def abouts(self) -> Collection[About]:
        return self.groups

    def born(self) -> None:
        self.groups = {self.shape.about(said[0]): said for said in self.groups.values()}

    def weigh(self) -> Iterator[Thing]:
        """Of a thing of which the last word is said again, nothing else is read: that is what most of a delivery does."""
        open_ = self.shape.read(self.shape.near(self.groups).held_or_proposed())
        heard, reached = self._heard([about for about in self.groups if about not in open_]), self._reached()
        whole_read: list[About] = []
        new, again = Moves("new"), Moves()
        for about, entries in self.groups.items():
            if about not in heard and about not in open_:
                self._direct += [(entry, self.by.source, None, HELD, IMPORTED) for entry in entries]
                yield Thing(about, new)
            elif about not in reached and self._says_it_again(about, open_.get(about, ())):
                # Kept in its place, so that it can be told again, and never held.
                self._direct += [(entry, self.by.source, None, OUTDATED, "unchanged") for entry in entries]
                yield Thing(about, again)
            else:
                whole_read.append(about)
        yield from self._weigh_all(whole_read)

    def _weigh_all(self, abouts: Sequence[About]) -> Iterator[Thing]:
        if not abouts:
            return
        gone = set(_withdrawals().values_list("source__key", flat=True))
        rows = self.shape.read(self.shape.near(abouts))
        for about in abouts:
            kept = [row for row in rows[about] if row.word.source.key not in gone or row.open]
            try:
                yield Thing(about, whole(Delivered(self.by.source, self._words(about)), kept, self.peers))
            except SaidOtherwise as error:
                raise RecordError(str(error)) from error

    def _heard(self, silent: Sequence[About]) -> set[About]:
        """Of the things of which nothing is open, those of which the peers spoke."""
        group = {self.by.source.publisher, *self.peers.publishers}
        gone = _withdrawals().values("source")
        near = [self.shape.near(silent[at : at + _FEW]) for at in range(0, len(silent), _FEW)]
        told = [few.filter(source__publisher__in=group).exclude(source__in=gone).order_by() for few in near]
        return {tuple(of) for few in told for of in few.values_list(*self.shape.of).distinct()}

    def _reached(self) -> set[About]:
        """The things of which this publisher spoke on that day already, or later: when it comes last, as most do, none."""
        mine = self.by.source
        later = Source.objects.filter(publisher=mine.publisher, dated_on__gte=mine.dated_on)
        later = later.exclude(pk__in=_withdrawals().values("source"))
        if not later.exists():
            return set()
        told = self.shape.near(self.groups).filter(source__in=later).order_by()
        return {tuple(of) for of in told.values_list(*self.shape.of).distinct()}

    def _words(self, about: About) -> list[Saying]:
        return [self.shape.word(self.by.source, self.shape.said(each), each.note) for each in self.groups[about]]

    def _says_it_again(self, about: About, rows: Sequence[Row]) -> bool:
        """Is it what is held, of this publisher and by no decision, while nothing waits? Then it was its last word already."""
        publisher = self.by.source.publisher
        if not rows or any(
            row.standing != HELD or row.word.source.publisher != publisher or row.reason != IMPORTED for row in rows
        ):
            return False
        return {row.word.spoken for row in rows} == {word.spoken for word in self._words(about)}


@dataclass(slots=True)
class _LinesPart(StagedPart):
    """Lines that say some things."""

    groups: Mapping[About, Sequence[Told]]
    one_by_one = True

    def abouts(self) -> Collection[About]:
        return self.groups

    def born(self) -> None:
        self.groups = {self.shape.about(told[0].entry): told for told in self.groups.values()}

    def weigh(self) -> Iterator[Thing]:
        rows = self.shape.read(self.shape.near(self.groups).held_or_ever_proposed())
        fresh: list[Told] = []
        for about, told in self.groups.items():
            kept = rows.get(about)
            if kept is None and all(each.standing == HELD for each in told):
                fresh += told
                yield Thing(about, Moves("new"), ["new"] * len(told))
                continue
            lines = [
                Stated(
                    self.shape.word(each.source, self.shape.said(each.entry), each.entry.note),
                    each.standing,
                    each.fills,
                )
                for each in told
            ]
            found: Restated = restated(lines, kept or [])
            yield Thing(about, found.moves, found.outcomes)
        # In the order of the file, which is that of the findings.
        fresh.sort(key=lambda each: each.rank)
        self._direct = [(each.entry, each.source, each.place, HELD, IMPORTED) for each in fresh]

    def place(self, thing: Thing) -> object:
        return self.groups[thing.about][0].place


@dataclass(slots=True)
class _WithdrawnPart(StagedPart):
    """What is taken back of some things."""

    known_things: Sequence[About]
    sources: Collection[str]
    at: Collection[datetime]
    peers: Peers | None

    def abouts(self) -> Collection[About]:
        return self.known_things

    def weigh(self) -> Iterator[Thing]:
        rows = self.shape.read(self.shape.near(self.known_things))
        weigh: Weigh = (
            (lambda kept: without(self.sources, kept, self.peers))  # type: ignore[arg-type]  # read when it is not None
            if self.peers
            else (lambda kept: taken_back(self.at, kept))
        )
        for about in self.known_things:
            yield Thing(about, weigh(rows[about]))
