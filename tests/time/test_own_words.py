"""Our own words: no text of the tables of law repeats eight words of a statute in a row, long names apart."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

STATUTES = Path(__file__).parents[2] / ".." / "shared" / "data" / "law"
TABLES = Path(str(files("equerre.law")))
RUN = 8
# A name is nobody's sentence.
NAMES = (
    "comité régional de l'emploi, de la formation et de l'orientation professionnelles",
    "code des relations entre le public et l'administration",
)


def words(text: str) -> list[str]:
    """The words alone, without markup nor case; *Etat* and *État* are one word, *l'éducation* and *443-6* too."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("œ", "oe").replace("’", "'").lower()
    return re.findall(r"[\w°]+(?:['-][\w°]+)*", re.sub(r"\bétat", "etat", plain))


def our_words(text: str) -> str:
    """A text of ours without the long names."""
    plain = " ".join(text.split())
    for name in NAMES:
        plain = plain.replace(name, "§")
    return plain


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return (tuple(found[rank : rank + RUN]) for rank in range(len(found) - RUN + 1))


@cache
def statutes() -> dict[tuple[str, ...], str]:
    """Every run of eight words of the statutes held beside the project, and an article that has it."""
    return {run: path.stem for path in STATUTES.rglob("*.md") for run in runs(path.read_text("utf-8"))}


def texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text of a table, with the keys that lead to it."""
    if isinstance(value, str):
        yield place, value
    for key, below in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from texts(below, f"{place}.{key}")


@pytest.mark.parametrize("path", sorted(TABLES.rglob("*.toml")), ids=lambda path: path.name)
def test_no_table_of_law_repeats_a_statute(path: Path) -> None:
    if not STATUTES.is_dir():
        pytest.skip("the statutes are not beside the project")
    repeated = [
        f"{place} : « {' '.join(run)} » ({statutes()[run]})"
        for place, text in texts(tomllib.loads(path.read_text("utf-8")), "")
        for run in runs(our_words(text))
        if run in statutes()
    ]
    assert repeated == []


def test_a_repeated_statute_would_be_seen() -> None:
    if not STATUTES.is_dir():
        pytest.skip("the statutes are not beside the project")
    (article,) = STATUTES.rglob("l443-6.md")
    sentence = " ".join(words(article.read_text("utf-8"))[2:12])
    assert all(run in statutes() for run in runs(sentence))
    assert len(statutes()) > 20_000
