"""Certifications: whatever form of the RNCP is given, known by its content, read, dated, and brought into the registry.

Three forms: the "kit apprentissage" (``kit``), the ten CSV tables of France compétences (``tables``), its XML export
(``xml_export``); as files, in a zip, in a folder. The name of a file only gives its day. Everything given is read before anything
is written, and written in the order of the days, all or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

from django.db import transaction

from equerre.imports import archive
from equerre.imports.report import Refused, Report
from equerre.imports.rncp import kit, tables, xml_export
from equerre.imports.rncp.load import KIND, load, other_day
from equerre.imports.rncp.sheet import SheetRead
from equerre.imports.running import DeliveryFile, ImportRefused, Parsed, fingerprint, run
from equerre.imports.spreadsheet import FileRefused, plain, to_come
from equerre.kernel.french import day
from equerre.registry.delivering import Staging

KIT, TABLES, XML = "kit", "tables", "xml"
_PUBLISHERS = {KIT: kit.PUBLISHER, TABLES: tables.PUBLISHER, XML: xml_export.PUBLISHER}
_TITLES = {KIT: kit.TITLE, TABLES: tables.TITLE, XML: xml_export.TITLE}
_HEAD = 64 * 1024
_PIECE = 1024 * 1024
# A table is read whole. The heaviest of the export, the partners, weighs some tens of megabytes.
_HEAVIEST_TABLE = 512 * 1024**2

# What is told while one waits: what is done, how far, out of how much.
Tell = Callable[[str, int, int], None]


def _silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class DeliveryRead:
    """One delivery, read: its source, what it says, what is refused."""

    delivery: DeliveryFile
    parsed: Parsed[SheetRead]


def read(
    paths: Sequence[Path], *, read_on: date, dated_on: date | None = None, tell: Tell = _silent
) -> list[DeliveryRead]:
    """All that is given, in the order of the days. ``dated_on`` dates the delivery, when its name does not say its day.

    A delivery dated after ``read_on``, the day of reading, is refused: it would come before all true ones.
    """
    found: list[DeliveryRead] = []
    with ExitStack() as stack:
        groups = [group for path in paths for group in _groups(path, stack)]
        for group in _tables_together(groups):
            try:
                with archive.sound(group.name):
                    found.append(_read(group, read_on, dated_on, tell))
            except FileRefused as error:
                found.append(_refused(group.name, error.refused))
    if dated_on is not None and len(found) > 1:
        sentence = f"--date ne vaut que pour une livraison, et il y en a {len(found)} : donnez-les une à une."
        return [_refused("--date", Refused("--date", 0, "", sentence))]
    return sorted(found, key=lambda one: one.delivery.dated_on or date.min)


def bring_in(
    reads: Sequence[DeliveryRead],
    *,
    author: str,
    recorded_at: datetime,
    dry_run: bool = False,
    keep_good: bool = False,
    tell: Tell = _silent,
) -> list[Report]:
    """Write what was read, and report on each delivery. Raises :class:`ImportRefused`.

    A delivery that is refused whole (cut, unreadable, not dated) stops everything before anything is written, even when the good
    lines of others are kept. Each is then published on its own, in the order of the days: whoever writes meanwhile waits for one.
    """
    refused = [one for read in reads for one in read.parsed.refused]
    if (refused and not keep_good) or any(one.parsed.refused and not one.parsed.rows for one in reads):
        raise ImportRefused(_report_of(reads, refused, dry_run=dry_run))
    with transaction.atomic() if dry_run and len(reads) > 1 else nullcontext():
        # Each delivery a moment after the one before: what it ends was known for that moment. Of several that are only tried,
        # each is weighed against those before it, and all is taken back.
        together = dry_run and len(reads) > 1
        reports = [
            _write(
                one,
                author,
                recorded_at + timedelta(microseconds=place),
                dry_run=dry_run and not together,
                keep_good=keep_good,
                tell=tell,
            )
            for place, one in enumerate(reads)
        ]
        if together:
            transaction.set_rollback(True)
    for report in reports:
        report.dry_run = dry_run
    return reports


def _write(
    one: DeliveryRead, author: str, recorded_at: datetime, *, dry_run: bool, keep_good: bool, tell: Tell
) -> Report:
    def weighed(
        sheets: Sequence[SheetRead], staging: Staging, report: Report, progress: Callable[[int], None]
    ) -> Callable[[], None]:
        why = other_day(staging, one.delivery.dated_on)
        if why:
            report.refused.append(Refused(one.delivery.title, 0, "--date", why))
            raise ImportRefused(report)
        return load(sheets, staging, report, progress)

    return run(
        one.parsed,
        weighed,
        one.delivery,
        author=author,
        recorded_at=recorded_at,
        dry_run=dry_run,
        keep_good=keep_good,
        progress=lambda done: tell(f"Écriture : {one.delivery.title}", done, len(one.parsed.rows)),
        unit=("fiche lue", "fiches lues"),
    )


def _report_of(reads: Sequence[DeliveryRead], refused: Sequence[Refused], *, dry_run: bool) -> Report:
    titles = ", ".join(dict.fromkeys(f"{one.delivery.publisher}, {one.delivery.title}" for one in reads))
    report = Report(titles or "RNCP", dry_run)
    report.remarks += [remark for one in reads for remark in one.parsed.remarks]
    report.refused += refused
    return report


def _refused(name: str, why: Refused) -> DeliveryRead:
    return DeliveryRead(DeliveryFile("RNCP", name, None, "", KIND), Parsed((), [why]))


# --- What is given: files, folders, zips ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """One file, wherever it stands: its name as one reads it, how to open it, its size."""

    name: str
    open: Callable[[], IO[bytes]]
    size: int


@dataclass(frozen=True, slots=True)
class _DeliveryPieces:
    """The pieces of one delivery: one file, or the tables of an export. ``name`` is that of the zip or the folder."""

    kind: str
    name: str
    pieces: tuple[_Piece, ...]
    remarks: tuple[str, ...] = ()
    wrong: FileRefused | None = None

    @property
    def dated_on(self) -> date | None:
        """The day that the names tell: those of the files first, then that of what holds them."""
        days = {told for piece in self.pieces if (told := day_in(piece.name)) is not None}
        if len(days) > 1:
            said = ", ".join(day(one) for one in sorted(days))
            raise FileRefused(
                self.name, f"les noms des tables disent des jours différents ({said}) : donnez un seul export."
            )
        return days.pop() if days else day_in(self.name)


def _groups(path: Path, stack: ExitStack) -> list[_DeliveryPieces]:
    name = unicodedata.normalize("NFC", path.name) or str(path)
    try:
        if path.is_dir():
            files = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
            return _sorted_out(name, [_on_disk(one) for one in files])
        piece = _on_disk(path)
        with piece.open() as file:
            head = file.read(_HEAD)
        if head.startswith(archive.MAGIC) and not _is_workbook(piece):
            found = stack.enter_context(archive.opened(stack.enter_context(piece.open()), name))
            with archive.sound(name):
                pieces = [
                    _Piece(inside, partial(archive.member, found, inner, inside), found.getinfo(inner).file_size)
                    for inside, inner in archive.names(found, name).items()
                ]
                return _sorted_out(name, pieces)
        return [_DeliveryPieces(_kind(head, name), name, (piece,))]
    except FileRefused as error:
        return [_DeliveryPieces("", name, (), wrong=error)]
    except FileNotFoundError:
        said = "ce fichier n'existe pas : vérifiez le chemin."
    except OSError as error:
        said = f"ce fichier ne se laisse pas lire ({error.strerror})."
    return [_DeliveryPieces("", name, (), wrong=FileRefused(name, said))]


def _on_disk(path: Path) -> _Piece:
    return _Piece(unicodedata.normalize("NFC", path.name), lambda: path.open("rb"), path.stat().st_size)


def _sorted_out(name: str, pieces: Sequence[_Piece]) -> list[_DeliveryPieces]:
    """The deliveries among the files of a zip or a folder. What is none of them is told, and left."""
    kinds: dict[str, list[_Piece]] = {KIT: [], TABLES: [], XML: []}
    others: list[str] = []
    for piece in pieces:
        with piece.open() as file:
            head = file.read(_HEAD)
        try:
            kinds[_kind(head, piece.name)].append(piece)
        except FileRefused:
            others.append(piece.name)
    if not any(kinds.values()):
        raise FileRefused(name, f"on n'y trouve aucune livraison du RNCP. {_FORMS}")
    remarks = (f"Fichiers laissés de côté : {', '.join(others)}.",) if others else ()
    groups = [_DeliveryPieces(kind, name, (piece,), remarks) for kind in (KIT, XML) for piece in kinds[kind]]
    if kinds[TABLES]:
        groups.append(_DeliveryPieces(TABLES, name, tuple(kinds[TABLES]), remarks))
    return groups


def _tables_together(groups: Sequence[_DeliveryPieces]) -> Iterator[_DeliveryPieces]:
    """Tables given one by one are one export: those whose names tell the same day."""
    alone: dict[date | None, list[_DeliveryPieces]] = {}
    for group in groups:
        if group.kind == TABLES and len(group.pieces) == 1:
            alone.setdefault(day_in(group.pieces[0].name), []).append(group)
        else:
            yield group
    for found in alone.values():
        yield replace(found[0], pieces=tuple(piece for group in found for piece in group.pieces))


# --- Kinds, by content ------------------------------------------------------------------------------------------------

_FORMS = (
    "On lit le kit apprentissage (CSV ou XLSX), l'export CSV de France compétences (zip ou dossier) et son export XML (versions "
    "3 et 4)."
)
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
# A page may begin by a declaration of XML and by comments.
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_LINES = 10


def _kind(head: bytes, name: str) -> str:
    """What a file is, by its first bytes. Raises :class:`FileRefused`."""
    if not head:
        raise FileRefused(name, "ce fichier est vide.")
    if head.startswith(archive.MAGIC):
        return KIT
    if head.startswith(_OLD_WORKBOOK):
        raise FileRefused(
            name, "c'est un ancien classeur (.xls) : ouvrez-le dans un tableur et enregistrez-le en .xlsx."
        )
    if _WEB_PAGE.match(head):
        raise FileRefused(name, "c'est une page web enregistrée (HTML) : téléchargez le fichier qu'elle propose.")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return XML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(name, "ce texte est en UTF-16 : enregistrez-le en UTF-8 (« CSV UTF-8 » dans un tableur).")
    for titles in _titles(head):
        if tables.table_of(titles):
            return TABLES
        if kit.is_kit(titles):
            return KIT
    raise FileRefused(name, f"ce fichier n'est d'aucune forme connue. {_FORMS}")


def _titles(head: bytes) -> Iterator[list[str]]:
    """The first lines, cut as a header is. A letter that does not decode matters little here: accents are put aside."""
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.start >= len(head) - 3
        text = head.decode("utf-8-sig", "ignore") if cut else head.decode("cp1252", "replace")
    for line in text.splitlines()[:_LINES]:
        yield [plain(title.strip().strip('"')) for title in re.split("[;,\t]", line)]


def _is_workbook(piece: _Piece) -> bool:
    with piece.open() as file, archive.opened(file, piece.name) as found:
        return any(name.startswith("xl/") for name in found.namelist())


# --- The day of a delivery --------------------------------------------------------------------------------------------

_DAY = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")
_VERSION = re.compile(r"\bv(\d\.\d)(?!\d)", re.IGNORECASE)
# The vintages whose names tell a version and no day. Days: the public repository mission-apprentissage/api-apprentissage, which
# keeps these files and dates them.
VINTAGES: Mapping[str, date] = {
    "1.0": date(2020, 4, 14),
    "1.1": date(2020, 5, 7),
    "1.2": date(2020, 5, 25),
    "1.3": date(2020, 11, 16),
    "1.4": date(2020, 12, 18),
    "1.5": date(2021, 3, 2),
    "1.6": date(2021, 3, 30),
    "1.7": date(2021, 5, 3),
    "1.8": date(2021, 6, 2),
    "1.9": date(2021, 7, 7),
    "2.0": date(2021, 9, 14),
    "2.1": date(2021, 10, 19),
    "2.2": date(2021, 12, 15),
    "2.3": date(2022, 1, 26),
    "2.4": date(2022, 3, 31),
    "2.5": date(2022, 5, 18),
    "2.6": date(2022, 7, 5),
    "2.7": date(2022, 9, 8),
    "2.8": date(2022, 11, 21),
    "2.9": date(2023, 2, 23),
    "3.0": date(2023, 6, 19),
}


def day_in(name: str) -> date | None:
    """The day that a file name tells.

    >>> day_in("Kit_apprentissage_20240625.xlsx"), day_in("export_fiches_CSV_Nsf_2024_02_22.csv"), day_in("kit.csv")
    (datetime.date(2024, 6, 25), datetime.date(2024, 2, 22), None)
    """
    for year, month, number in _DAY.findall(name):
        try:
            return date(int(year), int(month), int(number))
        except ValueError:
            continue
    version = _VERSION.search(name)
    return VINTAGES.get(version[1]) if version and "kit" in name.casefold() else None


# --- Reading one delivery ---------------------------------------------------------------------------------------------


def _read(group: _DeliveryPieces, read_on: date, dated_on: date | None, tell: Tell) -> DeliveryRead:
    if group.wrong is not None:
        raise group.wrong
    named = group.dated_on
    told = dated_on or named
    if told is None:
        raise FileRefused(group.name, "son nom ne dit pas son jour : donnez la date de la livraison avec --date.")
    why = to_come(told, read_on, "Corrigez la date donnée." if dated_on else "Renommez le fichier, ou donnez --date.")
    if why:
        raise FileRefused(group.name, f"d'après {'--date' if dated_on else 'son nom'}, {why}")
    remarks = list(group.remarks)
    if dated_on is not None and named not in (None, dated_on):
        remarks.append(
            f"{group.name} : son nom dit le {day(named)}, vous dites le {day(told)} ; c'est ce jour qui est gardé."
        )
    sha256, parsed = _PARSERS[group.kind](group, tell)
    title = f"{_TITLES[group.kind]} du {day(told)}"
    delivery = DeliveryFile(_PUBLISHERS[group.kind], title, told, sha256, KIND)
    return DeliveryRead(delivery, replace(parsed, remarks=(*remarks, *parsed.remarks)))


def _whole(piece: _Piece) -> bytes:
    if piece.size > _HEAVIEST_TABLE:
        raise FileRefused(piece.name, f"ce fichier pèse {piece.size // 1024**2} Mo : ce n'est pas une de ces tables.")
    with piece.open() as file:
        return file.read()


def _kit(group: _DeliveryPieces, tell: Tell) -> tuple[str, Parsed[SheetRead]]:
    (piece,) = group.pieces
    tell(f"Lecture : {piece.name}", 0, piece.size)
    data = _whole(piece)
    parsed = kit.parse(data, piece.name)
    tell(f"Lecture : {piece.name}", piece.size, piece.size)
    return fingerprint([data]), parsed


def _tables(group: _DeliveryPieces, tell: Tell) -> tuple[str, Parsed[SheetRead]]:
    total, done, contents = sum(piece.size for piece in group.pieces), 0, dict[str, bytes]()
    for piece in sorted(group.pieces, key=lambda one: one.name):
        tell(f"Lecture : {piece.name}", done, total)
        contents[piece.name] = _whole(piece)
        done += piece.size
    sha256 = fingerprint(part for name, data in contents.items() for part in (name.encode(), b"\0", data))
    parsed = tables.parse(contents)
    tell(f"Lecture : {group.name}", total, total)
    return sha256, parsed


def _xml(group: _DeliveryPieces, tell: Tell) -> tuple[str, Parsed[SheetRead]]:
    (piece,) = group.pieces
    with piece.open() as file:
        sha256 = fingerprint(iter(lambda: file.read(_PIECE), b""))
    with piece.open() as file:
        parsed = xml_export.parse(file, piece.name, lambda done: tell(f"Lecture : {piece.name}", done, piece.size))
    return sha256, parsed


_PARSERS: Mapping[str, Callable[[_DeliveryPieces, Tell], tuple[str, Parsed[SheetRead]]]] = {
    KIT: _kit,
    TABLES: _tables,
    XML: _xml,
}
