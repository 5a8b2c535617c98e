"""The book that one load writes in: sources and identities made once, facts kept by instant and source, then written together.

Everything goes through ``record``. What nobody corrects is put aside with ``hold`` and written by ``write``, one batch for each
instant and source, in order of time; what changes later is written at once by the verbs of ``record``, with ``by``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from equerre.kernel.period import Period
from equerre.registry import models, record
from equerre.registry.dated import Dated, Source
from equerre.registry.record import By, Entry

MINISTER = "le ministre chargé de l'éducation nationale"
MINISTERS = "les ministres chargés de l'éducation nationale et de la formation professionnelle"
EDUCATION = "Ministère chargé de l'éducation nationale"
DEMO = "Équerre, données fictives"
ACTS = {
    "recognition": MINISTER,
    "recognition_withdrawal": MINISTER,
    "annual_list": MINISTERS,
    "annual_list_amendment": MINISTERS,
}


def fact(model: type[Dated], start: date | None = None, end: date | None = None, /, **values: Any) -> Entry:
    """One row to write: its days, then its values by field."""
    return Entry(model, values, Period(start, end))


def naming(entry: Entry, **many: Sequence[Model]) -> Entry:
    """The same row, with the rows that it names."""
    return replace(entry, many=many)


class Book:
    """One load, by one author."""

    def __init__(self, author: str) -> None:
        self.author = author
        self._sources: dict[str, Source] = {}
        self._acts: dict[str, models.Act] = {}
        self._certifications: dict[str, models.Certification] = {}
        self._aside: dict[tuple[datetime, str], list[Entry]] = {}

    # --- made once ---------------------------------------------------------------------------------------------------

    def source(self, key: str, publisher: str, title: str, dated_on: date | None = None) -> Source:
        """The source of that key, made the first time that it is asked for."""
        if key not in self._sources:
            self._sources[key] = Source.objects.create(key=key, publisher=publisher, title=title, dated_on=dated_on)
        return self._sources[key]

    def certification(self, code: str) -> models.Certification:
        if code not in self._certifications:
            self._certifications[code] = models.Certification.objects.create(key=code)
        return self._certifications[code]

    def act(
        self,
        number: str,
        kind: str,
        at: datetime,
        *,
        signed_on: date,
        published_on: date,
        effect_on: date | None = None,
        authority: str = "",
        amends: models.Act | None = None,
    ) -> tuple[models.Act, Source]:
        """A fictional act, and the source that it is."""
        authority = authority or ACTS[kind]
        act = self._acts[number] = models.Act.objects.create(key=number)
        source = self.source(f"demo:{number}", _publisher(authority), f"Arrêté {number} (acte fictif)", published_on)
        details = fact(
            models.ActDetails,
            effect_on or published_on,
            act=act,
            kind=kind,
            authority=authority,
            number=number,
            signed_on=signed_on,
            published_on=published_on,
            effect_on=effect_on,
            amends=amends,
        )
        self.hold(source, at, details)
        return act, source

    def act_of(self, number: str) -> tuple[models.Act, Source]:
        """An act already made, and its source."""
        return self._acts[number], self._sources[f"demo:{number}"]

    # --- written -----------------------------------------------------------------------------------------------------

    def by(self, source: Source, at: datetime, reason: str = "entry", note: str = "") -> By:
        return By(self.author, at, source, reason, note)

    def hold(self, source: Source, at: datetime, *entries: Entry) -> None:
        """Put facts aside, to be written with all that the same source says at the same instant."""
        self._aside.setdefault((at, source.key), []).extend(entries)

    def write(self) -> None:
        """Write all that was put aside, in order of time."""
        for at, key in sorted(self._aside, key=lambda batch: batch[0]):
            record.record_all(self._aside[at, key], self.by(self._sources[key], at))
        self._aside.clear()


def _publisher(authority: str) -> str:
    if authority == MINISTER:
        return EDUCATION
    if authority == MINISTERS:
        return "Ministères chargés de l'éducation nationale et de la formation professionnelle"
    return f"{authority[0].upper()}{authority[1:]}"
