"""The pure core: one school's chain, its doubt, ten thousand schools. Nothing is remembered between two calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

from bench.run import Bench, ratio, seconds
from equerre.documents.answer import answer
from equerre.rules.chain import explain
from equerre.rules.doubt import measure
from equerre.rules.facts import KINDS, SchoolFacts
from tests.rules.schools import ON, rich_school


def the_chain_against_its_own_answer() -> float:
    """How many times ``json.dumps`` of the answer one chain costs."""
    facts = rich_school()
    chain = explain(facts, ON)
    said = answer(chain, measure(chain))
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


BENCHES = (
    Bench("one school's chain, against json.dumps of its answer", 4, "x", the_chain_against_its_own_answer),
    Bench("every option of every reading, against one chain", 50, "x", every_option_against_the_chain),
    Bench("ten thousand schools, made and explained", 15, "s", ten_thousand_schools),
)
