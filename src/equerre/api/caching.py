"""An answer that did not change is not made again. Its mark (ETag) is made of all that it depends on: the version of Équerre,
the revision of the register, the address with its question, and today when the question names no day.

Whoever has the answer and sends its mark back gets 304, after one query. The last answers are kept in memory, by their marks,
up to a number of bytes: a mark that comes back gives its bytes back. When the register moves, no mark is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from equerre import __version__
from equerre.kernel import clock
from equerre.opendata.memory import Memory
from equerre.registry import revision

MEMORY = 32 * 1024 * 1024  # bytes of answers kept by a process
CACHE_CONTROL = "public, no-cache"  # anybody may keep it, who asks each time whether it still stands


# A day that is named makes an answer for ever; one spelt otherwise (« %6Fn= ») is only asked again the next day.
_NAMES_A_DAY = re.compile("(?:^|&)on=[^&]")


class Kept(NamedTuple):
    """An answer: its bytes, their type, the address of its next page."""

    body: bytes
    media_type: str
    link: str


ANSWERS: Memory[Kept] = Memory(MEMORY)


def mark(request: HttpRequest) -> str:
    """The ETag of what this request asks. One query."""
    question: str = request.META.get("QUERY_STRING", "")
    host: str = request.META.get("HTTP_HOST", "")  # the page for people writes its own address
    today = "" if _NAMES_A_DAY.search(question) else clock.today().isoformat()
    said = "|".join((__version__, str(revision.number()), today, host, request.path, question))
    return f'W/"{blake2b(said.encode("utf-8", "surrogateescape"), digest_size=15).hexdigest()}"'


def unless_unchanged(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    """304 to whoever has the answer, the kept one, or a new one. The mark is read first: a write in between only makes the
    answer newer than its mark, and nobody is told that an old one still stands.
    """
    now = mark(request)
    if _has_it(request, now):
        return _marked(HttpResponseNotModified(), now)
    kept = ANSWERS.get(now)
    if kept is None:
        response = ask()
        if response.status_code != 200:
            return response
        kept = Kept(response.content, response["Content-Type"], response.get("Link", ""))
        ANSWERS.put(now, kept)
    response = HttpResponse(kept.body, content_type=kept.media_type)
    if kept.link:
        response["Link"] = kept.link
    return _marked(response, now)


def _has_it(request: HttpRequest, now: str) -> bool:
    """``If-None-Match``, compared weakly. « * » asks whether there is anything, which is not known yet: it is passed over."""
    sent = request.META.get("HTTP_IF_NONE_MATCH")
    if not sent:
        return False
    bare = now.removeprefix("W/")
    return sent == now or any(one.removeprefix("W/") == bare for one in parse_etags(sent))


def _marked(response: HttpResponse, now: str) -> HttpResponse:
    response["ETag"] = now
    response["Cache-Control"] = CACHE_CONTROL
    return response
