"""The XML export: one sheet at a time, nothing expanded, nothing fetched, nothing without an end."""

from __future__ import annotations

import io
from datetime import date
from typing import IO

import pytest

from equerre.imports.rncp import xml_export
from equerre.imports.rncp.sheet import Days, SheetRead
from equerre.imports.rncp.xml_export import parse
from equerre.imports.running import Parsed
from equerre.imports.spreadsheet import FileRefused
from tests.imports.rncp_samples import FICHE, export

ENTITIES = '<!DOCTYPE FICHES [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE FICHES [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def read(data: bytes) -> Parsed[SheetRead]:
    return parse(io.BytesIO(data), "export.xml")


def said(data: bytes) -> str:
    parsed = read(data)
    assert not parsed.rows
    return "\n".join(map(str, parsed.refused))


@pytest.mark.parametrize("version", ["3.0", "4.0", "4.1"])
def test_a_sheet_is_read_with_its_days_its_blocks_and_its_successors(version: str) -> None:
    (one,) = read(export(FICHE, version=version)).rows
    assert (one.code, one.title, one.kind, one.level, one.active) == ("RNCP91001", "Métallier", "diploma", 3, True)
    assert one.days == Days(
        published_on=date(2021, 10, 2),
        effect_on=date(2021, 9, 1),
        ends_on=date(2026, 8, 31),
        last_issue_on=date(2028, 8, 31),
    )
    assert one.start == date(2021, 10, 2)
    assert one.successors == ("RNCP91101",)
    assert one.blocks == (("RNCP91001BC01", "Fabriquer un ouvrage"), ("RNCP91001BC02", "Poser un ouvrage"))


def test_successors_right_under_the_sheet_are_read_too() -> None:
    old = FICHE.replace("<NOUVELLES_CERTIFICATIONS>", "").replace("</NOUVELLES_CERTIFICATIONS>", "")
    assert read(export(old)).rows[0].successors == ("RNCP91101",)


