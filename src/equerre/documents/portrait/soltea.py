"""Whether an employer will find the school on SOLTéA that day: is it on the prefect's list, is a period of choice open?

The platform shows whom the prefects' lists name (code du travail, art. R. 6241-21 and following). Its periods change each year:
they are facts of the calendar, with their source, and nothing is said where none is held.
"""

from __future__ import annotations

from datetime import date

from equerre.documents.answer_rows import Answer
from equerre.facts.calendar import CampaignDate
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.french import day

NAMED = {
    "MET": "Elle est sur la liste du préfet de région de la campagne {year}.",
    "NOT_MET": "Elle n'est pas sur la liste du préfet de région de la campagne {year} : SOLTéA ne la montrera sans doute pas.",
    "UNKNOWN": "On ne sait pas si elle est sur la liste du préfet de région de la campagne {year} : demandez-le-lui.",
    "NOT_APPLICABLE": "La liste du préfet de région ne la concerne pas ce jour-là.",
}
PERIODS = ("window_1", "window_2", "window_3")


def on_platform(answer: Answer, facts: SchoolFacts, on: date) -> str:
    """Two sentences: the list, then the period of choice that is open, or the next one, as far as the register knows it."""
    finding = next(link.finding for link in answer.links if link.word == "regional_list")
    said = NAMED[answer.findings[finding].outcome].format(year=on.year)
    periods = _periods([fact.value for fact in facts[CampaignDate] if fact.valid.holds(on)])
    for opens, closes in periods:
        if opens <= on <= closes:
            return f"{said} Une période de choix est ouverte jusqu'au {day(closes)}."
    coming = min((opens for opens, _ in periods if opens > on), default=None)
    if coming is None:
        return f"{said} Les prochaines périodes de choix ne sont pas au registre."
    return f"{said} Aucune période de choix n'est ouverte ce jour-là ; la prochaine s'ouvre le {day(coming)}."


def _periods(dates: list[CampaignDate]) -> list[tuple[date, date]]:
    """The periods whose two ends are held."""
    best = {(planned.campaign_year, planned.kind): planned.best for planned in dates}
    found = []
    for year in sorted({planned.campaign_year for planned in dates}):
        for period in PERIODS:
            opens, closes = best.get((year, f"{period}_opens")), best.get((year, f"{period}_closes"))
            if opens is not None and closes is not None:
                found.append((opens, closes))
    return found
