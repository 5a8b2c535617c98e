"""Approval of persons (*agrément*): code de l'éducation, art. L. 443-3.

In a recognised school the appointment of the director and of the teaching staff is subject to the approval of the
administrative authority. It is not the conditions of fitness of L. 914-3, which apply besides. What is found here is
never public: it speaks of persons, who appear under an opaque key.
"""

from __future__ import annotations

from datetime import date

from equerre.facts import KINDS
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.staff_approval import StaffApproval, StaffMember
from equerre.kernel.citation import Citation
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.french import counted, day, last_day
from equerre.rules import recognition
from equerre.rules.due import NO_DAY, Due
from equerre.rules.rule import Reasoning, rule

FUNCTIONS = KINDS["staff_member"].fields["function"].choices
# Who signs, by option of R9 and function: the article says "the administrative authority" and no more.
SIGNATORY = {
    "a": {"director": "le ministre", "teacher": "le ministre", "master": "le ministre"},
    "b": {"director": "le recteur", "teacher": "le recteur", "master": "le recteur"},
    "c": {"director": "le ministre", "teacher": "le recteur", "master": "le recteur"},
}


@rule(
    "code-education/L443-3",
    asks="La direction et les enseignants ont-ils l'agrément de l'autorité administrative ?",
    readings=("R19",),
    public=False,
)
def approved(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """The director and every teacher in post that day hold an approval."""
    if why.ask(recognition.recognised).outcome is Outcome.NOT_MET:
        return why.not_applicable(
            "L'école n'est pas reconnue ce jour-là : l'agrément ne vise que les écoles reconnues."
        )
    members = why.all_at(facts[StaffMember])
    if not any(fact.value.function == "director" for fact in members):
        return why.unknown("On ne sait pas qui dirige l'école.", "staff_member")
    if not any(fact.value.function in ("teacher", "master") for fact in members):
        return why.unknown("On ne sait pas qui enseigne.", "staff_member")
    persons = [why.ask(person_approved, fact.value.id) for fact in members if fact.value.function != "speaker"]
    if any(person.outcome is Outcome.UNKNOWN for person in persons):
        return why.all_of(persons, "")
    concerned = persons
    # Masters of trade too, as far as they teach (R19). Outside speakers never.
    masters = {fact.value.id for fact in members if fact.value.function == "master"}
    if masters and why.reading("R19") != "a":
        why.note("Les maîtres professionnels encadreraient la production sans enseigner : pas d'agrément pour eux.")
        concerned = [person for person in persons if person.subject not in masters]
    count = counted(
        len(concerned), "personne en poste a l'agrément demandé", "personnes en poste ont l'agrément demandé"
    )
    return why.all_of(concerned, f"{count}, parmi les {len(members)} postes donnés au dossier.")


@rule(
    "code-education/L443-3",
    asks="Cette personne a-t-elle l'agrément de l'autorité administrative ?",
    readings=("R9",),
    public=False,
)
def person_approved(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """One person, by the opaque key of the post."""
    member = why.at([fact for fact in facts[StaffMember] if fact.value.id == why.subject])
    function = FUNCTIONS[member.value.function] if member else "personne"
    approval = why.at([fact for fact in facts[StaffApproval] if fact.value.member == why.subject])
    name = f"staff_approval[{why.subject}]"
    if approval is None:
        approvals = [fact for fact in facts[StaffApproval] if fact.value.member == why.subject]
        for ended in reversed(approvals):
            if ended.valid.end is not None and ended.valid.end <= on:
                why.rests_on(ended)
                said = f"L'agrément du poste {why.subject} ({function}) a pris fin le {last_day(ended.valid.end)}."
                return why.not_met(said, since=ended.valid.end)
        if why.stated_absent(name):
            return why.not_met(f"Le poste {why.subject} ({function}) n'a pas d'agrément.")
        return why.unknown(f"On ne sait pas si le poste {why.subject} ({function}) a son agrément.", name)
    if not approval.value.granted:
        return why.not_met(
            f"L'agrément du poste {why.subject} ({function}) a été refusé.", since=approval.value.signed_on
        )
    expected = SIGNATORY[why.reading("R9")].get(member.value.function if member else "teacher", "le recteur")
    if expected.partition(" ")[2][:4] not in approval.value.authority.lower():
        why.note(
            f"L'agrément du poste {why.subject} est signé par {approval.value.authority} ; on attendait {expected}."
        )
    return why.met(
        f"Le poste {why.subject} ({function}) a son agrément depuis le {day(approval.value.signed_on)}, signé par "
        f"{approval.value.authority}.",
        since=approval.value.signed_on,
        until=approval.valid.end,
    )


_SAY_WHO = Due(
    "Dire qui dirige l'école et qui enseigne", "l'école", Citation("code-education", "L443-3"), no_date=NO_DAY
)


def next_steps(facts: SchoolFacts, finding: Finding, on: date) -> tuple[Due, ...]:
    """One request for each person without an approval."""
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return ()
    if "staff_member" in finding.missing:
        return (_SAY_WHO,)
    return tuple(
        Due(
            f"Demander l'agrément du poste {person.subject}, ou joindre l'acte",
            "l'école",
            Citation("code-education", "L443-3"),
            no_date="Le texte ne fixe pas de délai.",
        )
        for person in finding.findings
        if person.subject and person.outcome is not Outcome.MET
    )
