"""How a rule is written: it cites the law, asks for facts first, then reads; it refuses days before its article exists.

    @rule("code-education/L443-2", asks="L'État reconnaît-il l'école ?", readings=("R11",))
    def recognised(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
        act = why.at(facts[Recognition])
        ...
        return why.met("Un arrêté du 9 juin 2026 la reconnaît.")

It is then asked as one reads it: ``recognition.recognised(facts, on=day)``. Two disciplines hold everywhere, and
properties test them. *Facts first*: a rule demands the facts that its default needs before it takes a reading, so that no
reading ever turns an UNKNOWN into a MET. *Nothing from nothing*: an absent fact is UNKNOWN and is named; only a fact
that says so makes a NOT_MET.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeVar

from equerre import law
from equerre.facts import KINDS
from equerre.facts.school_facts import SchoolFacts, all_at, at
from equerre.facts.statements import Ruling, StatedAbsence
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.errors import BeforeTheLaw
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding, Outcome, Taken
from equerre.kernel.french import day
from equerre.kernel.measure import Measure
from equerre.law.readings import check_option

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Options:
    """The options chosen in place of the defaults: by reading (``R3``) or by one of its uses (``R4:tax``)."""

    chosen: Mapping[str, str] = field(default_factory=dict)

    def take(self, number: str, use: str) -> Taken:
        """The option in force at this point of choice."""
        option = self.chosen.get(f"{number}:{use}") if use else None
        option = option or self.chosen.get(number) or law.reading(number).option(use)
        return Taken(number, option, use)

    def instead(self, point: str, option: str) -> Options:
        """The same, with one more choice."""
        check_option(point.partition(":")[0], option)
        return Options({**self.chosen, point: option})


DEFAULTS = Options()

Body = Callable[[SchoolFacts, date, "Reasoning"], Finding]
Memo = dict[tuple[str, str], Finding]


@cache
def _born_on(name: str) -> date | None:
    """The tables of law do not change while they are read: each is looked up once, by the name of the rule, quick to hash."""
    return law.article(REGISTER[name].cites[0]).born_on


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule. ``cites[0]`` is the article it stands on: the rule does not exist before it.

    ``question`` is what a school reads above the answer ("Est-elle reconnue par l'État ?"). A rule that is not ``public``
    (persons, bank details) never leaves the school and its authorities.
    """

    name: str
    body: Body
    cites: tuple[Citation, ...]
    readings: tuple[str, ...]
    question: str
    summary: str
    public: bool = True

    @property
    def born_on(self) -> date | None:
        """The first day of the article it stands on; None when that day is not established."""
        return _born_on(self.name)

    def __call__(
        self,
        facts: SchoolFacts,
        subject: str = "",
        *,
        on: date,
        readings: Options = DEFAULTS,
        memo: Memo | None = None,
    ) -> Finding:
        """Evaluate on a day. Raises :class:`BeforeTheLaw` for a day before the article exists.

        ``memo`` is for one evaluation of one chain: several rules lean on the same one. Nothing outlives the call.
        """
        memo = {} if memo is None else memo
        found = memo.get((self.name, subject))
        if found is None:
            born_on = self.born_on
            if born_on is not None and on < born_on:
                raise BeforeTheLaw(f"{self._not_yet(on)} Demandez un jour à partir du {day(born_on)}.")
            found = self.body(facts, on, Reasoning(self, facts, on, readings, subject, memo))
            memo[self.name, subject] = found
        return found

    def asked(
        self, facts: SchoolFacts, subject: str = "", *, on: date, readings: Options = DEFAULTS, memo: Memo | None = None
    ) -> Finding:
        """The same, by a rule or a chain that goes on: before the article, the question does not arise."""
        try:
            return self(facts, subject, on=on, readings=readings, memo=memo)
        except BeforeTheLaw:
            return Finding(self.name, Outcome.NOT_APPLICABLE, on, self._not_yet(on), self.cites, subject=subject)

    def _not_yet(self, on: date) -> str:
        article = self.cites[0]
        return f"Le {day(on)}, la règle de l'{article.in_french(with_code=False)} ({CODES[article.code]}) n'existait pas encore."


REGISTER: dict[str, Rule] = {}


def rule(*cites: str, asks: str, readings: tuple[str, ...] = (), public: bool = True) -> Callable[[Body], Rule]:
    """Register a rule under ``module.name``: the addresses it cites, what it asks, every reading it may take."""

    def register(body: Body) -> Rule:
        name = f"{body.__module__.rpartition('.')[2]}.{body.__name__}"
        summary = (body.__doc__ or "").strip().partition("\n")[0]
        made = Rule(name, body, tuple(map(Citation.parse, cites)), readings, asks, summary, public)
        REGISTER[name] = made
        return made

    return register


