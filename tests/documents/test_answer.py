"""One answer: one shape, the same bytes, every key that leads somewhere, and the doubt measured."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import pytest

from equerre.documents.answer import answer, as_json, canonical, chosen_options, missing_label
from equerre.documents.answer_rows import Answer
from equerre.documents.answer_schema import SCHEMAS
from equerre.documents.schemas import stored, written
from equerre.facts import KINDS
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.citation import Citation
from equerre.kernel.errors import LawError
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.rules.chain import explain
from equerre.rules.doubt import measure
from tests.documents.schools import ASKED, BETWEEN_LISTS, answer_of, school

SCHEMA = jsonschema.Draft202012Validator(json.loads(stored("answer")))
every_answer = pytest.mark.parametrize("asked", ASKED, ids=str)


def _found(asked: Any) -> Answer:
    return answer_of(*asked)


@pytest.mark.parametrize("name", ["answer", "dossier"])
def test_the_published_schema_is_the_one_drawn_from_the_rows(name: str) -> None:
    assert stored(name) == written(SCHEMAS[name]()), "write it again: written(SCHEMAS[name]())"


@every_answer
def test_an_answer_follows_its_schema(asked: Any) -> None:
    SCHEMA.validate(json.loads(canonical(_found(asked))))


def test_its_schema_is_one() -> None:
    SCHEMA.check_schema(SCHEMA.schema)


@every_answer
def test_the_same_question_gives_the_same_bytes(asked: Any) -> None:
    name, on, options = asked
    again = explain(school(name), on, readings=chosen_options(dict(options)))
    assert canonical(answer(again, measure(again))) == canonical(_found(asked))


@every_answer
def test_an_answer_keeps_its_types_until_it_is_written(asked: Any) -> None:
    found = _found(asked)
    assert type(found.on) is date
    for finding in found.findings.values():
        assert isinstance(finding.outcome, Outcome)
        assert {type(bound) for bound in (finding.since, finding.until)} <= {date, type(None)}
        assert all(isinstance(citation, Citation) for citation in finding.citations)
    assert all(isinstance(period, Period) for fact in found.facts.values() for period in (fact.valid, fact.known))
    assert as_json(as_json(found)) == as_json(found) == json.loads(canonical(found))


@every_answer
def test_an_answer_is_light(asked: Any) -> None:
    assert len(canonical(_found(asked)).encode()) < 150_000


@every_answer
def test_every_key_leads_somewhere(asked: Any) -> None:
    found = _found(asked)
    roots = [link.finding for link in found.links] + [one.finding for one in found.sentences]
    roots += [key for link in found.links for key in link.beside]
    assert set(roots) <= set(found.findings)
    for finding in found.findings.values():
        assert set(finding.findings) <= set(found.findings)
        assert set(finding.facts) <= set(found.facts)
        assert set(finding.citations) <= set(found.citations)
        assert {one.reading for one in finding.readings} <= set(found.readings)
    for link in found.links:
        assert link.act is None or link.act in found.facts
        assert {due.citation for due in link.due} - {None} <= set(found.citations)
    assert {fact.source for fact in found.facts.values()} == set(found.sources)


@every_answer
def test_what_is_found_is_the_row_of_the_options_taken(asked: Any) -> None:
    found = _found(asked)
    for finding in found.findings.values():
        for point, outcomes in finding.under.items():
            taken = found.readings[point.partition(":")[0]].taken[point]
            assert outcomes.get(taken, finding.outcome) == finding.outcome
            assert {row.option for row in finding.hangs_on if row.point == point} == {
                option for option, outcome in outcomes.items() if outcome != finding.outcome
            }
        assert finding.settled == (not finding.hangs_on)


@every_answer
def test_an_unknown_names_what_is_missing_in_french(asked: Any) -> None:
    for finding in _found(asked).findings.values():
        assert bool(finding.missing) == (finding.outcome == "UNKNOWN")
        for one in finding.missing:
            assert one.label != one.name, one
            assert "_" not in one.label.partition("(")[0], one


@every_answer
def test_what_comes_next_has_a_day_or_says_why_it_has_none(asked: Any) -> None:
    for link in _found(asked).links:
        for due in link.due:
            assert (due.by is None) != (due.no_date is None), due


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_missing(kind: str) -> None:
    assert missing_label(f"{kind}[a,b]") == f"{KINDS[kind].label} (a,b)"
    assert missing_label(kind) == KINDS[kind].label


def test_a_missing_field_is_named_with_its_fact() -> None:
    expected = "la formation (cap.1], b[), heures d'enseignement général"
    assert missing_label("course[cap.1], b[].general_hours") == expected


def test_two_facts_of_one_name_have_two_keys() -> None:
    """Before the change of body was known, after it: two facts, one name."""
    found = answer_of("moved", BETWEEN_LISTS)
    names = [found.facts[key].value["name"] for key in ("managing_body", "managing_body#2")]
    assert sorted(names) == ["Première association", "Seconde association"]


def test_an_answer_speaks_of_what_was_known_at_an_instant() -> None:
    instant = datetime(2025, 2, 1, 12, tzinfo=UTC)
    chain = explain(school("moved"), date(2025, 2, 1), known_at=instant)
    found = answer(chain, measure(chain))
    assert found.known_at == instant
    assert json.loads(canonical(found))["known_at"] == "2025-02-01T12:00:00Z"
    assert found.findings["managing_body.non_profit"].outcome == "UNKNOWN"


def test_persons_bank_details_and_small_counts_are_marked_as_not_public() -> None:
    facts = answer_of("hanging", BETWEEN_LISTS).facts
    hidden = {fact.kind for fact in facts.values() if not fact.public}
    assert hidden == {"staff_member", "staff_approval", "bank_details", "cohort", "agreement", "production_count"}


def test_a_public_fact_names_its_fields_that_are_not() -> None:
    facts = as_json(answer_of("hanging", BETWEEN_LISTS))["facts"]
    private = {fact["kind"]: fact["private"] for fact in facts.values() if "private" in fact}
    assert private == {"intake": ["pupils"], "statutes_review": ["reviewer"]}


def test_no_text_of_an_answer_drives_a_terminal() -> None:
    """A file of facts refuses such characters; whoever fills the classes otherwise may still bring them."""
    nasty = "\x1b[31mrouge\x9b2J\u202eenvers\x07\ud800"
    facts = replace(school("bare"), name=nasty)
    chain = explain(facts, BETWEEN_LISTS)
    text = canonical(answer(chain, measure(chain)))
    assert text.encode()
    assert all(char == "\n" or char.isprintable() for char in text)
    assert json.loads(text)["school"]["name"] == nasty


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"R99": "a"}, "R99"),
        ({"R3": "z"}, "n'a pas d'option « z »"),
        ({"R21": "a"}, "n'a pas d'options"),
        ({"R4:pupils": "a"}, "n'a pas d'usage « pupils »"),
    ],
)
def test_an_option_that_does_not_exist_is_refused(choices: dict[str, str], said: str) -> None:
    with pytest.raises(LawError, match=said):
        chosen_options(choices)


def test_an_empty_school_rests_on_nothing() -> None:
    found = answer_of("bare", BETWEEN_LISTS)
    assert found.facts == {}
    assert found.sources == {}
    assert isinstance(school("bare"), SchoolFacts)
