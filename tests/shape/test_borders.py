"""The borders hold: each sabotage is written into a copy of the package, and the check that stops it must say so.

`make check` runs the same three tools (import-linter, ruff, mypy) with the same settings; two borders are held by the
code itself. Here one sees that they bite.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent

# docs/architecture.md draws them. The contract places each, whether it is built or not.
ROOMS = {
    *("config", "web", "api", "cli", "demo", "cases", "imports", "workshop", "funding", "opendata", "signing"),
    *("files", "mail", "accounts", "registry", "corpus", "documents", "allocation", "journal", "rules"),
    *("facts", "law", "kernel"),
}


# No border of the core needs it, and it would start Django each time.
DJANGO_TYPES = 'plugins = ["mypy_django_plugin.main"]\n'


@dataclass(frozen=True)
class Copy:
    """A copy of the package and of the settings, to be spoiled."""

    root: Path

    def write(self, path: str, line: str) -> None:
        """Add a line at the end of a module, which is made when it does not exist."""
        file = self.root / "src" / "equerre" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8") if file.exists() else '"""A sabotage."""\n'
        file.write_text(f"{text}\n{line}\n", "utf-8")

    def replace(self, path: str, before: str, after: str) -> None:
        """Change a text that stands once in a file."""
        file = self.root / "src" / "equerre" / path
        text = file.read_text("utf-8")
        assert text.count(before) == 1, f"{path} holds {before!r} {text.count(before)} times"
        file.write_text(text.replace(before, after), "utf-8")

    def run(self, *words: str) -> str:
        """What a command says of the copy, on one line: tools fold their sentences at the width of the terminal."""
        settings = {"PYTHONPATH": str(self.root / "src"), "COLUMNS": "400", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            words, cwd=self.root, env=os.environ | settings, capture_output=True, text=True, check=False
        )
        return f"exit {done.returncode} " + " ".join((done.stdout + done.stderr).split())

    def imports(self) -> str:
        return self.run(str(TOOLS / "lint-imports"), "--no-cache", "--no-logo")

    def lint(self, path: str) -> str:
        return self.run(
            str(TOOLS / "ruff"), "check", "--no-cache", "--output-format=concise", str(Path("src", "equerre", path))
        )

    def types(self, path: str) -> str:
        return self.run(
            str(TOOLS / "mypy"), "--cache-dir", os.devnull, "--follow-imports=silent", str(Path("src", "equerre", path))
        )

    def python(self, program: str) -> str:
        return self.run(sys.executable, "-c", program)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    for folder in ("src/equerre", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    (tmp_path / "pyproject.toml").write_text(settings.replace(DJANGO_TYPES, ""), "utf-8")
    return Copy(tmp_path)


def test_the_copy_itself_passes(copy: Copy) -> None:
    assert re.search(r"^exit 0 .*Contracts: \d+ kept, 0 broken\.", copy.imports())


def layers(container: str) -> list[str]:
    """The lines of a contract, from the top, built or not."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract.get("containers") == [container])
    return [re.sub(r"[()]", "", line) for line in lines]


def test_every_room_of_the_house_is_placed() -> None:
    assert set(re.findall(r"\w+", " ".join(layers("equerre")))) == ROOMS


@pytest.mark.parametrize("container", ["equerre", "equerre.rules"])
def test_the_architecture_draws_what_the_contract_holds(container: str) -> None:
    drawn = " ".join((ROOT / "docs" / "architecture.md").read_text("utf-8").split())
    assert " → ".join(layers(container)) in drawn


# --- Who may import whom ---------------------------------------------------------------------------------------------

IMPORTS = {
    "Django in a rule": (
        "rules/recognition.py",
        "import django",
        "equerre.rules.recognition imports django (l.{line}), which is not in the standard library.",
    ),
    "the terminal in the kernel": (
        "kernel/money.py",
        "import rich",
        "equerre.kernel.money imports rich (l.{line}), which is not in the standard library.",
    ),
    "python-stdnum outside the kernel": (
        "law/wordings.py",
        "from stdnum.fr import siret",
        "equerre.law.wordings imports stdnum (l.{line}), which is not in the standard library.",
    ),
    "the clock in a rule": (
        "rules/recognition.py",
        "from equerre.kernel import clock",
        "Illegal imports of protected package equerre.kernel.clock: "
        "- equerre.rules.recognition -> equerre.kernel.clock (l.{line})",
    ),
    "a rule that imports a room above": (
        "rules/opening.py",
        "from equerre import documents",
        "equerre.rules is not allowed to import equerre.documents: "
        "- equerre.rules.opening -> equerre.documents (l.{line})",
    ),
    "the law that imports a rule": (
        "law/readings.py",
        "from equerre.rules import recognition",
        "equerre.law is not allowed to import equerre.rules: "
        "- equerre.law.readings -> equerre.rules.recognition (l.{line})",
    ),
    "recognition that leans on the balance": (
        "rules/recognition.py",
        "from equerre.rules import tax_balance",
        "equerre.rules.recognition is not allowed to import equerre.rules.tax_balance: "
        "- equerre.rules.recognition -> equerre.rules.tax_balance (l.{line})",
    ),
    "two words of one line that lean on each other": (
        "rules/teaching.py",
        "from equerre.rules import insertion",
        "equerre.rules.teaching is not allowed to import equerre.rules.insertion: "
        "- equerre.rules.teaching -> equerre.rules.insertion (l.{line})",
    ),
    "a command that touches a row": (
        "cli/terminal.py",
        "from equerre.registry import models",
        "equerre.cli is not allowed to import equerre.registry.models: "
        "- equerre.cli.terminal -> equerre.registry.models (l.{line})",
    ),
    "a page that knows the invented schools": (
        "web/start.py",
        "from equerre import demo",
        "equerre.web is not allowed to import equerre.demo: - equerre.web.start -> equerre.demo (l.{line})",
    ),
    "the API that knows them": (
        "api/showcase.py",
        "from equerre.demo import SHOWCASE",
        "equerre.api is not allowed to import equerre.demo: - equerre.api.showcase -> equerre.demo (l.{line})",
    ),
    "a page that writes a fact": (
        "web/report.py",
        "from equerre.registry import record",
        "Illegal imports of protected package equerre.registry.record: "
        "- equerre.web.report -> equerre.registry.record (l.{line})",
    ),
    "a form that writes beside the actions": (
        "cases/forms.py",
        "from equerre.registry.record import correct",
        "Illegal imports of protected package equerre.registry.record: "
        "- equerre.cases.forms -> equerre.registry.record (l.{line})",
    ),
    "a public request that becomes a delivery": (
        "opendata/corrections.py",
        "from equerre.registry.delivering import deliver_all",
        "Illegal imports of protected package equerre.registry.delivering: "
        "- equerre.opendata.corrections -> equerre.registry.delivering (l.{line})",
    ),
    "a room without a place": (
        "ledger/__init__.py",
        "",
        "The following modules are not listed as layers: - equerre.ledger",
    ),
    "a word without a place": (
        "rules/merit.py",
        "",
        "The following modules are not listed as layers: - equerre.rules.merit",
    ),
}


