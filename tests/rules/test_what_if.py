"""What if: facts replaced or another day, and what differs, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from equerre.facts.recognition import Recognition
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.errors import FactsError, PeriodError
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.period import Period
from equerre.rules.chain import explain
from equerre.rules.what_if import Difference, compare, replaced, without
from tests.rules.schools import ON, rich_school


def outcomes(differences: Iterable[Difference]) -> dict[str, tuple[Outcome | None, Outcome | None]]:
    return {one.key: (_outcome(one.before), _outcome(one.after)) for one in differences if one.outcome_moves}


def _outcome(finding: Finding | None) -> Outcome | None:
    return None if finding is None else finding.outcome


def test_nothing_changed_nothing_differs() -> None:
    assert compare(explain(rich_school(), ON), explain(rich_school(), ON)) == ()


def test_another_day() -> None:
    moved = compare(explain(rich_school(), ON), explain(rich_school(), date(2027, 1, 1)))
    assert outcomes(moved)["annual_list.listed"] == (Outcome.MET, Outcome.UNKNOWN)
    assert moved[0].key == "annual_list.production_school"  # links first, in the order of the chain


def test_a_field_changed() -> None:
    other = replaced(rich_school(), "statutes_review", {"non_profit": False})
    moved = outcomes(compare(explain(rich_school(), ON), explain(other, ON)))
    assert moved["managing_body.non_profit"] == (Outcome.MET, Outcome.NOT_MET)
    assert moved["l443_6.s1"] == (Outcome.MET, Outcome.NOT_MET)
    assert "recognition.recognised" not in moved


def test_the_day_of_an_event_moves_its_period() -> None:
    other = replaced(rich_school(), "recognition", {"effect_on": date(2026, 11, 1)})
    assert other[Recognition][0].valid == Period(date(2026, 11, 1))
    moved = outcomes(compare(explain(rich_school(), ON), explain(other, ON)))
    assert moved["recognition.recognised"] == (Outcome.MET, Outcome.UNKNOWN)


def test_a_period_closed() -> None:
    other = replaced(rich_school(), "recognition", {"until": ON})
    assert explain(other, ON).findings()["recognition.recognised"].outcome is Outcome.UNKNOWN
    with pytest.raises(PeriodError, match="doit commencer avant de finir"):
        replaced(rich_school(), "recognition", {"until": date(2020, 1, 1)})


def test_a_fact_taken_away() -> None:
    other = without(rich_school(), "audience")
    moved = outcomes(compare(explain(rich_school(), ON), explain(other, ON)))
    assert moved["teaching.under_school_status"] == (Outcome.MET, Outcome.UNKNOWN)


@pytest.mark.parametrize("change", [lambda facts: replaced(facts, "rien", {}), lambda facts: without(facts, "rien")])
def test_a_name_that_nobody_bears(change: Callable[[SchoolFacts], SchoolFacts]) -> None:
    with pytest.raises(FactsError, match=r"Aucun fait ne s'appelle « rien »"):
        change(rich_school())
