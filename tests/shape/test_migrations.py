"""A migration that has landed is never edited again: bases were made with it. What is wrong in one, the next one mends."""

from __future__ import annotations

import hashlib
from io import StringIO

import pytest
from django.core.management import call_command

from scripts.papers import SOURCE

# The hash of each file. A new migration adds its line; no line changes.
LANDED = {
    "accounts/0001_initial": "16c9bd4ce967711f3b90f3887a27f5ca44a1385e69cdaf814c4a25c8fab49c5e",
    "opendata/0001_initial": "734c7a35545e692c82f487ba3817fe78ad19e06ff84d3ab5499890baf6175370",
    "opendata/0002_count": "3f643fcd604614159793c7fb45529c9cde25e1c2c2090dfe895c4fa1dc0c92d7",
    "registry/0001_initial": "af2dc9bd9a458e032a2336400e1d6d47d254e628445d8bb5ec757ce265e6e30d",
    "registry/0002_labels_are_declared": "eccf2252879f63439840850ece1e4e01ec4ea78db55e55df08d4f219dd510bbb",
    "registry/0003_deliveries_and_closed_sheets": "a2eeb2b93af6ae649a9e8c22612fb5ca52e670ab7a70b2eebe5532a00f448801",
}


def test_a_migration_that_has_landed_is_never_edited() -> None:
    found = {
        f"{file.parent.parent.name}/{file.stem}": hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(SOURCE.glob("*/migrations/[0-9]*.py"))
    }
    assert found == LANDED, "mend in a new migration, and give that one its line here"


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes detected" in said.getvalue() or "Aucun" in said.getvalue()
