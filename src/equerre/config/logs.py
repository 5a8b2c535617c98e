"""What the server writes of an error: where it happened and of which type, never what somebody typed or what a row holds.

The message of an exception is left out. PostgreSQL quotes the row that it refuses, a form quotes its field: a name or an
address of a person would stay in a file that nobody thinks of.
"""

from __future__ import annotations

import json
import logging
from copy import copy
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def _route(said: object, request: object) -> object:
    """The route in place of the address; Django writes an address as it is, or with its accents escaped."""
    path = getattr(request, "path", None)
    if not isinstance(path, str) or said not in (path, path.encode("unicode_escape").decode("ascii")):
        return said
    return f"/{getattr(getattr(request, 'resolver_match', None), 'route', '…')}"


class Discreet(logging.Formatter):
    """The frames and the type of an exception, without its message; the route of a request, without its address.

    An address may be a secret: whoever has that of a request of correction reads it.
    """

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is not None:
            record = copy(record)
            record.msg, record.args = str(record.msg), tuple(_route(said, request) for said in record.args or ())
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the name is logging's)
        kind, _, trace = ei
        if kind is None:
            return ""
        frames = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)]
        return "\n".join((*frames, f"{kind.__module__}.{kind.__qualname__}"))


class Lines(Discreet):
    """The same, one JSON object a line: ``at`` (UTC), ``level``, ``logger``, ``message``, ``trace``."""

    def format(self, record: logging.LogRecord) -> str:
        message, _, trace = super().format(record).partition("\n")
        at = datetime.fromtimestamp(record.created, UTC).isoformat()
        said = {"at": at, "level": record.levelname, "logger": record.name, "message": message, "trace": trace or None}
        return json.dumps(said, ensure_ascii=False)
