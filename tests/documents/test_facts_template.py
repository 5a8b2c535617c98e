"""The template: read as it stands, and with every comment of TOML taken away; every field of every kind explained."""

from __future__ import annotations

import re

import pytest

from equerre.documents.facts_file import read_facts, write_facts
from equerre.documents.facts_file.shape import SOURCE
from equerre.documents.facts_file.template import SOURCES, template
from equerre.facts import KINDS
from equerre.kernel import uai

COMMENTED = re.compile(r"(?m)^# (?=[a-z_]+ = |\[\[)")


def test_it_can_be_read_as_it_stands() -> None:
    facts = read_facts(template(), name="modèle")
    assert facts.fictional
    assert uai.is_fictional(facts.uai)
    assert all(facts.rows_of(kind) for kind in ("managing_body", "recognition", "course", "certification", "intake"))


def test_nothing_that_ends_or_forbids_is_true_as_it_stands() -> None:
    facts = read_facts(template(), name="modèle")
    assert not any(facts.rows_of(kind) for kind, declared in KINDS.items() if declared.ends)


def test_every_kind_and_every_field_can_be_read_once_its_comment_is_taken_away() -> None:
    facts = read_facts(COMMENTED.sub("", template()), name="modèle")
    for name, kind in KINDS.items():
        (fact,) = facts.rows_of(name)
        assert {field: getattr(fact.value, field) for field in kind.fields} == {
            field.name: field.example for field in kind.fields.values()
        }


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained(kind: str) -> None:
    text = template()
    section = text[text.index(f"[[{kind}]]\n") :].partition("\n\n")[0]
    for name, field in KINDS[kind].fields.items():
        assert f"# {field.label}" in section
        assert f"{name} = " in section
    assert KINDS[kind].example_source in SOURCES


def test_every_key_of_a_source_is_shown() -> None:
    assert {key for source in SOURCES.values() for key in source} == set(SOURCE)
    assert all({name for name, field in SOURCE.items() if field.required} <= set(source) for source in SOURCES.values())


def test_no_line_is_wider_than_a_page() -> None:
    assert max(map(len, template().splitlines())) <= 120


def test_it_is_the_same_each_time_and_what_it_says_survives_a_writing() -> None:
    assert template() == template()
    facts = read_facts(template(), name="modèle")
    assert read_facts(write_facts(facts), name="modèle") == facts
