"""A fact in two times: true from … until …, known since … until …."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.fact import Fact, Source
from equerre.kernel.period import Period

SOURCE = Source("ja-2022", "Journal officiel", "Arrêté du 9 novembre 2022", date(2022, 11, 26))
VALID = Period(date(2022, 11, 9), date(2023, 11, 9))
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds only


def fact(known: Period[datetime]) -> Fact[str]:
    return Fact("annual_list[2022]", "inscrite", VALID, SOURCE, known)


def test_a_fact_is_held_from_always_unless_somebody_says_since_when() -> None:
    held = Fact("annual_list[2022]", "inscrite", VALID, SOURCE)
    assert held.known == Period()
    assert held.known_at(None)
    assert held.known_at(datetime(1900, 1, 1, tzinfo=UTC))


@given(instants, instants, instants)
def test_knowledge_is_half_open(one: datetime, two: datetime, asked: datetime) -> None:
    start, end = min(one, two), max(one, two) + timedelta(microseconds=1)
    closed = fact(Period(start, end))
    assert closed.known_at(asked) is (start <= asked < end)
    assert fact(Period(start, None)).known_at(asked) is (start <= asked)


@given(instants, instants)
def test_a_correction_closes_what_was_known_and_rewrites_nothing(noted_at: datetime, asked: datetime) -> None:
    corrected_at = noted_at + timedelta(days=30)
    old = fact(Period(noted_at, corrected_at))
    new = replace(old, value="radiée", known=Period(corrected_at, None))
    assert [held.value for held in (old, new) if held.known_at(None)] == ["radiée"]
    assert [held.value for held in (old, new) if held.known_at(asked)] == (
        [] if asked < noted_at else ["inscrite"] if asked < corrected_at else ["radiée"]
    )


def test_now_means_a_knowledge_that_has_not_ended() -> None:
    noted_at = datetime(2022, 11, 28, 9, 0, tzinfo=UTC)
    assert fact(Period(noted_at, None)).known_at(None)
    assert not fact(Period(noted_at, noted_at + timedelta(days=1))).known_at(None)
    assert fact(Period(None, noted_at)).known_at(noted_at - timedelta(microseconds=1))


def test_the_time_of_the_world_and_the_time_of_the_register_do_not_mix() -> None:
    late = fact(Period(datetime(2024, 1, 5, tzinfo=UTC), None))
    assert late.valid.holds(date(2022, 12, 1))
    assert not late.known_at(datetime(2022, 12, 1, tzinfo=UTC))


def test_a_fact_and_its_source_are_values() -> None:
    held = fact(Period())
    assert held == fact(Period())
    assert hash(held) == hash(fact(Period()))
    assert held != replace(held, source=replace(SOURCE, sha256="0" * 64))
    with pytest.raises(AttributeError):
        held.value = "radiée"  # type: ignore[misc]


def test_a_source_without_a_file_has_no_hash() -> None:
    assert (SOURCE.url, SOURCE.sha256) == (None, None)
