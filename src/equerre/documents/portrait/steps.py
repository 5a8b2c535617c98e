"""The chain of a school as a page shows it: a line of steps, then each link unfolded to its act, its reasons, what is due next.

Made from the data of the public answer, as ``finding`` makes a finding: nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from equerre.documents.answer_rows import Answer, FindingRow
from equerre.documents.labels import WORDS
from equerre.documents.phrases import LISTED, act_said, act_year, lower, readings_said, taken_for, when
from equerre.documents.portrait.finding import SHAPES, FindingShown, finding_shown
from equerre.documents.portrait.finding import WORDS as OUTCOMES
from equerre.kernel.citation import Citation
from equerre.kernel.finding import Outcome
from equerre.kernel.french import day, in_letters, last_day, listed


class ChainStep(NamedTuple):
    """One step of the line: its name, its outcome, since or until when, and the link that it opens."""

    anchor: str
    label: str
    shape: str
    word: str
    detail: str


class ComingMove(NamedTuple):
    """What comes next: what, by whom, when, under which article."""

    link: str
    what: str
    by_whom: str
    when: str
    by: date | None
    text: str
    citation: Citation | None
    source: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One link unfolded. ``open`` when its answer is not a yes: that is where a reader looks first."""

    anchor: str
    label: str
    said: FindingShown
    open: bool
    act: str
    authority: str
    next: tuple[ComingMove, ...]


def steps(answer: Answer) -> list[ChainStep]:
    """The line."""
    found = [(link, WORDS[link.word], answer.findings[link.finding]) for link in answer.links]
    return [
        ChainStep(
            link.word,
            f"{word.above} {word.below}".strip(),
            SHAPES[finding.outcome],
            OUTCOMES[finding.outcome],
            _detail(finding),
        )
        for link, word, finding in found
    ]


def _detail(finding: FindingRow) -> str:
    """What fits under the word: since when, until when; else what is missing; and the readings followed."""
    if finding.outcome is not Outcome.MET and finding.missing:
        return f"il manque {finding.missing[0].label}"
    days = ""
    if finding.since:
        days = f"depuis le {day(finding.since)}"
    elif finding.until:
        days = f"jusqu'au {last_day(finding.until)}"
    readings = readings_said(finding.hangs_on)
    return ", ".join(text for text in (days, f"sous {readings}" if readings else "") if text)


def links(answer: Answer) -> list[LinkShown]:
    """Each link of the chain; the first that is not a yes is open."""
    outcomes = [answer.findings[link.finding].outcome for link in answer.links]
    first = next((place for place, outcome in enumerate(outcomes) if outcome is not Outcome.MET), None)
    return [
        LinkShown(
            link.word,
            link.label,
            finding_shown(answer, link.finding),
            place == first,
            act_said(link, answer),
            link.authority,
            tuple(
                ComingMove(
                    link.label,
                    due.what,
                    due.by_whom,
                    when(due, answer.on),
                    due.by,
                    answer.citations[due.citation].printed if due.citation else "",
                    due.citation,
                    due.source or "",
                )
                for due in link.due
            ),
        )
        for place, link in enumerate(answer.links)
    ]


def what_is_next(chain: Iterable[LinkShown]) -> list[ComingMove]:
    """All that comes next, the nearest day first; what has no day comes last."""
    moves = [move for link in chain for move in link.next]
    return sorted(moves, key=lambda move: (move.by is None, move.by or date.max))


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
    by_outcome: dict[Outcome, list[str]] = {}
    for word, name in called.items():
        # Between two lists, the next one is not there (R3): the answer is a yes or a no for want of it.
        between = word == "annual_list" and list_year and any(row.reading == "R3" for row in findings[word].hangs_on)
        under = _under(findings[word], f", la liste {int(list_year) + 1} n'étant pas au registre" if between else "")
        by_outcome.setdefault(findings[word].outcome, []).append(name + under)
    balance = findings["tax_balance"]
    entitled = _ENTITLED[balance.outcome].format(year=year, under=_under(balance))
    sentences = [*_of_each(by_outcome), entitled]
    if hanging := sum(not finding.settled for finding in findings.values()):
        which = "une de ces réponses" if hanging == 1 else f"{in_letters(hanging)} de ces réponses"
        sentences.append(f"Une autre lecture du texte changerait {which}.")
    return f"Au {day(answer.on)}, {lower(sentences[0])}" + "".join(f" {sentence}" for sentence in sentences[1:])


def _under(finding: FindingRow, why: str = "") -> str:
    said = readings_said(finding.hangs_on)
    return f" ({'lectures' if len(taken_for(finding.hangs_on)) > 1 else 'lecture'} {said}{why})" if said else ""


def _of_each(by_outcome: Mapping[Outcome, list[str]]) -> Iterator[str]:
    subject = "L'école"
    if met := by_outcome.get(Outcome.MET):
        yield f"{subject} est {listed(met)}."
        subject = "Elle"
    if not_met := by_outcome.get(Outcome.NOT_MET):
        yield f"{subject} n'est {'pas ' + not_met[0] if len(not_met) == 1 else 'ni ' + ' ni '.join(not_met)}."
        subject = "Elle"
    if unknown := by_outcome.get(Outcome.UNKNOWN):
        yield f"On ne sait pas si {lower(subject)} est {listed(unknown, last='ou')}."
