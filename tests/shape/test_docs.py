"""The papers say what is so: paths, modules and commands exist, links lead somewhere, no file names a machine.

Only what is written as code is a command: after a back-tick, « or the start of a line. What the changelog names is of its day.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest

import equerre
from equerre.cli import COMMANDS, command
from tests.shape.tracked import ROOT, tracked

FILES = tracked()
PAPERS = [
    path.relative_to(ROOT).as_posix()
    for path in FILES
    if path.suffix == ".md" and (path.parent == ROOT or path.is_relative_to(ROOT / "docs"))
]
OF_TODAY = [paper for paper in PAPERS if paper != "CHANGELOG.md"]
NAMES = {path.relative_to(ROOT).as_posix() for path in FILES}
ROOMS = sorted({name.split("/")[2] for name in NAMES if name.startswith("src/equerre/") and name.count("/") > 2})
# Where a short path may start: a paper says `rules/annual_list.py`, or `adr/0001-decisions-are-written.md`.
STARTS = ("", "src/equerre/", "docs/")
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


# --- Paths and modules -----------------------------------------------------------------------------------------------


def lost_paths(said: str) -> list[str]:
    """The paths that a text names and that git does not track: ``tests/rules/<word>.yaml`` is any of them."""
    tops = "|".join(("src", "tests", "docs", "adr", "scripts", "bench", "examples", "requirements", *ROOMS))
    named = {path.rstrip("./") for path in re.findall(rf"(?<![\w./:@-])(?:{tops})/[\w./<>*-]*", said)}
    patterns = {path: re.sub(r"<\w+>", "*", path) for path in named}
    return sorted(path for path, pattern in patterns.items() if not any(_tracked(s + pattern) for s in STARTS))


def _tracked(pattern: str) -> bool:
    return any(fnmatchcase(name, pattern) or fnmatchcase(name, f"{pattern}/*") for name in NAMES)


@pytest.mark.parametrize("paper", OF_TODAY)
def test_every_path_of_a_paper_exists(paper: str) -> None:
    assert lost_paths(text(paper)) == []
    named = re.findall(r"`([\w-]+\.(?:py|md))`", text(paper))
    assert [name for name in named if not _tracked(name) and not _tracked(f"*/{name}")] == []


def said_in_sources() -> Iterator[tuple[str, str]]:
    """What the sources say in their docstrings, as code, and in their comments: the file, and the line."""
    for name in sorted(NAMES):
        if name.endswith(".py") and name.startswith(("src/", "scripts/", "bench/")):
            for line in text(name).splitlines():
                yield from ((name, said) for said in re.findall(r"``([^`]+)``|# (.+)", line) for said in said if said)


def test_every_path_of_a_docstring_or_a_comment_exists() -> None:
    said = [(name, words) for name, words in said_in_sources() if re.search(r"/\S+\.(?:py|md|toml|yaml|sh)\b", words)]
    assert len(said) > 5
    assert {(name, path) for name, words in said for path in lost_paths(words)} == set()


def lost_modules(words: Iterable[str]) -> list[str]:
    """The names that start with a room and that nothing bears: ``documents.portrait``, ``registry.record.correct``."""
    rooms = "|".join(ROOMS)
    named = {
        word
        for said in words
        if (word := said.partition("(")[0]) and re.fullmatch(rf"(?:equerre\.)?(?:{rooms})(?:\.\w+)+", word)
    }
    return sorted(word for word in named if not _borne(word.removeprefix("equerre.").split(".")))


def _borne(parts: list[str]) -> bool:
    for length in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(("equerre", *parts[:length])))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


@pytest.mark.parametrize("paper", OF_TODAY)
def test_every_module_of_a_paper_exists(paper: str) -> None:
    assert lost_modules(re.findall(r"`([^`\n]+)`", text(paper))) == []


def test_every_module_of_a_docstring_exists() -> None:
    said = [words for _, words in said_in_sources()]
    assert "registry.record" in said
    assert lost_modules(said) == []


def test_what_is_lost_is_found() -> None:
    assert lost_paths("`rules/merit.py`, docs/adr/ and tests/rules/<word>.yaml, https://example.org/docs/x") == [
        "rules/merit.py"
    ]
    assert lost_modules(["rules.merit", "rules.opening.opened", "kernel.clock.never()", "date.today"]) == [
        "kernel.clock.never",
        "rules.merit",
    ]


# --- Commands --------------------------------------------------------------------------------------------------------


def commands_of(said: str) -> list[str]:
    """The words after ``equerre``, each time that a text writes the command."""
    written = re.findall(r"(?:`|« |^ *|bin/|=\S+ )equerre ([^`»|>\n]+)", said, re.MULTILINE)
    return [re.split(r" +#|…", words)[0].strip() for words in written]


def refused(words: str) -> str | None:
    """Why the command would not take these words, or None: its name, its options, the few values that one of them takes."""
    found: click.Command = command
    wanted: click.Parameter | None = None
    for word in words.split():
        if wanted is not None:
            few = re.fullmatch(r"\[(\S+)\]", getattr(wanted, "metavar", None) or "")
            if few and word not in few[1].split("|"):
                return f"{words}: {wanted.opts[-1]} does not take {word}"
            wanted = None
        elif word.startswith("-"):
            options = {name: option for option in found.params for name in (*option.opts, *option.secondary_opts)}
            if word not in (*options, "--help", "-h"):
                return f"{words}: no option {word}"
            wanted = None if word not in options or getattr(options[word], "is_flag", False) else options[word]
        elif isinstance(found, click.Group):
            following = found.get_command(click.Context(found), word)
            if following is None:
                return f"{words}: no command {word}"
            found = following
    return None


@pytest.mark.parametrize("paper", OF_TODAY)
def test_every_command_of_a_paper_exists(paper: str) -> None:
    assert [why for words in commands_of(text(paper)) if (why := refused(words))] == []


def every_option(found: click.Command) -> Iterator[str]:
    for option in found.params:
        yield from (*option.opts, *option.secondary_opts)
    if isinstance(found, click.Group):
        for name in found.list_commands(click.Context(found)):
            below = found.get_command(click.Context(found), name)
            assert below is not None
            yield from every_option(below)


@pytest.mark.parametrize("paper", OF_TODAY)
def test_every_option_of_a_paper_exists(paper: str) -> None:
    named = set(re.findall(r"`(--[a-z-]+)", text(paper)))
    assert named - set(every_option(command)) == set()


def test_a_command_that_does_not_exist_is_found() -> None:
    assert commands_of("`equerre id X`, « equerre check » and A=b .venv/bin/equerre serve  # pages") == [
        "id X",
        "check",
        "serve",
    ]
    assert refused("explain 9990201P --format dossier --on 2026-11-25") is None
    assert refused("expliquer") == "expliquer: no command expliquer"
    assert refused("import rncp --never") == "import rncp --never: no option --never"
    assert refused("explain --format odt") == "explain --format odt: --format does not take odt"


def test_every_variable_is_told_to_whoever_serves_and_no_other() -> None:
    read = {
        word for name in NAMES if name.startswith("src/") and name.endswith(".py") for word in _variables(text(name))
    }
    told = {word for paper in OF_TODAY for word in _variables(text(paper))}
    assert "EQUERRE_HOME" in told
    assert told == read


def _variables(said: str) -> set[str]:
    return set(re.findall(r"\bEQUERRE_[A-Z_]+\b", said))


def test_the_readme_lists_every_command() -> None:
    cells = re.findall(r"^\| (`equerre [^|]+) \|", text("README.md"), re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(?:equerre )?([a-z-]+)`", cell)} == set(COMMANDS)


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
