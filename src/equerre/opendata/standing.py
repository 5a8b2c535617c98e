"""Where schools stand on a day, in three answers: recognised, on the annual list, entitled to the balance.

The same findings as on the page of each school, asked by the rules one school at a time and kept while the register does not
change: a page of results asks for a score of them, a filter for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from equerre.documents.answer import answer
from equerre.documents.answer_rows import Answer, FindingRow
from equerre.documents.phrases import LISTED, act_year, readings_said
from equerre.opendata import register
from equerre.opendata.public import public_answer
from equerre.rules.doubt import measure

WORDS = ("recognition", "annual_list", "tax_balance")
# A filter on the answers asks for all schools: beyond, it would keep people waiting, and is not offered.
MOST = 1_000


class Standing(NamedTuple):
    """One answer: its outcome, the year of the list that it rests on ("" for none), the options followed where it hangs on a
    reading, and these readings.
    """

    outcome: str
    act_year: str
    under: str
    readings: tuple[str, ...]


@dataclass(slots=True)
class Standings:
    """The answers of a day, school by school, as they are asked for."""

    on: date
    known_at: datetime | None
    _found: dict[str, Mapping[str, Standing]] = field(default_factory=dict)

    def of(self, uais: Iterable[str]) -> Mapping[str, Mapping[str, Standing]]:
        """By UAI, then by word."""
        asked = list(uais)
        missing = [uai for uai in asked if uai not in self._found]
        for school in register.some(missing, self.on, self.known_at) if missing else ():
            self._found[school.facts.uai] = _three(school)
        return {uai: self._found[uai] for uai in asked if uai in self._found}


@lru_cache(maxsize=4)
def standings(on: date, known_at: datetime | None, revision: int) -> Standings:
    """The answers of a day; another revision of the register begins again."""
    return Standings(on, known_at)


def _three(school: register.School) -> Mapping[str, Standing]:
    links = tuple(link for link in school.chain.links if link.word in WORDS)
    alone = replace(school.chain, links=links, sentences=())
    found = public_answer(answer(alone, measure(alone)))
    keys = {link["word"]: link["finding"] for link in found["links"]}
    asked = {**keys, "annual_list": LISTED}
    return {word: _standing(found, asked[word]) for word in WORDS}


def _standing(found: Answer, key: str) -> Standing:
    row = found["findings"][key]
    return Standing(row["outcome"], act_year(found, key), readings_said(row), _readings(row))


def _readings(finding: FindingRow) -> tuple[str, ...]:
    return tuple(sorted({row["reading"] for row in finding["hangs_on"]}, key=lambda number: int(number[1:])))
