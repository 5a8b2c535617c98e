"""Code de l'éducation, art. L. 443-6: the table of contents. Seven sentences, and the rule that runs each.

1. The school is first a private technical school that the State has recognised, run by a body that does not seek profit.
2. Among its purposes, it helps young people without qualification to get into work.
3. Each year two ministers fix, by one joint act, which schools are écoles de production.
4. Its pupils are schoolchildren, receive both kinds of teaching, and aim at a diploma or title of the RNCP.
5. It teaches by making, through real production.
6. It may receive the balance of the apprenticeship tax.
7. It is free to sign agreements with the State, local authorities and companies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.finding import Finding
from equerre.rules import (
    agreements,
    annual_list,
    insertion,
    managing_body,
    production,
    qualifications,
    recognition,
    tax_balance,
    teaching,
)
from equerre.rules.rule import Reasoning, Rule, rule


@rule("code-education/L443-6/s1", asks="École technique privée reconnue par l'État, gérée sans but lucratif ?")
def s1(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Recognised by the State, and run by a non-profit body."""
    conditions = [why.ask(recognition.recognised), why.ask(managing_body.non_profit)]
    return why.all_of(conditions, "L'école est reconnue par l'État et son organisme est sans but lucratif.")


@rule("code-education/L443-6/s4", asks="Statut scolaire, deux enseignements, certification inscrite au RNCP ?")
def s4(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """School status, both kinds of teaching, a diploma or title of the RNCP."""
    conditions = [
        why.ask(teaching.under_school_status),
        why.ask(teaching.both_kinds),
        why.ask(qualifications.registered),
    ]
    return why.all_of(
        conditions,
        "Ses élèves ont le statut scolaire, reçoivent les deux enseignements et préparent une certification du RNCP.",
    )


SENTENCES: Mapping[str, Rule] = {
    "s1": s1,
    "s2": insertion.figures,
    "s3": annual_list.production_school,
    "s4": s4,
    "s5": production.real,
    "s6": tax_balance.entitled,
    "s7": agreements.instruments,
}
