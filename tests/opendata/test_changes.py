"""Changes are read from the dated rows themselves: what each verb of ``record`` does is one change, told as what it is."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from equerre.facts import KEPT
from equerre.kernel.period import Period
from equerre.opendata import changes
from equerre.opendata.changes import CHANGED, CORRECTED, OUTGOING, RECORDED, WITHDRAWN, RegisterChange
from equerre.registry import models
from equerre.registry.record import Entry, correct, propose, record, retire, settle
from tests.registry.writing import by, instant, school, source

pytestmark = pytest.mark.django_db

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def name(text: str, start: date | None = None, end: date | None = None) -> Entry:
    return Entry(models.SchoolName, {"school": school(), "name": text}, Period(start, end))


def told(**asked: Any) -> list[RegisterChange]:
    return list(changes.changes(limit=100, **asked).changes)


def moves(**asked: Any) -> list[tuple[str, Any]]:
    return [(one.move, one.values["name"]) for one in told(**asked)]


# --- What goes out --------------------------------------------------------------------------------------------------------------


def test_what_is_told_is_public() -> None:
    for kind in OUTGOING:
        assert all(KEPT[kind.kind].every[name].public for name in kind.fields)
        assert not set(kind.fields.values()) & {"author", "reason", "note", "ended_by", "ended_reason", "ended_note"}


def test_every_public_kind_is_told_and_every_public_field_but_those_that_say_otherwise() -> None:
    told = {kind.kind: set(kind.fields) for kind in OUTGOING}
    assert told == {
        kind.name: {field.name for field in kind.every.values() if field.public and field.in_feed}
        for kind in KEPT.values()
        if kind.public and kind.in_feed
    }
    assert {kind.name for kind in KEPT.values() if kind.public} - set(told) == {"act"}


# --- Moves ----------------------------------------------------------------------------------------------------------------------


def test_a_first_fact_is_recorded() -> None:
    record(name("École du Pont"), by(0))
    (change,) = told()
    assert (change.move, change.at, change.valid) == (RECORDED, instant(0), Period())
    assert change.values == {"name": "École du Pont"}
    assert [one.name for one in change.schools] == ["École du Pont"]
    assert change.source.title == "Papier acte"
    assert changes.title(change) == "Inscription : le nom de l'école, École du Pont (école-1)"


def test_what_was_wrong_is_corrected_and_says_what_it_replaced() -> None:
    row = record(name("École du Pont"), by(0))
    correct(row, name("École du Port"), by(1))
    assert moves() == [(CORRECTED, "École du Port"), (RECORDED, "École du Pont")]
    correction = told()[0]
    assert correction.before == {"name": "École du Pont"}
    assert changes.said_before(correction) == "nom : École du Pont"


def test_what_changes_from_a_day_on_leaves_the_days_before_alone() -> None:
    record(name("École du Pont"), by(0))
    record(name("École du Port", MARCH), by(1))
    assert moves() == [(CHANGED, "École du Port"), (RECORDED, "École du Pont")]
    assert told()[0].valid == Period(MARCH)


def test_a_change_in_the_middle_is_one_change() -> None:
    record(name("École du Pont"), by(0))
    record(name("École du Port", MARCH, JUNE), by(1))
    assert moves() == [(CHANGED, "École du Port"), (RECORDED, "École du Pont")]


def test_days_alone_may_be_corrected() -> None:
    row = record(name("École du Pont", MARCH), by(0))
    correct(row, name("École du Pont", JUNE), by(1))
    (last, _) = told()
    assert (last.move, last.valid, last.valid_before) == (CORRECTED, Period(JUNE), Period(MARCH))
    assert changes.said_before(last) == ""


def test_what_nothing_replaces_is_withdrawn() -> None:
    row = record(name("École du Pont"), by(0))
    retire(row, by(1))
    assert moves() == [(WITHDRAWN, "École du Pont"), (RECORDED, "École du Pont")]


def test_a_proposal_is_told_when_it_is_taken_only() -> None:
    record(name("École du Pont"), by(0))
    waiting = propose(name("École du Port"), by(1, source("enquête")))
    other = propose(name("École du Parc"), by(2, source("courrier")))
    assert moves() == [(RECORDED, "École du Pont")]
    settle(waiting, by(3), accept=True)
    settle(other, by(4), accept=False)
    assert moves() == [(CORRECTED, "École du Port"), (RECORDED, "École du Pont")]


def test_a_correction_of_what_does_not_go_out_is_not_told() -> None:
    values = {"school": school(), "opposed_on": MARCH, "authority": "le maire"}
    row = record(Entry(models.Opposition, {**values, "ground": "premier"}, Period(MARCH)), by(0))
    correct(row, Entry(models.Opposition, {**values, "ground": "second"}, Period(MARCH)), by(1))
    assert [one.move for one in told()] == [RECORDED]


# --- When, and of whom ----------------------------------------------------------------------------------------------------------


def test_only_what_was_known_then_is_told() -> None:
    row = record(name("École du Pont"), by(0))
    correct(row, name("École du Port"), by(4))
    retire(models.SchoolName.objects.get(name="École du Port"), by(8))
    assert moves(known_at=instant(3)) == [(RECORDED, "École du Pont")]
    assert moves(known_at=instant(4)) == [(CORRECTED, "École du Port"), (RECORDED, "École du Pont")]
    assert [one.schools[0].name for one in told(known_at=instant(4))] == ["École du Port", "École du Port"]
    assert len(moves()) == 3


def test_only_what_is_about_a_day_is_told_when_one_is_asked() -> None:
    record(name("École du Pont", None, MARCH), by(0))
    record(name("École du Port", MARCH), by(1))
    assert moves(on=date(2026, 2, 28)) == [(RECORDED, "École du Pont")]
    assert moves(on=MARCH) == [(RECORDED, "École du Port")]


def test_a_body_is_told_with_the_schools_that_it_runs() -> None:
    body = models.ManagingBody.objects.create(key="asso")
    for key in ("école-1", "école-2"):
        record(Entry(models.SchoolName, {"school": school(key), "name": key}), by(0))
        record(Entry(models.SchoolBody, {"school": school(key), "body": body}), by(0))
    details = {"body": body, "name": "Association", "legal_category": "9220"}
    record(Entry(models.ManagingBodyDetails, details), by(1))
    assert [one.key for one in told()[0].schools] == ["école-1", "école-2"]
    assert [one.kind for one in told(school="école-2")] == ["managing_body", "school_name", "school_body"]


def test_sheets_are_told_when_a_school_prepares_them() -> None:
    prepared, other = (models.Certification.objects.create(key=code) for code in ("RNCP37897", "RNCP557"))
    course = models.Course.objects.create(key="cap", school=school())
    record(Entry(models.SchoolName, {"school": school(), "name": "École du Pont"}), by(0))
    record(Entry(models.CourseDetails, {"course": course, "title": "CAP", "certification": prepared}), by(0))
    for sheet in (prepared, other):
        record(Entry(models.CertificationSheet, {"certification": sheet, "title": "CAP", "kind": "diploma"}), by(1))
    assert [one.values["code"] for one in told() if one.kind == "certification"] == ["RNCP37897"]
    assert {one.kind for one in told(school="école-1")} == {"school_name", "course", "certification"}


def test_what_leads_to_a_school_later_does_not_lead_there_before() -> None:
    """A sheet that a school prepares, a body that it joined: what was learnt yesterday says nothing of the week before."""
    sheet = models.Certification.objects.create(key="RNCP37897")
    body = models.ManagingBody.objects.create(key="asso")
    record(Entry(models.SchoolName, {"school": school(), "name": "École du Pont"}), by(0))
    record(Entry(models.CertificationSheet, {"certification": sheet, "title": "CAP", "kind": "diploma"}), by(0))
    record(Entry(models.ManagingBodyDetails, {"body": body, "name": "Association", "legal_category": "9220"}), by(0))
    course = models.Course.objects.create(key="cap", school=school())
    record(Entry(models.CourseDetails, {"course": course, "title": "CAP", "certification": sheet}), by(5))
    record(Entry(models.SchoolBody, {"school": school(), "body": body}), by(5))
    before, after = instant(4), instant(5)
    assert "certification" not in {one.kind for one in told(known_at=before)}
    assert {one.kind for one in told(known_at=before, school="école-1")} == {"school_name"}
    assert {"certification", "managing_body"} <= {one.kind for one in told(known_at=after, school="école-1")}
    assert {one.kind for one in told(known_at=after)} == {one.kind for one in told()}


@pytest.mark.usefixtures("demo_year")
class TestDemoYear:
    @pytest.mark.parametrize("size", [3, 50, 10_000])
    def test_pages_tell_each_change_once(self, size: int) -> None:
        every = list(changes.every_change(size=size)) if size > 3 else _first_pages(size, 60)
        assert every == list(changes.every_change(size=500))[: len(every)]
        assert len({one.place for one in every}) == len(every)

    def test_a_page_asks_no_more_with_more_in_it(self) -> None:
        def queries(**asked: Any) -> int:
            with CaptureQueriesContext(connection) as seen:
                assert len(changes.changes(limit=100, **asked).changes) == 100
            return len(seen)

        late = datetime.fromisoformat("2023-12-01T00:00:00+00:00")
        assert queries() <= len(OUTGOING) + 5
        assert queries(known_at=late) <= len(OUTGOING) + 5

    def test_the_whole_year_is_told(self) -> None:
        counts = Counter(one.move for one in changes.every_change())
        assert counts[RECORDED] > 1_000
        assert counts[CORRECTED] > 0
        assert counts[CHANGED] > 0


def _first_pages(size: int, most: int) -> list[RegisterChange]:
    found: list[RegisterChange] = []
    page = changes.changes(limit=size)
    while page.last is not None and len(found) < most:
        found += page.changes
        page = changes.changes(limit=size, after=page.last)
    return found
