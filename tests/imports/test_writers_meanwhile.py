"""Whoever writes or reads while an import is on its way: nobody waits for what is weighed, and nobody sees half of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection

from equerre.imports.schools import load
from equerre.imports.schools.book import Filled, csv_files
from equerre.imports.schools.template import sheets
from equerre.registry import delivering, models, record, revision
from equerre.registry.delivering import StagedPart
from tests.registry.writing import audience, by, instant, school

OURS, ANOTHER = "essai", "autre"


def pupils(number: int) -> dict[str, bytes]:
    tables = {
        "school": [{"school": OURS, "fictional": True}],
        "audience": [{"school": OURS, "school_status": number, "from": "2024-09-01"}],
    }
    return csv_files([Filled(sheets()[key], rows) for key, rows in tables.items()])


def bring(number: int, at: int) -> Any:
    return load.bring(pupils(number), "écoles", author="person:test", recorded_at=instant(at))


def elsewhere(work: Callable[[], Any], patience: str = "2s") -> Any:
    """What another connection gives, or the error it meets: it waits for a lock no longer than its patience."""
    given: list[Any] = []

    def run() -> None:
        try:
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET lock_timeout = '{patience}'")
            given.append(work())
        except OperationalError as error:
            given.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return given[0]


def during(monkeypatch: pytest.MonkeyPatch, verb: str, work: Callable[[], None]) -> None:
    """Once, when a part has just been weighed (``stage``) or written (``write``)."""
    plain, done = getattr(StagedPart, verb), []

    def slowed(part: StagedPart) -> Any:
        found = plain(part)
        if not done:
            done.append(True)
            work()
        return found

    monkeypatch.setattr(StagedPart, verb, slowed)


def write_on(key: str, at: int, pupils: int = 30) -> Callable[[], int]:
    return lambda: record.record(audience(pupils, of=school(key)), by(at)).pk


def held() -> list[tuple[str, int]]:
    rows = models.Audience.objects.held().order_by("school__key")
    return list(rows.values_list("school__key", "school_status"))


@pytest.fixture
def two_schools(in_a_file: Path | None) -> None:
    for key in (OURS, ANOTHER):
        school(key)
    bring(10, 0)


@pytest.mark.usefixtures("two_schools")
@pytest.mark.parametrize("key", [OURS, ANOTHER])
def test_nobody_waits_for_what_is_being_weighed(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """Not even whoever writes about the same school: what moved is then weighed again."""
    told: list[Any] = []
    during(monkeypatch, "stage", lambda: told.append(elsewhere(write_on(key, 5))))
    report = bring(20, 9)
    assert isinstance(told[0], int)
    assert report.counts["contested"] == (key == OURS)
    assert held() == ([(OURS, 30)] if key == OURS else [(ANOTHER, 30), (OURS, 20)])


@pytest.mark.usefixtures("two_schools")
def test_what_was_written_after_the_instant_of_the_reading_ends_after_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """The publisher's own row, written again meanwhile, and later than the instant that the reading was given."""

    def again() -> int:
        row = models.Audience.objects.get(school__key=OURS)
        entry = record.Entry(models.Audience, {"school": row.school, "school_status": 11}, audience(0).valid)
        return record.record(entry, by(12, row.source, "import")).pk

    during(monkeypatch, "stage", lambda: elsewhere(again))
    report = bring(20, 9)
    assert report.counts["changed"] == 1
    ended = models.Audience.objects.get(school_status=11, known_until__isnull=False)
    assert ended.known_until > ended.known_from


@pytest.mark.usefixtures("two_schools")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_while_it_is_published_only_whoever_writes_about_the_same_thing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    def meanwhile() -> None:
        told.append(elsewhere(write_on(ANOTHER, 5)))
        told.append(elsewhere(write_on(OURS, 5), "100ms"))

    during(monkeypatch, "write", meanwhile)
    bring(20, 9)
    assert isinstance(told[0], int)
    assert isinstance(told[1], OperationalError)
    assert held() == [(ANOTHER, 30), (OURS, 20)]


@pytest.mark.usefixtures("two_schools")
def test_readers_see_the_old_state_then_the_new_one_and_never_half(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    before = revision.number()
    during(monkeypatch, "write", lambda: told.append(elsewhere(lambda: (held(), revision.number()))))
    bring(20, 9)
    assert told == [([(OURS, 10)], before)]
    assert (held(), revision.number()) == ([(OURS, 20)], before + 1)


@pytest.mark.usefixtures("two_schools")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL locks rows")
def test_the_revision_is_locked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """When all is written and not yet published, the line of the revision is free."""
    told: list[Any] = []
    during(monkeypatch, "write", lambda: told.append(elsewhere(revision.move, "100ms")))
    bring(20, 9)
    assert told == [None]


@pytest.mark.django_db
def test_what_is_weighed_writes_nothing_and_opens_no_transaction(django_assert_num_queries: Any) -> None:
    """A staging only asks: its statements are all of them SELECT."""
    from django.test.utils import CaptureQueriesContext

    from equerre.registry.delivering import Staging, Told

    models.Source.objects.create(key="fichier", publisher="Fichier des écoles", title="Fichier")
    staging = Staging(by(0, models.Source.objects.get()), "schools")
    entry = audience(12, of=school(OURS))
    with CaptureQueriesContext(connection) as asked:
        staging.restated(models.Audience, [Told(entry, staging.by.source)])
    assert {one["sql"].split()[0] for one in asked.captured_queries} == {"SELECT"}
    assert staging.writes
    assert delivering.Delivery.objects.count() == 0
