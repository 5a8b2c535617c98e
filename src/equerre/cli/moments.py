"""A day and an instant, as one types them after an option; what does not read is told with the name of the option."""

from __future__ import annotations

from datetime import date, datetime

import click

from equerre.kernel import clock
from equerre.opendata.threshold import moments
from equerre.opendata.threshold.moments import NoMoment

DAY = "AAAA-MM-JJ"
INSTANT = "INSTANT"


def or_today(on: date | None) -> date:
    """The day asked, or this one."""
    return on or clock.today()  # through its module: a stopped clock stops here too


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day, ``2026-11-03``."""
    try:
        return None if value is None else moments.day(value)
    except NoMoment as error:
        raise click.BadParameter(str(error), ctx, param) from error


def as_instant(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """An instant with its zone, or the evening of a day."""
    try:
        return None if value is None else moments.instant(value)
    except NoMoment as error:
        raise click.BadParameter(str(error), ctx, param) from error
