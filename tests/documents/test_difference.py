"""What changes between two chains: as data, and in words."""

from __future__ import annotations

from datetime import date

from equerre.documents.answer import answer
from equerre.documents.difference import Differences, differences, page
from equerre.rules.chain import Chain
from equerre.rules.doubt import measure
from equerre.rules.what_if import compare
from tests.documents.schools import BETWEEN_LISTS, chain_of
from tests.documents.test_voices import words


def _between(before: Chain, after: Chain, *changes: str) -> Differences:
    return differences(
        answer(before, measure(before)), answer(after, measure(after)), compare(before, after), list(changes)
    )


OTHER_DAY = _between(chain_of("hanging", BETWEEN_LISTS), chain_of("hanging", date(2022, 1, 10)))


def test_each_finding_that_differs_gives_both_sides() -> None:
    rows = {row.key: row for row in OTHER_DAY.differences}
    moved = rows["recognition.recognised"]
    assert moved.moves
    assert moved.before is not None
    assert moved.before.headline == "Oui"
    assert moved.after is not None
    assert moved.after.outcome == "UNKNOWN"
    assert (OTHER_DAY.before.on, OTHER_DAY.after.on) == (date(2026, 11, 3), date(2022, 1, 10))


def test_a_question_that_one_side_does_not_ask_is_null_there() -> None:
    rows = {row.key: row for row in OTHER_DAY.differences}
    course = rows["qualifications.course_registered(cap-métallier)"]
    assert course.before is not None
    assert course.after is None


def test_links_come_before_what_they_rest_on() -> None:
    keys = [row.key for row in OTHER_DAY.differences]
    assert keys.index("tax_balance.entitled") < keys.index("annual_list.listed")


def test_the_page_says_both_days() -> None:
    said = words(page(OTHER_DAY))
    assert "Au 3 novembre 2026, comparé au 10 janvier 2022" in said
    assert "Ce qui change de réponse\nL'État reconnaît-il l'école ?\nAu 3 novembre 2026 : Oui." in said
    assert "Au 10 janvier 2022 : On ne sait pas." in said
    assert "Au 10 janvier 2022 : la question ne se pose pas." in said


def test_a_change_is_recalled() -> None:
    same = chain_of("hanging", BETWEEN_LISTS)
    said = words(page(_between(same, same, "recognition.number=FICTIF-22")))
    assert "Et si : recognition.number=FICTIF-22" in said
    assert "Rien ne change\nLes deux chaînes donnent les mêmes réponses." in said


def test_a_day_later_only_reasons_may_move() -> None:
    found = _between(chain_of("hanging", date(2026, 2, 2)), chain_of("hanging", date(2026, 2, 3)))
    assert not any(row.moves for row in found.differences)
