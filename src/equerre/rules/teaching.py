"""Teaching under school status: L. 443-6, fourth sentence (first half); D. 443-1-1.

Pupils are schoolchildren in law, neither apprentices nor employees. They receive general lessons and technological or
vocational ones. The law sets no quota of hours for either.
"""

from __future__ import annotations

from datetime import date

from equerre.facts.school_facts import SchoolFacts
from equerre.facts.teaching import Audience, Course
from equerre.kernel.finding import Finding
from equerre.kernel.french import counted
from equerre.rules.rule import Reasoning, rule


@rule(
    "code-education/L443-6/s4",
    "code-education/D443-1-1",
    asks="Ses élèves sont-ils sous statut scolaire ?",
)
def under_school_status(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Somebody counted pupils under school status."""
    audience = why.at(facts[Audience])
    if audience is None:
        return why.unknown("On ne sait pas combien d'élèves ont le statut scolaire.", "audience")
    count = audience.value
    for others, status in ((count.apprentices, "apprenti"), (count.trainees, "stagiaire adulte")):
        if others:
            why.note(
                f"L'organisme forme aussi {counted(others, status)} : leurs heures et leurs coûts se comptent à part."
            )
    if count.school_status == 0:
        return why.not_met("Aucun élève n'a le statut scolaire.", since=audience.valid.start)
    return why.met(
        f"{counted(count.school_status, 'élève a', 'élèves ont')} le statut scolaire.", since=audience.valid.start
    )


@rule(
    "code-education/L443-6/s4",
    asks="Chaque formation donne-t-elle les deux sortes d'enseignement ?",
    readings=("R13",),
)
def both_kinds(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """General teaching and technological or vocational teaching, in each course (``subject``) or in all."""
    courses = why.all_at(facts[Course])
    if not courses:
        return why.unknown("On ne sait pas quelles formations l'école donne.", "course")
    return why.all_of(
        [why.ask(course_both_kinds, fact.value.id) for fact in courses],
        "Chaque formation donne un enseignement général et un enseignement technologique ou professionnel.",
    )


@rule(
    "code-education/L443-6/s4",
    asks="Cette formation donne-t-elle les deux sortes d'enseignement ?",
    readings=("R13",),
)
def course_both_kinds(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """One course: its hours of both kinds."""
    course = why.at([fact for fact in facts[Course] if fact.value.id == why.subject])
    if course is None:
        return why.unknown(f"On ne sait rien de la formation {why.subject}.", f"course[{why.subject}]")
    hours = course.value
    lacking = [name for name in ("general_hours", "vocational_hours") if getattr(hours, name) is None]
    if lacking or hours.general_hours is None or hours.vocational_hours is None:
        return why.unknown(
            f"{hours.title} : on ne connaît pas toutes les heures.", *(f"course[{hours.id}].{name}" for name in lacking)
        )
    said = (
        f"{hours.title} : {hours.general_hours} h d'enseignement général et {hours.vocational_hours} h d'enseignement "
        "technologique ou professionnel."
    )
    if hours.general_hours == 0 or hours.vocational_hours == 0:
        return why.not_met(f"{said} Il manque une des deux sortes.", since=course.valid.start)
    # No quantity is in the law: any real amount will do, unless another reading is chosen (R13).
    option = why.reading("R13")
    if option == "b":
        if hours.regulation_general_hours is None:
            return why.unknown(
                f"{said} On ne connaît pas les heures du règlement du diplôme.",
                f"course[{hours.id}].regulation_general_hours",
            )
        if hours.general_hours < hours.regulation_general_hours:
            return why.not_met(
                f"{said} Le règlement du diplôme demande {hours.regulation_general_hours} h d'enseignement général."
            )
    if option == "c" and 3 * hours.general_hours < hours.general_hours + hours.vocational_hours:
        return why.not_met(f"{said} L'enseignement général est sous le tiers.")
    return why.met(said, since=course.valid.start, until=course.valid.end)
