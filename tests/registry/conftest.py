"""The command on a registry of its own: as a process, in a folder that goes away, without any setting of the machine."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SETTINGS = ("EQUERRE_", "DATABASE_URL", "DJANGO_", "XDG_")


@dataclass(frozen=True)
class Installation:
    """One ``EQUERRE_HOME``, and what ``equerre`` says there."""

    home: Path
    url: str = ""

    def run(
        self, *words: str | Path, code: str = "from equerre.cli import main; main()", **env: str
    ) -> tuple[int, str, str]:
        """Exit code, output, errors."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        there = {"EQUERRE_HOME": str(self.home)} | ({"DATABASE_URL": self.url} if self.url else {})
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            env=kept | there | env,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    def says(self, *words: str | Path, **env: str) -> str:
        """What it says when all is well."""
        code, output, errors = self.run(*words, **env)
        assert code == 0, errors
        return output

    def refuses(self, *words: str | Path, **env: str) -> str:
        """The one sentence with which it refuses: exit code 2, nothing on the output."""
        code, output, errors = self.run(*words, **env)
        assert (code, output) == (2, ""), output + errors
        assert errors.count("\n") == 1, errors
        return errors.strip()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """On SQLite, with nothing in it, not even a folder."""
    return Installation(tmp_path / "chez-moi" / "equerre")


@pytest.fixture(scope="session")
def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes: one migrated, one with the demo year in it. Copied rather than made again, and made by the first process of the
    tests that needs them: the others wait for it.
    """
    of_this_run = tmp_path_factory.getbasetemp()
    folder = (of_this_run.parent if "PYTEST_XDIST_WORKER" in os.environ else of_this_run) / "préparés"
    with (folder.with_name("préparés.lock")).open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            empty = Installation(folder / "empty")
            empty.says("migrate")
            shutil.copytree(empty.home, folder / "demo")
            Installation(folder / "demo").says("demo")
            (folder / "ready").touch()
    return folder


@pytest.fixture
def prepared(installation: Installation, prepared_once: Path) -> Installation:
    """Migrated, and empty."""
    shutil.copytree(prepared_once / "empty", installation.home)
    return installation


@pytest.fixture
def demo(installation: Installation, prepared_once: Path) -> Installation:
    """Migrated, and filled with the demo year."""
    shutil.copytree(prepared_once / "demo", installation.home)
    return installation
