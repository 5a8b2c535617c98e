"""The certifications of a school on a time line: from when until when each sheet is active, and who stays covered after it.

Bars are shares of the width, so that text never shrinks. Nothing is drawn past what a source says: a sheet without a known
end runs to the edge, pupils whose last day is not known are drawn up to the day asked. The same dates stand in a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from equerre.facts.qualifications import Certification, Intake, active_days, active_on
from equerre.facts.school_facts import SchoolFacts, all_at
from equerre.facts.teaching import Course
from equerre.kernel.fact import Fact
from equerre.kernel.french import counted, day, last_day, listed
from equerre.kernel.period import Period

# How far the edge may go from the day asked, in years: a sheet lasts five years at most.
BEFORE, AFTER = 6, 6
SOON = 365
# What a bar is: active that day, ended, to come, or pupils who stay covered after the end. The last two are drawn hollow.
ACTIVE, ENDED, COMING, COVERED = "on", "off", "next", "kept"
SAID = {
    ACTIVE: "fiche active ce jour-là",
    ENDED: "fiche finie",
    COMING: "fiche à venir",
    COVERED: "élèves déjà entrés, couverts jusqu'à l'examen",
}


class Bar(NamedTuple):
    """One stretch: its kind, its place and width as shares, how far down it is drawn, what it is in words."""

    kind: str
    x: str
    width: str
    y: int
    said: str


class SheetDates(NamedTuple):
    """The same for the table: what, which code, first and last day in words."""

    said: str
    code: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class CourseTimeline:
    """One course: its sheet in a sentence, its bars, and the spans that they draw."""

    id: str
    title: str
    code: str
    sentence: str
    bars: tuple[Bar, ...]
    spans: tuple[SheetDates, ...]

    @property
    def height(self) -> int:
        """Of the drawing: bars that would hide one another are drawn under one another."""
        return max((bar.y for bar in self.bars), default=0) + 18

    @property
    def said(self) -> str:
        """The drawing in words."""
        return " ; ".join(bar.said for bar in self.bars) or "aucune fiche au registre"


class YearMark(NamedTuple):
    """A graduation."""

    x: str
    label: int
    odd: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole: graduations, the mark of the day, a row for each course of the day, the kinds of bars that are drawn."""

    years: tuple[YearMark, ...]
    mark: str
    rows: tuple[CourseTimeline, ...]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The kinds of bars that are there, and what each is."""
        drawn = {bar.kind for row in self.rows for bar in row.bars}
        return [(kind, said) for kind, said in SAID.items() if kind in drawn]


class _Stretch(NamedTuple):
    kind: str
    code: str
    days: Period[date]


def timeline(facts: SchoolFacts, on: date) -> Timeline:
    """The courses that the school gives on a day."""
    courses = all_at(facts[Course], on)
    stretches = [list(_stretches(facts, course.value, on)) for course in courses]
    edge = _edge([stretch for found in stretches for stretch in found], on)
    years = [
        YearMark(edge.share(date(year, 1, 1)), year, bool((year - edge.start.year) % 2))
        for year in range(edge.start.year, edge.end.year)
    ]
    rows = [
        CourseTimeline(
            course.id,
            course.title,
            course.certification,
            _sentence(_sheets(facts, course.certification), course.certification, on),
            tuple(_bars(drawn, edge)),
            tuple(_span(stretch) for stretch in drawn),
        )
        for course, drawn in zip((fact.value for fact in courses), stretches, strict=True)
    ]
    return Timeline(tuple(years), edge.share(on), tuple(rows))


def _stretches(facts: SchoolFacts, course: Course, on: date) -> Iterator[_Stretch]:
    """Its sheet, the pupils that the end of it leaves covered, and the sheets named to follow."""
    sheets = _sheets(facts, course.certification)
    for sheet in sheets:
        days = active_days(sheet)
        yield _Stretch(_kind(days, on), course.certification, days)
        covered = _covered(facts, course, sheet, on)
        if covered is not None:
            yield _Stretch(COVERED, course.certification, covered)
    for code in dict.fromkeys(code for sheet in sheets for code in sheet.value.successors):
        for sheet in _sheets(facts, code):
            days = active_days(sheet)
            yield _Stretch(_kind(days, on), code, days)


def _sheets(facts: SchoolFacts, code: str) -> list[Fact[Certification]]:
    return [fact for fact in facts[Certification] if fact.value.code == code]


def _kind(days: Period[date], on: date) -> str:
    if days.holds(on):
        return ACTIVE
    return ENDED if days.end is not None and days.end <= on else COMING


def _covered(facts: SchoolFacts, course: Course, sheet: Fact[Certification], on: date) -> Period[date] | None:
    """The days after a sheet on which pupils who entered while it was active are still in training (R5)."""
    end = sheet.valid.end
    if end is None:
        return None
    intakes = [
        intake.valid
        for intake in facts[Intake]
        if intake.value.course == course.id and sheet.valid.holds(intake.value.entered_on)
    ]
    last = [valid.end or max(on, end) for valid in intakes if valid.end is None or valid.end > end]
    until = max(last, default=end)
    return Period(end, until) if until > end else None


# --- On the edge -------------------------------------------------------------------------------------------------------------


class _Edge(NamedTuple):
    """The whole years that are drawn; what lies outside is cut."""

    start: date
    end: date

    def share(self, moment: date) -> str:
        """How far along a day stands."""
        return f"{100 * self._days(moment):.2f}%"

    def width(self, start: date, end: date) -> str:
        """How wide a stretch is."""
        return f"{100 * (self._days(end) - self._days(start)):.2f}%"

    def seen(self, days: Period[date]) -> tuple[date, date] | None:
        """What is drawn of a period."""
        start, end = max(days.start or self.start, self.start), min(days.end or self.end, self.end)
        return (start, end) if start < end else None

    def _days(self, moment: date) -> float:
        return (moment - self.start).days / (self.end - self.start).days


def _edge(stretches: Sequence[_Stretch], on: date) -> _Edge:
    """Whole years around the day, as far as the sheets go."""
    starts = [stretch.days.start.year for stretch in stretches if stretch.days.start]
    ends = [stretch.days.end.year for stretch in stretches if stretch.days.end]
    first = max(min([on.year - 1, *starts]), on.year - BEFORE)
    last = min(max([on.year + 1, *ends]), on.year + AFTER)
    return _Edge(date(first, 1, 1), date(last + 1, 1, 1))


def _bars(stretches: Iterable[_Stretch], edge: _Edge) -> Iterator[Bar]:
    drawn: list[tuple[date, date, int]] = []
    for stretch in stretches:
        seen = edge.seen(stretch.days)
        if seen is None:
            continue
        start, end = seen
        y = max((below + 20 for first, last, below in drawn if first < end and start < last), default=2)
        drawn.append((start, end, y))
        what = SAID[stretch.kind] if stretch.kind == COVERED else f"{stretch.code}, {SAID[stretch.kind]}"
        yield Bar(stretch.kind, edge.share(start), edge.width(start, end), y, f"{what}, {_days(stretch.days)}")


def _days(days: Period[date]) -> str:
    start = f"du {day(days.start)}" if days.start else "depuis un jour qui n'est pas connu"
    return f"{start} au {last_day(days.end)}" if days.end else f"{start}, sans fin connue"


def _span(stretch: _Stretch) -> SheetDates:
    start = day(stretch.days.start) if stretch.days.start else "pas connu"
    end = last_day(stretch.days.end) if stretch.days.end else "pas connu"
    return SheetDates(SAID[stretch.kind], stretch.code, start, "l'examen" if stretch.kind == COVERED else end)


def _sentence(sheets: Sequence[Fact[Certification]], code: str, on: date) -> str:
    """The sheet that day, how long it still lasts when that is short, and what follows it."""
    if not sheets:
        return f"Fiche {code} : le registre n'en tient pas les dates."
    sheet = active_on(sheets, on) or sheets[-1]
    successors = sheet.value.successors
    what_follows = f"Suite nommée : {listed(successors)}." if successors else "Aucune suite nommée."
    read_on = sheet.value.closed_read_on
    how = f"close, lue ainsi le {day(read_on)}, jour de fin non donné" if read_on else _until(sheet.valid, on)
    return f"Fiche {code}, {how}. {what_follows}"


def _until(days: Period[date], on: date) -> str:
    if days.start is not None and on < days.start:
        return f"à partir du {day(days.start)}"
    if days.end is None:
        return "sans fin connue"
    left = (days.end - on).days
    if left <= 0:
        return f"finie le {last_day(days.end)}"
    return f"jusqu'au {last_day(days.end)}" + (f", dans {counted(left - 1, 'jour')}" if left <= SOON else "")
