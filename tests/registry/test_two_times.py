"""What must be so whatever is written, in whatever order: the past of our knowledge never moves, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from equerre.facts.teaching import Audience
from equerre.kernel.period import Period
from equerre.registry import models, selectors
from equerre.registry.dated import HELD, PROPOSED
from equerre.registry.record import Entry, RecordError, correct, propose, record, retire, settle
from equerre.rules.chain import explain
from tests.registry.writing import audience, by, deliver, instant, reading, rows_of, said_on, school, source

pytestmark = pytest.mark.django_db

QUICK = settings(max_examples=15)
SLOW = settings(max_examples=200)

DAYS = [date(2026, month, 1) for month in range(1, 7)]
PERIODS = st.sampled_from(
    [(None, None), *((None, day) for day in DAYS), *((day, None) for day in DAYS)]
    + [(start, end) for start in DAYS for end in DAYS if start < end]
)
ORIGINS = st.sampled_from(("acte", "enquête", "école"))


@dataclass(frozen=True)
class Write:
    """One act of a writer. ``which`` points at one of the rows there are, by its place."""

    verb: str
    pupils: int
    days: tuple[date | None, date | None]
    origin: str
    which: int

    def done_at(self, number: int) -> None:
        """Refusals are part of the game: then nothing is written."""
        who = by(number, source(self.origin))
        entry = audience(self.pupils, *self.days)
        held, proposed = rows(HELD), rows(PROPOSED)
        acts: dict[str, Callable[[], Any]] = {
            "record": lambda: record(entry, who),
            "propose": lambda: propose(entry, who),
            "correct": lambda: held and correct(held[self.which % len(held)], entry, who),
            "retire": lambda: held and retire(held[self.which % len(held)], who),
            "take": lambda: proposed and settle(proposed[self.which % len(proposed)], who, accept=True),
            "leave": lambda: proposed and settle(proposed[self.which % len(proposed)], who, accept=False),
        }
        with suppress(RecordError), transaction.atomic():
            acts[self.verb]()


def rows(standing: str) -> list[models.Audience]:
    """Every row of this standing, known or not: a writer may hold an old one in his hands."""
    return list(models.Audience.objects.filter(standing=standing).order_by("id"))


VERBS = st.sampled_from(("record", "record", "record", "propose", "correct", "retire", "take", "leave"))
WRITES = st.lists(
    st.builds(Write, VERBS, st.integers(1, 4), PERIODS, ORIGINS, st.integers(0, 5)), min_size=1, max_size=8
)


@dataclass
class Aside:
    """Each example of a property writes in a transaction that is undone."""

    def __enter__(self) -> None:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        school()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)


def view(at: datetime) -> list[tuple[object, ...]]:
    """What was held of the school at an instant. The end of a knowledge is not part of it: nobody knew it then."""
    facts = selectors.school("école-1", known_at=at)
    assert facts is not None
    return [(one.name, one.value, one.valid, one.source, one.known.start, one.contested) for one in facts.facts()]


def answers(at: datetime) -> list[tuple[object, ...]]:
    facts = selectors.school("école-1", known_at=at)
    assert facts is not None
    findings = explain(facts, date(2026, 4, 15), known_at=at).findings()
    return [(key, one.outcome, one.because, one.missing, one.notes) for key, one in findings.items()]


# --- The past of our knowledge ---------------------------------------------------------------------------------------------


def yesterday_stays(writes: list[Write]) -> None:
    with Aside():
        seen: list[tuple[datetime, list[Any], list[Any]]] = []
        for number, write in enumerate(writes):
            write.done_at(2 * number)
            now = instant(2 * number + 1)
            seen.append((now, view(now), answers(now)))
        for then, held, answered in seen:
            assert view(then) == held
            assert answers(then) == answered


@QUICK
@given(WRITES)
def test_a_late_correction_never_changes_what_was_known_yesterday(writes: list[Write]) -> None:
    yesterday_stays(writes)


@pytest.mark.slow
@SLOW
@given(WRITES)
def test_a_late_correction_never_changes_what_was_known_yesterday_however_many(writes: list[Write]) -> None:
    yesterday_stays(writes)


# --- Nothing is overwritten --------------------------------------------------------------------------------------------------


def only_an_end_of_knowledge_moves(writes: list[Write]) -> None:
    with Aside():
        for number, write in enumerate(writes):
            before = rows_of(models.Audience)
            write.done_at(number)
            after = rows_of(models.Audience)
            for key, row in before.items():
                moved = {name for name in row if after[key][name] != row[name]}
                assert moved <= {"known_until", "ended_by", "ended_reason", "ended_note"}
                if moved:
                    assert (row["known_until"], after[key]["known_until"]) == (None, instant(number))
            for key in after.keys() - before.keys():
                assert (after[key]["known_from"], after[key]["known_until"]) == (instant(number), None)


@QUICK
@given(WRITES)
def test_nothing_is_updated_in_place_but_the_end_of_a_knowledge(writes: list[Write]) -> None:
    only_an_end_of_knowledge_moves(writes)


@pytest.mark.slow
@SLOW
@given(WRITES)
def test_nothing_is_updated_in_place_but_the_end_of_a_knowledge_however_many(writes: list[Write]) -> None:
    only_an_end_of_knowledge_moves(writes)


@QUICK
@given(WRITES, st.sampled_from(DAYS))
def test_what_is_recorded_is_what_is_held_on_its_days(writes: list[Write], day: date) -> None:
    with Aside():
        for number, write in enumerate(writes):
            write.done_at(number)
        record(audience(99, day), by(50))
        held = [fact.value.school_status for fact in _audience() if fact.valid.holds(day)]
        assert held == [99]


def _audience() -> tuple[Any, ...]:
    facts = selectors.school("école-1")
    assert facts is not None
    return facts[Audience]


# --- Deliveries, in whatever order they are read -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vintage:
    """What a publisher says of a sheet in one month: its titles, by period. Two at most."""

    month: int
    titles: tuple[str, ...]

    def entries(self) -> list[Entry]:
        certification, _ = models.Certification.objects.get_or_create(key="RNCP37897")
        bounds = [date(2021, 1, 1), date(2024, 1, 1), None]
        return [
            Entry(
                models.CertificationSheet,
                {"certification": certification, "title": title, "kind": "title"},
                Period(bounds[place], bounds[place + 1] if len(self.titles) > 1 else None),
            )
            for place, title in enumerate(self.titles)
        ]

    def read_at(self, number: int) -> str:
        publisher = source(f"livraison {self.month}", "Certif Info fictif", date(2025, self.month, 1))
        return deliver(self.entries(), reading(number, publisher))


TITLES = st.lists(st.sampled_from(("Soudeur", "Forgeron")), min_size=1, max_size=2).map(tuple)
VINTAGES = st.lists(
    st.builds(Vintage, st.integers(1, 12), TITLES), min_size=1, max_size=5, unique_by=lambda one: one.month
)


def said() -> dict[int, set[tuple[object, ...]]]:
    """The truth of each month, by what was said up to its end."""
    about = Vintage(1, ("",)).entries()[0].about
    return {
        month: _told(said_on(models.CertificationSheet, about, "Certif Info fictif", date(2025, month, 28)))
        for month in range(1, 13)
    }


def _told(found: list[Any]) -> set[tuple[object, ...]]:
    return {(row.title, row.valid_from, row.valid_until) for row in found}


def held_now() -> set[tuple[object, ...]]:
    """What is held, and in which delivery it was read first."""
    rows = models.CertificationSheet.objects.filter(standing=HELD, known_until__isnull=True)
    return set(rows.values_list("title", "valid_from", "valid_until", "source__key"))


def same_truth(vintages: list[Vintage], order: list[Vintage]) -> None:
    truths = []
    for told in (sorted(vintages, key=lambda one: one.month), order, [*order, *reversed(order)]):
        with Aside():
            for number, vintage in enumerate(told):
                vintage.read_at(number)
            truths.append((said(), held_now()))
    assert truths[1] == truths[0]
    assert truths[2] == truths[0]


@QUICK
@given(VINTAGES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_deliveries_read_in_any_order_give_the_same_truth_for_every_day(
    case: tuple[list[Vintage], list[Vintage]],
) -> None:
    same_truth(*case)


@pytest.mark.slow
@SLOW
@given(VINTAGES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_deliveries_read_in_any_order_give_the_same_truth_for_every_day_however_many(
    case: tuple[list[Vintage], list[Vintage]],
) -> None:
    same_truth(*case)
