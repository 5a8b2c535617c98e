"""The pure core: one school's chain, its doubt, ten thousand schools. Nothing is remembered between two calls."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from bench.measuring import Bench, ratio
from equerre.documents.answer import answer, as_json
from equerre.facts import KINDS
from equerre.facts.school_facts import SchoolFacts
from equerre.rules.chain import explain
from equerre.rules.doubt import measure
from tests.rules.cases import cases
from tests.rules.schools import ON, rich_school

EQUERRE = Path(sys.executable).with_name("equerre")


def the_chain_against_its_own_answer() -> float:
    """How many times ``json.dumps`` of the answer one chain costs."""
    facts = rich_school()
    return ratio(lambda: explain(facts, ON), json_of_its_answer, repeat=101, each=5)


@cache
def the_answer() -> Any:
    """What the chain of the rich school says, as it is printed."""
    chain = explain(rich_school(), ON)
    return as_json(answer(chain, measure(chain)))


def json_of_its_answer() -> str:
    """The reference of the core: what printing the answer costs."""
    return json.dumps(the_answer(), ensure_ascii=False)


def every_option_against_the_chain() -> float:
    """How many chains it costs to try every option of every reading."""
    facts = rich_school()
    chain = explain(facts, ON)
    return ratio(lambda: measure(chain), lambda: explain(facts, ON), repeat=51)


def ten_thousand_schools() -> float:
    """How many times ``json.dumps`` of an answer each of ten thousand schools costs, made and explained, by the hundred."""
    schools = generated(10_000)

    def a_hundred() -> None:
        for facts in islice(schools, 100):
            explain(facts, ON)

    return ratio(a_hundred, json_of_its_answer, repeat=100, each=1) / 100


def generated(number: int) -> Iterator[SchoolFacts]:
    """Schools that lack now this, now that: the same ones in every run."""
    draw = Random(443_6)
    kinds = list(KINDS)
    for _ in range(number):
        facts = rich_school()
        for kind in draw.sample(kinds, 3):
            facts = facts.with_rows(kind, ())
        yield facts


def a_case_of_a_rule() -> float:
    """How many times ``json.dumps`` of an answer one YAML case costs, on average, its reading apart."""
    every = cases()
    return ratio(lambda: [case.finding() for case in every], lambda: [json_of_its_answer() for _ in every], repeat=5)


def the_command_from_the_shell() -> float:
    """How many times longer than Python that starts and imports what the answer needs: click and python-stdnum."""
    bare = [sys.executable, "-c", "import click, stdnum.luhn"]
    asked = [str(EQUERRE), "id", "uai", "0831819B"]
    return ratio(
        lambda: subprocess.run(asked, check=True, capture_output=True),
        lambda: subprocess.run(bare, check=True, capture_output=True),
        repeat=15,
    )


BENCHES = (
    Bench("one YAML case of a rule, against json.dumps of an answer", 0.2, "x", a_case_of_a_rule),
    Bench("equerre id, against Python and the libraries it imports", 2, "x", the_command_from_the_shell),
    Bench("one school's chain, against json.dumps of its answer", 0.9, "x", the_chain_against_its_own_answer),
    Bench("every option of every reading, against one chain", 9, "x", every_option_against_the_chain),
    Bench("ten thousand schools, against json.dumps of an answer each", 1, "x", ten_thousand_schools),
)