def test_memory_holds_one_sheet_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet is dropped when it is read: the root never has more than what one reading of the file gives."""
    sizes: list[int] = []
    plain = xml_export._ExportReader._sheet

    def counted(self: xml_export._ExportReader, element: object, number: int) -> SheetRead | None:
        sizes.append(len(list(element.getparent())))  # type: ignore[attr-defined]
        return plain(self, element, number)

    monkeypatch.setattr(xml_export._ExportReader, "_sheet", counted)
    fiches = [FICHE.replace("RNCP91001", f"RNCP{number}") for number in range(20_000, 22_000)]
    assert len(read(export(*fiches)).rows) == 2_000
    assert max(sizes) * len(FICHE) <= 2 * 32 * 1024


def test_the_other_register_and_odd_blocks_are_left_aside_and_told() -> None:
    other = FICHE.replace("RNCP91001<", "RS9001<", 1)
    foreign = FICHE.replace("RNCP91001BC02", "RNCP91009BC02")
    parsed = read(export(other, foreign))
    assert [len(one.blocks) for one in parsed.rows] == [1]
    assert parsed.remarks == [
        "Fiches du répertoire spécifique (RS), laissées de côté : 1 (RS9001).",
        "Blocs d'une autre fiche que celle qui les porte, laissés de côté : 1 (RNCP91009BC02 sous RNCP91001).",
    ]


def test_faults_of_a_sheet_are_told_with_line_and_element() -> None:
    parsed = read(export(FICHE, FICHE.replace("RNCP91001", "RNCP91002").replace("31/08/2026", "fin août")))
    assert [one.code for one in parsed.rows] == ["RNCP91001"]
    (refused,) = parsed.refused
    assert (refused.column, refused.line > 20) == ("DATE_FIN_ENREGISTREMENT", True)
    assert "« fin août » n'est pas une date" in refused.reason


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("<NUMERO_FICHE>RNCP91001</NUMERO_FICHE>", "", "la fiche n° 1 n'a pas de numéro"),
        ("<INTITULE>Métallier</INTITULE>", "", "la fiche RNCP91001 n'a pas d'intitulé"),
        ("<ACTIF>Oui</ACTIF>", "<ACTIF>Peut-être</ACTIF>", "« Peut-être » n'est pas un état de fiche"),
        ("RNCP91101", "91101", "nomme pour suite « 91101 », qui n'est pas une fiche"),
        ("RNCP91001BC01", "BC01", "Bloc « BC01 »"),
    ],
)
def test_what_is_missing_or_wrong_in_a_sheet_is_refused(before: str, after: str, sentence: str) -> None:
    assert sentence in said(export(FICHE.replace(before, after)))


def test_a_sheet_told_twice_is_refused() -> None:
    parsed = read(export(FICHE, FICHE.replace("31/08/2026", "31/08/2027")))
    assert not parsed.rows
    first, second = map(str, parsed.refused)
    assert "la fiche RNCP91001 est dite encore : c'est aussi la 2e du fichier" in first
    assert "la fiche RNCP91001 est déjà dite : c'est la 1e du fichier" in second


def test_a_block_under_two_titles_is_not_kept_and_that_is_said() -> None:
    parsed = read(export(FICHE.replace("RNCP91001BC02", "RNCP91001BC01")))
    assert (parsed.rows[0].blocks, list(parsed.refused)) == ((), [])
    assert any(one.startswith("Blocs dits sous deux intitulés (ils ne sont pas gardés) : 1") for one in parsed.remarks)


# --- What is not the export -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("doctype", [ENTITIES, OUTSIDE, "<!DOCTYPE FICHES>", f"<!-- rien -->\n<?pi ?> {ENTITIES}"])
def test_a_document_type_is_refused_before_anything_is_expanded(doctype: str) -> None:
    data = export(FICHE.replace("Métallier", "&b;&x;"), head=f"{HEAD}\n{doctype}")
    assert "déclare un type de document (DOCTYPE)" in said(data)


def test_an_entity_that_nobody_declared_is_refused() -> None:
    assert "coupé ou mal formé" in said(export(FICHE.replace("Métallier", "&b;")))


def test_a_document_type_hidden_behind_a_long_comment_is_seen() -> None:
    assert "DOCTYPE" in said(export(FICHE, head=f"{HEAD}<!--{'=' * 100_000}-->{OUTSIDE}"))
    beyond = export(FICHE, head=f"{HEAD}<!--{'=' * 2_000_000}-->{OUTSIDE}")
    assert "avant sa racine" in said(beyond)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_another_encoding_is_refused_by_name(encoding: str) -> None:
    assert "UTF-16 ou UTF-32" in said(export(FICHE).decode().encode(encoding))
    assert "« UTF-7 »" in said(export(FICHE, head='<?xml version="1.0" encoding="UTF-7"?>'))


def test_windows_1252_declared_is_read() -> None:
    data = export(FICHE, head='<?xml version="1.0" encoding="windows-1252"?>').decode().encode("cp1252")
    assert read(data).rows[0].title == "Métallier"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<HTML><BODY>erreur</BODY></HTML>", "n'est pas l'export des fiches"),
        (export(FICHE, version="2.0"), "dans la version « 2.0 »"),
        (export(), "ne contient aucune fiche"),
        (export(f"<X>{FICHE}</X>"), "n'est pas l'export des fiches"),
        (export(FICHE).replace(b"<VERSION_FLUX>4.1</VERSION_FLUX>", b""), "n'est pas l'export des fiches"),
        (b"", "coupé ou mal formé"),
    ],
)
def test_what_is_not_the_export_is_refused_whole(data: bytes, sentence: str) -> None:
    assert sentence in said(data)


def test_a_file_cut_anywhere_gives_nothing() -> None:
    data = export(FICHE, FICHE.replace("RNCP91001", "RNCP91002"))
    for length in range(0, len(data) - len("</FICHES>\n"), 3):
        assert said(data[:length]), length
    assert "après 2 fiches" in said(data[: -len("</FICHES>\n")])


class Endless(io.RawIOBase):
    """A sheet without end, as a hostile file would be: it must be stopped, not read."""

    def __init__(self) -> None:
        self._head = export().removesuffix(b"\n</FICHES>\n") + b"<FICHE><INTITULE>x</INTITULE>"
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        data, self._head = self._head or b"<A>aaaaaaaa</A>" * 4096, b""
        self.given += len(data)
        return data


def test_a_sheet_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_export, "_HEAVIEST_SHEET", 4 * 1024**2)
    endless: IO[bytes] = Endless()
    parsed = parse(endless, "export.xml")
    assert "démesurée, ou n'a pas de fin" in str(parsed.refused[0])
    assert endless.given < 8 * 1024**2  # type: ignore[attr-defined]


def test_progress_tells_how_many_bytes_are_read() -> None:
    told: list[int] = []
    data = export(FICHE, FICHE.replace("RNCP91001", "RNCP91002"))
    parse(io.BytesIO(data), "export.xml", told.append)
    assert len(told) == 2
    assert told[-1] <= len(data)


@pytest.mark.parametrize("before", [b"\n" * 2**20, b"<?x " + b"y" * 2**20 + b"?>", b"\n" * (2**20 - 4)])
def test_a_doctype_far_behind_blanks_is_refused_too(before: bytes) -> None:
    hidden = before + b'<!DOCTYPE FICHES [<!ENTITY b "c">]><FICHES></FICHES>'
    with pytest.raises(FileRefused):
        xml_export._prolog(io.BytesIO(hidden), "export.xml")
