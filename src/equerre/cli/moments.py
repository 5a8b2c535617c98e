"""A day and an instant, as one types them: what is read, and what is told of the rest.

The calendar is that of a file of facts. An instant may be a day alone: it is then the last second of that day in Paris,
what was known when it ended.
"""

from __future__ import annotations

from datetime import date, datetime, time

import click

from equerre.documents.written_dates import HOW, HOW_INSTANT, day_written, instant_written, what_is_wrong
from equerre.facts.kind import FIRST_YEAR, LAST_YEAR
from equerre.kernel import clock
from equerre.kernel.errors import quoted

DAY = "AAAA-MM-JJ"
INSTANT = "INSTANT"


def or_today(on: date | None) -> date:
    """The day asked, or this one."""
    return on or clock.today()  # through its module: a stopped clock stops here too


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day, ``2026-11-03``."""
    if value is None:
        return None
    found = day_written(value)
    if found is None:
        raise click.BadParameter(what_is_wrong(value) or f"{quoted(value)} n'est pas une date. {HOW}", ctx, param)
    return _within(found, ctx, param)


def as_instant(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """An instant with its zone, or the evening of a day."""
    if value is None:
        return None
    day = day_written(value)
    found = datetime.combine(day, time(23, 59, 59), clock.PARIS) if day else instant_written(value)
    if found is None:
        wrong = what_is_wrong(value) or f"{quoted(value)} n'est pas un instant. {HOW_INSTANT}"
        raise click.BadParameter(wrong, ctx, param)
    _within(found.date(), ctx, param)
    return found


def _within(found: date, ctx: click.Context, param: click.Parameter) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        said = f"{quoted(found.isoformat())} : Équerre compte de {FIRST_YEAR} à {LAST_YEAR}."
        raise click.BadParameter(said, ctx, param)
    return found
