"""The history of a school as a page tells it: by the day on which things were true, newest first, the day asked among them.

Each line says when it was true, when it was learnt, and from which source. The changes given to it say
neither who wrote nor why (R48). Which kinds are told here, and in which sentence, is declared with them (``facts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from equerre.documents.labels import CHOICES, field_label
from equerre.documents.phrases import instant_said, known_since, span, upper, which_date
from equerre.documents.portrait.change import CHANGED, CORRECTED, WITHDRAWN, RegisterChange
from equerre.documents.portrait.finding import NOT_SHOWN
from equerre.documents.voices import value_said
from equerre.facts import KEPT
from equerre.facts.calendar import CampaignDate
from equerre.kernel import siren, siret
from equerre.kernel.fact import Fact

NORMS = {"siren": siren, "siret": siret}
MOVES = {CHANGED: "changement", CORRECTED: "correction", WITHDRAWN: "retiré"}


class ValueTold(NamedTuple):
    """One value, and the one that it replaced, "" when it is the first."""

    label: str
    said: str
    before: str


class Happening(NamedTuple):
    """One thing that was held; ``move`` says what was done, "" for what is new."""

    title: str
    move: str
    values: tuple[ValueTold, ...]


class Provenance(NamedTuple):
    """When things are true, when they were learnt, and who says so."""

    valid: str
    known: str
    source: str
    url: str


class HistoryLine(NamedTuple):
    """One line: all that one source told at one instant of the same days. ``place`` is ``later``, ``asked`` or ""."""

    on: date | None
    place: str
    items: tuple[Happening, ...]
    provenance: Provenance


def history(changes: Iterable[RegisterChange], awaited: Iterable[Fact[CampaignDate]], on: date) -> list[HistoryLine]:
    """The lines, newest first, with the day asked at its place; what has no first day comes last."""
    lines = [
        *(_planned(fact) for fact in awaited),
        *(_event(change, on) for change in changes if KEPT[change.kind].in_history),
    ]
    ordered = sorted(lines, key=lambda event: event.on or date.min, reverse=True)
    later = [event for event in ordered if event.on is not None and event.on > on]
    the_day = HistoryLine(on, "asked", (Happening("Le jour demandé", "", ()),), Provenance("", "", "", ""))
    return [*_together(later), the_day, *_together(ordered[len(later) :])]


def _together(lines: Sequence[HistoryLine]) -> Iterator[HistoryLine]:
    """What one source told at one instant of the same days stands in one line."""
    for (on, place, provenance), group in groupby(lines, key=lambda event: (event.on, event.place, event.provenance)):
        yield HistoryLine(on, place, tuple(happening for event in group for happening in event.items), provenance)


def _event(change: RegisterChange, on: date) -> HistoryLine:
    start = change.valid.start
    sentences, values = KEPT[change.kind].sentence, tuple[ValueTold, ...]()
    if sentences and change.before is None:  # what is new is told as a sentence, where its kind has one
        words = {name: _said(change.kind, name, value) for name, value in change.values.items()}
        title = sentences[words.get("value") == "non"].format(**words)
    else:
        title, values = upper(change.label), tuple(_values(change))
    true_when, before = f"Vrai {span(change.valid)}", change.valid_before
    if change.move == CORRECTED and before is not None and before != change.valid:
        true_when += f", et non {span(before)}"
    source = f"{change.source.publisher}, {change.source.title}"
    verb = "N'est plus tenu depuis le" if change.move == WITHDRAWN else "Connu depuis le"
    return HistoryLine(
        start,
        "later" if start is not None and start > on else "",
        (Happening(title, MOVES.get(change.move, ""), values),),
        Provenance(true_when, f"{verb} {instant_said(change.at)}", source, change.source.url or ""),
    )


def _planned(fact: Fact[CampaignDate]) -> HistoryLine:
    value = fact.value
    title = f"{upper(CHOICES['campaign_date.kind'][value.kind])}, campagne {value.campaign_year}"
    source = f"{fact.source.publisher}, {fact.source.title}"
    return HistoryLine(
        value.best,
        "later",
        (Happening(title, f"date {which_date(value)}", ()),),
        Provenance("", known_since(fact.known), source, fact.source.url or ""),
    )


def _values(change: RegisterChange) -> Iterator[ValueTold]:
    """What is said; of a change or a correction, what differs first of all."""
    before: Mapping[str, Any] = change.before or {}
    for name, value in change.values.items():
        if name in NOT_SHOWN:
            continue
        said, was = _said(change.kind, name, value), _said(change.kind, name, before.get(name))
        if change.before is not None and said == was:
            continue
        if said or was:
            yield ValueTold(field_label(change.kind, name), said or "rien", was if change.before is not None else "")


def _said(kind: str, name: str, value: Any) -> str:
    if value is None or value == "" or value == ():
        return ""
    return str(NORMS[name].format(value)) if name in NORMS else value_said(kind, name, value)
