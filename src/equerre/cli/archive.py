"""The file of a backup: everything that the database holds, as lines that either database reads back.

A gzip of JSON lines, in UTF-8::

    {"format": "equerre-backup/1", "equerre": "0.2.0", "migrations": {…}, "tables": [{"model", "columns", "rows"}, …]}
    [1, "…"]                       one line a row, tables in the order of the header, rows by number
    {"sha256": "…"}                of all the lines before: a file cut short has no end, and is refused

No line is longer than ``LONGEST``, and none is read further: no file decides how much memory it takes. Days and instants are ISO
texts, instants in UTC. The same content gives the same bytes, on SQLite and on PostgreSQL, whatever
the day. Sessions stay out: whoever restores signs in again. So does the revision, which counts the writes of one database: a
restored one begins at a number that no other had, lest a mark given before (ETag) name what is there now. The file holds persons
and private notes: keep it as the database.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, ForeignKey, Model, QuerySet

from equerre import __version__
from equerre.cli.registry import RegistryError
from equerre.kernel.french import counted
from equerre.registry import revision

FORMAT = "equerre-backup/1"
CHUNK = 500  # rows written together, and fewer when they are long
LONGEST = 4 * 1024 * 1024  # bytes of a line

LEFT_OUT = ("sessions",)
# Tables whose rows are of one database, and not of what it holds.
LEFT_EMPTY = ("registry.Revision",)
# Django fills these by itself in a database just migrated: a restore puts those of the backup in their place.
FILLED_BY_DJANGO = ("auth.Permission", "contenttypes.ContentType")

Table = dict[str, Any]
NOT_A_BACKUP = "n'est pas une sauvegarde d'Équerre, ou elle est abîmée : rien n'a été écrit."


def backed_up() -> list[type[Model]]:
    """Every table that a backup holds, by name; those between two tables among them."""
    found = apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and model._meta.app_label not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.label)


def applied() -> dict[str, list[str]]:
    """The migrations of the database, by app: two databases that differ here do not hold the same tables."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


# --- Out -------------------------------------------------------------------------------------------------------------------


