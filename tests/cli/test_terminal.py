"""How a page is drawn: shapes before colours, a line of steps or an upright, and no line broken where French forbids."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from equerre.cli.terminal import BROKEN, FULL, GLUE, MARKS, drawn, glued
from equerre.documents.page import Cell, DrawnStep, Grid, Line, PlainPage, Role, Section
from equerre.documents.voices import page
from tests.documents.schools import BETWEEN_LISTS, answer_of

HANGING = page(answer_of("hanging", BETWEEN_LISTS), "school")


def _steps(*outcomes: str) -> tuple[DrawnStep, ...]:
    return tuple(DrawnStep(f"Étape {place}", "Étape", str(place), one, one) for place, one in enumerate(outcomes))


def _page(**parts: object) -> PlainPage:
    empty: dict[str, object] = {"banner": "", "title": "Titre", "asked": (), "steps": (), "sections": (), "closing": ""}
    return PlainPage(**{**empty, **parts})  # type: ignore[arg-type]


def test_the_chain_at_eighty_columns() -> None:
    assert drawn(HANGING).splitlines()[6:13] == [
        "■ ━━━━━━━ ■ ━━━━━━━━━━ ■ ━━━━━━━━━━━━ ■ ━━━━━━━ ■ ━━━━━━ ○ ╌╌╌╌╌╌ ■",
        "Ouverture Organisme    Reconnaissance Agréments Liste    Liste du Solde",
        "          gestionnaire                          annuelle préfet   de la taxe",
        "Oui       Oui          Oui            Oui       Oui      On ne    Oui",
        "                                                         sait pas",
        "                                                R3-b              R5-b …",
        "",
    ]


def test_the_chain_stands_upright_when_narrow() -> None:
    lines = drawn(HANGING, width=60).splitlines()
    start = lines.index("■ Ouverture : Oui")
    assert lines[start : start + 3] == ["■ Ouverture : Oui", "┃", "■ Organisme gestionnaire : Oui"]
    assert "■ Liste annuelle : Oui (sous R3-b)" in lines
    assert lines[lines.index("○ Liste du préfet de région : On ne sait pas") + 1] == "╎"
    assert max(map(len, lines)) <= 60


def test_each_outcome_has_its_own_shape() -> None:
    assert MARKS == {"MET": "■", "NOT_MET": "◆", "UNKNOWN": "○", "NOT_APPLICABLE": "─"}


@pytest.mark.parametrize("outcome", MARKS)
def test_the_blade_is_full_after_a_step_that_is_met_and_broken_after_any_other(outcome: str) -> None:
    blade = drawn(_page(steps=_steps(outcome, "MET"))).splitlines()[2]
    assert blade.startswith(MARKS[outcome])
    assert (FULL in blade, BROKEN in blade) == ((True, False) if outcome == "MET" else (False, True))


def test_the_banner_comes_first() -> None:
    assert drawn(HANGING).startswith("▌ Données fictives.")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_asked(width: int) -> None:
    for reader in ("school", "officer", "judge"):
        found = page(answer_of("hanging", BETWEEN_LISTS), reader, robust=True)
        lines = drawn(found, width=width).splitlines()
        # A public address is one word: it is never cut, so that it can be copied.
        assert all(len(line) <= width or "https://" in line for line in lines)


def test_what_french_holds_together_is_not_parted() -> None:
    lines = drawn(HANGING).splitlines()
    assert not [line for line in lines if line.lstrip().startswith((": ", "; ", "? ", "» ")) or line.endswith("«")]
    assert not [line for line in lines if line.endswith(("art.", "L.", "R.", "D."))]
    assert GLUE not in "".join(lines)


def test_what_is_held_together() -> None:
    assert glued("le 1er mai 2026 : « art. L. 443-6 »").count(GLUE) == 7


def test_colours_only_repeat_the_shapes() -> None:
    """With every colour the terminal has, the characters are those of the page without any."""
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="truecolor", legacy_windows=False)
    coloured = drawn(HANGING, console=console)
    assert "\x1b[" in coloured
    bare = "".join(part.partition("m")[2] if place else part for place, part in enumerate(coloured.split("\x1b[")))
    plain = [line.rstrip() for line in bare.splitlines()]
    assert plain == drawn(HANGING).splitlines()


def test_no_text_drives_the_terminal() -> None:
    nasty = "\x1b[31mrouge\x07 \x9b2J \u202eenvers\ue000"
    lines = (
        Line(Role.HEADLINE, nasty, outcome="MET"),
        Line(Role.DUE, nasty),
        Grid((), ((Cell(nasty), Cell(nasty, "MET")),)),
    )
    found = drawn(
        _page(
            banner=nasty,
            title=nasty,
            asked=(nasty,),
            sections=(Section(nasty, lines),),
            closing=nasty,
            steps=_steps("MET"),
        )
    )
    assert all(char == "\n" or char.isprintable() for char in found)
    assert found.count("�[31mrouge�") == 9


def test_markup_of_the_library_is_plain_text() -> None:
    assert "[bold]Atelier[/bold] :smile:" in drawn(_page(title="[bold]Atelier[/bold] :smile:"))
