"""Articles and their wordings, read from ``articles/*.toml`` (whose headers say where every day comes from).

A wording is asked for a day. The answer is the one in force, or one of three refusals: not yet born, repealed, start
not established. Two wordings in force on one day, or a day without a source, is an error of the tables and stops
everything: a law that says two things says nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from equerre.kernel.citation import Citation
from equerre.kernel.errors import LawError
from equerre.kernel.period import Period, first_overlap

# The address of each code at Légifrance, for articles whose own identifier is not established.
CODE_ADDRESSES = {
    "code-education": "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006071191",
    "code-travail": "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006072050",
}


class State(StrEnum):
    """What an article is on a day."""

    IN_FORCE = "in_force"
    NOT_YET_BORN = "not_yet_born"
    REPEALED = "repealed"
    START_NOT_ESTABLISHED = "start_not_established"


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of one article (*rédaction*), and until which day our sources were read.

    ``in_force.end`` is None when no end is known; after ``covered_until`` nobody looked, and a printed citation says so.
    ``other_rule``: the number bore another rule then; never joined to the later one.
    """

    citation: Citation
    in_force: Period[date]
    changed_by: str | None
    legiarti: str | None
    confidence: str
    source: str
    covered_until: date
    other_rule: bool = False

    @property
    def url(self) -> str | None:
        """The public address of the text: that of the wording, else that of the code, else none established."""
        if self.legiarti:
            return f"https://www.legifrance.gouv.fr/codes/article_lc/{self.legiarti}"
        return CODE_ADDRESSES.get(self.citation.code)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: our summary, sentence by sentence where rules point at sentences, and its wordings in order."""

    citation: Citation
    title: str
    summary: str
    parts: dict[str, str]
    wordings: tuple[Wording, ...]
    covered_until: date
    not_established: str | None = None

    @property
    def born_on(self) -> date | None:
        """First day of the first wording of this rule (rows where the number bore another rule apart), or None."""
        return next((w.in_force.start for w in self.wordings if not w.other_rule), None)

    def on(self, day: date) -> tuple[State, Wording | None]:
        """What the article is on a day, and its wording when it is in force."""
        own = [w for w in self.wordings if not w.other_rule]
        for wording in own:
            if wording.in_force.start is None and (wording.in_force.end is None or day < wording.in_force.end):
                return State.START_NOT_ESTABLISHED, wording
            if wording.in_force.holds(day):
                return State.IN_FORCE, wording
        if not own:
            return State.START_NOT_ESTABLISHED, None
        first = own[0].in_force.start
        if first is not None and day < first:
            return State.NOT_YET_BORN, None
        return State.REPEALED, None


@cache
def articles() -> dict[Citation, Article]:
    """Every article of the tables, by its address. Raises :class:`LawError` when a table contradicts itself."""
    found: dict[Citation, Article] = {}
    for path in sorted((files("equerre.law") / "articles").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            table = tomllib.loads(path.read_text("utf-8"))
            for number, row in table["articles"].items():
                article = _article(Citation(table["code"], number), row, table["covered_until"])
                found[article.citation] = article
    return found


def article(citation: Citation) -> Article:
    """The article at this address. Raises :class:`LawError` when the tables do not hold it."""
    found = articles().get(citation.whole_article)
    if found is None:
        raise LawError(f"{citation.in_french()} n'est pas dans les tables : ajoutez-le à law/articles avec ses dates.")
    return found


def wording(citation: Citation, on: date) -> tuple[State, Wording | None]:
    """What this article is on a day: its state, and the one wording in force if there is one."""
    return article(citation).on(on)


def _article(citation: Citation, row: dict[str, Any], covered_until: date) -> Article:
    covered_until = row.get("covered_until", covered_until)
    wordings = tuple(_wording(citation, entry, covered_until) for entry in row.get("wordings", ()))
    clash = first_overlap([wording.in_force for wording in wordings])
    if clash:
        raise LawError(
            f"{citation.in_french()} : deux rédactions sont en vigueur le même jour "
            f"({clash[0].start} et {clash[1].start}). Corrigez law/articles/{citation.code}.toml."
        )
    return Article(
        citation,
        row["title"],
        row["summary"],
        {**row.get("sentences", {}), **row.get("items", {})},
        wordings,
        covered_until,
        row.get("not_established"),
    )


def _wording(citation: Citation, row: dict[str, Any], covered_until: date) -> Wording:
    if not row.get("source"):
        raise LawError(f"{citation.in_french()} : une rédaction n'a pas de source. Une date sans source n'entre pas.")
    return Wording(
        citation=citation,
        in_force=Period(row.get("from"), row.get("until")),
        changed_by=row.get("changed_by"),
        legiarti=row.get("legiarti"),
        confidence=row["confidence"],
        source=row["source"],
        covered_until=covered_until,
        other_rule=row["state"] == "other_rule",
    )
