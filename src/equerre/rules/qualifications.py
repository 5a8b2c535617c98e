"""Diplomas and titles of the RNCP: L. 443-6, fourth sentence (second half); code du travail, art. L. 6113-1, -5 and -9.

Teaching aims at a qualification that a diploma or a vocational title of the RNCP proves. A sheet is active for a time.
Who entered training while it was may rely on it once certified; so may the *promotions* counted when it was examined.
Whether a school may open an intake without an active sheet is our reading, not law (R54).
"""

from __future__ import annotations

from datetime import date

from equerre.facts.qualifications import Certification, Intake, RegistrationRequest, active_on
from equerre.facts.school_facts import SchoolFacts, at
from equerre.facts.teaching import Course
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding
from equerre.kernel.french import day, last_day, listed
from equerre.rules.rule import Reasoning, rule


@rule(
    "code-education/L443-6/s4",
    "code-travail/L6113-1",
    asks="Chaque formation mène-t-elle à un diplôme ou un titre inscrit au RNCP ?",
)
def registered(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Every course of the day counts: its sheet is active, or its pupils are protected."""
    courses = why.all_at(facts[Course])
    if not courses:
        return why.unknown("On ne sait pas quelles formations l'école donne.", "course")
    return why.all_of(
        [why.ask(course_registered, fact.value.id) for fact in courses],
        "Chaque formation mène à un diplôme ou un titre inscrit au RNCP.",
    )


@rule(
    "code-education/L443-6/s4",
    "code-travail/L6113-5",
    "code-travail/L6113-9",
    asks="Cette formation mène-t-elle à une certification inscrite au RNCP ?",
    readings=("R5",),
)
def course_registered(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """One course: its sheet is active that day; if it lapsed, its pupils may stay covered (R5)."""
    course = why.at([fact for fact in facts[Course] if fact.value.id == why.subject])
    if course is None:
        return why.unknown(f"On ne sait rien de la formation {why.subject}.", f"course[{why.subject}]")
    code = course.value.certification
    sheets = [fact for fact in facts[Certification] if fact.value.code == code]
    sheet = why.at(sheets)
    if sheet is not None and sheet.value.closed_read_on is not None:
        return _closed(facts, on, course, sheet, why)
    if sheet is not None:
        return _active(course, sheet, why)
    if not sheets:
        return why.unknown(
            f"{course.value.title} : on ne sait pas si la fiche {code} est active.", f"certification[{code}]"
        )
    why.rests_on(*sheets)
    ended = [fact for fact in sheets if fact.valid.end is not None and fact.valid.end <= on]
    if not ended:
        return _entered_before(facts, course, sheets[0], why)
    return _lapsed(facts, on, course, ended[-1], why)


def _active(course: Fact[Course], sheet: Fact[Certification], why: Reasoning) -> Finding:
    end = f", jusqu'au {last_day(sheet.valid.end)}" if sheet.valid.end else ""
    both = course.valid.meet(sheet.valid) or sheet.valid
    return why.met(
        f"{course.value.title} : la fiche {sheet.value.code} est active{end}.", since=both.start, until=both.end
    )


def _closed_since(course: Fact[Course], sheet: Fact[Certification], on: date) -> str:
    """How a sheet stands whose publisher says that it is closed, and not since which day."""
    read_on = sheet.value.closed_read_on or on
    return (
        f"{course.value.title} : la fiche {sheet.value.code} est close, sans que son éditeur dise depuis quel jour "
        f"(lue close dans la publication du {day(read_on)})"
    )


def _closed(facts: SchoolFacts, on: date, course: Fact[Course], sheet: Fact[Certification], why: Reasoning) -> Finding:
    """Closed on a day that nobody gives: before the publication that says so one does not know, after it the sheet is no more.

    Who entered while it was active is not known either: only groups that the certifier counted are proved (L. 6113-9).
    """
    said, read_on = _closed_since(course, sheet, on), sheet.value.closed_read_on or on
    until = f"certification[{sheet.value.code}].until"
    if on < read_on:
        return why.unknown(f"{said}. On ne sait pas si elle l'était déjà le {day(on)}.", until)
    intakes = why.all_at(_intakes(facts, course.value.id))
    if not intakes:
        if why.stated_absent(f"intake[{course.value.id}]"):
            return why.not_met(f"{said}, et aucun élève n'est en cours de formation.", since=read_on)
        return why.unknown(
            f"{said}. On ne sait pas si des élèves entrés avant sont encore en formation.", f"intake[{course.value.id}]"
        )
    covered = [fact for fact in intakes if fact.value.counted_in_registration]
    if not covered and why.reading("R5") == "b":
        return why.unknown(f"{said} : on ne sait pas si ces élèves sont entrés tant qu'elle était active.", until)
    why.note(_follows(sheet))
    return _after_the_end(facts, sheet, said, covered, [fact for fact in intakes if fact not in covered], why)


def _follows(sheet: Fact[Certification]) -> str:
    if sheet.value.successors:
        return (
            f"La fiche nomme pour suite {listed(sheet.value.successors)} : à choisir par une personne, jamais d'office."
        )
    return "La fiche ne nomme aucune suite."


def _lapsed(facts: SchoolFacts, on: date, course: Fact[Course], sheet: Fact[Certification], why: Reasoning) -> Finding:
    ended_on = sheet.valid.end or on
    said = f"{course.value.title} : la fiche {sheet.value.code} a pris fin le {last_day(ended_on)}"
    intakes = why.all_at(_intakes(facts, course.value.id))
    if not intakes:
        if why.stated_absent(f"intake[{course.value.id}]"):
            return why.not_met(f"{said}, et aucun élève n'est en cours de formation.", since=ended_on)
        return why.unknown(
            f"{said}. On ne sait pas si des élèves entrés avant sont encore en formation.", f"intake[{course.value.id}]"
        )
    covered = [f for f in intakes if sheet.valid.holds(f.value.entered_on) or f.value.counted_in_registration]
    unproved = [f for f in intakes if f not in covered and f.value.counted_in_registration is None]
    if not covered and unproved:
        return why.unknown(
            f"{said}, avant l'entrée des élèves. Il manque la liste des promotions du certificateur.",
            *map(_group, unproved),
        )
    why.note(_follows(sheet))
    return _after_the_end(facts, sheet, said, covered, unproved, why)


def _after_the_end(
    facts: SchoolFacts,
    sheet: Fact[Certification],
    said: str,
    covered: list[Fact[Intake]],
    unproved: list[Fact[Intake]],
    why: Reasoning,
) -> Finding:
    """Pupils whose group is proved stay covered; of those who entered later without proof, one says that nobody knows."""
    ended_on = sheet.valid.end or sheet.value.closed_read_on
    option = why.reading("R5")
    if option == "a":
        return why.not_met(f"{said} : elle ne compte plus.", since=ended_on)
    if option == "c":
        for code in sheet.value.successors:
            successor = active_on([fact for fact in facts[Certification] if fact.value.code == code], why.on)
            if successor is not None:
                why.rests_on(successor)
                return why.met(f"{said} ; la fiche {code} prendrait sa place.", since=successor.valid.start)
        return why.not_met(f"{said} et aucune fiche qui la remplace n'est active au dossier.", since=ended_on)
    if not covered:
        return why.not_met(f"{said}, et le certificateur n'a pas compté la promotion entrée après.", since=ended_on)
    if unproved:
        late = listed([day(fact.value.entered_on) for fact in unproved])
        why.note(
            f"Pour les élèves entrés le {late}, après cette fin, on ne sait pas : il manque la liste des promotions du "
            "certificateur."
        )
    entered = listed([day(fact.value.entered_on) for fact in covered])
    ends = [fact.valid.end for fact in covered if fact.valid.end is not None]
    return why.met(
        f"{said}. Les élèves entrés le {entered} restent couverts jusqu'à l'examen.",
        since=ended_on,
        until=max(ends) if len(ends) == len(covered) else None,
    )


def _entered_before(facts: SchoolFacts, course: Fact[Course], sheet: Fact[Certification], why: Reasoning) -> Finding:
    """The sheet begins later: L. 6113-9, first paragraph, on proof of the group, whatever the reading."""
    start = f"ne commence que le {day(sheet.valid.start)}" if sheet.valid.start else "n'est pas encore active"
    said = f"{course.value.title} : la fiche {sheet.value.code} {start}"
    intakes = why.all_at(_intakes(facts, course.value.id))
    if not intakes:
        return why.unknown(f"{said}. On ne sait pas qui est en formation.", f"intake[{course.value.id}]")
    groups = [fact.value.counted_in_registration for fact in intakes]
    if all(groups):
        return why.met(f"{said}, mais ses élèves sont des promotions que le certificateur a comptées.")
    if None in groups:
        return why.unknown(
            f"{said}. Il manque la liste des promotions du certificateur.",
            *(_group(fact) for fact in intakes if fact.value.counted_in_registration is None),
        )
    return why.not_met(f"{said}, et le certificateur n'a pas compté cette promotion.")


def _group(fact: Fact[Intake]) -> str:
    return f"{fact.name}.counted_in_registration"


@rule(
    "code-travail/L6113-9",
    "code-education/L443-6/s4",
    asks="Une nouvelle promotion peut-elle entrer dans cette formation ce jour-là ?",
    readings=("R54",),
)
def intake_open(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """May pupils enter the course on that day? Our reading, kept for prudence: no article says it (R54)."""
    course = why.at([fact for fact in facts[Course] if fact.value.id == why.subject])
    if course is None:
        return why.unknown(f"On ne sait rien de la formation {why.subject}.", f"course[{why.subject}]")
    code = course.value.certification
    sheets = [fact for fact in facts[Certification] if fact.value.code == code]
    sheet = why.at(sheets)
    if sheet is not None and sheet.value.closed_read_on is None:
        return _active(course, sheet, why)
    if sheet is not None and on < (sheet.value.closed_read_on or on):
        said = f"{_closed_since(course, sheet, on)}. On ne sait pas si elle l'était déjà le {day(on)}."
        return why.unknown(said, f"certification[{code}].until")
    if not sheets:
        return why.unknown(f"On ne sait pas si la fiche {code} est active.", f"certification[{code}]")
    why.rests_on(*sheets)
    request = at([fact for fact in facts[RegistrationRequest] if fact.value.certification == code], why.on)
    why.rests_on(request)
    option = why.reading("R54")
    if option == "b" and request is not None:
        return why.met(
            f"La demande d'enregistrement de {code} est à l'examen : ces élèves seraient la promotion en cours."
        )
    if option == "c":
        return why.met("Seul compterait le jour où la qualification s'obtient.")
    why.note("C'est notre lecture, non la loi : une personne peut passer outre en donnant sa raison.")
    return why.not_met(f"{course.value.title} : la fiche {code} n'est pas active le {day(why.on)}.")


def _intakes(facts: SchoolFacts, course: str) -> list[Fact[Intake]]:
    return [fact for fact in facts[Intake] if fact.value.course == course]
