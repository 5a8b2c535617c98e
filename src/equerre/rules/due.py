"""What is due next: an act to take or a paper to send, by whom, by which day, under which article.

Where the text gives no day, ``by`` is None and ``no_date`` says so in French: a missing date is never invented.

Each link has its table of what comes next, ``next_steps``: rows of a condition and what is due under it, read from the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from equerre.kernel.citation import Citation


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. ``what`` is a French sentence without its date; ``by_whom`` an actor ("l'école", "le recteur").

    ``by`` is the last day on which it is in time; ``not_before`` the first day, when the text opens a window.
    """

    what: str
    by_whom: str
    citation: Citation | None
    by: date | None = None
    not_before: date | None = None
    no_date: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.by is None and not self.no_date:
            raise TypeError(f"{self.what!r} has no day and does not say why")


NO_DAY = "Le texte ne fixe pas de jour."


def first_that_holds(*rows: tuple[bool, Due | None]) -> tuple[Due, ...]:
    """What the first row that holds says is due; None is nothing."""
    due = next((due for holds, due in rows if holds), None)
    return () if due is None else (due,)


def all_that_hold(*rows: tuple[bool, Due]) -> tuple[Due, ...]:
    """What each row that holds says is due, in the order of the table."""
    return tuple(due for holds, due in rows if holds)
