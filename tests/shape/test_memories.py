"""What a process remembers is forgotten in one place: every memory of the package is found in its text, and is known there.

Free of it, by rule: the rooms below the register, which see neither rows nor settings, so that what they keep comes from the
files of the package or from the words of the question; and elsewhere, with its reason and by its name or its module's, what
depends on nothing that can move.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import equerre
from equerre.opendata.threshold import memory
from equerre.opendata.threshold.memory import FORGET, Memory, forget_everything, remembered

SOURCE = Path(equerre.__file__).parent
BELOW_THE_REGISTER = (
    "kernel",
    "facts",
    "law",
    "rules",
    "documents",
)  # the import contracts keep Django and rows out of them
KEEPS = {"cache", "lru_cache", "remembered", "cached", "Memory", "OrderedDict", "WeakValueDictionary", "local", "deque"}
CONTAINERS = {"dict", "list", "set", "defaultdict", "Counter"}
EMPTY = (ast.Dict, ast.List, ast.Set)
FREE = {
    "equerre.registry.prepared._KEPT": "the SQL of a question, which depends on the kind of database alone",
    "equerre.registry.owners": "the columns of a kind of fact, made of the models",
    "equerre.registry.delivering._shape": "how the rows of a kind are read, made of the models",
    "equerre.registry.record._defaults": "what a field says when nobody does, made of the models",
    "equerre.registry.selectors._columns": "the columns of a kind of fact, made of the models",
    "equerre.api.v1.document.document": "the description of the API, made of its code",
    "equerre.demo.stories.INSTEAD_OF": "filled once, as its module is read",
    "equerre.demo.stories.STORIES": "filled once, as its module is read",
    "equerre.demo.trades.sheets": "a table of the package",
    "equerre.imports.directory._by_their_code": "a table of the package",
    "equerre.imports.rncp.sheet.kind_of": "a table of the package, asked by a name",
    "equerre.imports.rncp.sheet.level_of": "what a text says",
    "equerre.imports.schools.template.sheets": "the columns of the template, made of the models",
    "equerre.imports.spreadsheet._written": "what a text says",
    "equerre.imports.spreadsheet.key": "what a text says",
    "equerre.opendata.threshold.memory.FORGET": "the ways out themselves",
    "equerre.opendata.threshold.unchanged._MAKING": "what is being made at this instant: it empties itself",
    "equerre.opendata.threshold.turns._TAKEN": "who is being answered at this instant: it empties itself",
}


def called(node: ast.expr | None) -> str:
    """The last name of what is called, or of what stands there: « lru_cache » of « functools.lru_cache(maxsize=4) »."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def memories_of(name: str, text: str) -> Iterator[str]:
    """The functions whose answers are kept, wherever they stand, and what a module keeps empty at first, to be filled."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and KEEPS & {called(one) for one in node.decorator_list}:
            yield f"{name}.{node.name}"
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            value, first = node.value, node.targets[0] if isinstance(node, ast.Assign) else node.target
            empty = isinstance(value, EMPTY) and not any(
                isinstance(one, ast.expr) for one in ast.iter_child_nodes(value)
            )
            made = isinstance(value, ast.Call) and called(value) in KEEPS | CONTAINERS
            if isinstance(first, ast.Name) and first.id != "__all__" and (empty or made):
                yield f"{name}.{first.id}"


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts[0] not in BELOW_THE_REGISTER and "migrations" not in parts:
            found[".".join(("equerre", *(part for part in parts if part != "__init__")))] = path
    return found


def test_every_memory_has_its_way_out_or_its_reason() -> None:
    found = {one for name, path in modules().items() for one in memories_of(name, path.read_text("utf-8"))}
    free = {one for one in found if {one, one.rpartition(".")[0]} & set(FREE)}
    for name in {one.rpartition(".")[0] for one in found - free}:
        import_module(name)
    assert sorted(found - free - set(FORGET)) == [], "forget it in opendata/threshold/memory, or say why not"
    reasons = {name for one in free for name in (one, one.rpartition(".")[0])}
    assert sorted(set(FREE) - reasons) == [], "this reason is for nothing"
    assert {name for name in FORGET if name.startswith("equerre.")} <= found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@cache\ndef f(): ...", ["m.f"]),
        ("@functools.lru_cache(maxsize=3)\ndef f(): ...", ["m.f"]),
        ("class A:\n    @remembered(4)\n    def f(self): ...", ["m.f"]),
        ("KEPT: dict[str, int] = {}", ["m.KEPT"]),
        ("KEPT = defaultdict(list)", ["m.KEPT"]),
        ("PAGES: Memory[Kept] = Memory('x', 9)", ["m.PAGES"]),
        ("TABLE = {1: 2}\nNAMES = ['a']\n__all__ = []\nSchema = dict[str, int]", []),
    ],
)
def test_a_memory_is_found_however_it_is_written(text: str, found: list[str]) -> None:
    assert list(memories_of("m", text)) == found


def test_everything_is_forgotten_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "FORGET", {})
    made = []

    @remembered(4)
    def twice(number: int) -> int:
        made.append(number)
        return 2 * number

    class Answer:
        size = 1

    kept: Memory[Answer] = Memory("answers", 9)
    kept.put("a", Answer())
    assert [twice(2), twice(2), len(made), len(kept)] == [4, 4, 1, 1]
    forget_everything()
    assert [twice(2), len(made), len(kept)] == [4, 2, 0]
