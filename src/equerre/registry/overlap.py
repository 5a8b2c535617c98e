"""``ForbidOverlap``: two held rows about the same thing never share a day and an instant. The database says so itself.

A constraint of Django, so one ``AddConstraint`` makes it. PostgreSQL holds it by an exclusion constraint (btree_gist), SQLite
by two triggers that are made again whenever Django makes the table again. A null start has always begun, a null end never
comes: ``daterange(null, null)`` means the same.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint

_POSTGRESQL = (
    "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s EXCLUDE USING gist ("
    "%(same)s, daterange(valid_from, valid_until) WITH &&, tstzrange(known_from, known_until) WITH &&)"
    " WHERE (standing = 'held')"
)
_SQLITE = (
    "CREATE TRIGGER %(name)s %(event)s ON %(table)s WHEN NEW.standing = 'held' AND EXISTS ("
    "SELECT 1 FROM %(table)s AS held WHERE held.standing = 'held' AND held.id <> NEW.id AND %(same)s"
    " AND (held.valid_until IS NULL OR NEW.valid_from IS NULL OR NEW.valid_from < held.valid_until)"
    " AND (NEW.valid_until IS NULL OR held.valid_from IS NULL OR held.valid_from < NEW.valid_until)"
    " AND (held.known_until IS NULL OR NEW.known_from < held.known_until)"
    " AND (NEW.known_until IS NULL OR held.known_from < NEW.known_until))"
    " BEGIN SELECT RAISE(ABORT, 'overlap: %(name)s'); END"
)
# Both events, by the end of the trigger's name. A new row and a moved one are checked alike.
_EVENTS = {"_ins": "BEFORE INSERT", "_upd": "BEFORE UPDATE"}


class ForbidOverlap(BaseConstraint):
    """Rows equal in ``fields`` (what they are about) never overlap in both times while they are held."""

    def __init__(self, *, fields: tuple[str, ...], name: str) -> None:
        super().__init__(name=name, violation_error_message="Un fait du même objet vaut déjà ce jour-là.")
        self.fields = tuple(fields)

    def columns(self, model: type[models.Model]) -> list[str]:
        """The columns of ``fields``."""
        columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
        return [columns[field] for field in self.fields]

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """With CREATE TABLE (and when SQLite makes the table again): after it, and after its renaming."""
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """On a table that exists: the last statement is returned, those before it are run now."""
        *first, last = self._statements(model, schema_editor)
        for statement in first:
            schema_editor.execute(statement)
        return last

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        quote = schema_editor.quote_name
        table = Table(model._meta.db_table, quote)
        if schema_editor.connection.vendor == "postgresql":
            return Statement("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", table=table, name=quote(self.name))
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {quote(self.name + '_ins')}")
        return Statement("DROP TRIGGER IF EXISTS %(name)s", table=table, name=quote(self.name + "_upd"))

    def _statements(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        quote = schema_editor.quote_name
        table = Table(model._meta.db_table, quote)
        columns = [quote(column) for column in self.columns(model)]
        if schema_editor.connection.vendor == "postgresql":
            same = ", ".join(f"{column} WITH =" for column in columns)
            return [Statement(_POSTGRESQL, table=table, name=quote(self.name), same=same)]
        same = " AND ".join(f"held.{column} = NEW.{column}" for column in columns)
        return [
            Statement(_SQLITE, table=table, name=quote(self.name + suffix), event=event, same=same)
            for suffix, event in _EVENTS.items()
        ]

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """``record`` is the only writer and the database the judge: forms do not ask twice."""

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        return "equerre.registry.overlap.ForbidOverlap", (), {"fields": self.fields, "name": self.name}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ForbidOverlap):
            return NotImplemented
        return (self.name, self.fields) == (other.name, other.fields)

    __hash__ = None  # type: ignore[assignment]


def absent() -> list[str]:
    """The constraints of our models that the database does not hold, by name: nobody should have taken them off."""
    postgresql = connection.vendor == "postgresql"
    # The exclusion constraints of PostgreSQL, the triggers of SQLite.
    query = (
        "SELECT conname FROM pg_constraint WHERE contype = 'x' AND convalidated"
        if postgresql
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    wanted = [
        constraint
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, ForbidOverlap)
    ]
    names = {
        constraint.name: {constraint.name} if postgresql else {constraint.name + suffix for suffix in _EVENTS}
        for constraint in wanted
    }
    return sorted(name for name, needed in names.items() if not needed <= there)


class BtreeGist(migrations.operations.base.Operation):
    """The extension that lets PostgreSQL compare identities and ranges in one constraint. Nothing on SQLite."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state of the models does not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Left in place: another database user may rest on it."""

    def describe(self) -> str:
        return "Ask PostgreSQL for btree_gist"
