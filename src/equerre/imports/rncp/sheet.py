"""One sheet of the RNCP as a delivery says it, whatever the form of the delivery; and what each of its words means here.

- *First day.* Registration counts from publication; the decision comes next, then the day courses may begin. The first that is
  given is the first day of the sheet; none given is a start that is not known.
- *Last day.* "Date d'échéance", "date de fin d'enregistrement": the last registered day.
- *State.* Where a day is given, the day says it; the state is what the publisher's page showed then.
- *Kind.* The law knows diplomas and titles; the files know the name of the diploma, or nothing. ``KINDS`` says how one goes to
  the other. Limits: a sheet registered on request without a name is a title here, although some are certificates of a branch
  (CQP) or brevets of the chambers of trades; an engineer's title is counted with the diplomas. In the two vintages of the kit
  that give both (25 June 2024, 31 January 2025), no name always goes with "enregistrement sur demande".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from equerre.imports.spreadsheet import Remarks, key
from equerre.kernel.errors import quoted

DIPLOMA, TITLE = "diploma", "title"
TWO_TITLES = "Blocs dits sous deux intitulés (ils ne sont pas gardés)"


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a sheet, as far as a delivery gives them. ``ends_on`` is the last registered day."""

    published_on: date | None = None
    decided_on: date | None = None
    effect_on: date | None = None
    ends_on: date | None = None
    last_issue_on: date | None = None


DAYS = tuple(field.name for field in fields(Days))


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What one delivery says of one sheet. ``active`` is None when it does not say."""

    file: str
    line: int
    code: str
    title: str
    kind: str
    level: int | None = None
    active: bool | None = None
    days: Days = Days()
    successors: tuple[str, ...] = ()
    cfd: tuple[str, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()

    @property
    def start(self) -> date | None:
        """The first day on which it is active."""
        return self.days.published_on or self.days.decided_on or self.days.effect_on


class SheetSource(Protocol):
    """A row of a table, an element of a document: fields that are read, or refused with their place."""

    file: str
    line: int

    def text(self, field: str) -> str: ...
    def day(self, field: str) -> date | None: ...
    def refuse(self, field: str, reason: str) -> None: ...


def read(
    told: SheetSource,
    code: str,
    title: str,
    remarks: Remarks,
    successors: tuple[str, ...] = (),
    blocks: tuple[tuple[str, str], ...] = (),
) -> SheetRead:
    """What all forms of delivery say alike: kind, level, state, days."""
    name = told.text("name")
    kind, known = kind_of(name, told.text("registration"))
    if not known:
        remarks.note("Diplômes d'un nom que nous ne connaissons pas, rangés d'après leur enregistrement", name)
    written = told.text("level")
    level, understood = level_of(written)
    if not understood:
        remarks.note("Niveaux que nous ne savons pas lire, laissés vides", f"{code} {quoted(written)}")
    state = told.text("state")
    if key(state) not in STATES:
        told.refuse("state", f"{quoted(state)} n'est pas un état de fiche : on attend ACTIVE ou INACTIVE.")
    days = Days(*(told.day(day) for day in DAYS))
    active = STATES.get(key(state))
    return SheetRead(told.file, told.line, code, title, kind, level, active, days, successors, (), blocks)


# --- Kind -------------------------------------------------------------------------------------------------------------

# The names of diplomas and titles in the deliveries, compared by ``spreadsheet.key``.
_DIPLOMAS = """
    CAP CAPA CAPD BEP BEPA BAC-PRO BP BPA BMA BT BTA BTS BTSA BTSMarit BAPAAT BPJEPS CPJEPS DEJEPS DESJEPS BEES MC MC3 MC4 MC5
    CS CSA CS3 CS4 DMA DNMADE DNA DNAT DNAP DNSEP DNSP DSP DE DEA DEEA DUT BUT DEUST DEUG LICENCE LP Licence-Professionnelle
    MASTER MASTER-PRO MASTER-RECHERCHE MASTERE DOCTORAT DESS Titre-ingénieur Grade-Licence Grade-Master DGE-GM DGE-GL DIPLOVIS
    DipViGrL DipViGrM CA DCG DSCG DTS DPCE DEC
