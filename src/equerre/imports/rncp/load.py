"""Sheets as read, into the registry: identities, active periods, diploma codes, skill blocks. One load for the three forms.

Each delivery is dated and delivered whole (``registry.weighing``): vintages loaded in any order tell the same history. Certif
Info copies the register that France compétences keeps: between them the newest word is held, and a contradiction on the last
day, the level or the kind waits for somebody. A sheet that its publisher calls inactive without a day (or with a day to come)
stays, closed since a day that nobody gives. What is absent from a delivery is not denied by it: it stays held, and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from equerre.imports.report import News, Refused, Report, outcomes_said
from equerre.imports.rncp import TRIAL_PUBLISHER
from equerre.imports.rncp.kit import PUBLISHER as CERTIF_INFO
from equerre.imports.rncp.sheet import SheetRead
from equerre.imports.rncp.tables import PUBLISHER as FRANCE_COMPETENCES
from equerre.imports.spreadsheet import Remarks
from equerre.kernel.errors import PeriodError, quoted
from equerre.kernel.french import day, last_day
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import Dated
from equerre.registry.delivering import StagedPart, Staging
from equerre.registry.record import Entry, Unborn, plain
from equerre.registry.weighing import Peers, Said, Saying

_LONGEST_TITLE = 400
KIND = "rncp"


def load(
    sheets: Sequence[SheetRead], staging: Staging, report: Report, progress: Callable[[int], None]
) -> Callable[[], None]:
    """Weigh all that one delivery says; what is given back tells it. ``progress`` is told how many sheets are weighed."""
    numbers = staging.numbers(models.Certification, (code for one in sheets for code in (one.code, *one.successors)))
    loading = _SheetsLoad(staging, report)
    loading.weigh(sheets, numbers)
    progress(len(sheets))
    return loading.told


class _SheetsLoad:
    """One delivery on its way in: what each kind of fact became, and what is to be said."""

    def __init__(self, staging: Staging, report: Report) -> None:
        self._staging, self._by, self._report = staging, staging.by, report
        self._pieces: dict[type[Dated], Sequence[StagedPart]] = {}
        self._codes: dict[object, str] = {}
        self._remarks = Remarks()

    def weigh(self, sheets: Sequence[SheetRead], numbers: Mapping[str, int | Unborn]) -> None:
        self._codes = {number: code for code, number in numbers.items()}
        said: dict[type[Any], list[Entry]] = {
            models.CertificationSheet: [one for sheet in sheets if (one := self._sheet(sheet, numbers)) is not None],
            models.DiplomaCode: [one for sheet in sheets for one in _codes(sheet, numbers)],
            models.SkillBlock: [one for sheet in sheets for one in _blocks(sheet, numbers)],
        }
        self._pieces = {model: self._staging.whole(model, entries, PEERS) for model, entries in said.items()}

    # --- One sheet ----------------------------------------------------------------------------------------------------

    def _sheet(self, sheet: SheetRead, numbers: Mapping[str, int | Unborn]) -> Entry | None:
        """What the delivery says of its active days; None when it says nothing of them."""
        if sheet.active is None and sheet.days.ends_on is None:
            self._remarks.note(
                "Fiches dont la livraison ne dit ni l'état ni la fin (leurs codes seuls sont gardés)", sheet.code
            )
            return None
        known = self._known_days(sheet)
        end = sheet.days.ends_on + timedelta(days=1) if known and sheet.days.ends_on else None
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
            "closed_read_on": None if known else self._by.source.dated_on,
        }
        named: dict[str, Any] = {"successors": [numbers[code] for code in sheet.successors]} if sheet.successors else {}
        return Entry(models.CertificationSheet, values, valid, named, f"{sheet.file}, ligne {sheet.line}")

    def _known_days(self, sheet: SheetRead) -> bool:
        """Does the delivery say on which days the sheet is active? An inactive sheet needs a day in the past."""
        end, read_on = sheet.days.ends_on, self._by.source.dated_on
        assert read_on is not None
        if sheet.active is False and end is None:
            self._remarks.note(
                "Fiches dites inactives sans date de fin (closes, à un jour que nul ne donne)",
                sheet.code,
            )
            return False
        if sheet.active is False and end is not None and end > read_on:
            self._remarks.note(
                "Fiches dites inactives dont la date de fin est à venir (closes, à un jour que nul ne donne)",
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

    # --- What is told once it is published ----------------------------------------------------------------------------

    def told(self) -> None:
        """What became of everything, as people ask it."""
        for model, pieces in self._pieces.items():
            words = Counter(thing.moves.outcome for piece in pieces for thing in piece.things)
            for word, number in words.items():
                self._report.count(word, number)
            if words:
                self._report.remarks.append(f"{_KINDS[model]} : {outcomes_said(words)}.")
        codes = self._codes | {plain(number): code for number, code in self._codes.items()}
        self._report.news += _news(self._pieces[models.CertificationSheet], codes, self._absent())
        self._report.remarks += self._remarks.sentences()

    def _absent(self) -> list[str]:
        """Sheets that this publisher said before and says no more: an absence denies nothing, they stay held."""
        source, said = self._by.source, set(self._codes.values())
        rows = models.CertificationSheet.objects.held().said_by(source.publisher)
        rows = rows.filter(source__dated_on__lt=source.dated_on).order_by("certification__key")
        return [code for code in rows.values_list("certification__key", flat=True) if code not in said]


def _news(pieces: Sequence[StagedPart], codes: Mapping[object, str], absent: Sequence[str]) -> Iterator[News]:
    """Sheet by sheet: which appeared, closed, ends otherwise, bears another title; which are said no more."""
    found: dict[str, list[Mapping[str, Any]]] = {key: [] for key in _NEWS}
    for thing in (thing for piece in pieces for thing in piece.things):
        (number,) = thing.about
        code = codes[number]
        if thing.moves.outcome == "new":
            found["appeared"].append({"code": code, "said": code})
        for was, now in zip(thing.moves.was, thing.moves.now, strict=False):
            for key, item in _changed(was, now):
                found[key].append({"code": code, **item, "said": f"{code} : {item['said']}"})
    found["gone"] = [{"code": code, "said": code} for code in absent]
    return (News(key, label, found[key]) for key, label in _NEWS.items())


_NEWS = {
    "appeared": "Fiches apparues",
    "closed": "Fiches closes, à un jour que nul ne donne",
    "reopened": "Fiches closes, dites de nouveau actives",
    "brought_forward": "Fins avancées",
    "put_back": "Fins reculées",
    "renamed": "Intitulés changés",
    "gone": "Fiches qu'une livraison plus ancienne disait et que celle-ci ne dit plus (elles restent tenues)",
}


def _changed(was: Saying, now: Saying) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a sheet became, from what was held to what is."""
    before, after = was.said, now.said
    ended, ends = before["until"], after["until"]
    if after["closed_read_on"] is not None and before["closed_read_on"] is None:
        read_on = after["closed_read_on"]
        yield "closed", {"read_on": read_on.isoformat(), "before": _last(ended), "said": f"lue close le {day(read_on)}"}
    elif after["closed_read_on"] is None and before["closed_read_on"] is not None:
        yield "reopened", {"until": _last(ends), "said": f"jusqu'au {last_day(ends)}" if ends else "sans date de fin"}
    elif ends != ended:
        key = "brought_forward" if ends is not None and (ended is None or ends < ended) else "put_back"
        new, old = (f"{last_day(end)}" if end else "sans date de fin" for end in (ends, ended))
        yield key, {"until": _last(ends), "before": _last(ended), "said": f"{new} au lieu de {old}"}
    if before["title"] != after["title"]:
        said = f"{quoted(after['title'])} au lieu de {quoted(before['title'])}"
        yield "renamed", {"title": after["title"], "before": before["title"], "said": said}


