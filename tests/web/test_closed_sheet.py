"""A sheet that its publisher closes without a day: the school's page, its API and its sheet say so, and say what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from equerre.imports.rncp import deliveries
from tests.imports.rncp_samples import METAL, changed, kit
from tests.registry.writing import instant

# A course of this fictional school leads to this sheet.
SCHOOL, SHEET = "9991403W", "RNCP35889"


@pytest.mark.usefixtures("demo_year")
def test_a_sheet_closed_without_a_day_is_said_wherever_the_school_is_shown(client: Client, tmp_path: Path) -> None:
    closed = changed(METAL, rncp=SHEET, state="INACTIVE", ends_on="", successors="", predecessors="")
    (tmp_path / "kit_20250630.csv").write_bytes(kit(closed))
    read = deliveries.read([tmp_path / "kit_20250630.csv"], read_on=date(2026, 11, 25))
    deliveries.bring_in(read, author="person:test", recorded_at=instant(0))
    page = client.get(f"/ecoles/{SCHOOL}")
    assert page.status_code == 200
    text = page.content.decode()
    assert f"la fiche {SHEET} est close, sans que son éditeur dise depuis quel jour" in text
    assert f"la fiche RNCP ({SHEET}), jour de fin" in text
    for other in (f"/ecoles/{SCHOOL}/dossier.json", f"/api/v1/schools/{SCHOOL}/chain", f"/ecoles/{SCHOOL}/badge.svg"):
        assert client.get(other).status_code == 200
