"""Every error that Équerre raises on purpose. Messages are part of the product: French, plain, exact.

::

    EquerreError
    ├── IdentifierError (also a ValueError)   .kind, .number
    │   ├── InvalidFormat       a character that has no place there
    │   ├── InvalidLength       too short, too long
    │   ├── InvalidChecksum     the control letter or digit contradicts the rest
    │   └── InvalidComponent    a part that names nothing: a département, an académie
    ├── AmountError (also a ValueError)       a text that is no amount of euros, shares that cannot be made
    ├── PeriodError (also a ValueError)       a period that ends before it starts, an instant without its zone
    ├── CitationError (also a ValueError)     a text that is not the address of an article
    ├── LawError                              the tables of law do not hold what is asked, or contradict themselves
    ├── BeforeTheLaw                          a day on which the rule did not exist
    └── FactsError                            .problems: all that is wrong in a file of facts, each with its place

A message says what is wrong, where, and what to do. A programmer's mistake (a float given to ``Money``) is a
plain ``TypeError`` instead: nobody outside the code can act on it.
"""

from __future__ import annotations

from collections.abc import Sequence

_LABELS = {"rncp_block": "Bloc", "academie": "Académie"}


class EquerreError(Exception):
    """Root of every error that Équerre raises on purpose. Its message is for whoever must act, in French."""


class IdentifierError(EquerreError, ValueError):
    """A text that is not the identifier it is said to be.

    ``kind`` is the norm ("uai"), ``number`` the text as given, ``reason`` what is wrong and what to do: a
    form shows the reason alone beside its field, the whole message says the three.
    """

    def __init__(self, kind: str, number: str, reason: str) -> None:
        super().__init__(kind, number, reason)
        self.kind = kind
        self.number = number
        self.reason = reason

    def __str__(self) -> str:
        return f"{_LABELS.get(self.kind, self.kind.upper())} {quoted(self.number)} : {self.reason}"


class InvalidFormat(IdentifierError):
    """A character, or the order of the characters, that the norm does not allow."""


class InvalidLength(IdentifierError):
    """Too few or too many characters."""


class InvalidChecksum(IdentifierError):
    """The control letter or digit contradicts the rest: something was mistyped."""


class InvalidComponent(IdentifierError):
    """A part that names nothing known: no département, no académie has that code."""


class AmountError(EquerreError, ValueError):
    """A text that is not an amount of euros to the cent, or shares that cannot be made."""


class PeriodError(EquerreError, ValueError):
    """A period that ends before it starts, or on the same moment; an instant without its zone; a year out of reach."""


class CitationError(EquerreError, ValueError):
    """A text that is not the address of an article of a code."""


class LawError(EquerreError):
    """The tables of law do not hold what is asked (no such article, parameter, reading), or contradict themselves."""


class BeforeTheLaw(EquerreError):
    """A rule was asked for a day on which its article did not exist."""


class FactsError(EquerreError):
    """All that is wrong in a file of facts, at once: each problem is a French sentence that begins with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


def quoted(text: str, *, longest: int = 40) -> str:
    """A text given by somebody, as a message shows it: cut when long, with nothing that drives a terminal.

    >>> quoted("0251542K"), quoted("a" * 50), quoted("\\x1b[31mrouge")
    ('« 0251542K »', '« aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… »', '« �[31mrouge »')
    """
    shown = text if len(text) <= longest else text[:longest] + "…"
    return f"« {''.join(' ' if c.isspace() else c if c.isprintable() else '�' for c in shown)} »"
