"""The rows of an answer, class by class: its one shape, from which ``answer_schema`` draws the published JSON Schema.

``answer`` fills them; its head says what each table is. A day is a ``date`` here, a stretch a ``Period``, an outcome an
``Outcome``, an address a ``Citation``: they become texts in ``canonical``, and nowhere before. The fields stand in the order
of the JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from equerre.kernel.citation import Citation
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period

# A key that stands in the JSON only when it says something: an answer that has nothing to say there keeps its bytes.
WHEN_SAID = {"when_said": True}


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """Which school."""

    uai: str
    name: str
    fictional: bool


@dataclass(frozen=True, slots=True)
class DueRow:
    """What comes next; ``by`` null says why in ``no_date``."""

    what: str
    by_whom: str
    by: date | None
    not_before: date | None
    no_date: str | None
    citation: Citation | None
    source: str | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link of the chain. ``act`` is the key of a fact; ``finding`` and ``beside`` are keys of findings."""

    word: str
    label: str
    finding: str
    authority: str
    act: str | None
    due: tuple[DueRow, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence of L. 443-6."""

    sentence: str
    label: str
    finding: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A fact that an UNKNOWN lacks: its stable name, and what it is called."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A reading taken: ``option`` is ``none`` when the answer is left open."""

    point: str
    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class OtherRow:
    """An option that would give another outcome, and why; ``instead_of`` is the one taken (``none``: left open)."""

    point: str
    reading: str
    instead_of: str
    option: str
    outcome: Outcome
    because: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A figure with its two counts, null when hidden; ``printed`` is how one says it."""

    name: str
    period: Period[date]
    method: str
    numerator: int | None
    denominator: int | None
    population: int | None
    hidden: bool
    printed: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding. ``facts`` and ``findings`` are keys; ``withheld`` is what it would need and is not public."""

    rule: str
    subject: str
    question: str
    public: bool
    outcome: Outcome
    because: str
    since: date | None
    until: date | None
    notes: tuple[str, ...]
    measures: tuple[MeasureRow, ...]
    missing: tuple[MissingRow, ...]
    citations: tuple[Citation, ...]
    readings: tuple[TakenRow, ...]
    facts: tuple[str, ...]
    findings: tuple[str, ...]
    settled: bool
    under: Mapping[str, Mapping[str, Outcome]]
    hangs_on: tuple[OtherRow, ...]
    withheld: tuple[MissingRow, ...] = field(default=(), metadata=WHEN_SAID)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact in its two times. ``source`` is a key of ``sources``; ``private`` names its fields that are not public."""

    name: str
    kind: str
    label: str
    public: bool
    value: Mapping[str, object]
    valid: Period[date]
    known: Period[datetime]
    source: str
    private: tuple[str, ...] = field(default=(), metadata=WHEN_SAID)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a fact comes from."""

    publisher: str
    title: str
    dated_on: date | None
    url: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class CitationRow:
    """An address: printed with and without its code, and what the article is that day (``wording`` says it in French)."""

    printed: str
    code: str
    short: str
    title: str
    state: str
    in_force: Period[date] | None
    wording: str
    changed_by: str | None
    covered_until: date
    url: str | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A doubt of law. ``taken`` gives the option taken at each point: ``{"R4:tax": "c"}``."""

    title: str
    doubt: str
    options: Mapping[str, str]
    taken: Mapping[str, str]
    why_default: str
    confidence: str
    settles: str
    articles: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A number of the law on the day; ``reference`` or ``journal_officiel`` may be ``missing``."""

    label: str
    unit: str
    value: int | str
    since: date
    reference: str
    journal_officiel: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer: see the head of this module."""

    format: str
    equerre: str
    school: SchoolRow
    on: date
    known_at: datetime | None
    options: Mapping[str, str]
    links: tuple[LinkRow, ...]
    sentences: tuple[SentenceRow, ...]
    findings: Mapping[str, FindingRow]
    facts: Mapping[str, FactRow]
    sources: Mapping[str, SourceRow]
    citations: Mapping[Citation, CitationRow]
    readings: Mapping[str, ReadingRow]
    parameters: Mapping[str, ParameterRow]
