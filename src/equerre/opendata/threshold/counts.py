"""How many times somebody did something: a count that all processes share, forgotten after its time (ADR 0016).

One statement adds one and gives the count back, so that two processes at once never take the same turn. On PostgreSQL the counts
are a table of the base, which no crash brings back (``UNLOGGED``). On SQLite they are a file of their own beside it: who reads
must not wait for an import that writes. Of an address or a name only a keyed print is kept, swept by the next after its time.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.db import OperationalError, connection
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from equerre.opendata.threshold.memory import remembered

TABLE = "opendata_count"
COLUMNS = "print varchar(64) PRIMARY KEY, count integer NOT NULL, until bigint NOT NULL"
A_MINUTE = 60  # seconds

# A count whose time is over begins again.
_ADD = f"""INSERT INTO {TABLE} AS held (print, count, until) VALUES (%s, 1, %s)
ON CONFLICT (print) DO UPDATE SET
    count = CASE WHEN held.until > %s THEN held.count + 1 ELSE 1 END,
    until = CASE WHEN held.until > %s THEN held.until ELSE excluded.until END
RETURNING count, until"""
_OVER = f"DELETE FROM {TABLE} WHERE until <= %s"
_IN_THE_FILE = {sql: sql.replace("%s", "?") for sql in (_ADD, _OVER)}
# Two that sweep at once do not wait for each other, nor for whoever counts.
_OVER_ON_POSTGRESQL = (
    f"DELETE FROM {TABLE} WHERE print IN (SELECT print FROM {TABLE} WHERE until <= %s FOR UPDATE SKIP LOCKED)"
)

_turn = Lock()


class Allowance(NamedTuple):
    """What a caller may still do: ``left`` out of ``limit`` in ``seconds``; ``spent`` when this time is one too many."""

    limit: int
    left: int
    seconds: int
    spent: bool

    def write_on(self, response: HttpResponseBase) -> None:
        """The headers that programs read: limit, what is left, seconds before it is whole again."""
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(self.left)
        response["RateLimit-Reset"] = str(self.seconds)
        if self.spent:
            response["Retry-After"] = str(self.seconds)


def take(what: str, who: str, limit: int, at: datetime, lasting: int | None = None) -> Allowance:
    """One more time that somebody does something. The minute is the clock's; another time begins at the first count."""
    now = int(at.timestamp())
    until = now - now % A_MINUTE + A_MINUTE if lasting is None else now + lasting
    trace = salted_hmac(f"equerre.counts.{what}", who, algorithm="sha256").hexdigest()
    added, over = (_ADD, (trace, until, now, now)), (now,)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(*added)
            count, ends = cursor.fetchone()
            if count == 1:
                cursor.execute(_OVER_ON_POSTGRESQL, over)
    else:
        try:
            with _turn:
                base = _beside_the_register(settings.HOME / "counts.sqlite3", os.getpid())
                [(count, ends)] = base.execute(_IN_THE_FILE[_ADD], added[1]).fetchall()
                if count == 1:
                    base.execute(_IN_THE_FILE[_OVER], over)
        except (sqlite3.Error, OSError) as error:
            raise OperationalError("The file of the counts does not answer.") from error
    return Allowance(limit, max(0, limit - count), ends - now, spent=count > limit)


def forget() -> None:
    """As if nobody had done anything."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")
    else:
        with _turn:
            _beside_the_register(settings.HOME / "counts.sqlite3", os.getpid()).execute(f"DELETE FROM {TABLE}")


@remembered(1)
def _beside_the_register(path: Path, process: int) -> sqlite3.Connection:
    """The file of the counts, for its owner alone, opened once by a process."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    base = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=NORMAL")
    base.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} ({COLUMNS})")
    base.execute(f"CREATE INDEX IF NOT EXISTS {TABLE}_until ON {TABLE} (until)")
    return base
