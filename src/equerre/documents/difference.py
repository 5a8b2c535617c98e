"""What if: two chains of one school, and what differs between them, as data and as a page.

::

    format        "equerre-difference/1"
    equerre       the version
    school        uai, name, fictional
    changes       what was changed, as asked: "recognition.effect_on=2027-01-01"
    before        on, known_at, options          after: the same
    differences   links and sentences first: key, question, moves, then before and after

A side is null when its chain does not ask that question; ``moves`` says that the outcome itself changes, and not only its
reason or its dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from equerre import __version__
from equerre.documents.answer_rows import Answer, FindingRow, SchoolRow
from equerre.documents.page import Line, PlainPage, Role, Section
from equerre.documents.phrases import headline, since_until
from equerre.documents.voices import BANNER, CLOSING
from equerre.kernel.finding import Outcome
from equerre.kernel.french import day
from equerre.rules.what_if import Difference

FORMAT = "equerre-difference/1"


@dataclass(frozen=True, slots=True)
class SideQuestion:
    """What one of the two chains was asked."""

    on: date
    known_at: datetime | None
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SideRow:
    """A finding on one side, with what its headline says for a school."""

    outcome: Outcome
    headline: str
    because: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One finding that differs."""

    key: str
    question: str
    public: bool
    moves: bool
    before: SideRow | None
    after: SideRow | None


@dataclass(frozen=True, slots=True)
class Differences:
    """The whole comparison: see the head of this module."""

    format: str
    equerre: str
    school: SchoolRow
    changes: tuple[str, ...]
    before: SideQuestion
    after: SideQuestion
    differences: tuple[DifferenceRow, ...]


def differences(before: Answer, after: Answer, found: Sequence[Difference], changes: Sequence[str]) -> Differences:
    """The comparison of two answers, on the findings that ``what_if.compare`` found to differ."""
    return Differences(
        format=FORMAT,
        equerre=__version__,
        school=before.school,
        changes=tuple(changes),
        before=SideQuestion(before.on, before.known_at, before.options),
        after=SideQuestion(after.on, after.known_at, after.options),
        differences=tuple(_row(difference, before, after) for difference in found),
    )


def _row(difference: Difference, before: Answer, after: Answer) -> DifferenceRow:
    old, new = before.findings.get(difference.key), after.findings.get(difference.key)
    either = new or old
    assert either is not None, difference.key
    return DifferenceRow(
        difference.key, either.question, either.public, difference.outcome_moves, _side(old), _side(new)
    )


def _side(finding: FindingRow | None) -> SideRow | None:
    if finding is None:
        return None
    said = headline(finding, "school")
    return SideRow(finding.outcome, said, finding.because, finding.since, finding.until)


# --- In words --------------------------------------------------------------------------------------------------------


def page(found: Differences) -> PlainPage:
    """The comparison as a page: what changes of outcome, then what keeps its outcome for another reason."""
    moved = [row for row in found.differences if row.moves]
    others = [row for row in found.differences if not row.moves]
    on, then = (day(side.on) for side in (found.before, found.after))
    sides = (f"Au {on}", f"Au {then}") if on != then else ("Avant", "Après")
    return PlainPage(
        BANNER if found.school.fictional else "",
        found.school.name,
        (
            f"UAI {found.school.uai}",
            f"Au {on}, comparé au {then}" if on != then else f"Au {on}",
            *(f"Et si : {change}" for change in found.changes),
        ),
        (),
        tuple(_sections(moved, others, sides)),
        CLOSING,
    )


def _sections(moved: list[DifferenceRow], others: list[DifferenceRow], sides: tuple[str, str]) -> Iterator[Section]:
    if not moved and not others:
        yield Section("Rien ne change", (Line(Role.REASON, "Les deux chaînes donnent les mêmes réponses."),))
        return
    if moved:
        yield Section("Ce qui change de réponse", tuple(line for row in moved for line in _lines(row, sides)))
    else:
        yield Section("Ce qui change de réponse", (Line(Role.REASON, "Aucune réponse ne change."),))
    if others:
        yield Section(
            "Même réponse, autre raison ou autres dates", tuple(line for row in others for line in _lines(row, sides))
        )


def _lines(row: DifferenceRow, sides: tuple[str, str]) -> Iterator[Line]:
    subject = row.key.partition("(")[2].removesuffix(")")
    yield Line(Role.QUESTION, f"{row.question} ({subject})" if subject else row.question)
    for when, side in zip(sides, (row.before, row.after), strict=True):
        if side is None:
            yield Line(Role.DETAIL, f"{when} : la question ne se pose pas.")
            continue
        yield Line(Role.HEADLINE, f"{when} : {side.headline}.", outcome=side.outcome)
        yield Line(Role.REASON, side.because)
        if bounds := since_until(side.since, side.until):
            yield Line(Role.DETAIL, f"{bounds}.")
