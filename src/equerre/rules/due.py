"""What is due next: an act to take or a paper to send, by whom, by which day, under which article.

Where the text gives no day, ``by`` is None and ``no_date`` says so in French: a missing date is never invented.
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
