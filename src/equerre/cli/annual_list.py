"""``equerre list``: one annual list, the years that it serves, and the schools that it names on a day.

A list is named by its year of signature. Which school year and which campaign it serves is what its text says, else what the
reading R4 says by default, and then the answer says so. A list that is not in the registry is unknown, not empty.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from equerre import law
from equerre.cli.explain import known_option, on_option
from equerre.cli.french import Command, among
from equerre.cli.moments import or_today
from equerre.cli.registry import opened
from equerre.documents.answer import canonical, instant
from equerre.documents.page import Cell, Grid, Line, PlainPage, Role, Section
from equerre.documents.voices import BANNER
from equerre.facts.annual_list import AnnualList
from equerre.kernel import geography
from equerre.kernel.errors import quoted
from equerre.kernel.french import counted, day, last_day
from equerre.kernel.period import Period
from equerre.rules.annual_list import Serves, serves
from equerre.rules.chain import ARTICLE

if TYPE_CHECKING:
    from equerre.opendata.register import ListLine

FORMAT = "equerre-list/1"
COLUMNS = ("uai", "name", "commune", "departement", "region", "since")
LAST_YEAR = 2100


def as_act_year(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A civil year in which a list can have been signed."""
    first = law.article(ARTICLE).born_on
    assert first is not None
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise click.BadParameter(
            f"{quoted(value)} n'est pas une année de signature : écrivez par exemple 2025.", ctx, param
        )
    if not first.year <= int(value) <= LAST_YEAR:
        said = f"Aucune liste annuelle n'a pu être signée en {value} : l'article existe depuis le {day(first)}."
        raise click.BadParameter(
            said if int(value) < first.year else f"{value} est trop loin pour être une année.", ctx, param
        )
    return int(value)


@dataclass(frozen=True, slots=True)
class ListOfYear:
    """What is found of a list on a day. ``act`` is the one that holds that day, else another of that year (``held`` False)."""

    act_year: int
    on: date
    known_at: datetime | None
    act: AnnualList | None
    held: bool
    serves: Serves | None
    lines: tuple[ListLine, ...]
    fictional: bool


@click.command("list", cls=Command, help="Montrer la liste annuelle d'une année de signature, un jour donné.")
@click.argument("act_year", callback=as_act_year, metavar="ANNÉE")
@on_option
@known_option
@click.option(
    "--format",
    "form",
    callback=among("Le format", ("text", "csv", "json")),
    metavar="[text|csv|json]",
    default="text",
    help="text, une page ; csv, un tableau ; json, des données.",
)
def command(act_year: int, on: date | None, known_at: datetime | None, form: str) -> None:
    """Read, keep the lines of the day, print."""
    with opened():
        found = found_on(act_year, or_today(on), known_at)
    if form == "json":
        click.echo(canonical(data(found)), nl=False)
    elif form == "csv":
        click.echo(table(found), nl=False)
    else:
        from equerre.cli.terminal import show

        show(page(found))


def found_on(act_year: int, on: date, known_at: datetime | None) -> ListOfYear:
    """The act, what it serves, and the schools whose line is valid that day."""
    from equerre.opendata.register import listing
    from equerre.registry.figures import figures
    from equerre.registry.selectors import annual_lists

    held = listing(act_year, on, known_at)
    others = (fact for fact in annual_lists(known_at=known_at) if fact.value.act_year == act_year)
    act = held.act or next(others, None)
    return ListOfYear(
        act_year,
        on,
        known_at,
        act.value if act else None,
        held.act is not None,
        serves(act.value, on) if act else None,
        held.lines,
        figures(on).fictional > 0,
    )


# --- What it serves, in words ------------------------------------------------------------------------------------------------


def _years(covers: Period[date]) -> str:
    """« l'année scolaire 2025-2026 », or a civil year where a reading says so."""
    assert covers.start is not None
    assert covers.end is not None
    if (covers.start.month, covers.start.day) == (1, 1):
        return f"l'année civile {covers.start.year}"
    return f"l'année scolaire {covers.start.year}-{covers.end.year}"


