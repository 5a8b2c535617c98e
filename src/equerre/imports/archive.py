"""A zip, opened with care: weighed before it is unpacked, never written to the disk, no name that climbs out of it.

Publishers deliver zips, and a workbook is one. A zip of a few kilobytes can hold gigabytes, and its list can lie: what is
announced is bounded, and no more is ever read than was announced.
"""

from __future__ import annotations

import lzma
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO
from zipfile import ZipFile

from equerre.imports.spreadsheet import FileRefused
from equerre.kernel.errors import quoted

__all__ = ["MAGIC", "ZipFile", "content", "member", "names", "opened", "sound"]

MAGIC = b"PK\x03\x04"
MEMBERS = 500
# The XML export weighs 570 MB: room for several times that, and no more.
HEAVIEST = 4 * 1024**3
# Text shrinks ten to thirty times. A workbook of blanks, a hundred. Beyond, it is made to swell.
RATIO, RATIO_FROM = 300, 16 * 1024**2
_DAMAGED = "cette archive est abîmée ou coupée : téléchargez-la de nouveau."


# What the library says of an archive or a member whose headers make no sense.
_UNOPENED = (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, struct.error)


@contextmanager
def opened(source: IO[bytes], file: str) -> Iterator[ZipFile]:
    """The archive, weighed. Raises :class:`FileRefused`, now and while its members are read."""
    try:
        found = ZipFile(source)
    except _UNOPENED as error:
        raise FileRefused(file, _DAMAGED) from error
    with found, sound(file):
        _weigh(found, file)
        yield found


@contextmanager
def sound(file: str) -> Iterator[None]:
    """What breaks while a member is read becomes a refusal."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError) as error:
        raise FileRefused(file, _DAMAGED) from error


def member(found: ZipFile, name: str, file: str) -> IO[bytes]:
    """One file of the archive, to be read."""
    try:
        return found.open(name)
    except _UNOPENED as error:
        raise FileRefused(file, _DAMAGED) from error


def content(found: ZipFile, info: zipfile.ZipInfo, file: str) -> bytes:
    """All of one file of the archive. By its entry, not by its name: two may bear the same."""
    try:
        return found.read(info)
    except _UNOPENED as error:
        raise FileRefused(file, _DAMAGED) from error


def _weigh(found: ZipFile, file: str) -> None:
    infos = found.infolist()
    if len(infos) > MEMBERS:
        raise FileRefused(
            file, f"cette archive contient {len(infos)} fichiers : c'est plus qu'aucune livraison ({MEMBERS})."
        )
    for info in infos:
        paths = (PurePosixPath(info.filename), PureWindowsPath(info.filename))
        if any(path.is_absolute() or path.drive or ".." in path.parts for path in paths):
            raise FileRefused(file, f"{quoted(info.filename)} sort de l'archive : elle est refusée.")
        if info.flag_bits & 1:
            raise FileRefused(
                file, f"{quoted(info.filename)} est protégé par un mot de passe : donnez un fichier ouvert."
            )
    weight = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if weight > HEAVIEST or (weight > RATIO_FROM and weight > RATIO * max(packed, 1)):
        raise FileRefused(
            file, f"cette archive gonflerait de {packed:,} à {weight:,} octets : elle est refusée.".replace(",", " ")
        )


def names(found: ZipFile, file: str) -> dict[str, str]:
    """The files worth reading: their name as one reads it (accents composed, no folder), and the name the archive knows."""
    kept: dict[str, str] = {}
    for info in found.infolist():
        path = PurePosixPath(info.filename)
        if info.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts:
            continue
        name = unicodedata.normalize("NFC", path.name)
        if name in kept:
            raise FileRefused(file, f"elle contient deux fichiers nommés {quoted(name)} : n'en gardez qu'un.")
        kept[name] = info.filename
    return dict(sorted(kept.items()))


def column_rank(letters: bytes) -> int:
    """The rank of a column: A is 1, AA is 27."""
    rank = 0
    for letter in letters.upper():
        rank = rank * 26 + letter - ord("A") + 1
    return rank
