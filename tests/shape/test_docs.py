"""The papers say what is so: commands exist, links lead somewhere, decisions are numbered, and no file names a machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

import equerre
from tests.shape.tracked import ROOT, tracked

FILES = tracked()
PAPERS = [
    path.relative_to(ROOT).as_posix()
    for path in FILES
    if path.suffix == ".md" and (path.parent == ROOT or path.is_relative_to(ROOT / "docs"))
]
DECISIONS = [path for path in FILES if path.parent == ROOT / "docs" / "adr"]

# Places that exist on one machine only, and hosts from which packages come: locks and papers name neither. Each is
# written so that this file does not match itself.
FORBIDDEN = {
    "a folder of one machine": r"(?<![\w.])/(?:wor[k]|roo[t]|far[m]|hom[e]/\w+|User[s]/\w+|tm[p]/\w+|op[t]/\w+)/",
    "a host of packages": r"py[p]i\.org|python[h]osted|registry\.np[m]js|deb\.deb[i]an|test\.py[p]i",
    "papers that are not here": r"\bhand[b]ook\b",
}


@cache
def text(paper: str) -> str:
    return (ROOT / paper).read_text("utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names_what_exists_on_one_machine_only(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what].encode())
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip().decode(errors='replace')[:120]}"
        for path in FILES
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("with_git", [True, False])
def test_a_file_that_somebody_leaves_here_is_not_the_project_s(tmp_path: Path, with_git: bool) -> None:
    for name in ("README.md", "build/equerre.whl", ".test.log"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    if with_git:
        git = shutil.which("git") or pytest.skip("git is not installed")
        for words in (["init", "-q"], ["add", "README.md"]):
            subprocess.run([git, "-C", str(tmp_path), *words], check=True, timeout=300)
    found = [path.name for path in tracked(tmp_path)]
    assert found == (["README.md"] if with_git else [".test.log", "README.md"])


def test_the_forbidden_words_are_recognised() -> None:
    root, host = "/".join(("", "root", "project")), ".".join(("pypi", "org"))
    assert re.search(FORBIDDEN["a folder of one machine"], f"see {root}")
    assert re.search(FORBIDDEN["a host of packages"], f"https://{host}/simple")
    assert not re.search(FORBIDDEN["a folder of one machine"], "/".join(("docs", "work", "plan.md, rules", "root", "")))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_relative_link_leads_somewhere(paper: str) -> None:
    without_code = re.sub(r"```.*?```|`[^`\n]*`", "", text(paper), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code):
        if re.match(r"[a-z]+:", target):
            continue
        address, _, anchor = target.partition("#")
        file = (ROOT / paper).parent / address if address else ROOT / paper
        assert file.exists(), f"{paper} links to {target}, which is not there"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{paper} links to {target}: no title of that name"


def anchors(file: Path) -> set[str]:
    """Titles as a forge makes them into addresses."""
    titles = re.findall(r"^#+ +(.+?) *$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_make_command_of_a_paper_exists(paper: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^|« )make ([a-z][a-z-]*)", text(paper), re.MULTILINE)) <= targets


def test_the_readme_shows_the_two_commands() -> None:
    shown = re.findall(r"^make [a-z-]+$", text("README.md"), re.MULTILINE)
    assert shown[:2] == ["make demo", "make test"]


@pytest.mark.parametrize("paper", [*PAPERS, "scripts/demo.py"])
def test_every_example_that_is_named_exists(paper: str) -> None:
    for example in re.findall(r"examples/[\w-]+\.toml", text(paper)):
        assert (ROOT / example).exists(), f"{paper} names {example}, which is not there"


def test_every_make_target_says_what_it_does() -> None:
    declared = re.search(r"^\.PHONY: (.+)$", text("Makefile"), re.MULTILINE)
    assert declared is not None
    assert re.findall(r"^([a-z-]+):.*?## \S", text("Makefile"), re.MULTILINE) == declared[1].split()


def test_decisions_are_numbered_in_sequence() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        assert path.read_text("utf-8").startswith(f"# {path.name[:4]} · "), path.name


def test_every_decision_is_in_the_table_of_the_first() -> None:
    table = re.findall(r"^\| \[?(\d{4})\]?(?:\([^)]*\))? \|", DECISIONS[0].read_text("utf-8"), re.MULTILINE)
    assert table == [path.name[:4] for path in DECISIONS]


def test_the_changelog_opens_with_the_version_of_the_code() -> None:
    first = re.search(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)
    assert first is not None
    assert first[1] == equerre.__version__


def test_the_version_is_written_once() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert project["dynamic"] == ["version"]
    assert "version" not in project