def _by(serves: Serves, use: str) -> str:
    taken = next((reading for reading in serves.taken if reading.use == use), None)
    return f"son texte ne le dit pas : lecture {taken}, prise par défaut" if taken else "selon son texte"


# --- Voices ------------------------------------------------------------------------------------------------------------------


def page(found: ListOfYear) -> PlainPage:
    """The act, the years, the schools."""
    sections = [Section("L'acte", tuple(Line(Role.TEXT, text) for text in _act(found)))]
    if found.lines:
        headers = ("UAI", "École", "Commune", "Région")
        rows = tuple(
            (Cell(line.uai), Cell(line.name), Cell(line.place.commune or ""), Cell(_region(line)))
            for line in found.lines
        )
        sections.append(Section(counted(len(rows), "école inscrite", "écoles inscrites"), (Grid(headers, rows),)))
    return PlainPage(
        banner=BANNER if found.fictional else "",
        title=f"Liste annuelle {found.act_year}",
        asked=(f"Le {day(found.on)}.",),
        steps=(),
        sections=tuple(sections),
        closing="",
    )


def _region(line: ListLine) -> str:
    academie = geography.academies().get(line.place.academie or "")
    return academie.region.name if academie else ""


def _act(found: ListOfYear) -> list[str]:
    if found.act is None or found.serves is None:
        return [f"On ne sait pas : l'arrêté de la liste annuelle {found.act_year} n'est pas au registre."]
    act, serves = found.act, found.serves
    signed = f", signé le {day(act.signed_on)}" if act.signed_on else ""
    number = f" n° {act.number}" if act.number else ""
    said = [
        f"Arrêté{number}{signed}, publié le {day(act.published_on)}, pris par {act.authority}.",
        f"Il vaut pour {_years(serves.covers)} ({_by(serves, 'schooling')}).",
        f"Il vaut pour la campagne {serves.campaign_year} du solde de la taxe ({_by(serves, 'tax')}).",
    ]
    if act.effect_ends_on is not None:
        said.append(f"Son texte dit que son effet finit le {last_day(act.effect_ends_on)}.")
    if not found.held:
        said.append(
            f"Le {day(found.on)}, il n'est pas publié ou ne vaut plus : aucune école n'y est inscrite ce jour-là."
        )
    elif not found.lines:
        said.append("Aucune école n'y est inscrite ce jour-là, d'après le registre.")
    return said


def data(found: ListOfYear) -> dict[str, Any]:
    """The same, for a program."""
    return {
        "format": FORMAT,
        "act_year": found.act_year,
        "on": found.on.isoformat(),
        "known_at": instant(found.known_at),
        "outcome": "UNKNOWN" if found.act is None else "MET",
        "missing": [f"annual_list[{found.act_year}]"] if found.act is None else [],
        "fictional": found.fictional,
        "act": _act_row(found),
        "schools": [dict(zip(COLUMNS, _row(line), strict=True)) for line in found.lines],
    }


def _act_row(found: ListOfYear) -> dict[str, Any] | None:
    if found.act is None or found.serves is None:
        return None
    act, serves = found.act, found.serves
    return {
        "authority": act.authority,
        "number": act.number,
        "nor": act.nor,
        "signed_on": act.signed_on.isoformat() if act.signed_on else None,
        "published_on": act.published_on.isoformat(),
        "covers": {"from": _iso(serves.covers.start), "until": _iso(serves.covers.end)},
        "school_year": _years(serves.covers).removeprefix("l'année scolaire "),
        "campaign_year": serves.campaign_year,
        "readings": [str(taken) for taken in serves.taken],
    }


def table(found: ListOfYear) -> str:
    """One line a school, under English keys, in UTF-8. What is not known of the list itself is said on the error output."""
    if found.act is None:
        click.echo(_act(found)[0], err=True)
    from equerre.opendata.exports import harmless

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell and harmless(cell) for cell in _row(line)] for line in found.lines)
    return text.getvalue()


def _row(line: ListLine) -> tuple[str | None, ...]:
    place = line.place
    return line.uai, line.name, place.commune, place.departement, _region(line), _iso(line.since)


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None
