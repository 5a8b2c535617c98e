"""Public means public: what the law makes public, and nothing else, at any ``on`` and any ``known_at``.

Opening, managing body, recognition, the two lists, the doors to the balance; the courses and their certifications. Everything
else is taken out of the facts *before* the rules run: what never enters an answer cannot leave by it. Reading R48 says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from equerre.documents.answer_rows import Answer, FindingRow, LinkRow
from equerre.facts import KINDS, SchoolFacts
from equerre.kernel.fact import Fact

WORDS = ("opening", "managing_body", "recognition", "annual_list", "regional_list", "tax_balance")
SENTENCES = ("s1", "s3", "s6")
# The rules whose findings are shown: those of the words above, and what says that a course counts. The others stay in.
MODULES = (*WORDS, "teaching", "qualifications", "l443_6")

# Kinds that never leave the school and its authorities: persons, money, the school's own counts, the papers of a procedure.
# How many pupils a school has is public: the ministry's directory prints it, and L. 6241-4 turns on it.
CONFIDENTIAL = (
    "staff_member",
    "staff_approval",
    "production_count",
    "cohort",
    "bank_details",
    "habilitation_request",
    "agreement",
)
# What is read for the public: the others never leave the database.
PUBLIC = tuple(kind for kind in KINDS if kind not in CONFIDENTIAL)
# Fields of public facts that do not go out: free text, names, small numbers. By kind: field → what is said instead.
WITHHELD: dict[str, dict[str, Any]] = {
    "opposition": {"ground": None},
    "annual_list_entry": {"motive": None},
    "statutes_review": {"reviewer": "une personne habilitée à les lire"},
    "intake": {"pupils": None},
}


def public_facts(facts: SchoolFacts) -> SchoolFacts:
    """The facts of a school that anybody may see."""
    seen: dict[str, Iterable[Fact[Any]]] = {kind: getattr(facts, kind) for kind in PUBLIC}
    for kind, instead in WITHHELD.items():
        seen[kind] = [_withheld(fact, instead) for fact in seen[kind]]
    seen["stated_absence"] = [
        fact for fact in facts.stated_absence if fact.value.of.partition("[")[0] not in CONFIDENTIAL
    ]
    nothing: dict[str, Iterable[Fact[Any]]] = dict.fromkeys(CONFIDENTIAL, ())
    return facts.with_kinds(nothing | {kind: map(_contested, rows) for kind, rows in seen.items()})


def _contested(fact: Fact[Any]) -> Fact[Any]:
    """That a fact waits to be settled is public; who proposes otherwise is not, before anybody has looked at it."""
    return replace(fact, contested=("une autre source",)) if fact.contested else fact


def _withheld(fact: Fact[Any], instead: dict[str, Any]) -> Fact[Any]:
    return replace(fact, value=replace(fact.value, **instead))


def public_answer(whole: Answer) -> Answer:
    """An answer made from public facts, without the questions that are not public: no link, sentence or child names them."""
    links: list[LinkRow] = [{**link, "beside": []} for link in whole["links"] if link["word"] in WORDS]
    sentences = [one for one in whole["sentences"] if one["sentence"] in SENTENCES]
    asked = [link["finding"] for link in links] + [one["finding"] for one in sentences]
    found = {key: _pruned(whole["findings"][key], whole) for key in _reached(asked, whole)}
    facts = {name for finding in found.values() for name in finding["facts"]}
    facts |= {link["act"] for link in links if link["act"] is not None}
    cited = {address for finding in found.values() for address in finding["citations"]}
    cited |= {due["citation"] for link in links for due in link["due"] if due["citation"] is not None}
    taken = {one["reading"] for finding in found.values() for one in finding["readings"]}
    sources = {whole["facts"][name]["source"] for name in facts}
    return {
        **whole,
        "links": links,
        "sentences": sentences,
        "findings": found,
        "facts": {name: row for name, row in whole["facts"].items() if name in facts},
        "sources": {key: row for key, row in whole["sources"].items() if key in sources},
        "citations": {address: row for address, row in whole["citations"].items() if address in cited},
        "readings": {number: row for number, row in whole["readings"].items() if number in taken},
    }


def shown(rule: str) -> bool:
    """Is what this rule finds public?"""
    return rule.partition(".")[0] in MODULES


def _reached(keys: Iterable[str], whole: Answer) -> list[str]:
    """The findings that these rest on, themselves included, each once, without those that are not public."""
    found: dict[str, None] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        row = whole["findings"][key]
        if key not in found and row["public"] and shown(row["rule"]):
            found[key] = None
            waiting.extend(row["findings"])
    return list(found)


def _pruned(row: FindingRow, whole: Answer) -> FindingRow:
    below = [
        key for key in row["findings"] if whole["findings"][key]["public"] and shown(whole["findings"][key]["rule"])
    ]
    return {**row, "findings": below}
