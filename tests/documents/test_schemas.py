"""The JSON Schema of files of facts: stored as it is generated, right about good files, and no softer than it says."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from equerre.documents.facts_file import facts_to_json, read_facts
from equerre.documents.facts_file.template import template
from equerre.documents.schemas import facts_schema, stored, written
from equerre.facts.school_facts import SchoolFacts
from tests.strategies import school_facts

VALIDATOR = Draft202012Validator(facts_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
GOOD = facts_to_json(read_facts(re.sub(r"(?m)^# (?=[a-z_]+ = |\[\[)", "", template()), name="modèle"))


def test_the_stored_schema_is_the_generated_one() -> None:
    assert stored("facts") == written(facts_schema())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(facts_schema())


def test_the_template_is_valid() -> None:
    assert list(VALIDATOR.iter_errors(GOOD)) == []
    assert list(VALIDATOR.iter_errors(facts_to_json(read_facts(template(), name="modèle")))) == []


@settings(max_examples=25, deadline=None)
@given(school_facts())
def test_whatever_is_written_is_valid(facts: SchoolFacts) -> None:
    assert list(VALIDATOR.iter_errors(facts_to_json(facts))) == []


BAD: dict[str, tuple[tuple[str | int, ...], object]] = {
    "unknown kind": (("recogniton",), []),
    "unknown field": (("recognition", 0, "efect_on"), "2026-01-01"),
    "text for a date": (("recognition", 0, "effect_on"), "oui"),
    "day that does not exist": (("recognition", 0, "effect_on"), "2024-02-30"),
    "hour without zone": (("recognition", 0, "known_from"), "2026-01-01T10:00:00"),
    "text for a boolean": (("recognition", 0, "cse_opinion_favourable"), "oui"),
    "text for a number": (("audience", 0, "school_status"), "3"),
    "negative number": (("audience", 0, "school_status"), -3),
    "choice that does not exist": (("staff_member", 0, "function"), "directeur"),
    "horizon that nobody observes": (("cohort", 0, "horizon"), 7),
    "level that does not exist": (("certification", 0, "level"), 9),
    "sheet that is none": (("certification", 0, "successors"), ["RS12"]),
    "number of a school that is none": (("school", "uai"), "9990012"),
    "empty name": (("school", "name"), " "),
    "no list": (("recognition",), {}),
    "fact without source": (("recognition", 0), {"effect_on": "2026-01-01", "authority": "le ministre"}),
    "source without title": (("sources", "modele"), {"publisher": "Équerre"}),
    "address that is none": (("sources", "modele", "url"), "ftp://x"),
    "two ends": (("opposition", 0, "last_day"), "2022-03-01"),
}


@pytest.mark.parametrize(("path", "value"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused(path: tuple[str | int, ...], value: object) -> None:
    document: Any = copy.deepcopy(GOOD)
    inner = document
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    assert {tuple(error.absolute_path)[: len(path) - 1] for error in VALIDATOR.iter_errors(document)} == {path[:-1]}


def test_a_file_without_school_is_refused() -> None:
    assert [error.validator for error in VALIDATOR.iter_errors({})] == ["required"]