class Reasoning:
    """What a rule notes while it thinks: the facts looked at, the readings taken, the findings it leaned on."""

    __slots__ = (
        "_cites",
        "_facts",
        "_findings",
        "_measures",
        "_memo",
        "_notes",
        "_taken",
        "facts",
        "on",
        "readings",
        "rule",
        "subject",
    )

    def __init__(self, rule: Rule, facts: SchoolFacts, on: date, readings: Options, subject: str, memo: Memo) -> None:
        self.rule = rule
        self.facts = facts
        self.on = on
        self.readings = readings
        self.subject = subject
        self._memo = memo
        self._facts: list[Fact[object]] = []
        self._taken: list[Taken] = []
        self._findings: list[Finding] = []
        self._notes: list[str] = []
        self._measures: list[Measure] = []
        self._cites: list[Citation] = []

    # --- looking ---------------------------------------------------------------------------------------------------

    def at(self, rows: Iterable[Fact[Value]]) -> Fact[Value] | None:
        """The fact true on the day, noted as looked at."""
        found = at(rows, self.on)
        if found is not None:
            self.rests_on(found)
        return found

    def all_at(self, rows: Iterable[Fact[Value]]) -> list[Fact[Value]]:
        """The facts true on the day, noted as looked at."""
        found = all_at(rows, self.on)
        self.rests_on(*found)
        return found

    def rests_on(self, *facts: Fact[object] | None) -> None:
        """Note facts found otherwise (an act of another day)."""
        for fact in facts:
            if fact is not None and fact not in self._facts:
                self._facts.append(fact)
                for source in fact.contested:
                    self.note(f"Fait contesté, à trancher : {source} dit autre chose ({fact.name}).")

    def stated_absent(self, name: str) -> Fact[object] | None:
        """Does somebody who may know say that there is none that day?"""
        return self.at([fact for fact in self.facts[StatedAbsence] if fact.value.of == name])

    def reading(self, number: str, use: str = "") -> str:
        """Take a reading and show it. Ask for facts first.

        Where an authority wrote its position for this school (a ``ruling``), the doubt is settled: that is a fact.
        """
        assert number in self.rule.readings, f"{self.rule.name} takes {number} without declaring it"
        rulings = self.facts[Ruling]
        if rulings:  # few schools have one, and every rule asks
            ruling = self.at([fact for fact in rulings if fact.value.reading == number and fact.value.use in ("", use)])
            if ruling is not None:
                return ruling.value.option
        taken = self.readings.take(number, use)
        if taken not in self._taken:
            self._taken.append(taken)
        return taken.option

    def ask(self, other: Rule, subject: str = "") -> Finding:
        """Lean on another rule, on the same day, under the same readings."""
        finding = other.asked(self.facts, subject, on=self.on, readings=self.readings, memo=self._memo)
        self._findings.append(finding)
        return finding

    def note(self, sentence: str) -> None:
        """Inform without weighing on the outcome."""
        self._notes.append(sentence)

    def measure(self, figure: Measure) -> None:
        """Give a figure, which never weighs on the outcome."""
        self._measures.append(figure)

    def cite(self, address: Citation) -> None:
        """Cite one more article, for this answer only."""
        if address not in self._cites:
            self._cites.append(address)

    # --- concluding ------------------------------------------------------------------------------------------------

    def met(self, because: str, *, since: date | None = None, until: date | None = None) -> Finding:
        return self._conclude(Outcome.MET, because, since, until)

    def not_met(self, because: str, *, since: date | None = None, until: date | None = None) -> Finding:
        return self._conclude(Outcome.NOT_MET, because, since, until)

    def not_applicable(self, because: str) -> Finding:
        return self._conclude(Outcome.NOT_APPLICABLE, because, None, None)

    def unknown(self, because: str, *missing: str) -> Finding:
        """UNKNOWN names what is missing: its own facts, else those that the findings below lack.

        Of a private fact, a public view says that it is not public, whether or not anybody recorded one: that would tell too.
        """
        names = missing or tuple(dict.fromkeys(name for finding in self._findings for name in finding.lacks if name))
        assert names, f"{self.rule.name} says UNKNOWN without naming what is missing"
        if missing and all(map(self.facts.withholds, missing)):
            because = " ".join(dict.fromkeys(KINDS[re.split(r"[\[.]", name)[0]].withheld for name in missing))
        return self._conclude(Outcome.UNKNOWN, because, None, None, names)

    def like(self, finding: Finding, because: str = "") -> Finding:
        """Conclude as a finding below does, in its words or in others."""
        said = because or finding.because
        return self._conclude(finding.outcome, said, finding.since, finding.until, finding.lacks)

    def all_of(self, findings: Sequence[Finding], because: str) -> Finding:
        """Conclude MET for ``because`` when all hold; else with the reasons of those that decide the outcome."""
        outcome = worst(findings)
        deciding = [finding for finding in findings if finding.outcome is outcome]
        said = because if outcome is Outcome.MET else " ".join(dict.fromkeys(f.because for f in deciding))
        missing = tuple(dict.fromkeys(name for finding in deciding for name in finding.lacks))
        starts = [finding.since for finding in findings if finding.since] if outcome is Outcome.MET else []
        ends = [finding.until for finding in findings if finding.until] if outcome is Outcome.MET else []
        return self._conclude(outcome, said, max(starts, default=None), min(ends, default=None), missing)

    def _conclude(
        self,
        outcome: Outcome,
        because: str,
        since: date | None,
        until: date | None,
        missing: tuple[str, ...] = (),
    ) -> Finding:
        withheld = tuple(filter(self.facts.withholds, missing)) if self.facts.withheld else ()
        return Finding(
            self.rule.name,
            outcome,
            self.on,
            because,
            (*self.rule.cites, *self._cites) if self._cites else self.rule.cites,
            tuple(self._taken),
            tuple(self._facts),
            tuple(self._findings),
            tuple(name for name in missing if name not in withheld) if withheld else missing,
            self.subject,
            since,
            until,
            tuple(self._notes),
            tuple(self._measures),
            withheld,
        )


def worst(findings: Iterable[Finding]) -> Outcome:
    """All must hold: a no is a no, then an unknown is an unknown; what does not apply weighs nothing."""
    outcomes = {finding.outcome for finding in findings}
    for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET):
        if outcome in outcomes:
            return outcome
    return Outcome.NOT_APPLICABLE


def best(findings: Iterable[Finding]) -> Outcome:
    """One is enough: a yes is a yes, then an unknown is an unknown."""
    outcomes = {finding.outcome for finding in findings}
    for outcome in (Outcome.MET, Outcome.UNKNOWN, Outcome.NOT_MET):
        if outcome in outcomes:
            return outcome
    return Outcome.NOT_APPLICABLE
