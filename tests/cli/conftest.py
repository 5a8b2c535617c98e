"""The command, run in this process: arguments in; exit code, output and errors out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from equerre.cli import command
from tests.documents.schools import TEXTS

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``equerre`` in an empty folder that holds the schools as files: ``hanging.toml`` and the others."""
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")

    def run(*args: str, stdin: str | bytes = "") -> Result:
        result = CliRunner().invoke(command, list(args), input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """Run, and give the refusal: exit code 2, nothing on the output, the sentence on the errors."""

    def refused(*args: str, stdin: str | bytes = "") -> str:
        result = run(*args, stdin=stdin)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert result.stderr.endswith("\n")
        assert "Traceback" not in result.stderr
        return result.stderr.rstrip("\n")

    return refused
