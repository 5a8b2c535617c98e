"""Doubt measured: a finding is solid when every option of each reading gives the same outcome, else it hangs on some."""

from __future__ import annotations

from datetime import date

import pytest

from equerre.facts.annual_list import AnnualList
from equerre.facts.statements import Ruling
from equerre.kernel.errors import LawError
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.rules.chain import explain
from equerre.rules.doubt import Doubt, OptionRow, measure
from equerre.rules.rule import Options
from tests.rules.schools import ON, rich_school


def test_between_two_lists_the_school_hangs_on_r3_and_one_knows_what_otherwise() -> None:
    doubt = measure(explain(rich_school(), ON))["annual_list.listed"]
    assert not doubt.settled
    assert doubt.readings == ("R3",)
    assert [(row.point, row.option, row.outcome) for row in doubt.hanging] == [
        ("R3:silent", "a", Outcome.NOT_MET),
        ("R3:silent", "c", Outcome.UNKNOWN),
    ]


def test_a_finding_that_takes_no_reading_is_solid() -> None:
    doubt = measure(explain(rich_school(), ON))["teaching.under_school_status"]
    assert doubt == Doubt(Outcome.MET, ())
    assert doubt.settled


def test_every_option_of_every_reading_has_its_row_and_the_default_equals_its_own() -> None:
    chain = explain(rich_school(), ON)
    found = chain.findings()
    for key, doubt in measure(chain).items():
        taken = [row for row in doubt.rows if row.taken]
        assert len(taken) == len({row.point for row in doubt.rows}), key
        assert all((row.outcome, row.because) == (found[key].outcome, found[key].because) for row in taken), key


def test_to_choose_the_default_by_name_changes_nothing() -> None:
    chain = explain(rich_school(), ON)
    for finding in chain.findings().values():
        for taken in finding.readings:
            again = explain(rich_school(), ON, readings=Options().instead(taken.point, taken.option))
            assert again.findings() == chain.findings()


def test_a_row_is_what_the_chain_says_under_that_option() -> None:
    chain = explain(rich_school(), ON)
    for key, doubt in measure(chain).items():
        for row in doubt.rows:
            other = explain(rich_school(), ON, readings=Options().instead(row.point, row.option)).findings()
            if key in other:
                assert (other[key].outcome, other[key].because) == (row.outcome, row.because), (key, row)


def test_a_written_position_settles_the_doubt_for_this_school() -> None:
    facts = rich_school()
    ruling = Ruling(date(2026, 9, 2), "R3", "b", "les ministres")
    settled = facts.with_rows(
        "ruling", [Fact("ruling[R3]", ruling, Period(ruling.written_on), facts[AnnualList][0].source)]
    )
    finding = explain(settled, ON).findings()["annual_list.listed"]
    assert finding.outcome is Outcome.MET
    assert "ruling[R3]" in [fact.name for fact in finding.facts]
    assert measure(explain(settled, ON))["annual_list.listed"].settled


def test_an_option_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(LawError, match="a, b ou c"):
        Options().instead("R3", "z")
    with pytest.raises(LawError, match="R1 à R55"):
        Options().instead("R99", "a")


def test_a_row_says_which_option_was_taken() -> None:
    rows = measure(explain(rich_school(), ON))["managing_body.non_profit"].rows
    assert rows == (
        OptionRow("R10", "a", taken=False, outcome=Outcome.MET, because=rows[0].because),
        OptionRow("R10", "b", taken=True, outcome=Outcome.MET, because=rows[1].because),
        OptionRow("R10", "c", taken=False, outcome=Outcome.MET, because=rows[2].because),
    )
