"""The annual list (*liste annuelle*): L. 443-6, third sentence.

Each year the ministers of national education and of vocational training fix, by one joint act, who the écoles de
production are. Being listed is an act, not a status that one computes. The text gives no day and no criteria; it does not
say which year a list covers (R4) nor what holds between two lists (R3). A list is named by ``act_year``, the civil year in
which it was signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from equerre.facts.annual_list import AnnualList, AnnualListEntry
from equerre.facts.school_facts import SchoolFacts, coming_date
from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding, Outcome, Taken
from equerre.kernel.french import day, last_day
from equerre.kernel.period import Period
from equerre.law.parameters import day_of
from equerre.rules import managing_body, production, qualifications, recognition, teaching
from equerre.rules.acts import named
from equerre.rules.due import Due
from equerre.rules.rule import DEFAULTS, Options, Reasoning, rule

LIST = "l'arrêté de la liste"
FIRST_ACT_YEAR = 2020


@rule(
    "code-education/L443-6/s3",
    asks="L'école est-elle sur la liste annuelle qui vaut ce jour-là ?",
    readings=("R3", "R4", "R11"),
)
def listed(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """On the list in effect that day: the one that covers it, else the last one until the next (R3)."""
    lists = _published(facts[AnnualList], on)
    if not lists:
        return why.unknown("Aucune liste annuelle publiée avant ce jour n'est au registre.", "annual_list")
    for held in lists:
        covers = covered(held.value, on, why)
        if covers.start is None or covers.start <= on:
            why.rests_on(held)
            return _on_list(facts, held, covers, why)
    oldest = lists[-1].value
    return why.unknown(
        f"La {name(oldest)} ne couvrirait que plus tard, et la précédente n'est pas au registre.",
        f"annual_list[{oldest.act_year - 1}]",
    )


def _published(lists: Iterable[Fact[AnnualList]], on: date) -> list[Fact[AnnualList]]:
    held = [fact for fact in lists if fact.valid.holds(on)]
    return sorted(held, key=lambda fact: fact.value.act_year, reverse=True)


def name(act: AnnualList) -> str:
    """How a list is called: by its ``act_year`` alone."""
    return f"liste annuelle {act.act_year}"


def covered(act: AnnualList, on: date, why: Reasoning) -> Period[date]:
    """The days that a list covers for schooling: what its text says, else R4."""
    if act.school_year is not None:
        return school_year(int(act.school_year[:4]), on)
    return _covered_under(why.reading("R4", "schooling"), act, on)


def _covered_under(option: str, act: AnnualList, on: date) -> Period[date]:
    if option == "a":
        return school_year_of(act.signed_on or act.published_on, on)
    civil = act.act_year if option == "b" else act.act_year + 1
    return Period(date(civil, 1, 1), date(civil + 1, 1, 1))


class Serves(NamedTuple):
    """The days and the campaign that a list serves. ``taken``: the uses of R4 that answer where its text is silent."""

    covers: Period[date]
    campaign_year: int
    taken: tuple[Taken, ...]


def serves(act: AnnualList, on: date, readings: Options = DEFAULTS) -> Serves:
    """What a list serves, by its text, else by R4: for whoever prints the list itself, without a school."""
    schooling, tax = readings.take("R4", "schooling"), readings.take("R4", "tax")
    covers = _covered_under(schooling.option, act, on)
    if act.school_year is not None:
        covers = school_year(int(act.school_year[:4]), on)
    ends = school_year_of(act.signed_on or act.published_on, on).end
    campaigns = {"a": ends.year if ends else act.act_year + 1, "b": act.act_year, "c": act.act_year + 1}
    silent = ((schooling, act.school_year), (tax, act.campaign_year))
    return Serves(
        covers, act.campaign_year or campaigns[tax.option], tuple(taken for taken, said in silent if said is None)
    )


def school_year(first: int, on: date) -> Period[date]:
    """The school year that begins in a civil year."""
    return Period(day_of("school_year_start", first, on), day_of("school_year_start", first + 1, on))


def school_year_of(moment: date, on: date) -> Period[date]:
    """The school year in which a day falls."""
    begins = day_of("school_year_start", moment.year, on)
    return school_year(moment.year if moment >= begins else moment.year - 1, on)


def _on_list(facts: SchoolFacts, held: Fact[AnnualList], covers: Period[date], why: Reasoning) -> Finding:
    act, on = held.value, why.on
    past = covers.end is not None and on >= covers.end
    stopped = act.effect_ends_on is not None and on >= act.effect_ends_on
    # A list is due each year: once the next civil year is over, its silence is ours, unless somebody says there is none.
    following = f"annual_list[{act.act_year + 1}]"
    overdue = why.on >= date(act.act_year + 2, 1, 1)
    if (past or stopped) and overdue and why.stated_absent(following) is None:
        return why.unknown(
            f"La {name(act)} ne couvre plus ce jour, et la suivante n'est pas au registre : on ne sait pas qui elle nomme.",
            following,
        )
    entry = _entry(facts, act, why)
    if isinstance(entry, Finding):
        return entry
    if past or stopped:
        return _between_two_lists(act, covers, entry, why)
    return why.met(
        f"L'{named('arrêté', act)} l'inscrit sur la {name(act)}, qui couvre ce jour.",
        since=entry,
        until=min(end for end in (covers.end, act.effect_ends_on) if end is not None) if covers.end else None,
    )


def _entry(facts: SchoolFacts, act: AnnualList, why: Reasoning) -> date | Finding:
    """The first day of the school's line, or why it has none: the act is held, so its silence is a fact."""
    entry = why.at([fact for fact in facts[AnnualListEntry] if fact.value.act_year == act.act_year])
    if entry is None:
        return why.not_met(f"La {name(act)} est au registre ({named('arrêté', act)}) et ne nomme pas l'école.")
    unnamed = recognition.unnamed_site(facts, entry.value.sites, LIST, why)
    if unnamed is not None:
        return unnamed
    starts = [start for start in (entry.valid.start, act.published_on) if start is not None]
    return max(starts)


