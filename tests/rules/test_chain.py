"""The chain: seven links in order, seven sentences, what comes next; and the days on which it refuses to answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from equerre.facts.recognition import Recognition, RecognitionWithdrawal
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.teaching import Audience
from equerre.kernel.errors import BeforeTheLaw
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.rules.chain import STEPS, explain
from equerre.rules.due import Due
from equerre.rules.l443_6 import SENTENCES
from equerre.rules.rule import REGISTER
from tests.rules.schools import ON, rich_school

EMPTY = SchoolFacts("9990012J", "École d'essai", fictional=True)


def test_seven_links_in_the_order_of_the_law_and_seven_sentences() -> None:
    chain = explain(rich_school(), ON)
    assert [link.word for link in chain.links] == [
        "opening",
        "managing_body",
        "recognition",
        "staff_approval",
        "annual_list",
        "regional_list",
        "tax_balance",
    ]
    assert [sentence.number for sentence in chain.sentences] == ["s1", "s2", "s3", "s4", "s5", "s6", "s7"]


def test_of_nothing_nothing_comes() -> None:
    chain = explain(EMPTY, ON)
    for finding in chain.findings().values():
        assert finding.outcome in (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE), finding
        assert finding.missing or finding.outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("facts", [EMPTY, rich_school()], ids=["empty", "rich"])
def test_what_is_due_has_a_day_an_actor_and_a_text_or_says_why_not(facts: SchoolFacts) -> None:
    for link in explain(facts, ON).links:
        for due in link.due:
            assert due.by_whom
            assert (due.by is not None and due.by >= ON) or due.no_date.endswith((".", ")."))


def test_a_due_without_day_nor_reason_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="no day"):
        Due("Faire", "l'école", None)


def test_each_link_names_its_act() -> None:
    acts = {link.word: link.act.name if link.act else None for link in explain(rich_school(), ON).links}
    assert acts == {
        "opening": "opening_declaration",
        "managing_body": "statutes_review",
        "recognition": "recognition",
        "staff_approval": None,
        "annual_list": "annual_list[2025]",
        "regional_list": "regional_list[2026]",
        "tax_balance": None,
    }


def test_the_day_before_the_article_is_refused() -> None:
    assert explain(EMPTY, date(2020, 1, 1)).on == date(2020, 1, 1)
    with pytest.raises(BeforeTheLaw, match="à partir du 1er janvier 2020"):
        explain(EMPTY, date(2019, 12, 31))


def test_a_link_younger_than_the_day_does_not_apply() -> None:
    payable = explain(rich_school(), date(2023, 7, 16)).links[-1].beside[0]
    assert payable.outcome is Outcome.NOT_APPLICABLE
    assert "n'existait pas encore" in payable.because
    assert explain(rich_school(), date(2023, 7, 17)).links[-1].beside[0].outcome is Outcome.UNKNOWN


def test_what_was_known_then() -> None:
    learnt_at = datetime(2026, 6, 1, tzinfo=UTC)
    facts = rich_school()
    late = facts.with_rows(
        "recognition",
        [type(fact)(fact.name, fact.value, fact.valid, fact.source, Period(learnt_at)) for fact in facts[Recognition]],
    )
    before = explain(late, ON, known_at=datetime(2026, 5, 31, 23, 59, tzinfo=UTC))
    assert before.links[2].finding.outcome is Outcome.UNKNOWN
    assert explain(late, ON, known_at=learnt_at).links[2].finding.outcome is Outcome.MET


def test_same_facts_same_chain() -> None:
    assert explain(rich_school(), ON) == explain(rich_school(), ON)


def test_a_contested_fact_is_said() -> None:
    facts = rich_school()
    doubted = facts.with_rows(
        "audience",
        [type(f)(f.name, f.value, f.valid, f.source, f.known, ("Annuaire, 2026",)) for f in facts[Audience]],
    )
    notes = explain(doubted, ON).findings()["teaching.under_school_status"].notes
    assert notes == ("Fait contesté, à trancher : Annuaire, 2026 dit autre chose (audience).",)


def test_every_rule_says_what_it_asks_and_what_it_is() -> None:
    for rule in REGISTER.values():
        assert rule.question.endswith("?"), rule.name
        assert rule.summary.endswith("."), rule.name
    assert {name for name, rule in REGISTER.items() if not rule.public} == {
        "staff_approval.approved",
        "staff_approval.person_approved",
        "tax_balance.payable",
    }


def test_each_step_and_each_sentence_stands_on_a_registered_rule() -> None:
    asked = [step.rule for step in STEPS] + list(SENTENCES.values())
    assert all(REGISTER[rule.name] is rule for rule in asked)


def test_an_act_announced_for_later_does_not_hold_the_link_yet() -> None:
    withdrawal = RecognitionWithdrawal(date(2026, 11, 2), "le ministre")
    source = rich_school()[Recognition][0].source
    facts = rich_school().with_rows(
        "recognition_withdrawal",
        [Fact("recognition_withdrawal", withdrawal, Period(withdrawal.effect_on), source)],
    )
    link = explain(facts, ON).links[2]
    assert (link.act and link.act.name, link.finding.until) == ("recognition", date(2026, 11, 2))


@pytest.mark.parametrize("on", [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 2)])
def test_a_yearly_term_that_is_past_is_the_one_of_next_year(on: date) -> None:
    due = [due for due in explain(rich_school(), on).links[-1].due if "boursiers" in due.what]
    assert due[0].by == date(2026 if on <= date(2026, 12, 30) else 2027, 12, 30)
