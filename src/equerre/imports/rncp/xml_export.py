"""The XML export of the RNCP by France compétences, versions 3 and 4: 570 MB in real life, read one sheet at a time.

A sheet is dropped as soon as it is read, so that memory does not grow with the file. A document type is refused before anything
is parsed: no entity is ever expanded, nothing outside the file is ever fetched. Shape: the element names of the export
("FICHE", "NUMERO_FICHE", "BLOC_COMPETENCES"…), its flux "V4-1" among others.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from lxml import etree

from equerre.imports.report import Refused
from equerre.imports.rncp.sheet import TWO_TITLES, SheetRead, read
from equerre.imports.running import Parsed
from equerre.imports.spreadsheet import CellRefused, FileRefused, Remarks, day, plain, spoiled, without_code
from equerre.kernel import rncp, rncp_block
from equerre.kernel.errors import IdentifierError, quoted

PUBLISHER = "France compétences"
TITLE = "export XML des fiches"
VERSIONS = ("3", "4")

# One sheet weighs 27 kB; with all its partners, a few megabytes. More than this without the end of one is no export.
_HEAVIEST_SHEET = 64 * 1024**2
_PROLOG = 1024**2
_ROOT, _SHEET, _VERSION = "FICHES", "FICHE", "VERSION_FLUX"

# By field, the element, or an element inside it. Version 3 wrote some of them otherwise.
_FIELDS: Mapping[str, Sequence[str]] = {
    "rncp": ("NUMERO_FICHE",),
    "title": ("INTITULE",),
    "name": ("ABREGE/CODE", "ABREGE"),
    "level": ("NOMENCLATURE_EUROPE/NIVEAU",),
    "registration": ("TYPE_ENREGISTREMENT",),
    "state": ("ACTIF",),
    "published_on": ("DATE_DE_PUBLICATION", "DATE_PUBLICATION"),
    "decided_on": ("DATE_DECISION",),
    "effect_on": ("DATE_EFFET",),
    "ends_on": ("DATE_FIN_ENREGISTREMENT",),
    "last_issue_on": ("DATE_LIMITE_DELIVRANCE",),
    "blocks": ("BLOCS_COMPETENCES",),
    "successors": ("NOUVELLES_CERTIFICATIONS",),
}
_ONE_SUCCESSOR = "NOUVELLE_CERTIFICATION"
_OTHER_REGISTER = "Fiches du répertoire spécifique (RS), laissées de côté"


def parse(stream: IO[bytes], file: str, progress: Callable[[int], None] = lambda done: None) -> Parsed[SheetRead]:
    """The sheets of one export, in order. Never raises: what is wrong is refused, with its place."""
    reading = _ExportReader(file)
    try:
        sheets = list(reading.sheets(stream, progress))
        # Nothing says which of two is right: the one that was read before its double was met is not kept either.
        sheets = [sheet for sheet in sheets if sheet.code not in reading.doubled]
    except FileRefused as error:
        return Parsed((), [error.refused], reading.remarks.sentences())
    return Parsed(sheets, reading.refused, reading.remarks.sentences())


# --- The stream -------------------------------------------------------------------------------------------------------


class _Steady:
    """The stream as the parser reads it: its prolog was looked at first, and a sheet without end is stopped."""

    def __init__(self, stream: IO[bytes], file: str, progress: Callable[[int], None]) -> None:
        self._stream, self._file, self._progress = stream, file, progress
        self._head = io.BytesIO(_prolog(stream, file))
        self._since = self._done = 0

    def read(self, size: int = -1) -> bytes:
        data = self._head.read(size) or self._stream.read(size)
        self._since += len(data)
        self._done += len(data)
        if self._since > _HEAVIEST_SHEET:
            raise FileRefused(self._file, "une fiche est démesurée, ou n'a pas de fin : le fichier n'est pas l'export.")
        return data

    def sheet_done(self) -> None:
        self._since = 0
        self._progress(self._done)


_BEFORE_ROOT = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_MARK = b"\xef\xbb\xbf"
_ENCODING = re.compile(rb"^<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252")


def _prolog(stream: IO[bytes], file: str) -> bytes:
    """The first bytes, when nothing but declarations and comments stands before the root."""
    head = stream.read(_PROLOG)
    text = head.removeprefix(_MARK)
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in text[:4]:
        raise FileRefused(file, "ce XML est en UTF-16 ou UTF-32 : l'export est en UTF-8.")
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in _ENCODINGS:
        raise FileRefused(
            file, f"ce XML se dit en {quoted(declared[1].decode('ascii'))} : l'export est en UTF-8.", line=1
        )
    place = 0
    while found := _BEFORE_ROOT.match(text, place):
        place = found.end()
    rest = text[place:].lstrip()
    if rest.startswith(b"<!--"):
        raise FileRefused(file, "un commentaire démesuré se tient avant sa racine : ce n'est pas l'export.")
    if len(head) == _PROLOG and (len(rest) < len(b"<!DOCTYPE") or rest.startswith(b"<?")):
        raise FileRefused(file, "sa racine ne vient pas : l'export commence par elle, ou presque.")
    if rest.startswith(b"<!"):
        line = text.count(b"\n", 0, len(text) - len(rest)) + 1
        raise FileRefused(
            file,
            "ce XML déclare un type de document (DOCTYPE), d'où l'on peut faire lire autre chose : il est refusé.",
            line=line,
        )
    return head


@dataclass(slots=True)
class _ExportReader:
    file: str
    remarks: Remarks = field(default_factory=Remarks)
    refused: list[Refused] = field(default_factory=list)
    doubled: set[str] = field(default_factory=set)
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def sheets(self, stream: IO[bytes], progress: Callable[[int], None]) -> Iterator[SheetRead]:
        steady = _Steady(stream, self.file, progress)
        context = etree.iterparse(
            steady,
            events=("end",),
            tag=(_SHEET, _VERSION),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        number, version = 0, False
        try:
            for _, element in context:
                if element.tag == _VERSION:
                    version = self._version(element)
                    continue
                parent = element.getparent()
                if parent is None or parent.tag != _ROOT or not version:
                    raise FileRefused(self.file, _NOT_THE_EXPORT, line=element.sourceline or 0)
                number += 1
                sheet = self._sheet(element, number)
                if sheet is not None:
                    yield sheet
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]
                steady.sheet_done()
        except etree.XMLSyntaxError as error:
            raise self._cut(error, number) from error
        if not version:
            raise FileRefused(self.file, _NOT_THE_EXPORT)
        if not number:
            raise FileRefused(self.file, "l'export ne contient aucune fiche.")

    def _version(self, element: Any) -> bool:
        written = (element.text or "").strip()
        if written.partition(".")[0] not in VERSIONS:
            raise FileRefused(
                self.file,
                f"l'export est dans la version {quoted(written)} : nous lisons les versions 3 et 4.",
                line=element.sourceline or 0,
                column=_VERSION,
            )
        return True

    def _cut(self, error: etree.XMLSyntaxError, number: int) -> FileRefused:
        after = f", après {number} fiches" if number else ""
        return FileRefused(
            self.file, f"le XML est coupé ou mal formé{after} : téléchargez-le de nouveau.", line=error.lineno or 0
        )

    # --- One sheet ----------------------------------------------------------------------------------------------------

    def _sheet(self, element: Any, number: int) -> SheetRead | None:
        """The sheet, None when it is of the other register or refused."""
        found = _Element(self.file, element.sourceline or 0, element)
        code = found.text("rncp")
        if code.upper().startswith("RS"):
            self.remarks.note(_OTHER_REGISTER, code)
            return None
        sheet = self._read(found, code, number)
        self.refused += found.refused
        return None if found.refused else sheet

    def _read(self, found: _Element, written: str, number: int) -> SheetRead | None:
        code = found.identifier("rncp", written, rncp.validate) if written else ""
        if not code:
            found.refuse("rncp", f"la fiche n° {number} n'a pas de numéro qui se lise.")
            return None
        if code in self._seen:
            self._twice(found, code, number)
            return None
        self._seen[code] = number, found.line
        title = found.text("title")
        if not title:
            found.refuse("title", f"la fiche {code} n'a pas d'intitulé.")
        return read(found, code, title, self.remarks, self._successors(found, code), self._blocks(found, code))

    def _twice(self, found: _Element, code: str, number: int) -> None:
        """Both are refused, and named."""
        first, line = self._seen[code]
        if code not in self.doubled:
            self.doubled.add(code)
            said = (
                f"la fiche {code} est dite encore : c'est aussi la {number}e du fichier. Retirez celle qui est fausse."
            )
            self.refused.append(Refused(self.file, line, _FIELDS["rncp"][0], said))
        found.refuse(
            "rncp", f"la fiche {code} est déjà dite : c'est la {first}e du fichier. Retirez celle qui est fausse."
        )

    def _successors(self, found: _Element, code: str) -> tuple[str, ...]:
        kept: dict[str, None] = {}
        for one in found.successors():
            if one == code:
                continue
            if _CODE.fullmatch(one):
                kept[one] = None
            elif one.startswith("RS"):
                self.remarks.note("Suites dans le répertoire spécifique (RS), laissées de côté", f"{code} et {one}")
            else:
                found.refuse("successors", f"la fiche {code} nomme pour suite {quoted(one)}, qui n'est pas une fiche.")
        return tuple(kept)

    def _blocks(self, found: _Element, code: str) -> tuple[tuple[str, str], ...]:
        kept: dict[str, str] = {}
        doubtful: set[str] = set()
        for written, title in found.blocks():
            if written[:-2] == f"{code}BC" and written.isascii() and written[-2:].isdigit():
                said = without_code(title, written) if ":" in title else title
                if kept.setdefault(written, said) != said:
                    self.remarks.note(TWO_TITLES, f"{written}, ligne {found.line}")
                    doubtful.add(written)
            else:
                self._odd_block(found, code, written)
        return tuple((block, title) for block, title in kept.items() if block not in doubtful)

    def _odd_block(self, found: _Element, code: str, written: str) -> None:
        if not written:
            self.remarks.note("Blocs sans code, laissés de côté", code)
        elif found.identifier("blocks", written, rncp_block.validate):
            self.remarks.note(
                "Blocs d'une autre fiche que celle qui les porte, laissés de côté", f"{written} sous {code}"
            )


# The shape of ``kernel.rncp``, for the hundred thousand codes of an export.
_CODE = re.compile("RNCP[1-9][0-9]{2,4}")


class _Element:
    """One ``FICHE``: its children by name, found in one pass."""

    __slots__ = ("_children", "_loose", "file", "line", "refused")

    def __init__(self, file: str, line: int, element: Any) -> None:
        self.file, self.line = file, line
        self.refused: list[Refused] = []
        self._children: dict[str, Any] = {}
        self._loose: list[Any] = []
        for child in element.iterchildren(*_WANTED):
            name = child.tag
            if name not in self._children:
                self._children[name] = child
            if name == _ONE_SUCCESSOR:
                self._loose.append(child)

    def refuse(self, field: str, reason: str) -> None:
        self.refused.append(Refused(self.file, self.line, _FIELDS[field][0], reason))

    def _written(self, field: str) -> str:
        for name, inner in _PATHS[field]:
            child = self._children.get(name)
            written = (_inside(child, inner) if inner else child.text) if child is not None else None
            if written and not written.isspace():
                return str(written)
        return ""

    def text(self, field: str) -> str:
        return self._sound(field, plain(self._written(field)))

    def _sound(self, field: str, found: str) -> str:
        reason = "" if found.isascii() else spoiled(found)
        if reason:
            self.refuse(field, reason)
        return found

    def day(self, field: str) -> date | None:
        try:
            return day(self._written(field))
        except CellRefused as error:
            self.refuse(field, str(error))
            return None

    def identifier(self, field: str, written: str, validate: Callable[[str], str]) -> str:
        try:
            return validate(written)
        except IdentifierError as error:
            self.refuse(field, str(error))
            return ""

    def successors(self) -> Iterator[str]:
        """In version 4 inside ``NOUVELLES_CERTIFICATIONS``; before, right under the sheet."""
        inside = self._children.get("NOUVELLES_CERTIFICATIONS")
        for child in (*self._loose, *(inside if inside is not None else ())):
            written = _inside(child, "ID_FICHE_NOUVELLE_CERTIFICATION") or child.text or ""
            if written.strip():
                yield "".join(written.split()).upper()

    def blocks(self) -> Iterator[tuple[str, str]]:
        inside = self._children.get("BLOCS_COMPETENCES")
        for child in inside if inside is not None else ():
            title = self._sound("blocks", plain(_inside(child, "LIBELLE")))
            yield "".join(_inside(child, "CODE").split()).upper(), title


def _inside(element: Any, name: str) -> str:
    """The text of the first child of this name."""
    for child in element.iterchildren(name):
        return child.text or ""
    return ""


_PATHS = {field: [path.partition("/")[::2] for path in paths] for field, paths in _FIELDS.items()}
_WANTED = {path.partition("/")[0] for paths in _FIELDS.values() for path in paths} | {_ONE_SUCCESSOR}
_NOT_THE_EXPORT = (
    "ce XML n'est pas l'export des fiches : on attend la racine FICHES, sa version (VERSION_FLUX), puis des FICHE."
)
