"""The only writer of facts. Five verbs, each one transaction, each guarded against a writer who was faster.

- ``record``: something is true from a day. What was held for those days stops being known; the days around it stay.
- ``correct``: a row was wrong. It stops being known, and another stands for what it should have said.
- ``retire``: a row was wrong and nothing replaces it.
- ``propose``: a source contradicts what is held. Rules go on seeing the held fact; somebody settles.
- ``settle``: the proposal is taken or left.

What a source says against what is held is weighed elsewhere (``weighing``, ``delivering``), and written through the same
statements. Nothing is updated in place but the end of a knowledge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from unicodedata import category

from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import QuerySet

from equerre.kernel.errors import EquerreError
from equerre.kernel.french import day
from equerre.kernel.period import Period
from equerre.registry import revision
from equerre.registry.dated import HELD, PROPOSED, TOLD_BY_THE_SOURCE, Dated, Source, value_fields

_CHUNK = 500
_FEW = 50


class RecordError(EquerreError):
    """A fact that cannot be written, and why, for whoever wrote it."""


class TooLate(RecordError):
    """Somebody wrote on the same fact first: read it again, then decide."""


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, at which instant, from which source, for which reason. ``author`` is an opaque key."""

    author: str
    recorded_at: datetime
    source: Source
    reason: str = "entry"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says: values by field (identity included), the days, and the rows it names (many to many).

    ``note`` stands in place of the writer's, when the row has a place of its own in its source: « kit.csv, ligne 12 ».
    """

    model: type[Dated]
    values: Mapping[str, Any]
    valid: Period[date] = Period()
    many: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)
    note: str = ""

    @property
    def about(self) -> dict[str, Any]:
        """The part of the values that says what the row is about."""
        return {name: self.values.get(name, default) for name, default in _defaults(self.model)}


@cache
def _defaults(model: type[Dated]) -> tuple[tuple[str, Any], ...]:
    """What a row is about, field by field, when nobody says. One that must be said has no default: the database refuses it."""
    fields: Mapping[str, Any] = {field.name: field for field in model._meta.concrete_fields}
    return tuple((name, fields[name].get_default()) for name in model.OF)


# --- The verbs --------------------------------------------------------------------------------------------------------


def record(entry: Entry, by: By, *, seen: Collection[int] | None = None) -> Dated:
    """Hold that this is true on these days. Saying again what is held changes nothing and gives the held row back.

    ``seen`` are the numbers of the rows that the writer read on these days: when another is held, or when one of them has
    ended, somebody was faster.
    """
    with _writing(entry):
        overlapping = _refuse_unseen(entry, seen)
        same = next((row for row in overlapping if _says_the_same(row, entry)), None)
        if same is not None:
            return same
        for row in overlapping:
            _end(row, by)
            # What stays of a row keeps its source and its note: only its days are written again.
            for piece in Period(row.valid_from, row.valid_until).without(entry.valid):
                _insert(_entry_of(row, piece), replace(by, source=row.source, note=row.note))
        return _insert(entry, by)


def correct(row: Dated, entry: Entry, by: By) -> Dated:
    """The row was wrong: it stops being known, and the entry stands in its place."""
    if row.standing != HELD:
        raise RecordError("Ce fait n'est pas tenu : on ne corrige que ce qui l'est. S'il est proposé, tranchez.")
    with _writing(entry, *identities(row)):
        _end(row, by)
        others = [other for other in _overlapping(entry) if other.pk != row.pk]
        if others:
            raise RecordError(f"Un autre fait vaut déjà {days(others[0])} : corrigez-le d'abord, ou changez les jours.")
        return _insert(entry, by)


def retire(row: Dated, by: By) -> None:
    """The row was wrong and nothing replaces it."""
    with transaction.atomic(), revision.once():
        lock(identities(row))
        _end(row, by)


def propose(entry: Entry, by: By) -> Dated:
    """Keep what a source says against what is held, without holding it. The same proposal is kept once.

    A source that says what is held contests nothing: the held row is given back.
    """
    with _writing(entry):
        for row in entry.model.objects.held_or_proposed().filter(**entry.about):
            if (row.standing == HELD or row.source_id == by.source.pk) and _says_the_same(row, entry):
                return row
        return _insert(entry, by, standing=PROPOSED)


def settle(proposed: Dated, by: By, *, accept: bool, seen: Collection[int] | None = None) -> Dated | None:
    """Take the proposal (it becomes held, with its own source) or leave it. Either way it is settled.

    ``seen`` are the numbers of the rows with which it was compared (what is held, other proposals), as in ``record``.
    """
    if proposed.standing != PROPOSED:
        raise RecordError("Ce fait n'attend pas qu'on tranche : il n'est pas proposé.")
    entry = _entry_of(proposed, Period(proposed.valid_from, proposed.valid_until))
    with _writing(entry):
        lock([(entry.model, pk) for pk in (proposed.pk, *(seen or ()))])
        _refuse_unseen(entry, seen)
        _end(proposed, by)
        if not accept:
            return None
        return record(entry, replace(by, source=proposed.source))


def record_all(entries: Iterable[Entry], by: By) -> int:
    """Many facts at once, in one transaction: those about nothing yet held are written together, the others one by one."""
    with transaction.atomic(), revision.once():
        by_model: dict[type[Dated], list[Entry]] = {}
        for entry in entries:
            by_model.setdefault(entry.model, []).append(entry)
        for model, group in by_model.items():
            _record_group(model, group, by)
        return sum(map(len, by_model.values()))


# --- How --------------------------------------------------------------------------------------------------------------


@contextmanager
def _writing(entry: Entry, *others: tuple[type[models.Model], Any]) -> Iterator[None]:
    """One transaction, closed whatever happens; what the database refuses becomes a sentence."""
    try:
        with transaction.atomic(), revision.once():
            lock([*_identities(entry.model, entry.about), *others])
            yield
    except (IntegrityError, DataError) as error:
        raise _refusal(error, [entry]) from error


def lock(things: Iterable[tuple[type[models.Model], Any]]) -> None:
    """Whoever writes about one of these things (a model, a number) waits until our transaction ends. Read after it, not before.

    Whatever is asked, things are taken in one order, so that two writers never hold what the other waits for: identities first,
    then rows, by a call of their own. A row elsewhere that only names the thing does not wait.
    """
    if connection.vendor != "postgresql":
        return  # SQLite has one writer at a time, from the beginning of its transaction
    by_model: dict[type[models.Model], set[Any]] = {}
    for model, pk in things:
        by_model.setdefault(model, set()).add(pk)
    for model in sorted(by_model, key=lambda model: model._meta.label):
        pks = sorted(by_model[model])
        for start in range(0, len(pks), _CHUNK):
            rows = model._default_manager.filter(pk__in=pks[start : start + _CHUNK]).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk"))


def identities(row: Dated) -> list[tuple[type[models.Model], Any]]:
    """The things that a row is about, as ``lock`` takes them."""
    fields: Mapping[str, Any] = {field.name: field for field in row._meta.concrete_fields}
    return _identities(type(row), {name: getattr(row, fields[name].attname) for name in row.OF})


def _identities(model: type[Dated], about: Mapping[str, Any]) -> list[tuple[type[models.Model], Any]]:
    related = [(model._meta.get_field(name).related_model, plain(value)) for name, value in about.items()]
    return [(thing, pk) for thing, pk in related if thing is not None and pk is not None]


def _refusal(error: Exception, entries: Iterable[Entry]) -> RecordError:
    """What the database refuses, in words."""
    if "overlap" in str(error):
        return TooLate("Un fait du même objet vient d'être écrit pour ces jours : relisez-le, puis décidez.")
    missing = next((lacks for lacks in map(_lacks, entries) if lacks), "")
    why = missing or "une valeur est trop longue, hors des bornes, ou nomme ce qui n'existe pas"
    return RecordError(f"Un fait ne peut pas être écrit : {why}. Rien n'a été changé.")


def _lacks(entry: Entry) -> str:
    """The value that a fact needs and does not have."""
    for name in value_fields(entry.model):
        field = entry.model._meta.get_field(name)
        assert isinstance(field, models.Field)
        if not field.null and entry.values.get(name, field.get_default()) is None:
            return f"il manque « {field.verbose_name} » ({entry.model._meta.verbose_name})"
    return ""


def _overlapping(entry: Entry) -> QuerySet[Dated]:
    return entry.model.objects.held().filter(**entry.about).overlapping(entry.valid).in_time()


def _refuse_unseen(entry: Entry, seen: Collection[int] | None) -> list[Dated]:
    """The held rows that an entry would replace. What somebody did not read is not replaced, nor what they read and has ended."""
    held = list(_overlapping(entry))
    if seen is None:
        return held
    rows = entry.model.objects.filter(pk__in=seen)
    gone = set(seen) - set(rows.known_at(None).values_list("pk", flat=True))
    settled = {row.pk for row in rows if row.pk in gone and row.standing == PROPOSED}
    if gone - settled or not {row.pk for row in held} <= set(seen):
        raise TooLate("Quelqu'un a été plus rapide : ce qui est tenu a changé. Comparez de nouveau.")
    if settled:
        raise TooLate("Quelqu'un a été plus rapide : une autre proposition est tranchée. Comparez de nouveau.")
    return held


def _end(row: Dated, by: By) -> None:
    """The one update: the end of a knowledge, by whoever finds it still open."""
    if row.known_from >= by.recorded_at:
        raise TooLate("Ce fait a été écrit au même instant ou après : relisez-le, puis décidez. Rien n'a été changé.")
    still_known = type(row).objects.known_at(None).filter(pk=row.pk)
    if still_known.update(**_ending(by)) != 1:
        raise TooLate("Quelqu'un a changé ce fait avant vous : relisez-le, puis décidez. Rien n'a été changé.")
    revision.move()


def _ending(by: By) -> dict[str, Any]:
    """The end of a knowledge: when, by whom, why."""
    return {
        "known_until": by.recorded_at,
        "ended_by": by.author,
        "ended_reason": by.reason,
        "ended_note": by.note,
    }


def _refuse_controls(values: Mapping[str, Any]) -> None:
    """No text holds a character that is no letter: one of them stops a feed, or a database that has no place for it."""
    for name, value in values.items():
        if not isinstance(value, str) or value.isprintable():
            continue
        if any(category(character) in ("Cc", "Cs") and character not in "\n\r\t" for character in value):
            raise RecordError(f"La valeur de « {name} » contient un caractère de commande invisible : retirez-le.")


def _insert(entry: Entry, by: By, *, standing: str = HELD) -> Dated:
    _refuse_controls(entry.values)
    row = entry.model(
        **entry.values,
        valid_from=entry.valid.start,
        valid_until=entry.valid.end,
        known_from=by.recorded_at,
        standing=standing,
        source=by.source,
        author=by.author,
        reason=by.reason,
        note=entry.note or by.note,
    )
    row.save(force_insert=True)
    revision.move()
    for name, named in entry.many.items():
        # The rows that a row names are kept in the order in which they are named.
        through = getattr(type(row), name).through
        source, target = (f.name for f in through._meta.fields[1:3])
        through._default_manager.bulk_create(
            through(**{source: row, target: named_row}) for named_row in dict.fromkeys(named)
        )
    return row


def _entry_of(row: Dated, valid: Period[date]) -> Entry:
    values = {name: getattr(row, name) for name in value_fields(type(row))}
    many = {f.name: list(getattr(row, f.name).all()) for f in type(row)._meta.many_to_many}
    return Entry(type(row), values, valid, many)


def _says_the_same(row: Dated, entry: Entry) -> bool:
    """Do they say the same? What a row tells of the delivery in which it was read is left out (``TOLD_BY_THE_SOURCE``)."""
    if (row.valid_from, row.valid_until) != (entry.valid.start, entry.valid.end):
        return False
    fields: Mapping[str, Any] = {field.name: field for field in row._meta.concrete_fields}
    for name in value_fields(type(row)):
        said, says = getattr(row, name), entry.values.get(name, fields[name].get_default())
        told = TOLD_BY_THE_SOURCE.get(name)
        if (said is None) != (says is None) if told else told is None and said != says:
            return False
    return all(
        {named.pk for named in getattr(row, many.name).all()} == {named.pk for named in entry.many.get(many.name, ())}
        for many in row._meta.many_to_many
    )


def days(row: Dated) -> str:
    """The days of a row, as a refusal names them."""
    start = f"depuis le {day(row.valid_from)}" if row.valid_from else "depuis toujours"
    return f"{start}, jusqu'au {day(row.valid_until)} exclu" if row.valid_until else start


def _record_group(model: type[Dated], group: list[Entry], by: By) -> None:
    """Entries about something already held, or said twice here, go one by one; the others in one statement."""
    of = _defaults(model)
    abouts = [tuple([plain(entry.values.get(name, default)) for name, default in of]) for entry in group]
    firsts = list(dict.fromkeys([about[0] for about in abouts]))
    rows = model.objects.held()
    if len(firsts) > _CHUNK and all(type(first) is int for first in firsts):
        rows = rows.filter(**{f"{model.OF[0]}__gte": min(firsts), f"{model.OF[0]}__lte": max(firsts)})  # type: ignore[type-var]
    elif len(firsts) <= _CHUNK:
        rows = rows.filter(**{f"{model.OF[0]}__in": firsts})
    held: set[tuple[object, ...]] = set(rows.values_list(*model.OF))
    fresh: list[Entry] = []
    others: list[Entry] = []
    for entry, about in zip(group, abouts, strict=True):
        (others if about in held or entry.many else fresh).append(entry)
        held.add(about)
    insert_together(model, fresh, by)
    for entry in others:
        record(entry, by)


@dataclass(eq=False, slots=True)
class Unborn:
    """An identity that is not made yet: ``pk`` is None until it is."""

    model: type[models.Model]
    key: str
    fixed: Mapping[str, Any]
    pk: int | None = None


def plain(value: object) -> object:
    """The number of what is named; what has none yet stands for itself."""
    if isinstance(value, models.Model | Unborn):
        return value if value.pk is None else value.pk
    return value


def insert_together(model: type[Dated], entries: Sequence[Entry], by: By, standing: str = HELD) -> None:
    """One prepared statement for all: a hundred thousand facts at the speed of the driver."""
    insert_each(model, [(entry, by, standing) for entry in entries])


def insert_each(model: type[Dated], rows: Sequence[tuple[Entry, By, str]]) -> None:
    """The same, each entry with its own source and standing. All are written at one instant, by one author."""
    if not rows:
        return
    naming = any(entry.many for entry, _, _ in rows)
    last = (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) if naming else 0
    fields = [field for field in model._meta.concrete_fields if field.name in set(value_fields(model))]
    every = [str(field.column) for field in fields]
    every += ["valid_from", "valid_until", "known_from", "known_until"]
    every += ["standing", "source_id", "author", "reason", "note"]
    try:
        _write_rows(model, every, _prepared(fields, rows))
        revision.move()
        if naming:
            _name_together(model, rows, last)
    except (IntegrityError, DataError) as error:
        raise _refusal(error, [entry for entry, _, _ in rows]) from error


def _prepared(fields: Sequence[Any], given: Iterable[tuple[Entry, By, str]]) -> list[tuple[Any, ...]]:
    """The rows of entries, as the driver takes them: keys for what they name, days as the database writes them."""
    adapt = connection.ops.adapt_datefield_value
    wanted = [(field.name, field.get_default()) for field in fields]
    keys = [place for place, field in enumerate(fields) if field.is_relation]
    days = [place for place, field in enumerate(fields) if isinstance(field, models.DateField)]
    texts = [place for place, field in enumerate(fields) if isinstance(field, models.CharField | models.TextField)]
    tails: dict[tuple[int, str], tuple[Any, ...]] = {}
    rows: list[tuple[Any, ...]] = []
    for entry, by, standing in given:
        values, valid = entry.values.get, entry.valid
        row = [values(name, default) for name, default in wanted]
        for place in texts:
            if row[place] and not row[place].isprintable():
                _refuse_controls(entry.values)
        for place in keys:
            if row[place] is not None and type(row[place]) is not int:
                row[place] = row[place].pk
        for place in days:
            if row[place] is not None:
                row[place] = adapt(row[place])
        tail = tails.get((id(by), standing))
        if tail is None:
            known_from = connection.ops.adapt_datetimefield_value(by.recorded_at)
            tail = tails[id(by), standing] = (known_from, None, standing, by.source.pk, by.author, by.reason)
        start, end = valid.start, valid.end
        rows.append((*row, start and adapt(start), end and adapt(end), *tail, entry.note or by.note))
    return rows


def _write_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Many rows at once: on PostgreSQL by COPY, four times as fast as one statement a row."""
    quote = connection.ops.quote_name
    table, named = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > _FEW:
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)


