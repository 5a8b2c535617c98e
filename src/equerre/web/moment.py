"""What a page of the register is asked for: a day (``?on=``), and what was known of it at an instant (``?known_at=``).

Both travel with every link of the page once they were asked, so that a trip through the register stays on one day. Today and
what is known now are not written: an address without them is the one that people keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.http import urlencode

from equerre import law
from equerre.kernel import clock, french
from equerre.opendata.threshold import moments
from equerre.opendata.threshold.moments import NoMoment
from equerre.rules.chain import ARTICLE
from equerre.web.ruler import Ruler, ruler

# What a moment is read from.
MOMENT = ("on", "known_at")


class TypedDay(NamedTuple):
    """The day asked. When what was typed is no day, ``error`` says why, and ``on`` is today so that the page still stands."""

    on: date
    typed: str
    error: str = ""


class TypedInstant(NamedTuple):
    """The instant of knowledge asked, None for now; ``typed`` as it was written, ``error`` when it is no instant."""

    at: datetime | None
    typed: str
    error: str = ""

    @property
    def is_instant(self) -> bool:
        """Was an hour written? A field of dates would not show it."""
        return len(self.typed) > 10


@dataclass(frozen=True, slots=True)
class Moment:
    """The day and the instant of a page. When one of them does not read, the page stands on today, and says why."""

    day: TypedDay
    known: TypedInstant
    today: date

    @property
    def on(self) -> date:
        """The day asked."""
        return self.day.on

    @property
    def known_at(self) -> datetime | None:
        """The instant asked."""
        return self.known.at

    @property
    def errors(self) -> dict[str, str]:
        """What does not read, by field."""
        return {name: said for name, said in (("on", self.day.error), ("known_at", self.known.error)) if said}

    @property
    def status(self) -> int:
        """Of the answer."""
        return 400 if self.errors else 200

    @property
    def ruler(self) -> Ruler:
        """The year of the day, as a graduated edge."""
        return ruler(self.on)

    @property
    def asked(self) -> dict[str, str]:
        """What was asked and reads, by name."""
        found = {"on": self.on.isoformat()} if self.on != self.today else {}
        return {**found, "known_at": self.known.typed} if self.known.at is not None else found

    @property
    def kept(self) -> str:
        """What a link adds to an address to stay on this day: « ?on=2026-11-03 », or nothing."""
        return self.address()

    def address(self, **more: str) -> str:
        """The end of an address: what was asked, and more. An empty text leaves its name out, even ``on``."""
        said = {name: value for name, value in {**self.asked, **more}.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def without_day(self) -> str:
        """The address of the same page, today."""
        return self.address(on="") or "?"

    @property
    def without_known(self) -> str:
        """The address of the same page, with what is known now."""
        return self.address(known_at="") or "?"

    @property
    def known_said(self) -> str:
        """« le 3 novembre 2026 », « le 3 novembre 2026 à 10 h 00 »; "" for now."""
        if self.known.at is None:
            return ""
        local = self.known.at.astimezone(clock.PARIS)
        return f"le {french.day(local.date())}" + (
            f" à {local.hour} h {local.minute:02d}" if self.known.is_instant else ""
        )

    @property
    def to_come(self) -> str:
        """That a day had not come yet when one knew; "" for a day that had."""
        known_on = self.known.at.astimezone(clock.PARIS).date() if self.known.at else self.today
        if self.on <= known_on:
            return ""
        when = f"le {french.day(known_on)}"
        return (
            f"Ce jour n'était pas venu {when} : voici ce que donnent les faits connus alors."
            if self.known.at
            else (f"Ce jour n'est pas venu : voici ce que donnent les faits connus {when}, s'ils durent jusque-là.")
        )

    @property
    def too_early(self) -> str:
        """Why a day before the article is not explained; "" from its first day."""
        return before_the_article(self.on)


def before_the_article(on: date) -> str:
    """Opening and recognition are older, under wordings that our tables do not hold; the day itself hangs on R20."""
    born_on = law.article(ARTICLE).born_on
    if born_on is None or on >= born_on:
        return ""
    return (
        f"Le {french.day(on)}, l'article des écoles de production n'existait pas encore : il commence le {french.day(born_on)}, "
        "date probable (lecture R20). Une école pouvait déjà être ouverte et reconnue ; Équerre n'explique pas ces jours-là."
    )


def moment(request: HttpRequest) -> Moment:
    """The day and the instant of a request. An empty field asks for today, and for what is known now."""
    today, typed = clock.today(), request.GET.get("known_at", "").strip()
    try:
        known = TypedInstant(moments.instant(typed) if typed else None, typed)
    except NoMoment as error:
        known = TypedInstant(None, typed, str(error))
    return Moment(day_of(request, today), known, today)


def day_of(request: HttpRequest, today: date) -> TypedDay:
    """The day of a request. An empty field asks for today."""
    typed = request.GET.get("on", "").strip()
    try:
        return TypedDay(moments.day(typed), typed) if typed else TypedDay(today, today.isoformat())
    except NoMoment as error:
        return TypedDay(today, typed, str(error))
