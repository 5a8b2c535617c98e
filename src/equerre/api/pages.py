"""Long answers by pages: a cursor names the last line given, and the next page begins after it.

The address of the next page is in the answer and in its ``Link`` header; it carries the question, and the day even when it was
today: a walk begun before midnight ends on the same day. A cursor is opaque: it says a place, and holds nothing secret.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from pydantic import Field

from equerre.api.parameters import Parameters
from equerre.api.problems import Refusal, Where, refused

Line = TypeVar("Line")

MOST = 100
Limit = Annotated[int, Field(ge=1, le=MOST, description=f"Combien de lignes par page, de 1 à {MOST}.")]
Cursor = Annotated[str, Field(description="Où reprendre : la valeur que donne l'adresse « next » de la page d'avant.")]


class Paged(Parameters):
    """What an operation that answers by pages takes."""

    limit: Limit = 20
    cursor: Cursor = ""


class CursorPage(NamedTuple):
    """The lines of a page, and the cursor of the next one; "" when it is the last."""

    lines: Sequence[Any]
    cursor: str


def page(lines: Sequence[Line], name: Callable[[Line], str], parameters: Paged) -> CursorPage:
    """One page of lines that are all at hand. The cursor holds a line's name and where it stood: when the register moved
    meanwhile, the walk goes on after the line, wherever it went, or from its place when it is gone.
    """
    start = _after(lines, name, parameters.cursor) if parameters.cursor else 0
    shown = lines[start : start + parameters.limit]
    end = start + len(shown)
    return CursorPage(shown, written([end - 1, name(shown[-1])]) if shown and end < len(lines) else "")


def _after(lines: Sequence[Line], name: Callable[[Line], str], cursor: str) -> int:
    match read(cursor):
        case [int(at), str(last)] if not isinstance(at, bool) and at >= 0:
            if at < len(lines) and name(lines[at]) == last:
                return at + 1
            return next((place + 1 for place, line in enumerate(lines) if name(line) == last), min(at, len(lines)))
    raise unreadable()


def written(place: list[Any]) -> str:
    """A place as a cursor."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str) -> object:
    """The place that a cursor says. Raises a :class:`Refusal`."""
    try:
        return json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise unreadable() from error


def unreadable() -> Refusal:
    """What to say of a cursor that names no place."""
    said = "« cursor » ne se lit pas : prenez l'adresse « next » de la page d'avant, ou recommencez sans lui."
    return refused([Where("query", "cursor", said)])


def next_address(request: HttpRequest, response: HttpResponse, cursor: str, on: date | None) -> str | None:
    """The address of the next page, also written in the ``Link`` header; None after the last page."""
    if not cursor:
        return None
    question = {name: value for name, value in request.GET.items() if value and isinstance(value, str)}
    day = {"on": on.isoformat()} if on is not None else {}
    address = f"{request.path}?{urlencode({**question, **day, 'cursor': cursor})}"
    response["Link"] = f'<{address}>; rel="next"'
    return address
