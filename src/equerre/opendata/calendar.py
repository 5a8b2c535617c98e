"""The calendar of the regime: days that the law writes, and days of each campaign, planned, revised and actual.

The first come from the parameters of the law, the second are facts with their source. Neither is ever guessed.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from equerre import law
from equerre.facts.calendar import CampaignDate
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.errors import LawError
from equerre.kernel.fact import Fact
from equerre.law.parameters import day_of
from equerre.registry import selectors

DAY_OF_THE_YEAR = "day of the year"


class LegalDay(NamedTuple):
    """The next time that a day of the law comes back, on the day asked or after it."""

    on: date
    parameter: law.ParameterValue


class Campaign(NamedTuple):
    """The dates held of one campaign, in order of time."""

    year: int
    dates: tuple[Fact[CampaignDate], ...]


def legal_days(on: date) -> list[LegalDay]:
    """The days that the law writes, the nearest first; one whose text is younger than the day asked is not there."""
    found = []
    for name in law.parameters():
        try:
            parameter = law.parameter(name, on)
        except LawError:
            continue
        if parameter.unit == DAY_OF_THE_YEAR:
            this_year = day_of(name, on.year, on)
            found.append(LegalDay(this_year if this_year >= on else day_of(name, on.year + 1, on), parameter))
    return sorted(found, key=lambda legal_day: (legal_day.on, legal_day.parameter.label))


def campaigns(on: date, known_at: datetime | None = None) -> list[Campaign]:
    """The campaigns of which a date is held, the newest first."""
    of_the_day = [fact for fact in selectors.campaign_dates(known_at=known_at) if fact.valid.holds(on)]
    of_the_day.sort(key=lambda fact: (-fact.value.campaign_year, fact.value.best or date.max, fact.value.kind))
    by_year = groupby(of_the_day, key=lambda fact: fact.value.campaign_year)
    return [Campaign(year, tuple(dates)) for year, dates in by_year]


def coming(on: date, known_at: datetime | None = None) -> list[Fact[CampaignDate]]:
    """The dates of campaign on the day asked or after it, the nearest first."""
    dates = [fact for campaign in campaigns(on, known_at) for fact in campaign.dates]
    return sorted((fact for fact in dates if _best(fact) >= on), key=_best)


# The dates of the national calendar that a school waits for.
AWAITED = ("annual_list", "regional_list", "habilitation_request_opens", "habilitation_request_closes")


def awaited(facts: SchoolFacts, after: date) -> list[Fact[CampaignDate]]:
    """Among the dates that a school knows of, those that come after a day, the furthest first."""
    held = [one for one in facts[CampaignDate] if one.value.kind in AWAITED and one.valid.holds(after)]
    return sorted((one for one in held if _best(one) > after), key=_best, reverse=True)


def _best(fact: Fact[CampaignDate]) -> date:
    return fact.value.best or date.min
