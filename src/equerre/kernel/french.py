"""How French prints a day, a list, a count, and compares words. Only what every room above needs to say a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def day(on: date) -> str:
    """A date is written out.

    >>> day(date(2026, 9, 1))
    '1er septembre 2026'
    """
    return f"{'1er' if on.day == 1 else on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(at: date | datetime) -> str:
    """A day, or an instant with its hour and the zone it is told in.

    >>> moment(datetime.fromisoformat("2026-11-03T14:02:00Z"))
    '3 novembre 2026 à 14 h 02 (UTC)'
    """
    if not isinstance(at, datetime):
        return day(at)
    zone = at.tzname()
    return f"{day(at)} à {at.hour} h {at.minute:02}" + (f" ({zone})" if zone else "")


def last_day(end: date) -> str:
    """The last day inside a half-open period, written out.

    >>> last_day(date(2026, 9, 1))
    '31 août 2026'
    """
    return day(end - timedelta(days=1))


def sentence(text: str) -> str:
    """With a capital, as a sentence begins; the rest is left alone.

    >>> sentence("le préfet (du Rhône) s'y oppose.")
    "Le préfet (du Rhône) s'y oppose."
    """
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str], *, last: str = "et") -> str:
    """
    >>> listed(["commandes", "clients", "heures"])
    'commandes, clients et heures'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def plain(text: str) -> str:
    """Without accents nor capitals: "Métallerie" and "metallerie" are one word.

    >>> plain("Œuvre d'Épinal")
    "oeuvre d'epinal"
    """
    spelled = text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae")
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(letter)
    ).lower()


_LETTERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def in_letters(number: int, *, feminine: bool = False) -> str:
    """A small number as one writes it in a sentence; beyond ten, in figures.

    >>> in_letters(1, feminine=True), in_letters(3), in_letters(12)
    ('une', 'trois', '12')
    """
    if number == 1 and feminine:
        return "une"
    return _LETTERS[number] if number < len(_LETTERS) else str(number)


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A count and its noun; zero and one are singular in French.

    >>> counted(0, "école"), counted(2, "école")
    ('0 école', '2 écoles')
    """
    return f"{number} {singular if abs(number) < 2 else plural or singular + 's'}"
