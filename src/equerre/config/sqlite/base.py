"""A connection of Django to a file of SQLite, for a server that keeps it open for days.

An open file outlives its name: deleted or replaced under the server, it would answer for ever, and what is written would be lost.
At the beginning of each request the name is looked at: a connection to a file that is no longer there is closed, and the next one
opens what is there now, or fails as a database that is away. Nothing is made in place of a file that is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.signals import request_started
from django.db import connections
from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

Identity = tuple[int, int]  # the device and the number of a file


class DatabaseWrapper(base.DatabaseWrapper):
    """The same, and which file it opened."""

    opened: Identity | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.opened = None
        if not self.is_in_memory_db():
            self.opened = self.there()
            if self.opened is None:
                raise OperationalError("unable to open database file: it is not there")
        return super().get_new_connection(conn_params)

    def there(self) -> Identity | None:
        """The file that bears the name now; None when none does."""
        try:
            found = Path(self.settings_dict["NAME"]).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def close_if_moved(self) -> None:
        """No transaction goes over from one file to another: one that has begun ends where it began."""
        if self.opened is not None and not self.in_atomic_block and self.opened != self.there():
            self.close()


def look_at_the_files(**_: object) -> None:
    """At the beginning of a request, in its thread."""
    for connection in connections.all(initialized_only=True):
        if isinstance(connection, DatabaseWrapper):
            connection.close_if_moved()


request_started.connect(look_at_the_files, dispatch_uid="equerre.config.sqlite")
