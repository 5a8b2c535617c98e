"""*Corriger*: what a held row says was wrong, or the situation has changed since. Who says so, from which source, and why.

An error closes the knowledge of the row, and another stands in its place; a change keeps the days before it. Either way what was
held stays in the history, and nothing is touched that the person has not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import ValidationError

from equerre.accounts.models import Person
from equerre.accounts.rights import may
from equerre.cases import values
from equerre.cases.actions import NO_REASON, ActionRefused, too_late, whole
from equerre.facts import KEPT
from equerre.kernel.french import day
from equerre.kernel.period import Period
from equerre.registry import history, record
from equerre.registry.dated import HELD, PROPOSED, Dated, Source

Happened = Literal["error", "change"]


@dataclass(frozen=True, slots=True)
class Restatement:
    """What somebody says in place of a row that they have read: every field of it but what the row is about, and its days.

    ``seen`` are the numbers of the proposals that were read with it: settled since, they would be a surprise.
    """

    row: Dated
    happened: Happened
    says: Mapping[str, Any]
    valid: Period[date]
    source: Source
    why: str
    seen: Collection[int] = ()


@whole
def correct(person: Person, correction: Restatement, recorded_at: datetime) -> Dated:
    """Write it, and give the row that is held now. ``TooLate`` when somebody was faster, ``ActionRefused`` when it cannot be."""
    model = type(correction.row)
    may(person, "correct", correction.row, recorded_at.astimezone(history.PARIS).date()).or_refuse()
    record.lock(record.identities(correction.row))
    record.lock([(model, pk) for pk in (correction.row.pk, *correction.seen)])
    row = model._default_manager.get(pk=correction.row.pk)
    if row.known_until is not None:
        gone = record.TooLate("Quelqu'un a été plus rapide : cette ligne n'est plus tenue.")
        raise too_late(gone, row, [row.pk])
    if closed := why_closed(row):
        raise record.RecordError(closed)
    if model.objects.no_longer_known().filter(pk__in=correction.seen).exists():
        settled = record.TooLate("Quelqu'un a été plus rapide : une proposition lue avec cette ligne est tranchée.")
        raise too_late(settled, row, correction.seen)
    if found := list(faults(correction)):
        raise ActionRefused(found)
    many = [field.name for field in model._meta.many_to_many]
    said = {name: value for name, value in correction.says.items() if name not in many}
    about = {name: getattr(row, name) for name in model.OF}
    entry = record.Entry(model, said | about, correction.valid, {name: correction.says[name] for name in many})
    by = record.By(person.author, recorded_at, correction.source, correction.happened, correction.why)
    if correction.happened == "change":
        return record.record(entry, by, seen=[row.pk])
    return record.correct(row, entry, by)


def why_closed(row: Dated) -> str:
    """Why there is nothing to correct here, or ""."""
    if row.known_until is not None:
        return f"Cette ligne n'est plus tenue depuis le {history.instant(row.known_until)} : corrigez celle qui l'est."
    if row.standing == PROPOSED:
        return "Ce fait est proposé, il n'est pas tenu : il ne se corrige pas, il se tranche."
    return "" if row.standing == HELD else "Cette livraison était déjà dépassée à son arrivée : elle n'est pas tenue."


def faults(correction: Restatement) -> Iterator[tuple[str, str]]:
    """All that is wrong in a correction: the field, and a sentence. First each value, then what they say together."""
    model = type(correction.row)
    for name, value in correction.says.items():
        column = model._meta.get_field(name)
        sentences = list(values.faults(name, value))
        if not column.is_relation and not (value is None and column.null):
            try:
                column.clean(value, correction.row)  # type: ignore[union-attr]  # a column of ours, no relation
            except ValidationError as error:
                sentences += error.messages
        yield from ((name, sentence) for sentence in sentences)
    for name, on in (("valid_from", correction.valid.start), ("valid_until", correction.valid.end)):
        yield from ((name, sentence) for sentence in values.faults(name, on))
    if not correction.why.strip():
        yield "why", NO_REASON
    yield from contradictions(correction)


def contradictions(correction: Restatement) -> Iterator[tuple[str, str]]:
    """What the parts of a correction say together and cannot mean: the field where it is mended, and a sentence."""
    row, start = correction.row, correction.valid.start
    if correction.happened == "change":
        if start is None:
            yield "valid_from", "Dites de quel jour date le changement."
        elif row.valid_from is not None and start <= row.valid_from:
            yield (
                "valid_from",
                f"L'ancienne valeur commence le {day(row.valid_from)} : "
                "donnez un jour d'après, ou dites qu'elle était fausse.",
            )
        elif row.valid_until is not None and start >= row.valid_until:
            yield "valid_from", f"L'ancienne valeur finit avant le {day(row.valid_until)} : donnez un jour d'avant."
    starts = KEPT[row.KIND].starts
    if starts and getattr(row, starts, None) == row.valid_from and correction.says.get(starts) != start:
        label = str(type(row)._meta.get_field(starts).verbose_name)  # type: ignore[union-attr]
        yield "valid_from", f"Ce fait commence le jour « {label} » : écrivez le même jour aux deux endroits."
    if row.known_until is None and row.standing == HELD:  # else it is closed, and that is what is said
        for other in beside(row, correction.valid):
            days = record.days(other)
            yield (
                "valid_until",
                f"Un autre fait du même objet vaut déjà {days} : corrigez-le d'abord, ou changez les jours.",
            )


def beside(row: Dated, valid: Period[date], standing: str = HELD) -> list[Dated]:
    """The other rows known now about the same thing, on days that share one with these."""
    about = {name: getattr(row, name) for name in type(row).OF}
    found = type(row).objects.held_or_proposed().filter(**about).exclude(pk=row.pk).overlapping(valid).in_time()
    return [other for other in found.select_related("source") if other.standing == standing]
