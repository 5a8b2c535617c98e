"""The demo year in a database of its own, beside the one that the tests write in: loaded once by each process of the tests.

A test that asks for it (``demo_year``, in tests/conftest.py) is turned to that database and back; what it writes is rolled back
as anywhere else. A test that flushes flushes the other one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

SUFFIX = "demo_year"


class DemoYear:
    """The second database, made from the first one while it is still empty, and what its loading counted."""

    def __init__(self) -> None:
        from equerre import demo

        self._opened: Any = None  # on SQLite it is in memory, and lives as long as this stays open
        if connection.vendor == "sqlite":
            self._name = f"file:{SUFFIX}?mode=memory&cache=shared"
        else:
            self._name = connection.creation.get_test_db_clone_settings(SUFFIX)["NAME"]
            connection.creation.clone_test_db(SUFFIX, verbosity=0)
        connection.ensure_connection()
        empty = connection.connection
        with self.turned_to():
            if connection.vendor == "sqlite":
                empty.backup(connection.connection)
            self.counts: Mapping[str, int] = demo.load()

    @contextmanager
    def turned_to(self) -> Iterator[None]:
        """Whatever asks the database between these two moments asks the demo year."""
        assert not connection.in_atomic_block, "a test that has begun stays in its database"
        first, name = connection.connection, connection.settings_dict["NAME"]
        if connection.vendor != "sqlite":
            connection.close()
        connection.settings_dict["NAME"] = self._name
        connection.connection = self._opened
        connection.ensure_connection()
        try:
            yield
        finally:
            connection.settings_dict["NAME"] = name
            if connection.vendor == "sqlite":
                self._opened, connection.connection = connection.connection, first
            else:
                connection.close()

    def drop(self) -> None:
        """Nothing of it is left."""
        if connection.vendor == "sqlite":
            self._opened.close()
        else:
            connection.creation.destroy_test_db(suffix=SUFFIX, verbosity=0)
