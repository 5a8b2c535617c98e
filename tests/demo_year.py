"""The demo year in a database of its own, beside the one that the tests write in: loaded once by each process of the tests.

A test that asks for it (``demo_year``, in tests/conftest.py) is turned to that database and back; what it writes is rolled back
as anywhere else. A test that flushes flushes the other one. ``few_schools`` is the same with five schools only: for what asks
every page many times about one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Ried-Doré is the one that is asked about; two others share an académie; three are shown on the first page.
FEW = ("ried-dore", "val-d-ambre", "etang-vermeil", "orgues-basses", "beffroi-neuf")


class DemoYear:
    """Another database, made from the first one while it is still empty, and what its loading counted."""

    def __init__(self, suffix: str, few: Collection[str] = ()) -> None:
        from equerre import demo
        from equerre.demo.schools import SCHOOLS

        self._suffix = suffix
        self._opened: Any = None  # on SQLite it is in memory, and lives as long as this stays open
        if connection.vendor == "sqlite":
            self._name = f"file:{suffix}?mode=memory&cache=shared"
        else:
            self._name = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
            connection.creation.clone_test_db(suffix, verbosity=0)
        connection.ensure_connection()
        empty = connection.connection
        with self.turned_to():
            if connection.vendor == "sqlite":
                empty.backup(connection.connection)
            self.counts: Mapping[str, int] = demo.load(schools=[row for row in SCHOOLS if not few or row.slug in few])

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
            connection.creation.destroy_test_db(suffix=self._suffix, verbosity=0)
