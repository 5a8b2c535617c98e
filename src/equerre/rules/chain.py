"""The chain of one school on one day: seven links, each an act of its own authority, and the seven sentences behind them.

    opening → managing body → recognition → staff approval → annual list → regional list → readiness for the balance

None is derived from another: each link asks its own rule. ``explain`` gives the whole; ``doubt`` measures what hangs on
a reading; ``what_if`` compares two chains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from equerre import law
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.citation import Citation
from equerre.kernel.errors import BeforeTheLaw
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding
from equerre.kernel.french import day
from equerre.rules import (
    annual_list,
    managing_body,
    opening,
    recognition,
    regional_list,
    staff_approval,
    tax_balance,
)
from equerre.rules.due import Due
from equerre.rules.l443_6 import SENTENCES
from equerre.rules.rule import DEFAULTS, Memo, Options, Rule

ARTICLE = Citation("code-education", "L443-6")


class Step(NamedTuple):
    """How a link is made: its word, its rule, who has the power, the kinds of facts that are its act, what comes next."""

    word: str
    rule: Rule
    authority: str
    acts: tuple[str, ...]
    next_steps: Callable[[SchoolFacts, Finding, date], tuple[Due, ...]]
    beside: tuple[Rule, ...] = ()


STEPS = (
    Step(
        "opening",
        opening.opened,
        "le recteur reçoit la déclaration ; le maire, le préfet et le procureur peuvent aussi s'opposer",
        ("closure", "opposition", "opening_declaration"),
        opening.next_steps,
    ),
    Step(
        "managing_body",
        managing_body.non_profit,
        "aucune (une condition de l'article, confirmée par une personne)",
        ("statutes_review",),
        managing_body.next_steps,
    ),
    Step(
        "recognition",
        recognition.recognised,
        "le ministre chargé de l'éducation nationale",
        ("recognition_withdrawal", "recognition", "recognition_refusal", "recognition_request"),
        recognition.next_steps,
    ),
    Step(
        "staff_approval",
        staff_approval.approved,
        "l'autorité administrative, sans autre précision dans le texte",
        (),
        staff_approval.next_steps,
    ),
    Step(
        "annual_list",
        annual_list.production_school,
        "les ministres chargés de l'éducation nationale et de la formation professionnelle",
        ("annual_list",),
        annual_list.next_steps,
    ),
    Step(
        "regional_list",
        regional_list.listed,
        "le préfet de région",
        ("regional_list",),
        regional_list.next_steps,
    ),
    Step(
        "tax_balance",
        tax_balance.entitled,
        "aucune (le droit naît de la loi ; la Caisse des dépôts paie)",
        (),
        tax_balance.next_steps,
        (tax_balance.payable,),
    ),
)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link. ``act`` is the fact of the act that holds it that day (a declaration, an *arrêté*), None without one.

    ``authority`` is who has the power, in French ("le recteur"); ``due`` is what comes next; ``beside`` what is asked
    next to it without being the link (may the Caisse des dépôts pay?).
    """

    word: str
    finding: Finding
    authority: str
    act: Fact[object] | None
    due: tuple[Due, ...]
    beside: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of L. 443-6 (``s1`` to ``s7``), with what its rule finds."""

    number: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Chain:
    """All that the rules find about one school on one day. ``known_at`` None is what is held now."""

    facts: SchoolFacts
    on: date
    known_at: datetime | None
    options: Options
    links: tuple[ChainLink, ...]
    sentences: tuple[Sentence, ...]

    def roots(self) -> Iterator[Finding]:
        """The finding of each link and of what stands beside it, then of each sentence."""
        for link in self.links:
            yield link.finding
            yield from link.beside
        for sentence in self.sentences:
            yield sentence.finding

    def findings(self) -> dict[str, Finding]:
        """Every finding of every tree, by key, in order of appearance."""
        found: dict[str, Finding] = {}
        for root in self.roots():
            for finding in root.walk():
                found.setdefault(finding.key, finding)
        return found


def explain(facts: SchoolFacts, on: date, *, known_at: datetime | None = None, readings: Options = DEFAULTS) -> Chain:
    """The chain on a day, from the facts as they were known at an instant (None: as they are held now).

    Raises :class:`BeforeTheLaw` for a day before L. 443-6 existed. A link whose own article is younger than the day
    does not apply.
    """
    born_on = law.article(ARTICLE).born_on
    if born_on is not None and on < born_on:
        raise BeforeTheLaw(
            f"Le {day(on)}, le régime des écoles de production n'existait pas encore "
            f"({ARTICLE.in_french()}). Demandez un jour à partir du {day(born_on)}."
        )
    known = facts.as_known(known_at)
    memo: Memo = {}
    links = tuple(_link(step, known, on, readings, memo) for step in STEPS)
    sentences = tuple(
        Sentence(number, rule.asked(known, on=on, readings=readings, memo=memo)) for number, rule in SENTENCES.items()
    )
    return Chain(known, on, known_at, readings, links, sentences)


def _link(step: Step, facts: SchoolFacts, on: date, readings: Options, memo: Memo) -> ChainLink:
    """The link, and its act: in the order of the step, since what ends stands before what gives.

    An act announced for later, or one that has ended, does not hold it. Approvals are several: none stands for all.
    """
    finding = step.rule.asked(facts, on=on, readings=readings, memo=memo)
    beside = tuple(rule.asked(facts, on=on, readings=readings, memo=memo) for rule in step.beside)
    acts = {
        fact.name.partition("[")[0]: fact
        for part in finding.walk()
        for fact in part.facts
        if fact.valid.holds(finding.on)
    }
    act = next((acts[kind] for kind in step.acts if kind in acts), None)
    return ChainLink(step.word, finding, step.authority, act, step.next_steps(facts, finding, on), beside)
