"""``equerre explain``: a page, an answer or a dossier, the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equerre.documents.answer import canonical
from equerre.documents.dossier import verify
from equerre.documents.labels import READERS
from tests.cli.conftest import Run
from tests.documents.schools import BETWEEN_LISTS, answer_of

HANGING = ("explain", "--facts", "hanging.toml", "--on", "2026-11-03")


@pytest.mark.parametrize("reader", READERS)
def test_a_page_for_each_reader(run: Run, reader: str) -> None:
    result = run(*HANGING, "--reader", reader)
    assert result.exit_code == 0
    assert result.stdout.startswith("▌ Données fictives.")
    assert "sous la lecture R3-b" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("extra", [(), ("--robust",), ("--format", "json"), ("--format", "dossier")])
def test_the_same_input_gives_the_same_bytes(run: Run, extra: tuple[str, ...]) -> None:
    assert run(*HANGING, *extra).stdout_bytes == run(*HANGING, *extra).stdout_bytes


@pytest.mark.parametrize("reader", READERS)
def test_without_a_terminal_eighty_columns_and_no_colour(run: Run, reader: str) -> None:
    output = run(*HANGING, "--reader", reader, "--robust").stdout
    assert "\x1b" not in output
    longest = max(output.splitlines(), key=len)
    assert len(longest) <= 80, longest
    assert not any(line.endswith(" ") for line in output.splitlines())


def test_json_is_the_answer(run: Run) -> None:
    assert run(*HANGING, "--format", "json").stdout == canonical(answer_of("hanging", BETWEEN_LISTS))


def test_a_dossier_replays(run: Run) -> None:
    assert verify(run(*HANGING, "--format", "dossier").stdout) == []


def test_without_a_day_it_is_today_and_the_day_is_printed(run: Run) -> None:
    result = run("explain", "--facts", "hanging.toml")
    assert "Au 1er octobre 2026, avec ce que le dossier tient pour vrai aujourd'hui" in result.stdout


def test_the_facts_may_come_from_the_standard_input(run: Run, tmp_path: Path) -> None:
    text = (tmp_path / "hanging.toml").read_bytes()
    assert run("explain", "--facts", "-", *HANGING[3:], stdin=text).stdout == run(*HANGING).stdout


def test_a_reading_may_be_chosen(run: Run) -> None:
    output = run(*HANGING, "--reading", "r3=A", "--reading", "R4:tax=b", "--format", "json").stdout
    found = json.loads(output)
    assert found["options"] == {"R3": "a", "R4:tax": "b"}
    assert found["findings"]["annual_list.listed"]["outcome"] == "NOT_MET"
    page = run(*HANGING, "--reading", "R3=a").stdout
    assert "Lectures choisies à la place de celles d'Équerre : R3-a" in page
    assert "◆ Non, sous les lectures R2-a, R3-a et R4-a ; oui sous R2-b, R3-b" in page


def test_robust_shows_every_option(run: Run) -> None:
    plain, robust = run(*HANGING).stdout, run(*HANGING, "--robust").stdout
    assert "Chaque constat sous chaque option" not in plain
    assert "R3 (si l'arrêté se tait)  ◆ Non" in robust


@pytest.mark.parametrize(
    ("known_at", "printed"),
    [
        ("2025-02-01T12:00:00+01:00", "avec ce qu'on savait le 1er février 2025 à 12 h 00"),
        ("2025-02-01", "avec ce qu'on savait le 1er février 2025 à 23 h 59"),
    ],
)
def test_what_was_known_then(run: Run, known_at: str, printed: str) -> None:
    """The second body was known from March only: in February nobody knew who ran the school."""
    args = ("explain", "--facts", "moved.toml", "--on", "2025-02-01", "--known-at", known_at)
    result = run(*args)
    assert printed in result.stdout
    assert "On ne sait pas quel organisme gère l'école." in result.stdout
    assert "On ne sait pas quel organisme gère l'école." not in run(*args[:-2]).stdout


def test_a_name_cannot_drive_the_terminal(run: Run, refused: object, tmp_path: Path) -> None:
    """A file of facts refuses it, and its refusal does not print it either."""
    text = (tmp_path / "bare.toml").read_text("utf-8").replace("École sans dossier", "\\u001b[31mrouge")
    (tmp_path / "rouge.toml").write_text(text, "utf-8")
    result = run("explain", "--facts", "rouge.toml")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "U+001B" in result.stderr
