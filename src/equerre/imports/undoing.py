"""A delivery taken back, whole: what it said counts no more, and what it had ended is taken up again.

Nothing is deleted: its rows end now, under the reason *withdrawn*, and stay in the history. What somebody decided on its words
stays, and is told. The same file may then be read again, with its right date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import OperationalError, models, transaction

from equerre.imports.report import News, Refused, Report
from equerre.imports.rncp.load import KIND as RNCP
from equerre.imports.rncp.load import PEERS
from equerre.imports.running import ImportRefused, alone, instant, why
from equerre.kernel.errors import quoted
from equerre.kernel.french import counted, day
from equerre.registry.dated import HELD, Dated
from equerre.registry.delivering import About, StagedPart, Staging, Thing, mark_withdrawn
from equerre.registry.history import PARIS
from equerre.registry.models import DATED, CertificationSheet, Delivery, DiplomaCode, SkillBlock
from equerre.registry.record import By
from equerre.registry.weighing import IMPORTED, WITHDRAWN, Saying

WHOLE = (CertificationSheet, DiplomaCode, SkillBlock)
_LAST = 10


def deliveries() -> list[Delivery]:
    """All that was read and wrote something, the last one first."""
    return list(Delivery.objects.select_related("source").order_by("-recorded_at"))


def named(delivery: Delivery) -> str:
    """« Livraison n° 12, Certif Info, kit apprentissage du 31 janvier 2025, lue le 3 février 2025 »."""
    source = delivery.source
    withdrawn = f", retirée le {_day(delivery.withdrawn_at)}" if delivery.withdrawn_at else ""
    read_on = _day(delivery.recorded_at)
    return f"Livraison n° {delivery.pk}, {source.publisher}, {source.title}, lue le {read_on}{withdrawn}"


def _day(at: datetime) -> str:
    return day(at.astimezone(PARIS).date())


def as_data(delivery: Delivery) -> dict[str, Any]:
    """The same, for a program."""
    source, withdrawn_at = delivery.source, delivery.withdrawn_at
    return {
        "delivery": delivery.pk,
        "import": delivery.kind,
        "publisher": source.publisher,
        "title": source.title,
        "dated_on": source.dated_on.isoformat() if source.dated_on else None,
        "sha256": source.sha256,
        "recorded_at": delivery.recorded_at.isoformat(),
        "withdrawn_at": withdrawn_at.isoformat() if withdrawn_at else None,
    }


def undo(number: int, *, author: str, recorded_at: datetime, dry_run: bool = False) -> Report:
    """Withdraw a delivery by its number. Raises :class:`ImportRefused` when there is none, or when it is withdrawn already."""
    delivery = next((each for each in deliveries() if each.pk == number), None)
    report = Report(named(delivery) if delivery else f"Livraison n° {number}", dry_run, did="retirée")
    if delivery is None or delivery.withdrawn_at is not None:
        report.refused.append(Refused(report.source, 0, "", _refusal(delivery)))
        raise ImportRefused(report)
    read = list(Delivery.objects.filter(source=delivery.source))
    staging = Staging(By(author, instant(recorded_at), delivery.source, WITHDRAWN))
    try:
        with transaction.atomic():
            alone()
            pieces = list(_withdrawn(staging, delivery, read))
            staging.publish()
            mark_withdrawn(delivery.source, staging.by)
            _tell(report, pieces, delivery)
            if dry_run:
                transaction.set_rollback(True)
    except OperationalError as error:
        report.refused.append(Refused(report.source, 0, "", f"{why(error)} Rien n'a été changé."))
        raise ImportRefused(report) from error
    return report


def _refusal(delivery: Delivery | None) -> str:
    if delivery is not None:
        return "elle est déjà retirée."
    last = [named(each) for each in deliveries()[:_LAST]]
    return (
        f"aucune livraison n'a ce numéro. Les dernières : {' ; '.join(last)}."
        if last
        else "aucune livraison n'a été lue."
    )


def _withdrawn(staging: Staging, delivery: Delivery, read: Sequence[Delivery]) -> Iterator[StagedPart]:
    if delivery.kind == RNCP:
        gone = {delivery.source.key}
        gone |= set(Delivery.objects.filter(withdrawn_at__isnull=False).values_list("source__key", flat=True))
        for whole in WHOLE:
            yield from staging.withdraw(whole, gone, (), PEERS)
    else:
        at = [each.recorded_at for each in read]
        for model in DATED:
            yield from staging.withdraw(model, (), at, None)


def _tell(report: Report, pieces: Sequence[StagedPart], delivery: Delivery) -> None:
    ended, again, contested = list[dict[str, Any]](), list[dict[str, Any]](), 0
    for piece in pieces:
        moving = [thing for thing in piece.things if thing.moves.ends or thing.moves.begins]
        names = _names(piece.model, moving)
        for thing in moving:
            name = names[thing.about]
            said = {"kind": piece.model.KIND, "about": name, "said": f"{piece.model._meta.verbose_name} {quoted(name)}"}
            held = [row.word for row in thing.moves.ends if row.standing == HELD]
            begun = [each.word for each in thing.moves.begins if each.standing == HELD]
            ended += [said for _ in _new(held, begun)]
            again += [said for _ in _new(begun, held)]
            contested += sum(row.standing != HELD and row.reason == IMPORTED for row in thing.moves.ends)
            report.count(thing.moves.outcome)
    report.news += [
        News("ended", "Faits qui ne sont plus tenus", ended),
        News("taken_up", "Faits tenus de nouveau", again),
    ]
    left = sum(_decided(model, delivery) for model in {piece.model for piece in pieces})
    if left:
        one, many = (
            "fait qu'une personne a tranché d'après elle reste tenu",
            "faits que des personnes ont tranchés d'après elle restent tenus",
        )
        report.remarks.append(f"{counted(left, one, many)}.")


def _new(words: Iterable[Saying], others: Iterable[Saying]) -> list[Saying]:
    spoken = {word.spoken for word in others}
    return [word for word in words if word.spoken not in spoken]


def _decided(model: type[Dated], delivery: Delivery) -> int:
    return model.objects.held().filter(source=delivery.source).exclude(reason=IMPORTED).count()


def _names(model: type[Dated], things: Sequence[Thing]) -> dict[About, str]:
    """What things are called, by what they are about: the keys of the identities, and the rest as it is."""
    keys: list[dict[object, str]] = []
    for place, name in enumerate(model.OF):
        field = model._meta.get_field(name)
        assert isinstance(field, models.Field)
        related: Any = field.related_model
        wanted = {thing.about[place] for thing in things}
        found = related._default_manager.filter(pk__in=wanted).values_list("pk", "key") if related is not None else ()
        keys.append(dict(found))
    return {
        thing.about: ", ".join(str(known.get(part, part)) for known, part in zip(keys, thing.about, strict=True))
        for thing in things
    }
