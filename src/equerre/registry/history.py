"""The history of one fact, in plain French: who wrote what, when, from which source, and what it said before.

Nothing is kept for it: the rows of a fact in their two times say it all. What ended at an instant and what began at it are one
move, told as one sentence. An author is an opaque key and stays one; whoever ends a knowledge is told like whoever begins one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Model

from equerre.kernel.french import day, listed
from equerre.kernel.period import Period
from equerre.registry.dated import HELD, OUTDATED, PROPOSED, Dated, value_fields

PARIS = ZoneInfo("Europe/Paris")
REASONS = {
    "entry": "saisie",
    "import": "livraison d'un éditeur",
    "error": "ce qui était écrit était faux",
    "change": "la situation a changé",
    "settled": "contestation tranchée",
    "ended": "la livraison dit la fiche inactive",
    "unchanged": "la livraison dit la même chose",
    "outdated": "livraison plus ancienne que celle qui est tenue",
}


class Event(NamedTuple):
    """One move: its instant, its sentence, the reason given for it, the private note of who wrote it."""

    at: datetime
    text: str
    reason: str = ""
    note: str = ""


def tell(rows: Iterable[Dated]) -> list[Event]:
    """The moves of one fact, the last first, from all its rows (every standing, known now or not)."""
    held = sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk))
    instants = {row.known_from for row in held} | {row.known_until for row in held if row.known_until is not None}
    found: list[Event] = []
    for at in sorted(instants, reverse=True):
        found.extend(_Move(at, held).events())
    return found


# --- Words ------------------------------------------------------------------------------------------------------------


def agent(author: str) -> str:
    """Who wrote, as far as the registry knows: a person is the first letters of an opaque key.

    >>> agent("person:3f2a9c14-0000"), agent("import:rncp")
    ("l'agent 3f2a9c14", '« import:rncp »')
    """
    kind, _, key = author.partition(":")
    return f"l'agent {key[:8]}" if kind == "person" and key else f"« {author} »"


def instant(at: datetime) -> str:
    """An instant, at the time of Paris.

    >>> instant(datetime.fromisoformat("2026-03-03T09:05:00Z"))
    '3 mars 2026 à 10 h 05'
    """
    local = at.astimezone(PARIS)
    return f"{day_of(at)} à {local.hour} h {local.minute:02d}"


def day_of(at: datetime) -> str:
    """The day of an instant, in Paris."""
    return day(at.astimezone(PARIS).date())


def valid(row: Dated) -> str:
    """When it was true, with its last day."""
    return true_when(Period(row.valid_from, row.valid_until))


def true_when(period: Period[date]) -> str:
    """
    >>> true_when(Period(date(2025, 9, 1), date(2026, 9, 1))), true_when(Period())
    ('vrai du 1er septembre 2025 au 31 août 2026', 'vrai sans bornes connues')
    """
    last = None if period.end is None else day(date.fromordinal(period.end.toordinal() - 1))
    if period.start and last:
        return f"vrai du {day(period.start)} au {last}"
    if period.start:
        return f"vrai depuis le {day(period.start)}"
    return f"vrai jusqu'au {last}" if last else "vrai sans bornes connues"


def values(row: Dated, *, many: bool = True) -> dict[str, str]:
    """What a row says, label by label, without what it is about; a field that says nothing is left out.

    Without ``many``, the rows that it names are left out too: a list of rows asks for each of them otherwise.
    """
    fields = [type(row)._meta.get_field(name) for name in value_fields(type(row)) if name not in type(row).OF]
    found = {str(field.verbose_name): value(row, field.name) for field in fields}  # type: ignore[union-attr]
    for field in type(row)._meta.many_to_many if many else ():
        found[str(field.verbose_name)] = listed([str(named) for named in getattr(row, field.name).all()])
    return {label: said for label, said in found.items() if said}


def said(row: Dated, *, many: bool = True) -> str:
    """The same in one line; a row without values says only that it is so."""
    return " ; ".join(f"{label} : {text}" for label, text in values(row, many=many).items()) or "oui"


def value(row: Dated, name: str) -> str:
    """One value, as one says it; "" when the row says nothing of it."""
    held = getattr(row, name)
    if held is None or held == "":
        return ""
    if isinstance(held, bool):
        return "oui" if held else "non"
    if isinstance(held, date):
        return day(held)
    if isinstance(held, Model):
        return str(held)
    choice = getattr(row, f"get_{name}_display", None)
    return str(choice() if choice else held)


def changes(before: Dated, after: Dated) -> str:
    """« élèves : 24 au lieu de 42 », for each value that differs; "" when none does."""
    old, new = values(before), values(after)
    labels = [label for label in dict.fromkeys((*new, *old)) if old.get(label) != new.get(label)]
    return " ; ".join(f"{label} : {new.get(label, 'rien')} au lieu de {old.get(label, 'rien')}" for label in labels)


# --- Moves ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    """All that ended and began at one instant."""

    at: datetime
    rows: Sequence[Dated]

    def events(self) -> Iterator[Event]:
        ended = [row for row in self.rows if row.known_until == self.at]
        began = [row for row in self.rows if row.known_from == self.at]
        left = [row for row in ended if row.standing == HELD]
        proposals = [row for row in ended if row.standing == PROPOSED]
        pieces = _pieces(began, left)
        for row in began:
            if row in pieces:
                continue
            same = (
                old for old in proposals if row.standing == HELD and _days(old) == _days(row) and _says_alike(old, row)
            )
            taken = next(same, None)
            if taken is not None:
                proposals.remove(taken)
            yield self._began(row, [old for old in left if _overlap(old, row)], pieces, taken)
        for row in left:
            if not any(_overlap(row, other) for other in began if other.standing == HELD):
                yield self._ended(row, f"mis fin à ce fait : {said(row)}, {valid(row)}")
        for row in proposals:
            yield self._ended(row, f"écarté la proposition : {said(row)}, d'après {row.source}")

    def _began(self, row: Dated, before: list[Dated], pieces: Sequence[Dated], taken: Dated | None) -> Event:
        changed = any(_overlap(piece, old) for piece in pieces for old in before)
        text = f"{self._when} {agent(row.author)} a {_verb(row, before, changed, taken)}, d'après {row.source}."
        return Event(self.at, text, REASONS.get(row.reason, row.reason), row.note)

    def _ended(self, row: Dated, text: str) -> Event:
        said_by = f"{self._when} {agent(row.ended_by)} a {text}."
        return Event(self.at, said_by, REASONS.get(row.ended_reason, row.ended_reason), row.ended_note)

    @property
    def _when(self) -> str:
        return f"Le {instant(self.at)},"


def _verb(row: Dated, before: list[Dated], changed: bool, taken: Dated | None) -> str:
    """What was done, and what it says now. ``changed``: the days of the old row that stay are still held."""
    if row.standing == OUTDATED:
        return f"rangé une livraison déjà dépassée : {said(row)}, {valid(row)}"
    if row.standing == PROPOSED:
        return f"gardé une proposition, à trancher : {said(row)}, {valid(row)}"
    if not before:
        return f"{'retenu la proposition' if taken else 'inscrit'} : {said(row)}, {valid(row)}"
    done = "retenu la proposition" if taken else "inscrit un changement" if changed else "corrigé"
    old = before[0]
    days = valid(row) if changed or valid(row) == valid(old) else f"{valid(row)} au lieu de {valid(old)}"
    return f"{done} : {', '.join(text for text in (changes(old, row), days) if text)}"


def _pieces(began: Iterable[Dated], left: Sequence[Dated]) -> list[Dated]:
    """The days of an old row that a new one leaves alone, written again as they were, on fewer days: nothing moved there."""
    held = [row for row in began if row.standing == HELD]
    found = {
        row.pk: old
        for row in held
        for old in left
        if _days(row) != _days(old) and _overlap(row, old) and _says_alike(row, old)
    }
    moved = [row for row in held if row.pk not in found]
    return [row for row in held if row.pk in found and any(_overlap(found[row.pk], other) for other in moved)]


def _says_alike(row: Dated, other: Dated) -> bool:
    """Do two rows say the same, from the same source, whatever their days?"""
    return row.source.pk == other.source.pk and values(row) == values(other)


def _days(row: Dated) -> tuple[date | None, date | None]:
    return row.valid_from, row.valid_until


def _overlap(row: Dated, other: Dated) -> bool:
    return Period(*_days(row)).overlaps(Period(*_days(other)))
