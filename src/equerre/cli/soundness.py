"""What ``equerre check`` asks of the database itself: is it whole, and are its tables those of this version?

Nothing is believed: every row is read, every index is gone through when the database knows how, and each table is compared with
what the models say. That the migrations are all marked as done says nothing of one that was edited since.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import AutoField, Model

from equerre.kernel.french import counted, listed
from equerre.registry.overlap import ForbidOverlap

CHUNK = 2000
SHOWN = 3
RESTORE = "arrêtez le serveur, puis restaurez la dernière sauvegarde dans une base neuve (« equerre restore »)."
NO_AMCHECK = (
    "Les index de PostgreSQL n'ont pas été relus : « CREATE EXTENSION amcheck », par qui gère cette base, le permettra."
)


def tables() -> list[type[Model]]:
    """Every table that this version manages, those between two tables among them."""
    found = apps.get_models(include_auto_created=True)
    return sorted((model for model in found if model._meta.managed and not model._meta.proxy), key=of)


def of(model: type[Model]) -> str:
    """The name of its table."""
    return model._meta.db_table


# --- Is it whole? ----------------------------------------------------------------------------------------------------------


def damage() -> Iterator[str]:
    """What cannot be read back, or contradicts itself: a sentence each."""
    yield from pages_and_keys() if connection.vendor == "sqlite" else ()
    for model in tables():
        rows = model._default_manager.values_list(*(field.attname for field in model._meta.concrete_fields))
        try:
            for _ in rows.iterator(CHUNK):
                pass
        except (DatabaseError, ValueError):
            if not connection.is_usable():
                raise
            yield f"La table {of(model)} ne se lit pas jusqu'au bout, elle est abîmée : {RESTORE}"


def pages_and_keys() -> Iterator[str]:
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA integrity_check")
            said = [text for (text,) in cursor.fetchall()]
            cursor.execute("PRAGMA foreign_key_check")
            lost = {table for table, *_ in cursor.fetchall()}
        except DatabaseError as error:
            said, lost = [str(error)], set()
    if said != ["ok"]:
        yield f"La base est abîmée ({counted(len(said), 'défaut')}, dont « {' '.join(said[0].split())} ») : {RESTORE}"
    for table in sorted(lost):
        yield f"Des lignes de {table} nomment ce qui n'existe pas : {RESTORE}"


def indexes_can_be_read() -> bool:
    """Whether the database goes through its own indexes: SQLite does, PostgreSQL when amcheck is there and we may ask it."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(has_function_privilege(pg_proc.oid, 'EXECUTE')) FROM pg_proc JOIN pg_depend ON objid = pg_proc.oid"
            " JOIN pg_extension ON refobjid = pg_extension.oid WHERE extname = 'amcheck'"
        )
        return bool(cursor.fetchone()[0])


def damaged_indexes() -> Iterator[str]:
    """The indexes of PostgreSQL that do not lead to the rows of their table: a sentence each."""
    if connection.vendor == "sqlite" or not indexes_can_be_read():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " JOIN pg_am ON pg_am.oid = relam"
            " WHERE amname = 'btree' AND indisvalid AND indrelid::regclass::text = ANY(%s) ORDER BY 1",
            [[of(model) for model in tables()]],
        )
        for (index,) in cursor.fetchall():
            try:
                cursor.execute("SELECT bt_index_check(%s::regclass, true)", [index])
            except DatabaseError:
                if not connection.is_usable():
                    raise
                yield f"L'index {index} est abîmé : lancez « REINDEX INDEX {index} », puis de nouveau « equerre check »."


# --- Are the tables those of this version? -----------------------------------------------------------------------------------


def differences() -> Iterator[str]:
    """The tables that are not what the models say: a sentence each."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for model in tables():
            found = gaps(cursor, model) if of(model) in there else ["elle manque"]
            if found:
                shown = found[:SHOWN] + ([counted(len(found) - SHOWN, "autre écart")] if len(found) > SHOWN else [])
                yield (
                    f"La table {of(model)} n'est pas celle de cette version ({listed(shown)}) : voyez qui a touché à la base, "
                    "ou restaurez une sauvegarde dans une base neuve (« equerre restore »)."
                )


def gaps(cursor: Any, model: type[Model]) -> list[str]:
    held = {name: (kind, null) for name, kind, null in columns_of(cursor, of(model))}
    wanted = {field.column: field for field in model._meta.concrete_fields}
    found = [f"la colonne {name} manque" for name in wanted if name not in held]
    found += [f"la colonne {name} est de trop" for name in held if name not in wanted]
    for name, field in wanted.items():
        kind, null = held.get(str(name), ("", field.null))
        said = spelt(field.db_type(connection) or "")
        # A number that the database gives: Django's own tables have the short or the long one, by the version that made them.
        if kind and spelt(kind) != said and not isinstance(field, AutoField):
            found.append(f"la colonne {name} est « {kind} » et non « {said} »")
        if null != field.null:
            found.append(f"la colonne {name} {'admet' if null else 'refuse'} le vide")
    return found + constraints_lost(cursor, model)


def columns_of(cursor: Any, table: str) -> list[tuple[str, str, bool]]:
    """Each column: its name, its type, whether it may be empty."""
    if connection.vendor == "sqlite":
        described = connection.introspection.get_table_description(cursor, table)
        return [(column.name, str(column.type_code), bool(column.null_ok)) for column in described]
    cursor.execute(
        "SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    return list(cursor.fetchall())


def spelt(kind: str) -> str:
    """A type in one spelling, that of the models and that of the database."""
    return kind.lower().replace("character varying", "varchar").replace(", ", ",")


def constraints_lost(cursor: Any, model: type[Model]) -> list[str]:
    there = connection.introspection.get_constraints(cursor, of(model))
    meta = model._meta
    named = [item.name for item in (*meta.constraints, *meta.indexes) if not isinstance(item, ForbidOverlap)]
    found = [f"la contrainte ou l'index {name} manque" for name in named if name not in there]
    columns = {field.name: str(field.column) for field in meta.concrete_fields}
    unique = [[str(field.column)] for field in meta.concrete_fields if field.unique]
    unique += [[columns[name] for name in together] for together in meta.unique_together]
    held = [set(item["columns"]) for item in there.values() if item["unique"] or item["primary_key"]]
    found += [f"rien n'y rend unique {listed(names)}" for names in unique if set(names) not in held]
    keys = {(item["columns"][0], *item["foreign_key"]) for item in there.values() if item["foreign_key"]}
    for field in meta.concrete_fields:
        if field.remote_field and field.db_constraint:  # type: ignore[attr-defined]  # a foreign key
            target: Any = field.target_field  # type: ignore[attr-defined]
            if (field.column, of(target.model), target.column) not in keys:
                found.append(f"la colonne {field.column} ne tient plus à {of(target.model)}")
    return found
