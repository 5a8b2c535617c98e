"""Bring your own schools: the lines of a filled template, written as facts through ``record``.

What is new is recorded; what the same publisher says otherwise takes the place of what it said; what another publisher holds is
never overwritten but contested, for somebody to settle. What the file does not mention is left alone. Said twice, a file
changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import models as db
from django.db import transaction

from equerre.imports.report import Refused, Report
from equerre.imports.running import Delivery, fingerprint, run
from equerre.imports.schools.reading import DescribedLine, FactLine, Line, RegistryKeys, SourceLine, parse
from equerre.imports.schools.rows import CellPlace, Files
from equerre.imports.schools.template import CERTIFICATION, IDENTITIES, Holds, TemplateColumn
from equerre.kernel.period import Period
from equerre.registry import models, record
from equerre.registry.dated import HELD, PROPOSED, Dated, Source, value_fields
from equerre.registry.record import By, Entry, RecordError

PUBLISHER = "Fichier des écoles"
_CHUNK = 500


def bring(
    files: Files,
    title: str,
    *,
    author: str,
    recorded_at: datetime,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Read these files and write what they say. Raises :class:`ImportRefused` when anything is wrong, unless ``keep_good``."""
    # The bytes of one file; of several, with their names between.
    pieces = (
        files.values() if len(files) == 1 else (part for name in sorted(files) for part in (name.encode(), files[name]))
    )
    delivery = Delivery(PUBLISHER, title, None, fingerprint(pieces))
    return run(
        parse(files, held()),
        load,
        delivery,
        author=author,
        recorded_at=recorded_at,
        dry_run=dry_run,
        keep_good=keep_good,
        progress=progress,
    )


def held() -> RegistryKeys:
    """The keys and the sources that the registry knows."""
    identities: dict[str, Mapping[str, Mapping[str, Any]]] = {}
    for sheet, model in IDENTITIES.items():
        fixed = [f.name for f in model._meta.concrete_fields if f.name not in ("id", "key")]
        columns = ["school__key" if name == "school" else name for name in fixed]
        rows = model._default_manager.values_list("key", *columns)
        identities[sheet] = {row[0]: dict(zip(fixed, row[1:], strict=True)) for row in rows}
    sources = Source.objects.values_list("key", "publisher", "title", "dated_on", "url", "sha256")
    return RegistryKeys(identities, {row[0]: row[1:] for row in sources})


def load(lines: Sequence[Line], by: By, report: Report, progress: Callable[[int], None]) -> None:
    """Write the lines: sources, then what exists, then facts in the order of the file."""
    sources = _sources(line for line in lines if isinstance(line, SourceLine))
    identities = _Identities(report)
    for line in lines:
        if isinstance(line, DescribedLine):
            identities.make(line)
    facts: dict[str, list[FactLine]] = {}
    for line in lines:
        if isinstance(line, FactLine):
            facts.setdefault(line.sheet.key, []).append(line)
    identities.mention(line for group in facts.values() for line in group)
    done = 0

    def tell(count: int) -> None:
        progress(done + count)

    for group in facts.values():
        _FactsLoad(group, by, report, sources, identities).load(tell)
        done += len(group)
    identities.count(line for group in facts.values() for line in group)


def _sources(described: Iterable[SourceLine]) -> dict[str, Source]:
    """Every source by its key, those that are described made once."""
    for line in described:
        publisher, title, dated_on, url, sha256 = line.values
        defaults = {"publisher": publisher, "title": title, "dated_on": dated_on, "url": url, "sha256": sha256}
        Source.objects.get_or_create(key=line.key, defaults=defaults)
    return {source.key: source for source in Source.objects.all()}