def _between_two_lists(act: AnnualList, covers: Period[date], since: date | None, why: Reasoning) -> Finding:
    """After what a list covers, before the next one (R3). The act's own clause on its end comes first."""
    ends_on = act.effect_ends_on
    covered_until = min(end for end in (covers.end, ends_on) if end is not None)
    option = why.reading("R3", "clause" if ends_on else "silent")
    said = f"La {name(act)}, dernière au registre, couvrait jusqu'au {last_day(covered_until)}"
    if option == "a":
        return why.not_met(f"{said} : son effet s'arrêterait là.", since=covered_until)
    if option == "b":
        limit = date(act.act_year + 2, 1, 1)
        return why.met(
            f"{said}. Aucune plus récente n'est au registre : tant qu'elle n'est pas publiée, l'inscription vaut encore.",
            since=since,
            until=limit if why.on < limit else None,
        )
    if ends_on is None:
        return why.unknown(
            f"{said}, et il manque ce que l'arrêté dit de sa fin.", f"annual_list[{act.act_year}].effect_ends_on"
        )
    if why.on < ends_on:
        return why.met(f"La {name(act)} vaut par son texte jusqu'au {last_day(ends_on)}.", since=since, until=ends_on)
    return why.not_met(f"La {name(act)} a cessé de valoir le {day(ends_on)}, comme son texte le dit.", since=ends_on)


