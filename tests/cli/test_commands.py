"""The other commands: verify, facts, articles, readings, id, schema, and the command alone."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from equerre import __version__, law
from equerre.cli import COMMANDS
from equerre.documents.facts_file import read_facts
from equerre.kernel.identifiers import KINDS
from tests.cli.conftest import Run


def test_the_command_alone_shows_its_help(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert all(name in result.stdout for name in COMMANDS)


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"equerre {__version__}\n"


def test_a_dossier_verified(run: Run, tmp_path: Path) -> None:
    made = run("explain", "--facts", "hanging.toml", "--on", "2026-11-03", "--format", "dossier").stdout_bytes
    (tmp_path / "dossier.json").write_bytes(made)
    result = run("verify", "dossier.json")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "« dossier.json » : le dossier se rejoue à l'identique, octet pour octet.",
        f"SHA-256 du fichier : {sha256(made).hexdigest()}",
    ]
    assert run("verify", "-", stdin=made).stdout.startswith("L'entrée standard : le dossier se rejoue")


def test_a_dossier_that_was_touched(run: Run, tmp_path: Path) -> None:
    made = run("explain", "--facts", "hanging.toml", "--on", "2026-11-03", "--format", "dossier").stdout
    (tmp_path / "dossier.json").write_text(made.replace("FICTIF-22", "FICTIF\\u001b-23", 1), "utf-8")
    result = run("verify", "dossier.json")
    assert result.exit_code == 1
    assert result.stdout.startswith("« dossier.json » : ")
    assert "- Les faits : l'empreinte inscrite est" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_the_template_is_a_file_that_reads(run: Run, tmp_path: Path) -> None:
    template = run("facts", "--template").stdout
    assert read_facts(template, name="modèle").fictional
    (tmp_path / "modele.toml").write_text(template, "utf-8")
    assert run("facts", "--check", "modele.toml").stdout.startswith("« modele.toml » : tout se lit. ")


def test_a_letter_of_another_alphabet_is_told_of_a_file_of_facts(run: Run, tmp_path: Path) -> None:
    text = (tmp_path / "bare.toml").read_text("utf-8").replace("École sans", "\u00c9\u0441ole sans")
    (tmp_path / "other.toml").write_text(text, "utf-8")
    first, told = run("facts", "--check", "other.toml").stdout.splitlines()
    assert first.startswith("« other.toml » : tout se lit. ")
    assert told.startswith("▸ « \u0441 » (U+0441) dans « \u00c9\u0441ole sans dossier ». Lettres d'un autre alphabet")


def test_a_file_of_facts_read_again(run: Run) -> None:
    said = "« bare.toml » : tout se lit. École sans dossier (9990024X), 0 fait.\n"
    assert run("facts", "--check", "bare.toml").stdout == said


def test_the_articles(run: Run) -> None:
    found = json.loads(run("articles", "--on", "2022-09-01", "--format", "json").stdout)
    assert set(found["articles"]) == {str(citation) for citation in law.articles()}
    output = run("articles").stdout
    assert "Au 1er octobre 2026" in output
    assert "Art. L. 443-6 · Écoles de production" in output


def test_the_readings(run: Run) -> None:
    found = json.loads(run("readings", "--format", "json").stdout)
    assert list(found["readings"]) == list(law.readings())
    assert "R3 · Entre deux listes" in run("readings").stdout


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_number_is_explained(run: Run, kind: str) -> None:
    result = run("id", kind, KINDS[kind].example)
    assert result.exit_code == 0
    for label, value in KINDS[kind].explain(KINDS[kind].example):
        assert any(line.startswith(label) and line.endswith(value) for line in result.stdout.splitlines())


@pytest.mark.parametrize("name", ["facts", "answer", "dossier"])
def test_the_schemas(run: Run, name: str) -> None:
    assert json.loads(run("schema", name).stdout)["$id"] == f"urn:equerre:schema:{name}"


def test_a_number_read_in_capitals_is_told(run: Run) -> None:
    assert "Écriture            « 0831819b », lu en majuscules" in run("id", "uai", "0831819b").stdout
    assert "Écriture" not in run("id", "uai", "0831819B").stdout
