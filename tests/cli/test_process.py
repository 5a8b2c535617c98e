"""The command as a process: what it loads, what it writes when nobody watches, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.schools import HANGING

MAIN = "from equerre.cli import main; main()"


def _run(*args: str, code: str = MAIN, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        input=stdin,
        capture_output=True,
        env={**kept, **env},
        timeout=300,
        check=False,
    )


def test_a_number_is_explained_without_loading_the_rules_nor_the_drawing() -> None:
    code = MAIN.replace("main()", "sys.exit = lambda *_: None; main(); print(*sys.modules)")
    done = _run("id", "uai", "0831819B", code=f"import sys; {code}")
    loaded = done.stdout.decode().split("\n")[-2].split()
    assert "equerre.kernel.uai" in loaded
    too_many = ("rich", "equerre.rules", "equerre.law", "equerre.documents", "stdnum", "django")
    assert not [name for name in loaded if name.startswith(too_many)]


@pytest.mark.parametrize(
    "env",
    [{"COLUMNS": "200"}, {"FORCE_COLOR": "1"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "TZ": "Asia/Tokyo"}],
)
def test_a_pipe_gets_the_same_bytes_whatever_the_machine(env: dict[str, str]) -> None:
    args = ("explain", "--facts", "-", "--on", "2026-11-03", "--reader", "judge")
    plain, other = (_run(*args, stdin=HANGING.encode(), **one) for one in ({}, env))
    assert plain.returncode == other.returncode == 0
    assert plain.stdout == other.stdout
    assert "■".encode() in plain.stdout


def test_a_refusal_ends_with_two_and_no_traceback(tmp_path: Path) -> None:
    done = _run("explain", "--facts", str(tmp_path / "absent.toml"))
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().endswith("n'existe pas. Vérifiez le chemin.\n")


def test_a_reader_who_leaves_is_no_error() -> None:
    """`equerre readings | head -1` ends without a word."""
    command = [sys.executable, "-c", MAIN, "readings"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        process.wait(timeout=300)
        assert b"Traceback" not in process.stderr.read()
