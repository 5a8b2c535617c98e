"""The map of the académies as tiles: one square each, where it roughly lies, its number of schools printed in it.

Seven columns; each row lists its académies from the west. Overseas stands apart below: the Atlantic on the left, the Indian
Ocean on the right. The same numbers are folded under the map as a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from equerre.kernel import geography

# Code, short name, and the class that moves the tile to its column; the next ones follow it.
GRID: tuple[tuple[str, str, str], ...] = (
    ("09", "Lille", "c4"),
    ("20", "Ami.", "c4"),
    ("19", "Reims", ""),
    ("14", "Ren.", "c1"),
    ("70", "Norm.", ""),
    ("25", "Vers.", ""),
    ("01", "Paris", ""),
    ("24", "Crét.", ""),
    ("12", "Nancy", ""),
    ("15", "Str.", ""),
    ("17", "Nant.", "c2"),
    ("18", "Orl.", ""),
    ("07", "Dijon", ""),
    ("03", "Bes.", ""),
    ("13", "Poit.", "c2"),
    ("22", "Lim.", ""),
    ("06", "Cler.", ""),
    ("10", "Lyon", ""),
    ("08", "Gren.", ""),
    ("04", "Bord.", "c2"),
    ("16", "Toul.", ""),
    ("11", "Mtp.", ""),
    ("02", "Aix", ""),
    ("23", "Nice", ""),
    ("27", "Corse", "c7"),
    ("32", "Gua.", "c1 sea"),
    ("31", "Mart.", "sea"),
    ("33", "Guy.", "sea"),
    ("43", "May.", "c5 sea"),
    ("28", "Réu.", "c6 sea"),
)
# The last number of each step but the last, for a handful of schools; more are cut in quarters of the largest number.
FEW = (1, 2, 4)


class Tile(NamedTuple):
    """One académie: its place, its shade (``q0`` to ``q4``), its number of schools."""

    code: str
    name: str
    short: str
    place: str
    shade: str
    schools: int


class Shade(NamedTuple):
    """One shade of the scale, and the numbers that it stands for."""

    shade: str
    said: str


class TileMap(NamedTuple):
    """The map, its scale, and the same tiles by name for the table."""

    tiles: tuple[Tile, ...]
    scale: tuple[Shade, ...]
    elsewhere: int

    @property
    def by_name(self) -> list[Tile]:
        """For the table."""
        return sorted(self.tiles, key=lambda tile: tile.name)

    @property
    def total(self) -> int:
        """All of them, those of no académie included."""
        return sum(tile.schools for tile in self.tiles) + self.elsewhere


def tile_map(schools: Mapping[str | None, int]) -> TileMap:
    """The map of these numbers, by code of académie; what has none, or no known one, is ``elsewhere``."""
    names = geography.academies()
    largest = max((schools.get(code, 0) for code, _, _ in GRID), default=0)
    ends = FEW if largest <= 2 * FEW[-1] else (largest // 4, largest // 2, 3 * largest // 4)
    tiles = tuple(
        Tile(code, names[code].name, short, place, _shade(schools.get(code, 0), ends), schools.get(code, 0))
        for code, short, place in GRID
    )
    placed = {code for code, _, _ in GRID}
    return TileMap(tiles, _scale(ends), sum(count for code, count in schools.items() if code not in placed))


def _shade(count: int, ends: tuple[int, int, int]) -> str:
    return "q0" if count == 0 else f"q{1 + sum(count > end for end in ends)}"


def _scale(ends: tuple[int, int, int]) -> tuple[Shade, ...]:
    starts = (1, *(end + 1 for end in ends))
    said = [
        str(start) if start == end else f"{start} {'ou' if end == start + 1 else 'à'} {end}"
        for start, end in zip(starts, ends, strict=False)
    ]
    return tuple(Shade(f"q{place}", text) for place, text in enumerate(["0", *said, f"{starts[-1]} et plus"]))