"""
KINDS: Mapping[str, str] = {
    **{key(name): DIPLOMA for name in _DIPLOMAS.split()},
    key("TP"): TITLE,
    key("Titre professionnel"): TITLE,
    key("Titre"): TITLE,
    key("TH"): TITLE,
    key("CQP"): TITLE,
}
_OF_RIGHT = key("Enregistrement de droit")
_ON_REQUEST = key("Enregistrement sur demande")


@lru_cache(maxsize=1024)
def kind_of(name: str, registration: str) -> tuple[str, bool]:
    """The kind of a sheet, by the name of its diploma, else by its way into the register. False when the name is not known.

    >>> kind_of("CAP", "Enregistrement de droit"), kind_of("", "Enregistrement sur demande"), kind_of("Brevet X", "")
    (('diploma', True), ('title', True), ('diploma', False))
    """
    known = KINDS.get(key(name))
    if known:
        return known, True
    way = key(registration)
    if not name or way == _ON_REQUEST:
        return (DIPLOMA if way == _OF_RIGHT else TITLE), not name
    return DIPLOMA, key(name) == key("Autre")


# --- Level, state, codes in a cell ------------------------------------------------------------------------------------

_LEVEL = re.compile(r"(?:niveau|niv)\s*([1-8])", re.IGNORECASE)
# What a sheet bears when its level is not set: « REPRISE » came with the old register.
_NO_LEVEL = {"", "nr", "reprise", "na", "sansniveau"}


@lru_cache(maxsize=256)
def level_of(text: str) -> tuple[int | None, bool]:
    """The number of a level, and False when the text says something that we do not know.

    >>> level_of("Niveau 3"), level_of("NIV6"), level_of("niveau4"), level_of("REPRISE"), level_of("IV bis")
    ((3, True), (6, True), (4, True), (None, True), (None, False))
    """
    found = _LEVEL.fullmatch(text.strip())
    return (int(found[1]), True) if found else (None, key(text) in _NO_LEVEL)


STATES: Mapping[str, bool | None] = {"active": True, "inactive": False, "oui": True, "non": False, "": None, "nr": None}


def several(text: str) -> tuple[str, ...]:
    """The codes of one cell, parted by « | », once each, in order.

    >>> several("RNCP39523|RNCP39522|RNCP39523"), several("NR")
    (('RNCP39523', 'RNCP39522'), ())
    """
    words = (word.strip().upper() for word in text.split("|"))
    return tuple(dict.fromkeys(word for word in words if word and word != "NR"))


# --- Two lines about one sheet ----------------------------------------------------------------------------------------

# A sheet stands on several lines of the kit, one for each code. What makes it valid or not must be said alike on all; of the
# rest, what two lines say otherwise is not known.
NEEDED_ALIKE: Mapping[str, str] = {"kind": "la nature", "active": "l'état", "ends_on": "la date d'échéance"}
LEFT_OUT: Mapping[str, str] = {
    "level": "le niveau",
    "published_on": "la date de publication",
    "decided_on": "la date de décision",
    "effect_on": "la date de début des parcours",
    "last_issue_on": "la date limite de délivrance",
}


def differing(one: SheetRead, other: SheetRead, names: Iterable[str]) -> list[str]:
    """The fields of which two lines about one sheet do not say the same."""
    return [name for name in names if _of(one, name) != _of(other, name)]


def without(sheet: SheetRead, names: Iterable[str]) -> SheetRead:
    """The sheet, with nothing said of these fields."""
    lost = dict.fromkeys(names)
    level = None if "level" in lost else sheet.level
    days = {name: None if name in lost else getattr(sheet.days, name) for name in DAYS}
    return replace(sheet, level=level, days=Days(**days))


def _of(sheet: SheetRead, name: str) -> object:
    return getattr(sheet.days if name in DAYS else sheet, name)
