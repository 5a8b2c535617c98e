"""Opening (*ouverture*): code de l'éducation, art. L. 441-1 to L. 441-4.

Whoever may open a private school declares it to the recteur, who tells the mayor, the prefect and the prosecutor. For
three months each of the four may oppose it, for written grounds. Without opposition the school then opens, *hors
contrat*: it has nothing more by it, neither recognition nor contract. The prefect may close it later.
"""

from __future__ import annotations

from datetime import date, timedelta

from equerre.facts.opening import Closure, OpeningDeclaration, Opposition
from equerre.facts.school_facts import SchoolFacts, at
from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.french import day, last_day, sentence
from equerre.kernel.period import months_after
from equerre.law.parameters import day_of, number
from equerre.rules.due import NO_DAY, Due, first_that_holds
from equerre.rules.rule import Reasoning, rule

# Schools declared before this day followed other rules (law n° 2018-266): their delays are not computed here.
FIRST_DAY = date(2018, 4, 15)


@rule(
    "code-education/L441-1",
    "code-education/L441-2",
    asks="L'école est-elle régulièrement ouverte ?",
    readings=("R16",),
)
def opened(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Declared, three months run without opposition, not closed since."""
    closure = why.at(facts[Closure])
    if closure is not None:
        why.cite(Citation("code-education", "L442-2"))
        why.cite(Citation("code-education", "L441-3-1"))
        kind = "temporaire" if closure.value.temporary else "définitive"
        return why.not_met(
            f"{sentence(closure.value.authority)} a prononcé sa fermeture {kind} à compter du {day(closure.value.effect_on)}.",
            since=closure.value.effect_on,
            until=closure.valid.end,
        )
    declaration = why.at(facts[OpeningDeclaration])
    if declaration is None:
        if why.stated_absent("opening_declaration"):
            return why.not_met("Aucune ouverture n'a été déclarée.")
        return why.unknown("On ne sait pas si l'ouverture a été déclarée au recteur.", "opening_declaration")
    if declaration.value.filed_on < FIRST_DAY:
        opposition = why.at(facts[Opposition])
        if opposition is not None:
            return _opposed(opposition, why)
        why.note(f"Les délais d'avant le {day(FIRST_DAY)} suivaient d'autres règles : Équerre ne les recalcule pas.")
        filed = declaration.value.filed_on
        return why.met(f"L'ouverture a été déclarée le {day(filed)}, et ni opposition ni fermeture n'est au dossier.")
    return _after_the_delay(facts, on, declaration, why)


def _opposed(opposition: Fact[Opposition], why: Reasoning) -> Finding:
    return why.not_met(
        f"Opposition à l'ouverture, le {day(opposition.value.opposed_on)} : {opposition.value.authority}.",
        since=opposition.value.opposed_on,
        until=opposition.valid.end,
    )


def _after_the_delay(facts: SchoolFacts, on: date, declaration: Fact[OpeningDeclaration], why: Reasoning) -> Finding:
    complete_on = completed_on(declaration.value)
    if complete_on is None:
        asked = "Des pièces ont été demandées, et " if declaration.value.gaps_named else "Mais "
        return why.unknown(
            f"L'ouverture a été déclarée le {day(declaration.value.filed_on)}. {asked}on ne sait pas quel jour le dossier "
            "a été complet : le délai d'opposition n'a pas de départ établi.",
            "opening_declaration.complete_on",
        )
    starts = {"a": declaration.value.filed_on, "b": declaration.value.acknowledged_on, "c": complete_on}
    start = starts[why.reading("R16")]
    if start is None:
        return why.unknown(
            "Le délai partirait de l'accusé de réception, dont on ne connaît pas le jour.",
            "opening_declaration.acknowledged_on",
        )
    if declaration.value.complete_on is None and declaration.value.gaps_named is None:
        why.note(
            "On suppose que ni l'accusé de réception ni une lettre des quinze jours suivants n'a demandé de pièce : rien au "
            "dossier ne le dit."
        )
    delay_ends = months_after(start, number("opening_opposition_months", start))
    opens_on = _unless_opposed(facts, on, delay_ends, why)
    if isinstance(opens_on, Finding):
        return opens_on
    if on >= opens_on:
        return _may_open(facts, declaration, opens_on, why)
    filed_on = declaration.value.filed_on
    earliest = months_after(filed_on, number("opening_opposition_months", filed_on))
    if earliest < opens_on:
        why.note(f"Si le délai partait du dépôt de la déclaration, l'école pourrait ouvrir le {day(earliest)}.")
    return why.not_met(
        f"Le délai d'opposition court jusqu'au {last_day(opens_on)} inclus : "
        f"sans opposition, l'école ouvre le {day(opens_on)}.",
        until=opens_on,
    )


def _unless_opposed(facts: SchoolFacts, on: date, delay_ends: date, why: Reasoning) -> date | Finding:
    """The day on which the school may open; or the opposition that holds. One made after the delay is too late."""
    opens_on = delay_ends
    for opposition in facts[Opposition]:
        if opposition.value.opposed_on > on:
            continue
        why.rests_on(opposition)
        if opposition.value.opposed_on > delay_ends:
            why.note(
                f"Opposition du {day(opposition.value.opposed_on)} ({opposition.value.authority}), après la fin du délai "
                f"({last_day(delay_ends)}) : trop tard sous cette lecture."
            )
        elif opposition.valid.holds(on):
            return _opposed(opposition, why)
        elif opposition.valid.end is not None:
            opens_on = max(opens_on, opposition.valid.end)
    return opens_on


def _may_open(facts: SchoolFacts, declaration: Fact[OpeningDeclaration], opens_on: date, why: Reasoning) -> Finding:
    if opens_on == why.on:
        why.note("Un délai de date à date se discute d'un jour : attendez le lendemain, ou demandez au recteur.")
    announced = [fact for fact in facts[Closure] if fact.value.effect_on > why.on]
    why.rests_on(*announced)
    ends = [fact.value.effect_on for fact in announced] + ([declaration.valid.end] if declaration.valid.end else [])
    return why.met(
        f"L'ouverture a été déclarée le {day(declaration.value.filed_on)} et le délai d'opposition a pris fin, sans "
        f"opposition au dossier : l'école peut ouvrir depuis le {day(opens_on)}.",
        since=opens_on,
        until=min(ends, default=None),
    )


def completed_on(declaration: OpeningDeclaration) -> date | None:
    """The day the file was complete: said, or fifteen days after an acknowledgement that named no gap (L. 441-2, II)."""
    if declaration.complete_on is not None:
        return declaration.complete_on
    if declaration.acknowledged_on is None or declaration.gaps_named:
        return None
    silent_for = number("opening_completeness_days", declaration.acknowledged_on)
    return declaration.acknowledged_on + timedelta(days=silent_for)


# --- What comes next -------------------------------------------------------------------------------------------------

_UNDATED_ACT = "Le délai part de la notification de l'acte, dont le jour n'est pas au dossier."
_CONTEST = "Contester l'acte devant le tribunal administratif, ou le laisser"
_CONTEST_CLOSURE = Due(_CONTEST, "l'école", Citation("code-education", "L442-2"), no_date=_UNDATED_ACT)
_CONTEST_OPPOSITION = Due(_CONTEST, "l'école", Citation("code-education", "L441-1"), no_date=_UNDATED_ACT)
_DECLARE = Due(
    "Déclarer l'ouverture, ou en donner la preuve",
    "l'école",
    Citation("code-education", "L441-1"),
    no_date="Le texte ne fixe pas de jour : l'école ouvre au plus tôt trois mois après.",
)
_PROVE_THE_DAY = Due(
    "Joindre l'accusé de réception, ou la preuve du jour où le dossier a été complet",
    "l'école",
    Citation("code-education", "L441-2"),
    no_date=NO_DAY,
)


def next_steps(facts: SchoolFacts, finding: Finding, on: date) -> tuple[Due, ...]:
    """Once open, the yearly list of staff; before, the end of the delay; after an act, its remedy, whose start we do not know."""
    opposing = None
    if finding.until is not None:
        opposing = Due(
            "S'opposer par écrit, ou laisser ouvrir",
            "le recteur, le maire, le préfet ou le procureur",
            Citation("code-education", "L441-1"),
            by=finding.until - timedelta(days=1),
        )
    year = on.year if on <= day_of("staff_list_last_day", on.year, on) else on.year + 1
    staff_list = Due(
        "Envoyer au recteur la liste du personnel, avec ses justificatifs",
        "l'école",
        Citation("code-education", "D442-22-1"),
        by=day_of("staff_list_last_day", year, on),
        not_before=day_of("staff_list_first_day", year, on),
    )
    return first_that_holds(
        (finding.outcome is Outcome.MET, staff_list),
        (at(facts[Closure], on) is not None, _CONTEST_CLOSURE),
        (at(facts[Opposition], on) is not None, _CONTEST_OPPOSITION),
        (at(facts[OpeningDeclaration], on) is None, _DECLARE),
        (opposing is None, _PROVE_THE_DAY),
        (True, opposing),
    )
