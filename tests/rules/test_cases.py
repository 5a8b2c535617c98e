"""Every case of the YAML files, and that every reading a rule takes has a case that another option changes."""

from __future__ import annotations

import pytest

from equerre import law
from equerre.kernel.finding import Finding
from equerre.rules.rule import REGISTER
from tests.rules.cases import Case, cases

# How many cases each sentence of L. 443-6 needs, and the words that run it.
SENTENCES = {
    "s1": (12, ("managing_body", "recognition")),
    "s2": (4, ("insertion",)),
    "s3": (12, ("annual_list",)),
    "s4": (12, ("teaching", "qualifications")),
    "s5": (6, ("production",)),
    "s6": (12, ("tax_balance", "regional_list")),
    "s7": (4, ("agreements",)),
}


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case(case: Case) -> None:
    finding = case.finding()
    assert finding.outcome.value == case.outcome, finding.because
    text = words(finding)
    for said in case.says:
        assert said in text
    for name in case.missing:
        assert name in finding.missing
    for choice, (outcome, said) in case.otherwise.items():
        other = case.under(choice)
        assert other.outcome.value == outcome, f"{choice} : {other.because}"
        assert said in words(other)
        assert (other.outcome, words(other)) != (finding.outcome, text), f"{choice} ne change rien"


def words(finding: Finding) -> str:
    """The reason, the notes and the figures: all that explains."""
    return " ".join((finding.because, *finding.notes, *map(str, finding.measures)))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_sentence_has_its_cases(sentence: str) -> None:
    least, files = SENTENCES[sentence]
    assert sum(case.file in files for case in cases()) >= least


def test_each_rule_has_a_case_of_each_outcome_it_can_give() -> None:
    assert {case.rule for case in cases()} >= {name for name in REGISTER if not name.startswith("l443_6.")}


def test_each_reading_that_a_rule_takes_has_a_case_that_another_option_changes() -> None:
    taken = {number for rule in REGISTER.values() for number in rule.readings}
    changed = {choice.partition("=")[0].partition(":")[0] for case in cases() for choice in case.otherwise}
    assert changed == taken


def test_the_other_readings_are_declared_unused() -> None:
    taken = {number for rule in REGISTER.values() for number in rule.readings}
    unused = {number for number, reading in law.readings().items() if reading.unused}
    assert unused == set(law.readings()) - taken
    assert (len(taken), len(unused)) == (25, 30)
