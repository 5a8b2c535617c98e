"""What hangs on a doubt, and what cites an article, over all schools of a day: counted by running the rules, never stored.

Each school is explained and its doubts measured. That costs some milliseconds a school: the count is kept while the register
does not change, and is not made at all beyond ``MOST`` schools (``equerre doubts`` counts any number).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from equerre.documents.answer_rows import Answer
from equerre.kernel.citation import Citation
from equerre.kernel.finding import Outcome
from equerre.opendata import register
from equerre.opendata.threshold.memory import remembered
from equerre.registry.figures import figures

MOST = 400


class Hanging(NamedTuple):
    """One link of one school that a reading holds: what is found, and what another option would give."""

    uai: str
    school: str
    label: str
    outcome: Outcome
    others: tuple[tuple[str, Outcome], ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """Over ``schools`` schools: by reading, the links that hang on it; by article, how many findings cite it."""

    schools: int
    fictional: bool
    hanging: Mapping[str, tuple[Hanging, ...]]
    findings: Mapping[Citation, int]

    def schools_hanging(self, reading: str) -> int:
        """How many schools have one link or more that hangs on this reading."""
        return len({link.uai for link in self.hanging.get(reading, ())})


def weigh(on: date, *, revision: int, known_at: datetime | None = None) -> Weight | None:
    """The count of a day; None when there are too many schools to count while somebody waits."""
    return _weight(on, known_at, revision) if figures(on).schools <= MOST else None


@remembered(most=4)
def _weight(on: date, known_at: datetime | None, revision: int) -> Weight:
    hanging: dict[str, list[Hanging]] = defaultdict(list)
    cited: Counter[Citation] = Counter()
    count, fictional = 0, False
    for school in register.schools(on, known_at):
        answer = school.answer
        count, fictional = count + 1, fictional or school.facts.fictional
        for reading, link in _hanging(answer):
            hanging[reading].append(link)
        # A finding counts once for an article, whatever the parts of it that it cites.
        for finding in answer.findings.values():
            cited.update({citation.whole_article for citation in finding.citations})
    return Weight(count, fictional, {reading: tuple(rows) for reading, rows in hanging.items()}, cited)


def _hanging(answer: Answer) -> list[tuple[str, Hanging]]:
    found = []
    for link in answer.links:
        finding = answer.findings[link.finding]
        others: dict[str, dict[str, Outcome]] = defaultdict(dict)
        for row in finding.hangs_on:
            others[row.reading][row.option] = row.outcome
        for reading, options in others.items():
            school = answer.school
            hanging = Hanging(school.uai, school.name, link.label, finding.outcome, tuple(options.items()))
            found.append((reading, hanging))
    return found
