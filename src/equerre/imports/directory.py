"""The ministry's directory (*annuaire de l'éducation*), CSV: names, addresses and couples UAI–SIRET of the schools we hold.

Two generations of columns, read by name and never by position. Only schools of the registry are looked at, by their UAI; none is
ever made from the directory, whose "nature" does not know écoles de production (some stand there as collèges). What is missing
here is recorded, from the day on which the ministry last wrote the line; what contradicts is proposed, for somebody to settle.

What a spreadsheet has destroyed is refused by name, wherever it stands: a file saved over is spoiled everywhere. Nothing is
repaired by guess; case, accents, signs and blanks make no difference between two names, and that is said.

Truth: the dataset fr-en-annuaire-education of the ministry (Licence Ouverte), a file of June 2023 and the columns of 2024.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from itertools import chain, islice
from typing import IO, Any

from equerre.imports import spreadsheet
from equerre.imports.report import Refused, Report
from equerre.imports.running import DeliveryFile, ImportRefused, Parsed, fingerprint, run
from equerre.imports.spoiled import day_of_serial, lost_zero, spoiled_number
from equerre.imports.spreadsheet import CellRefused, Cells, FileRefused, Header, Remarks
from equerre.imports.spreadsheet import key as bare
from equerre.kernel import geography, siret, uai
from equerre.kernel.errors import IdentifierError, quoted
from equerre.kernel.french import counted, day
from equerre.kernel.invisible import OTHER_ALPHABET, foreign_said
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import Dated, value_fields
from equerre.registry.delivering import Staging, Told
from equerre.registry.history import PARIS
from equerre.registry.record import By, Entry
from equerre.registry.weighing import HELD, PROPOSED, WITHDRAWN

PUBLISHER = "Annuaire de l'éducation (ministère chargé de l'éducation nationale)"
TITLE = "Annuaire de l'éducation"

# Every title that a column has borne, by field; case, accents and signs put aside. « Code postal » became « Code_postal ».
HEADERS: Mapping[str, Sequence[str]] = {
    "uai": ("Identifiant_de_l_etablissement",),
    "name": ("Nom_etablissement",),
    "street": ("Adresse_1",),
    "more": ("Adresse_2",),
    "postcode": ("Code postal", "Code_postal"),
    "commune": ("Nom_commune",),
    "departement": ("Code_departement",),
    "siret": ("SIREN_SIRET",),
    "updated_on": ("date_maj_ligne",),
    "state": ("etat",),
}
NEEDED = ("uai", "name", "street", "postcode", "commune", "departement", "siret")
OPEN = "ouvert"
_HEADER_WITHIN = 10
# A file saved over by a spreadsheet is spoiled on every line: these say it as well as all of them.
_SHOWN = 5
_PIECE = 1024 * 1024
_TAKE_AGAIN = "Reprenez le fichier d'origine, ou corrigez cette date."

NOTHING_REPAIRED = (
    "Rien n'a été réparé par déduction. Les majuscules, les accents, les signes et les blancs ne font pas de différence entre "
    "deux noms."
)
NATURE = "La nature qu'il donne aux établissements n'est pas lue : elle ne dit pas ce qu'est une école de production."


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One establishment as the directory tells it. What it does not tell is ""."""

    file: str
    line: int
    uai: str
    name: str
    address: str
    postcode: str
    commune: str
    departement: str
    siret: str
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """A file read: its rows about schools that are wanted, and the last day on which the ministry wrote one of all its lines."""

    parsed: Parsed[DirectoryRow]
    dated_on: date | None = None