@rule(
    "code-education/L443-6/s3",
    "code-travail/L6241-5/12°",
    asks="L'école est-elle sur la liste annuelle qui vaut pour la campagne de l'année ?",
    readings=("R3", "R4", "R11"),
)
def listed_for_campaign(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """On the list that counts for the balance of the campaign of ``on``: what its text says, else R4."""
    campaign = on.year
    lists = _published(facts[AnnualList], on)
    stated = next((held for held in lists if held.value.campaign_year == campaign), None)
    usual = next((held for held in lists if held.value.act_year == campaign - 1), None)
    if stated is not None:
        why.rests_on(stated)
        return _named_for(facts, stated, campaign, why)
    if usual is None:
        return _no_list_for(facts, lists, campaign, why)
    if usual.value.campaign_year is not None:
        return why.not_met(
            f"La {name(usual.value)} vaut pour la campagne {usual.value.campaign_year}, et aucune ne dit valoir pour {campaign}."
        )
    option = why.reading("R4", "tax")
    chosen = _list_under(option, lists, usual, on)
    if chosen is None:
        return why.unknown(
            f"Aucune liste ne couvre la campagne {campaign} sous cette lecture.", f"annual_list[{campaign}]"
        )
    why.rests_on(chosen)
    return _named_for(facts, chosen, campaign, why)


def _list_under(
    option: str, lists: list[Fact[AnnualList]], usual: Fact[AnnualList], on: date
) -> Fact[AnnualList] | None:
    """a: the list whose school year ends in the campaign; b: signed in the campaign year; c: signed the year before."""
    if option == "c":
        return usual
    for held in lists:
        act = held.value
        if option == "b" and act.act_year == on.year:
            return held
        ends = school_year_of(act.signed_on or act.published_on, on).end
        if option == "a" and ends is not None and ends.year == on.year:
            return held
    return None


def _named_for(facts: SchoolFacts, held: Fact[AnnualList], campaign: int, why: Reasoning) -> Finding:
    entry = _entry(facts, held.value, why)
    if isinstance(entry, Finding):
        return entry
    return why.met(
        f"La {name(held.value)} la nomme ; elle vaut pour la campagne {campaign}.",
        since=max(entry, date(campaign, 1, 1)),
        until=date(campaign + 1, 1, 1),
    )


def _no_list_for(facts: SchoolFacts, lists: list[Fact[AnnualList]], campaign: int, why: Reasoning) -> Finding:
    """The list of the year before is not held. If somebody says that none was signed, the one before may last (R3)."""
    if campaign <= FIRST_ACT_YEAR:
        return why.unknown(
            f"Aucune liste annuelle ne pouvait être signée avant le 1er janvier {FIRST_ACT_YEAR} : on ne sait pas laquelle vaut "
            f"pour la campagne {campaign}.",
            f"annual_list[{FIRST_ACT_YEAR}]",
        )
    wanted = f"annual_list[{campaign - 1}]"
    before = next((held for held in lists if held.value.act_year == campaign - 2), None)
    if before is None or why.stated_absent(wanted) is None:
        return why.unknown(
            f"La liste annuelle {campaign - 1}, qui vaut pour la campagne {campaign}, n'est pas au registre.", wanted
        )
    why.rests_on(before)
    entry = _entry(facts, before.value, why)
    if isinstance(entry, Finding):
        return entry
    found = _between_two_lists(before.value, Period(None, date(campaign, 1, 1)), entry, why)
    return found if found.until is None or found.until > why.on else replace(found, until=None)


@rule(
    "code-education/L443-6/s3",
    "code-education/L443-6/s1",
    "code-education/L443-6/s4",
    "code-education/L443-6/s5",
    asks="L'école est-elle une école de production ?",
    readings=("R2",),
)
def production_school(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """Listed, since two ministers' act would otherwise be idle (R2); or meeting what the article asks, under the other."""
    on_list = why.ask(listed)
    if on_list.outcome is Outcome.UNKNOWN:
        return why.like(on_list)
    conditions = [
        why.ask(condition)
        for condition in (
            managing_body.non_profit,
            recognition.recognised,
            teaching.under_school_status,
            teaching.both_kinds,
            qualifications.registered,
            production.real,
        )
    ]
    if why.reading("R2") == "b":
        return why.all_of(conditions, "Elle remplit ce que l'article demande : la liste n'en serait que la preuve.")
    # Where the list and the conditions do not say the same, the list prevails by default, and the reason says it.
    gaps = [
        f"Mais une condition de l'article n'est pas remplie. {condition.because}"
        for condition in conditions
        if on_list.outcome is Outcome.MET and condition.outcome is Outcome.NOT_MET
    ]
    if on_list.outcome is Outcome.NOT_MET and all(condition.outcome is Outcome.MET for condition in conditions):
        gaps = ["Elle remplit pourtant les conditions de l'article."]
    return why.like(on_list, " ".join([on_list.because, *gaps]))


def next_steps(facts: SchoolFacts, finding: Finding, on: date) -> tuple[Due, ...]:
    """The next list: each year, without a day in the text; a planned day is a datum with its source."""
    held = {fact.value.act_year for fact in facts[AnnualList] if fact.valid.holds(on)}
    act_year = on.year if on.year not in held else on.year + 1
    planned = coming_date(facts, "annual_list", on)
    by = planned.value.best if planned is not None else None
    source = planned.source.title if planned is not None else ""
    return (
        Due(
            f"Fixer la liste annuelle {act_year} par un arrêté commun",
            "les ministres chargés de l'éducation nationale et de la formation professionnelle",
            Citation("code-education", "L443-6", "s3"),
            by=by,
            no_date="Le texte dit « chaque année » et ne fixe pas de jour.",
            source=source,
        ),
    )
