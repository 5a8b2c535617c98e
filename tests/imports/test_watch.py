"""The watch: which sheets end by a day, intakes, pupils, successors, doors, each under its readings; and its three printings."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from equerre.cli.watch_certifications import data, page, table
from equerre.documents.page import Grid, Line
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.statements import StatedAbsence
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.registry.deliveries import EndRead, SheetDelivered
from equerre.rules import qualifications, tax_balance
from equerre.rules.rule import DEFAULTS
from equerre.rules.watch import DOORS, Watch, certifications
from tests.imports.rncp_samples import METAL, SEVENTEEN, changed, kit
from tests.rules.cases import school
from tests.rules.schools import rich_school

OCTOBER, END = date(2026, 10, 1), date(2026, 8, 31)
COURSE: dict[str, Any] = {"id": "cap", "title": "CAP Métallier", "certification": "RNCP91001", "full_time": True}


def with_sheets(*sheets: dict[str, Any], **rows: list[dict[str, Any]]) -> SchoolFacts:
    held = [{"code": "RNCP91001", "title": "CAP Métallier", "kind": "diploma", "level": 3, **sheet} for sheet in sheets]
    return school(["association"], {"course": [COURSE], "certification": held, **rows})


def codes(watch: Watch) -> list[tuple[str, date]]:
    return [(one.sheet.value.code, one.ends_on) for one in watch.courses]


# --- Which courses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "watched"), [(date(2026, 8, 30), False), (END, True), (date(2026, 9, 1), True), (date(2030, 1, 1), True)]
)
def test_a_sheet_is_watched_from_its_last_day_on(by: date, watched: bool) -> None:
    found = certifications(with_sheets({"until": date(2026, 9, 1)}), on=date(2026, 1, 1), by=by)
    assert codes(found) == ([("RNCP91001", date(2026, 9, 1))] if watched else [])


def test_a_sheet_without_a_known_end_or_not_begun_is_not_watched() -> None:
    assert not certifications(with_sheets({}), on=OCTOBER, by=date(2030, 1, 1)).courses
    coming = with_sheets({"from": date(2027, 1, 1), "until": date(2028, 1, 1)})
    assert not certifications(coming, on=OCTOBER, by=date(2030, 1, 1)).courses


def test_a_sheet_that_goes_on_without_a_gap_ends_when_the_last_one_does() -> None:
    renewed = with_sheets(
        {"until": date(2026, 9, 1)}, {"from": date(2026, 9, 1), "until": date(2027, 9, 1)}, {"from": date(2028, 1, 1)}
    )
    assert codes(certifications(renewed, on=date(2026, 1, 1), by=date(2027, 12, 31))) == [
        ("RNCP91001", date(2027, 9, 1))
    ]
    assert not certifications(renewed, on=date(2026, 1, 1), by=date(2026, 12, 31)).courses


def test_a_course_without_a_sheet_at_all_is_told_apart() -> None:
    found = certifications(school([], {"course": [COURSE]}), on=OCTOBER, by=date(2027, 1, 1))
    assert not found.courses
    assert [one.value.id for one in found.unknown] == ["cap"]


def test_a_course_that_stops_with_its_sheet_loses_nothing() -> None:
    stopped = school(
        [],
        {
            "course": [{**COURSE, "until": date(2026, 9, 1)}],
            "certification": [{"code": "RNCP91001", "title": "x", "kind": "diploma", "until": date(2026, 9, 1)}],
        },
    )
    assert not certifications(stopped, on=date(2026, 1, 1), by=date(2027, 1, 1)).courses


# --- What it does -----------------------------------------------------------------------------------------------------


def test_every_answer_is_that_of_its_rule_on_the_day_after_the_end() -> None:
    facts = rich_school()
    (one,) = certifications(facts, on=date(2026, 3, 1), by=END).courses
    assert (one.ends_on, one.asked_on) == (date(2026, 9, 1), date(2026, 9, 1))
    asked = {"on": one.asked_on, "readings": DEFAULTS}
    subject = one.course.value.id
    assert one.intake_now.finding == qualifications.intake_open(facts, subject, on=date(2026, 3, 1))
    assert one.intake_after.finding == qualifications.intake_open(facts, subject, **asked)  # type: ignore[arg-type]
    assert one.pupils.finding == qualifications.course_registered(facts, subject, **asked)  # type: ignore[arg-type]
    assert one.counts.finding == tax_balance.eligible_course(facts, subject, **asked)  # type: ignore[arg-type]
    assert one.entitled.finding == tax_balance.entitled(facts, **asked)  # type: ignore[arg-type]
    assert [door.item for door in one.doors] == list(tax_balance.DOORS)
    for door, (_, rule) in zip(one.doors, DOORS, strict=True):
        assert door.answer.finding == rule(facts, on=one.asked_on)


def test_an_end_in_the_past_is_asked_on_the_day_of_the_question() -> None:
    (one,) = certifications(rich_school(), on=OCTOBER, by=OCTOBER).courses
    assert (one.ends_on, one.asked_on) == (date(2026, 9, 1), OCTOBER)


def test_intakes_and_pupils_say_under_which_reading_they_stand() -> None:
    (one,) = certifications(rich_school(), on=date(2026, 3, 1), by=END).courses
    assert (one.intake_now.finding.outcome, one.intake_now.doubt.settled) == (Outcome.MET, True)
    assert (one.intake_after.finding.outcome, one.intake_after.doubt.readings) == (Outcome.NOT_MET, ("R54",))
    assert (one.pupils.finding.outcome, one.pupils.doubt.readings) == (Outcome.MET, ("R5",))
    assert set(one.counts.doubt.readings) == {"R5", "R6"}
    under = {row.option: row.outcome for row in one.pupils.doubt.rows}
    assert under == {"a": Outcome.NOT_MET, "b": Outcome.MET, "c": Outcome.NOT_MET}


def test_what_the_end_does_to_a_door_is_the_work_of_the_sheet_alone() -> None:
    """Without pupils in course nothing protects it: a door that would be open is shut; one that is unknown is shut too."""
    facts = rich_school().with_rows("intake", ())
    absent = school([], {"stated_absence": [{"of": "intake[cap-metallier]"}]})[StatedAbsence]
    (one,) = certifications(facts.with_rows("stated_absence", absent), on=date(2026, 3, 1), by=END).courses
    doors = {door.item: (door.otherwise, door.outcome) for door in one.doors}
    assert doors["12°"] == (Outcome.MET, Outcome.NOT_MET)
    assert {outcome for _, outcome in doors.values()} == {Outcome.NOT_MET}
    assert (one.entitled_otherwise.outcome, one.entitled.finding.outcome) == (Outcome.MET, Outcome.NOT_MET)


def test_with_pupils_protected_the_doors_stay_as_they_were() -> None:
    (one,) = certifications(rich_school(), on=date(2026, 3, 1), by=END).courses
    assert [door.outcome for door in one.doors] == [door.otherwise for door in one.doors]
    assert one.doors[0].outcome is Outcome.MET


def test_a_successor_is_named_with_its_days_or_said_to_be_unknown() -> None:
    ended = {"until": date(2026, 9, 1), "successors": ["RNCP91101", "RNCP91102"]}
    facts = with_sheets(ended, {"code": "RNCP91101", "title": "Suite", "until": date(2031, 9, 1)})
    (one,) = certifications(facts, on=OCTOBER, by=OCTOBER).courses
    assert [(each.code, each.sheet and each.sheet.value.title) for each in one.successors] == [
        ("RNCP91101", "Suite"),
        ("RNCP91102", None),
    ]


def test_another_reading_may_be_asked_for() -> None:
    strict = DEFAULTS.instead("R5", "a")
    (one,) = certifications(rich_school(), on=OCTOBER, by=OCTOBER, readings=strict).courses
    assert one.pupils.finding.outcome is Outcome.NOT_MET


# --- Printed ----------------------------------------------------------------------------------------------------------


def told(dated_on: date, end: date | None, *, active: bool = True) -> SheetDelivered:
    return SheetDelivered("Certif Info", f"kit du {dated_on}", dated_on, "a" * 64, active, Period(None, end), {}, ())


READS = {
    "RNCP37897": EndRead(
        told(date(2025, 1, 31), date(2026, 9, 1)),
        told(date(2025, 2, 28), date(2026, 9, 1)),
        told(date(2024, 6, 25), date(2028, 9, 1)),
    )
}


def lines(watches: list[Watch], on: date, by: date) -> str:
    made = page(watches, READS, on, by)
    texts = [made.title, *made.asked]
    for section in made.sections:
        texts.append(section.title)
        texts += [block.text for block in section.blocks if isinstance(block, Line)]
        texts += [
            " | ".join(cell.text for cell in row)
            for block in section.blocks
            if isinstance(block, Grid)
            for row in block.rows
        ]
    return "\n".join(texts)


def test_the_page_says_where_the_end_was_read_and_what_it_was_before() -> None:
    said = lines([certifications(rich_school(), on=date(2026, 3, 1), by=END)], date(2026, 3, 1), END)
    assert "Fiches qui auront pris fin le 31 août 2026" in said
    assert "CAP Métallier : la fiche RNCP37897 prendra fin le 31 août 2026" in said
    assert (
        "Fin lue dans la livraison du 31 janvier 2025, de Certif Info, redite dans celle du 28 février 2025. Celle du 25 juin "
        "2024 disait le 31 août 2028." in said
    )
    assert "La fiche ne nomme aucune suite." in said
    assert "Ouvrir une promotion le 1er septembre 2026 : Non, sous la lecture R54-a ; oui sous R54-c" in said
    assert "Élèves déjà entrés, le 1er septembre 2026 : Oui, sous la lecture R5-b ; non sous R5-a et R5-c" in said
    assert "C'est notre lecture, non la loi" in said
    assert "12° | Oui | Oui | " in said


def test_the_page_names_courses_whose_end_nobody_knows() -> None:
    watch = certifications(school([], {"course": [COURSE]}), on=OCTOBER, by=OCTOBER)
    assert "CAP Métallier : aucune fiche RNCP91001 au registre ; on ne sait pas quand elle finit." in lines(
        [watch], OCTOBER, OCTOBER
    )


def test_data_and_table_say_the_same_as_the_page() -> None:
    watches = [certifications(rich_school(), on=date(2026, 3, 1), by=END)]
    (course,) = data(watches, READS, date(2026, 3, 1), END)["schools"][0]["courses"]
    assert (course["ends_on"], course["intake_after"]["hangs_on"]) == ("2026-09-01", ["R54"])
    assert course["said_before"]["ends_on"] == "2028-09-01"
    assert json.loads(json.dumps(course)) == course
    (row,) = csv.DictReader(io.StringIO(table(watches, READS)))
    assert (row["last_day"], row["read_in"], row["said_before"]) == ("2026-08-31", "2025-01-31", "2024-06-25")
    assert (row["intake"], row["intake_hangs_on"], row["pupils"], row["door_12"]) == ("NOT_MET", "R54-a", "MET", "MET")


# --- The two commands, in a process of their own ----------------------------------------------------------------------


@pytest.fixture
def equerre(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``equerre`` on an empty registry made ready, in a folder that goes away."""
    known = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment = {**known, "EQUERRE_HOME": str(tmp_path / "home")}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from equerre.cli import main; main()", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    assert run("migrate").returncode == 0
    return run


