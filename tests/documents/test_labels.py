"""Every stable key that people read has its French label, and no label speaks of nothing."""

from __future__ import annotations

from dataclasses import fields

import pytest

from equerre import law
from equerre.documents import labels
from equerre.facts import CHOICES, KINDS
from equerre.kernel.finding import Outcome
from equerre.law.wordings import State
from equerre.rules.chain import STEPS
from equerre.rules.l443_6 import SENTENCES

FIELDS = {(kind, field.name) for kind, row in KINDS.items() for field in fields(row)}  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "field"), sorted(FIELDS))
def test_every_field_has_a_label(kind: str, field: str) -> None:
    assert labels.field_label(kind, field)


def test_no_label_of_a_field_is_left_over() -> None:
    names = {field for _, field in FIELDS} | {f"{kind}.{field}" for kind, field in FIELDS}
    assert set(labels.FIELDS) <= names


def test_every_choice_has_a_label_and_no_other() -> None:
    held = {f"{kind}.{field}": tuple(choices) for (kind, field), choices in CHOICES.items()}
    assert {key: tuple(table) for key, table in labels.CHOICES.items()} == held


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