def bring(
    source: IO[bytes],
    file: str,
    *,
    author: str,
    recorded_at: datetime,
    dated_on: date | None = None,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Read one opened file, in pieces, and write what it says of our schools. Raises :class:`ImportRefused`.

    ``dated_on`` is its day, when its lines do not say it. No day may come after that of ``recorded_at``, in Paris.
    """
    read = parse(source, file, wanted(), read_on=recorded_at.astimezone(PARIS).date(), dated_on=dated_on)
    on = dated_on or read.dated_on
    source.seek(0)
    sha256 = fingerprint(iter(lambda: source.read(_PIECE), b""))

    def weighed(
        rows: Sequence[DirectoryRow], staging: Staging, report: Report, progress: Callable[[int], None]
    ) -> Callable[[], None]:
        """A file read before keeps its day: two days would be two deliveries that never were."""
        read_on = staging.by.source.dated_on
        if read_on not in (on, None):
            said = (
                f"ce fichier a déjà été lu comme celui du {day(read_on)} : redonnez ce jour, ou aucun, ou retirez d'abord cette "
                "livraison (« equerre import undo »)."
            )
            report.refused.append(Refused(file, 0, "--date", said))
            raise ImportRefused(report)
        return load(rows, staging, report, progress)

    return run(
        read.parsed,
        weighed,
        DeliveryFile(PUBLISHER, f"{TITLE}, {file}", on, sha256, KIND),
        author=author,
        recorded_at=recorded_at,
        dry_run=dry_run,
        keep_good=keep_good,
        progress=progress,
    )


def keepable(source: IO[bytes], file: str, read_on: date, dated_on: date | None) -> bool:
    """Is there a good line about a school of ours?"""
    return bool(parse(source, file, wanted(), read_on=read_on, dated_on=dated_on).parsed.rows)


def wanted() -> frozenset[str]:
    """The UAI that the sites of the registry bear, or bore."""
    rows = models.SiteDetails.objects.held().filter(uai__isnull=False)
    return frozenset(rows.values_list("uai", flat=True))  # type: ignore[arg-type]


# --- Reading -------------------------------------------------------------------------------------------------------------


def parse(
    source: IO[bytes], file: str, wanted: Collection[str], *, read_on: date, dated_on: date | None = None
) -> Directory:
    """The rows about these UAI. Never raises: what is wrong is refused, with its place, and so is a day after ``read_on``."""
    why = spreadsheet.to_come(dated_on, read_on, "Donnez le jour du fichier.") if dated_on else ""
    if why:
        return Directory(Parsed((), [Refused(file, 0, "--date", why)]))
    try:
        rows, said = spreadsheet.csv_rows(source, file)
        reading = _read(rows, file, wanted, read_on)
    except FileRefused as error:
        return Directory(Parsed((), [error.refused]))
    reading.date(dated_on)
    return Directory(
        Parsed(list(reading.found.values()), reading.refusals(), [*said, *reading.remarks()]), reading.last
    )


def _read(rows: Iterator[spreadsheet.TableRow], file: str, wanted: Collection[str], read_on: date) -> _DirectoryReader:
    """The header, then row after row: the directory of the whole country is never held at once."""
    first = list(islice(rows, _HEADER_WITHIN))
    header = spreadsheet.header(first, HEADERS, NEEDED, file)
    if header is None:
        titles = {bare(str(cell)) for row in first[:1] for cell in row.cells}
        missing = [said[0] for name, said in HEADERS.items() if name in NEEDED and not titles & set(map(bare, said))]
        lacks = ", ".join(map(quoted, missing))
        raise FileRefused(file, f"ce n'est pas l'annuaire de l'éducation : sa première ligne n'a pas {lacks}.")
    reading = _DirectoryReader(file, header, wanted, read_on)
    for row in chain(first, rows):
        if row.line > header.line and not row.blank:
            reading.row(row)
    return reading


@dataclass(slots=True)
class _DirectoryReader:
    """One reading of one file."""

    file: str
    header: Header
    wanted: Collection[str]
    read_on: date
    found: dict[str, DirectoryRow] = field(default_factory=dict)
    last: date | None = None
    _refused: dict[str, list[Refused]] = field(default_factory=dict)
    _more: Counter[str] = field(default_factory=Counter)
    _count: Counter[str] = field(default_factory=Counter)
    _closed: list[str] = field(default_factory=list)
    _contradicted: dict[str, DirectoryRow] = field(default_factory=dict)
    _ours_refused: set[str] = field(default_factory=set)
    _noted: Remarks = field(default_factory=Remarks)

    def row(self, row: spreadsheet.TableRow) -> None:
        cells = Cells(row, self.header, self.file)
        if cells.whole():
            self._establishment(cells)
        if cells.refused:
            number = uai.compact(cells.shown("uai"))
            if number in self.wanted:
                self._ours_refused.add(number)
            self._keep(cells.refused)

    def _establishment(self, cells: Cells) -> None:
        # The state makes a remark and nothing else: no line is refused for it.
        said = {name: cells.shown(name) if name == "state" else cells.text(name) for name in HEADERS}
        for name, spoils in _SPOILS.items():
            why = spoils(said[name])
            if why:
                cells.refuse(name, f"{quoted(said[name])}. {why}")
        updated_on = _day(cells, said["updated_on"])
        if updated_on is not None and updated_on > self.read_on:
            cells.refuse("updated_on", spreadsheet.to_come(updated_on, self.read_on, _TAKE_AGAIN))
        if cells.refused:
            return
        self.last = max(filter(None, (self.last, updated_on)), default=None)
        number = uai.compact(said["uai"])
        if number not in self.wanted:
            self._not_ours(cells, number, said["uai"])
            return
        if number != "".join(said["uai"].split()):
            self._noted.note("Numéros UAI lus en majuscules", f"{quoted(said['uai'])}, ligne {cells.line}")
        for seen in filter(None, (foreign_said(said[name]) for name in ("name", "street", "more", "commune"))):
            self._noted.note(OTHER_ALPHABET, f"{seen}, ligne {cells.line}")
        row = self._of_ours(cells, number, said, updated_on)
        if not cells.refused:
            self._add(cells, row)

    def _not_ours(self, cells: Cells, number: str, said: str) -> None:
        """Another establishment, or a number that is none: with the figures of one of ours, it may well be ours."""
        try:
            uai.validate(number)
        except IdentifierError as error:
            if re.fullmatch("[0-9]{7}[A-Z]", number) and number[:7] + uai.check_letter(number[:7]) in self.wanted:
                cells.refuse("uai", f"{quoted(said)} : {error.reason}")
            else:
                self._noted.note("Numéros UAI faux, dont rien n'est retenu", f"{quoted(said)}, ligne {cells.line}")
            return
        self._count["other"] += 1

    def _of_ours(self, cells: Cells, number: str, said: Mapping[str, str], updated_on: date | None) -> DirectoryRow:
        if bare(said["state"]) not in ("", OPEN):
            self._closed.append(f"{number} ({said['state']})")
        if said["postcode"] and not re.fullmatch("[0-9]{5}", said["postcode"]):
            cells.refuse("postcode", f"{quoted(said['postcode'])}. Un code postal a cinq chiffres.")
        return DirectoryRow(
            self.file,
            cells.line,
            number,
            said["name"],
            ", ".join(filter(None, (said["street"], said["more"]))),
            said["postcode"],
            said["commune"],
            _departement(cells, said["departement"]),
            self._siret(cells, said["siret"]),
            updated_on,
        )

    def _siret(self, cells: Cells, said: str) -> str:
        """The SIRET of an establishment; its legal person's SIREN alone says nothing of a site."""
        if len("".join(said.split())) == 9:
            self._count["siren"] += 1
            return ""
        try:
            return siret.validate(said) if said else ""
        except IdentifierError as error:
            cells.refuse("siret", f"{quoted(said)}. {error.reason}")
            return ""

    def _add(self, cells: Cells, row: DirectoryRow) -> None:
        """Of two lines that contradict each other, nothing says which is right: both are refused, and named."""
        before = self._contradicted.get(row.uai) or self.found.setdefault(row.uai, row)
        if replace(row, line=before.line, updated_on=before.updated_on) == before:
            return
        cells.refuse("uai", _elsewhere(row.uai, before.line))
        if row.uai not in self._contradicted:
            self._contradicted[row.uai] = self.found.pop(row.uai)
            self._keep([Refused(self.file, before.line, cells.title("uai"), _elsewhere(row.uai, row.line))])

    def date(self, given: date | None) -> None:
        """Without a day, one cannot say since when anything is so."""
        if given is None and self.last is None and self.found:
            self._keep(
                [
                    Refused(
                        self.file,
                        0,
                        "date_maj_ligne",
                        "aucune ligne n'est datée. Donnez le jour du fichier : --date.",
                    )
                ]
            )

    def _keep(self, refused: Iterable[Refused]) -> None:
        """The first of each column; a file that a spreadsheet spoiled is spoiled on each line."""
        for refusal in refused:
            kept = self._refused.setdefault(refusal.column, [])
            self._more[refusal.column] += len(kept) > _SHOWN
            if len(kept) <= _SHOWN:
                kept.append(refusal)

    def refusals(self) -> list[Refused]:
        return [one for column, kept in self._refused.items() for one in (*kept[:_SHOWN], *self._rest(column, kept))]

    def _rest(self, column: str, kept: Sequence[Refused]) -> Iterator[Refused]:
        if len(kept) > _SHOWN:
            left = counted(1 + self._more[column], "ligne")
            yield Refused(self.file, kept[_SHOWN].line, column, f"refusée de même, comme {left} à partir de celle-ci.")

    def remarks(self) -> Iterator[str]:
        if self.found or not self._ours_refused:
            yield f"{counted(len(self.found), 'établissement')} de l'annuaire au registre, par le numéro UAI."
        refused = self._ours_refused - self.found.keys()
        if refused:
            yield f"Au registre, et refusés : {', '.join(sorted(refused))}."
        if self._count["other"]:
            yield f"{counted(self._count['other'], 'ligne')} d'autres établissements : laissées, aucune école n'en est tirée."
        if self._count["siren"]:
            yield f"{counted(self._count['siren'], 'ligne')} avec un SIREN à la place du SIRET : rien n'en est retenu."
        if self._closed:
            yield f"L'annuaire ne dit pas ouverts : {', '.join(self._closed)}. Rien n'en est déduit : une fermeture est un acte."
        yield from self._noted.sentences()
        yield NATURE
        yield NOTHING_REPAIRED


def _elsewhere(number: str, line: int) -> str:
    return f"{quoted(number)} est aussi ligne {line}, avec d'autres valeurs. Gardez la bonne."


def _spoiled_uai(said: str) -> str:
    return lost_zero(said[:-1], 7) if re.fullmatch("[0-9]{1,6}[A-Za-z]", said) else spoiled_number(said)


def _spoiled_departement(said: str) -> str:
    return lost_zero(said, 3) or (lost_zero(said[:-1], 2) if re.fullmatch("[0-9][ABab]", said) else "")


def _spoiled_siret(said: str) -> str:
    figures = "".join(said.split())
    return spoiled_number(said) or ("" if len(figures) == 9 else lost_zero(figures, 9 if len(figures) < 9 else 14))


_SPOILS: Mapping[str, Callable[[str], str]] = {
    "uai": _spoiled_uai,
    "departement": _spoiled_departement,
    "postcode": lambda said: spoiled_number(said) or lost_zero(said, 5),
    "siret": _spoiled_siret,
}


def _day(cells: Cells, said: str) -> date | None:
    if not said:
        return None
    serial = day_of_serial(float(said)) if re.fullmatch(r"[0-9]{3,6}(\.0+)?", said) else None
    if serial is not None:
        cells.refuse(
            "updated_on",
            f"{quoted(said)}. Un tableur a changé cette date en nombre (pour lui, le {day(serial)}). Reprenez le fichier "
            "d'origine.",
        )
        return None
    try:
        return spreadsheet.day(said)
    except CellRefused as error:
        cells.refuse("updated_on", str(error))
        return None


def _departement(cells: Cells, said: str) -> str:
    """The ministry writes three characters (035, 02A), Insee two (35, 2A) or three overseas."""
    if not said:
        return ""
    found = _by_their_code().get(said.upper(), "")
    if not found:
        cells.refuse(
            "departement", f"{quoted(said)}. Aucun département n'a ce code : il s'écrit comme « 035 » ou « 02A »."
        )
    return found


@cache
def _by_their_code() -> Mapping[str, str]:
    """Insee's code by the ministry's. Corsica is 620 and 720 in old files, as in its UAI."""
    ours = {one.uai_prefix: code for code, one in geography.departements().items()}
    return ours | {code.zfill(3): code for code in (*geography.departements(), *geography.overseas())}


# --- Loading -------------------------------------------------------------------------------------------------------------

KIND = "directory"
# What the directory says of a site, by field of ours. The first three are codes: one character makes them others.
_CODES = ("siret", "postcode", "departement")
_SAID = (*_CODES, "address", "commune")


def load(
    rows: Sequence[DirectoryRow], staging: Staging, report: Report, progress: Callable[[int], None]
) -> Callable[[], None]:
    """Complete what is held, propose what contradicts it; what is given back tells it."""
    comparing = _Comparing(rows, staging.by, report)
    for done, row in enumerate(rows, start=1):
        comparing.row(row)
        progress(done)
    pieces = [
        *staging.restated(models.SiteDetails, comparing.sites),
        *staging.restated(models.SchoolName, comparing.names),
    ]

    def told() -> None:
        for outcome in chain.from_iterable(thing.outcomes for piece in pieces for thing in piece.things):
            report.count(outcome)
        report.count("unchanged", comparing.unchanged)
        report.remarks += comparing.remarks(staging.by.source.dated_on)

    return told


class _Comparing:
    """What the directory says of our sites and schools, against all that was ever held or proposed of them."""

    def __init__(self, rows: Sequence[DirectoryRow], by: By, report: Report) -> None:
        self.sites: list[Told] = []
        self.names: list[Told] = []
        self.unchanged = 0
        self._by, self._report = by, report
        self._absent: list[str] = []
        self._swapped: list[str] = []
        self._outdated = False
        bearing = models.SiteDetails.objects.held().filter(uai__in={row.uai for row in rows})
        sites = models.SiteDetails.objects.filter(site__in=bearing.values("site"))
        self._sites: dict[int, list[Any]] = {}
        self._bearing: dict[str, dict[int, None]] = {}
        for site in sites.select_related("source", "site__school").order_by("id"):
            self._sites.setdefault(site.site_id, []).append(site)
            if site.known_until is None and site.standing == HELD:
                self._bearing.setdefault(str(site.uai), {}).setdefault(site.site_id)
        names = models.SchoolName.objects.filter(school__in=sites.values("site__school"))
        self._names: dict[int, list[Any]] = {}
        for name in names.select_related("source").order_by("id"):
            self._names.setdefault(name.school_id, []).append(name)

    def row(self, row: DirectoryRow) -> None:
        """One line of the directory: the sites that bear its UAI on its day."""
        on = self._day(row)
        found = False
        for site in self._bearing.get(row.uai, ()):
            held = [each for each in _held(self._sites[site]) if each.uai == row.uai]
            of_the_day = [each for each in held if _days(each).holds(on)]
            if of_the_day:
                found = True
                self._site(
                    row, [each for each in held if _days(each).overlaps(Period(self._since(row)))], self._sites[site]
                )
                if of_the_day[0].main:
                    self._name(row, of_the_day[0])
        if not found:
            self._absent.append(row.uai)

    def remarks(self, on: date | None) -> Iterator[str]:
        if self._outdated:
            yield "Une livraison plus récente de l'annuaire a déjà été lue : celle-ci ne change plus rien à ce qu'elle disait."
        if self._swapped:
            yield f"Nom et commune échangés, semble-t-il, à trancher : {' ; '.join(self._swapped)}."
        if self._absent and on:
            yield f"Numéros que nul site ne porte le {day(on)} : {', '.join(self._absent)}. Rien n'en est dit."

    # --- one site ----------------------------------------------------------------------------------------------------------

    def _site(self, row: DirectoryRow, held: Sequence[Any], ever: Sequence[Any]) -> None:
        said = {name: getattr(row, name) for name in _SAID if getattr(row, name)}
        lines: list[Told] = []
        for each in held:
            lines += self._compared(row, each, said, ever)
        self.sites += _joined(lines)
        if not lines:
            self.unchanged += 1

    def _compared(self, row: DirectoryRow, held: Any, said: Mapping[str, str], ever: Sequence[Any]) -> Iterator[Told]:
        """What is missing is filled, what the directory said itself is restated, what another said is contested."""
        values = {name: getattr(held, name) for name in value_fields(models.SiteDetails)}
        theirs = _said_by_others(held, ever)
        differs = {
            name: value for name, value in said.items() if values[name] and not _alike(name, values[name], value)
        }
        missing = {name: value for name, value in said.items() if not values[name]}
        own = {name: value for name, value in differs.items() if name not in theirs}
        against = {name: value for name, value in differs.items() if name in theirs}
        if own and self._later(held):
            self._outdated, own = True, {}
        days = self._days(row, held)
        filled = missing | own
        earlier = self._later(held) and _is_of_the_directory(held) and not differs and not missing
        if filled or earlier:
            yield Told(Entry(models.SiteDetails, values | filled, days), self._by.source, fills=True, place=row)
        if against and self._contests(against, ever):
            entry = Entry(models.SiteDetails, values | filled | against, days)
            yield Told(entry, self._by.source, PROPOSED, place=row)

    def _name(self, row: DirectoryRow, site: Any) -> None:
        school = site.site.school
        ever = self._names.get(school.pk, [])
        on = self._day(row)
        held = [each for each in _held(ever) if _days(each).holds(on)]
        if any(_alike("name", each.name, row.commune) for each in held) and _alike(
            "commune", site.commune or "", row.name
        ):
            self._swapped.append(f"{row.uai}, nom « {row.name} », commune « {row.commune} »")
        if not row.name or any(_alike("name", each.name, row.name) for each in held):
            self.unchanged += 1
            return
        mine = bool(held) and all(_is_of_the_directory(each) for each in held)
        if mine and any(self._later(each) for each in held):
            self._outdated = True
            self.unchanged += 1
        elif mine or not held:
            days = self._days(row, held[0]) if held else Period(self._since(row))
            entry = Entry(models.SchoolName, {"school": school, "name": row.name}, days)
            self.names.append(Told(entry, self._by.source, place=row))
        elif self._contests({"name": row.name}, ever):
            entry = Entry(models.SchoolName, {"school": school, "name": row.name}, self._days(row, held[0]))
            self.names.append(Told(entry, self._by.source, PROPOSED, place=row))
        else:
            self.unchanged += 1

    # --- when --------------------------------------------------------------------------------------------------------------

    def _day(self, row: DirectoryRow) -> date:
        """The day of the directory."""
        on = self._by.source.dated_on or row.updated_on
        assert on is not None
        return on

    def _since(self, row: DirectoryRow) -> date:
        """Since when the directory says so: the day on which the ministry last wrote the line."""
        return min(row.updated_on or self._day(row), self._day(row))

    def _days(self, row: DirectoryRow, held: Dated) -> Period[date]:
        """Those, among the days of a held row: what was so before is not said."""
        since = self._since(row)
        return Period(since if held.valid_from is None else max(held.valid_from, since), held.valid_until)

    def _later(self, row: Dated) -> bool:
        """Does a row come from a later delivery of the directory?"""
        on, told = self._by.source.dated_on, row.source.dated_on
        return _is_of_the_directory(row) and told is not None and on is not None and told > on

    def _contests(self, against: Mapping[str, str], ever: Sequence[Dated]) -> bool:
        """Once: what was proposed and settled, either way, is not proposed again by the next delivery."""
        proposed = [row for row in ever if row.standing == PROPOSED and row.ended_reason != WITHDRAWN]
        proposed = [row for row in proposed if _is_of_the_directory(row)]
        if any(self._later(row) for row in proposed):
            self._outdated = True
            return False
        return not any(all(getattr(row, name) == value for name, value in against.items()) for row in proposed)


def _held(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.known_until is None and row.standing == HELD]


def _days(row: Dated) -> Period[date]:
    return Period(row.valid_from, row.valid_until)


def _is_of_the_directory(row: Dated) -> bool:
    return row.source.publisher == PUBLISHER


def _said_by_others(held: Any, ever: Iterable[Any]) -> set[str]:
    """The fields of a row that another than the directory gave."""
    others = [held] if not _is_of_the_directory(held) else []
    others += [
        row
        for row in ever
        if row.standing == HELD and not _is_of_the_directory(row) and _days(row).overlaps(_days(held))
    ]
    return {name for row in others for name in _SAID if getattr(row, name)}


def _joined(lines: Sequence[Told]) -> Iterator[Told]:
    """Lines that say the same on days that follow one another are one line."""
    kept: list[Told] = []
    for line in sorted(lines, key=lambda each: (each.standing, each.entry.valid.start or date.min)):
        last = kept[-1] if kept else None
        joins = last is not None and last.standing == line.standing and last.entry.values == line.entry.values
        if last is not None and joins and last.entry.valid.end == line.entry.valid.start is not None:
            days = Period(last.entry.valid.start, line.entry.valid.end)
            kept[-1] = replace(last, entry=replace(last.entry, valid=days))
        else:
            kept.append(line)
    yield from kept


def _alike(name: str, held: str, said: str) -> bool:
    return held == said if name in _CODES else bare(held) == bare(said)
