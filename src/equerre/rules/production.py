"""Real production (*mise en condition réelle de production*): L. 443-6, fifth sentence.

The school teaches by making: its method goes through genuine production. No text fixes a share of time, a price or a
turnover, so there is no threshold to pass and no box to tick. Counts of a stated period are read, each with its source,
and compared with nothing but zero; a count that nobody gave is unknown, never nought.
"""

from __future__ import annotations

from datetime import date

from equerre.facts import KINDS
from equerre.facts.production import ProductionCount
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding
from equerre.kernel.french import day, last_day, listed
from equerre.rules.rule import Reasoning, rule

LABELS = KINDS["production_count"].fields["count"].choices
COUNTS = {name: LABELS[name] for name in ("orders", "outside_customers", "pupils", "skills", "hours")}
# What any exercise in the workshop would show too (R14-a).
OF_ANY_EXERCISE = ("pupils", "skills", "hours")
# What the private label asks besides (R14-c).
OF_THE_LABEL = {name: LABELS[name] for name in ("orders_at_market_price", "total_hours")}


@rule(
    "code-education/L443-6/s5",
    asks="La formation passe-t-elle par de vraies situations de production ?",
    readings=("R14",),
)
def real(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Five counts for the period that holds the day: orders, outside customers, pupils, skills, hours."""
    counts = {fact.value.count: fact for fact in why.all_at(facts[ProductionCount])}
    absent = [name for name in COUNTS if name not in counts]
    if absent:
        return why.unknown(
            f"Pour cette période, personne n'a compté : {listed([COUNTS[name] for name in absent])}.",
            *(f"production_count[{name}]" for name in absent),
        )
    others = [name for name in COUNTS if counts[name].valid != counts["orders"].valid]
    if others:
        return why.unknown(
            f"Les décomptes ne portent pas tous sur la période des commandes : {listed([COUNTS[name] for name in others])}.",
            *(f"production_count[{name}]" for name in others),
        )
    option = why.reading("R14")
    needed = OF_ANY_EXERCISE if option == "a" else tuple(COUNTS)
    none = [COUNTS[name] for name in needed if counts[name].value.value == 0]
    figures = [f"{counts[name].value.value} {label}" for name, label in COUNTS.items()]
    valid = counts["orders"].valid
    span = f"Du {day(valid.start)} au {last_day(valid.end)}" if valid.start and valid.end else "Sur la période"
    said = f"{span} : {listed(figures)}."
    if none:
        return why.not_met(f"{said} Rien n'est compté pour {listed(none)}.")
    if option == "c":
        return _at_market_price(counts, said, why)
    if option == "a":
        return why.met(f"{said} Tout exercice d'atelier suffirait.")
    return why.met(said, since=valid.start, until=valid.end)


def _at_market_price(counts: dict[str, Fact[ProductionCount]], said: str, why: Reasoning) -> Finding:
    absent = [name for name in OF_THE_LABEL if name not in counts]
    if absent:
        return why.unknown(
            f"{said} Personne n'a compté : {listed([OF_THE_LABEL[name] for name in absent])}.",
            *(f"production_count[{name}]" for name in absent),
        )
    if counts["orders_at_market_price"].value.value < counts["orders"].value.value:
        return why.not_met(f"{said} Toutes les commandes ne sont pas au prix du marché.")
    if 3 * counts["hours"].value.value < 2 * counts["total_hours"].value.value:
        return why.not_met(f"{said} La production est sous les deux tiers du temps, que le label privé demande.")
    return why.met(f"{said} Toutes les commandes sont au prix du marché.")
