"""``equerre doubts``: for each link of the chain, how many schools hang on each reading, on one day.

A school hangs on a reading when another of its options would change the answer of that link. Each reading is changed alone
(``rules.doubt``): a school may hang on several, and is counted under each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import click

from equerre.cli.explain import known_option, on_option
from equerre.cli.french import Command, form_option
from equerre.cli.moments import or_today
from equerre.cli.registry import opened
from equerre.documents.answer import canonical, instant
from equerre.documents.labels import WORDS
from equerre.documents.page import Cell, Grid, Line, PlainPage, Role, Section
from equerre.documents.voices import BANNER
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.french import counted, day
from equerre.law import reading
from equerre.rules.chain import STEPS, explain
from equerre.rules.doubt import measure

FORMAT = "equerre-doubts/1"


@dataclass
class Tally:
    """Of one link: how many schools get a solid answer, and how many hang on each reading."""

    solid: int = 0
    hanging: Counter[str] = field(default_factory=Counter)


@dataclass
class Count:
    """What was counted: how many schools, whether some are fictional, and the tally of each link."""

    schools: int = 0
    fictional: bool = False
    tallies: dict[str, Tally] = field(default_factory=lambda: {step.word: Tally() for step in STEPS})


@click.command("doubts", cls=Command, help="Compter les écoles qui tiennent à chaque lecture du texte, un jour donné.")
@on_option
@known_option
@form_option
def command(on: date | None, known_at: datetime | None, form: str) -> None:
    """Read all, explain each, count."""
    asked = or_today(on)
    with opened():
        from equerre.registry import selectors

        found = counted_on(asked, selectors.schools(known_at=known_at), known_at)
    if form == "json":
        click.echo(canonical(data(found, asked, known_at)), nl=False)
    else:
        from equerre.cli.terminal import show

        show(page(found, asked))


def counted_on(on: date, schools: Iterable[SchoolFacts], known_at: datetime | None) -> Count:
    """Each school explained and its doubts measured, one at a time."""
    count = Count()
    for facts in schools:
        chain = explain(facts, on, known_at=known_at)
        doubts = measure(chain)
        count.schools += 1
        count.fictional |= facts.fictional
        for link in chain.links:
            readings = doubts[link.finding.key].readings
            count.tallies[link.word].hanging.update(readings)
            count.tallies[link.word].solid += not readings
    return count


def data(count: Count, on: date, known_at: datetime | None) -> dict[str, Any]:
    """The same counts for a program: readings by number, in order."""
    return {
        "format": FORMAT,
        "on": on.isoformat(),
        "known_at": instant(known_at),
        "fictional": count.fictional,
        "schools": count.schools,
        "facts": "all",
        "links": [
            {"word": word, "label": WORDS[word].label, "solid": tally.solid, "hanging": dict(_in_order(tally))}
            for word, tally in count.tallies.items()
        ],
    }


def page(count: Count, on: date) -> PlainPage:
    """A table of the links, then what each reading named is."""
    rows = tuple(
        (
            Cell(WORDS[word].label),
            Cell(counted(tally.solid, "école")),
            Cell(", ".join(f"{number} : {counted(n, 'école')}" for number, n in _in_order(tally)) or "aucune"),
        )
        for word, tally in count.tallies.items()
    )
    sections = [Section("Les étapes", (Grid(("Étape", "Solide", "Tient à une lecture"), rows),))]
    used = sorted({number for tally in count.tallies.values() for number in tally.hanging}, key=_number)
    if used:
        sections.append(
            Section("Les lectures", tuple(Line(Role.TEXT, f"{number} : {reading(number).title}") for number in used))
        )
    return PlainPage(
        banner=BANNER if count.fictional else "",
        title="Ce qui tient à une lecture du texte",
        asked=(
            f"Le {day(on)}, {counted(count.schools, 'école')} au registre.",
            "Compté sur tous les faits tenus, publics ou non ; les pages et l'API comptent sur les seuls faits publics.",
        ),
        steps=(),
        sections=tuple(sections),
        closing="Une école peut tenir à plusieurs lectures : elle compte sous chacune. Équerre montre ; il ne décide de rien.",
    )


def _in_order(tally: Tally) -> list[tuple[str, int]]:
    return sorted(tally.hanging.items(), key=lambda found: _number(found[0]))


def _number(reading_id: str) -> int:
    return int(reading_id.removeprefix("R"))
