"""The page's voice: a school on a day, ready for a template, made once from its public answer and its public facts.

It stands beside the other voices: nothing is found again here. Links are made by whoever prints: a row gives the citation or
the number of the reading, never an address. ``portrait`` is the whole; a page that shows less asks one of the modules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from equerre.documents.answer_rows import Answer, FindingRow
from equerre.documents.phrases import lower
from equerre.documents.portrait.change import WITHDRAWN, RegisterChange
from equerre.documents.portrait.doors import DoorShown, common_condition, doors
from equerre.documents.portrait.finding import SHAPES, WORDS, FindingShown
from equerre.documents.portrait.history import HistoryLine, history
from equerre.documents.portrait.identity import Designation, IdentityLine, designation, identity
from equerre.documents.portrait.soltea import on_platform
from equerre.documents.portrait.steps import ChainStep, ComingMove, LinkShown, in_sentences, links, steps, what_is_next
from equerre.documents.portrait.timeline import Timeline, timeline
from equerre.facts.calendar import CampaignDate
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.teaching import Course
from equerre.kernel.fact import Fact
from equerre.kernel.french import listed
from equerre.rules import qualifications

# What happened to the school on a day, by kind of fact.
TURNS = {
    "opening_declaration": "déclaration d'ouverture",
    "opposition": "opposition à l'ouverture",
    "recognition": "reconnaissance",
    "recognition_withdrawal": "retrait de la reconnaissance",
    "annual_list_entry": "liste annuelle {act_year}",
    "regional_list_entry": "liste du préfet, campagne {campaign_year}",
    "closure": "fermeture",
}


class CourseStanding(NamedTuple):
    """Does a course count that day, and may pupils enter it (R54)? ``counts`` is "" when no finding speaks of it."""

    counts: str
    counts_word: str
    enters: str
    enters_word: str
    reading: str


class Portrait(NamedTuple):
    """All that the page of a school says of a day. ``turns`` are the days on which something begins or stops, and what."""

    sentences: str
    steps: Sequence[ChainStep]
    links: Sequence[LinkShown]
    next: Sequence[ComingMove]
    doors: Sequence[DoorShown]
    common: FindingShown | None
    timeline: Timeline
    courses: Mapping[str, CourseStanding]
    identity: Sequence[IdentityLine]
    designation: Sequence[Designation]
    history: Sequence[HistoryLine]
    turns: Mapping[date, str]
    on_platform: str


def portrait(
    answer: Answer, facts: SchoolFacts, changes: Sequence[RegisterChange], awaited: Iterable[Fact[CampaignDate]]
) -> Portrait:
    """The school on the day of its answer; ``changes`` are its last ones, ``awaited`` the dates that it waits for."""
    on = answer.on
    chain = links(answer)
    return Portrait(
        sentences=in_sentences(answer),
        steps=steps(answer),
        links=chain,
        next=what_is_next(chain),
        doors=doors(answer),
        common=common_condition(answer),
        timeline=timeline(facts, on),
        courses=_courses(facts, answer.findings, on),
        identity=identity(facts, on),
        designation=designation(facts, on),
        history=history(changes, awaited, on),
        turns=_turns(chain, changes),
        on_platform=on_platform(answer, facts, on),
    )


def _courses(facts: SchoolFacts, findings: Mapping[str, FindingRow], on: date) -> dict[str, CourseStanding]:
    courses: dict[str, CourseStanding] = {}
    for course in facts[Course]:
        row = findings.get(f"qualifications.course_registered({course.value.id})")
        enters = qualifications.intake_open.asked(facts, course.value.id, on=on)
        courses[course.value.id] = CourseStanding(
            SHAPES[row.outcome] if row else "",
            WORDS[row.outcome] if row else "",
            SHAPES[enters.outcome],
            WORDS[enters.outcome],
            next((str(taken) for taken in enters.readings), ""),
        )
    return courses


def _turns(chain: Iterable[LinkShown], changes: Iterable[RegisterChange]) -> dict[date, str]:
    """The days on which an answer of the page begins or stops, and those on which something happened: then, what happened."""
    begins: dict[date, dict[str, None]] = {}
    for link in chain:
        for day in link.said.changes:
            begins.setdefault(day, {})[lower(link.label)] = None
    happened: dict[date, dict[str, None]] = {}
    for change in changes:
        if change.kind in TURNS and change.move != WITHDRAWN and change.valid.start is not None:
            happened.setdefault(change.valid.start, {})[TURNS[change.kind].format(**change.values)] = None
    return {day: listed(list(words)) for day, words in {**begins, **happened}.items()}