class _Identities:
    """What exists, by sheet and key: made when it is described, or (a certification) when it is named."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._named: dict[tuple[str, str], bool] = {}  # those that lines name, and whether they were made here
        self._known: dict[str, dict[str, db.Model]] = {
            sheet: {row.key: row for row in model._default_manager.all()} for sheet, model in IDENTITIES.items()
        }
        self._known[CERTIFICATION] = {}

    def make(self, line: DescribedLine) -> None:
        self._named.setdefault((line.sheet, line.key), line.key not in self._known[line.sheet])
        if line.key in self._known[line.sheet]:
            return
        fixed = {name: self.of(name, value) if name == "school" else value for name, value in line.fixed.items()}
        self._known[line.sheet][line.key] = IDENTITIES[line.sheet]._default_manager.create(key=line.key, **fixed)

    def mention(self, lines: Iterable[FactLine]) -> None:
        """The certifications that these lines name."""
        codes = sorted({key for line in lines for column, key in _keys_of(line) if column.refers == CERTIFICATION})
        for start in range(0, len(codes), _CHUNK):
            some = codes[start : start + _CHUNK]
            models.Certification.objects.bulk_create(
                [models.Certification(key=code) for code in some], ignore_conflicts=True
            )
            found = models.Certification.objects.filter(key__in=some)
            self._known[CERTIFICATION].update({row.key: row for row in found})

    def of(self, sheet: str, key: str) -> db.Model:
        return self._known[sheet][key]

    def count(self, lines: Iterable[FactLine]) -> None:
        """What is named and of which no line tells a fact counts for one line too."""
        told = {(line.sheet.key, line.about[0]) for line in lines}
        for named, made in self._named.items():
            if named not in told:
                self._report.count("new" if made else "unchanged")


def _keys_of(line: FactLine) -> Iterator[tuple[TemplateColumn, str]]:
    for column in line.sheet.columns:
        if column.holds is Holds.KEYS:
            yield from ((column, key) for key in line.many.get(column.key, ()))
        elif column.holds is Holds.KEY and line.values.get(column.key) is not None:
            yield column, line.values[column.key]


# --- The facts of one sheet --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ReadyLine:
    """One line, ready to be written."""

    line: FactLine
    entry: Entry
    source: Source

    @property
    def about(self) -> tuple[Any, ...]:
        return tuple(_plain(self.entry.values[name]) for name in self.entry.model.OF)

    def said_before(self, held: Sequence[Dated], proposed: Sequence[Dated]) -> bool:
        """Is it held already? Or did the same publisher propose it, whether it waits or was settled since?"""
        said = (_said(self.entry), self.entry.valid)
        same = (row for row in proposed if row.source.publisher == self.source.publisher)
        return any((_row_said(row), _days(row)) == said for row in (*held, *same))

    def contradicts_its_own(self, held: Sequence[Dated]) -> bool:
        """Are the held rows that it contradicts all of its own publisher?"""
        against = [row for row in held if _days(row).overlaps(self.entry.valid)]
        return bool(against) and all(row.source.publisher == self.source.publisher for row in against)

    def restates(self, touched: Sequence[Dated]) -> str:
        """``ended`` when only the end is new, and earlier; else ``changed``."""
        end = self.entry.valid.end
        same = (
            row for row in touched if _row_said(row) == _said(self.entry) and row.valid_from == self.entry.valid.start
        )
        earlier = end is not None and any(row.valid_until is None or end < row.valid_until for row in same)
        return "ended" if earlier else "changed"


class _FactsLoad:
    """The facts of one sheet against what is held of the same things."""

    def __init__(
        self,
        lines: Sequence[FactLine],
        by: By,
        report: Report,
        sources: Mapping[str, Source],
        identities: _Identities,
    ) -> None:
        self._by = by
        self._report = report
        self._sources = sources
        self._identities = identities
        self._told = [self._tell(line) for line in lines]
        self._held, self._proposed = _rows(self._told)
        self._queue: list[_ReadyLine] = []
        self._queued: set[tuple[Any, ...]] = set()

    def load(self, progress: Callable[[int], None]) -> None:
        """What the registry knows nothing of, in the order of the file; then, thing by thing, what it knows something of."""
        again: dict[tuple[Any, ...], list[_ReadyLine]] = {}
        for done, told in enumerate(self._told, start=1):
            if told.about in self._held or told.about in self._proposed:
                again.setdefault(told.about, []).append(told)
            elif told.line.standing == PROPOSED:
                self._flush()
                self._propose(told)
            else:
                self._put(told)
            if done % _CHUNK == 0:
                progress(done)
        self._flush()
        for about, group in again.items():
            self._again(self._held.get(about, []), self._proposed.get(about, []), group)
        progress(len(self._told))

    def _tell(self, line: FactLine) -> _ReadyLine:
        values = dict(line.values)
        for column in line.sheet.columns:
            if column.holds is Holds.KEY and values.get(column.key) is not None:
                values[column.key] = self._identities.of(column.refers, values[column.key])
        many = {
            name: [self._identities.of(line.sheet.column(name).refers, key) for key in keys]
            for name, keys in line.many.items()
        }
        assert line.sheet.model is not None
        source = self._by.source if line.source is None else self._sources[line.source]
        return _ReadyLine(line, Entry(line.sheet.model, values, line.valid, many), source)

    # --- of what nothing is held -------------------------------------------------------------------------------------------

    def _put(self, told: _ReadyLine) -> None:
        """Aside, to be written with those of the same source; in the order of the file, which is that of the findings."""
        alone = told.about in self._queued or bool(told.entry.many)
        if alone or (self._queue and self._queue[0].source.pk != told.source.pk):
            self._flush()
        self._queued.add(told.about)
        self._queue.append(told)
        if alone or len(self._queue) >= _CHUNK:
            self._flush()

    def _flush(self) -> None:
        if self._queue:
            queue, self._queue = self._queue, []
            entries = [told.entry for told in queue]
            writer = self._writer(queue[0].source)
            if len(queue) == 1 or not self._try(None, partial(record.record_all, entries, writer)):
                for told in queue:
                    self._write("new", told, partial(record.record, told.entry, writer))
            else:
                self._report.count("new", len(queue))

    def _propose(self, told: _ReadyLine) -> None:
        self._write("contested", told, partial(record.propose, told.entry, self._writer(told.source)))

    # --- of what something is held -----------------------------------------------------------------------------------------

    def _again(self, held: Sequence[Dated], proposed: Sequence[Dated], group: Sequence[_ReadyLine]) -> None:
        """The lines about one thing: those that say it again, those that restate it, those that contest it."""
        fresh = [told for told in group if not told.said_before(held, proposed)]
        self._report.count("unchanged", len(group) - len(fresh))
        restating = [told for told in fresh if told.line.standing == HELD and told.contradicts_its_own(held)]
        touched = [row for row in held if any(_days(row).overlaps(told.entry.valid) for told in restating)]
        left = [(row, days) for row in touched for days in _left(row, restating)]
        if restating:
            self._restate(touched, left, restating)
        kept = [_days(row) for row in held if row not in touched] + [days for _, days in left]
        for told in fresh:
            if told in restating:
                continue
            if told.line.standing == PROPOSED or any(days.overlaps(told.entry.valid) for days in kept):
                self._propose(told)
            else:
                self._write("new", told, partial(record.record, told.entry, self._writer(told.source)))

    def _restate(
        self, touched: Sequence[Dated], left: Sequence[tuple[Dated, Period[date]]], restating: Sequence[_ReadyLine]
    ) -> None:
        """The same publisher says otherwise: the rows it touches stop being known, what it leaves of their days stays."""
        outcomes = Counter(told.restates(touched) for told in restating)

        def write() -> None:
            for row in touched:
                record.retire(row, self._by)
            for row, days in left:
                record.record(_piece(row, days), replace(self._by, source=row.source, note=row.note))
            for told in restating:
                record.record(told.entry, self._writer(told.source))

        if self._try(restating[0].line.place, write):
            for outcome, number in outcomes.items():
                self._report.count(outcome, number)

    # --- both ------------------------------------------------------------------------------------------------------------

    def _writer(self, source: Source) -> By:
        return replace(self._by, source=source)

    def _write(self, outcome: str, told: _ReadyLine, write: Callable[[], object]) -> None:
        if self._try(told.line.place, write):
            self._report.count(outcome)

    def _try(self, place: CellPlace | None, write: Callable[[], object]) -> bool:
        """Write, in a transaction of its own; what ``record`` refuses is told with its place, if there is one to tell."""
        try:
            with transaction.atomic():
                write()
        except RecordError as error:
            if place is not None:
                self._report.refused.append(Refused(place.file, place.line, "", str(error)))
            return False
        return True


def _piece(row: Dated, days: Period[date]) -> Entry:
    values = {name: getattr(row, name) for name in value_fields(type(row))}
    many = {f.name: list(getattr(row, f.name).all()) for f in type(row)._meta.many_to_many}
    return Entry(type(row), values, days, many)


def _rows(told: Sequence[_ReadyLine]) -> tuple[dict[tuple[Any, ...], list[Dated]], dict[tuple[Any, ...], list[Dated]]]:
    """What is held now, and all that was ever proposed, of the things that these lines are about."""
    held: dict[tuple[Any, ...], list[Dated]] = {}
    proposed: dict[tuple[Any, ...], list[Dated]] = {}
    if not told:
        return held, proposed
    model = told[0].entry.model
    firsts = list(dict.fromkeys(one.about[0] for one in told))
    named = [f.name for f in model._meta.many_to_many]
    for start in range(0, len(firsts), _CHUNK):
        some = {f"{model.OF[0]}__in": firsts[start : start + _CHUNK]}
        rows = model.objects.held_or_ever_proposed().filter(**some)
        for row in rows.select_related("source").prefetch_related(*named):
            about = tuple(_plain(getattr(row, _attname(model, name))) for name in model.OF)
            (held if row.standing == HELD else proposed).setdefault(about, []).append(row)
    return held, proposed


def _attname(model: type[Dated], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _plain(value: object) -> object:
    return value.pk if isinstance(value, db.Model) else value


def _said(entry: Entry) -> tuple[Any, ...]:
    """What a line says, days apart: values in order, then the rows it names."""
    values = (_plain(entry.values[name]) for name in value_fields(entry.model))
    many = (sorted({one.pk for one in entry.many.get(f.name, ())}) for f in entry.model._meta.many_to_many)
    return (*values, *map(tuple, many))


def _row_said(row: Dated) -> tuple[Any, ...]:
    values = (getattr(row, _attname(type(row), name)) for name in value_fields(type(row)))
    many = (sorted(one.pk for one in getattr(row, f.name).all()) for f in type(row)._meta.many_to_many)
    return (*values, *map(tuple, many))


def _days(row: Dated) -> Period[date]:
    return Period(row.valid_from, row.valid_until)


def _left(row: Dated, group: Sequence[_ReadyLine]) -> list[Period[date]]:
    """The days of a row that these lines leave alone: none when one of them says the same for other days."""
    over = [told for told in group if _days(row).overlaps(told.entry.valid)]
    if any(_said(told.entry) == _row_said(row) for told in over):
        return []
    left = [_days(row)]
    for told in over:
        left = [piece for days in left for piece in _without(days, told.entry.valid)]
    return left


def _without(days: Period[date], taken: Period[date]) -> Iterator[Period[date]]:
    if not days.overlaps(taken):
        yield days
        return
    if taken.start is not None and (days.start is None or days.start < taken.start):
        yield Period(days.start, taken.start)
    if taken.end is not None and (days.end is None or taken.end < days.end):
        yield Period(taken.end, days.end)
