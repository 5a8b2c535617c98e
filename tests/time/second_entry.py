"""The second entry of the tables of law, and what differs between the two. Each difference names its article and row.

``wordings.yaml`` says every day again; ``proofread.yaml`` keeps the print of every summary as it was read over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from equerre.kernel.citation import Citation
from equerre.law.wordings import Article, DatedWording

HERE = Path(__file__).parent
COLUMNS = ("from", "until", "state", "confidence", "legiarti", "changed_by")
Row = tuple[Any, ...]


@cache
def days() -> dict[str, list[Row]]:
    """Address → its rows, in order of time."""
    table = yaml.safe_load((HERE / "wordings.yaml").read_text("utf-8"))["wordings"]
    return {address: [tuple(row) for row in rows] for address, rows in table.items()}


@cache
def covered_until() -> dict[str, date]:
    """The last day covered, by code or by article."""
    found: dict[str, date] = yaml.safe_load((HERE / "wordings.yaml").read_text("utf-8"))["covered_until"]
    return found


@cache
def prints() -> dict[str, str]:
    """Address of an article or of a part of it → the print of its words."""
    found: dict[str, str] = yaml.safe_load((HERE / "proofread.yaml").read_text("utf-8"))
    return found


def row_of(wording: DatedWording) -> Row:
    """A wording of the tables, as the second entry writes it."""
    period = wording.in_force
    changed_by = " ".join(wording.changed_by.split()) if wording.changed_by else None
    return (period.start, period.end, wording.state, wording.confidence, wording.legiarti, changed_by)


def words_of(article: Article) -> dict[str, str]:
    """Every text of ours on an article, by address."""
    parts = {f"{article.citation}/{part}": text for part, text in article.parts.items()}
    return {str(article.citation): f"{article.title}. {article.summary}", **parts}


def print_of(text: str) -> str:
    """The first twelve digits of the SHA-256 of the words."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def differences(articles: Mapping[Citation, Article]) -> list[str]:
    """All that the tables and the second entry do not say alike, both ways."""
    ours, theirs = {str(citation): article for citation, article in articles.items()}, days()
    return [
        *(f"{address} : la seconde écriture ne le connaît pas" for address in ours.keys() - theirs.keys()),
        *(f"{address} : il manque aux tables" for address in theirs.keys() - ours.keys()),
        *(said for address in ours.keys() & theirs.keys() for said in _days_apart(ours[address], theirs[address])),
        *(said for article in articles.values() for said in _words_apart(article)),
        *(f"{address} : il manque aux tables" for address in prints().keys() - _addresses(articles)),
    ]


def _addresses(articles: Mapping[Citation, Article]) -> set[str]:
    return {address for article in articles.values() for address in words_of(article)}


def _days_apart(article: Article, rows: list[Row]) -> Iterator[str]:
    label = article.citation.in_french()
    covered = covered_until().get(str(article.citation), covered_until()[article.citation.code])
    if article.covered_until != covered:
        yield f"{label} : covered_until vaut {article.covered_until} dans les tables, {covered} ailleurs"
    if len(article.wordings) != len(rows):
        yield f"{label} : {len(article.wordings)} rédactions dans les tables, {len(rows)} ailleurs"
    for rank, (wording, row) in enumerate(zip(article.wordings, rows, strict=False), 1):
        for column, ours, theirs in zip(COLUMNS, row_of(wording), row, strict=True):
            if ours != theirs:
                yield f"{label}, rédaction {rank} : {column} vaut {ours} dans les tables, {theirs} ailleurs"


def _words_apart(article: Article) -> Iterator[str]:
    for address, text in words_of(article).items():
        label = Citation.parse(address).in_french()
        if address not in prints():
            yield f"{label} ({address}) : personne ne dit avoir relu ce texte"
        elif print_of(text) != prints()[address]:
            yield (
                f"{label} ({address}) : le texte a changé depuis sa relecture. Relisez-le contre Légifrance, puis "
                f"écrivez {print_of(text)} dans tests/time/proofread.yaml"
            )
