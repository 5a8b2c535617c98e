"""Identifiers against real public files, where they are at hand beside the project (``../shared/data``).

Nothing is copied from them here but counts and the one known mistake.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from equerre.kernel import academie, cfd, geography, rncp, rncp_block, siren, siret, uai
from equerre.kernel.errors import IdentifierError, InvalidChecksum

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NETWORKS = ("referentiel-reseau-cma.csv", "referentiel-reseau-mfr.csv", "referentiel-reseau-uimm.csv")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no real files beside the project (../shared/data)")


def cells(path: str, header: str) -> Iterator[tuple[str, int, str]]:
    """File, line and text of every filled cell, in the columns whose title begins with ``header``."""
    file = DATA / path
    if not file.exists():
        pytest.skip(f"{path} is not among the real files")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines, delimiter=";")
        titles = next(rows)
        for row in rows:
            for title, text in zip(titles, row, strict=False):
                if title.startswith(header) and text.strip():
                    yield file.name, rows.line_num, text


def test_every_uai_of_the_networks_passes_but_the_known_mistake() -> None:
    found = [cell for name in NETWORKS for cell in cells(f"identifiers/{name}", "UAI")]
    refused = []
    for name, line, number in found:
        try:
            uai.validate(number)
        except IdentifierError as error:
            refused.append((name, line, number, type(error)))
    assert len(found) == 2198
    assert refused == [("referentiel-reseau-uimm.csv", 89, "0251542K", InvalidChecksum)]


def test_every_siret_of_the_networks_passes() -> None:
    found = [number for name in NETWORKS for _, _, number in cells(f"identifiers/{name}", "Siret")]
    assert len(found) == 657
    assert [number for number in found if not siret.is_valid(number)] == []
    assert [number for number in found if siret.is_fictional(number)] == []
    assert all(siren.is_valid(siret.to_siren(number)) for number in found)


def test_the_directory_of_the_ministry() -> None:
    path = "identifiers/annuaire_ille-et-vilaine_2023_40_lignes.csv"
    numbers = [number for _, _, number in cells(path, "Identifiant_de_l_etablissement")]
    assert len(numbers) == 40
    assert {uai.departement(number) for number in numbers} == {"35"}
    assert all(siret.is_valid(number) for _, _, number in cells(path, "SIREN_SIRET"))
    assert {academie.name(code) for _, _, code in cells(path, "Code_academie")} == {"Rennes"}


def test_the_academies_that_the_networks_name_are_known() -> None:
    known = {one.name for one in geography.academies().values()}
    assert {name for file in NETWORKS for _, _, name in cells(f"identifiers/{file}", "Académie")} <= known


def test_the_kit() -> None:
    path = "rncp/kit_apprentissage_2025-01-31.csv"
    codes = [code for _, _, code in cells(path, "Code Diplôme")]
    assert len(codes) == 6822
    assert [code for code in codes if not cfd.is_valid(code)] == []
    records = [record for _, _, record in cells(path, "FicheRNCP")]
    assert [record for record in records if not rncp.is_valid(record)] == ["NR"] * 31


@pytest.mark.parametrize("folder", ["fc_csv_sample", "fc_csv_continuity"])
def test_the_export_of_france_competences(folder: str) -> None:
    blocks = sorted((DATA / "rncp" / folder).glob("*Blocs*.csv"))
    if not blocks:
        pytest.skip(f"{folder} is not among the real files")
    codes = [code for _, _, code in cells(f"rncp/{folder}/{blocks[0].name}", "Bloc_Competences_Code")]
    assert codes
    assert all(rncp_block.is_valid(code) for code in codes)
    for path in (DATA / "rncp" / folder).glob("*.csv"):
        for _, _, number in cells(f"rncp/{folder}/{path.name}", "Siret_"):
            assert siret.is_valid(number)  # each is written after a tab


def test_the_geography_is_that_of_the_public_nomenclature() -> None:
    path = DATA / "geo" / "departements_academies_regions.csv"
    if not path.exists():
        pytest.skip("the public nomenclature is not among the real files")
    with path.open(encoding="utf-8", newline="") as lines:
        theirs = {
            (
                row["code_departement"],
                row["libelle_departement"],
                row["prefixe_uai"],
                row["code_academie"],
                row["libelle_academie"],
                row["code_region"],
                row["libelle_region"],
            )
            for row in csv.DictReader(lines, delimiter=";")
        }
    ours = set()
    for one in geography.departements().values():
        held = geography.academies()[one.academie]
        ours.add((one.code, one.name, one.uai_prefix, held.code, held.name, held.region.code, held.region.name))
    assert ours == theirs
