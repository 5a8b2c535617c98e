"""`make demo`: what it loads and when it loads it again, and that what it gives to try answers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from equerre.cli import command as cli
from equerre.config import environment
from equerre.config.environment import MADE_FROM
from scripts import demo


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that would run, on a register that is a file with a number."""
    commands: list[str] = []

    def note(*words: str) -> None:
        commands.append(" ".join(words))
        demo.HOME.mkdir(exist_ok=True)
        if words == ("demo",):
            write(7)

    monkeypatch.setattr(demo, "HOME", tmp_path / ".demo")
    monkeypatch.setattr(demo, "equerre", note)
    return commands


def write(revision: int) -> None:
    with closing(sqlite3.connect(demo.HOME / "equerre.sqlite3")) as base, base:
        base.execute("CREATE TABLE IF NOT EXISTS registry_revision (id INTEGER PRIMARY KEY, number INTEGER)")
        base.execute("REPLACE INTO registry_revision VALUES (1, ?)", [revision])
        for table in ("accounts_person", "opendata_correctionrequest"):
            base.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY)")


def other_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "made_from", lambda: "f" * 64)


def test_the_year_is_loaded_once(asked: list[str]) -> None:
    demo.load()
    demo.load()
    assert asked == ["migrate", "demo"]


def test_a_loading_that_was_stopped_begins_again(asked: list[str]) -> None:
    demo.load()
    (demo.HOME / MADE_FROM).unlink()
    demo.load()
    assert asked == ["migrate", "demo"] * 2


def test_other_sources_make_it_again(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    demo.load()
    other_sources(monkeypatch)
    demo.load()
    assert asked == ["migrate", "demo"] * 2
    assert (demo.HOME / MADE_FROM).read_text("utf-8") == f"{'f' * 64} 7-0-0\n"


def test_what_somebody_wrote_there_is_kept(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.load()
    write(8)
    other_sources(monkeypatch)
    demo.load()
    assert asked == ["migrate", "demo", "migrate"]
    assert "il est gardé" in capsys.readouterr().out


def test_an_account_made_there_is_kept_too(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    demo.load()
    with closing(sqlite3.connect(demo.HOME / "equerre.sqlite3")) as base, base:
        base.execute("INSERT INTO accounts_person VALUES (1)")
    other_sources(monkeypatch)
    demo.load()
    assert asked == ["migrate", "demo", "migrate"]


@pytest.mark.parametrize("spoiled", ["", "\n", "abc"])
def test_a_stamp_that_says_nothing_makes_it_again(asked: list[str], spoiled: str) -> None:
    demo.load()
    (demo.HOME / MADE_FROM).write_text(spoiled, "utf-8")
    demo.load()
    assert asked == ["migrate", "demo"] * 2


def test_a_register_that_is_gone_is_made_again(asked: list[str]) -> None:
    demo.load()
    (demo.HOME / "equerre.sqlite3").unlink()
    demo.load()
    assert asked == ["migrate", "demo"] * 2


def test_two_demonstrations_do_not_share_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    monkeypatch.setattr(demo, "HELD", [])
    demo.alone()
    with pytest.raises(SystemExit):
        demo.alone()
    assert "Une démonstration tourne déjà" in capsys.readouterr().err
    demo.HELD.pop().close()


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("rncp", "x.csv"), ("directory", "x.csv"), ("schools", "x.xlsx")])
def test_what_is_real_does_not_land_among_invented_schools(
    settings: Any, tmp_path: Path, words: tuple[str, str]
) -> None:
    settings.OF_TRIAL = True
    (tmp_path / words[1]).write_text("x", "utf-8")
    refused = CliRunner().invoke(cli, ["import", words[0], str(tmp_path / words[1])])
    assert (refused.exit_code, "registre d'essai" in refused.output) == (2, True), refused.output
    settings.OF_TRIAL = False
    assert "registre d'essai" not in CliRunner().invoke(cli, ["import", words[0], str(tmp_path / words[1])]).output


def test_the_register_of_trial_is_meant_only_when_nobody_names_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.delenv("EQUERRE_HOME", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert not environment.asks_the_demo_unsaid()
    (tmp_path / environment.DEMO).mkdir()
    (tmp_path / environment.DEMO / MADE_FROM).write_text("x", "utf-8")
    assert environment.asks_the_demo_unsaid()
    monkeypatch.setenv("EQUERRE_HOME", str(tmp_path))
    assert not environment.asks_the_demo_unsaid()


def test_the_sources_are_all_of_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "src" / "equerre" / "law" / "readings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("a = 1", "utf-8")
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    before = demo.made_from()
    assert demo.made_from() == before
    file.write_text("a = 2", "utf-8")
    assert demo.made_from() != before


@pytest.mark.parametrize("port", ["", "huit", "70000", "-1"])
def test_a_port_that_is_none_is_refused_before_anything(port: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.demo", port],
        cwd=demo.ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"PORT vaut « {port} » : écrivez un nombre de 0 à 65535, comme « make demo PORT=8080 ».\n"


@pytest.mark.usefixtures("demo_year")
class TestWhatIsGivenToTry:
    @pytest.mark.parametrize("link", demo.LINKS)
    def test_a_link_answers(self, client: Client, link: str) -> None:
        assert client.get(f"/{link}").status_code == 200

    def test_there_are_three_and_one_is_the_school_explained(self, client: Client) -> None:
        assert len(demo.LINKS) == 3
        assert demo.SCHOOL in client.get(f"/ecoles/{demo.SCHOOL}").content.decode()
