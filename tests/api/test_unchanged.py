"""A mark depends on all that an answer depends on; whoever sends it back gets 304 for one query."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from equerre.kernel import clock
from equerre.opendata.threshold.memory import Memory
from equerre.opendata.threshold.unchanged import ANSWERS, Kept
from equerre.registry import revision
from tests.api.conftest import Api

EVERY = (
    "schools?q=atelier",
    "schools/9991501C",
    "schools/9991501C/chain",
    "schools/9991501C/history",
    "lists/2025",
    "acts",
    "certifications/RNCP37897",
    "articles/code-education/L443-6",
    "readings",
    "changes",
    "openapi.json",
    "docs",
)


@pytest.mark.usefixtures("demo_year")
class TestAnswers:
    @pytest.mark.parametrize("address", EVERY)
    def test_who_has_the_answer_gets_304_for_one_query(self, api: Api, address: str) -> None:
        mark = api(address)["ETag"]
        with CaptureQueriesContext(connection) as seen:
            response = api(address, **{"if-none-match": mark})
        assert (response.status_code, response.content, len(seen)) == (304, b"", 1)
        assert response["ETag"] == mark
        assert response["Cache-Control"] == "public, no-cache"
        assert response["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("address", EVERY)
    def test_what_was_asked_once_is_given_again_for_one_query(self, api: Api, address: str) -> None:
        first = api(address)
        with CaptureQueriesContext(connection) as seen:
            again = api(address)
        assert again.content == first.content
        assert again["Content-Type"] == first["Content-Type"]
        assert len(seen) == 1

    def test_another_question_has_another_mark(self, api: Api) -> None:
        marks = [
            api(f"schools/9991501C{tail}")["ETag"]
            for tail in ("", "?on=2026-10-01", "?on=2026-09-30", "?known_at=2026-10-01", "/chain", "/history")
        ]
        assert len(set(marks)) == len(marks)

    def test_the_register_moves_and_so_does_the_mark(self, api: Api) -> None:
        mark = api("acts")["ETag"]
        revision.move()
        response = api("acts", **{"if-none-match": mark})
        assert response.status_code == 200
        assert response["ETag"] != mark

    def test_today_counts_when_the_question_names_no_day(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        addresses = ("acts", "acts?kind=&region_on=2026-01-01", "acts?on=2026-01-01", "acts?limit=5&on=2026-01-01")
        before = [api(address).get("ETag") for address in addresses]
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 2, 8, tzinfo=UTC))
        after = [api(address).get("ETag") for address in addresses]
        assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True, True]
        assert before[1] is None  # a parameter that nobody knows has no answer to keep

    @pytest.mark.parametrize("sent", ['"x", {mark}', "{bare}", '  {mark} , W/"y"'])
    def test_a_mark_is_known_in_all_its_forms(self, api: Api, sent: str) -> None:
        mark = api("acts")["ETag"]
        header = sent.format(mark=mark, bare=mark.removeprefix("W/"))
        assert api("acts", **{"if-none-match": header}).status_code == 304

    @pytest.mark.parametrize("sent", ["x", 'W/"x"', "", '"', "*"])
    def test_another_mark_is_not(self, api: Api, sent: str) -> None:
        assert api("acts", **{"if-none-match": sent}).status_code == 200

    def test_a_problem_is_not_kept(self, api: Api) -> None:
        for _ in range(2):
            assert "ETag" not in api("schools/9999999Z")
        assert len(ANSWERS) == 0


class Weight(NamedTuple):
    """An answer that weighs what it says."""

    size: int


def test_the_memory_forgets_what_was_not_asked_for_longest() -> None:
    memory: Memory[Weight] = Memory("tests", most=10)
    for name in "abc":
        memory.put(name, Weight(3))
    assert memory.get("a") is not None
    memory.put("d", Weight(3))
    assert [memory.get(name) is not None for name in "abcd"] == [True, False, True, True]


def test_an_answer_larger_than_the_memory_is_not_kept() -> None:
    memory: Memory[Weight] = Memory("tests", most=10)
    memory.put("a", Weight(11))
    assert memory.get("a") is None


@pytest.mark.usefixtures("demo_year")
def test_a_memory_of_small_answers_holds_no_more_than_it_says(api: Api) -> None:
    """What weighs, in an answer of a few bytes, is its mark and its headers: ten thousand of them are no forty megabytes."""
    headers = tuple(api("schools/9990801S").items())
    memory: Memory[Kept] = Memory("tests", most=2_000_000)
    tracemalloc.start()
    for number in range(10_000):
        mark = f'"{number:032}"'
        memory.put(mark, Kept(b"%d" % number, tuple((str(name), value[:1] + value[1:]) for name, value in headers)))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 100 < len(memory) < 10_000
    assert held < 2_000_000
