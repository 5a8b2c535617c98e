"""Walking the pages gives every line once, whatever their size; a walk outlives a change of the register, and midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equerre.api.pages import Paged, page, written
from equerre.api.problems import Refusal
from equerre.kernel import clock
from equerre.kernel.period import Period
from equerre.opendata import changes
from equerre.registry import models, record
from equerre.registry.dated import Source
from equerre.registry.record import By, Entry
from tests.api.conftest import Api


def lines_of(names: list[str], limit: int) -> list[str]:
    """All that a walk gives."""
    given_so_far: list[str] = []
    cursor = ""
    while True:
        shown = page(names, str, Paged(limit=limit, cursor=cursor))
        given_so_far += shown.lines
        if not shown.cursor:
            return given_so_far
        cursor = shown.cursor


@given(st.lists(st.text(min_size=1, max_size=3), max_size=40, unique=True), st.integers(1, 100))
def test_a_walk_gives_each_line_once_in_order(names: list[str], limit: int) -> None:
    assert lines_of(names, limit) == names


@given(
    st.lists(st.integers(0, 99), min_size=1, max_size=30, unique=True),
    st.sets(st.integers(0, 99)),
    st.integers(1, 10),
)
def test_a_walk_goes_on_after_its_line_when_others_come_or_go(before: list[int], after: set[int], limit: int) -> None:
    """The lines stay sorted: whatever is added or taken away, what follows the last line given is given."""
    first = page(sorted(before), str, Paged(limit=limit))
    if not first.cursor or first.lines[-1] not in after:
        return
    second = page(sorted(after), str, Paged(limit=100, cursor=first.cursor))
    assert list(second.lines) == [one for one in sorted(after) if one > first.lines[-1]]


def test_a_walk_whose_line_is_gone_goes_on_from_its_place() -> None:
    first = page(["a", "b", "c", "d"], str, Paged(limit=2))
    assert page(["a", "c", "d"], str, Paged(limit=2, cursor=first.cursor)).lines == ["c", "d"]


@pytest.mark.parametrize("place", [None, 3, [1], [True, "a"], ["a", 1], [-1, "a"], {"a": 1}, [1, "a", 2]])
def test_a_cursor_that_says_no_place_is_refused(place: Any) -> None:
    with pytest.raises(Refusal, match="recommencez sans lui"):
        page(["a", "b"], str, Paged(cursor=written(place)))


# --- Through the API ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("demo_year")
class TestWalks:
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    @given(st.integers(3, 100), st.sampled_from(("", "&q=atelier", "&region=84")))
    def test_a_search_gives_every_school_once(self, api: Api, limit: int, query: str) -> None:
        pages = list(api.walk(f"schools?on=2026-10-01&limit={limit}{query}"))
        found = [line["uai"] for one in pages for line in one["schools"]]
        assert len(found) == len(set(found)) == pages[0]["count"]
        assert all(len(one["schools"]) == limit for one in pages[:-1])

    @pytest.mark.parametrize("limit", [1, 7, 100])
    def test_changes_are_each_told_once(self, api: Api, limit: int) -> None:
        most = {1: 40, 7: 200}.get(limit, 10_000)
        told = []
        for one in api.walk(f"changes?limit={limit}"):
            told += one["changes"]
            if len(told) >= most:
                break
        every = list(changes.every_change())[: len(told)]
        assert [(one["kind"], one["title"]) for one in told] == [(one.kind, changes.title(one)) for one in every]

    def test_the_next_page_is_also_in_a_header_and_carries_the_day(self, api: Api) -> None:
        response = api("schools?limit=5&q=atelier")
        address = response.json()["next"]
        assert response["Link"] == f'<{address}>; rel="next"'
        assert parse_qs(urlsplit(address).query)["on"] == ["2026-10-01"]

    def test_a_walk_begun_before_midnight_ends_on_the_same_day(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        first = api.json("acts?limit=100")
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 2, 8, tzinfo=UTC))
        assert api.json(first["next"].removeprefix("/api/v1/"))["on"] == first["on"] == "2026-10-01"

    def test_the_last_page_names_no_other(self, api: Api) -> None:
        response = api("acts?kind=recognition_withdrawal")
        assert response.json()["next"] is None
        assert "Link" not in response

    def test_a_school_that_comes_meanwhile_breaks_no_walk(self, api: Api) -> None:
        first = api.json("schools?limit=50&on=2026-10-01")
        school = models.School.objects.create(key="aaa", fictional=True)
        source = Source.objects.create(key="neuve", publisher="Essai", title="École neuve")
        by = By("person:essai", datetime(2026, 10, 1, tzinfo=UTC), source)
        record.record(Entry(models.SchoolName, {"school": school, "name": "École neuve"}, Period(date(2026, 9, 1))), by)
        rest = [line["uai"] for one in api.walk(first["next"].removeprefix("/api/v1/")) for line in one["schools"]]
        both = [line["uai"] for line in first["schools"]] + rest
        assert len(both) == len(set(both)) == 72
