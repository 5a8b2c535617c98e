"""How the package names and cuts its work: three figures for each room, counted in the code itself.

    python scripts/names.py            the table
    python scripts/names.py imports    and, for one room, each function and each name that counts

- *used once*: of the functions of a module, those that are private and that the package mentions exactly once. One that is
  worth its name may stay; many of them are a text cut into slices.
- *shared*: of the classes of a module, those whose name another class of the package bears, a leading underscore put aside.
  A model of the registry and the plain value that it keeps (``Recognition``) are one word, and count as one.
- *one*: the lines on which a variable is called ``one``, which says nothing of what it holds.

Migrations are left aside: Django writes them. ``tests/shape/test_names.py`` holds the ceilings.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "equerre"


@dataclass
class RoomNames:
    """What was counted in one room."""

    functions: int = 0
    used_once: list[str] = field(default_factory=list)
    classes: int = 0
    shared: list[str] = field(default_factory=list)
    lines_of_one: int = 0

    @property
    def once_share(self) -> float:
        """Percentage of module functions that are private and used once."""
        return 100 * len(self.used_once) / max(1, self.functions)

    @property
    def shared_share(self) -> float:
        """Percentage of classes that share their name."""
        return 100 * len(self.shared) / max(1, self.classes)

    def __iadd__(self, other: RoomNames) -> RoomNames:
        self.functions += other.functions
        self.used_once += other.used_once
        self.classes += other.classes
        self.shared += other.shared
        self.lines_of_one += other.lines_of_one
        return self


def measured(package: Path = PACKAGE) -> dict[str, RoomNames]:
    """The figures of each room, a single file at the top being of the room ``(top)``."""
    trees = {
        path: ast.parse(path.read_bytes(), str(path))
        for path in sorted(package.rglob("*.py"))
        if "migrations" not in path.parts
    }
    imported = Counter(name for tree in trees.values() for name in _imported(tree))
    bearers = Counter(name for path, tree in trees.items() for name in _borne(path.relative_to(package), tree))
    rooms: dict[str, RoomNames] = defaultdict(RoomNames)
    for path, tree in trees.items():
        inside = path.relative_to(package)
        room = rooms[inside.parts[0] if len(inside.parts) > 1 else "(top)"]
        module = ".".join(("equerre", *inside.with_suffix("").parts)).removesuffix(".__init__")
        mentions = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                room.functions += 1
                if node.name.startswith("_") and mentions[node.name] + imported[module, node.name] == 1:
                    room.used_once.append(f"{inside}:{node.lineno} {node.name}")
            elif isinstance(node, ast.ClassDef):
                room.classes += 1
                if bearers[node.name.lstrip("_")] > 1:
                    room.shared.append(f"{inside}:{node.lineno} {node.name}")
        room.lines_of_one += len({line for line, name in _variables(tree) if name == "one"})
    return dict(sorted(rooms.items()))


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The module and the name of all that is taken from others by ``from … import``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def _borne(inside: Path, tree: ast.Module) -> Iterator[str]:
    """The names of the classes of a module. A row of the registry is named after the fact that it keeps: one word, once."""
    if inside.parts[0] != "registry" or inside.stem not in ("models", "dated"):
        yield from (node.name.lstrip("_") for node in tree.body if isinstance(node, ast.ClassDef))


def _variables(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg


def main(asked: Sequence[str]) -> None:
    """Print the table, and the list of the rooms that are asked."""
    rooms = measured()
    total = RoomNames()
    print(f"{'room':<12}{'functions':>10}{'used once':>11}{'%':>6}{'classes':>9}{'shared':>8}{'%':>6}{'one':>6}")
    for name, room in rooms.items():
        total += room
        _line(name, room)
    _line("all", total)
    for name in asked:
        print(f"\n{name}, used once:", *rooms[name].used_once, sep="\n  ")
        print(f"\n{name}, shared:", *rooms[name].shared, sep="\n  ")


def _line(name: str, room: RoomNames) -> None:
    once, shared = f"{room.once_share:.0f}", f"{room.shared_share:.0f}"
    print(
        f"{name:<12}{room.functions:>10}{len(room.used_once):>11}{once:>6}"
        f"{room.classes:>9}{len(room.shared):>8}{shared:>6}{room.lines_of_one:>6}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
