"""Sheets as read, into the registry: identities, active periods, diploma codes, skill blocks. One load for the three forms.

Each delivery is dated and delivered whole (``registry.delivering``): vintages loaded in any order tell the same history. Certif
Info copies the register that France compétences keeps: between them the newest word is held, and a contradiction on the last
day, the level or the kind waits for somebody. A sheet that its publisher calls inactive without a day (or with a day to come) is
held no more, and no day is made up. What is absent from a delivery is not denied by it: it stays held, and is told.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from equerre.imports.report import OUTCOMES, Refused, Report
from equerre.imports.rncp.kit import PUBLISHER as CERTIF_INFO
from equerre.imports.rncp.sheet import SheetRead
from equerre.imports.rncp.tables import PUBLISHER as FRANCE_COMPETENCES
from equerre.imports.spreadsheet import Remarks
from equerre.kernel.errors import PeriodError
from equerre.kernel.french import day
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import Dated
from equerre.registry.delivering import Said, Saying, deliver_all
from equerre.registry.record import By, Entry, RecordError, identify

# Who speaks of the same register; between two that speak of one day, the one who keeps it comes first.
PEERS = (FRANCE_COMPETENCES, CERTIF_INFO)
_BATCH = 5_000
_LONGEST_TITLE = 400
_WORDS = {"proposed": "contested"}


def load(sheets: Sequence[SheetRead], by: By, report: Report, progress: Callable[[int], None]) -> None:
    """Write all that one delivery says. ``progress`` is told how many sheets are done."""
    again = models.CertificationSheet.objects.filter(source=by.source).exists()
    again = again or models.DiplomaCode.objects.filter(source=by.source).exists()
    numbers = identify(models.Certification, (code for one in sheets for code in (one.code, *one.successors)))
    loading = _SheetsLoad(by, report, numbers, again=again)
    for start in range(0, len(sheets), _BATCH):
        with _collecting_nothing():
            loading.batch(sheets[start : start + _BATCH])
        progress(min(start + _BATCH, len(sheets)))
    loading.absent({sheet.code for sheet in sheets})
    loading.told()


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """A batch makes hundreds of thousands of small objects that all live to its end: walking them would free none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _SheetsLoad:
    """One delivery on its way in: what each kind of fact became, and what is to be said."""

    def __init__(self, by: By, report: Report, numbers: Mapping[str, int], *, again: bool) -> None:
        self._by, self._report, self._numbers, self._again = by, report, numbers, again
        self._words: dict[str, Counter[str]] = {label: Counter() for label in _KINDS.values()}
        self._remarks = Remarks()

    def batch(self, sheets: Sequence[SheetRead]) -> None:
        numbers = self._numbers
        said = [one for sheet in sheets if (one := self._sheet(sheet, numbers)) is not None]
        self._deliver(models.CertificationSheet, said, agrees=_agree)
        self._deliver(models.DiplomaCode, [one for sheet in sheets for one in _codes(sheet, numbers)])
        self._deliver(models.SkillBlock, [one for sheet in sheets for one in _blocks(sheet, numbers)])

    def _deliver(
        self,
        model: type[Dated],
        sayings: Sequence[Saying | Entry],
        agrees: Callable[[Sequence[Said], Sequence[Said]], bool] | None = None,
    ) -> None:
        words = Counter(deliver_all(model, sayings, self._by, peers=PEERS, agrees=agrees))
        for word, number in words.items():
            outcome = "unchanged" if self._again else _WORDS.get(word, word)
            self._words[_KINDS[model]][outcome] += number
            self._report.count(outcome, number)

    # --- One sheet ----------------------------------------------------------------------------------------------------

    def _sheet(self, sheet: SheetRead, numbers: Mapping[str, int]) -> Saying | Entry | None:
        """What the delivery says of its active days; None when it says nothing of them."""
        if sheet.active is None and sheet.days.ends_on is None:
            self._remarks.note(
                "Fiches dont la livraison ne dit ni l'état ni la fin (leurs codes seuls sont gardés)", sheet.code
            )
            return None
        held = self._known_days(sheet)
        end = sheet.days.ends_on + timedelta(days=1) if held and sheet.days.ends_on else None
        try:
            valid = Period(sheet.start, end)
        except PeriodError:
            self._refuse(
                sheet,
                f"la fiche {sheet.code} commencerait le {_said(sheet.start)} et finirait le {_said(sheet.days.ends_on)}.",
            )
            return None
        values = {
            "certification": numbers[sheet.code],
            "title": self._title(sheet),
            "kind": sheet.kind,
            "level": sheet.level,
            "read_on": self._by.source.dated_on,
            "decided_on": sheet.days.decided_on,
            "effect_on": sheet.days.effect_on,
            "last_issue_on": sheet.days.last_issue_on,
        }
        named: dict[str, Any] = {"successors": [numbers[code] for code in sheet.successors]} if sheet.successors else {}
        entry = Entry(models.CertificationSheet, values, valid, named, f"{sheet.file}, ligne {sheet.line}")
        return entry if held else Saying(values, (entry,), held=False)

    def _known_days(self, sheet: SheetRead) -> bool:
        """Does the delivery say on which days the sheet is active? An inactive sheet needs a day in the past."""
        end, read_on = sheet.days.ends_on, self._by.source.dated_on
        assert read_on is not None
        if sheet.active is False and end is None:
            self._remarks.note(
                "Fiches dites inactives sans date de fin (elles ne sont plus tenues, aucun jour n'est inventé)",
                sheet.code,
            )
            return False
        if sheet.active is False and end is not None and end > read_on:
            self._remarks.note(
                "Fiches dites inactives dont la date de fin est à venir (elles ne sont plus tenues)",
                f"{sheet.code} {day(end)}",
            )
            return False
        if sheet.active and end is not None and end < read_on:
            self._remarks.note(
                "Fiches dites actives dont la date de fin est passée (la date fait foi)", f"{sheet.code} {day(end)}"
            )
        return True

    def _title(self, sheet: SheetRead) -> str:
        if len(sheet.title) <= _LONGEST_TITLE:
            return sheet.title
        self._remarks.note(f"Intitulés de plus de {_LONGEST_TITLE} caractères, coupés", sheet.code)
        return sheet.title[: _LONGEST_TITLE - 1] + "…"

    def _refuse(self, sheet: SheetRead, reason: str) -> None:
        self._report.refused.append(Refused(sheet.file, sheet.line, "", reason))

    # --- What is told at the end --------------------------------------------------------------------------------------

    def absent(self, codes: set[str]) -> None:
        """Sheets that this publisher said before and says no more: an absence denies nothing."""
        source = self._by.source
        rows = models.CertificationSheet.objects.held().said_by(source.publisher)
        rows = rows.filter(source__dated_on__lt=source.dated_on)
        for code in rows.order_by("certification__key").values_list("certification__key", flat=True):
            if code not in codes:
                self._remarks.note(
                    "Fiches qu'une livraison plus ancienne disait et que celle-ci ne dit plus (elles restent tenues)",
                    code,
                )

    def told(self) -> None:
        for label, words in self._words.items():
            if words:
                said = ", ".join(f"{number} {OUTCOMES[word]}" for word in OUTCOMES if (number := words[word]))
                self._report.remarks.append(f"{label} : {said}.")
        self._report.remarks += self._remarks.sentences()


