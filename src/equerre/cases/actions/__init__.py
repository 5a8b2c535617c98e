"""What a person does with a fact. One verb a file, one transaction each: the right, the state, the write, and what happened.

Pages, API and command only read what was typed: whoever calls an action is asked the same right and told the same refusal. What
it refuses, it refuses whole: nothing is written. ``recorded_at`` is the instant of the clock; the right is asked for its day.

An action takes its locks first, then reads what it judges: what it read before, somebody may have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import wraps
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from equerre.accounts.models import Person
from equerre.kernel.errors import EquerreError
from equerre.kernel.period import Period
from equerre.registry import history, record
from equerre.registry.dated import HELD, Dated

NO_REASON = "Dites pourquoi : quelqu'un le relira."
TRIES = 4

Said = TypeVar("Said")
Done = TypeVar("Done")
Action = Callable[[Person, Said, datetime], Done]


class Crowded(EquerreError):
    """Others write on the same things all the time: nothing was written, and one may try again."""


class ActionRefused(EquerreError):
    """What somebody says cannot be written. ``problems``: the field of each mistake and its sentence, all at once."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(sentence for _, sentence in self.problems))


def whole(action: Action[Said, Done]) -> Action[Said, Done]:
    """An action in one transaction. The database breaks one of two that wait for each other: that one is done again, from its
    beginning, a few times; then :class:`Crowded`.
    """

    @wraps(action)
    def done(person: Person, said: Said, recorded_at: datetime) -> Done:
        crossed: OperationalError | None = None
        # SQLite has waited for its turn twenty seconds already: who asks again would wait as long.
        for _ in range(TRIES if connection.vendor == "postgresql" else 1):
            try:
                with transaction.atomic():
                    return action(person, said, recorded_at)
            except OperationalError as error:
                if not crossed_another(error):
                    raise
                crossed = error
        raise Crowded(
            "D'autres écrivent en ce moment dans le registre et votre tour n'est pas venu : rien n'a été changé. "
            "Réessayez dans un instant."
        ) from crossed

    return done


def crossed_another(error: OperationalError) -> bool:
    """Did another writer stand in the way? A serialization failure or a deadlock of PostgreSQL, a busy file of SQLite."""
    cause = error.__cause__
    busy = getattr(cause, "sqlite_errorname", "").startswith("SQLITE_BUSY")
    return busy or getattr(cause, "sqlstate", "") in ("40001", "40P01")


def too_late(error: record.TooLate, row: Dated, seen: Collection[int]) -> record.TooLate:
    """The same refusal, and what moved about the thing since these rows of it were read, in the words of its history."""
    days = Period(row.valid_from, row.valid_until)
    about = {name: getattr(row, name) for name in row.OF}
    rows = list(type(row).objects.filter(**about).select_related("source"))
    held = [other for other in rows if other.known_until is None and other.standing == HELD and other.pk not in seen]
    moved = {other.known_until for other in rows if other.pk in seen}
    moved |= {other.known_from for other in held if days.overlaps(Period(other.valid_from, other.valid_until))}
    told = [event.text for event in history.tell(rows) if event.at in moved]
    return record.TooLate(" ".join([str(error), *told]))
