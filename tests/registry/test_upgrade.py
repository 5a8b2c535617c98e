"""From the tables of each release to those of today: every row is still there, and the constraints that guard them too."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from equerre.imports.rncp.load import PEERS
from equerre.registry import models
from equerre.registry.delivering import Staging
from equerre.registry.overlap import absent
from equerre.registry.record import By, Entry

pytestmark = pytest.mark.django_db(transaction=True)

RELEASES = tomllib.loads(Path(__file__).with_name("releases.toml").read_text("utf-8"))
DATED = {
    "valid_from": date(2025, 11, 27),
    "valid_until": None,
    "known_from": datetime(2025, 12, 1, 8, tzinfo=UTC),
    "known_until": None,
    "standing": "held",
    "source_id": 1,
    "author": "person:1",
    "reason": "entry",
    "note": "vue au Journal officiel",
}
# What a release of before held, by table: only columns that were there in every release since.
ROWS: dict[str, dict[str, Any]] = {
    "registry_source": {"id": 1, "key": "acte", "publisher": "Ministère fictif", "title": "Arrêté fictif"},
    "registry_school": {"id": 1, "key": "école-1", "fictional": True},
    "registry_site": {"id": 1, "key": "site-1", "school_id": 1},
    "registry_annuallist": {
        **DATED,
        "id": 1,
        "act_year": 2025,
        "published_on": date(2025, 11, 27),
        "authority": "les deux ministres",
        "number": "FICTIF-1",
    },
    "registry_annuallistentry": {**DATED, "id": 1, "school_id": 1, "act_year": 2025},
    "registry_annuallistentry_sites": {"id": 1, "annuallistentry_id": 1, "site_id": 1},
    "registry_audience": {**DATED, "id": 1, "school_id": 1, "school_status": 24},
}


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> Iterator[str]:
    """The tables of a release, empty; and today's again for whoever comes after."""
    call_command("migrate", "registry", "zero", verbosity=0)
    for app, name in RELEASES[request.param].items():
        if app != "accounts":
            call_command("migrate", app, name, verbosity=0)
    yield request.param
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)


def insert(table: str, row: dict[str, Any]) -> None:
    quoted = ", ".join(map(connection.ops.quote_name, row))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values()))


def held(table: str, columns: list[str]) -> list[tuple[str, ...]]:
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted} FROM {table} ORDER BY id")
        return [tuple(map(str, row)) for row in cursor.fetchall()]


@pytest.mark.usefixtures("release")
def test_no_row_is_lost_from_one_release_to_today() -> None:
    for table, row in ROWS.items():
        insert(table, row)
    before = {table: held(table, list(row)) for table, row in ROWS.items()}
    call_command("migrate", verbosity=0)
    assert {table: held(table, list(row)) for table, row in ROWS.items()} == before
    assert absent() == []
    for table in ("registry_annuallist", "registry_annuallistentry", "registry_audience"):
        with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
            copied_again(table)


def copied_again(table: str) -> None:
    """The row of a table once more, under another number, with whatever columns today's table has."""
    with connection.cursor() as cursor:
        columns = [
            one.name for one in connection.introspection.get_table_description(cursor, table) if one.name != "id"
        ]
        names = ", ".join(map(connection.ops.quote_name, columns))
        cursor.execute(f"INSERT INTO {table} (id, {names}) SELECT 2, {names} FROM {table}")


def test_every_release_names_migrations_that_are_there() -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    for names in RELEASES.values():
        for app, name in names.items():
            assert (app, name) in known


def test_the_tables_are_those_of_the_models() -> None:
    """A model changed without its migration would be missed by every test that makes its tables from migrations."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.fixture
def before_deliveries() -> Iterator[None]:
    """The tables of before deliveries were kept; and today's again for whoever comes after."""
    call_command("migrate", "registry", "0002", verbosity=0)
    yield
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)


@pytest.mark.usefixtures("before_deliveries")
def test_what_was_read_before_can_be_withdrawn_and_what_was_read_inactive_is_closed() -> None:
    read = {
        "id": 7,
        "key": "Certif Info:0123456789abcdef",
        "publisher": "Certif Info",
        "title": "kit apprentissage du 31 janvier 2025",
        "dated_on": date(2025, 1, 31),
        "sha256": "0123456789abcdef" * 4,
    }
    insert("registry_source", read)
    insert("registry_certification", {"id": 1, "key": "RNCP91001"})
    row = {
        **DATED,
        "source_id": 7,
        "valid_from": None,
        "note": "",
        "certification_id": 1,
        "title": "Essai",
        "kind": "title",
    }
    inactive = {"standing": "outdated", "reason": "ended", "read_on": date(2025, 1, 31)}
    insert("registry_certificationsheet", {**row, **inactive, "id": 1})
    with connection.cursor() as cursor:  # PostgreSQL does not hear of a number that is given
        for sql in connection.ops.sequence_reset_sql(no_style(), [models.CertificationSheet]):
            cursor.execute(sql)
    call_command("migrate", verbosity=0)
    sheet = models.CertificationSheet.objects.get()
    assert (sheet.closed_read_on, sheet.standing) == (date(2025, 1, 31), "outdated")
    delivery = models.Delivery.objects.get()
    assert (delivery.kind, delivery.source_id, delivery.recorded_at) == ("rncp", 7, DATED["known_from"])
    # Read again, the same file holds it, closed: what vanished comes back.
    staging = Staging(By("command:import", datetime(2026, 1, 1, tzinfo=UTC), delivery.source, "import"), "rncp")
    values = {"certification": 1, "title": "Essai", "kind": "title", "closed_read_on": date(2025, 1, 31)}
    staging.whole(models.CertificationSheet, [Entry(models.CertificationSheet, values)], PEERS)
    staging.publish()
    held_now = models.CertificationSheet.objects.get(standing="held")
    assert (held_now.closed_read_on, held_now.source_id) == (date(2025, 1, 31), 7)
