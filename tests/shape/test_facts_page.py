"""docs/facts.md and the declarations of facts: each kind has its row, with its key, its fields and the values they take.

Every piece of TOML that the page shows is read by the reader itself.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from equerre.documents.facts_file import read_facts
from equerre.facts import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "facts.md"


@cache
def rows() -> dict[str, list[str]]:
    """The cells after the first, of every row whose first cell is a word in code type."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {first.strip(" `"): rest for first, *rest in (line.split("|")[1:-1] for line in lines)}


def code_words(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_key_and_its_fields(kind: str) -> None:
    key, fields = rows()[kind]
    assert code_words(key) == set(KINDS[kind].key)
    assert code_words(fields) - {"until"} == set(KINDS[kind].fields)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_needs_is_in_bold_and_its_first_day_is_marked(kind: str) -> None:
    fields = rows()[kind][1]
    assert set(re.findall(r"\*\*`(\w+)`\*\*", fields)) == set(KINDS[kind].required)
    assert re.findall(r"\*\*`(\w+)`\*\* ▸", fields) == [KINDS[kind].starts] * bool(KINDS[kind].starts)


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind.name, field.name) for kind in KINDS.values() for field in kind.fields.values() if field.choices],
)
def test_the_values_of_a_field_are_told(kind: str, field: str) -> None:
    (values,) = rows()[f"{kind}.{field}"]
    assert code_words(values) == set(KINDS[kind].fields[field].choices)


def shown() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def whole(piece: str) -> str:
    """A piece of a file, with the school and the sources that it leaves out."""
    if "[school]" in piece:
        return piece
    sources = dict.fromkeys(re.findall(r'source = "([^"]+)"', piece))
    tables = [f'[sources.{key}]\npublisher = "Essai"\ntitle = "Essai"' for key in sources]
    return "\n".join(['fictif = true\n[school]\nuai = "9990012J"\nname = "École d\'essai"', *tables, piece])


@pytest.mark.parametrize("piece", shown())
def test_what_the_page_shows_is_read(piece: str) -> None:
    facts = read_facts(whole(piece), name="facts.md")
    assert len(list(facts.facts())) == piece.count("\n[[") + piece.startswith("[[")