_KINDS: dict[type[Dated], str] = {
    models.CertificationSheet: "Fiches",
    models.DiplomaCode: "Codes de diplôme",
    models.SkillBlock: "Blocs de compétences",
}


def _said(on: date | None) -> str:
    return day(on) if on else "(jour non dit)"


# A code and a block have no days of their own: said, or not.
_ALWAYS: Period[date] = Period()


def _codes(sheet: SheetRead, numbers: Mapping[str, int]) -> Iterator[Entry]:
    for code in sheet.cfd:
        yield Entry(models.DiplomaCode, {"certification": numbers[sheet.code], "cfd": code}, _ALWAYS)


def _blocks(sheet: SheetRead, numbers: Mapping[str, int]) -> Iterator[Entry]:
    for code, title in sheet.blocks:
        yield Entry(models.SkillBlock, {"certification": numbers[sheet.code], "code": code, "title": title}, _ALWAYS)


# What two publishers must not say otherwise. Titles, first days and the rest are written by each in its own way.
_CONTRADICTS = ("until", "level", "kind")


def _agree(one: Sequence[Said], other: Sequence[Said]) -> bool:
    """Does neither deny the other? What one of them does not say contradicts nothing."""
    return all(
        left[name] == right[name] or left[name] is None or right[name] is None
        for left in one
        for right in other
        for name in _CONTRADICTS
    )


def refuse_other_day(by: By, dated_on: date | None) -> None:
    """A file already read keeps its date: two dates for one file would be two deliveries that never were."""
    if by.source.dated_on != dated_on:
        raise RecordError(
            f"Ce fichier a déjà été lu comme la livraison du {_said(by.source.dated_on)} : redonnez cette date, ou aucune."
        )