def test_a_kit_is_imported_reported_and_watched(
    equerre: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    path = tmp_path / "kit_2025-01-31.csv"
    path.write_bytes(kit(METAL))
    trial = equerre("import", "rncp", path.name, "--dry-run")
    assert (trial.returncode, trial.stderr) == (0, "")
    assert trial.stdout.startswith(
        "Certif Info, kit apprentissage du 31 janvier 2025 : 1 fiche lue ; 2 faits nouveaux. (essai : rien n'a été écrit)"
    )
    real = equerre("import", "rncp", path.name, "--format", "json")
    (report,) = json.loads(real.stdout)
    assert (report["counts"]["new"], report["refused"]) == (2, [])
    again = equerre("import", "rncp", path.name)
    assert again.stdout.startswith(
        "Certif Info, kit apprentissage du 31 janvier 2025 : 1 fiche lue ; 2 faits inchangés."
    )
    watch = equerre("watch", "certifications", "--by", "2026-12-31", "--on", "2026-10-01")
    assert (watch.returncode, watch.stderr) == (0, "")
    assert "aucune formation" in watch.stdout
    assert equerre("watch", "certifications").returncode == 2


def test_a_refused_kit_leaves_with_code_two_and_all_its_faults(
    equerre: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    path = tmp_path / "kit_2025-01-31.csv"
    path.write_bytes(kit(changed(METAL, cfd="1022001"), changed(METAL, SEVENTEEN, cfd="2,17003E+13", rncp="RNCP91002")))
    refused = equerre("import", "rncp", path.name)
    assert (refused.returncode, refused.stdout) == (2, "")
    first, second, last = refused.stderr.splitlines()
    assert first.startswith("kit_2025-01-31.csv, ligne 6, colonne Code Diplôme : CFD « 1022001 »")
    assert second.startswith("kit_2025-01-31.csv, ligne 7, colonne Code Diplôme : « 2,17003E+13 »")
    assert last.endswith("rien n'a été écrit. Corrigez 2 points, puis recommencez.")
    assert json.loads(equerre("import", "rncp", path.name, "--format", "json").stdout)[0]["refused"][0]["line"] == 6
    assert equerre("import", "rncp", "absent.csv").returncode == 2
    assert equerre("import", "rncp", path.name, "--keep-good").returncode == 2
