"""How French prints a day, an instant, a list, a count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import french
from equerre.kernel.period import Period, last_day


@pytest.mark.parametrize(
    ("on", "printed"),
    [
        (date(2026, 1, 1), "1er janvier 2026"),
        (date(2024, 2, 29), "29 février 2024"),
        (date(2026, 8, 31), "31 août 2026"),
        (date(2026, 9, 11), "11 septembre 2026"),
        (date(2026, 12, 21), "21 décembre 2026"),
    ],
)
def test_a_date_is_written_out(on: date, printed: str) -> None:
    assert french.day(on) == printed


@given(st.dates())
def test_a_printed_date_is_read_back(on: date) -> None:
    dom, month, year = french.day(on).split()
    assert date(int(year), french.MONTHS.index(month) + 1, int(dom.removesuffix("er"))) == on
    assert dom.endswith("er") is (on.day == 1)


@given(st.dates(min_value=date(1, 1, 2)))
def test_the_last_day_of_a_deed_is_the_day_before_the_end(end: date) -> None:
    last = last_day(Period(None, end))
    assert last is not None
    assert french.last_day(end) == french.day(last)


@pytest.mark.parametrize(
    ("at", "printed"),
    [
        (date(2026, 11, 3), "3 novembre 2026"),
        (datetime(2026, 11, 3, 14, 32, tzinfo=UTC), "3 novembre 2026 à 14 h 32 (UTC)"),
        (datetime(2026, 11, 1, 9, 5, tzinfo=timezone(timedelta(hours=1))), "1er novembre 2026 à 9 h 05 (UTC+01:00)"),
        (datetime.fromisoformat("2026-11-03T00:00"), "3 novembre 2026 à 0 h 00"),
    ],
)
def test_an_instant_has_its_hour_and_its_zone(at: date, printed: str) -> None:
    assert french.moment(at) == printed


@pytest.mark.parametrize(
    ("words", "last", "printed"),
    [
        ([], "et", ""),
        (["commandes"], "et", "commandes"),
        (["commandes", "heures"], "et", "commandes et heures"),
        (["a", "b", "c"], "ou", "a, b ou c"),
    ],
)
def test_a_list_ends_with_its_last_word(words: list[str], last: str, printed: str) -> None:
    assert french.listed(words, last=last) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "0 école"), (1, "1 école"), (-1, "-1 école"), (2, "2 écoles"), (-2, "-2 écoles"), (71, "71 écoles")],
)
def test_zero_and_one_are_singular(number: int, printed: str) -> None:
    assert french.counted(number, "école") == printed


def test_a_plural_of_its_own() -> None:
    assert french.counted(3, "titre national", "titres nationaux") == "3 titres nationaux"
