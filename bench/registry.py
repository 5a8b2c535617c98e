"""The registry: facts written at the speed of the driver, and the chains of ten thousand schools read from the database.

On a SQLite of its own, made for the run and thrown away; ``DATABASE_URL`` is left alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from tempfile import mkdtemp
from time import perf_counter
from typing import Any

from bench.measuring import Bench

ON = date(2026, 10, 1)
SCHOOLS = 10_000
FACTS = 100_000
AT = datetime(2026, 9, 1, tzinfo=UTC)


@cache
def database() -> None:
    """A new database, migrated; Django is set up once for the run."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(EQUERRE_HOME=mkdtemp(prefix="equerre-bench-"), DJANGO_SETTINGS_MODULE="equerre.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def by(source: Any) -> Any:
    """Who writes, in a bench."""
    from equerre.registry.record import By

    return By("bench", AT, source)


@cache
def ten_thousand_schools() -> None:
    """Ten thousand schools with what a school has: name, body, site, opening, recognition, lists, courses, counts."""
    database()
    from bench.many import fill

    fill(SCHOOLS)


def chains_from_the_database() -> float:
    """Seconds to read the facts of all the schools and to explain each."""
    ten_thousand_schools()
    from equerre.registry import selectors
    from equerre.rules.chain import explain

    start = perf_counter()
    chains = [explain(facts, ON) for facts in selectors.schools()]
    assert len(chains) >= SCHOOLS
    return perf_counter() - start


def queries_of_selectors() -> float:
    """How many more queries ten thousand schools ask than one."""
    ten_thousand_schools()
    from equerre.registry import models, selectors

    one = models.School.objects.order_by("key").values_list("key", flat=True)[:1]
    return _queries(lambda: list(selectors.schools())) - _queries(lambda: list(selectors.schools(list(one)))) + 1


def _queries(work: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def recording_against_executemany() -> float:
    """How many times longer ``record_all`` takes than a bare ``executemany`` of the same rows into the same table."""
    database()
    from django.db import connection, transaction

    from equerre.kernel.period import Period
    from equerre.registry import models, record
    from equerre.registry.dated import Source

    source = Source.objects.create(key="bench:record", publisher="Banc d'essai", title="Faits fictifs")
    models.School.objects.bulk_create(models.School(key=f"r{n}", fictional=True) for n in range(2 * FACTS))
    pks = list(models.School.objects.filter(key__startswith="r").order_by("id").values_list("pk", flat=True))
    schools = [models.School(pk=pk) for pk in pks[:FACTS]]
    entries = [record.Entry(models.SecondDegree, {"school": one, "value": True}, Period(ON)) for one in schools]
    start = perf_counter()
    record.record_all(entries, by(source))
    ours = perf_counter() - start
    columns = "school_id, value, valid_from, known_from, standing, source_id, author, reason, note"
    sql = f"INSERT INTO registry_seconddegree ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
    rows = [(pk, True, str(ON), str(AT), "held", source.pk, "bench", "entry", "") for pk in pks[FACTS:]]
    start = perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, rows)
    return ours / (perf_counter() - start)


# The last one writes two hundred thousand schools of its own: the others are measured before it.
BENCHES = (
    Bench("ten thousand schools' chains from the database", 30, "s", chains_from_the_database),
    Bench("queries: ten thousand schools against one (1: the same)", 1, "x", queries_of_selectors),
    Bench("recording 100,000 facts, against a bare executemany", 2, "x", recording_against_executemany),
)
