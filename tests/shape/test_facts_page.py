"""docs/facts.md and the declarations of facts: each kind has its row, with its key, its fields and the values they take.

Every piece of TOML that the page shows is read by the reader itself.
"""

from __future__ import annotations

import re

import pytest

from equerre.documents.facts_file import read_facts
from scripts.papers import DRAWN, ROOT, written

PAGE = ROOT / "docs" / "facts.md"


@pytest.mark.parametrize("path", DRAWN)
def test_the_tables_are_drawn_from_the_code(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == written(path), "make papers"


def test_a_private_field_is_marked_and_a_public_one_is_not() -> None:
    page = PAGE.read_text("utf-8")
    assert "`ground` ✕" in page
    assert "`siren`," in page


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
