"""A delivery taken back, whole, or line by line; and the demo year read in any order, with what was not of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from equerre.cli import command
from equerre.imports.rncp import deliveries
from equerre.imports.running import ImportRefused
from equerre.imports.schools import load
from equerre.imports.schools.book import Filled, csv_files
from equerre.imports.schools.export import filled
from equerre.imports.schools.template import IDENTITIES, SOURCES, sheets
from equerre.imports.undoing import named, undo
from equerre.kernel.fact import Fact
from equerre.registry import models, record, selectors
from equerre.registry.dated import HELD
from equerre.rules.chain import explain
from tests.demo_year import DemoYear
from tests.imports.rncp_samples import METAL, WELD, changed, kit
from tests.registry.writing import audience, by, instant, rows_of, school, source

READ_ON = date(2026, 1, 5)
WRITES = ("INSERT", "UPDATE", "DELETE")


def take_back(number: int, at: int, *, dry_run: bool = False) -> Any:
    return undo(number, author="person:test", recorded_at=instant(at), dry_run=dry_run)


def bring_kit(tmp_path: Path, name: str, *rows: Any, at: int = 0) -> Any:
    path = tmp_path / name
    path.write_bytes(kit(*rows))
    (report,) = deliveries.bring_in(
        deliveries.read([path], read_on=READ_ON), author="person:test", recorded_at=instant(at)
    )
    return report


def held_ends() -> list[tuple[str, date | None]]:
    rows = models.CertificationSheet.objects.filter(standing=HELD, known_until__isnull=True)
    return list(rows.order_by("certification__key").values_list("certification__key", "valid_until"))


# --- A whole delivery -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_kit_withdrawn_gives_back_what_it_had_ended_and_may_be_read_again(tmp_path: Path) -> None:
    bring_kit(tmp_path, "kit_20240625.csv", METAL)
    second = bring_kit(tmp_path, "kit_20250131.csv", changed(METAL, ends_on="31/08/2025"), WELD, at=1)
    before = [rows_of(model) for model in models.DATED]
    trial = take_back(second.delivery, 2, dry_run=True)
    assert [rows_of(model) for model in models.DATED] == before
    real = take_back(second.delivery, 2)
    assert [str(one) for one in real.news] == [str(one) for one in trial.news]
    assert held_ends() == [("RNCP91001", date(2026, 9, 1))]
    said = "\n".join(real.lines())
    assert "Certif Info, kit apprentissage du 31 janvier 2025, lue le 2 janvier 2026 : retirée." in said
    assert "Faits tenus de nouveau : 1 (fiche RNCP « RNCP91001 »)." in said
    again = bring_kit(tmp_path, "kit_20250131.csv", changed(METAL, ends_on="31/08/2025"), WELD, at=3)
    assert again.delivery != second.delivery
    assert held_ends()[0] == ("RNCP91001", date(2025, 9, 1))


@pytest.mark.django_db
def test_a_file_read_under_a_wrong_date_is_withdrawn_and_read_under_the_right_one(tmp_path: Path) -> None:
    path = tmp_path / "kit.csv"
    path.write_bytes(kit(METAL))
    for place, (on, refused) in enumerate(((date(2025, 3, 1), False), (date(2025, 1, 31), True))):
        read = deliveries.read([path], read_on=READ_ON, dated_on=on)
        if refused:
            with pytest.raises(ImportRefused, match="ou retirez d'abord cette livraison"):
                deliveries.bring_in(read, author="person:test", recorded_at=instant(place))
            take_back(models.Delivery.objects.get().pk, 5)
        (report,) = deliveries.bring_in(read, author="person:test", recorded_at=instant(6 * place))
    assert report.counts["new"] + report.counts["changed"] == 2
    row = models.CertificationSheet.objects.get(standing=HELD, known_until__isnull=True)
    assert (row.source.dated_on, row.read_on) == (date(2025, 1, 31), date(2025, 1, 31))


@pytest.mark.django_db
def test_the_day_of_a_delivery_is_that_of_paris(tmp_path: Path) -> None:
    path = tmp_path / "kit_20250131.csv"
    path.write_bytes(kit(METAL))
    read = deliveries.read([path], read_on=READ_ON)
    deliveries.bring_in(read, author="person:test", recorded_at=datetime(2026, 1, 5, 23, 30, tzinfo=UTC))
    assert named(models.Delivery.objects.get()).endswith(", lue le 6 janvier 2026")


@pytest.mark.django_db
def test_what_is_not_there_or_is_withdrawn_already_is_refused_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="aucune livraison n'a été lue"):
        take_back(4, 1)
    number = bring_kit(tmp_path, "kit_20250131.csv", METAL).delivery
    with pytest.raises(ImportRefused, match=f"aucune livraison n'a ce numéro. Les dernières : Livraison n° {number}"):
        take_back(number + 1, 1)
    take_back(number, 1)
    with pytest.raises(ImportRefused, match="elle est déjà retirée"):
        take_back(number, 2)


@pytest.mark.django_db
def test_what_somebody_decided_on_a_delivery_outlives_it_and_is_told(tmp_path: Path) -> None:
    report = bring_kit(tmp_path, "kit_20250131.csv", METAL)
    row = models.CertificationSheet.objects.get(known_until__isnull=True)
    values = {"certification": row.certification, "title": "Relu", "kind": "diploma"}
    record.correct(row, record.Entry(models.CertificationSheet, values), by(1, row.source, "error"))
    told = take_back(report.delivery, 2)
    assert any(remark == "1 fait qu'une personne a tranché d'après elle reste tenu." for remark in told.remarks)
    assert held_ends() == [("RNCP91001", None)]


@pytest.mark.django_db
def test_the_same_file_read_twice_writes_nothing(tmp_path: Path) -> None:
    """Counted in SQL: neither a row, nor a source, nor the revision."""
    bring_kit(tmp_path, "kit_20250131.csv", METAL, WELD)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        bring_kit(tmp_path, "kit_20250131.csv", METAL, WELD, at=1)
    assert [one["sql"] for one in asked.captured_queries if one["sql"].startswith(WRITES)] == []


@pytest.mark.django_db
def test_the_command_lists_and_withdraws(tmp_path: Path) -> None:
    number = bring_kit(tmp_path, "kit_20250131.csv", METAL).delivery

    def said(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(command, ["import", "undo", *words])
        return result.exit_code, result.stdout, result.stderr

    code, out, _ = said()
    assert (code, out.startswith(f"Livraison n° {number}, Certif Info")) == (0, True)
    assert json.loads(said("--format", "json")[1])[0]["delivery"] == number
    assert said(str(number + 1))[0] == 2
    assert said(str(number), "--dry-run")[0] == 0
    assert held_ends()
    assert json.loads(said(str(number), "--format", "json")[1])["news"]["ended"][0]["about"] == "RNCP91001"
    assert not held_ends()
    assert json.loads(said(str(number), "--format", "json")[1])["refused"][0]["reason"] == "elle est déjà retirée."


# --- Lines ----------------------------------------------------------------------------------------------------------------

STARTS = [date(2022, 9, 1), date(2023, 9, 1), date(2024, 9, 1), date(2025, 9, 1)]


def pupils(rows: Sequence[tuple[int, int, int]]) -> dict[str, bytes]:
    """Lines that say how many pupils there are from a September to another, or without an end."""
    told = [
        {
            "school": "essai",
            "school_status": number,
            "from": STARTS[start],
            "until": STARTS[end] if end < len(STARTS) else None,
        }
        for start, end, number in rows
    ]
    tables = {"school": [{"school": "essai", "fictional": True}], "audience": told}
    return csv_files([Filled(sheets()[key], rows) for key, rows in tables.items()])


def lines() -> st.SearchStrategy[list[tuple[int, int, int]]]:
    one = st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(10, 13)).filter(lambda row: row[0] < row[1])
    return st.lists(one, min_size=1, max_size=3).filter(
        lambda rows: all(a[1] <= b[0] or b[1] <= a[0] for at, a in enumerate(rows) for b in rows[at + 1 :])
    )


def held_audiences() -> set[tuple[Any, ...]]:
    rows = models.Audience.objects.filter(standing=HELD, known_until__isnull=True)
    return set(rows.values_list("valid_from", "valid_until", "school_status"))


@settings(max_examples=50)
@given(st.lists(lines(), min_size=1, max_size=3), lines())
@pytest.mark.django_db
def test_lines_withdrawn_leave_what_was_held_before_them(
    files: list[list[tuple[int, int, int]]], last: list[tuple[int, int, int]]
) -> None:
    with transaction.atomic():
        for place, rows in enumerate(files):
            load.bring(pupils(rows), "écoles", author="person:test", recorded_at=instant(place))
        before = held_audiences()
        report = load.bring(pupils(last), "écoles", author="person:test", recorded_at=instant(10))
        if report.delivery is not None:
            read = models.Delivery.objects.get(pk=report.delivery)
            if models.Delivery.objects.filter(source=read.source).count() == 1:
                take_back(report.delivery, 11)
                assert held_audiences() == before
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_somebody_wrote_since_stays_and_what_is_left_is_taken_up() -> None:
    record.record(audience(12, STARTS[0], of=school("essai")), by(0, source("fichier", "Fichier des écoles")))
    report = load.bring(pupils([(1, 4, 15)]), "écoles", author="person:test", recorded_at=instant(1))
    assert held_audiences() == {(STARTS[0], STARTS[1], 12), (STARTS[1], None, 15)}
    record.record(audience(20, STARTS[2], of=school("essai")), by(2))
    take_back(report.delivery, 3)
    assert held_audiences() == {(STARTS[0], STARTS[2], 12), (STARTS[2], None, 20)}


# --- The demo year, in any order ------------------------------------------------------------------------------------------

DAYS = (date(2024, 3, 1), date(2025, 2, 3), date(2026, 10, 1))
PIECES = 8


def tree(value: object) -> object:
    """All that a finding says, but since when it is known and in which order its facts were read."""
    if isinstance(value, Fact):
        return (value.name, value.value, value.valid, value.source.key, value.contested)
    if is_dataclass(value) and not isinstance(value, type):
        hidden = ("known_at", "school")
        return {one.name: tree(getattr(value, one.name)) for one in fields(value) if one.name not in hidden}
    if isinstance(value, Mapping):
        return {key: tree(one) for key, one in value.items()}
    return sorted(map(repr, map(tree, value))) if isinstance(value, tuple | list) else value


def findings() -> dict[tuple[str, date], object]:
    return {(one.uai, day): tree(explain(one, day)) for one in selectors.schools() for day in DAYS}


@pytest.fixture(scope="module")
def of_the_demo(few_database: DemoYear, django_db_blocker: Any) -> tuple[Any, list[Filled]]:
    with django_db_blocker.unblock(), few_database.turned_to():
        return findings(), filled()


def in_pieces(whole: Sequence[Filled], chance: Random) -> list[dict[str, bytes]]:
    """The rows of an export, shared out at random among files that each name all that exists."""
    shared: list[dict[str, list[Any]]] = [{} for _ in range(PIECES)]
    named: dict[str, dict[str, Any]] = {}
    for one in whole:
        key = one.sheet.key
        if key == SOURCES:
            continue
        first = one.sheet.columns[0].key
        for row in one.rows:
            chance.choice(shared).setdefault(key, []).append(row)
            if key in IDENTITIES:
                kept = ("school", "fictional", first) if key != "school" else ("school", "fictional")
                named.setdefault(key, {}).setdefault(row[first], {name: row[name] for name in kept if name in row})
    sources = next(list(one.rows) for one in whole if one.sheet.key == SOURCES)
    for piece in shared:
        piece[SOURCES] = sources
        for key, known in named.items():
            first = sheets()[key].columns[0].key
            told = {row[first] for row in piece.get(key, [])}
            piece.setdefault(key, []).extend(row for name, row in known.items() if name not in told)
    return [csv_files([Filled(sheets()[key], rows) for key, rows in piece.items()]) for piece in shared]


def wrong(whole: Sequence[Filled], place: int) -> dict[str, bytes]:
    """A file that says otherwise what one source of the export said: to be withdrawn."""
    rows = {one.sheet.key: list(one.rows) for one in whole}
    said = [{**row, "school_status": 900 + place} for row in rows["audience"][place::3]]
    tables = {SOURCES: rows[SOURCES], "school": [{"school": r["school"], "fictional": True} for r in rows["school"]]}
    tables["school"] = list({row["school"]: row for row in tables["school"]}.values())
    return csv_files([Filled(sheets()[key], told) for key, told in {**tables, "audience": said}.items()])


def read_in_a_random_order(whole: Sequence[Filled], seed: int) -> None:
    """Every piece once; three more files among them, each withdrawn some time after it was read."""
    chance = Random(seed)
    given = in_pieces(whole, chance)
    chance.shuffle(given)
    steps: list[tuple[float, str, Any]] = [(place, "read", piece) for place, piece in enumerate(given)]
    for place in range(3):
        first = chance.uniform(0, PIECES)
        steps += [(first, "wrong", wrong(whole, place)), (chance.uniform(first, PIECES + 1), "withdraw", place)]
    numbers: list[int] = []
    for at, (_, verb, what) in enumerate(sorted(steps, key=lambda step: step[0]), start=350):
        if verb == "withdraw":
            take_back(numbers.pop(0), at)
            continue
        report = load.bring(what, f"morceau {at}", author="person:test", recorded_at=instant(at))
        assert report.refused == []
        if verb == "wrong":
            assert report.delivery is not None
            numbers.append(report.delivery)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))])
def test_the_demo_year_read_in_any_order_with_three_deliveries_withdrawn_gives_the_same_findings(
    of_the_demo: tuple[Any, list[Filled]], seed: int
) -> None:
    before, whole = of_the_demo
    read_in_a_random_order(whole, seed)
    after = findings()
    assert before.keys() == after.keys()
    assert [key for key in before if before[key] != after[key]] == []
