"""What is given to ``import rncp``: files, folders, zips, known by content and dated by name; and what is no delivery at all."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest

from equerre.imports import archive
from equerre.imports.rncp import deliveries
from equerre.imports.rncp.deliveries import DeliveryRead, Tell, day_in
from equerre.imports.running import fingerprint
from tests.imports.rncp_samples import FICHE, METAL, SEVENTEEN, export, kit, tables, workbook, zipped

KIT = "kit_apprentissage_2025-01-31.csv"
ON = date(2025, 1, 31)
READ_ON = date(2026, 1, 11)


def read(paths: list[Path], dated_on: date | None = None, tell: Tell = lambda *_: None) -> list[DeliveryRead]:
    return deliveries.read(paths, read_on=READ_ON, dated_on=dated_on, tell=tell)


def given(folder: Path, **files: bytes) -> list[Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def only(reads: list[DeliveryRead]) -> DeliveryRead:
    (one,) = reads
    return one


def refusal(reads: list[DeliveryRead]) -> str:
    one = only(reads)
    assert not one.parsed.rows
    return str(one.parsed.refused[0])


# --- Known by content -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("a_2025-01-31.xml", kit(METAL), "kit apprentissage du 31 janvier 2025"),
        ("a_20250131.txt", workbook({"kit": [SEVENTEEN, METAL]}), "kit apprentissage du 31 janvier 2025"),
        ("a_2025_01_31.csv", export(FICHE), "export XML des fiches du 31 janvier 2025"),
        ("2025-01-31.bin", zipped(tables("2025_01_31")), "export CSV des fiches du 31 janvier 2025"),
        ("2025-01-31.zip", zipped({"in/export_fiches.xml": export(FICHE)}), "export XML des fiches du 31 janvier 2025"),
        ("2025-01-31.dat", b"\xef\xbb\xbf" + export(FICHE), "export XML des fiches du 31 janvier 2025"),
    ],
)
def test_a_delivery_is_known_by_its_content_whatever_its_name(
    tmp_path: Path, name: str, data: bytes, title: str
) -> None:
    one = only(read(given(tmp_path, **{name: data})))
    assert not one.parsed.refused
    assert (one.delivery.title, one.delivery.dated_on) == (title, ON)
    assert "RNCP91001" in [sheet.code for sheet in one.parsed.rows]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_folder_of_tables_reads_as_its_zip_whatever_the_accents_of_their_names(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name, data in tables().items():
        (folder / unicodedata.normalize(form, name)).write_bytes(data)  # type: ignore[arg-type]
    (tmp_path / "export.zip").write_bytes(zipped(tables()))
    one, other = only(read([folder])), only(read([tmp_path / "export.zip"]))
    assert one.parsed.rows == other.parsed.rows
    assert one.delivery == other.delivery


def test_tables_given_one_by_one_are_one_export(tmp_path: Path) -> None:
    one = only(read(given(tmp_path, **tables())))
    assert not one.parsed.refused
    assert one.delivery.dated_on == date(2024, 2, 22)


def test_tables_of_two_days_in_one_folder_are_refused(tmp_path: Path) -> None:
    mixed = {**tables(), "export_fiches_CSV_Rome_2024_02_23.csv": tables()["export_fiches_CSV_Rome_2024_02_22.csv"]}
    mixed.pop("export_fiches_CSV_Rome_2024_02_22.csv")
    given(tmp_path, **mixed)
    assert "disent des jours différents (22 février 2024, 23 février 2024)" in refusal(read([tmp_path]))


def test_deliveries_are_put_in_the_order_of_their_days(tmp_path: Path) -> None:
    files = {"kit_20250131.csv": kit(METAL), "kit_20240625.csv": kit(METAL), "kit v2.5.csv": kit(METAL)}
    found = [one.delivery.dated_on for one in read(given(tmp_path, **files))]
    assert found == [date(2022, 5, 18), date(2024, 6, 25), ON]


def test_a_file_that_is_no_delivery_is_left_aside_in_a_zip_and_refused_alone(tmp_path: Path) -> None:
    one = only(read(given(tmp_path, **{"2025-01-31.zip": zipped({"LISEZMOI.txt": b"rien", "k.csv": kit(METAL)})})))
    assert one.parsed.remarks[0] == "Fichiers laissés de côté : LISEZMOI.txt."
    assert "d'aucune forme connue" in refusal(read(given(tmp_path, **{"b_2025-01-31.csv": b"a;b\r\n"})))
    assert "aucune livraison du RNCP" in refusal(read(given(tmp_path, **{"c_2025-01-31.zip": zipped({"x.txt": b"y"})})))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "ce fichier est vide"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "ancien classeur (.xls)"),
        (kit(METAL).decode().encode("utf-16"), "UTF-16"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, data: bytes, sentence: str) -> None:
    assert sentence in refusal(read(given(tmp_path, **{KIT: data})))


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    assert "n'existe pas" in refusal(read([tmp_path / KIT]))


# --- Dated by name ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Kit_apprentissage_20240625.xlsx", date(2024, 6, 25)),
        ("export_fiches_RNCP_V4_1_2026-07-21.xml", date(2026, 7, 21)),
        ("export-fiches-csv-2024-02-22.zip", date(2024, 2, 22)),
        ("Kit apprentissage et RNCP v1.0.csv", date(2020, 4, 14)),
        ("Kit apprentissage et RNCP v3.0.csv", date(2023, 6, 19)),
        ("export v3.0.csv", None),
        ("kit_20241331.csv", None),
        ("1202406251.csv", None),
    ],
)
def test_the_day_is_read_in_the_name(name: str, day: date | None) -> None:
    assert day_in(name) == day


def test_a_delivery_without_a_day_asks_for_one_and_takes_the_one_given(tmp_path: Path) -> None:
    (path,) = given(tmp_path, **{"kit.csv": kit(METAL)})
    assert "donnez la date de la livraison avec --date" in refusal(read([path]))
    assert only(read([path], dated_on=ON)).delivery.dated_on == ON


def test_a_day_given_against_the_name_is_kept_and_told(tmp_path: Path) -> None:
    (path,) = given(tmp_path, **{KIT: kit(METAL)})
    one = only(read([path], dated_on=date(2025, 2, 1)))
    assert one.delivery.dated_on == date(2025, 2, 1)
    assert "son nom dit le 31 janvier 2025, vous dites le 1er février 2025" in one.parsed.remarks[0]


def test_a_delivery_dated_after_the_day_of_reading_is_refused(tmp_path: Path) -> None:
    """It would be the newest, and every true one would be read as older."""
    assert refusal(read(given(tmp_path, **{"kit_2052-03-01.csv": kit(METAL)}))) == (
        "kit_2052-03-01.csv : d'après son nom, le 1er mars 2052 est à venir : nous sommes le 11 janvier 2026. Renommez le "
        "fichier, ou donnez --date."
    )
    (path,) = given(tmp_path, **{KIT: kit(METAL)})
    assert "kit_apprentissage_2025-01-31.csv : d'après --date, le 12" in refusal(read([path], date(2026, 1, 12)))
    assert only(read([path], READ_ON)).delivery.dated_on == READ_ON


@pytest.mark.parametrize(
    "head", [b"<!DOCTYPE html><html>", b"\n<html lang='fr'>", b"<?xml version='1.0'?>\n<!-- a -->\n<!doctype HTML>"]
)
def test_a_saved_page_is_not_called_an_export(tmp_path: Path, head: bytes) -> None:
    page = head + b"<head><title>Kit</title></head></html>"
    assert "c'est une page web enregistrée (HTML)" in refusal(read(given(tmp_path, **{KIT: page})))


def test_one_day_does_not_serve_for_two_deliveries(tmp_path: Path) -> None:
    paths = given(tmp_path, **{"a.csv": kit(METAL), "b.csv": kit(METAL, METAL)})
    assert "--date ne vaut que pour une livraison, et il y en a 2" in refusal(read(paths, dated_on=ON))


# --- Archives that bite -----------------------------------------------------------------------------------------------


def test_an_archive_that_would_swell_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped({"export.xml": b"\0" * 64 * 1024**2})
    assert len(bomb) < 100_000
    assert "gonflerait de" in refusal(read(given(tmp_path, **{"2025-01-31.zip": bomb})))


@pytest.mark.parametrize("name", ["../../kit.csv", "/kit.csv", "..\\kit.csv", "C:\\kit.csv", "a/../../kit.csv"])
def test_a_name_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    assert "sort de l'archive" in refusal(read(given(tmp_path, **{"2025-01-31.zip": zipped({name: kit(METAL)})})))


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    crowd = zipped({f"{number}.csv": b"" for number in range(archive.MEMBERS + 1)})
    assert "c'est plus qu'aucune livraison" in refusal(read(given(tmp_path, **{"2025-01-31.zip": crowd})))


def test_two_files_of_one_name_in_an_archive_are_refused(tmp_path: Path) -> None:
    twice = zipped({"a/kit.csv": kit(METAL), "b/kit.csv": kit(METAL)})
    assert "deux fichiers nommés « kit.csv »" in refusal(read(given(tmp_path, **{"2025-01-31.zip": twice})))


def test_an_archive_cut_or_damaged_is_refused(tmp_path: Path) -> None:
    for data in (zipped(tables()), workbook({"kit": [SEVENTEEN, METAL]}), zipped({"e.xml": export(FICHE)})):
        for length in (10, len(data) // 2, len(data) - 1):
            assert refusal(read(given(tmp_path, **{"2025-01-31.zip": data[:length]}))), length


def test_a_member_that_lies_about_its_content_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"e.xml": export(FICHE)}))
    place = data.index(b"e.xml") + 40
    data[place] ^= 0xFF
    assert "abîmée ou coupée" in refusal(read(given(tmp_path, **{"2025-01-31.zip": bytes(data)})))


def test_an_archive_under_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"e.xml": export(FICHE)}))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert "protégé par un mot de passe" in refusal(read(given(tmp_path, **{"2025-01-31.zip": bytes(data)})))


def test_a_workbook_with_a_cell_at_the_end_of_the_world_is_refused(tmp_path: Path) -> None:
    """A reader would make room for the seventeen thousand million cells before it."""
    plain = workbook({"kit": [SEVENTEEN, METAL]})
    for far, why in ((b'<c r="XFD2"', "est décalée"), (b'<c r="A1048576"', "s'étend bien au-delà de ses données")):
        members = {}
        with zipfile.ZipFile(io.BytesIO(plain)) as found:
            for name in found.namelist():
                members[name] = found.read(name).replace(b'<c r="A2"', far)
        assert why in refusal(read(given(tmp_path, **{"kit_2025-01-31.xlsx": zipped(members)})))


def test_an_export_inside_a_zip_is_streamed_and_its_fault_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    (path,) = given(tmp_path, **{"2025-01-31.zip": zipped({"e.xml": export(FICHE)})})
    read([path], tell=lambda *one: told.append(one))
    assert told[-1][0] == "Lecture : e.xml"
    (path,) = given(tmp_path, **{"2025-01-31.zip": zipped({"e.xml": export(FICHE)[:-12]})})
    assert refusal(read([path])).startswith("e.xml")


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    one = only(read(given(tmp_path, **{KIT: kit(METAL)})))
    other = only(read(given(tmp_path, **{"2025-01-31.zip": zipped({"k.csv": kit(METAL)})})))
    assert one.delivery.sha256 == other.delivery.sha256 == fingerprint([kit(METAL)])
