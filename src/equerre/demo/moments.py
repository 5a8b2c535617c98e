"""When the fictional register learnt what it holds: instants in a table, so that a load never reads the clock.

The school years told are 2023-2024 to 2026-2027. A fact that nobody corrects is learnt at the first of these moments after it
happened; a fact told late says its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def morning(day: date) -> datetime:
    """Eight o'clock, universal time."""
    return datetime.combine(day, time(8), UTC)


MOMENTS = tuple(
    morning(date(*day))
    for day in (
        (2023, 9, 18),  # the register opens: all that was older is learnt that day
        (2023, 12, 11),
        (2024, 3, 11),
        (2024, 6, 3),
        (2024, 7, 1),
        (2024, 10, 7),
        (2024, 12, 9),
        (2025, 2, 3),
        (2025, 3, 10),
        (2025, 6, 2),
        (2025, 10, 6),
        (2025, 12, 8),
        (2026, 2, 2),
        (2026, 3, 23),
        (2026, 6, 8),
        (2026, 7, 6),
        (2026, 10, 5),
        (2026, 10, 19),
        (2026, 10, 26),
    )
)
FOUNDED, LAST = MOMENTS[0], MOMENTS[-1]
# First day of classes of each school year told, in these schools.
FIRST_DAYS = {2023: date(2023, 9, 4), 2024: date(2024, 9, 2), 2025: date(2025, 9, 1), 2026: date(2026, 9, 1)}


def learnt(day: date) -> datetime:
    """The first moment after a day. The demo tells nothing that happened after its last moment.

    >>> learnt(date(2025, 11, 27)).date()
    datetime.date(2025, 12, 8)
    """
    return next(moment for moment in MOMENTS if moment.date() > day)


def weekday(day: date) -> date:
    """The day itself, or the Friday before: nobody signs on a Sunday."""
    return date.fromordinal(day.toordinal() - max(0, day.weekday() - 4))
