"""``equerre check`` on a base that is not what it seems: damaged pages, tables of another edition, rows that name nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.models import Model

from equerre.cli import soundness
from equerre.cli.soundness import damage, damaged_indexes, differences, indexes_can_be_read, tables
from equerre.registry import models
from tests.registry.conftest import Installation, demo, installation, prepared, prepared_once

__all__ = ["demo", "installation", "prepared", "prepared_once"]

ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="a page of a file of ours")
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")
PAGE = 4096


def spoilt(file: Path, page: int, how: bytes) -> None:
    """Some bytes in the middle of a page, as a disk that fails leaves it."""
    with file.open("r+b") as base:
        base.seek(page * PAGE)
        base.write((how * PAGE)[:PAGE])


@pytest.mark.django_db
def test_a_base_in_order_has_nothing_to_tell() -> None:
    assert list(differences()) == list(damage()) == list(damaged_indexes()) == []
    assert len(tables()) > 50


# --- Damage ------------------------------------------------------------------------------------------------------------


@ON_SQLITE
@pytest.mark.parametrize("how", [b"\x00", b"\xa5\x5a"], ids=["emptied", "scrambled"])
def test_a_damaged_page_is_found_wherever_it_is(
    prepared_once: Path, in_a_file: Path, monkeypatch: pytest.MonkeyPatch, how: bytes
) -> None:
    good, bad = prepared_once / "demo" / "equerre.sqlite3", in_a_file.with_name("abîmée.sqlite3")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(bad))
    pages = good.stat().st_size // PAGE
    missed = []
    for page in range(1, pages, max(1, pages // 14)):
        connection.close()
        for left in bad.parent.glob(f"{bad.name}*"):
            left.unlink()
        shutil.copy(good, bad)
        spoilt(bad, page, how)
        try:
            found = list(damage())
        except DatabaseError:
            found = ["a page without which nothing is read"]
        if not found:
            missed.append(page)
    connection.close()
    assert missed == []


@pytest.mark.parametrize("page", [0.3, 0.6, 0.9])
def test_a_damaged_base_is_unfit_and_told_what_to_do(demo: Installation, page: float) -> None:
    file = demo.home / "equerre.sqlite3"
    spoilt(file, int(file.stat().st_size / PAGE * page), b"\xa5\x5a")
    code, output, errors = demo.run("check")
    assert code in (1, 2)
    assert "abîmée" in output + errors
    assert "equerre restore" in output + errors
    assert "Tout est en état de servir" not in output


@ON_SQLITE
def test_a_row_that_names_nothing_is_found(in_a_file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO registry_site (key, school_id) VALUES ('perdu', 999)")
        cursor.execute("PRAGMA foreign_keys = ON")
    (said,) = damage()
    assert said.startswith("Des lignes de registry_site nomment ce qui n'existe pas : ")


@pytest.mark.django_db
def test_a_table_that_does_not_read_to_its_end_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def values_list(self, *names: str) -> Broken:
            return self

        def iterator(self, chunk: int) -> None:
            raise DatabaseError("invalid page in block 12 of relation base/16384/16400")

    class Table:
        _default_manager = Broken()
        _meta = models.Audience._meta

    monkeypatch.setattr(soundness, "tables", lambda: [Table])
    (said,) = damage()
    assert said.startswith(
        "La table registry_audience ne se lit pas jusqu'au bout, elle est abîmée : arrêtez le serveur"
    )


@ON_POSTGRESQL
@pytest.mark.django_db
def test_indexes_are_read_when_amcheck_is_there() -> None:
    assert not indexes_can_be_read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'")
        if cursor.fetchone() is None:
            pytest.skip("this server has no amcheck")
        cursor.execute("CREATE EXTENSION amcheck")
    assert indexes_can_be_read()
    assert list(damaged_indexes()) == []


# --- Tables of another edition -------------------------------------------------------------------------------------------


def altered(model: type[Model], *statements: str) -> str:
    """What is said of a table after somebody changed it."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    (said,) = differences()
    assert said.startswith(f"La table {model._meta.db_table} n'est pas celle de cette version (")
    assert said.endswith("restaurez une sauvegarde dans une base neuve (« equerre restore »).")
    return said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE registry_audience DROP COLUMN ended_note", "la colonne ended_note manque"),
        ("ALTER TABLE registry_audience ADD COLUMN status varchar(8)", "la colonne status est de trop"),
        (
            "ALTER TABLE registry_audience RENAME COLUMN reason TO motive",
            "la colonne reason manque et la colonne motive",
        ),
        ("DROP INDEX {index}", "la contrainte ou l'index {index} manque"),
    ],
)
def test_a_table_of_another_edition_is_said(statement: str, said: str) -> None:
    index = models.Audience._meta.indexes[0].name
    assert said.format(index=index) in altered(models.Audience, statement.format(index=index))


@ON_POSTGRESQL
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "ALTER COLUMN reason TYPE varchar(99)",
            "la colonne reason est « character varying(99) » et non « varchar(80) »",
        ),
        ("ALTER COLUMN school_status DROP NOT NULL", "la colonne school_status admet le vide"),
        ("ALTER COLUMN known_until SET NOT NULL", "la colonne known_until refuse le vide"),
        ("DROP CONSTRAINT {check}", "la contrainte ou l'index {check} manque"),
        ("DROP CONSTRAINT {key}", "la colonne school_id ne tient plus à registry_school"),
    ],
)
def test_columns_and_constraints_are_compared(statement: str, said: str) -> None:
    check = models.Audience._meta.constraints[0].name
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, "registry_audience")
    (key,) = (name for name, item in there.items() if item["columns"] == ["school_id"] and item["foreign_key"])
    names = {"check": check, "key": key}
    assert said.format(**names) in altered(
        models.Audience, "SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE registry_audience {statement.format(**names)}"
    )


@ON_SQLITE
def test_columns_and_constraints_of_a_file_are_compared(in_a_file: Path) -> None:
    """SQLite alters neither: the table is written again, as an earlier edition of its migration would have."""
    schema = "UPDATE sqlite_master SET sql = %s WHERE name = 'registry_audience'"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'registry_audience'")
        (sql,) = cursor.fetchone()
    for before, after, said in (
        (
            '"reason" varchar(80)',
            '"reason" varchar(99)',
            "la colonne reason est « varchar(99) » et non « varchar(80) »",
        ),
        ('"reason" varchar(80) NOT NULL', '"reason" varchar(80) NULL', "la colonne reason admet le vide"),
        ('CONSTRAINT "audience_known" CHECK', "CHECK", "la contrainte ou l'index audience_known manque"),
        (
            'REFERENCES "registry_school" ("id") DEFERRABLE INITIALLY DEFERRED',
            "",
            "la colonne school_id ne tient plus à registry_school",
        ),
    ):
        assert before in sql
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA writable_schema = ON")
            cursor.execute(schema, [sql.replace(before, after)])
        connection.close()
        (told,) = differences()
        assert said in told


@pytest.mark.django_db
def test_a_table_that_is_missing_is_said() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE registry_audience")
    (said,) = differences()
    assert said.startswith("La table registry_audience n'est pas celle de cette version (elle manque)")


def test_a_base_of_another_edition_is_unfit(prepared: Installation) -> None:
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('ALTER TABLE registry_audience DROP COLUMN ended_note')"
    assert prepared.run(prepared.home / "equerre.sqlite3", code=code)[0] == 0
    status, output, _ = prepared.run("check")
    assert status == 1
    assert "◆ La table registry_audience n'est pas celle de cette version (la colonne ended_note manque)" in output
    assert output.endswith("1 point à régler.\n")
