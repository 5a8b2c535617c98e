"""``make papers``: write again, in the papers, the tables that are drawn from the code; ``tests/shape`` fails while one is stale.

What is drawn stands between ``<!-- NAME -->`` and ``<!-- /NAME -->``; what is around it is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from equerre.facts import KINDS
from equerre.facts.kind import Field, Kind

ROOT = Path(__file__).resolve().parent.parent


def kinds() -> Iterator[str]:
    """Each kind of fact: its key, its fields, who may see it."""
    yield "| Sorte | Ce que c'est | Clé | Champs |"
    yield "|---|---|---|---|"
    for kind in KINDS.values():
        key = ", ".join(f"`{name}`" for name in kind.key)
        fields = ", ".join(_shown(kind, field) for field in kind.fields.values())
        yield f"| `{kind.name}` | {kind.label} | {key} | {fields} |"


def _shown(kind: Kind, field: Field) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    return name + (" ▸" if field.name == kind.starts else "") + ("" if field.public else " ✕")


def values() -> Iterator[str]:
    """The fields that take a few values only."""
    yield "| Champ | Valeurs |"
    yield "|---|---|"
    for field in (field for kind in KINDS.values() for field in kind.fields.values() if field.choices):
        said = ", ".join(f"`{key}`" + (f" ({word})" if word != key else "") for key, word in field.choices.items())
        yield f"| `{field.kind}.{field.name}` | {said} |"


DRAWN: dict[str, dict[str, Callable[[], Iterator[str]]]] = {"docs/facts.md": {"kinds": kinds, "values": values}}


def written(path: str) -> str:
    """A paper as it should be: its tables drawn anew."""
    text = (ROOT / path).read_text("utf-8")
    for name, draw in DRAWN[path].items():
        drawn = "\n".join(draw())
        text, found = re.subn(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda place, drawn=drawn: f"{place[1]}{drawn}\n{place[2]}",  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
        assert found == 1, f"{path} has {found} places for {name}"
    return text


def main() -> int:
    for path in DRAWN:
        (ROOT / path).write_text(written(path), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
