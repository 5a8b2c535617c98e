"""From the tree of a file of facts to ``SchoolFacts``, with all that is wrong in it, noted as it is met.

The tree is that of a TOML text or of a JSON document: the same keys. They differ in how a date is written and in how a
place is named, which is all that a ``Notation`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Protocol, TypeVar

from equerre.documents.facts_file.shape import KNOWN, SCHOOL, SOURCE, TOP, keys_of, needed_by
from equerre.documents.facts_file.toml_lines import Path
from equerre.documents.facts_file.values import Dates, Wrong, day_of, instant_of, shown, value_of
from equerre.facts import KINDS
from equerre.facts.kind import Field, Kind
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel import uai
from equerre.kernel.errors import FactsError, LawError, PeriodError, quoted
from equerre.kernel.fact import Fact, Source
from equerre.kernel.french import day, listed
from equerre.kernel.french import last_day as last_day_before
from equerre.kernel.period import Period
from equerre.law.readings import check_option

Values = dict[str, object]
Placed = tuple[Path, Fact[object]]
Moment = TypeVar("Moment", date, datetime)
SUGGESTED = 100  # how many unknown names get a suggestion, which is the one slow thing here
MANY = 20  # more keys than one reads in a sentence


class Notation(Protocol):
    """TOML or JSON: its dates, its places, its words.

    ``refused`` is what stands for a value already reported ("" when none was). ``place`` begins a problem, and ranks it
    among the others; ``there`` names a place inside a sentence; ``table`` and ``row`` show how one is opened.
    """

    dates: Dates
    refused: str

    def place(self, path: Path) -> tuple[int, str]: ...
    def there(self, path: Path) -> str: ...
    def table(self, name: str) -> str: ...
    def row(self, kind: str) -> str: ...


def read_tree(tree: Mapping[str, object], notation: Notation, noted: Sequence[tuple[int, str]] = ()) -> SchoolFacts:
    """The facts of a tree. Raises :class:`FactsError` with all that is wrong, after what was ``noted`` before."""
    reading = _TreeReader(notation, list(noted))
    facts = reading.facts(tree)
    if facts is None:
        raise FactsError([problem for _, problem in sorted(reading.problems, key=lambda ranked: ranked[0])])
    return facts


class _TreeReader:
    """One reading of one file. ``flaws`` counts every value refused, also those that were reported before it."""

    def __init__(self, notation: Notation, problems: list[tuple[int, str]]) -> None:
        self.notation = notation
        self.problems = problems
        self.flaws = len(problems)
        self._suggested = 0

    # --- the whole -------------------------------------------------------------------------------------------------

    def facts(self, tree: Mapping[str, object]) -> SchoolFacts | None:
        """The facts, or None when something is wrong somewhere."""
        self._unknown_keys((), tree, (*TOP, *KINDS), _KIND_NAMES)
        fictional = self._read(("fictif",), Field("", "fictif", bool), tree.get("fictif", False)) is True
        school = self._school(tree)
        sources = self._sources(tree.get("sources", {}))
        placed = {kind: list(self._kind(declared, tree.get(kind, []), sources)) for kind, declared in KINDS.items()}
        for kind, rows in placed.items():
            self._overlaps(kind, rows)
        if school and not fictional and uai.is_fictional(school["uai"]):
            self._note(
                ("school", "uai"), f"{quoted(school['uai'])} est un numéro d'école fictive. Écrivez fictif = true."
            )
        if self.flaws:
            return None
        rows_of = {kind: tuple(fact for _, fact in rows) for kind, rows in placed.items()}
        return SchoolFacts.of(school["uai"], school["name"], fictional, **rows_of)

    def _school(self, tree: Mapping[str, object]) -> dict[str, str]:
        """Its number and name; nothing when one is wrong."""
        before = self.flaws
        if "school" in tree:
            values = self._table(("school",), tree["school"], SCHOOL, tuple(SCHOOL), tuple(SCHOOL))
            return {name: str(value) for name, value in values.items()} if self.flaws == before else {}
        self._note((), f"il manque la table {self.notation.table('school')}, avec uai et name.")
        return {}

    def _sources(self, raw: object) -> dict[str, Source | None]:
        """Every source by its key; None for one that is wrong, which is said once and not at each fact."""
        if not isinstance(raw, Mapping):
            self._note(("sources",), f"chaque source a sa table, comme {self.notation.table('sources.statuts')}.", raw)
            return {}
        return {str(key): self._source(str(key), row) for key, row in raw.items()}

    def _source(self, key: str, raw: object) -> Source | None:
        before, path = self.flaws, ("sources", key)
        values = self._table(path, raw, SOURCE, tuple(SOURCE), _SOURCE_NEEDS)
        if not key.strip() or not key.isprintable():
            self._note(path, "la clé d'une source est un nom court, qui se lit.")
        return Source(key, **values) if self.flaws == before else None  # type: ignore[arg-type]

    # --- one kind, one fact ----------------------------------------------------------------------------------------

    def _kind(self, kind: Kind, raw: object, sources: Mapping[str, Source | None]) -> Iterator[Placed]:
        if not isinstance(raw, list):
            self._note((kind.name,), f"chaque fait a sa table, comme {self.notation.row(kind.name)}.", raw)
            return
        for index, row in enumerate(raw):
            path = (kind.name, index)
            fact = self._fact(kind, path, row, sources)
            if fact is not None:
                yield path, fact

    def _fact(self, kind: Kind, path: Path, raw: object, sources: Mapping[str, Source | None]) -> Fact[object] | None:
        before = self.flaws
        values = self._table(path, raw, kind.fields, keys_of(kind), needed_by(kind))
        if not isinstance(raw, Mapping):
            return None
        for name, sentence in contradictions(kind.name, values):
            self._note((*path, name), sentence)
        valid = self._valid(kind, path, raw, values)
        known = self._known(path, raw)
        source = self._source_of(path, raw, sources)
        if self.flaws > before or source is None:
            self.flaws = max(self.flaws, before + 1)
            return None
        value: object = kind.row(**values)
        return Fact(kind.fact_name(value), value, valid, source, known)

    def _valid(self, kind: Kind, path: Path, raw: Mapping[str, object], values: Values) -> Period[date]:
        """``from``, else the day of the event; ``until``, else the day after ``last_day``."""
        start = self._moment(path, raw, "from", day_of)
        if start is None and "from" not in raw and kind.starts:
            start = values.get(kind.starts)  # type: ignore[assignment]
        last = self._moment(path, raw, "last_day", day_of)
        end = self._moment(path, raw, "until", day_of) if last is None else last + timedelta(days=1)
        if "until" in raw and "last_day" in raw:
            self._note((*path, "last_day"), _TWO_ENDS)
        try:
            return Period(start, end)
        except PeriodError:
            self._note((*path, "until" if last is None else "last_day"), _too_early(start, end, last))
            return Period()

    def _known(self, path: Path, raw: Mapping[str, object]) -> Period[datetime]:
        start, end = (self._moment(path, raw, name, instant_of) for name in KNOWN)
        try:
            return Period(start, end)
        except PeriodError:
            self._note(
                (*path, "known_until"), "known_until, où l'on cesse de tenir ce fait pour vrai, vient après known_from."
            )
            return Period()

    def _source_of(self, path: Path, raw: Mapping[str, object], sources: Mapping[str, Source | None]) -> Source | None:
        key = raw.get("source")
        if isinstance(key, str) and key in sources:
            return sources[key]
        if not isinstance(key, str):
            if "source" in raw:
                self._note((*path, "source"), f"{shown(key)} n'est pas un texte. Écrivez la clé d'une source.", key)
            return None
        advice = self._suggestion(key, {name: name for name in sources})
        advice = advice or f" Décrivez-la dans {self.notation.table('sources.' + key[:40])}."
        self._note((*path, "source"), f"aucune source ne s'appelle {quoted(key)}.{advice}", key)
        return None

    # --- two facts -------------------------------------------------------------------------------------------------

    def _overlaps(self, kind: str, rows: Sequence[Placed]) -> None:
        """Two facts of one kind and one key never hold the same day at the same instant of knowledge."""
        by_key: dict[tuple[str, ...], list[Placed]] = {}
        for placed in rows:
            by_key.setdefault(KINDS[kind].key_of(placed[1].value), []).append(placed)
        for same in by_key.values():
            running: list[Placed] = []
            for later in sorted(same, key=lambda placed: placed[1].valid.start or date.min):
                running = [placed for placed in running if placed[1].valid.overlaps(later[1].valid)]
                earlier = next((placed for placed in running if placed[1].known.overlaps(later[1].known)), None)
                if earlier is not None:
                    self._overlap(*sorted((earlier, later), key=lambda placed: placed[0]))
                running.append(later)

    def _overlap(self, first: Placed, second: Placed) -> None:
        shared = first[1].valid.meet(second[1].valid)
        self._note(
            second[0],
            f"ce fait et celui de {self.notation.there(first[0])} portent tous deux sur {second[1].name}{_span(shared)}. "
            "Finissez l'un par until ; si l'un corrige l'autre, finissez la connaissance du premier par known_until.",
        )

    # --- one table, one value --------------------------------------------------------------------------------------

    def _table(
        self, path: Path, raw: object, fields: Mapping[str, Field], names: Sequence[str], required: Sequence[str]
    ) -> Values:
        """The fields of a table that are right; what it lacks and what is wrong is noted."""
        if not isinstance(raw, Mapping):
            self._note(path, f"{shown(raw)} n'est pas une table : il faut des clés et des valeurs.", raw)
            return {}
        self._unknown_keys(path, raw, names, {name: name for name in names})
        missing = [name for name in required if name not in raw]
        if missing:
            self._note(path, f"il manque {listed(missing)}.")
        read = ((name, self._read((*path, name), field, raw[name])) for name, field in fields.items() if name in raw)
        return {name: value for name, value in read if value is not None}

    def _read(self, path: Path, field: Field, raw: object) -> object:
        """The value, or None when it is wrong."""
        try:
            self._already_refused(raw)
            return value_of(field, raw, self.notation.dates)
        except Wrong as wrong:
            self._note(path, str(wrong))
            return None

    def _moment(
        self, path: Path, raw: Mapping[str, object], name: str, read: Callable[[object, Dates], Moment]
    ) -> Moment | None:
        """A day or an instant that a fact may have; None without it, and when it is wrong."""
        if name not in raw:
            return None
        try:
            self._already_refused(raw[name])
            return read(raw[name], self.notation.dates)
        except Wrong as wrong:
            self._note((*path, name), str(wrong))
            return None

    def _already_refused(self, raw: object) -> None:
        refused = self.notation.refused
        if refused and (raw == refused or (isinstance(raw, list) and refused in raw)):
            raise Wrong

    def _unknown_keys(
        self, path: Path, raw: Mapping[str, object], names: Sequence[str], meant: Mapping[str, str]
    ) -> None:
        for key, value in raw.items():
            if key not in names:
                every = f"Les clés possibles : {', '.join(names)}."
                every = every if len(names) < MANY else "Voyez le modèle : equerre facts --template."
                advice = self._suggestion(str(key), meant) or f" {every}"
                what = "cette table" if isinstance(value, Mapping | list) else "cette clé"
                self._note((*path, str(key)), f"{what} n'existe pas.{advice}")

    def _suggestion(self, word: str, meant: Mapping[str, str]) -> str:
        """The nearest of the names that exist, when one is near."""
        self._suggested += 1
        if self._suggested > SUGGESTED:
            return ""
        near = get_close_matches(word[:60].lower().replace("_", " "), [name.replace("_", " ") for name in meant], n=1)
        found = next((meant[name] for name in meant if near and name.replace("_", " ") == near[0]), "")
        return f" Vouliez-vous dire {quoted(found)} ?" if found else ""

    def _note(self, path: Path, sentence: str, told: object = None) -> None:
        """Note a problem, unless its value has been reported before."""
        self.flaws += 1
        refused = self.notation.refused
        if sentence and not (refused and told == refused):
            rank, place = self.notation.place(path)
            self.problems.append((rank, f"{place} : {sentence}"))


_TWO_ENDS = (
    "until et last_day disent deux fins. Gardez-en une : last_day est le dernier jour inclus, until le lendemain."
)
_SOURCE_NEEDS = tuple(name for name, field in SOURCE.items() if field.required)
# Kinds by their key, and by what they are called in French: people write what they say.
_KIND_NAMES = {name: name for name in (*TOP, *KINDS)} | {
    kind.label.partition("'")[2] or kind.label.partition(" ")[2]: name for name, kind in KINDS.items()
}


def _too_early(start: date | None, end: date | None, last: date | None) -> str:
    assert start is not None
    assert end is not None
    until = f"le {day(last)} inclus" if last else f"le {day(end)}"
    how = "" if last else " : until est le premier jour qui n'en est plus"
    return f"la période finit {until} et commence le {day(start)}. Elle doit commencer avant de finir{how}."


def _span(shared: Period[date] | None) -> str:
    if shared is None or (shared.start is None and shared.end is None):
        return ""
    since = f" à partir du {day(shared.start)}" if shared.start else ""
    return f"{since}{f' jusqu’au {last_day_before(shared.end)} inclus' if shared.end else ''}"


# --- Values of one fact that contradict each other ---------------------------------------------------------------------


def contradictions(kind: str, values: Values) -> Iterator[tuple[str, str]]:
    """The field and the sentence of each contradiction, among the values that are right one by one."""
    yield from _CONTRADICTIONS[kind](values) if kind in _CONTRADICTIONS else ()


def _of_list(values: Values) -> Iterator[tuple[str, str]]:
    signed_on, act_year = values.get("signed_on"), values.get("act_year")
    if isinstance(signed_on, date) and act_year is not None and signed_on.year != act_year:
        yield (
            "act_year",
            f"{act_year}, mais l'arrêté est signé le {day(signed_on)}. act_year est l'année de la signature.",
        )


def _of_ruling(values: Values) -> Iterator[tuple[str, str]]:
    try:
        if "reading" in values and "option" in values:
            check_option(str(values["reading"]), str(values["option"]))
    except LawError as error:
        yield "option", f"{quoted(str(values['option']))}. {error}"


def _of_cohort(values: Values) -> Iterator[tuple[str, str]]:
    """Whoever was reached left; whoever is employed or in training was reached, and is one or the other."""
    counts = {name: value for name, value in values.items() if isinstance(value, int)}
    leavers, reached = counts.get("leavers", 0), counts.get("reached", 0)
    if {"leavers", "reached"} <= counts.keys() and reached > leavers:
        yield "reached", f"{reached} personnes jointes pour {leavers} sortants. Relisez les deux nombres."
    placed = counts.get("employed", 0) + counts.get("in_training", 0)
    if "reached" in counts and placed > reached:
        yield "employed", f"{placed} personnes en emploi ou en formation pour {reached} jointes. Relisez ces nombres."
    for name in ("unqualified_at_entry", "without_trade_diploma_at_entry", "dropouts_at_entry"):
        if "leavers" in counts and counts.get(name, 0) > leavers:
            yield name, f"{counts[name]} sur {leavers} sortants. Relisez les deux nombres."


_CONTRADICTIONS: Mapping[str, Callable[[Values], Iterator[tuple[str, str]]]] = {
    "annual_list": _of_list,
    "ruling": _of_ruling,
    "cohort": _of_cohort,
}
