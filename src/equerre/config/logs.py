"""What the server writes of an error: where it happened and of which type, never what somebody typed or what a row holds.

The message of an exception is left out. PostgreSQL quotes the row that it refuses, a form quotes its field: a name or an
address of a person would stay in a file that nobody thinks of.
"""

from __future__ import annotations

import logging
from traceback import extract_tb
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """The frames and the type of an exception, without its message."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the name is logging's)
        kind, _, trace = ei
        if kind is None:
            return ""
        frames = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)]
        return "\n".join((*frames, f"{kind.__module__}.{kind.__qualname__}"))