def _name_together(model: type[Dated], rows: Sequence[tuple[Entry, By, str]], last: int) -> None:
    """The rows that rows just written name. Numbers grow: the entries and what was written after ``last`` go in step."""
    by = rows[0][1]
    written = model.objects.learnt_at(by.recorded_at).filter(pk__gt=last, author=by.author).order_by("pk")
    numbered = list(zip(written.values_list("pk", flat=True), rows, strict=True))
    for many in model._meta.many_to_many:
        through: Any = getattr(model, many.name).through
        columns = [f.column for f in through._meta.fields[1:3]]
        named = [
            (pk, plain(named_row))
            for pk, (entry, _, _) in numbered
            for named_row in dict.fromkeys(entry.many.get(many.name, ()))
        ]
        _write_rows(through, columns, named)


def identified(model: type[models.Model], keys: Collection[str]) -> dict[str, int]:
    """The numbers of identities by their key. A few are asked for; of many, the whole table is read: it is not much longer."""
    rows = model._default_manager.all() if len(keys) > _CHUNK else model._default_manager.filter(key__in=keys)
    return dict(rows.values_list("key", "pk"))


def make(model: type[models.Model], wanted: Sequence[Unborn]) -> None:
    """Make identities, and give each its number."""
    if not wanted:
        return
    fixed = list(wanted[0].fixed)
    columns = ["key", *(str(model._meta.get_field(name).attname) for name in fixed)]  # type: ignore[union-attr]
    rows = [(each.key, *(plain(each.fixed[name]) for name in fixed)) for each in wanted]
    _write_rows(model, columns, rows)
    revision.move()
    found = identified(model, [each.key for each in wanted])
    for each in wanted:
        each.pk = found[each.key]


def end_together(model: type[Dated], known: Mapping[int, datetime], by: By) -> None:
    """``_end`` for many rows, each with the instant since when it is known."""
    if not known:
        return
    if max(known.values()) >= by.recorded_at:
        raise TooLate("Ce fait a été écrit au même instant ou après : relisez-le, puis décidez. Rien n'a été changé.")
    pks = list(known)
    for start in range(0, len(pks), _CHUNK):
        chunk = pks[start : start + _CHUNK]
        rows = model.objects.known_at(None).filter(pk__in=chunk)
        if rows.update(**_ending(by)) != len(chunk):
            raise TooLate("Quelqu'un a changé ce fait avant vous : relisez-le, puis décidez. Rien n'a été changé.")
    revision.move()
