"""How long others wait while an import of sixty thousand facts is on its way, on the database of DATABASE_URL or on SQLite.

A wait is wall time, which no two machines share: each is told as a share of the whole import, in the same run. Another
process writes on another school again and again, from the beginning to the end, and each of its writes is timed.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, sleep
from typing import Any

from bench.measuring import Bench

FACTS = 60_000
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)


@cache
def _base() -> str:
    """An empty base of its own, which goes away; gives the kind of database."""
    folder = TemporaryDirectory(prefix="equerre-bench-")
    atexit.register(folder.cleanup)
    os.environ["EQUERRE_HOME"] = folder.name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        atexit.register(connection.creation.destroy_test_db, connection.settings_dict["NAME"], 0)
    else:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    return str(connection.vendor)


@cache
def _waits() -> dict[str, float]:
    """The whole import, its publication alone, and the longest write of somebody else meanwhile, in seconds."""
    _base()
    from equerre.imports.running import DeliveryFile, Parsed, run
    from equerre.kernel.period import Period
    from equerre.registry import models
    from equerre.registry.delivering import Staging, Told
    from equerre.registry.record import Entry

    models.School.objects.create(key="ailleurs", fictional=True)
    published: list[float] = []
    publish = Staging.publish

    def timed(staging: Staging) -> None:
        start = perf_counter()
        publish(staging)
        published.append(perf_counter() - start)

    def load(rows: Sequence[int], staging: Staging, report: Any, progress: Any) -> Any:
        schools = [staging.unborn(models.School, f"banc-{number}", fictional=True) for number in rows]
        entries = [
            Entry(models.Audience, {"school": school, "school_status": 24}, Period(date(2024, 9, 1)))
            for school in schools
        ]
        staging.restated(models.Audience, [Told(entry, staging.by.source) for entry in entries])
        return lambda: None

    with _writer() as waited:
        Staging.publish = timed  # type: ignore[method-assign,assignment]
        start = perf_counter()
        file = DeliveryFile("Banc d'essai", "Faits fictifs", None, "0" * 64, "schools")
        run(Parsed(range(FACTS)), load, file, author="bench", recorded_at=AT)
        taken = perf_counter() - start
        Staging.publish = publish  # type: ignore[method-assign]
    return {"import": taken, "publication": published[0], "wait": waited[0]}


@contextmanager
def _writer() -> Iterator[list[float]]:
    """Somebody else who writes on another school, in a process of their own; at the end, the longest of their writes."""
    from django.db import connection

    environment = {**os.environ, "BENCH_DATABASE": str(connection.settings_dict["NAME"])}
    waited: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-m", "bench.waits"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        yield waited
        process.stdin.close()
        waited.append(float(process.stdout.readline()))


def write_elsewhere() -> None:
    """Write again and again until nobody listens; say that it has begun, then the longest write, in seconds."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = os.environ["BENCH_DATABASE"]
    from equerre.kernel.period import Period
    from equerre.registry import models, record
    from equerre.registry.record import By, Entry

    school = models.School.objects.get(key="ailleurs")
    source = models.Source.objects.create(key="bench:ailleurs", publisher="Une personne", title="Papier fictif")
    done, longest, number = Event(), 0.0, 0

    def listen() -> None:
        sys.stdin.read()
        done.set()

    Thread(target=listen, daemon=True).start()
    while not done.is_set():
        number += 1
        entry = Entry(models.Audience, {"school": school, "school_status": number}, Period(date(2024, 9, 1)))
        start = perf_counter()
        record.record(entry, By("bench", AT + timedelta(microseconds=number), source))
        longest = max(longest, perf_counter() - start) if number > 1 else 0.0
        if number == 1:
            print("begun", flush=True)
        sleep(0.01)
    print(longest, flush=True)


def longest_wait() -> float:
    """The longest write elsewhere, in hundredths of the import, less the publication on SQLite, which has one writer."""
    found = _waits()
    allowed = found["publication"] if _base() == "sqlite" else 0.0
    return 100 * max(0.0, found["wait"] - allowed) / found["import"]


BENCHES = (
    Bench("a write elsewhere during an import of 60,000 facts, beyond what is due", 10, "%", longest_wait),
    Bench("that import is published in one transaction", 5, "s", lambda: _waits()["publication"]),
)

if __name__ == "__main__":
    write_elsewhere()
