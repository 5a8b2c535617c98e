"""A finding as a page shows it: its shape and its word, the reason, then what it rests on. Made from the data of an answer.

Only what the law makes public goes through: a finding or a fact that is not, and reasons that somebody wrote freely (the
motive of a line, the ground of an opposition), stay with the school and its authorities (R48).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from equerre.documents.answer_rows import Answer, FactRow, FindingRow, OtherRow
from equerre.documents.labels import OUTCOMES, USES, field_label
from equerre.documents.phrases import headline, known_since, since_until, source_said, span
from equerre.documents.voices import value_said
from equerre.kernel.citation import Citation
from equerre.law.readings import NONE
from equerre.web.addresses import article_address, reading_address

SHAPES = {"MET": "met", "NOT_MET": "not-met", "UNKNOWN": "unknown", "NOT_APPLICABLE": "na"}
WORDS = OUTCOMES["school"]
# What stays out of a fact's line: what somebody wrote freely, and the key by which one row names another.
NOT_SHOWN = ("motive", "ground", "id")


class Below(NamedTuple):
    """A finding that another rests on, in one line."""

    shape: str
    question: str
    said: str


class Held(NamedTuple):
    """A fact: what it says, when it was true, since when it is known, who says so."""

    label: str
    values: tuple[tuple[str, str], ...]
    valid: str
    known: str
    source: str
    url: str


class Text(NamedTuple):
    """An article, which wording of it was read, where it is published, and where we tell it."""

    printed: str
    wording: str
    url: str
    page: str


class Other(NamedTuple):
    """An option that would give another answer, and why."""

    option: str
    meaning: str
    shape: str
    word: str
    because: str


class Hanging(NamedTuple):
    """A reading that the answer hangs on: the doubt, what is followed, what each other option would give."""

    number: str
    title: str
    doubt: str
    use: str
    followed: str
    meaning: str
    others: tuple[Other, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Said:
    """A finding, ready for a template. ``under`` says which readings it hangs on, "" when it holds under all of
    them; ``changes`` are the days that bound it.
    """

    key: str
    shape: str
    question: str
    word: str
    under: str
    because: str
    bounds: str
    changes: tuple[date, ...]
    below: tuple[Below, ...]
    facts: tuple[Held, ...]
    missing: tuple[str, ...]
    measures: tuple[str, ...]
    notes: tuple[str, ...]
    texts: tuple[Text, ...]
    hanging: tuple[Hanging, ...]


def said(answer: Answer, key: str) -> Said:
    """The finding of this key, which must be public."""
    finding = answer.findings[key]
    if not finding.public:
        raise PermissionError(f"{key} n'est pas public.")
    return Said(
        key,
        SHAPES[finding.outcome],
        finding.question,
        *_headline(finding),
        finding.because,
        since_until(finding.since, finding.until),
        tuple(bound for bound in (finding.since, finding.until) if bound),
        tuple(_below(answer, finding)),
        tuple(_held(fact, answer) for fact in _facts(answer, key)),
        tuple(one.label for one in finding.missing),
        tuple(one.printed for one in finding.measures),
        finding.notes,
        tuple(_text(answer, address) for address in finding.citations),
        tuple(_hanging(answer, finding)),
    )


def _headline(finding: FindingRow) -> tuple[str, str]:
    """« Oui » and « sous la lecture R3-b ; non sous R3-a »: the word stands apart from what it hangs on."""
    word = WORDS[finding.outcome]
    return word, headline(finding, "school").removeprefix(word).removeprefix(", ")


def _below(answer: Answer, finding: FindingRow) -> Iterator[Below]:
    for key in finding.findings:
        one = answer.findings[key]
        if one.public:
            yield Below(SHAPES[one.outcome], one.question, headline(one, "school"))


def _facts(answer: Answer, key: str) -> list[FactRow]:
    """The public facts of the whole tree, once each, in order of appearance."""
    keys: dict[str, None] = {}
    _walk(answer, key, keys, set())
    return [answer.facts[one] for one in keys if answer.facts[one].public]


def _walk(answer: Answer, key: str, keys: dict[str, None], seen: set[str]) -> None:
    finding = answer.findings[key]
    if key in seen or not finding.public:
        return
    seen.add(key)
    keys.update(dict.fromkeys(finding.facts))
    for below in finding.findings:
        _walk(answer, below, keys, seen)


def _held(fact: FactRow, answer: Answer) -> Held:
    return Held(
        fact.label,
        tuple(_values(fact)),
        f"Vrai {span(fact.valid)}",
        known_since(fact.known),
        source_said(fact, answer),
        answer.sources[fact.source].url or "",
    )


def _values(fact: FactRow) -> Iterator[tuple[str, str]]:
    kind = fact.kind
    for name, value in fact.value.items():
        if value not in (None, ()) and name not in NOT_SHOWN:
            yield field_label(kind, name), value_said(kind, name, value)


def _text(answer: Answer, address: Citation) -> Text:
    row = answer.citations[address]
    return Text(row.printed, row.wording, row.url or "", article_address(address, answer.on.isoformat()))


def _hanging(answer: Answer, finding: FindingRow) -> Iterator[Hanging]:
    points: dict[str, list[OtherRow]] = {}
    for row in finding.hangs_on:
        points.setdefault(row.point, []).append(row)
    for point, rows in points.items():
        reading = answer.readings[rows[0].reading]
        followed = rows[0].instead_of
        yield Hanging(
            rows[0].reading,
            reading.title,
            reading.doubt,
            USES.get(point, ""),
            "" if followed == NONE else followed,
            reading.options.get(followed, ""),
            tuple(_other(row, reading.options) for row in rows),
            reading_address(rows[0].reading, answer.on.isoformat()),
        )


def _other(row: OtherRow, options: Mapping[str, str]) -> Other:
    outcome = row.outcome
    return Other(row.option, options[row.option], SHAPES[outcome], WORDS[outcome], row.because)
