"""The registry: facts written at the speed of the driver, and the chains of ten thousand schools read from the database.

On a SQLite of its own, made for the run and thrown away; ``DATABASE_URL`` is left alone.
"""

from __future__ import annotations

import atexit
import os
import shutil
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from tempfile import mkdtemp

from bench.measuring import Bench, ratio

ON = date(2026, 10, 1)
SCHOOLS = 10_000
FACTS = 100_000
TURNS = 10  # so many parts of them, each beside as many rows written by hand
AT = datetime(2026, 9, 1, tzinfo=UTC)


@cache
def database() -> None:
    """A new database, migrated; Django is set up once for the run."""
    os.environ.pop("DATABASE_URL", None)
    home = mkdtemp(prefix="equerre-bench-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(EQUERRE_HOME=home, DJANGO_SETTINGS_MODULE="equerre.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


@cache
def ten_thousand_schools() -> None:
    """Ten thousand schools with what a school has: name, body, site, opening, recognition, lists, courses, counts."""
    database()
    from bench.many import fill

    fill(SCHOOLS, AT)


def chains_from_the_database() -> float:
    """How many times longer than their SQL, run again, and the chains of the same facts, already plain."""
    ten_thousand_schools()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from equerre.registry import selectors
    from equerre.rules.chain import explain

    with CaptureQueriesContext(connection) as seen:
        plain = list(selectors.schools())
    assert len(plain) >= SCHOOLS

    def reference() -> None:
        with connection.cursor() as cursor:
            for query in seen.captured_queries:
                cursor.execute(query["sql"].replace("%", "%%"))
                cursor.fetchall()
        for facts in plain:
            explain(facts, ON)

    return ratio(lambda: [explain(facts, ON) for facts in selectors.schools()], reference, repeat=3)


def queries_of_selectors() -> float:
    """How many more queries ten thousand schools ask than one."""
    ten_thousand_schools()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from equerre.registry import models, selectors

    one = list(models.School.objects.order_by("key").values_list("key", flat=True)[:1])
    counted = []
    for keys in (None, one):
        with CaptureQueriesContext(connection) as seen:
            assert list(selectors.schools(keys))
        counted.append(len(seen))
    return counted[0] - counted[1] + 1


def recording_against_executemany() -> float:
    """How many times longer ``record_all`` takes than a bare ``executemany`` of the same rows into the same table."""
    database()
    from django.db import connection, transaction

    from equerre.kernel.period import Period
    from equerre.registry import models, record
    from equerre.registry.dated import Source
    from equerre.registry.record import By

    source = Source.objects.create(key="bench:record", publisher="Banc d'essai", title="Faits fictifs")
    models.School.objects.bulk_create(models.School(key=f"r{n}", fictional=True) for n in range(2 * FACTS))
    pks = iter(models.School.objects.filter(key__startswith="r").order_by("id").values_list("pk", flat=True))
    columns = "school_id, value, valid_from, known_from, standing, source_id, author, reason, note"
    sql = f"INSERT INTO registry_seconddegree ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
    every = [list(islice(pks, FACTS // TURNS)) for _ in range(2 * TURNS)]
    given = iter(
        [
            [
                record.Entry(models.SecondDegree, {"school": models.School(pk=pk), "value": True}, Period(ON))
                for pk in some
            ]
            for some in every[:TURNS]
        ]
    )
    rows = iter(
        [
            [(pk, True, str(ON), str(AT), "held", source.pk, "bench", "entry", "") for pk in some]
            for some in every[TURNS:]
        ]
    )

    def ours() -> None:
        record.record_all(next(given), By("bench", AT, source))

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, next(rows))

    return ratio(ours, bare, repeat=TURNS)


# The last one writes two hundred thousand schools of its own: the others are measured before it.
BENCHES = (
    Bench("ten thousand chains from the database, against SQL and chains", 2.5, "x", chains_from_the_database),
    Bench("queries: ten thousand schools against one (1: the same)", 1, "x", queries_of_selectors),
    Bench("recording 100,000 facts, against a bare executemany", 1.5, "x", recording_against_executemany),
)
