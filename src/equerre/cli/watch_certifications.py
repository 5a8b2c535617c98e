"""``equerre watch certifications``: the courses whose sheet of the RNCP ends by a day, in every school of the registry.

For each: where the end was read and what changed since, whether an intake may still open, whether pupils already in are
protected, the successors named, and what it does to each door of the balance; under which reading each answer stands.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from equerre.cli.explain import on_option
from equerre.cli.french import Command, among
from equerre.cli.given import Given
from equerre.cli.moments import DAY, as_day, or_today
from equerre.cli.registry import opened
from equerre.documents.answer import canonical, hanging
from equerre.documents.labels import OUTCOMES
from equerre.documents.page import Cell, Grid, Line, PlainPage, Role, Section
from equerre.documents.phrases import outcome_said
from equerre.documents.voices import BANNER
from equerre.kernel.finding import Outcome
from equerre.kernel.french import counted, day, last_day, listed
from equerre.rules import qualifications
from equerre.rules.rule import REGISTER
from equerre.rules.watch import Measured, Successor, Watch, Watched, certifications

if TYPE_CHECKING:
    from equerre.registry.deliveries import EndRead

FORMAT = "equerre-watch-certifications/1"
READER = "school"
Reads = Mapping[str, "EndRead"]
COLUMNS = (
    *(
        "school",
        "name",
        "course",
        "title",
        "certification",
        "last_day",
        "closed_read_on",
        "read_in",
        "said_before",
        "successors",
    ),
    *("asked_on", "intake", "intake_readings", "intake_hangs_on", "pupils", "pupils_readings", "pupils_hangs_on"),
    *("counts", "counts_readings", "counts_hangs_on", "door_12", "door_2c", "door_2b", "door_7"),
    *("entitled", "entitled_otherwise"),
)


@click.command(
    "certifications",
    cls=Command,
    help="Montrer les formations dont la fiche RNCP aura pris fin à une date : peut-on encore ouvrir une promotion, les élèves "
    "sont-ils protégés, qui prend la suite, ce que deviennent les portes du solde.",
)
@click.option(
    "--by",
    cls=Given,
    callback=as_day,
    required=True,
    metavar=DAY,
    hint="donnez la date jusqu'où regarder",
    help="Les fiches qui auront pris fin à cette date.",
)
@on_option
@click.option(
    "--format",
    "form",
    callback=among("Le format", ("text", "csv", "json")),
    metavar="[text|csv|json]",
    default="text",
    help="text, une page ; csv, un tableau ; json, des données.",
)
def command(by: date, on: date | None, form: str) -> None:
    """Read all, watch each, print."""
    asked = or_today(on)
    with opened():
        watches, reads = found_by(asked, by)
    if form == "json":
        click.echo(canonical(data(watches, reads, asked, by)), nl=False)
    elif form == "csv":
        click.echo(table(watches, reads), nl=False)
    else:
        from equerre.cli.terminal import show

        show(page(watches, reads, asked, by))


def found_by(on: date, by: date) -> tuple[list[Watch], Reads]:
    """The watch of every school that has something to show, and where the end of each sheet was read."""
    from equerre.registry import selectors
    from equerre.registry.deliveries import deliveries_of, end_read

    watches = [certifications(facts, on=on, by=by) for facts in selectors.schools()]
    shown = [watch for watch in watches if watch.courses or watch.unknown]
    sheets = {ending.sheet.value.code: ending.sheet for watch in shown for ending in watch.courses}
    delivered = deliveries_of(sheets)
    found = {code: end_read(delivered.get(code, ()), sheet) for code, sheet in sheets.items()}
    return shown, {code: read for code, read in found.items() if read is not None}


# --- A page ------------------------------------------------------------------------------------------------------------


def page(watches: Sequence[Watch], reads: Reads, on: date, by: date) -> PlainPage:
    """School by school: each course, its answers, then a table of the doors."""
    number = sum(len(watch.courses) for watch in watches)
    schools = sum(bool(watch.courses) for watch in watches)
    found = f"{counted(number, 'formation')} dans {counted(schools, 'école')}"
    return PlainPage(
        banner=BANNER if any(watch.facts.fictional for watch in watches) else "",
        title=f"Fiches qui auront pris fin le {day(by)}",
        asked=(f"Demandé pour le {day(on)} : {found if number else 'aucune formation'}.",),
        steps=(),
        sections=tuple(
            Section(
                f"{watch.facts.name} ({watch.facts.uai})",
                (
                    *chain.from_iterable(_course(ending, reads) for ending in watch.courses),
                    *(
                        Line(
                            Role.TEXT,
                            f"{course.value.title} : aucune fiche {course.value.certification} au registre ; on ne sait pas "
                            "quand elle finit.",
                        )
                        for course in watch.unknown
                    ),
                ),
            )
            for watch in watches
        ),
        closing="Une date lue n'est pas acquise : un éditeur peut l'avancer. La suite se choisit, jamais d'office.",
    )


def _course(ending: Watched, reads: Reads) -> Iterator[Line | Grid]:
    sheet = ending.sheet.value
    over = "a pris fin" if ending.ends_on <= ending.intake_now.finding.on else "prendra fin"
    said = f"{over} le {last_day(ending.ends_on)}"
    if sheet.closed_read_on is not None:
        said = "est close, à un jour que son éditeur ne donne pas"
    yield Line(Role.QUESTION, f"{ending.course.value.title} : la fiche {sheet.code} {said}")
    yield Line(Role.DETAIL, _read_in(reads.get(sheet.code)), 1)
    if ending.sheet.contested:
        yield Line(Role.NOTE, f"Contesté : {listed(ending.sheet.contested)} dit autre chose.", 1)
    yield Line(Role.DETAIL, _successors(ending.successors), 1)
    asked = [
        (f"Ouvrir une promotion le {day(ending.intake_now.finding.on)}", ending.intake_now),
        (f"Ouvrir une promotion le {day(ending.asked_on)}", ending.intake_after),
        (f"Élèves déjà entrés, le {day(ending.asked_on)}", ending.pupils),
        (f"Compter pour le solde, le {day(ending.asked_on)}", ending.counts),
    ]
    # The first two are one question when both days are one.
    for label, answer in asked[ending.intake_now.finding.on == ending.asked_on :]:
        yield from _answer(label, answer)
    yield Line(Role.REASON, f"Les portes du solde pour cette formation, le {day(ending.asked_on)} :", 1)
    rows = [_door(door.item, door.otherwise, door.outcome, door.answer, ending.counts) for door in ending.doors]
    rows.append(
        _door("Toute l'école", ending.entitled_otherwise.outcome, ending.entitled.finding.outcome, ending.entitled)
    )
    yield Grid(("Porte", "La fiche durant", "La fiche éteinte", "Dépend de"), tuple(rows))


def _answer(label: str, answer: Measured) -> Iterator[Line]:
    finding, public = answer.finding, REGISTER[answer.finding.rule].public
    said = outcome_said(finding.outcome, hanging(finding, answer.doubt), READER, public=public)
    yield Line(Role.HEADLINE, f"{label} : {said}", 1, finding.outcome)
    yield Line(Role.REASON, finding.because, 2)
    if finding.rule != qualifications.course_registered.name:  # whose note is the successors, told above
        yield from (Line(Role.NOTE, note, 2) for note in finding.notes)


def _read_in(read: EndRead | None) -> str:
    """« Fin lue dans la livraison du 31 janvier 2025, de Certif Info. Celle du 25 juin 2024 disait le 31 août 2026. »"""
    if read is None:
        return "Cette fin ne vient pas d'une livraison : voyez la source du fait."
    what = "Fin lue" if read.first.active else "Lue close"
    said = f"{what} dans la livraison du {day(read.first.dated_on)}, de {read.first.publisher}"
    if read.last.dated_on != read.first.dated_on:
        said += f", redite dans celle du {day(read.last.dated_on)}"
    if read.before is None:
        return f"{said}."
    end = f"le {last_day(read.before.valid.end)}" if read.before.valid.end else "la fiche active, sans date de fin"
    if not read.before.active:
        end = "la fiche close, sans date"
    return f"{said}. Celle du {day(read.before.dated_on)} disait {end}."


def _successors(successors: Sequence[Successor]) -> str:
    if not successors:
        return "La fiche ne nomme aucune suite."
    named = []
    for successor in successors:
        if successor.sheet is None:
            named.append(f"{successor.code} (sa fiche n'est pas au registre)")
        else:
            end = successor.sheet.valid.end
            until = f", jusqu’au {last_day(end)}" if end else ""
            until = ", close à un jour non donné" if successor.sheet.value.closed_read_on else until
            named.append(f"{successor.code} ({successor.sheet.value.title}{until})")
    return f"Suites nommées : {listed(named)}."


def _door(item: str, otherwise: Outcome, outcome: Outcome, *answers: Measured) -> tuple[Cell, ...]:
    words = OUTCOMES[READER]
    decisive, _ = _readings(*answers)
    return (
        Cell(item),
        Cell(words[otherwise], otherwise),
        Cell(words[outcome], outcome),
        Cell(", ".join(decisive) or "aucune lecture"),
    )


def _readings(*answers: Measured) -> tuple[list[str], list[str]]:
    """The readings taken, each with its option: those on which an answer hangs, then the others."""
    decisive: dict[str, None] = {}
    others: dict[str, None] = {}
    for answer in answers:
        for taken in answer.finding.readings_below():
            (decisive if taken.reading in answer.doubt.readings else others)[str(taken)] = None
    return list(decisive), [reading for reading in others if reading not in decisive]


# --- Data and table ----------------------------------------------------------------------------------------------------


def data(watches: Iterable[Watch], reads: Reads, on: date, by: date) -> dict[str, Any]:
    """The same, for a program."""
    found = list(watches)
    return {
        "format": FORMAT,
        "on": on.isoformat(),
        "by": by.isoformat(),
        "fictional": any(watch.facts.fictional for watch in found),
        "schools": [
            {
                "uai": watch.facts.uai,
                "name": watch.facts.name,
                "courses": [_course_row(ending, reads) for ending in watch.courses],
                "unknown": [
                    {"course": course.value.id, "certification": course.value.certification} for course in watch.unknown
                ],
            }
            for watch in found
        ],
    }


def _course_row(ending: Watched, reads: Reads) -> dict[str, Any]:
    read = reads.get(ending.sheet.value.code)
    return {
        "course": ending.course.value.id,
        "title": ending.course.value.title,
        "certification": ending.sheet.value.code,
        "ends_on": None if ending.sheet.value.closed_read_on else ending.ends_on.isoformat(),
        "closed_read_on": _iso(ending.sheet.value.closed_read_on),
        "asked_on": ending.asked_on.isoformat(),
        "contested": list(ending.sheet.contested),
        "end_read_in": None if read is None else _delivery(read.first) | {"until": _delivery(read.last)},
        "said_before": None if read is None or read.before is None else _delivery(read.before),
        "successors": [successor.code for successor in ending.successors],
        "intake_now": _finding(ending.intake_now),
        "intake_after": _finding(ending.intake_after),
        "pupils": _finding(ending.pupils),
        "counts": _finding(ending.counts),
        "doors": [
            {
                "item": door.item,
                "outcome": door.outcome.value,
                "otherwise": door.otherwise.value,
                "readings": list(chain.from_iterable(_readings(door.answer, ending.counts))),
                "door": _finding(door.answer),
            }
            for door in ending.doors
        ],
        "entitled": _finding(ending.entitled),
        "entitled_otherwise": ending.entitled_otherwise.outcome.value,
    }


def _delivery(told: Any) -> dict[str, Any]:
    end = told.valid.end
    return {
        "publisher": told.publisher,
        "title": told.title,
        "dated_on": told.dated_on.isoformat(),
        "sha256": told.sha256,
        "active": told.active,
        "ends_on": end.isoformat() if end else None,
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _finding(answer: Measured) -> dict[str, Any]:
    finding = answer.finding
    return {
        "question": REGISTER[finding.rule].question,
        "on": finding.on.isoformat(),
        "outcome": finding.outcome.value,
        "because": finding.because,
        "notes": list(finding.notes),
        "missing": list(finding.missing),
        "citations": [str(citation) for citation in finding.citations],
        "readings": [str(taken) for taken in finding.readings_below()],
        "settled": answer.doubt.settled,
        "hangs_on": list(answer.doubt.readings),
    }


def table(watches: Iterable[Watch], reads: Reads) -> str:
    """One line a course, under English keys, in UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(watch, ending, reads) for watch in watches for ending in watch.courses)
    return text.getvalue()


def _row(watch: Watch, ending: Watched, reads: Reads) -> tuple[str, ...]:
    read = reads.get(ending.sheet.value.code)
    return (
        *(
            watch.facts.uai,
            watch.facts.name,
            ending.course.value.id,
            ending.course.value.title,
            ending.sheet.value.code,
        ),
        "" if ending.sheet.value.closed_read_on else (ending.ends_on - date.resolution).isoformat(),
        _iso(ending.sheet.value.closed_read_on) or "",
        read.first.dated_on.isoformat() if read else "",
        read.before.dated_on.isoformat() if read and read.before else "",
        " ".join(found.code for found in ending.successors),
        ending.asked_on.isoformat(),
        *chain.from_iterable(
            (answer.finding.outcome.value, " ".join([*decisive, *others]), " ".join(decisive))
            for answer in (ending.intake_after, ending.pupils, ending.counts)
            for decisive, others in [_readings(answer)]
        ),
        *(door.outcome.value for door in ending.doors),
        ending.entitled.finding.outcome.value,
        ending.entitled_otherwise.outcome.value,
    )
