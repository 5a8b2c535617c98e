"""The real deliveries, where they are at hand beside the project (``../shared/data``): the figures that their notice gives.

Nothing is copied from them here but counts, and a few codes and days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

import pytest
from django.db import transaction

from equerre.imports.rncp import deliveries
from equerre.imports.rncp.deliveries import DeliveryRead
from equerre.imports.rncp.sheet import SheetRead
from equerre.registry import models
from equerre.registry.dated import HELD
from equerre.registry.deliveries import deliveries_of
from tests.imports.rncp_samples import DATA
from tests.registry.writing import said_on

NEW, OLD = "kit_apprentissage_2025-01-31.csv", "kit_apprentissage_2024-06-25.xlsx"
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
# Names of the sheets of CAP, CAPA, BMA and bac pro in the kit.
TRADES = ("CAP - ", "CAPA - ", "BMA - ", "BAC PRO - ")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no real files beside the project (../shared/data)")


@cache
def _read(*names: str, dated_on: date | None = None) -> list[DeliveryRead]:
    return deliveries.read([DATA / name for name in names], read_on=AT.date(), dated_on=dated_on)


def delivery(name: str, dated_on: date | None = None) -> DeliveryRead:
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not among the real files")
    (one,) = _read(name, dated_on=dated_on)
    return one


def sheets(name: str) -> Mapping[str, SheetRead]:
    return {one.code: one for one in delivery(name).parsed.rows}


def test_the_kit_of_january_2025_has_the_figures_of_its_notice() -> None:
    one = delivery(NEW)
    assert (one.delivery.title, one.delivery.dated_on) == ("kit apprentissage du 31 janvier 2025", date(2025, 1, 31))
    assert not one.parsed.refused
    assert len(one.parsed.rows) == 4587
    assert sum(len(sheet.cfd) for sheet in one.parsed.rows) == 6822 - 31
    assert one.parsed.remarks[0].startswith("Codes de diplôme sans fiche RNCP (NR), laissés de côté : 31 (")
    states = Counter(sheet.active for sheet in one.parsed.rows for _ in sheet.cfd)
    assert states == {True: 3419, False: 3372}
    assert max(sheet.days.ends_on for sheet in one.parsed.rows if sheet.days.ends_on) == date(2030, 9, 1)
    assert sum(sheet.days.ends_on is None for sheet in one.parsed.rows for _ in sheet.cfd) == 9
    caps = [sheet for sheet in one.parsed.rows if sheet.title.startswith("CAP - ")]
    assert (len(caps), sum(len(sheet.cfd) for sheet in caps)) == (211, 276)


def test_the_kit_of_june_2024_has_the_figures_of_its_notice() -> None:
    one = delivery(OLD)
    assert not one.parsed.refused
    assert len(one.parsed.rows) == 3872
    remarks = "\n".join(one.parsed.remarks)
    assert "La table est la feuille « Kit apprentissage »" in remarks
    assert "(NR), laissés de côté : 34 (" in remarks
    assert "gardés une fois : 8 (" in remarks
    caps = [sheet for sheet in one.parsed.rows if sheet.title.startswith("CAP - ")]
    assert (len(caps), sum(len(sheet.cfd) for sheet in caps)) == (182, 232)
    # The one end that the workbook holds as a number: the diploma 46125003.
    counted = next(sheet for sheet in one.parsed.rows if "46125003" in sheet.cfd)
    assert counted.days.ends_on == date(2028, 8, 31)


def test_the_sheets_of_our_trades_end_as_the_law_page_says() -> None:
    found = sheets(NEW)
    trades = [one for one in found.values() if one.title.startswith(TRADES)]
    inactive = [one for one in trades if not one.active]
    assert (len(inactive), sum(not one.successors for one in inactive)) == (123, 14)
    years = Counter(one.days.ends_on.year for one in trades if one.active and one.days.ends_on)
    assert years == {2025: 18, 2026: 50, 2027: 43, 2028: 107, 2029: 36, 2030: 1}
    ends = {code: found[code].days.ends_on for code in ("RNCP37897", "RNCP38568", "RNCP35113", "RNCP35697")}
    assert list(ends.values()) == [date(2026, 8, 31), date(2028, 8, 31), date(2025, 8, 31), date(2025, 9, 1)]
    assert {one.kind for one in trades} == {"diploma"}


def test_a_record_may_be_closed_in_the_past_between_two_vintages() -> None:
    old, new = sheets(OLD), sheets(NEW)
    forward = [
        code
        for code, one in new.items()
        if code in old and one.days.ends_on and old[code].days.ends_on and one.days.ends_on < old[code].days.ends_on  # type: ignore[operator]
    ]
    assert len(forward) == 59
    assert sum(new[code].days.ends_on < date(2024, 6, 25) for code in forward) == 8  # type: ignore[operator]


def test_every_name_of_diploma_in_the_real_files_is_known() -> None:
    for name in (NEW, OLD):
        assert not any("que nous ne connaissons pas" in remark for remark in delivery(name).parsed.remarks)


@pytest.mark.parametrize("name", ["fc_csv_sample", "fc_csv_continuity"])
def test_the_tables_of_france_competences_are_read_whatever_the_accents_of_their_names(name: str) -> None:
    one = delivery(name)
    assert (one.delivery.publisher, one.delivery.dated_on) == ("France compétences", date(2024, 2, 22))
    assert not one.parsed.refused
    assert [sheet.code for sheet in one.parsed.rows] == [
        *("RNCP509", "RNCP1197", "RNCP4049", "RNCP22094", "RNCP28155", "RNCP30271", "RNCP19468")
    ]
    assert [code for code, _ in one.parsed.rows[0].blocks] == [f"RNCP509BC0{number}" for number in (5, 6, 1, 2, 3, 4)]
    remarks = "\n".join(one.parsed.remarks)
    assert "laissées de côté : 2 (RS5000, RS6117)" in remarks
    assert "Suites nommées dont la fiche n'est pas dans l'export : 1 (RNCP38228)" in remarks
    assert "SIRET" not in remarks


def test_a_hole_in_a_chain_is_said_and_not_guessed() -> None:
    whole, broken = sheets("fc_csv_sample"), sheets("fc_csv_continuity")
    assert whole["RNCP22094"].successors == ("RNCP28155",)
    assert broken["RNCP22094"].successors == ()
    assert any("1 (RNCP28155 pour RNCP22094)" in remark for remark in delivery("fc_csv_continuity").parsed.remarks)


def test_the_fragment_of_the_xml_export_holds_nothing_of_the_rncp() -> None:
    one = delivery("fragment_export_rncp_xml_v3.xml", dated_on=date(2024, 3, 1))
    assert (list(one.parsed.rows), list(one.parsed.refused)) == ([], [])
    assert one.parsed.remarks == ("Fiches du répertoire spécifique (RS), laissées de côté : 2 (RS5841, RS6010).",)


@pytest.mark.django_db
def test_the_two_kits_loaded_in_either_order_tell_the_same() -> None:
    """All sheets: what is held, and what each vintage said of those that changed."""
    truths = []
    for order in ((NEW, OLD), (OLD, NEW)):
        with transaction.atomic():
            for number, name in enumerate(order):
                deliveries.bring_in([delivery(name)], author="test", recorded_at=AT.replace(day=5 + number))
            rows = models.CertificationSheet.objects.filter(standing=HELD, known_until__isnull=True)
            held = set(
                rows.values_list(
                    "certification__key",
                    "valid_from",
                    "valid_until",
                    "title",
                    "level",
                    "source__key",
                    "read_on",
                    "closed_read_on",
                )
            )
            moved = models.Certification.objects.get(key="RNCP723")
            said = [
                row.valid_until
                for on in (date(2024, 6, 25), date(2025, 1, 31))
                for row in said_on(models.CertificationSheet, {"certification": moved}, "Certif Info", on)
            ]
            told = [(one.dated_on, one.changed) for one in deliveries_of(["RNCP723"])["RNCP723"]]
            truths.append((held, said, told))
            transaction.set_rollback(True)
    assert truths[0] == truths[1]
    held, said, told = truths[0]
    assert len(held) == 4587 + 5
    assert sum(row[-1] is not None for row in held) == 9  # closed, on a day that nobody gives
    assert said == [date(2025, 1, 2), date(2024, 1, 2)]
    assert told[1][0] == date(2025, 1, 31)
    assert "valid" in told[1][1]
