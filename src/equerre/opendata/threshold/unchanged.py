"""What did not change is not made again: what is asked, the day, and the revision of the register make its mark (ETag).

Whoever has an answer and sends its mark back gets 304, for one query. To another, the same bytes are given again from memory: the
last answers of a process are kept, by their marks. When the register moves, no mark is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from threading import Event, Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from equerre import __version__
from equerre.opendata.threshold.memory import Memory
from equerre.registry import revision

CACHE_CONTROL = "public, no-cache"  # anybody may keep it, who asks each time whether it still stands
BYTES = 32 * 1024 * 1024  # of answers kept by a process
OF_A_STRING = 64  # bytes that Python adds to what a string holds, with the places that name it
LARGEST = 1024 * 1024  # of one answer
PATIENCE = 10  # seconds, of who waits for what another has made

_MAKING: dict[str, Event] = {}
_LOCK = Lock()


class Kept(NamedTuple):
    """An answer: its bytes, its headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """Of a small answer, its mark and its headers weigh more than its bytes."""
        texts = [text for header in self.headers for text in header]
        return len(self.body) + sum(map(len, texts)) + OF_A_STRING * (len(texts) + len(self.headers) + 4)


ANSWERS: Memory[Kept] = Memory(f"{__name__}.ANSWERS", BYTES)


def mark(request: HttpRequest, today: str, question: str) -> str:
    """The ETag of what is asked; ``today`` is left empty by what is the same every day. One query.

    ``question`` is what is read of the address after its « ? », and nothing else: whatever is added to it makes nothing new.
    """
    asked = (
        __version__,
        revision.number(),
        today,
        settings.ADDRESS,
        request.scheme,
        request.META.get("HTTP_HOST", ""),
        request.path,
        question,
        # What the legal page says of whoever serves.
        settings.PUBLISHER,
        settings.HOSTING,
    )
    # As Python writes it: no two of these are written alike, whatever signs an address holds.
    return f'"{blake2b(repr(asked).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()}"'


def unless_unchanged(request: HttpRequest, now: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """304 to whoever has the answer, the kept one, or a new one. The mark is read first: a write in between only makes the
    answer newer than its mark, and nobody is told that an old one still stands.
    """
    sent = request.META.get("HTTP_IF_NONE_MATCH", "")
    if sent == now:  # as browsers send it
        return HttpResponseNotModified(headers={"ETag": now, "Cache-Control": CACHE_CONTROL})
    # « * » asks whether there is anything, which is not known before one looks: it is passed over.
    known = get_conditional_response(request, etag=now) if sent and sent.strip() != "*" else None
    response = known or _kept(now) or _made_once(now, request.method == "GET", make)
    if response.status_code in (200, 304):
        response["ETag"] = now
    if response.status_code in (200, 301, 302, 304):
        response["Cache-Control"] = CACHE_CONTROL
    return response


def _kept(now: str) -> HttpResponse | None:
    kept = ANSWERS.get(now)
    return HttpResponse(kept.body, headers=dict(kept.headers)) if kept else None


def _made_once(now: str, keeps: bool, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of this mark. Who asks for one that is being made waits for it: ten visitors do not make it ten times."""
    mine = Event()
    with _LOCK:
        making = _MAKING.setdefault(now, mine)
    if making is not mine:
        making.wait(PATIENCE)
        return _kept(now) or make()
    try:
        response = make()
        if keeps and response.status_code == 200:
            keep(now, response)
        return response
    finally:
        with _LOCK:
            del _MAKING[now]
        mine.set()


def keep(now: str, response: HttpResponseBase) -> None:
    """The answer of this mark, for the next who asks."""
    if isinstance(response, HttpResponse) and len(response.content) <= LARGEST:
        ANSWERS.put(now, Kept(response.content, tuple(response.items())))
