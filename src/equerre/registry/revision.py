"""The revision of the register: one number, moved in the same transaction by whoever writes. Caches and ETags hang on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection
from django.db.models import F

from equerre.registry.models import Revision

_SQL = f"SELECT number FROM {Revision._meta.db_table} WHERE id = 1"


def number() -> int:
    """The revision now; 0 when nothing was ever written. One query, in plain SQL: it is most of what a 304 costs."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


# None outside of ``once``; inside, whether something was written.
_WRITTEN: ContextVar[bool | None] = ContextVar("written", default=None)


@contextmanager
def once() -> Iterator[None]:
    """All that is written inside moves the number one time, last, in the same transaction.

    Whoever writes holds the line of the number until the transaction ends, and whoever writes elsewhere waits for it alone:
    taken last, it is held for an instant.
    """
    if _WRITTEN.get() is not None:
        yield
        return
    mark = _WRITTEN.set(False)
    try:
        yield
        written = _WRITTEN.get()
    finally:
        _WRITTEN.reset(mark)
    if written:
        move()


def move() -> None:
    """Something was written. Undone with the transaction that wrote it."""
    if _WRITTEN.get() is not None:
        _WRITTEN.set(True)
        return
    if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
        Revision.objects.create(pk=1, number=1)


def begin_again(at: datetime) -> None:
    """What the database holds was put there whole: the number leaps to the instant, in milliseconds, where nobody was.

    A number that came back would give the marks of other contents to this one.
    """
    leap = int(at.timestamp() * 1000)
    Revision.objects.update_or_create(pk=1, defaults={"number": max(leap, number() + 1)})
