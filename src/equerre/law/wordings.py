"""Articles and their wordings, read from ``articles/*.toml`` (whose headers say where every day comes from).

A wording is asked for a day. The answer is the one in force, or one of three refusals: not yet born, repealed, start
not established. Two wordings in force on one day, or a day without a source, is an error of the tables and stops
everything: a law that says two things says nothing.

``load_articles`` reads a folder and remembers nothing; ``articles`` reads ours, once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from equerre.kernel import french
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.errors import CitationError, LawError, PeriodError
from equerre.kernel.period import Period, first_overlap
from equerre.law.corrections import corrections

# The address of each code at Légifrance, for articles whose own identifier is not established.
CODE_ADDRESSES = {
    "code-education": "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006071191",
    "code-travail": "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006072050",
    "code-securite-sociale": "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006073189",
}

ARTICLE_KEYS = {"title", "summary", "sentences", "items", "wordings", "covered_until", "not_established"}
WORDING_KEYS = {"from", "until", "legiarti", "changed_by", "state", "confidence", "source"}
WORDING_STATES = ("in_force", "ended", "deferred", "other_rule")
CONFIDENCES = ("certain", "likely", "unsure")


class State(StrEnum):
    """What an article is on a day.

    A number may have had another life. While it bore another rule, the rule of today is not yet born (or repealed, if it
    came before). While it stood empty between two lives, it is repealed.
    """

    IN_FORCE = "in_force"
    NOT_YET_BORN = "not_yet_born"
    REPEALED = "repealed"
    START_NOT_ESTABLISHED = "start_not_established"


@dataclass(frozen=True, slots=True)
class DatedWording:
    """One wording of one article (*rédaction*), and until which day our sources were read.

    ``in_force.end`` is None when no end is known; after ``covered_until`` nobody looked, and a printed citation says so.
    ``state`` is what the wording was on ``covered_until``, ``confidence`` that of its first day.
    """

    citation: Citation
    in_force: Period[date]
    changed_by: str | None
    legiarti: str | None
    state: str
    confidence: str
    source: str
    covered_until: date

    @property
    def other_rule(self) -> bool:
        """The number bore another rule then: never joined to the later one."""
        return self.state == "other_rule"

    @property
    def url(self) -> str:
        """The public address of the text: that of the wording, or that of the code when its own is not established."""
        if self.legiarti:
            return f"https://www.legifrance.gouv.fr/codes/article_lc/{self.legiarti}"
        return CODE_ADDRESSES[self.citation.code]

    def as_read(self, on: date) -> str:
        """What a citation of this wording adds for a day after our sources stop; nothing before.

        Of a wording that our sources only announce (deferred, or of a start not established) they cannot say more than
        that they know it.
        """
        if on <= self.covered_until:
            return ""
        began = self.in_force.start is not None and self.in_force.start <= self.covered_until
        return f"rédaction {'en vigueur' if began else 'connue'} au {french.day(self.covered_until)}, dernière date lue"


@dataclass(frozen=True, slots=True)
class Article:
    """One article: our summary, sentence by sentence where rules point at sentences, and its wordings in order."""

    citation: Citation
    title: str
    summary: str
    parts: dict[str, str]
    wordings: tuple[DatedWording, ...]
    covered_until: date
    not_established: str | None = None

    @property
    def born_on(self) -> date | None:
        """First day of the first wording of this rule (rows where the number bore another rule apart), or None."""
        return next((w.in_force.start for w in self.wordings if not w.other_rule), None)

    def on(self, day: date) -> tuple[State, DatedWording | None]:
        """What the article is on a day, and its wording when it is in force."""
        held = next((wording for wording in self.wordings if wording.in_force.holds(day)), None)
        if held is None:
            return self._without_wording(day), None
        if held.other_rule:
            earlier = self.wordings[: self.wordings.index(held)]
            return (State.NOT_YET_BORN if all(w.other_rule for w in earlier) else State.REPEALED), None
        if held.in_force.start is None:
            return State.START_NOT_ESTABLISHED, held
        return State.IN_FORCE, held

    def _without_wording(self, day: date) -> State:
        """A number that stands empty: nothing is known of it, or it comes later, or what it bore has ended."""
        if not self.wordings:
            return State.START_NOT_ESTABLISHED
        first = self.wordings[0].in_force.start
        return State.NOT_YET_BORN if first is not None and day < first else State.REPEALED

    def absent_because(self, day: date) -> str:
        """One French sentence on a day when the article is not in force; nothing when it is."""
        state, _ = self.on(day)
        if state is State.IN_FORCE:
            return ""
        label = self.citation.in_french(with_code=False)
        if state is State.START_NOT_ESTABLISHED:
            return self.not_established or f"Le premier jour de cette rédaction ({label}) n'est pas établi."
        if any(wording.other_rule and wording.in_force.holds(day) for wording in self.wordings):
            said = f"Ce jour-là, le numéro ({label}) portait une autre règle."
        elif state is State.REPEALED:
            said = f"Ce jour-là, aucun article ne portait ce numéro ({label}) : ce qu'il disait avait pris fin."
        else:
            said = f"Ce jour-là, l'article ({label}) n'existait pas encore."
        born = self.born_on
        return f"{said} La règle d'aujourd'hui commence le {french.day(born)}." if born and day < born else said


def load_articles(folder: Traversable) -> dict[Citation, Article]:
    """Every article of a folder of tables, by its address. Raises :class:`LawError` when a table contradicts itself."""
    found: dict[Citation, Article] = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            table = tomllib.loads(path.read_text("utf-8"))
            for number, row in table["articles"].items():
                article = _article(f"{table['code']}/{number}", row, table["covered_until"])
                found[article.citation] = article
    return found


@cache
def articles() -> dict[Citation, Article]:
    """Every article of our tables, by its address."""
    return load_articles(files("equerre.law") / "articles")


def article(citation: Citation) -> Article:
    """The article at this address. Raises :class:`LawError` when the tables do not hold it, or not that part of it."""
    found = articles().get(citation.whole_article)
    if found is None:
        absent = f"L'{_the_article(citation, with_code=True)} n'est pas dans les tables"
        known = corrections().get(citation.whole_article)
        if known is None:
            raise LawError(f"{absent} : ajoutez-le à law/articles avec ses dates.")
        meant = _the_article(known.means, with_code=known.means.code != citation.code)
        raise LawError(f"{absent} : vouliez-vous dire l'{meant} ? Cette erreur se lit dans {known.met_in}.")
    if citation.part and found.parts and citation.part not in found.parts:
        raise LawError(
            f"L'{_the_article(citation, with_code=True)} n'a pas de partie « {citation.part} » dans les tables : "
            f"choisissez {french.listed(list(found.parts), last='ou')}."
        )
    return found


def wording(citation: Citation, on: date) -> tuple[State, DatedWording | None]:
    """What this article is on a day: its state, and the one wording in force if there is one."""
    return article(citation).on(on)


def _the_article(citation: Citation, *, with_code: bool) -> str:
    label = citation.whole_article.in_french(with_code=False)
    return f"{label} du {CODES[citation.code]}" if with_code else label


# --- Reading a table: every fault is said with its article and its row -------------------------------------------------


def _article(address: str, row: Mapping[str, Any], covered_until: date) -> Article:
    try:
        citation = Citation.parse(address)
        parts = {**row.get("sentences", {}), **row.get("items", {})}
        for part in parts:
            Citation.parse(f"{address}/{part}")
    except CitationError as error:
        raise LawError(f"law/articles : {error}") from error
    covered_until = row.get("covered_until", covered_until)
    for fault in _article_faults(row):
        raise _fault(citation, fault)
    wordings = tuple(
        _wording(citation, rank, entry, covered_until) for rank, entry in enumerate(row.get("wordings", ()), 1)
    )
    for fault in _order_faults(wordings):
        raise _fault(citation, fault)
    return Article(citation, row["title"], row["summary"], parts, wordings, covered_until, row.get("not_established"))


def _wording(citation: Citation, rank: int, row: Mapping[str, Any], covered_until: date) -> DatedWording:
    for fault in _wording_faults(row):
        raise _fault(citation, fault, rank)
    try:
        in_force = Period(row.get("from"), row.get("until"))
    except PeriodError as error:
        raise _fault(citation, str(error), rank) from error
    # What a table may say of a wording, on the last day that its sources cover.
    if in_force.start is None:
        states: tuple[str, ...] = WORDING_STATES
    elif in_force.holds(covered_until):
        states = ("in_force",)
    else:
        states = ("deferred",) if covered_until < in_force.start else ("ended", "other_rule")
    if row["state"] not in states:
        raise _fault(citation, f"ses jours contredisent « {row['state']} » au {french.day(covered_until)}.", rank)
    return DatedWording(
        citation,
        in_force,
        row.get("changed_by"),
        row.get("legiarti"),
        row["state"],
        row["confidence"],
        row["source"],
        covered_until,
    )


def _article_faults(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"la clé « {key} » n'existe pas." for key in sorted(row.keys() - ARTICLE_KEYS))
    for key in ("title", "summary"):
        if not str(row.get(key, "")).strip():
            yield f"« {key} » manque."
    if not row.get("wordings") and not row.get("not_established"):
        yield "aucune rédaction : donnez ses jours, ou dites dans « not_established » ce qui n'est pas établi."


def _wording_faults(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"la clé « {key} » n'existe pas." for key in sorted(row.keys() - WORDING_KEYS))
    if not str(row.get("source", "")).strip():
        yield "elle n'a pas de source. Une date sans source n'entre pas."
    for key, allowed in (("state", WORDING_STATES), ("confidence", CONFIDENCES)):
        if row.get(key) not in allowed:
            yield f"« {key} » vaut {french.listed(allowed, last='ou')}."
    for key in ("from", "until"):
        if key in row and (isinstance(row[key], datetime) or not isinstance(row[key], date)):
            yield f"« {key} » n'est pas un jour : écrivez-le ainsi, 2018-04-15."
    if row.get("state") in ("ended", "other_rule") and "until" not in row:
        yield "elle a pris fin, et « until » ne dit pas quand : sans lui, elle durerait toujours."
    if not re.fullmatch("LEGIARTI[0-9]{12}", row.get("legiarti", "LEGIARTI000000000000")):
        yield "« legiarti » n'est pas un identifiant de Légifrance : LEGIARTI puis douze chiffres."


def _order_faults(wordings: tuple[DatedWording, ...]) -> Iterator[str]:
    periods = [wording.in_force for wording in wordings]
    clash = first_overlap(periods)
    if clash:
        ranks = " et ".join(str(periods.index(period) + 1) for period in clash)
        yield f"deux rédactions sont en vigueur le même jour (lignes {ranks})."
    starts = [period.start for period in periods if period.start]
    if starts != sorted(starts):
        yield "les rédactions ne sont pas dans l'ordre du temps."


def _fault(citation: Citation, fault: str, rank: int | None = None) -> LawError:
    row = f", rédaction {rank}" if rank else ""
    return LawError(f"{citation.in_french()}{row} : {fault} Corrigez law/articles/{citation.code}.toml.")
