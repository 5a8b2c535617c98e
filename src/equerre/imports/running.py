"""How every import runs: read, weighed while others go on writing, published in one short transaction, nothing half written.

``parse`` gives rows and what it refuses; ``load`` weighs them in a staging (``registry.delivering``), which is published then.
All or nothing, unless ``keep_good``. A trial (``dry_run``) does everything and takes it back, so that its report is that of the
real run.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection, transaction

from equerre.imports.report import Refused, Report
from equerre.kernel.errors import EquerreError
from equerre.registry.dated import Source
from equerre.registry.delivering import Staging
from equerre.registry.models import Delivery
from equerre.registry.record import By
from equerre.registry.weighing import IMPORTED

Row = TypeVar("Row")
# One import at a time on PostgreSQL: any number will do, as long as it is always this one.
_LOCK = 443_6


class ImportRefused(EquerreError):
    """An import that wrote nothing. ``report`` says all that is wrong."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.source)
        self.report = report

    def __str__(self) -> str:
        return "\n".join(self.report.lines())


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Row]):
    """What a parser gives: rows it understood, and what it refuses with its place. ``remarks`` for the report.

    ``read``: how many lines the rows come from, when one line gives several.
    """

    rows: Sequence[Row]
    refused: Sequence[Refused] = ()
    remarks: Sequence[str] = ()
    read: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFile:
    """The file as a source: publisher, title, the day it is dated (not the day it is read), its hash."""

    publisher: str
    title: str
    dated_on: date | None
    sha256: str
    kind: str
    url: str | None = None

    def source(self) -> Source:
        """Its row among the sources, by its hash; one that is not written yet when nobody read it, or when it was withdrawn."""
        key = f"{self.publisher}:{self.sha256[:16]}"
        read = list(Source.objects.filter(publisher=self.publisher, sha256=self.sha256).order_by("pk"))
        withdrawn = set(
            Delivery.objects.filter(source__in=read, withdrawn_at__isnull=False).values_list("source", flat=True)
        )
        found = next((one for one in read if one.pk not in withdrawn), None)
        if found is not None:
            return found
        return Source(
            key=f"{key}:{len(read) + 1}" if read else key,
            publisher=self.publisher,
            title=self.title,
            dated_on=self.dated_on,
            url=self.url,
            sha256=self.sha256,
        )


def fingerprint(pieces: Iterable[bytes]) -> str:
    """SHA-256 of a file given in pieces."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """A reading makes hundreds of thousands of small objects that all live to its end: walking them would free none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


# Weighs rows in a staging, and gives what is to be told once it is published.
Load = Callable[[Sequence[Row], Staging, Report, Callable[[int], None]], Callable[[], None]]


def run(
    parsed: Parsed[Row],
    load: Load[Row],
    delivery: DeliveryFile,
    *,
    author: str,
    recorded_at: datetime,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Callable[[int], None] = lambda done: None,
    unit: tuple[str, str] = ("ligne lue", "lignes lues"),
) -> Report:
    """Write what was parsed, or raise :class:`ImportRefused`. ``progress`` is told how many rows are weighed.

    ``unit``: what a row is, in the singular and in the plural.
    """
    title = f"{delivery.publisher}, {delivery.title}"
    read = len(parsed.rows) if parsed.read is None else parsed.read
    report = Report(title, dry_run, remarks=list(parsed.remarks), read=read, unit=unit)
    report.refused.extend(parsed.refused)
    if parsed.refused and not keep_good:
        raise ImportRefused(report)
    staging = Staging(By(author, instant(recorded_at), delivery.source(), IMPORTED), delivery.kind)
    try:
        with _collecting_nothing():
            told = load(parsed.rows, staging, report, progress)
            if report.refused and not keep_good:
                raise ImportRefused(report)
            publish(staging, report, told, keep_good=keep_good)
    except OperationalError as error:
        report.refused.append(Refused(report.source, 0, "", f"{why(error)} Rien n'a été changé."))
        raise ImportRefused(report) from error
    return report


def publish(staging: Staging, report: Report, told: Callable[[], None], *, keep_good: bool = False) -> None:
    """Write what a staging holds and tell it, in one transaction; take it back when the report says that it is a trial."""
    if not staging.writes:
        told()
        return
    with transaction.atomic():
        alone()
        staging.publish()
        for refusal in staging.refused:
            place: Any = refusal.place
            report.refused.append(Refused(place.file, place.line, "", str(refusal)))
        if report.refused and not keep_good:
            raise ImportRefused(report)
        told()
        if report.dry_run:
            transaction.set_rollback(True)
    if staging.delivery is not None:
        report.delivery = staging.delivery.pk


def instant(recorded_at: datetime) -> datetime:
    """The instant of a reading is its own: what began and what ended then is what this reading did."""
    while Delivery.objects.filter(recorded_at=recorded_at).exists():
        recorded_at += timedelta(microseconds=1)
    return recorded_at


# What a database says when it cannot write, by what it writes in English.
_WHY = {
    "deadlock": "Une autre écriture a croisé celle-ci : recommencez.",
    "lock timeout": "Un autre import est en cours depuis plus d'une minute : attendez qu'il finisse, puis recommencez.",
    "locked": "Une autre écriture est en cours : attendez qu'elle finisse, puis recommencez.",
    "full": "Le disque est plein : faites de la place, puis recommencez.",
    "no space": "Le disque est plein : faites de la place, puis recommencez.",
    "readonly": "La base est en lecture seule : rendez-la accessible en écriture, puis recommencez.",
}


def why(error: OperationalError) -> str:
    said = str(error).casefold()
    known = (sentence for words, sentence in _WHY.items() if words in said)
    return next(known, "La base n'a pas pu écrire : recommencez, et lisez son journal si cela se répète.")


def alone() -> None:
    """SQLite has one writer already (the transaction is immediate); PostgreSQL is asked for a lock, and waits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '60s'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
