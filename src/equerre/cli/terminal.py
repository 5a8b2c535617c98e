"""A page in a terminal: the chain as a line of steps, then what each link says. The same page, the same characters.

Shapes carry the outcome, colours only repeat it: ■ met, ◆ not met, ○ unknown (the only round one), ─ does not apply. The
blade between two steps is full after a step that is met, broken after any other. Without a terminal (a pipe, a file):
80 columns and no colour. Nothing that came from a file of facts can drive the terminal: see ``printable``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from equerre.cli.french import printable
from equerre.documents.page import DrawnStep, Grid, Line, PlainPage, Role, Section
from equerre.kernel.french import MONTHS

MARKS = {"MET": "■", "NOT_MET": "◆", "UNKNOWN": "○", "NOT_APPLICABLE": "─"}
STYLES = {"MET": "green", "NOT_MET": "red", "UNKNOWN": "yellow", "NOT_APPLICABLE": "dim"}
ROLES = {Role.QUESTION: "bold", Role.NOTE: "italic"}
FULL, BROKEN = "━", "╌"
UPRIGHT_FULL, UPRIGHT_BROKEN = "┃", "╎"

# What French typography and lawyers do not part at the end of a line. The glue stands for a blank while lines are cut: the
# character is private, so no text can hold it (``printable``), and it is a blank again in what is printed.
GLUE = "\ue000"
_TOGETHER = re.compile(
    rf"« | [:;?!»]|\bart\. (?:[LRDA]\. )?\d|\d° [a-z]\b|(?:\d{{1,2}}|1er) (?:{'|'.join(MONTHS)})(?: \d{{4}})?"
)

# Where nobody watches, and the widest line that one reads with ease.
COLUMNS, WIDEST = 80, 100


def glued(text: str) -> str:
    """A text that may be printed, with what may not be parted at the end of a line held together."""
    return _TOGETHER.sub(lambda found: found[0].replace(" ", GLUE), printable(text))


def show(page: PlainPage) -> None:
    """Print a page on the standard output."""
    watched = Console(file=sys.stdout) if sys.stdout.isatty() else None
    width = min(watched.width, WIDEST) if watched else COLUMNS
    sys.stdout.write(drawn(page, width=width, console=watched))


def drawn(page: PlainPage, *, width: int = COLUMNS, console: Console | None = None) -> str:
    """The text of a page at a width. Without a console: no colour, the same bytes on every machine."""
    paper = console or Console(
        width=width, force_terminal=False, no_color=True, color_system=None, legacy_windows=False
    )
    with paper.capture() as captured:
        paper.print(Group(*_page(page, width)), width=width, highlight=False, markup=False, emoji=False)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().replace(GLUE, " ").split("\n")[:-1])


def _page(page: PlainPage, width: int) -> Iterator[RenderableType]:
    if page.banner:
        yield Text(f"▌ {glued(page.banner)}", "bold")
        yield ""
    yield Text(glued(page.title), "bold")
    for line in page.asked:
        yield Text(glued(line))
    if page.steps:
        yield ""
        yield from chain(page.steps, width)
    for section in page.sections:
        yield ""
        yield from _section(section, width)
    if page.closing:
        yield ""
        yield Text(glued(page.closing), "italic")


# --- The chain -------------------------------------------------------------------------------------------------------


def chain(steps: tuple[DrawnStep, ...], width: int) -> Iterator[Text]:
    """The steps on one line when they fit, else one under the other."""
    # Room for the name in two lines, or the longest word of the answer, and a blank.
    columns = [max(len(text) for text in (step.above, step.below, step.reading)) + 1 for step in steps]
    return _across(steps, columns) if sum(columns) <= width else _upright(steps)


def _across(steps: tuple[DrawnStep, ...], columns: list[int]) -> Iterator[Text]:
    blade = Text()
    for place, (step, column) in enumerate(zip(steps, columns, strict=True)):
        blade.append(MARKS[step.outcome], STYLES[step.outcome])
        if place < len(steps) - 1:
            blade.append(f" {(FULL if step.outcome == 'MET' else BROKEN) * (column - 3)} ", "dim")
    yield blade
    words = [_in_two(step.word, column - 1) for step, column in zip(steps, columns, strict=True)]
    yield _cells([step.above for step in steps], columns)
    yield _cells([step.below for step in steps], columns)
    rows = [[word[row] for word in words] for row in range(2)]
    for row in rows:
        if any(row):
            yield _cells(row, columns, [STYLES[step.outcome] for step in steps])
    if any(step.reading for step in steps):
        yield _cells([step.reading for step in steps], columns)
        yield Text()
        yield Text("Sous une réponse : la lecture du texte dont elle dépend.", "dim")


def _cells(texts: list[str], columns: list[int], styles: list[str] | None = None) -> Text:
    line = Text()
    for place, (text, column) in enumerate(zip(texts, columns, strict=True)):
        line.append(text.ljust(column), styles[place] if styles else "")
    return line


def _in_two(text: str, width: int) -> tuple[str, str]:
    """A short answer on two short lines: « On ne / sait pas »."""
    if len(text) <= width:
        return text, ""
    words = text.split()
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return min(cuts, key=lambda pair: max(map(len, pair)), default=(text, ""))


def _upright(steps: tuple[DrawnStep, ...]) -> Iterator[Text]:
    for place, step in enumerate(steps):
        under = f" (sous {step.reading})" if step.reading else ""
        yield Text.assemble((MARKS[step.outcome], STYLES[step.outcome]), f" {step.label} : {step.word}{under}")
        if place < len(steps) - 1:
            yield Text(UPRIGHT_FULL if step.outcome == "MET" else UPRIGHT_BROKEN, "dim")


# --- Sections --------------------------------------------------------------------------------------------------------


def _section(section: Section, width: int) -> Iterator[RenderableType]:
    title = glued(section.title)
    line = Text(f"── {title} ", "bold")
    yield line.append("─" * max(3, width - line.cell_len), "dim")
    for place, block in enumerate(section.blocks):
        if isinstance(block, Line):
            if place and _opens(block, section.blocks[place - 1], section.blocks[place + 1 :]):
                yield ""
            yield _line(block)
        else:
            yield _grid(block)


def _opens(line: Line, before: Line | Grid, after: tuple[Line | Grid, ...]) -> bool:
    """Does a new finding, or a new entry, begin here? A blank goes before it."""
    if line.role is Role.QUESTION:
        return not (isinstance(before, Line) and before.role is Role.HEADLINE)
    following = after[0] if after else None
    return line.role is Role.HEADLINE and isinstance(following, Line) and following.role is Role.QUESTION


def _line(line: Line) -> RenderableType:
    left = 2 * line.depth
    text = glued(line.text)
    if line.outcome is not None:
        return _hanging(
            Text(MARKS[line.outcome], STYLES[line.outcome]), Text(text, f"bold {STYLES[line.outcome]}"), left
        )
    if line.role is Role.DUE:
        return _hanging(Text("▸"), Text(text), left)
    return Padding(Text(text, ROLES.get(line.role, "")), (0, 0, 0, left + 2))


def _hanging(mark: Text, text: Text, left: int) -> RenderableType:
    """A mark, and a text whose second line stands under its first."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column()
    grid.add_row(mark, text)
    return Padding(grid, (0, 0, 0, left))


def _grid(grid: Grid) -> RenderableType:
    table = Table(box=None, show_header=bool(grid.headers), padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for place, header in enumerate(grid.headers or ("",) * (len(grid.rows[0]) if grid.rows else 0)):
        table.add_column(header, style="" if place or grid.headers else "dim", min_width=10 if not place else None)
    for row in grid.rows:
        texts = [glued(cell.text) for cell in row]
        table.add_row(
            *(
                Text(text) if cell.outcome is None else Text(f"{MARKS[cell.outcome]} {text}", STYLES[cell.outcome])
                for cell, text in zip(row, texts, strict=True)
            )
        )
    return Padding(table, (0, 0, 0, 2))
