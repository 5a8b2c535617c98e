"""The template: read as it stands, and with every comment of TOML taken away; every field of every kind explained."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from equerre.documents.facts_file import read_facts, write_facts
from equerre.documents.facts_file.guide import GUIDES, SOURCES
from equerre.documents.facts_file.shape import COMMON, SOURCE, SOURCE_NEEDS, shapes
from equerre.documents.facts_file.template import template
from equerre.documents.labels import field_label
from equerre.facts import ENDINGS, KINDS
from equerre.kernel import uai

COMMENTED = re.compile(r"(?m)^# (?=[a-z_]+ = |\[\[)")


def test_it_can_be_read_as_it_stands() -> None:
    facts = read_facts(template(), name="modèle")
    assert facts.fictional
    assert uai.is_fictional(facts.uai)
    assert all(getattr(facts, kind) for kind in ("managing_body", "recognition", "course", "certification", "intake"))


def test_nothing_that_ends_or_forbids_is_true_as_it_stands() -> None:
    facts = read_facts(template(), name="modèle")
    assert not any(getattr(facts, kind) for kind in ENDINGS)


def test_every_kind_and_every_field_can_be_read_once_its_comment_is_taken_away() -> None:
    facts = read_facts(COMMENTED.sub("", template()), name="modèle")
    for kind, guide in GUIDES.items():
        (fact,) = getattr(facts, kind)
        for field in fields(KINDS[kind]):  # type: ignore[arg-type]
            assert getattr(fact.value, field.name) == guide.example[field.name]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained(kind: str) -> None:
    guide, shape, text = GUIDES[kind], shapes()[kind], template()
    section = text[text.index(f"[[{kind}]]\n") :].partition("\n\n")[0]
    for field in shape.fields:
        assert f"# {field_label(kind, field)}" in section
        assert f"{field} = " in section
    assert set(guide.example) <= {*shape.fields, *COMMON}
    assert set(guide.hints) <= set(shape.fields)
    assert guide.source in SOURCES


def test_the_guide_speaks_of_every_kind_and_of_no_other() -> None:
    assert list(GUIDES) == list(KINDS)


def test_every_key_of_a_source_is_shown() -> None:
    assert {key for source in SOURCES.values() for key in source} == set(SOURCE)
    assert all(set(SOURCE_NEEDS) <= set(source) for source in SOURCES.values())


def test_no_line_is_wider_than_a_page() -> None:
    assert max(map(len, template().splitlines())) <= 120


def test_it_is_the_same_each_time_and_what_it_says_survives_a_writing() -> None:
    assert template() == template()
    facts = read_facts(template(), name="modèle")
    assert read_facts(write_facts(facts), name="modèle") == facts
