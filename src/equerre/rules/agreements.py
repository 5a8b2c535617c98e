"""Agreements (*conventions*): L. 443-6, seventh sentence.

The school is free to contract, about money too, with the State, local authorities and companies. Nobody is obliged to:
what is found here is whether an instrument that exists is valid, never that one should exist.
"""

from __future__ import annotations

from datetime import date

from equerre.facts.agreements import Agreement
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding
from equerre.kernel.french import counted, day, listed
from equerre.kernel.money import Money
from equerre.law.parameters import number, parameter
from equerre.rules.rule import Reasoning, rule

SIGNATURES = {"signed_by_body": "l'organisme gestionnaire", "signed_by_party": "l'autre partie"}
PUBLIC_PARTIES = ("state", "local_authority")
# An order and a loan are no grant: the duty to write does not concern them.
NO_GRANT = ("production", "loan")
# What may be wanting, as one says it after "on ne sait pas".
WANTING = {
    "signed_by_body": "si l'organisme gestionnaire l'a signée",
    "signed_by_party": "si l'autre partie l'a signée",
    "amount_cents": "quel est son montant",
    "written": "si elle est écrite",
}


@rule("code-education/L443-6/s7", asks="Les conventions en cours sont-elles valables ?")
def instruments(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Every agreement of the day. None is no fault: the sentence gives a freedom."""
    agreements = why.all_at(facts[Agreement])
    if facts.withholds("agreement"):
        return why.unknown("", "agreement")
    if not agreements:
        return why.not_applicable("Aucune convention en cours n'est au dossier ; nul n'est tenu d'en signer.")
    found = [why.ask(instrument, fact.value.id) for fact in agreements]
    return why.all_of(
        found, f"{counted(len(found), 'convention en cours est valable', 'conventions en cours sont valables')}."
    )


@rule(
    "code-education/L443-6/s7",
    asks="Cette convention est-elle valable ?",
    readings=("R15",),
)
def instrument(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """One agreement: signed by both, written when the law wants it, with the opinion that State money may need."""
    found = why.at([fact for fact in facts[Agreement] if fact.value.id == why.subject])
    if found is None:
        return why.unknown(f"On ne sait rien de la convention {why.subject}.", f"agreement[{why.subject}]")
    agreement = found.value
    said = f"Convention du {day(agreement.signed_on)} avec {agreement.party}"
    refused = [who for field, who in SIGNATURES.items() if getattr(agreement, field) is False]
    if refused:
        return why.not_met(f"{said} : elle n'est pas signée par {listed(refused)}.")
    lacking = [field for field in SIGNATURES if getattr(agreement, field) is None]
    if agreement.party_kind in PUBLIC_PARTIES and agreement.purpose not in NO_GRANT:
        if agreement.amount_cents is None:
            lacking.append("amount_cents")
        elif _must_be_written(agreement, on) and agreement.written is None:
            lacking.append("written")
    if lacking:
        return why.unknown(
            f"{said} : on ne sait pas {listed([WANTING[field] for field in lacking])}.",
            *(f"{found.name}.{field}" for field in lacking),
        )
    if _must_be_written(agreement, on) and agreement.written is False:
        text = parameter("written_agreement_threshold", on).reference
        return why.not_met(
            f"{said} : au-dessus de {_threshold(on)}, une aide publique veut une convention écrite ({text})."
        )
    return _with_opinion(found, said, why)


def _threshold(on: date) -> Money:
    return Money.of_euros(number("written_agreement_threshold", on))


def _must_be_written(agreement: Agreement, on: date) -> bool:
    grant = agreement.party_kind in PUBLIC_PARTIES and agreement.purpose not in NO_GRANT
    return grant and agreement.amount_cents is not None and agreement.amount_cents > _threshold(on).cents


def _with_opinion(found: Fact[Agreement], said: str, why: Reasoning) -> Finding:
    """State money for running costs: does it need the favourable opinion of L. 443-4 (R15)?"""
    agreement = found.value
    amount = f", {Money(agreement.amount_cents)}" if agreement.amount_cents is not None else ""
    valid = f"{said}{amount} : elle est signée par les deux parties."
    large = agreement.amount_cents is not None and agreement.amount_cents > _threshold(why.on).cents
    if agreement.party_kind in PUBLIC_PARTIES and large and not agreement.state_aid_basis:
        why.note("Aucun fondement d'aide d'État n'est noté pour cette somme.")
    if agreement.party_kind != "state" or agreement.purpose != "running":
        return why.met(valid, since=agreement.signed_on, until=found.valid.end)
    why.cite(Citation("code-education", "L443-4"))
    option = why.reading("R15")
    if option == "c" and agreement.education_ministry is None and agreement.cse_opinion_favourable is not True:
        return why.unknown(
            f"{said} : on ne sait pas si l'argent vient du ministère de l'éducation.",
            f"{found.name}.education_ministry",
        )
    needed = option == "a" or (option == "c" and agreement.education_ministry is not False)
    if agreement.cse_opinion_favourable is True:
        return why.met(f"{valid} Le Conseil supérieur de l'éducation y est favorable.", since=agreement.signed_on)
    if not needed:
        why.note(
            "Argent de l'État pour le fonctionnement, sans avis favorable du Conseil supérieur de l'éducation au dossier."
        )
        return why.met(valid, since=agreement.signed_on, until=found.valid.end)
    if agreement.cse_opinion_favourable is False:
        return why.not_met(f"{said} : l'avis du Conseil supérieur de l'éducation n'est pas favorable.")
    return why.unknown(
        f"{said} : on ne connaît pas l'avis du Conseil supérieur de l'éducation.",
        f"{found.name}.cse_opinion_favourable",
    )
