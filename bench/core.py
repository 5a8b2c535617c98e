"""The pure core: one school's chain, its doubt, ten thousand schools. Nothing is remembered between two calls."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.measuring import Bench, ratio, seconds
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
    chain = explain(facts, ON)
    said = as_json(answer(chain, measure(chain)))
    return ratio(lambda: explain(facts, ON), lambda: json.dumps(said, ensure_ascii=False))


def every_option_against_the_chain() -> float:
    """How many chains it costs to try every option of every reading."""
    facts = rich_school()
    chain = explain(facts, ON)
    return ratio(lambda: measure(chain), lambda: explain(facts, ON))


def ten_thousand_schools() -> float:
    """Seconds for ten thousand schools, made and explained."""
    return seconds(lambda: [explain(facts, ON) for facts in generated(10_000)], repeat=1)


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
    """Milliseconds for one YAML case, on average, its reading apart."""
    every = cases()
    return 1000 * seconds(lambda: [case.finding() for case in every]) / len(every)


def the_command_from_the_shell() -> float:
    """Milliseconds from the shell to the answer about one identifier, Python's own start included."""
    return 1000 * seconds(lambda: subprocess.run([EQUERRE, "id", "uai", "0831819B"], check=True, capture_output=True))


BENCHES = (
    Bench("one YAML case of a rule, on average", 3, "ms", a_case_of_a_rule),
    Bench("equerre id uai 0831819B, from the shell", 150, "ms", the_command_from_the_shell),
    Bench("one school's chain, against json.dumps of its answer", 4, "x", the_chain_against_its_own_answer),
    Bench("every option of every reading, against one chain", 50, "x", every_option_against_the_chain),
    Bench("ten thousand schools, made and explained", 15, "s", ten_thousand_schools),
)
