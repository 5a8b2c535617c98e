"""Dates as people write them in a file: the one form that is read, and what is wrong with the others, in French.

>>> day_written("2026-09-01")
datetime.date(2026, 9, 1)
>>> what_is_wrong("2026-06-31")
"Le 31 juin n'existe pas. Juin s'arrête au 30."
>>> what_is_wrong("03/11/2026")
"Une date s'écrit année-mois-jour : 2026-11-03 pour le 3 novembre 2026."
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import UTC, date, datetime

from equerre.kernel.french import MONTHS, day

HOW = "Une date s'écrit année-mois-jour, comme 2026-09-01."
HOW_INSTANT = (
    "Un instant s'écrit avec l'heure et son fuseau, comme 2026-01-05T09:00:00+01:00 (Paris en hiver, +02:00 en été) ou "
    "2026-01-05T08:00:00Z."
)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")


def day_written(text: str) -> date | None:
    """The day of a text of the one form, or None."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def instant_written(text: str) -> datetime | None:
    """The instant of a text of the one form, in UTC, or None: without its zone, an hour is no instant."""
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def what_is_wrong(text: str) -> str | None:
    """What to tell of a text that is shaped as a date and is not one we read; None when it is not shaped as a date."""
    head = text[:10]
    if match := _YEAR_FIRST.fullmatch(text) or (_DAY.fullmatch(head) and _YEAR_FIRST.fullmatch(head)):
        year, month, dom = int(match[1]), int(match[3]), int(match[4])
    elif match := _DAY_FIRST.fullmatch(text):
        year, month, dom = int(match[4]), int(match[3]), int(match[1])
    else:
        return None
    if impossible := _impossible(year, month, dom):
        return impossible
    if len(text) > 10:
        return f"Cette heure n'existe pas, ou s'écrit autrement. {HOW_INSTANT}"
    meant = date(year, month, dom)
    return f"Une date s'écrit année-mois-jour : {meant.isoformat()} pour le {day(meant)}."


def _impossible(year: int, month: int, dom: int) -> str | None:
    if year == 0:
        return "L'an 0 n'existe pas."
    if not 1 <= month <= 12:
        return f"Le mois {month} n'existe pas. {HOW}"
    name, longest = MONTHS[month - 1], monthrange(year, month)[1]
    if 1 <= dom <= longest:
        return None
    if (month, dom) == (2, 29) and not isleap(year):
        return f"Le 29 février n'existe pas en {year}. Février s'arrête au 28."
    return f"Le {dom} {name} n'existe pas. {name.capitalize()} s'arrête au {longest}."