def _last(end: date | None) -> str | None:
    """The last day inside, for a program."""
    return (end - timedelta(days=1)).isoformat() if end else None


_KINDS: dict[type[Dated], str] = {
    models.CertificationSheet: "Fiches",
    models.DiplomaCode: "Codes de diplôme",
    models.SkillBlock: "Blocs de compétences",
}


def _said(on: date | None) -> str:
    return day(on) if on else "(jour non dit)"


# A code and a block have no days of their own: said, or not.
_ALWAYS: Period[date] = Period()


def _codes(sheet: SheetRead, numbers: Mapping[str, int | Unborn]) -> Iterator[Entry]:
    for code in sheet.cfd:
        yield Entry(models.DiplomaCode, {"certification": numbers[sheet.code], "cfd": code}, _ALWAYS)


def _blocks(sheet: SheetRead, numbers: Mapping[str, int | Unborn]) -> Iterator[Entry]:
    for code, title in sheet.blocks:
        yield Entry(models.SkillBlock, {"certification": numbers[sheet.code], "code": code, "title": title}, _ALWAYS)


# What two publishers must not say otherwise. Titles, first days and the rest are written by each in its own way.
_CONTRADICTS = ("until", "level", "kind")


def _agree(one: Sequence[Said], other: Sequence[Said]) -> bool:
    """Does neither deny the other? What one of them does not say contradicts nothing."""
    return all(
        not _closes(left, right)
        and not _closes(right, left)
        and all(left[name] == right[name] or left[name] is None or right[name] is None for name in _CONTRADICTS)
        for left in one
        for right in other
    )


def _closes(left: Said, right: Said) -> bool:
    """Does one say closed what the other says active on the day it was read?"""
    read_on, other = left["closed_read_on"], right["closed_read_on"]
    return read_on is not None and other is None and (right["until"] is None or right["until"] > read_on)


# Who speaks of the same register; between two that speak of one day, the one who keeps it comes first.
PEERS = Peers((FRANCE_COMPETENCES, CERTIF_INFO, TRIAL_PUBLISHER), {TRIAL_PUBLISHER}, _agree)


def other_day(staging: Staging, dated_on: date | None) -> str:
    """Why a file already read is not given another date: two dates for one file would be two deliveries that never were.

    Empty when it is the same.
    """
    read_on = staging.by.source.dated_on
    if read_on == dated_on:
        return ""
    return (
        f"ce fichier a déjà été lu comme la livraison du {_said(read_on)} : redonnez cette date, ou aucune, ou retirez d'abord "
        "cette livraison (« equerre import undo »)."
    )
