"""``deliver``, for a whole delivery at once: the same words, the same rows, in a few statements for hundreds of things.

A test holds ``deliver_all`` and ``record.deliver`` together. Three things are added, that only whole deliveries need:

- *peers*: publishers that tell of one register (who keeps it, who copies it). The newest word among them is held; another's
  last word that contradicts it is proposed. Alone, a publisher never takes the place of another.
- *agrees*: what it is to contradict, between publishers. One writes « CAP - Métallier » where the other writes « Métallier ».
- a saying that is not ``held``: the thing is no more, and the publisher does not say since when. Nothing is held of it then,
  and no day is made up: the rules will say that they do not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

from django.db import connection, models, transaction

from equerre.kernel.period import Period
from equerre.registry import record
from equerre.registry.dated import (
    HELD,
    OUTDATED,
    PROPOSED,
    TOLD_BY_THE_SOURCE,
    Dated,
    Source,
    held_or_proposed,
    known,
    value_fields,
)
from equerre.registry.record import By, Entry, RecordError

CHUNK = 5_000
_FEW = 500
# A thing, by the values of ``OF``; what is said of it, by field, with its days and the rows it names.
About = tuple[object, ...]
Said = Mapping[str, Any]
Agrees = Callable[[Sequence[Said], Sequence[Said]], bool]
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Saying:
    """All that a delivery says about one thing. Not ``held``: that it is no more, without a day.

    An entry alone says all about its thing, and goes without this.
    """

    about: Mapping[str, Any]
    entries: Sequence[Entry]
    held: bool = True


def deliver_all(
    model: type[Dated],
    sayings: Sequence[Saying | Entry],
    by: By,
    *,
    peers: Sequence[str] = (),
    agrees: Agrees | None = None,
) -> list[str]:
    """The word of each saying, in order: ``new``, ``changed``, ``unchanged``, ``outdated``, ``proposed`` or ``ended``.

    Between two peers that speak of the same day, the one named first has the last word.
    """
    if by.source.dated_on is None:
        raise RecordError(f"La source « {by.source.key} » ne dit pas son jour : une livraison est datée.")
    words: list[str] = []
    # No savepoint of its own: a database keeps a second journal for each, and writes half as fast.
    with transaction.atomic(savepoint=False):
        for start in range(0, len(sayings), CHUNK):
            words += _Chunk(model, sayings[start : start + CHUNK], by, peers, agrees).deliver()
    return words


@dataclass(frozen=True, slots=True)
class _StoredRow:
    """One row as the database has it."""

    pk: int
    about: About
    standing: str
    source: Source
    known_from: datetime
    open: bool
    reason: str
    said: Said


@dataclass(slots=True)
class _Work:
    """What a chunk will write, all at once."""

    ends: dict[int, _StoredRow] = field(default_factory=dict)
    inserts: list[tuple[Said, str, Source, str]] = field(default_factory=list)


class _Chunk:
    """A few hundred sayings: what is there is read in a few queries, then each is weighed, then all is written."""

    def __init__(
        self, model: type[Dated], sayings: Sequence[Saying | Entry], by: By, peers: Sequence[str], agrees: Agrees | None
    ) -> None:
        self._model, self._sayings, self._by, self._peers = model, sayings, by, peers
        self._agrees: Agrees = agrees or _equal
        self._names = value_fields(model)
        fields = {f.name: f for f in model._meta.concrete_fields}
        self._columns = [str(fields[name].attname) for name in self._names]
        self._defaults = {name: fields[name].get_default() for name in self._names}
        self._of = [str(fields[name].attname) for name in model.OF]
        self._work = _Work()
        self._first: list[Entry] = []
        self._said: set[About] = set()
        self._rows: Mapping[About, list[_StoredRow]] = {}
        self._heard: dict[About, dict[str, dict[int, Source]]] = {}

    def deliver(self) -> list[str]:
        self._one_at_a_time()
        self._hear()
        words = [self._word(saying) for saying in self._sayings]
        record.end_together(self._model, {pk: row.known_from for pk, row in self._work.ends.items()}, self._by)
        record.insert_together(self._model, self._first, self._by)
        self._insert()
        return words

    def _word(self, saying: Saying | Entry) -> str:
        named = map((saying.values if isinstance(saying, Entry) else saying.about).__getitem__, self._model.OF)
        about = tuple([thing.pk if isinstance(thing, models.Model) else thing for thing in named])
        if about in self._said:
            raise RecordError(f"La livraison dit deux fois la même chose ({', '.join(map(str, about))}).")
        self._said.add(about)
        known = about in self._rows or about in self._heard
        if isinstance(saying, Entry):
            if not known:
                self._first.append(saying)
                return "new"
            saying = Saying(saying.values, (saying,))
        elif not known and saying.held:
            self._first += saying.entries
            return "new"
        return self._weigh(saying, self._rows.get(about, []), self._heard.get(about, {}))

    # --- What is there --------------------------------------------------------------------------------------------------

    def _one_at_a_time(self) -> None:
        """On PostgreSQL, as for one fact: whoever writes about these things waits."""
        if connection.vendor != "postgresql":
            return
        for name in self._model.OF:
            related: Any = self._model._meta.get_field(name).related_model
            if related is not None:
                pks = self._named_by(name)
                list(related._default_manager.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))

    def _named_by(self, field: str) -> set[object]:
        """What the sayings are about, by one of the fields."""
        return {
            record.plain((saying.values if isinstance(saying, Entry) else saying.about)[field])
            for saying in self._sayings
        }

    def _near(self) -> models.QuerySet[Dated]:
        """The rows that may be about these things: of a few, those; of many, all that lies between them."""
        first = self._model.OF[0]
        field: Any = self._model._meta.get_field(first)
        named = self._named_by(first)
        if len(named) <= _FEW or not field.is_relation:
            return self._model._default_manager.filter(**{f"{first}__in": named})
        numbers = sorted(cast("set[int]", named))
        return self._model._default_manager.filter(**{f"{first}__gte": numbers[0], f"{first}__lte": numbers[-1]})

    def _hear(self) -> None:
        """The sources of each publisher about each thing, the rows of the last one of each, what is held, what waits."""
        group = {self._by.source.publisher, *self._peers}
        sources = {row.pk: row for row in Source.objects.filter(publisher__in=group)}
        about = self._near()
        told = about.filter(models.Q(source_id__in=sources) | known(None))
        told_of = list(told.order_by().values_list(*self._of, "source_id").distinct())
        if not told_of:
            return
        heard: dict[About, dict[str, dict[int, Source]]] = {}
        for *of, pk in told_of:
            if pk in sources:
                publishers = heard.setdefault(tuple(of), {})
                publishers.setdefault(sources[pk].publisher, {})[pk] = sources[pk]
        self._heard = heard
        last = {
            max(deliveries.values(), key=record.delivery_order).pk
            for found in heard.values()
            for deliveries in found.values()
        }
        wanted = models.Q(source_id__in={*last, self._by.source.pk}) | held_or_proposed(None)
        self._rows = self._read(about.filter(wanted))

    def _read(self, query: models.QuerySet[Dated]) -> Mapping[About, list[_StoredRow]]:
        sources: dict[int, Source] = {}
        found: dict[About, list[_StoredRow]] = defaultdict(list)
        times = ("id", "standing", "source_id", "known_from", "known_until", "reason", "valid_from", "valid_until")
        rows = list(query.order_by("known_from", "id").values_list(*times, *self._of, *self._columns))
        missing = {row[2] for row in rows}
        sources.update({source.pk: source for source in Source.objects.filter(pk__in=missing)})
        named = self._named([row[0] for row in rows])
        for pk, standing, source, known_from, known_until, reason, start, end, *rest in rows:
            of, values = tuple(rest[: len(self._of)]), rest[len(self._of) :]
            said = {**dict(zip(self._names, values, strict=True)), **named.get(pk, {}), "from": start, "until": end}
            for many in self._model._meta.many_to_many:
                said.setdefault(many.name, ())
            found[of].append(
                _StoredRow(pk, of, standing, sources[source], known_from, known_until is None, reason, said)
            )
        return found

    def _named(self, pks: Sequence[int]) -> dict[int, dict[str, tuple[object, ...]]]:
        found: dict[int, dict[str, tuple[object, ...]]] = defaultdict(dict)
        for many in self._model._meta.many_to_many:
            through: Any = getattr(self._model, many.name).through
            source, target = (f.attname for f in through._meta.fields[1:3])
            for start in range(0, len(pks), CHUNK):
                rows = through._default_manager.filter(**{f"{source}__in": pks[start : start + CHUNK]}).order_by("id")
                for pk, named_pk in rows.values_list(source, target):
                    found[pk][many.name] = (*found[pk].get(many.name, ()), named_pk)
        return found

    # --- What it means ----------------------------------------------------------------------------------------------------

    def _weigh(self, saying: Saying, rows: Sequence[_StoredRow], heard: Mapping[str, dict[int, Source]]) -> str:
        entries = [self._plain(entry) for entry in saying.entries]
        mine = heard.get(self._by.source.publisher, {})
        if self._by.source.pk in mine:
            return self._again(rows, entries)
        if any(record.delivery_order(source) > record.delivery_order(self._by.source) for source in mine.values()):
            self._keep(entries, "outdated" if saying.held else ENDED)
            return "outdated"
        return self._newest(
            saying, rows, entries, [publisher for publisher in heard if publisher != self._by.source.publisher]
        )

    def _newest(
        self, saying: Saying, rows: Sequence[_StoredRow], entries: Sequence[Said], others: Sequence[str]
    ) -> str:
        """The last word of this publisher so far: held, unless another publisher holds or has a later word."""
        publisher = self._by.source.publisher
        last = self._last(rows, publisher)
        same = bool(last) and last[0].reason != ENDED and saying.held and _equal([row.said for row in last], entries)
        held = [row for row in rows if row.open and row.standing == HELD]
        strangers = [row for row in held if row.source.publisher not in {publisher, *self._peers}]
        later = [
            other for other in others if self._rank(self._last(rows, other)[0].source) > self._rank(self._by.source)
        ]
        rival = held if strangers else self._last_of(rows, later)
        # A peer that spoke since then took its place, if only to say that the thing is no more.
        displaced = any(
            self._rank(self._last(rows, other)[0].source) > self._rank(last[0].source) for other in others if last
        )
        if same and (rival or (not displaced and all(row.source.publisher == publisher for row in held))):
            return self._keep(entries, "unchanged")
        self._withdraw(rows, {publisher})
        if not saying.held:
            return self._no_more(held if not rival else [], entries, again=bool(last) and last[0].reason == ENDED)
        if rival:
            return self._against(rival, entries)
        return self._hold(held, rows, entries, others)

    def _last_of(self, rows: Sequence[_StoredRow], publishers: Sequence[str]) -> list[_StoredRow]:
        """The newest word among publishers, nothing when there are none."""
        words = [self._last(rows, publisher) for publisher in publishers]
        return max(words, key=lambda word: self._rank(word[0].source), default=[])

    def _rank(self, source: Source) -> tuple[Any, ...]:
        """The order of deliveries between publishers: the day, then who keeps the register."""
        place = self._peers.index(source.publisher) if source.publisher in self._peers else len(self._peers)
        return (source.dated_on or date.min, -place, source.key)

    def _last(self, rows: Sequence[_StoredRow], publisher: str) -> list[_StoredRow]:
        """The last delivery of a publisher, as it was first read: later rows of its source only carry on what it said."""
        own = [row for row in rows if row.source.publisher == publisher]
        if not own:
            return []
        source = max((row.source for row in own), key=record.delivery_order)
        read = [row for row in own if row.source.pk == source.pk]
        return [row for row in read if row.known_from == read[0].known_from]

    def _again(self, rows: Sequence[_StoredRow], entries: Sequence[Said]) -> str:
        read = [row for row in rows if row.source.pk == self._by.source.pk]
        read = [row for row in read if row.known_from == read[0].known_from]
        if not _equal([row.said for row in read], entries):
            raise RecordError(record.said_otherwise(self._by.source))
        return {HELD: "unchanged", PROPOSED: "proposed", OUTDATED: read[0].reason}[read[0].standing]

    def _keep(self, entries: Iterable[Said], why: str) -> str:
        self._work.inserts += [(said, OUTDATED, self._by.source, why) for said in entries]
        return why

    def _no_more(self, held: Iterable[_StoredRow], entries: Iterable[Said], *, again: bool) -> str:
        self._work.ends.update({row.pk: row for row in held})
        self._keep(entries, ENDED)
        return "unchanged" if again else ENDED

    def _against(self, rival: Sequence[_StoredRow], entries: Sequence[Said]) -> str:
        if rival[0].reason == ENDED or self._agrees([row.said for row in rival], entries):
            return self._keep(entries, "unchanged")
        self._work.inserts += [(said, PROPOSED, self._by.source, self._by.reason) for said in entries]
        return "proposed"

    def _hold(
        self, held: Sequence[_StoredRow], rows: Sequence[_StoredRow], entries: Sequence[Said], others: Sequence[str]
    ) -> str:
        self._work.ends.update({row.pk: row for row in held})
        self._work.inserts += [(said, HELD, self._by.source, self._by.reason) for said in entries]
        word = "changed" if held else "new"
        for publisher in others:
            last = self._last(rows, publisher)
            waiting = [row for row in last if row.open and row.standing == PROPOSED]
            if last[0].reason == ENDED or self._agrees([row.said for row in last], entries):
                self._withdraw(rows, {publisher})
            elif not waiting:
                self._work.inserts += [(row.said, PROPOSED, row.source, self._by.reason) for row in last]
                word = "proposed"
        return word

    def _withdraw(self, rows: Iterable[_StoredRow], publishers: set[str]) -> None:
        """What a publisher proposed before, it no longer says."""
        waiting = [row for row in rows if row.open and row.standing == PROPOSED and row.source.publisher in publishers]
        self._work.ends.update({row.pk: row for row in waiting})

    def _plain(self, entry: Entry) -> Said:
        values = {name: record.plain(entry.values.get(name, default)) for name, default in self._defaults.items()}
        named = {
            f.name: tuple(dict.fromkeys(record.plain(named) for named in entry.many.get(f.name, ())))
            for f in self._model._meta.many_to_many
        }
        return {**values, **named, "from": entry.valid.start, "until": entry.valid.end, "note": entry.note}

    # --- What is written --------------------------------------------------------------------------------------------------

    def _insert(self) -> None:
        groups: dict[tuple[str, int, str], tuple[Source, list[Entry]]] = {}
        for said, standing, source, reason in self._work.inserts:
            key = (standing, source.pk, reason)
            groups.setdefault(key, (source, []))[1].append(self._entry(said))
        for (standing, _, reason), (source, entries) in groups.items():
            record.insert_together(self._model, entries, replace(self._by, source=source, reason=reason), standing)

    def _entry(self, said: Said) -> Entry:
        values = {name: said[name] for name in self._names}
        many = {f.name: said[f.name] for f in self._model._meta.many_to_many}
        return Entry(self._model, values, Period(said["from"], said["until"]), many, said.get("note", ""))


def _equal(rows: Sequence[Said], entries: Sequence[Said]) -> bool:
    return len(rows) == len(entries) and all(
        any(
            all(_unordered(row[name]) == _unordered(entry[name]) for name in row if name not in TOLD_BY_THE_SOURCE)
            for row in rows
        )
        for entry in entries
    )


def _unordered(value: object) -> object:
    return sorted(value) if isinstance(value, tuple) else value
