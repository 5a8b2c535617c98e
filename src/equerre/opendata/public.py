"""Public means public: what the law makes public, and nothing else, at any ``on`` and any ``known_at``.

Opening, managing body, recognition, the two lists, the doors to the balance; the courses and their certifications. Each kind of
fact and each of its fields says whether it is public (``facts``), and is private otherwise. What is private is taken out of the
facts *before* the rules run (``SchoolFacts.public_view``): what never enters an answer cannot leave by it. Reading R48 says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equerre.documents.answer_rows import Answer
from equerre.facts import KINDS

WORDS = ("opening", "managing_body", "recognition", "annual_list", "regional_list", "tax_balance")
SENTENCES = ("s1", "s3", "s6")
# The rules whose findings are shown: those of the words above, and what says that a course counts. The others stay in.
MODULES = (*WORDS, "teaching", "qualifications", "l443_6")

# What is read for the public: the other kinds never leave the database.
PUBLIC = tuple(name for name, kind in KINDS.items() if kind.public)


def public_answer(whole: Answer) -> Answer:
    """An answer made from public facts, without the questions that are not public: no link, sentence or child names them."""
    links = tuple(replace(link, beside=()) for link in whole.links if link.word in WORDS)
    sentences = tuple(sentence for sentence in whole.sentences if sentence.sentence in SENTENCES)
    asked = [link.finding for link in links] + [sentence.finding for sentence in sentences]
    reached = _reached(asked, whole)
    found = {
        key: replace(row, findings=tuple(below for below in row.findings if below in reached))
        for key, row in ((key, whole.findings[key]) for key in reached)
    }
    facts = {name for finding in found.values() for name in finding.facts}
    facts |= {link.act for link in links if link.act is not None}
    cited = {address for finding in found.values() for address in finding.citations}
    cited |= {due.citation for link in links for due in link.due if due.citation is not None}
    taken = {row.reading for finding in found.values() for row in finding.readings}
    sources = {whole.facts[name].source for name in facts}
    return replace(
        whole,
        links=links,
        sentences=sentences,
        findings=found,
        facts={name: row for name, row in whole.facts.items() if name in facts},
        sources={key: row for key, row in whole.sources.items() if key in sources},
        citations={address: row for address, row in whole.citations.items() if address in cited},
        readings={number: row for number, row in whole.readings.items() if number in taken},
    )


def shown(rule: str) -> bool:
    """Is what this rule finds public?"""
    return rule.partition(".")[0] in MODULES


def _reached(keys: Iterable[str], whole: Answer) -> dict[str, None]:
    """The findings that these rest on, themselves included, each once, without those that are not public."""
    found: dict[str, None] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        row = whole.findings[key]
        if key not in found and row.public and shown(row.rule):
            found[key] = None
            waiting.extend(row.findings)
    return found
