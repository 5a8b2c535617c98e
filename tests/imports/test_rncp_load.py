"""Sheets as read become facts: days, codes, blocks, what an older delivery said; what is told, and never made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equerre.facts.qualifications import Certification
from equerre.imports.report import Report
from equerre.imports.rncp import deliveries
from equerre.imports.rncp.sheet import SheetRead
from equerre.imports.running import DeliveryFile, ImportRefused, Parsed
from equerre.registry import models, selectors
from equerre.registry.dated import HELD, PROPOSED
from equerre.registry.record import Entry, record
from tests.imports.rncp_samples import METAL, WELD, changed, kit, sheet, tables, zipped
from tests.registry.writing import by, rows_of, said_on

pytestmark = pytest.mark.django_db

ON = date(2025, 1, 31)
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
END = date(2026, 8, 31)
MODELS = (models.CertificationSheet, models.DiplomaCode, models.SkillBlock)


def bring(
    *sheets: SheetRead, on: date = ON, publisher: str = "Certif Info", number: int = 0, dry_run: bool = False
) -> Report:
    """One delivery of these sheets."""
    read = deliveries.DeliveryRead(
        DeliveryFile(publisher, f"livraison du {on}", on, f"{on}{publisher}".ljust(64, "0"), "rncp"), Parsed(sheets)
    )
    (report,) = deliveries.bring_in([read], author="test", recorded_at=AT + timedelta(days=number), dry_run=dry_run)
    return report


def held() -> list[tuple[str, date | None, date | None]]:
    found = models.CertificationSheet.objects.filter(standing=HELD, known_until__isnull=True).order_by(
        "certification__key"
    )
    return list(found.values_list("certification__key", "valid_from", "valid_until"))


def remarks(report: Report) -> str:
    return "\n".join(report.remarks)


def test_a_sheet_its_codes_and_its_blocks_become_facts_with_their_source() -> None:
    report = bring(
        sheet(
            published_on=date(2021, 10, 2),
            effect_on=date(2021, 9, 1),
            decided_on=date(2021, 6, 1),
            ends_on=END,
            last_issue_on=date(2028, 8, 31),
            successors=("RNCP91102", "RNCP91101"),
            cfd=("50025501", "50025502"),
            blocks=(("RNCP91001BC01", "Fabriquer"),),
        )
    )
    assert report.counts["new"] == 4
    assert report.remarks[:3] == [
        "Fiches : 1 fait nouveau.",
        "Codes de diplôme : 2 faits nouveaux.",
        "Blocs de compétences : 1 fait nouveau.",
    ]
    row = models.CertificationSheet.objects.get()
    assert (row.valid_from, row.valid_until) == (date(2021, 10, 2), date(2026, 9, 1))
    assert (row.decided_on, row.effect_on, row.last_issue_on, row.read_on) == (
        date(2021, 6, 1),
        date(2021, 9, 1),
        date(2028, 8, 31),
        ON,
    )
    assert {one.key for one in row.successors.all()} == {"RNCP91101", "RNCP91102"}
    assert (row.source.publisher, row.source.dated_on, row.author, row.reason) == ("Certif Info", ON, "test", "import")
    assert row.note == "kit.csv, ligne 2"
    assert set(models.DiplomaCode.objects.values_list("cfd", flat=True)) == {"50025501", "50025502"}
    assert models.SkillBlock.objects.get().code == "RNCP91001BC01"


def test_successors_keep_the_order_in_which_they_are_named() -> None:
    bring(sheet(successors=("RNCP91109", "RNCP91101", "RNCP91105")))
    through = models.CertificationSheet.successors.through.objects.order_by("id")
    assert list(through.values_list("certification__key", flat=True)) == ["RNCP91109", "RNCP91101", "RNCP91105"]


def test_read_twice_it_changes_nothing_the_second_time() -> None:
    said = (sheet(ends_on=END, cfd=("50025501",)), sheet("RNCP91002", active=False, blocks=(("RNCP91002BC01", "Un"),)))
    bring(*said)
    before = [rows_of(model) for model in MODELS]
    report = bring(*said, number=1)
    assert [rows_of(model) for model in MODELS] == before
    assert report.counts == dict.fromkeys(report.counts, 0) | {"unchanged": 4}
    assert not report.written


def test_a_trial_says_what_a_real_run_would_and_writes_nothing() -> None:
    trial = bring(sheet(ends_on=END, cfd=("50025501",)), dry_run=True)
    assert [rows_of(model) for model in MODELS] == [{}, {}, {}]
    assert models.Certification.objects.count() == 0
    assert models.Source.objects.count() == 0
    real = bring(sheet(ends_on=END, cfd=("50025501",)))
    assert (trial.counts, trial.remarks) == (real.counts, real.remarks)
    assert trial.dry_run
    assert not real.dry_run


def test_an_end_brought_forward_even_into_the_past_is_held_and_both_readings_stay() -> None:
    bring(sheet(ends_on=END), on=date(2024, 6, 25))
    report = bring(sheet(ends_on=date(2024, 1, 1), active=False), number=1)
    assert report.counts["changed"] == 1
    assert held() == [("RNCP91001", None, date(2024, 1, 2))]
    about = {"certification": models.Certification.objects.get(key="RNCP91001")}
    told = {on: said_on(models.CertificationSheet, about, "Certif Info", on) for on in (date(2024, 6, 25), ON)}
    assert [row.valid_until for rows in told.values() for row in rows] == [date(2026, 9, 1), date(2024, 1, 2)]


def test_an_inactive_sheet_without_a_day_or_with_one_to_come_stays_closed_and_is_told() -> None:
    bring(sheet(ends_on=END), sheet("RNCP91002", ends_on=END), on=date(2024, 6, 25))
    report = bring(sheet(active=False), sheet("RNCP91002", active=False, ends_on=END), number=1)
    assert held() == [("RNCP91001", None, None), ("RNCP91002", None, None)]
    rows = models.CertificationSheet.objects.filter(standing=HELD, known_until__isnull=True)
    assert set(rows.values_list("closed_read_on", flat=True)) == {ON}
    assert report.counts["changed"] == 2
    assert "sans date de fin" in remarks(report)
    assert "dont la date de fin est à venir" in remarks(report)
    (closed,) = [news for news in report.news if news.key == "closed"]
    assert closed.items[0] == {
        "code": "RNCP91001",
        "read_on": "2025-01-31",
        "before": "2026-08-31",
        "said": "RNCP91001 : lue close le 31 janvier 2025",
    }


def test_what_people_ask_of_a_delivery_is_said_with_what_was_before() -> None:
    old = [
        sheet(ends_on=END),
        sheet("RNCP91002", ends_on=END),
        sheet("RNCP91003", active=False),
        sheet("RNCP91004", title="Ancien"),
        sheet("RNCP91005"),
    ]
    bring(*old, on=date(2024, 6, 25))
    new = [
        sheet(ends_on=date(2025, 8, 31)),
        sheet("RNCP91002", ends_on=date(2027, 8, 31)),
        sheet("RNCP91003", ends_on=END),
        sheet("RNCP91004", title="Nouveau"),
        sheet("RNCP91006"),
    ]
    report = bring(*new, number=1)
    told = {news.key: [item["said"] for item in news.items] for news in report.news}
    assert told == {
        "appeared": ["RNCP91006"],
        "closed": [],
        "reopened": ["RNCP91003 : jusqu'au 31 août 2026"],
        "brought_forward": ["RNCP91001 : 31 août 2025 au lieu de 31 août 2026"],
        "put_back": ["RNCP91002 : 31 août 2027 au lieu de 31 août 2026"],
        "renamed": ["RNCP91004 : « Nouveau » au lieu de « Ancien »"],
        "gone": ["RNCP91005"],
    }
    said = "\n".join(report.lines())
    assert "5 fiches lues" in said
    assert "Fins avancées : 1 (RNCP91001 : 31 août 2025 au lieu de 31 août 2026)." in said
    data = report.as_data()
    assert data["read"] == 5
    assert data["news"]["brought_forward"] == [{"code": "RNCP91001", "until": "2025-08-31", "before": "2026-08-31"}]


def test_an_active_sheet_whose_end_is_past_is_told_and_the_day_stands() -> None:
    report = bring(sheet(ends_on=date(2024, 6, 23)))
    assert "dites actives dont la date de fin est passée" in remarks(report)
    assert held() == [("RNCP91001", None, date(2024, 6, 24))]


def test_a_delivery_without_state_nor_end_gives_codes_and_no_sheet() -> None:
    report = bring(sheet(active=None, cfd=("50025501",)))
    assert held() == []
    assert models.DiplomaCode.objects.count() == 1
    assert "leurs codes seuls sont gardés" in remarks(report)


def test_what_a_newer_delivery_says_no_more_stays_held_and_is_told() -> None:
    bring(sheet(ends_on=END), sheet("RNCP91002", ends_on=END), on=date(2024, 6, 25))
    report = bring(sheet(ends_on=END), number=1)
    assert [code for code, _, _ in held()] == ["RNCP91001", "RNCP91002"]
    assert "elles restent tenues) : 1 (RNCP91002)" in "\n".join(report.lines())


def test_a_sheet_that_would_end_before_it_starts_is_refused_with_its_line() -> None:
    with pytest.raises(
        ImportRefused, match=r"kit\.csv, ligne 2 : la fiche RNCP91001 commencerait le 1er septembre 2026"
    ):
        bring(sheet(ends_on=END, published_on=date(2026, 9, 1)), sheet("RNCP91002", ends_on=END))
    assert models.CertificationSheet.objects.count() == 0


def test_a_title_longer_than_the_registry_keeps_is_cut_and_told() -> None:
    report = bring(sheet(title="M" * 500, ends_on=END))
    assert models.CertificationSheet.objects.get().title == "M" * 399 + "…"
    assert "coupés : 1 (RNCP91001)" in remarks(report)


def test_one_file_keeps_one_day() -> None:
    said = sheet(ends_on=END)
    delivery = DeliveryFile("Certif Info", "kit", ON, "a" * 64, "rncp")
    deliveries.bring_in([deliveries.DeliveryRead(delivery, Parsed([said]))], author="test", recorded_at=AT)
    other = DeliveryFile("Certif Info", "kit", date(2025, 2, 1), "a" * 64, "rncp")
    with pytest.raises(ImportRefused, match="déjà été lu comme la livraison du 31 janvier 2025"):
        deliveries.bring_in(
            [deliveries.DeliveryRead(other, Parsed([said]))], author="test", recorded_at=AT + timedelta(days=1)
        )


# --- Two publishers of one register -----------------------------------------------------------------------------------


def test_the_newest_of_two_publishers_is_held_and_titles_or_first_days_contradict_nothing() -> None:
    bring(sheet(ends_on=END))
    report = bring(
        sheet(title="Métallier", published_on=date(2021, 10, 2), ends_on=END),
        on=date(2025, 2, 5),
        publisher="France compétences",
        number=1,
    )
    assert report.counts["contested"] == 0
    assert models.CertificationSheet.objects.filter(standing=PROPOSED).count() == 0
    assert held() == [("RNCP91001", date(2021, 10, 2), date(2026, 9, 1))]


def test_a_contradiction_on_the_end_waits_for_somebody_and_the_finding_says_so() -> None:
    bring(sheet(ends_on=END), publisher="France compétences")
    report = bring(sheet(ends_on=date(2027, 8, 31)), on=date(2025, 1, 30), number=1)
    assert report.counts["contested"] == 1
    assert held() == [("RNCP91001", None, date(2026, 9, 1))]
    assert models.CertificationSheet.objects.get(standing=PROPOSED).valid_until == date(2027, 9, 1)


# --- Any order --------------------------------------------------------------------------------------------------------

CODES = ("RNCP91001", "RNCP91002")
SHEETS = st.lists(
    st.builds(
        lambda code, active, end, followers, codes, blocks: sheet(
            code,
            active=active,
            ends_on=end,
            successors=tuple(f"RNCP9200{number}" for number in range(followers)),
            cfd=tuple(f"5002550{number}" for number in range(codes)),
            blocks=tuple((f"{code}BC0{number}", f"Bloc {followers}") for number in range(1, blocks + 1)),
        ),
        st.sampled_from(CODES),
        st.sampled_from((True, False, None)),
        st.sampled_from((None, date(2024, 1, 1), END)),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=2,
    unique_by=lambda one: one.code,
)
VINTAGES = st.dictionaries(st.integers(1, 6), SHEETS, min_size=1, max_size=4)


def truth() -> tuple[object, ...]:
    """What is held and since which delivery, and what was said of each thing up to the end of each month."""
    said = {}
    for code in models.Certification.objects.filter(key__in=CODES):
        for month in range(1, 7):
            on = date(2025, month, 28)
            told = said_on(models.CertificationSheet, {"certification": code}, "Certif Info", on)
            said[code.key, month] = {
                (row.valid_until, row.closed_read_on, tuple(sorted(one.key for one in row.successors.all())))
                for row in told
            }
            for block in models.SkillBlock.objects.filter(certification=code).values_list("code", flat=True).distinct():
                rows = said_on(models.SkillBlock, {"certification": code, "code": block}, "Certif Info", on)
                said[block, month] = {row.title for row in rows}
    rows = {model: model.objects.filter(standing=HELD, known_until=None) for model in MODELS}
    sheets = set(rows[models.CertificationSheet].values_list("certification__key", "valid_until", "source__key"))
    codes = set(rows[models.DiplomaCode].values_list("certification__key", "cfd", "source__key"))
    blocks = set(rows[models.SkillBlock].values_list("code", "title", "source__key"))
    return said, sheets, codes, blocks


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(VINTAGES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(sorted(found)))))
def test_vintages_loaded_in_any_order_give_the_same_history(
    case: tuple[dict[int, list[SheetRead]], Sequence[int]],
) -> None:
    vintages, shuffled = case
    truths = []
    for order in (sorted(vintages), shuffled):
        with transaction.atomic():
            for number, month in enumerate(order):
                bring(*vintages[month], on=date(2025, month, 1), number=number)
            truths.append(truth())
            transaction.set_rollback(True)
    assert truths[0] == truths[1]


# --- From files to findings -------------------------------------------------------------------------------------------


def test_several_deliveries_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    old, new = tmp_path / "kit_20240625.csv", tmp_path / "kit_20250131.csv"
    old.write_bytes(kit(METAL))
    new.write_bytes(kit(changed(METAL, ends_on="31/08/2027"), WELD))
    trial = deliveries.bring_in(
        deliveries.read([new, old], read_on=AT.date()), author="test", recorded_at=AT, dry_run=True
    )
    assert [report.counts["new"] for report in trial] == [2, 2]
    assert trial[1].counts["changed"] == 1
    assert models.CertificationSheet.objects.count() == 0
    real = deliveries.bring_in(deliveries.read([new, old], read_on=AT.date()), author="test", recorded_at=AT)
    assert [report.counts for report in real] == [report.counts for report in trial]
    assert held()[0] == ("RNCP91001", date(2021, 9, 1), date(2027, 9, 1))


def test_one_cut_delivery_stops_the_others_even_when_good_lines_are_kept(tmp_path: Path) -> None:
    good, cut = tmp_path / "kit_20240625.csv", tmp_path / "kit_20250131.csv"
    good.write_bytes(kit(METAL))
    cut.write_bytes(kit(METAL)[:-9])
    for keep_good in (False, True):
        with pytest.raises(ImportRefused, match="n'est pas finie"):
            deliveries.bring_in(
                deliveries.read([good, cut], read_on=AT.date()), author="test", recorded_at=AT, keep_good=keep_good
            )
    assert models.CertificationSheet.objects.count() == 0


def test_a_faulty_line_refuses_the_file_and_keep_good_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "kit_20250131.csv"
    path.write_bytes(kit(METAL, changed(WELD, cfd="1022001")))
    with pytest.raises(ImportRefused, match="Un zéro a peut-être été perdu"):
        deliveries.bring_in(deliveries.read([path], read_on=AT.date()), author="test", recorded_at=AT)
    assert models.CertificationSheet.objects.count() == 0
    (report,) = deliveries.bring_in(
        deliveries.read([path], read_on=AT.date()), author="test", recorded_at=AT, keep_good=True
    )
    assert (report.counts["new"], len(report.refused)) == (2, 1)


def test_a_zip_of_tables_and_a_kit_give_the_rules_their_sheet(tmp_path: Path) -> None:
    (tmp_path / "kit_20240101.csv").write_bytes(kit(METAL))
    (tmp_path / "export_2024-02-22.zip").write_bytes(zipped(tables()))
    reads = deliveries.read([tmp_path / "kit_20240101.csv", tmp_path / "export_2024-02-22.zip"], read_on=AT.date())
    deliveries.bring_in(reads, author="test", recorded_at=AT)
    school = models.School.objects.create(key="école")
    course = models.Course.objects.create(key="cap", school=school)
    values = {
        "course": course,
        "title": "CAP Métallier",
        "certification": models.Certification.objects.get(key="RNCP91001"),
    }
    record(Entry(models.CourseDetails, values), by(900))
    facts = selectors.school("école")
    assert facts is not None
    (found,) = [fact for fact in facts[Certification] if fact.value.code == "RNCP91001"]
    assert (found.value.kind, found.value.level, found.value.read_on) == ("diploma", 3, date(2024, 2, 22))
    assert (found.valid.end, found.source.publisher) == (date(2026, 9, 1), "France compétences")
    assert found.value.successors == ("RNCP91101", "RNCP91102")