@pytest.mark.parametrize(("path", "line", "message"), IMPORTS.values(), ids=IMPORTS)
def test_an_import_that_crosses_a_border_is_refused(copy: Copy, path: str, line: str, message: str) -> None:
    copy.write(path, line)
    said = copy.imports()
    number = len((copy.root / "src" / "equerre" / path).read_text("utf-8").splitlines())
    assert said.startswith("exit 1 ")
    assert message.format(line=number) in said


# --- The clock -------------------------------------------------------------------------------------------------------

READINGS_OF_THE_CLOCK = (
    "from datetime import date as a_day\nTODAY = a_day.today()",
    "import datetime\nNOW = datetime.datetime.now(datetime.UTC)",
    "import time as hours\nNOW = hours.time()",
)


@pytest.mark.parametrize("line", READINGS_OF_THE_CLOCK)
def test_the_clock_is_read_in_one_place(copy: Copy, line: str) -> None:
    copy.write("rules/whim.py", line)
    said = copy.lint("rules/whim.py")
    assert said.startswith("exit 1 ")
    assert re.search(r"TID251 `[\w.]+` is banned: Only kernel/clock\.py reads the clock\.", said)


def test_the_one_place_may_read_it(copy: Copy) -> None:
    assert copy.lint("kernel/clock.py") == "exit 0 All checks passed!"


def taken_out_of_the_clock(source: Path) -> list[str]:
    """Where ``now`` or ``today`` is imported by itself: the clock that the tests stop is the module's."""
    return [
        f"{path.relative_to(source)}:{node.lineno}: write clock.{alias.name}()"
        for path in sorted(source.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "equerre.kernel.clock"
        for alias in node.names
        if alias.name in {"now", "today"}
    ]


def test_nobody_takes_an_hour_out_of_the_clock(copy: Copy) -> None:
    source = copy.root / "src" / "equerre"
    assert taken_out_of_the_clock(source) == []
    copy.write("cli/whim.py", "from equerre.kernel.clock import PARIS, today")
    assert taken_out_of_the_clock(source) == ["cli/whim.py:3: write clock.today()"]


# --- A finding has no truth ------------------------------------------------------------------------------------------

IF_FINDING = """
def careless(facts: SchoolFacts, on: date, why: Reasoning) -> str:
    if why.ask(opened):
        return "oui"
    return "non"
"""


def test_a_finding_taken_for_a_truth_does_not_pass_the_types(copy: Copy) -> None:
    copy.write("rules/opening.py", IF_FINDING)
    said = copy.types("rules/opening.py")
    assert said.startswith("exit 1 ")
    assert said.count("error: Statement is unreachable [unreachable]") == 2


def test_a_finding_taken_for_a_truth_does_not_run(copy: Copy) -> None:
    said = copy.python(
        "from datetime import date\n"
        "from equerre.kernel.finding import Finding, Outcome\n"
        "if Finding('opening.opened', Outcome.NOT_MET, date(2026, 10, 1), 'Fermée.', ()):\n"
        "    print('oui')"
    )
    assert said.startswith("exit 1 ")
    assert (
        "TypeError: opening.opened gives a finding, which is neither true nor false: "
        "compare finding.outcome with Outcome.MET." in said
    )


# --- The law says one thing a day ------------------------------------------------------------------------------------

SECOND_WORDING = """
[[articles.L443-6.wordings]]
from = 2022-01-01
changed_by = "sabotage"
state = "in_force"
confidence = "certain"
source = "sabotage"
"""


def test_two_wordings_on_one_day_stop_everything(copy: Copy) -> None:
    copy.write("law/articles/code-education.toml", SECOND_WORDING)
    said = copy.python("from equerre import law\nlaw.articles()")
    assert said.startswith("exit 1 ")
    assert re.search(
        r"LawError: .*L\. 443-6 : deux rédactions sont en vigueur le même jour \(.+\)\. "
        r"Corrigez law/articles/code-education\.toml\.",
        said,
    )
