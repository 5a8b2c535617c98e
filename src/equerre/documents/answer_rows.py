"""The rows of an answer, class by class: its one shape, from which ``answer_schema`` draws the published JSON Schema.

``answer`` fills them; its head says what each table is.
"""

from __future__ import annotations

from typing import Any, TypedDict

# Days, and instants: half-open both.
Span = TypedDict("Span", {"from": str | None, "until": str | None})
Moments = TypedDict("Moments", {"from": str | None, "until": str | None})


class SchoolRow(TypedDict):
    """Which school."""

    uai: str
    name: str
    fictional: bool


class DueRow(TypedDict):
    """What comes next; ``by`` null says why in ``no_date``."""

    what: str
    by_whom: str
    by: str | None
    not_before: str | None
    no_date: str | None
    citation: str | None
    source: str | None


class LinkRow(TypedDict):
    """One link of the chain. ``act`` is the key of a fact; ``finding`` and ``beside`` are keys of findings."""

    word: str
    label: str
    finding: str
    authority: str
    act: str | None
    due: list[DueRow]
    beside: list[str]


class SentenceRow(TypedDict):
    """One sentence of L. 443-6."""

    sentence: str
    label: str
    finding: str


class MissingRow(TypedDict):
    """A fact that an UNKNOWN lacks: its stable name, and what it is called."""

    name: str
    label: str


class TakenRow(TypedDict):
    """A reading taken: ``option`` is ``none`` when the answer is left open."""

    point: str
    reading: str
    option: str


class OtherRow(TypedDict):
    """An option that would give another outcome, and why; ``instead_of`` is the one taken (``none``: left open)."""

    point: str
    reading: str
    instead_of: str
    option: str
    outcome: str
    because: str


class MeasureRow(TypedDict):
    """A figure with its two counts, null when hidden; ``printed`` is how one says it."""

    name: str
    period: Span
    method: str
    numerator: int | None
    denominator: int | None
    population: int | None
    hidden: bool
    printed: str


class HangingRow(TypedDict):
    """What a finding hangs on: the options of other readings that would change it."""

    hangs_on: list[OtherRow]


class FindingRow(HangingRow):
    """One finding. ``facts`` and ``findings`` are keys; ``citations`` are addresses."""

    rule: str
    subject: str
    question: str
    public: bool
    outcome: str
    because: str
    since: str | None
    until: str | None
    notes: list[str]
    measures: list[MeasureRow]
    missing: list[MissingRow]
    citations: list[str]
    readings: list[TakenRow]
    facts: list[str]
    findings: list[str]
    settled: bool
    under: dict[str, dict[str, str]]


class FactRow(TypedDict):
    """One fact in its two times. ``source`` is a key of ``sources``."""

    name: str
    kind: str
    label: str
    public: bool
    value: dict[str, Any]
    valid: Span
    known: Moments
    source: str


class SourceRow(TypedDict):
    """Where a fact comes from."""

    publisher: str
    title: str
    dated_on: str | None
    url: str | None
    sha256: str | None


class CitationRow(TypedDict):
    """An address: printed with and without its code, and what the article is that day (``wording`` says it in French)."""

    printed: str
    code: str
    short: str
    title: str
    state: str
    in_force: Span | None
    wording: str
    changed_by: str | None
    covered_until: str
    url: str | None


class ReadingRow(TypedDict):
    """A doubt of law. ``taken`` gives the option taken at each point: ``{"R4:tax": "c"}``."""

    title: str
    doubt: str
    options: dict[str, str]
    taken: dict[str, str]
    why_default: str
    confidence: str
    settles: str
    articles: list[str]


class ParameterRow(TypedDict):
    """A number of the law on the day; ``reference`` or ``journal_officiel`` may be ``missing``."""

    label: str
    unit: str
    value: int | str
    since: str
    reference: str
    journal_officiel: str
    note: str | None


class Answer(TypedDict):
    """The whole answer: see the head of this module."""

    format: str
    equerre: str
    school: SchoolRow
    on: str
    known_at: str | None
    options: dict[str, str]
    links: list[LinkRow]
    sentences: list[SentenceRow]
    findings: dict[str, FindingRow]
    facts: dict[str, FactRow]
    sources: dict[str, SourceRow]
    citations: dict[str, CitationRow]
    readings: dict[str, ReadingRow]
    parameters: dict[str, ParameterRow]
