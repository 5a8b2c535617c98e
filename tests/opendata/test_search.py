"""The index of a day: that of every day until a site or a course begins or ends, and no other is made meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread
from time import sleep

import pytest

from equerre.facts.school_facts import SchoolFacts
from equerre.opendata import search
from equerre.opendata.threshold.memory import forget_everything
from equerre.registry import revision

SINCE, UNTIL = date(2026, 8, 20), date(2026, 9, 10)


@pytest.mark.usefixtures("demo_year")
class TestTheIndexOfADay:
    def test_it_says_what_one_made_for_that_very_day_says(self) -> None:
        now, made = revision.number(), set()
        for later in range((UNTIL - SINCE).days):
            on = SINCE + timedelta(days=later)
            found = search.index(on, revision=now)
            assert found.schools == tuple(search._found(facts, on) for facts in search._everyone(None, now))
            made.add(tuple(found.courses))
        assert len(made) > 1  # a course began on the first of September

    def test_two_days_between_which_nothing_moved_share_it(self) -> None:
        forget_everything()
        now = revision.number()
        moved = {turn for turn in search._turns(None, now) if date(2026, 9, 2) < turn <= date(2026, 9, 30)}
        found = {id(search.index(date(2026, 9, day), revision=now)) for day in range(2, 31)}
        assert len(found) == len(moved) + 1
        assert len(found) < 5

    def test_those_who_ask_at_once_have_it_made_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        everyone, real = search._everyone(None, 0)[:5], search._found
        made: list[str] = []

        def slowly(facts: SchoolFacts, on: date) -> search.Found:
            made.append(facts.uai)
            sleep(0.01)  # another thread has its turn
            return real(facts, on)

        monkeypatch.setattr(search, "_everyone", lambda *_: everyone)
        monkeypatch.setattr(search, "_found", slowly)
        forget_everything()
        asking = [Thread(target=search.index, args=(SINCE,), kwargs={"revision": 0}) for _ in range(8)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
        assert made == [facts.uai for facts in everyone]
