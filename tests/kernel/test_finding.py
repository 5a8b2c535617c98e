"""A finding is neither true nor false; it names itself, and can be walked down to what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.citation import Citation
from equerre.kernel.finding import Finding, Outcome, Taken

DAY = date(2026, 11, 3)
CITED = (Citation("code-education", "L443-2"),)


def finding(rule: str, *below: Finding, readings: tuple[Taken, ...] = (), subject: str = "") -> Finding:
    return Finding(rule, Outcome.MET, DAY, "Parce que.", CITED, readings, findings=below, subject=subject)


R3 = Taken("R3", "b")
R4_LIST = Taken("R4", "a")
R4_TAX = Taken("R4", "c", "tax")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_outcome_has_no_truth(outcome: Outcome) -> None:
    with pytest.raises(TypeError, match=r"compare it with Outcome\.MET"):
        bool(outcome)
    assert Outcome(outcome.value) is outcome
    assert str(outcome) == outcome.value


def test_a_finding_has_no_truth_and_says_what_to_write_instead() -> None:
    with pytest.raises(TypeError, match=r"recognition\.recognised gives a finding, which is neither true nor false"):
        bool(finding("recognition.recognised"))


@pytest.mark.parametrize("use", [all, any, lambda found: list(filter(None, found)), lambda found: found[0] and 1])
def test_no_idiom_reads_a_truth_in_it(use: Any) -> None:
    with pytest.raises(TypeError):
        use([finding("recognition.recognised")])


def test_its_key_is_its_rule_and_subject() -> None:
    assert finding("recognition.recognised").key == "recognition.recognised"
    assert finding("agreements.valid", subject="région").key == "agreements.valid(région)"


def test_walk_goes_down_first_and_keeps_the_order() -> None:
    tree = finding("a", finding("b", finding("c"), finding("d")), finding("e"))
    assert [one.rule for one in tree.walk()] == ["a", "b", "c", "d", "e"]


trees = st.recursive(
    st.builds(finding, st.sampled_from("abcdef"), readings=st.lists(st.sampled_from([R3, R4_LIST, R4_TAX])).map(tuple)),
    lambda below: st.builds(
        lambda rule, under, taken: finding(rule, *under, readings=taken),
        st.sampled_from("abcdef"),
        st.lists(below, max_size=3),
        st.lists(st.sampled_from([R3, R4_LIST, R4_TAX]), max_size=2).map(tuple),
    ),
    max_leaves=12,
)


@given(trees)
def test_walk_visits_every_finding_of_the_tree(tree: Finding) -> None:
    def count(one: Finding) -> int:
        return 1 + sum(count(below) for below in one.findings)

    assert len(list(tree.walk())) == count(tree)
    assert next(tree.walk()) is tree


@given(trees)
def test_the_readings_below_are_those_of_the_tree_once_each(tree: Finding) -> None:
    below = tree.readings_below()
    assert set(below) == {taken for one in tree.walk() for taken in one.readings}
    assert len(below) == len(set(below))


def test_the_readings_below_come_in_order_of_appearance() -> None:
    tree = finding("a", finding("b", readings=(R3, R4_TAX)), finding("c", readings=(R4_LIST, R3)), readings=(R4_TAX,))
    assert tree.readings_below() == (R4_TAX, R3, R4_LIST)


def test_two_uses_of_one_reading_are_two_choices() -> None:
    assert (R4_LIST.point, R4_TAX.point) == ("R4", "R4:tax")
    assert (str(R4_LIST), str(R4_TAX), str(R3)) == ("R4-a", "R4-c", "R3-b")


def test_a_finding_is_a_value() -> None:
    assert finding("a", finding("b")) == finding("a", finding("b"))
    assert finding("a") != finding("a", finding("b"))
    with pytest.raises(AttributeError):
        finding("a").outcome = Outcome.NOT_MET  # type: ignore[misc]
