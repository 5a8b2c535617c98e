"""Recognition by the State (*reconnaissance*): code de l'éducation, art. L. 443-2 and R. 443-1; L. 443-6, first sentence.

A private technical school may ask the minister to recognise it. He consults the Conseil supérieur de l'éducation and has
the school enquired upon, then decides by an act. The act is not yearly: it holds until it is withdrawn, "in the same
conditions". It is no contract with the State, and silence is no act.
"""

from __future__ import annotations

from datetime import date

from equerre.facts.managing_body import ManagingBody
from equerre.facts.opening import Site
from equerre.facts.recognition import Recognition, RecognitionRefusal, RecognitionRequest, RecognitionWithdrawal
from equerre.facts.school_facts import SchoolFacts, at
from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.french import day, listed, sentence
from equerre.kernel.period import months_after
from equerre.law.parameters import day_of, number
from equerre.rules import managing_body, opening
from equerre.rules.acts import named
from equerre.rules.due import NO_DAY, Due, first_that_holds
from equerre.rules.rule import Reasoning, rule


@rule(
    "code-education/L443-2",
    "code-education/R443-1",
    asks="L'État reconnaît-il l'école ?",
    readings=("R8", "R11", "R17", "R18", "R44"),
)
def recognised(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """An act of the minister recognises the school, it has effect, and nothing has withdrawn it."""
    act = why.at(facts[Recognition])
    withdrawal = why.at(facts[RecognitionWithdrawal])
    if withdrawal is not None and (act is None or act.value.effect_on <= withdrawal.value.effect_on):
        return _withdrawn(facts, on, withdrawal, why)
    if act is None:
        return _without_act(facts, on, why)
    changed = _body_changed(facts, act, why)
    if changed is not None:
        return changed
    unnamed = unnamed_site(facts, act.value.sites, "l'acte de reconnaissance", why)
    if unnamed is not None:
        return unnamed
    announced = [fact for fact in facts[RecognitionWithdrawal] if fact.value.effect_on > on]
    ends = [end for end in (act.valid.end, *(fact.value.effect_on for fact in announced)) if end is not None]
    why.rests_on(*announced)
    return why.met(
        f"L'{named('acte', act.value)} ({act.value.authority}) la reconnaît depuis le {day(act.value.effect_on)}.",
        since=act.value.effect_on,
        until=min(ends, default=None),
    )


def _without_act(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    refusal = why.at(facts[RecognitionRefusal])
    if refusal is not None:
        return why.not_met(
            f"{sentence(refusal.value.authority)} l'a refusée par {named('décision', refusal.value)}.",
            since=refusal.value.signed_on,
            until=refusal.valid.end,
        )
    request = why.at(facts[RecognitionRequest])
    if request is not None:
        return _pending(facts, on, request, why)
    if why.stated_absent("recognition"):
        return why.not_met("Aucun acte ne la reconnaît.")
    return why.unknown("On ne sait pas si un acte la reconnaît.", "recognition")


def _pending(facts: SchoolFacts, on: date, request: Fact[RecognitionRequest], why: Reasoning) -> Finding:
    filed_on = request.value.filed_on
    early = _before_a_full_school_year(on, why)
    if early is not None:
        return early
    silent_since = months_after(filed_on, number("silence_months", on))
    option = why.reading("R17")
    if option == "a" and on >= silent_since:
        return why.met(f"Le silence gardé depuis le {day(filed_on)} vaudrait reconnaissance.", since=silent_since)
    if option == "b" and on >= silent_since:
        return why.not_met(f"Le silence gardé depuis le {day(filed_on)} vaudrait refus.", since=silent_since)
    return why.not_met(
        f"Sa demande du {day(filed_on)} est à l'instruction : aucun acte n'a encore été pris, et le silence n'en tient "
        "pas lieu."
    )


def _before_a_full_school_year(on: date, why: Reasoning) -> Finding | None:
    """The practice met by schools opened in mid-year (R8). Never a refusal by default: a risk, with its two days."""
    opened_on = why.ask(opening.opened).since
    if opened_on is None:
        return None
    first_full = _school_year_start(opened_on, on)
    if first_full == opened_on or on >= (end := months_after(first_full, 12)):
        return None
    said = (
        f"l'école pouvait ouvrir dès le {day(opened_on)}, en cours d'année : sa première année scolaire complète va du "
        f"{day(first_full)} au {day(date(end.year, end.month, end.day) - date.resolution)}"
    )
    if why.reading("R8") == "a":
        return why.not_met(f"{sentence(said)}, et la règle voudrait qu'elle soit écoulée.", until=end)
    why.note(
        f"Risque de pratique : {said}. Un service de l'État l'a demandée (Sénat, 7 octobre 2021) ; aucun texte ne la pose."
    )
    return None


def _school_year_start(from_day: date, on: date) -> date:
    """The first start of a school year on this day or after it."""
    start = day_of("school_year_start", from_day.year, on)
    return start if start >= from_day else day_of("school_year_start", from_day.year + 1, on)


def _withdrawn(facts: SchoolFacts, on: date, withdrawal: Fact[RecognitionWithdrawal], why: Reasoning) -> Finding:
    act = withdrawal.value
    before = at(facts[Recognition], act.effect_on - date.resolution)
    why.rests_on(before)
    ends_on = _school_year_start(act.effect_on, on)
    option = why.reading("R18")
    said = f"{named('arrêté', act)} ({act.authority})"
    if option == "c" and before is not None and on < ends_on:
        return why.met(
            f"Le retrait par {said} n'aurait d'effet qu'à la fin de l'année scolaire.",
            since=before.value.effect_on,
            until=ends_on,
        )
    same_conditions = {
        "les explications de l'école": act.heard_on,
        "l'enquête": act.enquiry_on,
        "l'avis du Conseil supérieur de l'éducation": act.cse_opinion_on,
    }
    lacking = [label for label, done_on in same_conditions.items() if done_on is None]
    if option == "b" and lacking:
        why.note(
            f"Le retrait suit les mêmes formes que l'octroi : rien n'est au dossier sur {listed(lacking)}. "
            "L'acte s'applique, et peut être contesté."
        )
    return why.not_met(
        f"Sa reconnaissance a été retirée par {said}, à compter du {day(act.effect_on)}.",
        since=act.effect_on,
        until=withdrawal.valid.end,
    )


def _body_changed(facts: SchoolFacts, act: Fact[Recognition], why: Reasoning) -> Finding | None:
    """Merger or transfer since the act (R44): nobody has said whether the recognition follows the school."""
    then, now = at(facts[ManagingBody], act.value.effect_on), at(facts[ManagingBody], why.on)
    if then is None or now is None or managing_body.same_body(then.value, now.value):
        return None
    why.rests_on(then, now)
    said = f"L'organisme a changé depuis la reconnaissance ({then.value.name}, puis {now.value.name})"
    option = why.reading("R44")
    if option == "a":
        why.note(f"{said} : la reconnaissance suivrait l'école.")
        return None
    if option == "b":
        return why.not_met(f"{said} : il faudrait une nouvelle reconnaissance.", since=now.valid.start)
    return why.unknown(f"{said} : aucun texte ne dit si l'acte la suit.", "ruling[R44]")


def unnamed_site(facts: SchoolFacts, named_sites: tuple[str, ...], act: str, why: Reasoning) -> Finding | None:
    """What an act that names sites says of the main site when it does not name it (R11); None when nothing is amiss.

    Other sites that the act leaves out are noted: each awaits an act of its own, the school does not.
    """
    if not named_sites:
        return None
    held = why.all_at(facts[Site])
    if not held:
        return why.unknown(f"{sentence(act)} nomme des sites, et on ne connaît pas ceux de l'école.", "site")
    sites = [fact for fact in held if fact.value.id not in named_sites]
    if not sites:
        return None
    act = sentence(act)
    places = listed([f"« {fact.value.id} »" for fact in sites])
    main = next((fact for fact in sites if fact.value.main), None)
    option = why.reading("R11")
    if option == "a":
        why.note(f"{act} vaudrait aussi pour {places}, qu'il ne nomme pas.")
        return None
    if main is None and len(sites) == len(held):
        return why.unknown(f"{act} ne nomme aucun des sites connus de l'école ({places}).", "site")
    if main is None:
        why.note(f"{act} ne nomme pas {places} : on ne sait pas s'il y vaut.")
        return None
    if option == "b" and main.value.uai:
        return why.not_met(f"{act} ne nomme pas {places}, qui a son propre numéro d'établissement.")
    return why.unknown(f"{act} ne nomme pas {places}, le site principal.", "ruling[R11]")


# --- What comes next: the law gives no day -----------------------------------------------------------------------------

_POWER = Citation("code-education", "L443-2")
_DECIDE = Due(
    "Décider, après enquête et avis du Conseil supérieur de l'éducation",
    "le ministre chargé de l'éducation nationale",
    _POWER,
    no_date="Le texte ne fixe pas de délai, et l'effet du silence n'est pas établi (lecture R17).",
)
_SAY_THE_SITES = Due("Dire quels sont les sites de l'école", "l'école", _POWER, no_date=NO_DAY)
_ASK_THE_READING = Due("Demander par écrit quelle lecture l'autorité suit", "l'école", _POWER, no_date=NO_DAY)
_ASK = Due("Demander la reconnaissance, ou joindre l'acte s'il existe", "l'école", _POWER, no_date=NO_DAY)
_CONTEST = Due(
    "Contester l'acte devant le juge administratif, ou présenter une nouvelle demande",
    "l'école",
    _POWER,
    no_date="Le délai part de la notification de l'acte, dont le jour n'est pas au dossier.",
)


def next_steps(facts: SchoolFacts, finding: Finding, on: date) -> tuple[Due, ...]:
    """Nothing to renew; else to ask, to decide, or to contest."""
    requested = at(facts[RecognitionRequest], on) is not None
    refused = at(facts[RecognitionRefusal], on) is not None
    withdrawn = at(facts[RecognitionWithdrawal], on) is not None
    act_missing = "recognition" in finding.missing
    return first_that_holds(
        (finding.outcome is Outcome.MET, None),
        (requested and not withdrawn, _DECIDE),
        ("site" in finding.missing, _SAY_THE_SITES),
        (finding.outcome is Outcome.UNKNOWN and not act_missing, _ASK_THE_READING),
        (act_missing or not (refused or withdrawn), _ASK),
        (True, _CONTEST),
    )
