"""A question written once gives what Django gives each time, whatever the values and however many."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from equerre.kernel.period import Period
from equerre.registry import models, prepared
from equerre.registry.prepared import answers
from equerre.registry.record import Entry, record
from tests.registry.writing import by, instant, school

pytestmark = pytest.mark.django_db

KEYS = [f"école-{number}" for number in range(9)]


def names(kind: str, *, keys: list[str] | None, known_at: datetime | None) -> QuerySet[Any, Any]:
    rows = models.SchoolName.objects.filter(standing=kind)
    if keys is not None:
        rows = rows.filter(school__key__in=keys)
    if known_at is not None:
        rows = rows.filter(Q(known_until__isnull=True) | Q(known_until__gt=known_at), known_from__lte=known_at)
    return rows.order_by("pk").values_list("name", "school__key", "school__fictional", "valid_from", "known_from")


@pytest.fixture(autouse=True)
def nine_schools() -> None:
    prepared._KEPT.clear()
    for number, key in enumerate(KEYS):
        entry = Entry(
            models.SchoolName, {"school": school(key), "name": f"Nom {number}"}, Period(date(2025, 1, 1 + number))
        )
        record(entry, by(number))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 9])
@pytest.mark.parametrize("known_at", [None, instant(0), instant(4), instant(20)])
def test_it_gives_what_django_gives(count: int, known_at: datetime | None) -> None:
    for keys in (KEYS[:count], KEYS[9 - count :], None):
        found = answers(names, "held", keys=keys, known_at=known_at)
        assert found == list(names("held", keys=keys, known_at=known_at))
        assert found == answers(names, "held", keys=keys, known_at=known_at)
    assert answers(names, "proposed", keys=KEYS[:count], known_at=known_at) == []


def test_the_sql_is_written_once_for_each_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    write = prepared._write
    monkeypatch.setattr(prepared, "_write", lambda *asked: written.append(asked) or write(*asked))
    for key in KEYS:
        assert [row[1] for row in answers(names, "held", keys=[key], known_at=instant(30))] == [key]
    assert len(written) == 1
    answers(names, "held", keys=KEYS[:3], known_at=instant(30))
    answers(names, "held", keys=KEYS[4:8], known_at=instant(30))
    assert len(written) == 2, "three and four are one length"


def test_a_question_asks_once() -> None:
    with CaptureQueriesContext(connection) as seen:
        answers(names, "held", keys=KEYS, known_at=None)
    assert len(seen) == 1
    assert "\x07" not in seen[0]["sql"]


def test_a_long_question_is_not_kept() -> None:
    many = [*KEYS, *(f"autre-{number}" for number in range(prepared.MOST_VALUES))]
    assert len(answers(names, "held", keys=many, known_at=None)) == len(KEYS)
    assert prepared._KEPT == {}


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_KEPT", 2)
    for kind in ("held", "proposed", "outdated", "held"):
        answers(names, kind, keys=None, known_at=None)
    assert len(prepared._KEPT) <= 2
