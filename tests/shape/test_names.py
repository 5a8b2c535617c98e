"""Names and sizes, as ``scripts/names.py`` counts them, go down: the ceilings here are what has been reached."""

from pathlib import Path

import pytest

from scripts.names import RoomNames, measured

# The share of module functions that are private and used once, of classes that share their name; the lines of ``one``.
PACKAGE = (28, 0, 97)
# Where they have been brought down, none comes back.
ROOMS = {
    "api": (25, 0, 0),
    "cases": (19, 0, 0),
    "cli": (25, 0, 0),
    "config": (22, 0, 0),
    "demo": (9, 0, 3),
    "documents": (38, 0, 0),
    "imports": (41, 0, 76),
    "kernel": (9, 0, 0),
    "opendata": (35, 0, 2),
    "law": (30, 0, 0),
    "registry": (26, 0, 13),
    "rules": (25, 0, 0),
    "web": (25, 0, 0),
}


@pytest.fixture(scope="module")
def rooms() -> dict[str, RoomNames]:
    return measured()


def figures(room: RoomNames) -> tuple[float, float, int]:
    return room.once_share, room.shared_share, room.lines_of_one


def above(room: RoomNames, ceilings: tuple[float, float, int]) -> list[str]:
    """What is above its ceiling, in words."""
    said = ("% of functions private and used once", "% of classes with a shared name", "lines of a variable called one")
    found = zip(figures(room), ceilings, said, strict=True)
    return [f"{figure:.1f} {what}, at most {ceiling}" for figure, ceiling, what in found if figure > ceiling]


def test_the_package_keeps_under_its_ceilings(rooms: dict[str, RoomNames]) -> None:
    package = RoomNames()
    for room in rooms.values():
        package += room
    assert package.functions > 1000
    assert above(package, PACKAGE) == []


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_keeps_under_its_ceilings(rooms: dict[str, RoomNames], name: str) -> None:
    assert above(rooms[name], ROOMS[name]) == [], "\n".join(rooms[name].used_once + rooms[name].shared)


def test_what_is_used_once_shared_or_called_one_is_seen(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "facts.py").write_text("class Recognition: pass\nclass Read: pass\n", encoding="utf-8")
    (tmp_path / "registry" / "models.py").write_text("class Recognition: pass\n", encoding="utf-8")
    (tmp_path / "registry" / "reading.py").write_text(
        "class _Read: pass\n"
        "def _once(one): return one\n"
        "def _twice(): return _once(1)\n"
        "def read(): return _twice() or _twice()\n",
        encoding="utf-8",
    )
    found = measured(tmp_path)
    assert found["registry"].used_once == ["registry/reading.py:2 _once"]
    assert (found["registry"].functions, found["registry"].classes) == (3, 2)
    assert found["registry"].shared == ["registry/reading.py:1 _Read"]
    assert found["(top)"].shared == ["facts.py:2 Read"]
    assert found["registry"].lines_of_one == 1
