"""Getting into work (*insertion*): L. 443-6, second sentence.

Among its purposes the school helps young people without qualification to get into work. A purpose, not a gate: figures
with their two counts, never a condition of admission, of recognition or of listing. Small numbers stay hidden, and the
number that would give them away with them.
"""

from __future__ import annotations

from datetime import date

from equerre.facts.insertion import Cohort
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding
from equerre.kernel.measure import Measure
from equerre.law.parameters import number
from equerre.rules.rule import Reasoning, rule

METHOD = "cohorte de sortants, à la manière d'InserJeunes, méthode 1"
FIGURES = {"employed": "en emploi", "in_training": "en formation"}
# Who is "without qualification" at entry (R12), by option: the count that says it.
UNQUALIFIED = {
    "a": ("unqualified_at_entry", "sans certification de niveau 3 à l'entrée"),
    "b": ("dropouts_at_entry", "en décrochage à l'entrée"),
    "c": ("without_trade_diploma_at_entry", "sans diplôme du métier à l'entrée"),
}


@rule(
    "code-education/L443-6/s2",
    "code-education/L122-2",
    asks="Que deviennent les jeunes à la sortie ?",
    readings=("R12",),
)
def figures(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """What became of the leavers, cohort by cohort. Never a yes or a no."""
    cohorts = why.all_at(facts[Cohort])
    if not cohorts:
        return why.unknown("Aucune cohorte de sortants n'est au dossier.", "cohort")
    lacking = [f"{fact.name}.{UNQUALIFIED['a'][0]}" for fact in cohorts if fact.value.unqualified_at_entry is None]
    if lacking:
        return why.unknown("On ne sait pas combien étaient sans qualification à l'entrée.", *lacking)
    option = why.reading("R12")
    for fact in cohorts:
        for measure in measures(fact, option, number("insertion_secrecy_threshold", on)):
            why.measure(measure)
    _, label = UNQUALIFIED[option]
    return why.not_applicable(
        f"La phrase donne un but, non une condition. Voici des chiffres, comptés sur les jeunes {label}."
    )


def measures(fact: Fact[Cohort], option: str, threshold: int) -> list[Measure]:
    """The figures of one cohort, under secrecy. A count that nobody gave makes no figure."""
    cohort = fact.value
    field, label = UNQUALIFIED[option]
    situations = [
        _measure(fact, f"{what} à {cohort.horizon} mois", getattr(cohort, name), cohort.reached)
        for name, what in FIGURES.items()
    ]
    entry = [_measure(fact, label, getattr(cohort, field), cohort.leavers)]
    return under_secrecy(situations, threshold) + under_secrecy(entry, threshold)


def _measure(fact: Fact[Cohort], name: str, numerator: int | None, denominator: int) -> Measure | None:
    if numerator is None:
        return None
    whole = f"sortants de {fact.value.exit_year}, {name}"
    return Measure(whole, fact.valid, METHOD, numerator, denominator, fact.value.leavers)


def under_secrecy(table: list[Measure | None], threshold: int) -> list[Measure]:
    """The figures of one table that share their persons: all shown, or all hidden as soon as one cell is too small.

    Employed, in training and the others add up to those reached: a lone hidden figure would be read by subtraction.
    """
    found = [measure for measure in table if measure is not None]
    if not found:
        return []
    rest = (found[0].denominator or 0) - sum(measure.numerator or 0 for measure in found)
    small = 0 < rest < threshold or any(measure.under_secrecy(threshold).hidden for measure in found)
    return [measure.concealed() for measure in found] if small else found


def printed(measure: Measure) -> str:
    """What is counted and both counts, or why nothing is shown."""
    if measure.hidden:
        return f"{measure.name} : chiffre caché, un effectif est trop petit"
    return f"{measure.name} : {measure.numerator} sur {measure.denominator} ({measure.population} sortants)"
