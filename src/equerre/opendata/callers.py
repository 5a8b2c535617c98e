"""Who asks, and how many times a minute: a count kept in this process for each window, forgotten after it.

``EQUERRE_PROXIES`` says how many proxies stand before the server: the caller is then the address that the first of ours was
called from, never what a caller wrote of himself. Each process counts apart: with four of them a caller may get four times as
much. An address is held for a minute at most, in memory only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from equerre.kernel.french import counted

WINDOW = 60  # seconds
_NEIGHBOURS = 64  # one subscriber has a whole /64 of IPv6


class Allowance(NamedTuple):
    """What a caller may still do: ``left`` out of ``limit`` requests in ``seconds``; ``spent`` when this one is too many."""

    limit: int
    left: int
    seconds: int
    spent: bool = False

    @property
    def said(self) -> str:
        """To whoever asked too much."""
        most, wait = counted(self.limit, "demande"), counted(self.seconds, "seconde")
        return f"Cette API répond à {most} par minute. Attendez {wait}, ou téléchargez les tableaux entiers."

    def write_on(self, response: HttpResponse) -> None:
        """The headers that programs read: limit, what is left, seconds before it is whole again."""
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(self.left)
        response["RateLimit-Reset"] = str(self.seconds)
        if self.spent:
            response["Retry-After"] = str(self.seconds)


@dataclass(slots=True)
class Counter:
    """The requests of the window that runs, by caller."""

    _window: int = 0
    _counts: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, caller: str, limit: int, at: datetime) -> Allowance:
        """One more request of a caller."""
        window, into = divmod(int(at.timestamp()), WINDOW)
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            count = self._counts[caller] = self._counts.get(caller, 0) + 1
        return Allowance(limit, max(0, limit - count), WINDOW - into, spent=count > limit)

    def forget(self) -> None:
        """As if nobody had asked anything."""
        with self._lock:
            self._counts.clear()


def caller(request: HttpRequest) -> str:
    """Whom to count: an address of IPv4, or a network of IPv6; what is no address counts as one caller."""
    address = _seen_by_the_first_proxy(request) or str(request.META.get("REMOTE_ADDR", ""))
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    mapped = found.ipv4_mapped if found.version == 6 else None
    found = mapped or found  # « ::ffff:192.0.2.1 » is a caller of IPv4 at a door of IPv6
    return str(found) if found.version == 4 else str(ip_network((found, _NEIGHBOURS), strict=False))


def _seen_by_the_first_proxy(request: HttpRequest) -> str:
    """Each proxy adds the address that called it at the end of the header: ours are the last ones."""
    proxies: int = settings.PROXIES
    passed = [one.strip() for one in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    return passed[-proxies] if proxies and len(passed) >= proxies else ""
