"""``make setup`` on machines that lack something: one French sentence, exit code 2, nothing half made."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts import environment

SCRIPT = Path(environment.__file__)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the locks and a pyproject.toml, and no environment yet."""
    (tmp_path / "requirements").mkdir()
    for name in environment.LOCKS:
        (tmp_path / "requirements" / f"{name}.txt").write_text("nothing", "utf-8")
    (tmp_path / "pyproject.toml").write_text("", "utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The commands that would run; making the environment makes its Python."""
    asked: list[tuple[str, ...]] = []

    def note(*words: str) -> None:
        asked.append(words)
        python = checkout / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(environment, "run", note)
    return asked


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_without_venv_the_package_to_install_is_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], absent: str
) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: None)
    monkeypatch.setattr(environment, "lends_its_pip", lambda: False)
    monkeypatch.setattr(environment, "find_spec", lambda name: None if name == absent else object())
    assert environment.main() == 2
    said = capsys.readouterr().err.splitlines()
    assert said == [environment.NO_VENV]
    assert "python3-venv" in said[0]
    assert not (checkout / ".venv").exists()


def test_uv_does_without_venv(commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: "uv")
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    assert environment.main() == 0
    assert [words[:3] for words in commands] == [
        ("uv", "venv", "--quiet"),
        ("uv", "pip", "install"),
        ("uv", "pip", "install"),
    ]


@pytest.mark.parametrize("uv", ["uv", None])
def test_packages_come_from_the_locks_with_their_hashes(
    checkout: Path, commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, uv: str | None
) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: uv)
    assert environment.main() == 0
    _, packages, project = commands
    assert {"--require-hashes", "--no-deps"} <= set(packages)
    assert [word for word in packages if word.endswith(".txt")] == [
        str(checkout / "requirements" / f"{name}.txt") for name in environment.LOCKS
    ]
    assert {"--no-deps", "--no-build-isolation", "--editable"} <= set(project)


def test_nothing_is_redone_until_a_lock_or_python_changes(
    checkout: Path, commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: "uv")
    assert (environment.main(), len(commands)) == (0, 3)
    assert (environment.main(), len(commands)) == (0, 3)
    (checkout / "requirements" / "dev.txt").write_text("another pin", "utf-8")
    assert (environment.main(), len(commands)) == (0, 6)
    newer = SimpleNamespace(version="3.99.0 (main)", version_info=(3, 99, 0), executable="python3.99")
    monkeypatch.setattr(environment, "sys", SimpleNamespace(**vars(newer), stderr=environment.sys.stderr))
    assert (environment.main(), len(commands)) == (0, 9)


def test_a_change_of_the_settings_only_installs_the_project_again(
    checkout: Path, commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: "uv")
    environment.main()
    (checkout / "pyproject.toml").write_text("[project]", "utf-8")
    environment.main()
    assert commands[3:] == [commands[2]]


def test_a_lock_that_one_command_needs_is_added_once(
    checkout: Path, commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: "uv")
    (checkout / "requirements" / "browser.txt").write_text("nothing", "utf-8")
    assert (environment.main(), environment.main(("browser",)), len(commands)) == (0, 0, 4)
    assert commands[3][-1].endswith("browser.txt")
    assert "--require-hashes" in commands[3]
    assert (environment.main(("browser",)), environment.main(), len(commands)) == (0, 0, 4)


def test_the_demonstration_takes_what_it_runs_and_the_tests_add_the_rest(
    commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: "uv")

    def locks_of(command: tuple[str, ...]) -> list[str]:
        return [Path(word).stem for word in command if word.endswith(".txt")]

    assert (environment.main(("demo",)), len(commands)) == (0, 3)
    assert locks_of(commands[1]) == ["server", "deeds"]
    assert (environment.main(), len(commands)) == (0, 4)
    assert locks_of(commands[3]) == ["dev", "postgres"]
    assert (environment.main(("demo",)), environment.main(), len(commands)) == (0, 0, 4)


@pytest.mark.parametrize("lends", [True, False])
def test_the_pip_of_python_fills_the_environment_when_it_can(
    commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, lends: bool
) -> None:
    monkeypatch.setattr(environment, "uv_command", lambda: None)
    monkeypatch.setattr(environment, "lends_its_pip", lambda: lends)
    assert environment.main() == 0
    assert ("--without-pip" in commands[0]) == lends


def test_the_lines_of_pip_become_a_few_short_ones(capsys: pytest.CaptureFixture[str]) -> None:
    many = "for number in range(25): print(f'Collecting p{number}'); print('  Downloading')"
    environment.run(sys.executable, "-c", f"{many}\nprint('Installing collected packages: p0')")
    assert capsys.readouterr().err.splitlines() == [
        "  10 paquets reçus…",
        "  20 paquets reçus…",
        "  25 paquets reçus, je les pose…",
    ]
    with pytest.raises(subprocess.CalledProcessError):
        environment.run(sys.executable, "-c", "raise SystemExit('ERROR: no such package')")
    assert "ERROR: no such package" in capsys.readouterr().err


def test_an_old_python_is_told_which_one_is_needed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = SimpleNamespace(version_info=(3, 9, 2), executable="python3.9", stderr=environment.sys.stderr)
    monkeypatch.setattr(environment, "sys", old)
    assert environment.main() == 2
    assert "demande Python 3.11 ou plus récent, et python3.9 est en 3.9" in capsys.readouterr().err


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))
