"""Periods against an oracle that counts days one by one, and the months of the calendar."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.errors import PeriodError
from equerre.kernel.period import Period, first_overlap, last_day, months_after

# Small enough to be counted day by day, wide enough for every way two periods can lie; bounds fall inside, so that a
# period without a start (or an end) differs on the first (or last) day of the window from one that has it.
WINDOW = [date(2023, 12, 20) + timedelta(days) for days in range(40)]
days = st.sampled_from(WINDOW)
bounds = st.none() | st.sampled_from(WINDOW[1:-1])


@st.composite
def periods(draw: st.DrawFn) -> Period[date]:
    start, end = draw(bounds), draw(bounds)
    if start is not None and end is not None and end <= start:
        start, end = end, start + timedelta(1)
    return Period(start, end)


def inside(period: Period[date] | None) -> set[date]:
    """The oracle: the days of the window from the first to the last, the end left out."""
    if period is None:
        return set()
    first, stop = period.start or date.min, period.end or date.max
    return {day for day in WINDOW if first <= day < stop}


@given(periods(), days)
def test_holds_says_what_counting_says(period: Period[date], day: date) -> None:
    assert period.holds(day) is (day in inside(period))


@given(periods(), periods())
def test_overlaps_says_whether_they_share_a_day(left: Period[date], right: Period[date]) -> None:
    assert left.overlaps(right) is right.overlaps(left) is bool(inside(left) & inside(right))


@given(periods(), periods())
def test_meet_holds_the_shared_days_and_no_other(left: Period[date], right: Period[date]) -> None:
    met = left.meet(right)
    assert inside(met) == inside(left) & inside(right)
    assert met == right.meet(left)
    assert (met is None) is not left.overlaps(right)


@given(periods(), periods(), periods())
def test_meet_does_not_depend_on_the_order(one: Period[date], two: Period[date], three: Period[date]) -> None:
    left, right = one.meet(two), two.meet(three)
    assert (left.meet(three) if left else None) == (one.meet(right) if right else None)


@given(periods(), days)
def test_until_only_ever_shortens(period: Period[date], end: date) -> None:
    kept = {day for day in inside(period) if day < end}
    if period.start is not None and end <= period.start:
        with pytest.raises(PeriodError):
            period.until(end)
        return
    assert inside(period.until(end)) == kept
    assert period.until(end).until(end) == period.until(end)


@given(periods())
def test_last_day_is_the_last_inside(period: Period[date]) -> None:
    assert last_day(period) == (None if period.end is None else max(inside(period)))


@given(st.lists(periods(), max_size=5))
def test_first_overlap_finds_a_clash_when_a_day_is_held_twice(placed: list[Period[date]]) -> None:
    held_twice = any(sum(period.holds(day) for period in placed) > 1 for day in WINDOW)
    clash = first_overlap(placed)
    assert bool(clash) is held_twice
    if clash:
        assert clash[0].overlaps(clash[1])


def test_two_periods_that_touch_do_not_overlap() -> None:
    autumn, winter = Period(date(2022, 9, 1), date(2023, 1, 1)), Period(date(2023, 1, 1), None)
    assert not autumn.overlaps(winter)
    assert autumn.meet(winter) is None
    assert first_overlap([autumn, winter]) is None


def test_an_unbounded_period_holds_every_day() -> None:
    always: Period[date] = Period()
    assert always.holds(date.min)
    assert always.holds(date.max)
    assert always.overlaps(Period(date(2024, 2, 29), date(2024, 3, 1)))
    assert last_day(always) is None


# --- What is refused -------------------------------------------------------------------------------------------------


def test_a_period_that_ends_before_it_starts_is_refused_in_french() -> None:
    with pytest.raises(PeriodError) as refusal:
        Period(date(2022, 9, 1), date(2022, 8, 31))
    assert str(refusal.value) == (
        "La période commence le 1er septembre 2022 et finit le 31 août 2022 : "
        "elle doit commencer avant de finir (sa fin n'en fait plus partie)."
    )


def test_a_period_of_no_day_is_refused() -> None:
    with pytest.raises(PeriodError, match="commence le 1er septembre 2022 et finit le 1er septembre 2022"):
        Period(date(2022, 9, 1), date(2022, 9, 1))


def test_instants_that_go_backwards_are_refused_with_their_hour() -> None:
    with pytest.raises(PeriodError, match=r"commence le 3 novembre 2026 à 14 h 05 \(UTC\) et finit .* à 14 h 04"):
        Period(datetime(2026, 11, 3, 14, 5, tzinfo=UTC), datetime(2026, 11, 3, 14, 4, tzinfo=UTC))


@pytest.mark.parametrize("ends", ["start", "end"])
def test_an_instant_without_its_zone_is_refused(ends: str) -> None:
    naive = datetime(2026, 11, 3, 14, 5)  # noqa: DTZ001 - the fault under test
    with pytest.raises(PeriodError, match="L'instant du 3 novembre 2026 à 14 h 05 ne dit pas son fuseau horaire"):
        Period(**{ends: naive})


def test_one_instant_in_two_zones_is_one_instant() -> None:
    paris = timezone(timedelta(hours=1))
    known = Period(datetime(2026, 11, 3, 9, tzinfo=paris), None)
    assert known.holds(datetime(2026, 11, 3, 8, tzinfo=UTC))
    assert not known.holds(datetime(2026, 11, 3, 7, 59, tzinfo=UTC))


# --- Months ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # a leap year
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),  # the leap day has no anniversary
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), 3, date(2024, 5, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),  # 31 → 30
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),  # over the turn of the year
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 4), 0, date(2026, 5, 4)),
        (date(9999, 9, 30), 3, date(9999, 12, 30)),  # the last month there is
        (date(1, 2, 28), -1, date(1, 1, 28)),
    ],
)
def test_months_after_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_after_lands_in_the_right_month(day: date, months: int) -> None:
    found = months_after(day, months)
    assert found.year * 12 + found.month == day.year * 12 + day.month + months
    assert found.day == min(day.day, calendar.monthrange(found.year, found.month)[1])


@pytest.mark.parametrize(("day", "months"), [(date(9999, 10, 1), 3), (date(1, 1, 1), -1)])
def test_a_month_beyond_the_calendar_is_refused_in_french(day: date, months: int) -> None:
    with pytest.raises(PeriodError, match="sort du calendrier : relisez cette date"):
        months_after(day, months)


def test_a_period_is_a_value() -> None:
    whole: Any = Period(date(2022, 9, 1), date(2023, 9, 1))
    assert {whole, Period(date(2022, 9, 1), date(2023, 9, 1))} == {whole}
    with pytest.raises(AttributeError):
        whole.end = date(2024, 9, 1)
