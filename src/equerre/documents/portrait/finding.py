"""A finding as a page shows it: its shape and its word, the reason, then what it rests on. Made from the data of an answer.

Only what the law makes public goes through: a finding or a fact that is not, and reasons that somebody wrote freely (the
motive of a line, the ground of an opposition), stay with the school and its authorities (R48).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from equerre.documents.answer_rows import Answer, FactRow, FindingRow, OtherRow
from equerre.documents.labels import OUTCOMES, USES, field_label
from equerre.documents.phrases import headline, known_since, since_until, source_said, span
from equerre.documents.voices import value_said
from equerre.kernel.citation import Citation
from equerre.law.readings import NONE

SHAPES = {"MET": "met", "NOT_MET": "not-met", "UNKNOWN": "unknown", "NOT_APPLICABLE": "na"}
WORDS = OUTCOMES["school"]
# What stays out of a fact's line, with what is private: the key by which one row names another.
NOT_SHOWN = ("id",)


class FindingBelow(NamedTuple):
    """A finding that another rests on, in one line."""

    shape: str
    question: str
    said: str


class FactShown(NamedTuple):
    """A fact: what it says, when it was true, since when it is known, who says so."""

    label: str
    values: tuple[tuple[str, str], ...]
    valid: str
    known: str
    source: str
    url: str


class ArticleShown(NamedTuple):
    """An article, its address, which wording of it was read, and where it is published."""

    citation: Citation
    printed: str
    wording: str
    url: str


class OptionNotTaken(NamedTuple):
    """An option that would give another answer, and why."""

    option: str
    meaning: str
    shape: str
    word: str
    because: str


class Doubted(NamedTuple):
    """A reading that the answer hangs on: the doubt, what is followed, what each other option would give."""

    number: str
    title: str
    doubt: str
    use: str
    followed: str
    meaning: str
    others: tuple[OptionNotTaken, ...]


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding, ready for a template, on the day of its answer. ``under`` says which readings it hangs on, "" when it holds
    under all of them; ``changes`` are the days that bound it.
    """

    key: str
    on: date
    shape: str
    question: str
    word: str
    under: str
    because: str
    bounds: str
    changes: tuple[date, ...]
    below: tuple[FindingBelow, ...]
    facts: tuple[FactShown, ...]
    missing: tuple[str, ...]
    withheld: tuple[str, ...]
    measures: tuple[str, ...]
    notes: tuple[str, ...]
    texts: tuple[ArticleShown, ...]
    hanging: tuple[Doubted, ...]


def finding_shown(answer: Answer, key: str) -> FindingShown:
    """The finding of this key, which must be public."""
    finding = answer.findings[key]
    if not finding.public:
        raise PermissionError(f"{key} n'est pas public.")
    word = WORDS[finding.outcome]
    return FindingShown(
        key,
        answer.on,
        SHAPES[finding.outcome],
        finding.question,
        word,
        # « Oui » and « sous la lecture R3-b ; non sous R3-a »: the word stands apart from what it hangs on.
        headline(finding, "school").removeprefix(word).removeprefix(", "),
        finding.because,
        since_until(finding.since, finding.until),
        tuple(bound for bound in (finding.since, finding.until) if bound),
        tuple(
            FindingBelow(SHAPES[below.outcome], below.question, headline(below, "school"))
            for below in (answer.findings[key] for key in finding.findings)
            if below.public
        ),
        tuple(_fact_shown(fact, answer) for fact in _public_facts(answer, key)),
        tuple(missing.label for missing in finding.missing),
        tuple(dict.fromkeys(withheld.label for withheld in finding.withheld)),
        tuple(measure.printed for measure in finding.measures),
        finding.notes,
        tuple(
            ArticleShown(citation, row.printed, row.wording, row.url or "")
            for citation, row in ((citation, answer.citations[citation]) for citation in finding.citations)
        ),
        tuple(_doubted(answer, finding)),
    )


def _public_facts(answer: Answer, key: str) -> list[FactRow]:
    """The public facts of the whole tree, once each, in order of appearance."""
    keys: dict[str, None] = {}
    _walk(answer, key, keys, set())
    return [answer.facts[name] for name in keys if answer.facts[name].public]


def _walk(answer: Answer, key: str, keys: dict[str, None], seen: set[str]) -> None:
    finding = answer.findings[key]
    if key in seen or not finding.public:
        return
    seen.add(key)
    keys.update(dict.fromkeys(finding.facts))
    for below in finding.findings:
        _walk(answer, below, keys, seen)


def _fact_shown(fact: FactRow, answer: Answer) -> FactShown:
    return FactShown(
        fact.label,
        tuple(
            (field_label(fact.kind, name), value_said(fact.kind, name, value))
            for name, value in fact.value.items()
            if value not in (None, ()) and name not in NOT_SHOWN and name not in fact.private
        ),
        f"Vrai {span(fact.valid)}",
        known_since(fact.known),
        source_said(fact, answer),
        answer.sources[fact.source].url or "",
    )


def _doubted(answer: Answer, finding: FindingRow) -> Iterator[Doubted]:
    points: dict[str, list[OtherRow]] = {}
    for row in finding.hangs_on:
        points.setdefault(row.point, []).append(row)
    for point, rows in points.items():
        reading = answer.readings[rows[0].reading]
        followed = rows[0].instead_of
        yield Doubted(
            rows[0].reading,
            reading.title,
            reading.doubt,
            USES.get(point, ""),
            "" if followed == NONE else followed,
            reading.options.get(followed, ""),
            tuple(
                OptionNotTaken(
                    row.option, reading.options[row.option], SHAPES[row.outcome], WORDS[row.outcome], row.because
                )
                for row in rows
            ),
        )
