"""The balance of the apprenticeship tax (*solde de la taxe d'apprentissage*): L. 443-6, sixth sentence; code du travail,
art. L. 6241-4 and L. 6241-5.

Item 12° of L. 6241-5 names the écoles de production. A recognised non-profit school also fits item 2° c, one that may
take national scholars item 2° b, a body that trains the unqualified item 7°: are these doors added or does the first shut
the others (R1)? To be entitled is not to be on the prefect's list, to be on the list is not to be payable, to be payable
is not to be paid.
"""

from __future__ import annotations

from datetime import date

from equerre.facts.qualifications import Certification, active_days, active_on
from equerre.facts.school_facts import SchoolFacts, at, coming_date
from equerre.facts.tax_balance import (
    BankDetails,
    HabilitationRequest,
    ScholarshipHabilitation,
    SecondDegree,
    UnqualifiedTraining,
)
from equerre.facts.teaching import Course
from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.french import day, listed
from equerre.kernel.period import Period
from equerre.law.parameters import day_of
from equerre.law.wordings import State, wording
from equerre.rules import annual_list, managing_body, qualifications, recognition, regional_list, teaching
from equerre.rules.due import Due, all_that_hold
from equerre.rules.rule import Reasoning, best, rule

FIRST_CAMPAIGN = 2020
DOORS = ("12°", "2° c (discutable)", "2° b", "7° (discutable)")


# --- What every door asks: L. 6241-4, 1° -----------------------------------------------------------------------------


