"""A kind of fact is declared once: a class, a model and a migration, in a copy of the package, and nothing else.

It is then looked for where people meet it (template, guide, schema, workbook, import, export, history), and where nobody may.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

CLASS = '''

@kind(
    label="la machine de l'atelier",
    title="Machines",
    about="Une machine sur laquelle on produit.",
    key=("name",),
    valid_from=date(2026, 1, 1),
)
class Machine:
    """A machine of the workshop, for a test."""

    name: str = field("nom de la machine", hint="comme sur sa plaque", example="tour fictif")
    power: int | None = field("puissance de la machine", default=None, unit="kW", example=7)
'''
MODEL = """
class Machine(OfSchool):
    KIND = "machine"
    OF = ("school", "name")
    name = models.CharField(max_length=80)
    power = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "machine"
        verbose_name_plural = "machines"
        indexes = about("school", "name", name="machine_of")
        constraints = two_times("machine", "school", "name")


DATED: tuple[type[Dated], ...] = (
    Machine,
"""
SECRETS = ("tour-secret", "31415")
# What is asked of the copy, in one process: each answer by its name.
ASKED = """
import json
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
call_command("makemigrations", "registry", verbosity=0)
call_command("migrate", verbosity=0)

from django.test import Client
from equerre.documents.facts_file.template import template
from equerre.documents.schemas import facts_schema
from equerre.imports.schools.book import blank_template
from equerre.imports.schools.export import filled as exported
from equerre.imports.schools.load import bring
from equerre.registry import history, models, selectors

told = {"template": template(), "schema": json.dumps(facts_schema(), ensure_ascii=False)}
told["workbook"] = {
    filled.sheet.title: [column.label for column in filled.sheet.columns] for filled in blank_template()
}
told["hints"] = [column.hint for filled in blank_template() for column in filled.sheet.columns]

files = {
    "school.csv": "school;fictional;name\\nessai;oui;École fictive d'essai\\n",
    "site.csv": "site;school;main;uai;departement\\nsite-essai;essai;oui;9990012J;69\\n",
    "machine.csv": "school;name;power;from\\nessai;tour-secret;31415;2026-01-01\\n",
}
bring(
    {name: text.encode() for name, text in files.items()},
    "essai",
    author="person:test",
    recorded_at=datetime(2026, 2, 1, tzinfo=UTC),
)
row = models.KINDS["machine"]._default_manager.get()
told["history"] = [event.text for event in history.tell([row])]
told["export"] = json.dumps([filled.rows for filled in exported()], ensure_ascii=False, default=str)
facts = selectors.school("essai")
told["facts"] = [fact.name for fact in facts.facts()]

client = Client()
pages = ("/ecoles/9990012J", "/ecoles/9990012J/dossier.json", "/ecoles", "/flux.atom", "/sources", "/donnees",
         "/donnees/changements.jsonl?columns=all", "/donnees/ecoles.jsonl?columns=all",
         "/api/v1/schools/9990012J", "/api/v1/schools/9990012J/chain", "/api/v1/schools/9990012J/history", "/api/v1/changes")
told["public"] = {}
for page in pages:
    answer = client.get(page)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told["public"][page] = [answer.status_code, body.decode()]
Path("told.json").write_text(json.dumps(told), "utf-8")
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the package says once it knows one kind more."""
    root = tmp_path_factory.mktemp("kind")
    package = root / "src" / "equerre"
    shutil.copytree(ROOT / "src" / "equerre", package, ignore=shutil.ignore_patterns("__pycache__"))
    with (package / "facts" / "production.py").open("a", encoding="utf-8") as file:
        file.write(CLASS.replace("date(", "__import__('datetime').date("))
    models = package / "registry" / "models.py"
    text = models.read_text("utf-8")
    assert text.count("DATED: tuple[type[Dated], ...] = (\n") == 1
    models.write_text(text.replace("DATED: tuple[type[Dated], ...] = (\n", MODEL), "utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("EQUERRE_", "DATABASE_URL"))}
    env |= {
        "PYTHONPATH": str(root / "src"),
        "DJANGO_SETTINGS_MODULE": "equerre.config.settings",
        "EQUERRE_HOME": str(root / "home"),
        "EQUERRE_HOSTS": "testserver",
    }
    (root / "home").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=root, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads((root / "told.json").read_text("utf-8"))
    return found


def test_it_is_in_the_template_with_its_words(told: dict[str, Any]) -> None:
    assert "[[machine]]" in told["template"]
    assert "# nom de la machine : comme sur sa plaque" in told["template"]
    assert 'name = "tour fictif"' in told["template"]


def test_it_is_in_the_schema(told: dict[str, Any]) -> None:
    schema = json.loads(told["schema"])["$defs"]["machine"]
    assert schema["description"] == "Une machine sur laquelle on produit."
    assert schema["properties"]["power"]["description"] == "puissance de la machine"


def test_it_is_in_the_workbook_with_its_labels_and_its_hints(told: dict[str, Any]) -> None:
    assert {"nom de la machine", "puissance de la machine"} <= set(told["workbook"]["Machines"])
    assert "comme sur sa plaque" in told["hints"]


def test_it_is_imported_exported_and_told_in_its_history(told: dict[str, Any]) -> None:
    assert "machine[tour-secret]" in told["facts"]
    assert all(secret in told["export"] for secret in SECRETS)
    assert any("puissance de la machine : 31415" in text for text in told["history"])


def test_nothing_public_says_that_there_is_one(told: dict[str, Any]) -> None:
    pages = told["public"]
    assert {page: status for page, (status, _) in pages.items() if status != 200} == {}
    assert "École fictive d'essai" in pages["/api/v1/schools/9990012J"][1]
    found = [
        (page, word)
        for page, (_, text) in pages.items()
        for word in (*SECRETS, "machine de l", "Machine")
        if word in text
    ]
    assert found == []
