"""The chain of a school as a page shows it: a line of steps, then each link unfolded to its act, its reasons, what is due next.

Made from the data of the public answer, as ``web.finding`` makes a finding: nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from equerre.documents.answer_rows import Answer, DueRow, FindingRow, LinkRow
from equerre.documents.labels import WORDS
from equerre.documents.phrases import LISTED, act_said, act_year, lower, readings_said, taken_for, when
from equerre.kernel.french import day, in_letters, last_day, listed
from equerre.web.addresses import article_address
from equerre.web.finding import SHAPES, Said, said
from equerre.web.finding import WORDS as OUTCOMES


class Step(NamedTuple):
    """One step of the line: its name, its outcome, since or until when, and the link that it opens."""

    anchor: str
    label: str
    shape: str
    word: str
    detail: str


class Next(NamedTuple):
    """What comes next: what, by whom, when, under which article."""

    link: str
    what: str
    by_whom: str
    when: str
    by: date | None
    text: str
    page: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link unfolded. ``open`` when its answer is not a yes: that is where a reader looks first."""

    anchor: str
    label: str
    said: Said
    open: bool
    act: str
    authority: str
    next: tuple[Next, ...]


def steps(answer: Answer) -> list[Step]:
    """The line."""
    return [_step(link, answer.findings[link.finding]) for link in answer.links]


def _step(link: LinkRow, finding: FindingRow) -> Step:
    word = WORDS[link.word]
    return Step(
        link.word,
        f"{word.above} {word.below}".strip(),
        SHAPES[finding.outcome],
        OUTCOMES[finding.outcome],
        _detail(finding),
    )


def _detail(finding: FindingRow) -> str:
    """What fits under the word: since when, until when; else what is missing; and the readings followed."""
    said = readings_said(finding.hangs_on)
    under = f"sous {said}" if said else ""
    if finding.outcome == "MET":
        days = _since(finding)
        return ", ".join(text for text in (days, under) if text)
    if finding.missing:
        return f"il manque {finding.missing[0].label}"
    return ", ".join(text for text in (_since(finding), under) if text)


def _since(finding: FindingRow) -> str:
    if finding.since:
        return f"depuis le {day(finding.since)}"
    return f"jusqu'au {last_day(finding.until)}" if finding.until else ""


def links(answer: Answer) -> list[Link]:
    """Each link of the chain; the first that is not a yes is open."""
    outcomes = [answer.findings[link.finding].outcome for link in answer.links]
    first = next((place for place, outcome in enumerate(outcomes) if outcome != "MET"), None)
    return [_link(link, answer, place == first) for place, link in enumerate(answer.links)]


def _link(link: LinkRow, answer: Answer, is_open: bool) -> Link:
    return Link(
        link.word,
        link.label,
        said(answer, link.finding),
        is_open,
        act_said(link, answer),
        link.authority,
        tuple(_next(due, link.label, answer) for due in link.due),
    )


def _next(due: DueRow, label: str, answer: Answer) -> Next:
    row = answer.citations[due.citation] if due.citation else None
    return Next(
        label,
        due.what,
        due.by_whom,
        when(due, answer.on),
        due.by,
        row.printed if row else "",
        article_address(due.citation, answer.on.isoformat()) if due.citation else "",
        due.source or "",
    )


def what_is_next(found: Iterable[Link]) -> list[Next]:
    """All that comes next, the nearest day first; what has no day comes last."""
    return sorted((one for link in found for one in link.next), key=lambda one: (one.by is None, one.by or date.max))


# --- The answer in sentences -------------------------------------------------------------------------------------------------

_ENTITLED = {
    "MET": "Elle a droit au solde de la taxe d'apprentissage de la campagne {year}{under}.",
    "NOT_MET": "Elle n'a pas droit au solde de la taxe d'apprentissage de la campagne {year}{under}.",
    "UNKNOWN": "On ne sait pas si elle a droit au solde de la taxe d'apprentissage de la campagne {year}{under}.",
    "NOT_APPLICABLE": "La question du solde de la taxe d'apprentissage ne se pose pas ce jour-là.",
}


def in_sentences(answer: Answer) -> str:
    """« Au 3 novembre 2026, l'école est ouverte et sur la liste annuelle 2025 (lecture R3-b). »

    Each answer has its year and the readings that it hangs on (R3, R47).
    """
    findings = {link.word: answer.findings[link.finding] for link in answer.links}
    findings["annual_list"] = answer.findings[LISTED]
    year, list_year = answer.on.year, act_year(answer)
    called = {
        "opening": "ouverte",
        "recognition": "reconnue par l'État",
        "annual_list": f"sur la liste annuelle {list_year}".strip(),
        "regional_list": f"sur la liste du préfet de région de la campagne {year}",
    }
    by_outcome: dict[str, list[str]] = {}
    for word, name in called.items():
        under = _under(findings[word], _next_list(findings[word], list_year) if word == "annual_list" else "")
        by_outcome.setdefault(findings[word].outcome, []).append(name + under)
    balance = findings["tax_balance"]
    entitled = _ENTITLED[balance.outcome].format(year=year, under=_under(balance))
    sentences = [*_of_each(by_outcome), entitled, *_otherwise(findings.values())]
    return f"Au {day(answer.on)}, {lower(sentences[0])}" + "".join(f" {one}" for one in sentences[1:])


def _under(finding: FindingRow, why: str = "") -> str:
    said = readings_said(finding.hangs_on)
    return f" ({'lectures' if len(taken_for(finding.hangs_on)) > 1 else 'lecture'} {said}{why})" if said else ""


def _next_list(finding: FindingRow, list_year: str) -> str:
    """Between two lists, that the next one is not there (R3): the answer is a yes or a no for want of it."""
    between = list_year and any(row.reading == "R3" for row in finding.hangs_on)
    return f", la liste {int(list_year) + 1} n'étant pas au registre" if between else ""


def _of_each(by_outcome: Mapping[str, list[str]]) -> Iterator[str]:
    subject = "L'école"
    if met := by_outcome.get("MET"):
        yield f"{subject} est {listed(met)}."
        subject = "Elle"
    if not_met := by_outcome.get("NOT_MET"):
        yield f"{subject} n'est {'pas ' + not_met[0] if len(not_met) == 1 else 'ni ' + ' ni '.join(not_met)}."
        subject = "Elle"
    if unknown := by_outcome.get("UNKNOWN"):
        yield f"On ne sait pas si {lower(subject)} est {listed(unknown, last='ou')}."


def _otherwise(findings: Iterable[FindingRow]) -> Iterator[str]:
    """How many of these answers another reading would change."""
    hanging = sum(not finding.settled for finding in findings)
    if hanging:
        which = "une de ces réponses" if hanging == 1 else f"{in_letters(hanging)} de ces réponses"
        yield f"Une autre lecture du texte changerait {which}."
