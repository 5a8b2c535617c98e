"""What the tests of the registry write with: instants, sources, a writer, and a loader of plain facts through ``record``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from equerre.facts import KINDS
from equerre.facts.opening import Site
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel import geography
from equerre.kernel.fact import Fact
from equerre.kernel.fact import Source as PlainSource
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import Dated, Source
from equerre.registry.delivering import Staging
from equerre.registry.record import By, Entry, correct, record, retire
from equerre.registry.weighing import IMPORTED, Peers

# Knowledge that a plain fact does not date begins here.
BEGINNING = datetime(2019, 1, 1, tzinfo=UTC)


def instant(number: int) -> datetime:
    """Instants in order, a day apart."""
    return datetime(2026, 1, 1, 8, tzinfo=UTC) + timedelta(days=number)


def source(key: str = "acte", publisher: str = "Ministère fictif", dated_on: date | None = None) -> Source:
    made, _ = Source.objects.get_or_create(
        key=key, defaults={"publisher": publisher, "title": f"Papier {key}", "dated_on": dated_on}
    )
    return made


def by(number: int = 0, origin: Source | None = None, reason: str = "entry") -> By:
    return By("person:test", instant(number), origin or source(), reason)


def reading(number: int, origin: Source) -> By:
    """Whoever reads a delivery."""
    return By("command:import", instant(number), origin, IMPORTED)


def deliver(entries: Sequence[Entry], writer: By) -> str:
    """All that one delivery says of one thing: the word for it."""
    staging = Staging(writer)
    (piece,) = staging.whole(entries[0].model, entries, Peers((writer.source.publisher,)))
    staging.publish()
    return piece.things[0].moves.outcome


def said_on(model: type[Dated], about: Mapping[str, Any], publisher: str, on: date) -> list[Any]:
    """What a publisher said of one thing in its last delivery up to a day: the rows as they were first written."""
    rows = model.objects.filter(source__publisher=publisher, source__dated_on__lte=on, **about).select_related("source")
    found = list(rows.order_by("known_from", "id"))
    if not found:
        return []
    last = max(row.source.dated_on for row in found if row.source.dated_on)
    told = [row for row in found if row.source.dated_on == last]
    return [row for row in told if row.known_from == told[0].known_from]


def school(key: str = "école-1") -> models.School:
    made, _ = models.School.objects.get_or_create(key=key, defaults={"fictional": True})
    return made


def audience(pupils: int, start: date | None = None, end: date | None = None, of: models.School | None = None) -> Entry:
    """The simplest fact: how many pupils, on which days."""
    return Entry(models.Audience, {"school": of or school(), "school_status": pupils}, Period(start, end))


def rows_of(model: type[Dated]) -> dict[int, dict[str, Any]]:
    """Every row, whole, by its number: what nothing may change but the end of its knowledge."""
    return {row["id"]: row for row in model._default_manager.order_by("id").values()}


# --- A loader: a school's plain facts, each written when it began to be known, corrected or retired when that ended ---------

_IDENTITIES = {
    ("site", "id"): models.Site,
    ("course", "id"): models.Course,
    ("course", "site"): models.Site,
    ("course", "certification"): models.Certification,
    ("certification", "code"): models.Certification,
    ("registration_request", "certification"): models.Certification,
    ("intake", "course"): models.Course,
}
_MANY = {
    ("recognition", "sites"): models.Site,
    ("annual_list_entry", "sites"): models.Site,
    ("regional_list_entry", "courses"): models.Course,
    ("certification", "successors"): models.Certification,
}
_FIELDS = {("site", "id"): "site", ("course", "id"): "course", ("certification", "code"): "certification"}
_FIELDS |= {("staff_member", "id"): "post", ("agreement", "id"): "reference"}


class Loader:
    """Writes one school; national things are shared by all who load them."""

    def __init__(self, facts: SchoolFacts, key: str) -> None:
        self._facts = facts
        self.school = models.School.objects.create(key=key, fictional=facts.fictional)
        self._body = models.ManagingBody.objects.create(key=f"organisme-{key}")
        self._local = {models.Site, models.Course}

    def load(self) -> models.School:
        self._write(Entry(models.SchoolName, {"school": self.school, "name": self._facts.name}), None)
        self._write(Entry(models.SchoolBody, {"school": self.school, "body": self._body}), None)
        for kind in KINDS:
            held: dict[tuple[str, Period[date]], tuple[Dated, Fact[Any]]] = {}
            for fact in sorted(self._facts.rows_of(kind), key=lambda one: one.known.start or BEGINNING):
                before = held.get((fact.name, fact.valid))
                held[fact.name, fact.valid] = (self._next(kind, fact, before), fact)
            for row, fact in held.values():
                if fact.known.end is not None:
                    retire(row, self._by(fact.source, fact.known.end))
        return self.school

    def _next(self, kind: str, fact: Fact[Any], before: tuple[Dated, Fact[Any]] | None) -> Dated:
        entry = self._entry(kind, fact)
        if before is not None:
            return correct(before[0], entry, self._by(fact.source, fact.known.start))
        return self._write(entry, fact)

    def _write(self, entry: Entry, fact: Fact[Any] | None) -> Dated:
        plain = fact.source if fact else PlainSource("chargement", "École fictive", "Registre de l'école")
        return record(entry, self._by(plain, fact.known.start if fact else None))

    def _by(self, plain: PlainSource, at: datetime | None) -> By:
        values = {field.name: getattr(plain, field.name) for field in fields(plain) if field.name != "key"}
        made, _ = Source.objects.get_or_create(key=plain.key, defaults=values)
        return By("person:loader", at or BEGINNING, made)

    def _entry(self, kind: str, fact: Fact[Any]) -> Entry:
        values = dict(self._values(kind, fact.value))
        model = models.KINDS[kind]
        if "school" in {field.name for field in model._meta.fields}:
            values["school"] = self.school
        if "body" in {field.name for field in model._meta.fields}:
            values["body"] = self._body
        if kind == "regional_list":
            values["region"] = region_of(self._facts)
        many = {name: values.pop(name) for name in (field for of, field in _MANY if of == kind)}
        return Entry(model, values, fact.valid, many)

    def _values(self, kind: str, value: Any) -> Iterator[tuple[str, Any]]:
        for field in fields(value):
            said = getattr(value, field.name)
            identity = _IDENTITIES.get((kind, field.name))
            named = _MANY.get((kind, field.name))
            if named is not None:
                said = [self._identity(named, key) for key in said]
            elif identity is not None and said is not None:
                said = self._identity(identity, said)
            yield _FIELDS.get((kind, field.name), field.name), said

    def _identity(self, model: type[Any], key: str) -> Any:
        owned = {"school": self.school} if model in self._local else {}
        made, _ = model.objects.get_or_create(key=key, defaults=owned)
        return made


def load(facts: SchoolFacts, key: str = "école-1") -> models.School:
    return Loader(facts, key).load()


def region_of(facts: SchoolFacts) -> str | None:
    """The region of the main site that is the last in time, whose prefect's lists are the school's."""
    in_time = sorted(facts[Site], key=lambda one: one.valid.start or date.min)
    places = [one.value.departement for one in in_time if one.value.main and one.value.departement]
    departement = geography.departements().get(places[-1]) if places else None
    return geography.academies()[departement.academie].region.code if departement else None
