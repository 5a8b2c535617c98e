"""How every import runs: one transaction, nothing half written, the same report; a second import waits or is told.

``parse`` gives rows and what it refuses; ``load`` writes the rows. All or nothing, unless ``keep_good``. A trial
(``dry_run``) does everything and takes it back, so that its report is the one of the real run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.db import OperationalError, connection, transaction

from equerre.imports.report import Refused, Report
from equerre.kernel.errors import EquerreError
from equerre.registry.dated import Source
from equerre.registry.record import By

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
    """What a parser gives: rows it understood, and what it refuses with its place. ``remarks`` for the report."""

    rows: Sequence[Row]
    refused: Sequence[Refused] = ()
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """The file as a source: publisher, title, the day it is dated (not the day it is read), its hash."""

    publisher: str
    title: str
    dated_on: date | None
    sha256: str
    url: str | None = None

    def source(self) -> Source:
        """Its row among the sources, made once: the hash is its key."""
        found, _ = Source.objects.get_or_create(
            key=f"{self.publisher}:{self.sha256[:16]}",
            defaults={
                "publisher": self.publisher,
                "title": self.title,
                "dated_on": self.dated_on,
                "url": self.url,
                "sha256": self.sha256,
            },
        )
        return found


def fingerprint(pieces: Iterable[bytes]) -> str:
    """SHA-256 of a file given in pieces."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def run(
    parsed: Parsed[Row],
    load: Callable[[Sequence[Row], By, Report, Callable[[int], None]], None],
    delivery: Delivery,
    *,
    author: str,
    recorded_at: datetime,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Write what was parsed, or raise :class:`ImportRefused`. ``progress`` is told how many rows are done."""
    report = Report(f"{delivery.publisher}, {delivery.title}", dry_run, remarks=list(parsed.remarks))
    report.refused.extend(parsed.refused)
    if parsed.refused and not keep_good:
        raise ImportRefused(report)
    try:
        with transaction.atomic():
            _alone()
            load(parsed.rows, By(author, recorded_at, delivery.source(), "import"), report, progress)
            if report.refused and not keep_good:
                raise ImportRefused(report)
            if dry_run:
                transaction.set_rollback(True)
    except OperationalError as error:
        sentence = f"la base n'a pas pu écrire ({error}). Rien n'a été changé : recommencez."
        report.refused.append(Refused(report.source, 0, "", sentence))
        raise ImportRefused(report) from error
    return report


def _alone() -> None:
    """SQLite has one writer already (the transaction is immediate); PostgreSQL is asked for a lock, and waits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '60s'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