def write(path: Path) -> int:
    """Write the file whole, or not at all. Gives the number of rows. The file must not exist yet."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with _said_of(path):
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as raw, GzipFile("", "wb", fileobj=raw, mtime=0) as file:
                rows = _write(file)
            path.hardlink_to(draft)
        finally:
            draft.unlink()
    return rows


def _write(file: GzipFile) -> int:
    digest = hashlib.sha256()
    with one_instant():
        tables: list[Table] = [
            {"model": model._meta.label, "columns": _columns(model), "rows": _content(model).count()}
            for model in backed_up()
        ]
        header = {"format": FORMAT, "equerre": __version__, "migrations": applied(), "tables": tables}
        _put(file, header, digest)
        for model in backed_up():
            for row in _content(model).order_by("pk").values_list(*_columns(model)).iterator(CHUNK):
                _put(file, [_plain(value) for value in row], digest)
    _put(file, {"sha256": digest.hexdigest()}, hashlib.sha256())
    return sum(table["rows"] for table in tables)


@contextmanager
def one_instant() -> Iterator[None]:
    """Everything is read as it was at one instant, and nobody who writes has to wait."""
    if connection.in_atomic_block or connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _content(model: type[Model]) -> QuerySet[Any]:
    rows = model._default_manager.all()
    return rows.none() if model._meta.label in LEFT_EMPTY else rows


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _put(file: GzipFile, line: object, digest: Any) -> None:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    assert len(text) <= LONGEST, "a row that no restore would read"
    digest.update(text)
    file.write(text)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


# --- In --------------------------------------------------------------------------------------------------------------------


def restore(path: Path, at: datetime) -> int:
    """Fill an empty database of the same version, in one transaction, numbers kept. Gives the number of rows."""
    with _said_of(path), GzipFile(path, "rb") as file, transaction.atomic():
        for model in backed_up():
            if model._meta.label not in FILLED_BY_DJANGO and (rows := model._default_manager.count()):
                raise RegistryError(
                    f"La base n'est pas vide ({counted(rows, 'ligne')} dans {model._meta.label}) : une sauvegarde se restaure "
                    "dans une base neuve. Désignez un autre EQUERRE_HOME ou une autre base, puis lancez « equerre migrate »."
                )
        lines = _ArchiveLines(file, path)
        tables = _tables(lines.next(), path)
        for label in FILLED_BY_DJANGO:
            apps.get_model(label)._default_manager.all().delete()
        models = {model._meta.label: model for model in backed_up()}
        for table in tables:
            _fill(models[table["model"]], table, lines)
        lines.end()
        connection.check_constraints()
        # PostgreSQL gives numbers by sequences, which have seen none of the rows restored.
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), backed_up()):
                cursor.execute(statement)
        revision.begin_again(at)
    return sum(table["rows"] for table in tables)


def _tables(header: Any, path: Path) -> list[Table]:
    """The tables of a header that this database can hold."""
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise RegistryError(f"{path} {NOT_A_BACKUP}")
    tables: list[Table] = header["tables"]
    here = {model._meta.label: _columns(model) for model in backed_up()}
    if header["migrations"] != applied() or {table["model"]: table["columns"] for table in tables} != here:
        raise RegistryError(
            f"{path} vient de la version {header['equerre']} d'Équerre, dont les tables ne sont pas celles de cette base "
            f"(version {__version__}) : restaurez-la avec la version dont elle vient, puis lancez « equerre migrate »."
        )
    return tables


def _fill(model: type[Model], table: Table, lines: _ArchiveLines) -> None:
    fields = [_kept(field) for field in model._meta.concrete_fields]
    columns = _columns(model)
    rows: list[Model] = []
    weight = 0
    for left in range(table["rows"] - 1, -1, -1):
        row, size = lines.row()
        rows.append(
            model(**{name: field.to_python(value) for name, field, value in zip(columns, fields, row, strict=True)})
        )
        weight += size
        if not left or len(rows) == CHUNK or weight > LONGEST:
            model._default_manager.bulk_create(rows)
            rows, weight = [], 0


def _kept(field: Field[Any, Any]) -> Field[Any, Any]:
    """The field that says how a value is written: that of the row named, for a row that names another."""
    return _kept(field.target_field) if isinstance(field, ForeignKey) else field


class _ArchiveLines:
    """The lines of a file, each checked to be there; at the end, all of them against their hash."""

    def __init__(self, file: GzipFile, path: Path) -> None:
        self._file = file
        self._path = path
        self._digest = hashlib.sha256()

    def next(self) -> Any:
        return json.loads(self._text())

    def row(self) -> tuple[list[Any], int]:
        """The values of a row, and the bytes of its line."""
        text = self._text()
        values = json.loads(text)
        if not isinstance(values, list) or any(isinstance(value, list | dict) for value in values):
            raise RegistryError(f"{self._path} {NOT_A_BACKUP}")
        return values, len(text)

    def end(self) -> None:
        expected = {"sha256": self._digest.hexdigest()}
        if self.next() != expected or self._file.read(1):
            raise RegistryError(f"{self._path} {NOT_A_BACKUP}")

    def _text(self) -> bytes:
        text = self._file.readline(LONGEST + 1)
        if len(text) > LONGEST:
            raise RegistryError(f"{self._path} {NOT_A_BACKUP}")
        self._digest.update(text)
        return text


# --- What goes wrong with a file ---------------------------------------------------------------------------------------------


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """One sentence for each way in which a file cannot be written or read."""
    try:
        yield
    except FileExistsError as error:
        raise RegistryError(f"{path} existe déjà : donnez un autre nom, ou déplacez ce fichier.") from error
    except (
        BadGzipFile,
        EOFError,
        KeyError,
        RecursionError,
        TypeError,
        ValidationError,
        ValueError,
        zlib.error,
    ) as error:
        raise RegistryError(f"{path} {NOT_A_BACKUP}") from error
    except (DataError, IntegrityError) as error:
        raise RegistryError(
            f"{path} contredit les règles de la base, ou nomme ce qu'elle ne porte pas : rien n'a été écrit."
        ) from error
    except FileNotFoundError as error:
        raise RegistryError(f"{path} n'existe pas, ou son dossier n'existe pas : vérifiez le chemin.") from error
    except OSError as error:
        raise RegistryError(
            f"{path} ne se laisse pas lire ou écrire : vérifiez vos droits et la place sur le disque."
        ) from error
