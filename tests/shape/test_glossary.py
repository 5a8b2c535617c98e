"""The glossary and the code, both ways: docs/glossary.md names what the code names, and nothing that it does not.

A word in code type in the first column of a table exists today; a word in italics is kept for a room not built yet. Tables
without a column "Word" (words never used alone) are advice, and are not read here.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import equerre
from equerre import kernel, rules
from equerre.facts import KINDS
from equerre.rules.rule import REGISTER

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "equerre"
GLOSSARY = ROOT / "docs" / "glossary.md"
TABLE_OF_CONTENTS = "l443_6"  # registers rules too, and is no word


@cache
def first_cells() -> tuple[str, ...]:
    """The first cell of every row of the tables whose first column is headed "Word"."""
    cells, reading = [], False
    for line in GLOSSARY.read_text("utf-8").splitlines():
        first = line.split("|")[1].strip() if line.startswith("|") else ""
        if not first:
            reading = False
        elif first == "Word":
            reading = True
        elif reading and set(first) != {"-"}:
            cells.append(first)
    return tuple(cells)


def in_code() -> list[str]:
    return [word for cell in first_cells() for word in re.findall(r"`([^`]+)`", cell)]


def kept_for_later() -> list[str]:
    return [word for cell in first_cells() for word in re.findall(r"\*([^*`]+)\*", cell)]


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__):
        yield import_module(f"{package.__name__}.{found.name}")


def words() -> set[str]:
    """The modules that register a rule."""
    list(modules(rules))
    return {name.partition(".")[0] for name in REGISTER} - {TABLE_OF_CONTENTS}


def rooms() -> set[str]:
    """The rooms that the import contract places without parentheses: those that are built."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in settings if contract.get("containers") == ["equerre"])
    return {room for layer in layers for room in layer.split(" | ") if not room.startswith("(")}


def public_types() -> set[str]:
    """Every class of the kernel without a leading underscore, where it is defined."""
    return {
        name
        for module in modules(kernel)
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }


@cache
def said_in_code() -> frozenset[str]:
    """Every module, class, function, argument, field, constant and key of the package and of its tables."""
    found = {equerre.__name__}
    for path in SOURCE.rglob("*"):
        if path.suffix == ".py":
            found |= {path.stem, path.parent.name, *_names(ast.parse(path.read_text("utf-8")))}
        elif path.suffix == ".toml":
            found.update(_keys(tomllib.loads(path.read_text("utf-8"))))
    return frozenset(found)


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Constant(value=str(name)) if name.isidentifier():  # a key, a value that a field takes
                yield name


def _keys(table: Any) -> Iterator[str]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield key
            yield from _keys(value)
    elif isinstance(table, list):
        for value in table:
            yield from _keys(value)


def test_a_word_has_one_row() -> None:
    every = in_code() + kept_for_later()
    assert len(every) > 100
    assert sorted(word for word in set(every) if every.count(word) > 1) == []


@pytest.mark.parametrize(
    "named", [lambda: set(KINDS), words, rooms, public_types], ids=["kinds", "words", "rooms", "types"]
)
def test_what_the_code_names_has_its_row(named: Any) -> None:
    assert named() - set(in_code()) == set()


def test_there_are_twelve_words_and_a_ground_to_stand_on() -> None:
    assert len(words()) == 12
    assert rooms() >= {"kernel", "law", "rules"}


def test_what_the_glossary_says_exists_does() -> None:
    assert sorted(set(in_code()) - said_in_code()) == []


def test_a_word_kept_for_a_room_is_not_a_room_yet() -> None:
    assert rooms() & set(kept_for_later()) == set()
