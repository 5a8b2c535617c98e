"""The rooms: the papers, the import contract and the folders of the package say the same of which are built.

The table of docs/architecture.md is drawn from the contract (scripts/papers.py); here the contract is held to the tree.
"""

from __future__ import annotations

import re
from functools import cache

from scripts.papers import HOLDS, PROJECT, ROOT, SOURCE, from_outside, rooms


@cache
def drawn() -> dict[str, tuple[str, str]]:
    """Each room of the paper: what it imports from outside, and its state."""
    paper = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = paper.partition("<!-- rooms -->")[2].partition("<!-- /rooms -->")[0]
    rows = re.findall(r"^\| [`*](\w+)[`*] \| .+ \| ([^|]+) \| (\w+) \|$", table, re.MULTILINE)
    return {room: (outside, state) for room, outside, state in rows}


def built() -> set[str]:
    return {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").is_file()}


def test_the_paper_says_which_rooms_are_built() -> None:
    assert {room for room, (_, state) in drawn().items() if state == "built"} == built()
    assert {room for room, (_, state) in drawn().items() if state == "placed"} == set(HOLDS) - built()


def test_the_table_has_a_row_for_each_room() -> None:
    assert list(drawn()) == [re.split(r"\W+", row)[1] for row in list(rooms())[2:]]
    assert set(drawn()) == set(HOLDS)


def test_what_a_room_imports_is_declared() -> None:
    groups = (PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values())
    declared = {re.split(r"[\[<>=]", line)[0] for group in groups for line in group} | {"pydantic"}  # ninja's own
    assert {name.lower() for room in built() for name in from_outside(room)} <= declared
    assert [room for room in sorted(built()) if not from_outside(room)] == ["facts", "law", "rules"]


def test_the_readme_draws_every_room_that_is_built() -> None:
    paper = (ROOT / "README.md").read_text("utf-8")
    lines = re.findall(r"^    ([a-z]+(?:, [a-z]+)*) {2,}\S", paper, re.MULTILINE)
    assert {room for line in lines for room in line.split(", ")} == built()
