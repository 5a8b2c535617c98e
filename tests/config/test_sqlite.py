"""The file of SQLite deleted or replaced under the server: seen at the next request, told, opened anew."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.db import connection, transaction
from django.test import Client

from equerre.opendata.models import CorrectionRequest
from tests.registry.conftest import Installation, installation, prepared, prepared_once
from tests.web.test_report import send

__all__ = ["installation", "prepared", "prepared_once"]

ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no file of ours")


def another(path: Path) -> Path:
    """A copy of the base, in which somebody asked for a correction."""
    copy = path.with_name("autre.sqlite3")
    with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    return copy


@ON_SQLITE
def test_a_file_that_is_gone_is_told_and_nothing_is_lost_in_it(client: Client, in_a_file: Path) -> None:
    assert client.get("/healthz").status_code == 200
    in_a_file.unlink()
    health = client.get("/healthz")
    assert (health.status_code, health.content.decode()) == (503, "La base de données ne répond pas.\n")
    page = client.get("/ecoles")
    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert client.get("/api/v1/schools").status_code == 503
    asked = send(client)
    assert asked.status_code == 503
    assert "Demande n°" not in asked.content.decode()
    assert not in_a_file.exists()


@ON_SQLITE
def test_a_file_put_in_its_place_is_opened(client: Client, in_a_file: Path) -> None:
    copy = another(in_a_file)
    first = send(client)
    assert (first.status_code, CorrectionRequest.objects.count()) == (302, 1)
    for journal in ("-wal", "-shm"):  # as docs/operations.md says: they are of the file that goes
        in_a_file.with_name(in_a_file.name + journal).unlink()
    copy.replace(in_a_file)
    assert client.get(first["Location"]).status_code == 404
    assert send(client).status_code == 302
    connection.close()
    assert CorrectionRequest.objects.count() == 1


@ON_SQLITE
def test_a_file_that_comes_back_is_the_same_one(client: Client, in_a_file: Path) -> None:
    aside = in_a_file.with_name("à côté")
    in_a_file.rename(aside)
    assert client.get("/healthz").status_code == 503
    aside.rename(in_a_file)
    assert client.get("/healthz").status_code == 200
    assert client.get("/ecoles").status_code == 200


@ON_SQLITE
def test_a_transaction_ends_in_the_file_where_it_began(client: Client, in_a_file: Path) -> None:
    with transaction.atomic():
        opened = connection.connection
        in_a_file.unlink()
        client.get("/healthz")
        assert connection.connection is opened
    assert client.get("/healthz").status_code == 503


# --- A server ------------------------------------------------------------------------------------------------------------


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a server of two processes."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
    serve = [sys.executable, "-c", "from equerre.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(
        serve,
        env=environment | {"EQUERRE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[4]
        finally:
            server.terminate()
            server.wait(timeout=120)


def asked(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_backup_restored_in_place_is_served_without_a_new_start(
    prepared: Installation, prepared_once: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "sauvegarde.gz"
    Installation(prepared_once / "demo").says("backup", backup)
    base = prepared.home / "equerre.sqlite3"
    with served(prepared.home) as address:
        for _ in range(6):  # whichever of the processes answers
            assert asked(f"{address}ecoles?q=Ried")[0] == 200
        for left in prepared.home.glob("equerre.sqlite3*"):
            left.unlink()
        for page in ("healthz", "ecoles", "api/v1/schools"):
            for _ in range(4):
                assert asked(address + page)[0] == 503, page
        assert not base.exists()
        prepared.says("migrate")
        prepared.says("restore", backup)
        for _ in range(6):
            status, text = asked(f"{address}ecoles?q=Ried")
            assert status == 200
            assert "Ried-Doré" in text
    shutil.rmtree(prepared.home)
