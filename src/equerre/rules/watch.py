"""The watch: which courses of a school lose their sheet of the RNCP by a day, and what that does, answer by answer.

For each course: may an intake still open (R54), are the pupils already in protected (L. 6113-9, R5), does it still count for the
balance (R6), and what becomes of each door of L. 6241-5. The answers are those of the rules, asked on the first day on which the
sheet is no longer active; beside each door stands what it would have been, on the same day, had the sheet gone on: the difference
is the work of the sheet alone. Nothing is decided, and a successor is named, never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from equerre import law
from equerre.facts.qualifications import Certification, active_on
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.teaching import Course
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.period import Period
from equerre.rules import qualifications, tax_balance
from equerre.rules.doubt import Doubt, OptionRow
from equerre.rules.rule import DEFAULTS, Memo, Options, Rule, worst

_DOORS = (tax_balance.door_12, tax_balance.door_2c, tax_balance.door_2b, tax_balance.door_7)
DOORS = tuple(zip(tax_balance.DOORS, _DOORS, strict=True))


@dataclass(frozen=True, slots=True)
class Measured:
    """What a rule finds, and what it would find under every option of each reading that it takes."""

    finding: Finding
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class CourseDoor:
    """One door of the balance, for this course. ``otherwise``: on the same day, had the sheet gone on."""

    item: str
    answer: Measured
    outcome: Outcome
    otherwise: Outcome


@dataclass(frozen=True, slots=True)
class Successor:
    """A sheet named for what comes next, and the days on which it is active as far as they are held."""

    code: str
    sheet: Fact[Certification] | None


@dataclass(frozen=True, slots=True)
class Watched:
    """A course whose sheet ends. ``ends_on`` is the first day on which it is no longer active, or, when it was closed since when
    nobody says, the day on which it was read so; ``asked_on`` that day, or the day of the question when it is past.
    """

    course: Fact[Course]
    sheet: Fact[Certification]
    ends_on: date
    asked_on: date
    intake_now: Measured
    intake_after: Measured
    pupils: Measured
    counts: Measured
    doors: tuple[CourseDoor, ...]
    entitled: Measured
    entitled_otherwise: Finding
    successors: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """One school. ``unknown``: courses of which no sheet is held, so that nobody can say when it ends."""

    facts: SchoolFacts
    on: date
    by: date
    courses: tuple[Watched, ...]
    unknown: tuple[Fact[Course], ...]


def certifications(facts: SchoolFacts, *, on: date, by: date, readings: Options = DEFAULTS) -> Watch:
    """The courses given on ``on`` or later whose sheet is active no more after ``by``, the last day included."""
    known = facts.as_known(None)
    days = Period(on, max(on, by) + date.resolution)
    courses = [fact for fact in known[Course] if fact.valid.overlaps(days)]
    watched = [_watched(known, course, on, by, readings) for course in courses]
    unknown = [course for course in courses if not _sheets(known, course.value.certification)]
    found = sorted(filter(None, watched), key=lambda ending: (ending.ends_on, ending.course.name))
    return Watch(known, on, by, tuple(found), tuple(unknown))


def _watched(facts: SchoolFacts, course: Fact[Course], on: date, by: date, readings: Options) -> Watched | None:
    sheet = _last(_sheets(facts, course.value.certification), on)
    if sheet is None:
        return None
    # Closed since when nobody says: the day on which it was read so is the first on which one knows that it is no longer active.
    end = sheet.value.closed_read_on or sheet.valid.end
    if end is None or end > by + date.resolution:
        return None
    asked_on = max(end, on)
    if not course.valid.holds(asked_on):
        return None
    return _Asking(facts, course, sheet, on, asked_on, readings).answered(end)


def _sheets(facts: SchoolFacts, code: str) -> list[Fact[Certification]]:
    return [fact for fact in facts[Certification] if fact.value.code == code]


def _last(sheets: Iterable[Fact[Certification]], on: date) -> Fact[Certification] | None:
    """The sheet as it stands on a day, followed while it goes on without a gap; else as it ended last."""
    placed = sorted(sheets, key=lambda fact: fact.valid.start or date.min)
    found = next((fact for fact in placed if fact.valid.holds(on)), None)
    if found is None:
        ended = [fact for fact in placed if fact.valid.end is not None and fact.valid.end <= on]
        return max(ended, key=lambda fact: fact.valid.end or on, default=None)
    for fact in placed:
        if found.valid.end is not None and fact.valid.holds(found.valid.end):
            found = fact
    return found


class _Asking:
    """The questions about one course, on the day its sheet is over."""

    def __init__(
        self,
        facts: SchoolFacts,
        course: Fact[Course],
        sheet: Fact[Certification],
        on: date,
        asked_on: date,
        readings: Options,
    ) -> None:
        self._facts, self._course, self._sheet, self._readings = facts, course, sheet, readings
        self._on, self._asked_on = on, asked_on
        self._memos: dict[date, Memo] = {}

    def answered(self, ends_on: date) -> Watched:
        subject = self._course.value.id
        counts = self._ask(tax_balance.eligible_course, subject)
        # The same facts, as if this sheet had no end.
        going_on_still = replace(self._sheet.value, closed_read_on=None)
        endless = replace(self._sheet, value=going_on_still, valid=Period(self._sheet.valid.start, None))
        sheets = [endless if fact is self._sheet else fact for fact in self._facts[Certification]]
        going_on = self._facts.with_rows("certification", sheets)
        return Watched(
            course=self._course,
            sheet=self._sheet,
            ends_on=ends_on,
            asked_on=self._asked_on,
            intake_now=self._ask(qualifications.intake_open, subject, self._on),
            intake_after=self._ask(qualifications.intake_open, subject),
            pupils=self._ask(qualifications.course_registered, subject),
            counts=counts,
            doors=tuple(self._doors(counts, going_on)),
            entitled=self._ask(tax_balance.entitled),
            entitled_otherwise=tax_balance.entitled.asked(going_on, on=self._asked_on, readings=self._readings),
            successors=tuple(self._successors()),
        )

    def _doors(self, counts: Measured, going_on: SchoolFacts) -> Iterator[CourseDoor]:
        """A door lets a course's money through when it is open and the course counts."""
        memo: Memo = {}
        subject = self._course.value.id
        counted = tax_balance.eligible_course.asked(
            going_on, subject, on=self._asked_on, readings=self._readings, memo=memo
        )
        for item, rule in DOORS:
            answer = self._ask(rule)
            other = rule.asked(going_on, on=self._asked_on, readings=self._readings, memo=memo)
            yield CourseDoor(item, answer, worst([answer.finding, counts.finding]), worst([other, counted]))

    def _successors(self) -> Iterator[Successor]:
        for code in self._sheet.value.successors:
            sheets = _sheets(self._facts, code)
            yield Successor(code, active_on(sheets, self._asked_on) or next(iter(sheets), None))

    def _ask(self, rule: Rule, subject: str = "", on: date | None = None) -> Measured:
        on = on or self._asked_on
        finding = self._find(rule, subject, on, self._readings)
        rows: list[OptionRow] = []
        for taken in finding.readings_below():
            for option in dict.fromkeys((*law.reading(taken.reading).options, taken.option)):
                other = finding
                if option != taken.option:
                    other = self._find(rule, subject, on, self._readings.instead(taken.point, option))
                rows.append(OptionRow(taken.point, option, option == taken.option, other.outcome, other.because))
        return Measured(finding, Doubt(finding.outcome, tuple(rows)))

    def _find(self, rule: Rule, subject: str, on: date, readings: Options) -> Finding:
        memo = self._memos.setdefault(on, {}) if readings is self._readings else None
        return rule.asked(self._facts, subject, on=on, readings=readings, memo=memo)
