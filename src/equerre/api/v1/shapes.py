"""What several resources answer with: a source, a place, a school, a finding. Every key is always there, null when unknown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict

from equerre.api.parameters import AsOf
from equerre.documents.answer import instant
from equerre.documents.answer_rows import FindingRow
from equerre.documents.phrases import headline
from equerre.documents.portrait.change import Named
from equerre.documents.portrait.location import Location
from equerre.kernel.fact import Source
from equerre.kernel.period import Period
from equerre.opendata.tables import place_cells

Outcome = Literal["MET", "NOT_MET", "UNKNOWN", "NOT_APPLICABLE"]


class Shape(BaseModel):
    """A row of an answer: these keys and no other.

    A class called after what it tells (``SourceShape``) is published under that name alone (``Source``): see ``document``.
    """

    model_config = ConfigDict(extra="forbid")


class DayAnswer(Shape):
    """The day that the answer is about, and the instant of knowledge: null for what is held now."""

    on: date
    known_at: str | None


class Span(Shape):
    """Days, half-open: ``until`` is the first one out. Null is a bound that is not known."""

    since: date | None
    until: date | None


class SourceShape(Shape):
    """Who says so, where, on which day."""

    publisher: str
    title: str
    dated_on: date | None
    url: str | None
    sha256: str | None


class PlaceShape(Shape):
    """Where the main site of a school stands: codes and names."""

    siret: str | None
    commune: str | None
    departement: str | None
    departement_name: str | None
    academie: str | None
    academie_name: str | None
    region: str | None
    region_name: str | None


class SchoolShape(Shape):
    """A school, and the address of what is held about it."""

    uai: str
    name: str
    fictional: bool
    href: str


class HangingShape(Shape):
    """An option of a reading that would give another outcome."""

    reading: str
    option: str
    outcome: Outcome


class FindingShape(Shape):
    """What a rule finds, in short: the chain of the school has the whole tree. ``citations`` are addresses of articles."""

    rule: str
    outcome: Outcome
    said: str
    because: str
    since: date | None
    until: date | None
    settled: bool
    hangs_on: list[HangingShape]
    citations: list[str]


def known(when: AsOf) -> str | None:
    """The instant of knowledge, in UTC."""
    return instant(when.known_at)


def utc(moment: datetime) -> str:
    """An instant, in UTC."""
    found = instant(moment)
    assert found is not None
    return found


def span(period: Period[date]) -> Span:
    return Span(since=period.start, until=period.end)


def source(plain: Source) -> SourceShape:
    return SourceShape(
        publisher=plain.publisher, title=plain.title, dated_on=plain.dated_on, url=plain.url, sha256=plain.sha256
    )


def place(plain: Location) -> PlaceShape:
    return PlaceShape(**place_cells(plain))


def school(named: Named) -> SchoolShape:
    return SchoolShape(uai=named.uai, name=named.name, fictional=named.fictional, href=school_address(named.uai))


def school_address(uai: str, tail: str = "") -> str:
    return f"/api/v1/schools/{quote(uai, safe='')}{tail}"


def finding(row: FindingRow) -> FindingShape:
    """A finding of an answer, in short."""
    return FindingShape(
        rule=row.rule,
        outcome=row.outcome.value,
        said=headline(row, "school"),
        because=row.because,
        since=row.since,
        until=row.until,
        settled=row.settled,
        hangs_on=[
            HangingShape(reading=other.point, option=other.option, outcome=other.outcome.value)
            for other in row.hangs_on
        ],
        citations=[str(citation) for citation in row.citations],
    )
