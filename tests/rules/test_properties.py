"""What holds for every school, whatever its facts: nothing from nothing, facts first, no right opened by a closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from equerre import law
from equerre.facts import KINDS
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.rules.chain import Chain, explain
from equerre.rules.doubt import measure
from equerre.rules.rule import Options
from tests.strategies import school_facts

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
DECIDED = (Outcome.MET, Outcome.NOT_MET)

# Kinds whose absence may leave a yes or a no, and why. For every other kind, what is missing can only make an UNKNOWN.
SPEAKS_BY_ITS_ABSENCE = {
    **dict.fromkeys(
        [kind.name for kind in KINDS.values() if kind.ends], "an ending that nobody recorded is not assumed"
    ),
    "annual_list_entry": "the list is held: its silence is a fact",
    "regional_list_entry": "the list is held: its silence is a fact",
    "recognition": "a refusal, a request or a withdrawal may speak in its place",
    "managing_body": "a change of body that nobody recorded is not assumed",
    "second_degree": "what an authority thinks of a doubt of law: without it, reading R1 speaks",
    "unqualified_training": "one door the less: another may be shut",
    "scholarship_habilitation": "one door the less: another may be shut",
    "ruling": "what an authority thinks of a doubt of law: without it, the default speaks",
    "staff_member": "one person the less",
    "agreement": "one agreement the less: nobody is obliged to sign any",
    "course": "one course the less",
}
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
SLOW = settings(QUICK, max_examples=2_000)


def decided(chain: Chain) -> dict[str, Outcome]:
    return {key: finding.outcome for key, finding in chain.findings().items()}


def missing_gives_no_answer(facts: SchoolFacts, on: date, kind: str) -> None:
    before = decided(explain(facts, on))
    after = explain(facts.with_rows(kind, ()), on).findings()
    for key, finding in after.items():
        if finding.outcome in DECIDED and before.get(key) not in (None, finding.outcome):
            pytest.fail(f"without any {kind}, {key} goes from {before[key]} to {finding.outcome}: {finding.because}")


@QUICK
@given(school_facts(), DAYS, st.sampled_from([kind for kind in KINDS if kind not in SPEAKS_BY_ITS_ABSENCE]))
def test_no_missing_fact_gives_a_yes_or_a_no(facts: SchoolFacts, on: date, kind: str) -> None:
    missing_gives_no_answer(facts, on, kind)


@pytest.mark.slow
@SLOW
@given(school_facts(), DAYS, st.sampled_from([kind for kind in KINDS if kind not in SPEAKS_BY_ITS_ABSENCE]))
def test_no_missing_fact_gives_a_yes_or_a_no_on_many_schools(facts: SchoolFacts, on: date, kind: str) -> None:
    missing_gives_no_answer(facts, on, kind)


@QUICK
@given(school_facts(), DAYS)
def test_an_unknown_names_facts_of_a_known_kind(facts: SchoolFacts, on: date) -> None:
    for finding in explain(facts, on).findings().values():
        assert (finding.outcome is Outcome.UNKNOWN) == bool(finding.missing), finding
        for name in finding.missing:
            assert name.partition("[")[0].partition(".")[0] in KINDS, name


@QUICK
@given(school_facts(), DAYS, st.data())
def test_closing_a_period_never_opens_a_right_earlier(facts: SchoolFacts, closed_on: date, data: st.DataObject) -> None:
    candidates = [
        (kind, index)
        for kind in KINDS
        if kind != "production_count"  # its days are what it counts: other days are another count
        for index, fact in enumerate(facts.rows_of(kind))
        if fact.valid.end is None and (fact.valid.start is None or fact.valid.start < closed_on)
    ]
    assume(candidates)
    kind, index = data.draw(st.sampled_from(candidates))
    rows = list(facts.rows_of(kind))
    rows[index] = replace(rows[index], valid=Period(rows[index].valid.start, closed_on))
    on = data.draw(st.dates(date(2020, 1, 1), max(closed_on - timedelta(days=1), date(2020, 1, 1))))
    assume(on < closed_on)
    assert decided(explain(facts.with_rows(kind, rows), on)) == decided(explain(facts, on))


@QUICK
@given(school_facts(), DAYS)
def test_what_is_measured_is_what_the_whole_chain_says_under_each_option(facts: SchoolFacts, on: date) -> None:
    """The measure asks again only what an option may move; the oracle asks everything again."""
    chain = explain(facts, on)
    again: dict[tuple[str, str], dict[str, Outcome]] = {}
    for key, doubt in measure(chain).items():
        for row in doubt.rows:
            options = chain.options.instead(row.point, row.option)
            if (row.point, row.option) not in again:
                again[row.point, row.option] = decided(explain(facts, on, readings=options))
            whole = again[row.point, row.option]
            assert row.outcome is whole.get(key, doubt.outcome), (key, row)


@QUICK
@given(school_facts(), DAYS)
def test_only_a_reading_that_suspends_turns_an_unknown_into_a_yes(facts: SchoolFacts, on: date) -> None:
    for key, doubt in measure(explain(facts, on)).items():
        if doubt.outcome is Outcome.UNKNOWN:
            flips = {row.point.partition(":")[0] for row in doubt.rows if row.outcome is Outcome.MET}
            assert all(law.reading(number).suspends for number in flips), (key, flips)


@QUICK
@given(school_facts(), DAYS)
def test_the_default_run_equals_its_own_row(facts: SchoolFacts, on: date) -> None:
    chain = explain(facts, on)
    for finding in chain.findings().values():
        for taken in finding.readings:
            if taken.option not in law.reading(taken.reading).options:
                continue  # a reading left open has no option to name
            again = explain(facts, on, readings=Options().instead(taken.point, taken.option))
            assert again.findings() == chain.findings()


@settings(QUICK, max_examples=20)
@given(school_facts(), DAYS)
def test_same_facts_same_answer_and_nothing_is_remembered(facts: SchoolFacts, on: date) -> None:
    first = explain(facts, on).findings()
    explain(facts, date(2021, 5, 1))
    assert explain(facts, on).findings() == first
