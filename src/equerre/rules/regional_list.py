"""The regional prefect's list (*liste du préfet de région*): code du travail, art. R. 6241-21 to R. 6241-23.

Each year the prefect of the region fixes and publishes who may receive the balance there: courses for items 1° to 6° of
L. 6241-5, establishments for items 7° to 10° and 12°. He hears the bureau of the regional committee first. Entry on this
list is neither the annual list of two ministers nor the "validated" state of a request on the platform.
"""

from __future__ import annotations

from datetime import date

from equerre.facts.regional_list import RegionalList, RegionalListEntry
from equerre.facts.school_facts import SchoolFacts, all_at, at, coming_date
from equerre.facts.tax_balance import HabilitationRequest
from equerre.kernel.citation import Citation
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.french import day
from equerre.law.parameters import day_of
from equerre.law.wordings import State, wording
from equerre.rules.due import Due, all_that_hold
from equerre.rules.rule import Reasoning, rule

BY_ESTABLISHMENT_SINCE = date(2022, 1, 1)
ARTICLE = Citation("code-travail", "R6241-21")


@rule(
    "code-travail/R6241-21",
    "code-travail/R6241-23",
    asks="L'école est-elle sur la liste du préfet de région pour la campagne de cette année ?",
    readings=("R22", "R41"),
)
def listed(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """On the prefect's list of the campaign of ``on``, under an item of L. 6241-5 (``subject``) or under any."""
    campaign = on.year
    held = why.at([fact for fact in facts[RegionalList] if fact.value.campaign_year == campaign])
    if held is None:
        return why.unknown(
            f"La liste du préfet de région pour la campagne {campaign} n'est pas au registre.",
            f"regional_list[{campaign}]",
        )
    if held.value.published_on < BY_ESTABLISHMENT_SINCE and why.subject in ("", "12°"):
        why.note(
            "Avant le 1er janvier 2022, cette liste nommait aussi les écoles de production formation par formation."
        )
    entries = [
        fact
        for fact in why.all_at(facts[RegionalListEntry])
        if fact.value.campaign_year == campaign and why.subject in ("", fact.value.item)
    ]
    if not entries:
        under = f" au titre du {why.subject.replace('-', ' ')}" if why.subject else ""
        return why.not_met(f"La liste du préfet de région pour la campagne {campaign} ne la nomme pas{under}.")
    last = deadline(campaign, on, why)
    first = min((fact.valid.start for fact in entries if fact.valid.start), default=held.value.published_on)
    items = " et ".join(fact.value.item.replace("-", " ") for fact in entries)
    said = (
        f"La liste de la campagne {campaign} la nomme au titre du {items} (inscription du {day(first)}) ; elle vaut pour "
        f"l'année {campaign}"
    )
    since = max(first, date(campaign, 1, 1))
    if first <= last:
        return why.met(f"{said}.", since=since, until=date(campaign + 1, 1, 1))
    if why.reading("R41") == "b":
        return why.not_met(f"{said} : trop tard, si le {day(last)} est un délai impératif.")
    why.note(f"Le texte veut cette liste pour le {day(last)} ; les listes paraissent souvent plus tard.")
    return why.met(f"{said}.", since=since, until=date(campaign + 1, 1, 1))


def deadline(campaign_year: int, on: date, why: Reasoning) -> date:
    """The last day for the list of a campaign: 31 December of the year before the tax year (R22 says which that is)."""
    before = 1 if why.reading("R22", "lists") == "a" else 2
    return day_of("regional_list_deadline", campaign_year - before, on)


_ASK_FOR_A_CORRECTED_LIST = Due(
    "Si l'école y a droit, demander au préfet de région une liste rectifiée",
    "l'école",
    ARTICLE,
    no_date="Le texte ne fixe pas de jour ; des listes rectifiées ont déjà été publiées.",
)


def next_steps(facts: SchoolFacts, finding: Finding, on: date) -> tuple[Due, ...]:
    """The paper that is wanting, then the list of the next campaign, and before it the request on the platform."""
    following = on.year + 1
    join = Due(
        f"Joindre la liste de la campagne {on.year}, ou la demander",
        "l'école",
        ARTICLE,
        no_date="Le texte la veut pour le 31 décembre d'avant ; elle paraît souvent plus tard.",
    )
    publish = Due(
        f"Arrêter et publier la liste de la campagne {following}",
        "le préfet de région",
        ARTICLE,
        by=day_of("regional_list_deadline", on.year, on),
    )
    following_list = at([fact for fact in facts[RegionalList] if fact.value.campaign_year == following], on)
    steps = all_that_hold(
        (finding.outcome is Outcome.UNKNOWN, join),
        (finding.outcome is Outcome.NOT_MET, _ASK_FOR_A_CORRECTED_LIST),
        (following_list is None, publish),
    )
    return (*steps, *_request(facts, on))


def _request(facts: SchoolFacts, on: date) -> tuple[Due, ...]:
    """The request of the next campaign, unless sent already; nothing before the platform existed."""
    article = Citation("code-travail", "R6241-25")
    closes = coming_date(facts, "habilitation_request_closes", on)
    campaign = closes.value.campaign_year if closes else on.year + 1
    sent = [fact for fact in all_at(facts[HabilitationRequest], on) if fact.value.campaign_year == campaign]
    listed_already = [fact for fact in all_at(facts[RegionalListEntry], on) if fact.value.campaign_year == campaign]
    done = listed_already or any(fact.value.state in ("sent", "examined", "validated") for fact in sent)
    if done or wording(article, on)[0] is not State.IN_FORCE:
        return ()
    return (
        Due(
            f"Déposer la demande d'habilitation de la campagne {campaign}",
            "l'école",
            article,
            by=closes.value.best if closes else None,
            no_date="Les jours de la plateforme SOLTéA changent chaque année : celui-ci n'est pas au dossier.",
            source=closes.source.title if closes else "",
        ),
    )
