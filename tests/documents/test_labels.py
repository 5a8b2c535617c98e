"""Every stable key that people read has its French label, and no label speaks of nothing."""

from __future__ import annotations

import pytest

from equerre import law
from equerre.documents import labels
from equerre.documents.answer import missing_label
from equerre.facts import KEPT
from equerre.kernel.finding import Outcome
from equerre.law.wordings import State
from equerre.rules.chain import STEPS
from equerre.rules.l443_6 import SENTENCES
from tests.rules.cases import cases

FIELDS = [(kind.name, field) for kind in KEPT.values() for field in kind.every]


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_every_field_has_a_label(kind: str, field: str) -> None:
    label = labels.field_label(kind, field)
    assert label == label.strip()
    assert label


def test_every_value_of_a_choice_has_its_word() -> None:
    assert labels.CHOICES["agreement.party_kind"]["state"] == "État"
    assert all(word for table in labels.CHOICES.values() for word in table.values())


def test_words_and_sentences_are_those_of_the_chain() -> None:
    assert list(labels.WORDS) == [step.word for step in STEPS]
    assert list(labels.SENTENCES) == list(SENTENCES)


@pytest.mark.parametrize("reader", labels.READERS)
def test_every_reader_has_a_word_for_every_outcome(reader: str) -> None:
    assert set(labels.OUTCOMES[reader]) == {outcome.value for outcome in Outcome}


def test_states_and_confidences_are_those_of_the_tables() -> None:
    assert set(labels.STATES) == {state.value for state in State}
    held = {wording.confidence for article in law.articles().values() for wording in article.wordings}
    assert held <= set(labels.CONFIDENCES)


def test_every_use_of_a_reading_is_said() -> None:
    assert set(labels.USES) == {f"{row.id}:{use}" for row in law.readings().values() for use in row.default_for}


@pytest.mark.parametrize("name", sorted({name for case in cases() for name in case.finding().missing}))
def test_whatever_a_rule_may_miss_is_said_in_words(name: str) -> None:
    said = missing_label(name)
    assert said != name
    assert not set(said) & set("_[]")


@pytest.mark.parametrize("field", ["from", "until"])
def test_no_kind_has_a_field_named_as_the_days_of_a_fact(field: str) -> None:
    assert all(field not in kind.every for kind in KEPT.values())
