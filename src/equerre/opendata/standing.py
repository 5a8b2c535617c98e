"""Where schools stand on a day, in three answers: recognised, on the annual list, entitled to the balance.

The same findings as on the page of each school, asked by the rules one school at a time and kept while the register does not
change: a page of results asks for a score of them, a filter for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from equerre.documents.answer import hanging
from equerre.documents.phrases import readings_said
from equerre.facts.annual_list import AnnualList
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.finding import Outcome
from equerre.opendata import register
from equerre.opendata.threshold.memory import remembered
from equerre.rules import annual_list, recognition, tax_balance
from equerre.rules.chain import Chain, ChainLink
from equerre.rules.doubt import measure
from equerre.rules.rule import DEFAULTS, Memo

# What is asked: two links of the chain, and of the third what it rests on first, the list itself (the link asks R2 besides).
ASKED = {
    "recognition": recognition.recognised,
    "annual_list": annual_list.listed,
    "tax_balance": tax_balance.entitled,
}
WORDS = tuple(ASKED)
# A filter on the answers asks for all schools: beyond, it would keep people waiting, and is not offered.
MOST = 1_000


class Standing(NamedTuple):
    """One answer: its outcome, the year of the list that it rests on ("" for none), the options followed where it hangs on a
    reading, and these readings.
    """

    outcome: Outcome
    act_year: str
    under: str
    readings: tuple[str, ...]


@dataclass(slots=True)
class Standings:
    """The answers of a day, school by school, as they are asked for. Schools that are answered alike share one answer."""

    on: date
    known_at: datetime | None
    _found: dict[str, Mapping[str, Standing]] = field(default_factory=dict)
    _alike: dict[tuple[Standing, ...], Mapping[str, Standing]] = field(default_factory=dict)

    def of(self, uais: Iterable[str]) -> Mapping[str, Mapping[str, Standing]]:
        """By UAI, then by word."""
        asked = list(uais)
        missing = [uai for uai in asked if uai not in self._found]
        for facts in register.some_facts(missing, self.known_at) if missing else ():
            found = _three(facts, self.on, self.known_at)
            self._found[facts.uai] = self._alike.setdefault(tuple(found.values()), found)
        return {uai: self._found[uai] for uai in asked if uai in self._found}


@remembered(most=4)
def standings(on: date, known_at: datetime | None, revision: int) -> Standings:
    """The answers of a day; another revision of the register begins again."""
    return Standings(on, known_at)


def _three(facts: SchoolFacts, on: date, known_at: datetime | None) -> Mapping[str, Standing]:
    """The findings of the chain, without the rest of it."""
    known = facts.as_known(known_at)
    memo: Memo = {}
    links = tuple(ChainLink(word, rule.asked(known, on=on, memo=memo), "", None, ()) for word, rule in ASKED.items())
    chain = Chain(known, on, known_at, DEFAULTS, links, ())
    doubts = measure(chain)
    found = {}
    for link in links:
        finding, doubt = link.finding, doubts[link.finding.key]
        rests_on = finding.facts if finding.outcome is not Outcome.UNKNOWN else ()  # an unknown waits for another list
        years = [str(fact.value.act_year) for fact in rests_on if isinstance(fact.value, AnnualList)]
        under = readings_said(hanging(finding, doubt))
        readings = sorted(doubt.readings, key=lambda number: int(number[1:]))
        found[link.word] = Standing(finding.outcome, years[-1] if years else "", under, tuple(readings))
    return found
