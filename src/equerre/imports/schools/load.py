"""Bring your own schools: the lines of a filled template, weighed against what is held (``registry.weighing``).

What is new is recorded; what the same publisher says otherwise takes the place of what it said; what another publisher holds is
never overwritten but contested, for somebody to settle. What the file does not mention is left alone. Said twice, a file
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from equerre.imports.report import Report
from equerre.imports.running import DeliveryFile, fingerprint, run
from equerre.imports.schools.reading import DescribedLine, FactLine, Line, RegistryKeys, SourceLine, parse
from equerre.imports.schools.rows import Files
from equerre.imports.schools.template import CERTIFICATION, IDENTITIES, Holds, TemplateColumn
from equerre.registry import models
from equerre.registry.dated import Source
from equerre.registry.delivering import REFUSED, StagedPart, Staging, Told
from equerre.registry.history import PARIS
from equerre.registry.record import Entry, Unborn

PUBLISHER = "Fichier des écoles"
KIND = "schools"


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
    delivery = DeliveryFile(PUBLISHER, title, None, fingerprint(pieces), KIND)
    return run(
        parse(files, held(), read_on=recorded_at.astimezone(PARIS).date()),
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


def load(
    lines: Sequence[Line], staging: Staging, report: Report, progress: Callable[[int], None]
) -> Callable[[], None]:
    """Weigh the lines: sources, then what exists, then facts sheet by sheet; what is given back tells them."""
    sources = _sources(staging, (line for line in lines if isinstance(line, SourceLine)))
    facts = [line for line in lines if isinstance(line, FactLine)]
    identities = _Identities(staging)
    for line in lines:
        if isinstance(line, DescribedLine):
            identities.describe(line)
    identities.mention(facts)
    sheets: dict[str, list[Told]] = {}
    for rank, line in enumerate(facts):
        source = staging.by.source if line.source is None else sources[line.source]
        told = Told(_entry(line, identities), source, line.standing, place=line.place, rank=rank)
        sheets.setdefault(line.sheet.key, []).append(told)
    pieces: list[StagedPart] = []
    done = 0
    for group in sheets.values():
        pieces += staging.restated(group[0].entry.model, group)
        done += len(group)
        progress(done)

    def tell() -> None:
        for outcome in (word for piece in pieces for thing in piece.things for word in thing.outcomes):
            if outcome != REFUSED:
                report.count(outcome)
        for made in identities.untold(facts):
            report.count("new" if made else "unchanged")

    return tell


def _sources(staging: Staging, described: Iterable[SourceLine]) -> dict[str, Source]:
    """Every source by its key, those that are described made once."""
    known = {source.key: source for source in Source.objects.all()}
    for line in described:
        if line.key not in known:
            publisher, title, dated_on, url, sha256 = line.values
            source = Source(key=line.key, publisher=publisher, title=title, dated_on=dated_on, url=url, sha256=sha256)
            known[line.key] = staging.source(source)
    return known


class _Identities:
    """What exists, by sheet and key: to be made when it is described, or (a certification) when it is named."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._named: dict[tuple[str, str], bool] = {}  # those that lines name, and whether they are made here
        self._known: dict[str, dict[str, int | Unborn]] = {
            sheet: dict(model._default_manager.values_list("key", "pk")) for sheet, model in IDENTITIES.items()
        }
        self._known[CERTIFICATION] = {}

    def describe(self, line: DescribedLine) -> None:
        known = self._known[line.sheet]
        self._named.setdefault((line.sheet, line.key), line.key not in known)
        if line.key not in known:
            fixed = {name: self.of(name, value) if name == "school" else value for name, value in line.fixed.items()}
            known[line.key] = self._staging.unborn(IDENTITIES[line.sheet], line.key, **fixed)

    def mention(self, lines: Iterable[FactLine]) -> None:
        """The certifications that these lines name."""
        codes = sorted({key for line in lines for column, key in _keys_of(line) if column.refers == CERTIFICATION})
        self._known[CERTIFICATION] = self._staging.numbers(models.Certification, codes)

    def of(self, sheet: str, key: str) -> int | Unborn:
        return self._known[sheet][key]

    def untold(self, lines: Iterable[FactLine]) -> Iterator[bool]:
        """What is named and of which no line tells a fact counts for one line too: is it made here?"""
        told = {(line.sheet.key, line.about[0]) for line in lines}
        return (made for named, made in self._named.items() if named not in told)


def _keys_of(line: FactLine) -> Iterator[tuple[TemplateColumn, str]]:
    for column in line.sheet.columns:
        if column.holds is Holds.KEYS:
            yield from ((column, key) for key in line.many.get(column.key, ()))
        elif column.holds is Holds.KEY and line.values.get(column.key) is not None:
            yield column, line.values[column.key]


def _entry(line: FactLine, identities: _Identities) -> Entry:
    """What a line says, with the numbers of what it names."""
    values: dict[str, Any] = dict(line.values)
    for column in line.sheet.columns:
        if column.holds is Holds.KEY and values.get(column.key) is not None:
            values[column.key] = identities.of(column.refers, values[column.key])
    many: Mapping[str, Any] = {
        name: [identities.of(line.sheet.column(name).refers, key) for key in keys] for name, keys in line.many.items()
    }
    assert line.sheet.model is not None
    return Entry(line.sheet.model, values, line.valid, many)