@rule(
    "code-travail/L6241-4",
    "code-travail/L6113-9",
    asks="Ses formations sont-elles de celles que le solde peut financer ?",
    readings=("R6",),
)
def eligible_courses(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Initial, full time, outside apprenticeship, leading to a diploma or title of the RNCP classified by level."""
    status = why.ask(teaching.under_school_status)
    if status.outcome is not Outcome.MET:
        return why.like(status, f"{status.because} Le solde ne finance que la formation initiale, hors apprentissage.")
    courses = why.all_at(facts[Course])
    if not courses:
        return why.unknown("On ne sait pas quelles formations l'école donne.", "course")
    found = [why.ask(eligible_course, fact.value.id) for fact in courses]
    outcome = best(found)
    if outcome is not Outcome.MET:
        return why.all_of([course for course in found if course.outcome is outcome], "")
    for course in found:
        if course.outcome is not Outcome.MET:
            why.note(f"Cette formation n'entre pas dans le compte, ou on ne le sait pas : {course.because}")
    kept = [course for course in found if course.outcome is Outcome.MET]
    titles = [fact.value.title for fact in courses if fact.value.id in {course.subject for course in kept}]
    starts = [course.since for course in kept if course.since is not None]
    return why.met(f"Le solde peut financer : {listed(titles)}.", since=min(starts, default=None))


@rule(
    "code-travail/L6241-4",
    asks="Cette formation est-elle de celles que le solde peut financer ?",
    readings=("R6",),
)
def eligible_course(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """One course; on which day its sheet must be active is a reading (R6)."""
    course = why.at([fact for fact in facts[Course] if fact.value.id == why.subject])
    if course is None:
        return why.unknown(f"On ne sait rien de la formation {why.subject}.", f"course[{why.subject}]")
    title, code = course.value.title, course.value.certification
    if course.value.full_time is None:
        return why.unknown(f"{title} : on ne sait pas si elle est à temps plein.", f"course[{why.subject}].full_time")
    if not course.value.full_time:
        return why.not_met(f"{title} n'est pas à temps plein.", since=course.valid.start)
    counted = why.ask(qualifications.course_registered, why.subject)
    if counted.outcome is not Outcome.MET:
        return why.like(counted)
    sheets = [fact for fact in facts[Certification] if fact.value.code == code]
    sheet = at(sheets, on) or sheets[-1]
    why.rests_on(sheet)
    if sheet.value.level is None:
        return why.unknown(f"{title} : on ne connaît pas le niveau de la fiche {code}.", f"certification[{code}].level")
    return _on_the_right_day(facts, on, counted, title, code, why)


def _on_the_right_day(facts: SchoolFacts, on: date, counted: Finding, title: str, code: str, why: Reasoning) -> Finding:
    """b: the day of spending, pupils protected; a: the day of the request; c: all the year of the tax."""
    sheets = [fact for fact in facts[Certification] if fact.value.code == code]
    if active_on(sheets, on) is None:
        why.note(
            f"Alerte : la plateforme SOLTéA refuse une fiche qui n'est plus active ({code}). Proposez la fiche qui la "
            "remplace et gardez la preuve du refus."
        )
    option = why.reading("R6")
    if option == "a":
        request = at([fact for fact in facts[HabilitationRequest] if fact.value.campaign_year == on.year], on)
        why.rests_on(request)
        asked_on = request.value.sent_on if request else None
        if asked_on is None:
            return why.unknown(
                f"{title} : on ne sait pas quel jour la demande de la campagne {on.year} a été envoyée.",
                f"habilitation_request[{on.year}].sent_on",
            )
        if active_on(sheets, asked_on) is None:
            return why.not_met(f"{title} : la fiche {code} n'était pas active le {day(asked_on)}.")
    if option == "c":
        year = Period(date(on.year, 1, 1), date(on.year + 1, 1, 1))
        if not any(active_days(fact).meet(year) == year for fact in sheets):
            return why.not_met(f"{title} : la fiche {code} n'est pas active toute l'année {on.year}.")
    return why.like(counted)


# --- The doors: L. 6241-5 --------------------------------------------------------------------------------------------


@rule(
    "code-travail/L6241-5/12°",
    "code-education/L443-6/s6",
    asks="La porte du 12° (écoles de production) est-elle ouverte ?",
    readings=("R20",),
)
def door_12(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """On the annual list that counts for the campaign. The item is a year older than L. 443-6 itself (R20)."""
    if on.year < FIRST_CAMPAIGN:
        if why.reading("R20") == "b":
            return why.not_applicable("Le 12° ne joue qu'à partir de la campagne 2020.")
        return why.not_met("Le 12° existait déjà, mais aucune liste annuelle ne pouvait encore nommer une école.")
    return why.like(why.ask(annual_list.listed_for_campaign))


@rule(
    "code-travail/L6241-5/2°-c",
    asks="La porte du 2° c (écoles reconnues du second degré) est-elle ouverte ?",
    readings=("R1",),
)
def door_2c(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """A recognised, non-profit school of second degree. Arguable beside the 12° (R1)."""
    conditions = [why.ask(recognition.recognised), why.ask(managing_body.non_profit)]
    not_second = _second_degree(why)
    if not_second is not None:
        return not_second
    found = why.all_of(conditions, "L'école est reconnue et son organisme est sans but lucratif.")
    if found.outcome is not Outcome.MET:
        return found
    return _beside_12(found, "Cette porte se discute à côté du 12°.", why, titles_shut=not facts[SecondDegree])


def _second_degree(why: Reasoning) -> Finding | None:
    """Item 2° is for schools of second degree. An authority may say that this one is not; without its word, R1 speaks."""
    said = why.at(why.facts[SecondDegree])
    if said is None:
        why.note("Aucune autorité n'a dit si l'école est du second degré, ce que le 2° demande (lecture R1).")
        return None
    return None if said.value.value else why.not_met(f"{said.source.publisher} dit qu'elle n'est pas du second degré.")


@rule(
    "code-travail/L6241-5/2°-b",
    "code-education/R531-14",
    "code-education/D531-15",
    asks="La porte du 2° b (écoles habilitées à recevoir des boursiers) est-elle ouverte ?",
    readings=("R1", "R23"),
)
def door_2b(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """A non-profit school that may take national scholars."""
    body = why.ask(managing_body.non_profit)
    not_second = _second_degree(why)
    if not_second is not None:
        return not_second
    habilitation = why.at(facts[ScholarshipHabilitation])
    if habilitation is None:
        if why.stated_absent("scholarship_habilitation"):
            return why.not_met("L'école n'est pas habilitée à recevoir des boursiers nationaux.")
        return why.unknown(
            "On ne sait pas si l'école est habilitée à recevoir des boursiers nationaux.", "scholarship_habilitation"
        )
    if body.outcome is not Outcome.MET:
        return why.like(body)
    return _by_scholarships(habilitation, why)


def _by_scholarships(habilitation: Fact[ScholarshipHabilitation], why: Reasoning) -> Finding:
    """R23. a: the recteur's habilitation or the favourable opinion of L. 531-5; b: both; c: the habilitation alone."""
    opinion, option = habilitation.value.cse_opinion_favourable, why.reading("R23")
    why.cite(Citation("code-education", "L531-5"))
    if not habilitation.value.granted and not (option == "a" and opinion):
        return why.not_met(
            "L'habilitation à recevoir des boursiers nationaux a été refusée.", since=habilitation.value.effect_on
        )
    if option == "b" and opinion is None:
        return why.unknown(
            "On ne connaît pas l'avis du Conseil supérieur de l'éducation sur les bourses, qu'il faudrait aussi.",
            "scholarship_habilitation.cse_opinion_favourable",
        )
    if option == "b" and not opinion:
        return why.not_met(
            "L'avis du Conseil supérieur de l'éducation sur les bourses, qu'il faudrait aussi, n'est pas favorable."
        )
    found = why.met(
        f"L'école peut recevoir des boursiers nationaux depuis le {day(habilitation.value.effect_on)}, "
        "et son organisme est sans but lucratif.",
        since=habilitation.value.effect_on,
        until=habilitation.valid.end,
    )
    return _beside_12(found, "Cette porte est distincte du 12°.", why)


@rule(
    "code-travail/L6241-5/7°",
    asks="La porte du 7° (formation de jeunes sans qualification) est-elle ouverte ?",
    readings=("R1",),
)
def door_7(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """A non-profit body that trains young people without qualification: the historic road."""
    body = why.ask(managing_body.non_profit)
    training = why.at(facts[UnqualifiedTraining])
    if training is None:
        return why.unknown(
            "On ne sait pas si l'organisme relève du 7° : aucune autorité ne l'a dit.", "unqualified_training"
        )
    if not training.value.value:
        return why.not_met("L'organisme ne relève pas du 7°.", since=training.valid.start)
    if body.outcome is not Outcome.MET:
        return why.like(body)
    found = why.met(
        "L'organisme est sans but lucratif et forme des jeunes sans qualification.", since=training.valid.start
    )
    return _beside_12(found, "C'est la porte d'avant 2019 ; elle se discute à côté du 12°.", why)


def _beside_12(found: Finding, said: str, why: Reasoning, *, titles_shut: bool = False) -> Finding:
    """a: the 12° shuts the other doors of a school on the list; b: doors are added; c: as b, but titles are no second degree."""
    option = why.reading("R1")
    if option == "a" and why.ask(annual_list.listed_for_campaign).outcome is not Outcome.NOT_MET:
        return why.not_met("Le 12° est la porte propre des écoles de production : il fermerait celle-ci.")
    if option == "c" and titles_shut:
        prepared = {fact.value.certification for fact in why.all_at(why.facts[Course])}
        titles = [
            fact.value.code
            for fact in why.all_at(why.facts[Certification])
            if fact.value.kind == "title" and fact.value.code in prepared
        ]
        if titles:
            return why.not_met(f"L'école prépare un titre ({listed(titles)}) : elle ne serait pas du second degré.")
    return why.met(f"{found.because} {said}", since=found.since, until=found.until)


# --- Entitled, then payable ------------------------------------------------------------------------------------------


@rule(
    "code-education/L443-6/s6",
    "code-travail/L6241-5",
    "code-travail/L6241-4",
    asks="L'école a-t-elle droit au solde de la taxe d'apprentissage ?",
    readings=("R7",),
)
def entitled(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """One door is enough; the courses must be of those that the balance may finance."""
    courses = why.ask(eligible_courses)
    doors = [why.ask(door) for door in (door_12, door_2c, door_2b, door_7)]
    if courses.outcome is Outcome.NOT_MET:
        return why.like(courses)
    outcome = best(doors)
    if outcome is Outcome.NOT_MET:
        return why.not_met("Aucune porte du solde n'est ouverte.")
    if outcome is not Outcome.MET:
        missing = dict.fromkeys(name for door in doors if door.outcome is Outcome.UNKNOWN for name in door.lacks)
        return why.unknown("On ne sait pas si une porte du solde est ouverte.", *missing)
    if courses.outcome is not Outcome.MET:
        return why.like(courses)
    open_doors = [label for label, door in zip(DOORS, doors, strict=True) if door.outcome is Outcome.MET]
    said = f"{'Porte ouverte' if len(open_doors) == 1 else 'Portes ouvertes'} : {listed(open_doors)}."
    # Does the prefect's list make the right (a) or record it (b)? (R7)
    on_list = why.ask(regional_list.listed)
    if why.reading("R7", "right") == "a" and on_list.outcome is not Outcome.MET:
        return why.like(on_list)
    if on_list.outcome is Outcome.NOT_MET:
        why.note(
            "Elle y a droit et n'est pas sur la liste du préfet de région : elle peut demander une liste rectifiée."
        )
    return why.met(said)


@rule(
    "code-travail/R6241-25",
    "code-travail/D6241-27-1",
    asks="La Caisse des dépôts peut-elle payer l'école ?",
    readings=("R7",),
    public=False,
)
def payable(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Entitled, on the prefect's list, and with bank details that the platform accepts. Never public."""
    conditions = [why.ask(entitled)]
    on_list = why.ask(regional_list.listed)
    bank = why.at([fact for fact in facts[BankDetails] if fact.value.campaign_year == on.year])
    if bank is None:
        return why.unknown(
            f"On ne sait pas si ses coordonnées bancaires sont valables pour la campagne {on.year}.",
            f"bank_details[{on.year}]",
        )
    if not bank.value.accepted:
        return why.not_met("La plateforme SOLTéA n'accepte pas ses coordonnées bancaires.", since=bank.valid.start)
    if on_list.outcome is Outcome.UNKNOWN:
        return why.like(on_list)
    if why.reading("R7", "payability") == "a":
        conditions.append(on_list)
    found = why.all_of(conditions, "Elle y a droit et ses coordonnées bancaires sont acceptées.")
    if found.outcome is not Outcome.MET:
        return found
    starts = [day for day in (found.since, bank.valid.start, date(on.year, 1, 1)) if day is not None]
    ends = [day for day in (found.until, bank.valid.end, date(on.year + 1, 1, 1)) if day is not None]
    return why.met(found.because, since=max(starts), until=min(ends))


def next_steps(facts: SchoolFacts, finding: Finding, on: date) -> tuple[Due, ...]:
    """Bank details in the window of the platform; the request for scholars before its yearly term."""
    article = Citation("code-travail", "D6241-27-1")
    closes = coming_date(facts, "bank_details_close", on)
    review_details = Due(
        "Vérifier les coordonnées bancaires et les contacts sur SOLTéA",
        "l'école",
        article,
        by=closes.value.best if closes else None,
        no_date="Un arrêté fixe ce jour chaque année : il n'est pas au dossier.",
        source=closes.source.title if closes else "",
    )
    # The text says "before" that day of the year: the day before it is the last one, this year's or the next's.
    terms = (day_of("scholarship_request_deadline", year, on) - date.resolution for year in (on.year, on.year + 1))
    request_scholars = Due(
        "Demander l'habilitation à recevoir des boursiers, qui peut ouvrir la porte du 2° b",
        "l'école",
        Citation("code-education", "D531-15"),
        by=next(term for term in terms if on <= term),
    )
    return all_that_hold(
        (wording(article, on)[0] is State.IN_FORCE, review_details),
        (at(facts[ScholarshipHabilitation], on) is None, request_scholars),
    )
