"""A file of SQLite that a server keeps open for days, deleted or replaced meanwhile.

An open file outlives its name: it would answer for ever, and what is written in it would be lost. At the beginning of each
request the name is looked at: a connection to a file that is no longer there is closed, and the next one opens what is there now,
or fails as a database that is away. Nothing is made in place of a file that is missing.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from django.core.signals import request_started
from django.db import connections


class OfOneFile(sqlite3.Connection):
    """A connection that knows which file it opened, and never makes one."""

    def __init__(self, database: str, *options: Any, **named: Any) -> None:
        self._path = None if database == ":memory:" or "mode=memory" in database else Path(database)
        self._opened = self._there()
        if self._path is not None and self._opened is None:
            raise sqlite3.OperationalError("unable to open database file: it is not there")
        super().__init__(database, *options, **named)

    @property
    def moved(self) -> bool:
        """Whether its file is gone, or another one bears the name."""
        return self._opened != self._there()

    def _there(self) -> tuple[int, int] | None:
        """The device and the number of the file that bears the name now; None when none does."""
        try:
            found = self._path.stat() if self._path is not None else None
        except OSError:
            return None
        return None if found is None else (found.st_dev, found.st_ino)


def look_at_the_files(**_: object) -> None:
    """At the beginning of a request, in its thread. A transaction that has begun ends in the file where it began."""
    for connection in connections.all(initialized_only=True):
        held = connection.connection
        if isinstance(held, OfOneFile) and held.moved and not connection.in_atomic_block:
            connection.close()


request_started.connect(look_at_the_files, dispatch_uid="equerre.config.sqlite")
