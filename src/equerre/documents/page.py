"""A page of plain lines: what a voice gives, and what a terminal, a web page or a deed lays out each in its own way.

Nothing here knows of colours or widths. An outcome is carried beside its word, so that whoever prints can draw its shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equerre.kernel.finding import Outcome


class Role(StrEnum):
    """What a line is in the page."""

    QUESTION = "question"
    HEADLINE = "headline"
    REASON = "reason"
    DETAIL = "detail"
    DUE = "due"
    NOTE = "note"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph. ``depth`` is how far down the tree it stands; ``outcome`` is None unless it is a headline."""

    role: Role
    text: str
    depth: int = 0
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: its text, and the outcome whose shape goes before it."""

    text: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Without ``headers`` the first column names the row."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the page."""

    title: str
    blocks: tuple[Line | Grid, ...]


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """One step of the drawn chain: its name whole, then on two short lines, its outcome and the word for it.

    ``reading`` is the reading that its outcome hangs on ("R3-b"), "" when it is settled.
    """

    label: str
    above: str
    below: str
    outcome: Outcome
    word: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """All of it, in order: banner of fictional data ("" without), title, what is asked, the drawn chain, sections, close."""

    banner: str
    title: str
    asked: tuple[str, ...]
    steps: tuple[DrawnStep, ...]
    sections: tuple[Section, ...]
    closing: str
