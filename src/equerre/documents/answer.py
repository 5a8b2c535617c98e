"""The one shape of an answer: all that is found about one school on one day, as plain data. Every voice prints this.

::

    format        "equerre-answer/1"
    equerre       the version that computed it
    school        uai, name, fictional
    on            the day asked                  known_at   the instant of knowledge, null for "held now"
    options       the options chosen in place of the defaults: {"R3": "a"}
    links         the seven links, in order: word, label, finding, authority, act, due, beside
    sentences     the seven sentences of L. 443-6: sentence, label, finding
    findings      every finding, once, by key: "recognition.recognised", "qualifications.course_registered(cap)"
    facts         the facts that a finding or a link rests on, once, by key
    sources       where these facts come from, by key
    citations     every address cited: how it is printed, its wording that day, its public address
    readings      every reading taken: the doubt, the options, the one taken at each point
    parameters    the numbers of the law that have a value that day

Links, sentences and findings name other findings by key, and facts by key: a tree without copies. A fact's key is its
name; a second fact of the same name (two managing bodies in turn) is ``name#2``. A finding's ``under`` gives its outcome
under every option of each point of choice in its tree, ``hangs_on`` the options that would change it, ``settled`` says
that none would. Dates are ISO, periods half-open (``until`` is the first day out), sentences French, keys English.

``public`` is false on what never leaves the school and its authorities (R48): whoever publishes an answer drops it.
The same facts, day and options give the same bytes: ``canonical``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from equerre import __version__, law
from equerre.documents.answer_rows import (
    Answer,
    CitationRow,
    DueRow,
    FactRow,
    FindingRow,
    HangingRow,
    LinkRow,
    MeasureRow,
    OtherRow,
    ParameterRow,
    ReadingRow,
    SourceRow,
    Span,
    TakenRow,
)
from equerre.documents.labels import SENTENCES, WORDS, field_label
from equerre.facts import KINDS
from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact, Source
from equerre.kernel.finding import Finding, Taken
from equerre.kernel.french import day
from equerre.kernel.measure import Measure
from equerre.kernel.period import Period
from equerre.law.wordings import Article, State, Wording
from equerre.rules.chain import Chain, Link
from equerre.rules.doubt import Doubt, Row
from equerre.rules.due import Due
from equerre.rules.insertion import printed
from equerre.rules.rule import DEFAULTS, REGISTER, Options

FORMAT = "equerre-answer/1"


def answer(chain: Chain, doubts: Mapping[str, Doubt]) -> Answer:
    """The answer of a chain, with the doubt measured on each of its findings."""
    found = chain.findings()
    used = _used(chain, found.values())
    keys = fact_keys(used)
    return {
        "format": FORMAT,
        "equerre": __version__,
        "school": {"uai": chain.facts.uai, "name": chain.facts.name, "fictional": chain.facts.fictional},
        "on": chain.on.isoformat(),
        "known_at": instant(chain.known_at),
        "options": {point: chain.options.chosen[point] for point in sorted(chain.options.chosen, key=_by_number)},
        "links": [_link(link, keys) for link in chain.links],
        "sentences": [
            {"sentence": one.number, "label": SENTENCES[one.number], "finding": one.finding.key}
            for one in chain.sentences
        ],
        "findings": {key: _finding(finding, doubts[key], keys) for key, finding in found.items()},
        "facts": {keys[id(fact)]: _fact(fact) for fact in used},
        "sources": {fact.source.key: _source(fact.source) for fact in used},
        "citations": {str(one): citation_row(one, chain.on) for one in _cited(chain, found.values())},
        "readings": _readings(found.values()),
        "parameters": _parameters(chain.on),
    }


# --- The same bytes, always ------------------------------------------------------------------------------------------

# What could drive a terminal, turn a line round or break an encoding. JSON holds such characters in its texts only.
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)


def canonical(data: Mapping[str, Any]) -> str:
    """The one text of this data: keys in the order of the shape, French as it is, a new line at the end."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


# --- The options asked for -------------------------------------------------------------------------------------------


def chosen_options(choices: Mapping[str, str]) -> Options:
    """The options of ``{"R3": "a", "R4:tax": "b"}``. Raises :class:`LawError` for what our table of readings does not hold."""
    options = DEFAULTS
    for point, option in choices.items():
        number, _, use = point.partition(":")
        law.reading(number).option(use)
        options = options.instead(f"{number}:{use}" if use else number, option)
    return options


# --- Names -----------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"(?P<kind>[a-z_0-9]+)(?:\[(?P<key>.*)\])?(?:\.(?P<field>[a-z_0-9]+))?")


def missing_label(name: str) -> str:
    """What a missing fact is called.

    >>> missing_label("annual_list[2026].effect_ends_on")
    "l'arrêté fixant la liste annuelle (2026), jour où son effet prend fin, selon son texte"
    """
    found = _NAME.fullmatch(name)
    if found is None or found["kind"] not in KINDS:
        return name
    said = KINDS[found["kind"]].label + (f" ({found['key']})" if found["key"] else "")
    return f"{said}, {field_label(found['kind'], found['field'])}" if found["field"] else said


def fact_keys(facts: Iterable[Fact[object]]) -> dict[int, str]:
    """A key for each fact, by identity: its name, then ``name#2`` for another that bears it."""
    keys: dict[int, str] = {}
    seen: dict[str, int] = {}
    for fact in facts:
        seen[fact.name] = seen.get(fact.name, 0) + 1
        keys[id(fact)] = fact.name if seen[fact.name] == 1 else f"{fact.name}#{seen[fact.name]}"
    return keys


def _by_number(point: str) -> tuple[int, str]:
    number, _, use = point.removeprefix("R").partition(":")
    return int(number), use


# --- Rows ------------------------------------------------------------------------------------------------------------


def instant(moment: datetime | None) -> str | None:
    """An instant, in UTC."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _day(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _span(period: Period[date]) -> Span:
    return {"from": _day(period.start), "until": _day(period.end)}


def _link(link: Link, keys: Mapping[int, str]) -> LinkRow:
    return {
        "word": link.word,
        "label": WORDS[link.word].label,
        "finding": link.finding.key,
        "authority": link.authority,
        "act": None if link.act is None else keys[id(link.act)],
        "due": [_due(due) for due in link.due],
        "beside": [finding.key for finding in link.beside],
    }


def _due(due: Due) -> DueRow:
    return {
        "what": due.what,
        "by_whom": due.by_whom,
        "by": _day(due.by),
        "not_before": _day(due.not_before),
        "no_date": due.no_date if due.by is None else None,
        "citation": None if due.citation is None else str(due.citation),
        "source": due.source or None,
    }


def _finding(finding: Finding, doubt: Doubt, keys: Mapping[int, str]) -> FindingRow:
    rule = REGISTER[finding.rule]
    return {
        "rule": finding.rule,
        "subject": finding.subject,
        "question": rule.question,
        "public": rule.public,
        "outcome": finding.outcome.value,
        "because": finding.because,
        "since": _day(finding.since),
        "until": _day(finding.until),
        "notes": list(finding.notes),
        "measures": [_measure(measure) for measure in finding.measures],
        "missing": [{"name": name, "label": missing_label(name)} for name in finding.missing],
        "citations": [str(citation) for citation in finding.citations],
        "readings": [_taken(taken) for taken in finding.readings],
        "facts": [keys[id(fact)] for fact in finding.facts],
        "findings": [below.key for below in finding.findings],
        "settled": doubt.settled,
        "under": _under(doubt.rows),
        **hanging(finding, doubt),
    }


def hanging(finding: Finding, doubt: Doubt) -> HangingRow:
    """The options that would change a finding, each with the one that is followed."""
    taken = {one.point: one.option for one in finding.readings_below()} if doubt.hanging else {}
    return {"hangs_on": [_other(row, taken[row.point]) for row in doubt.hanging]}


def _taken(taken: Taken) -> TakenRow:
    return {"point": taken.point, "reading": taken.reading, "option": taken.option}


def _under(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row.point, {})[row.option] = row.outcome.value
    return found


def _other(row: Row, taken: str) -> OtherRow:
    return {
        "point": row.point,
        "reading": row.point.partition(":")[0],
        "instead_of": taken,
        "option": row.option,
        "outcome": row.outcome.value,
        "because": row.because,
    }


def _measure(measure: Measure) -> MeasureRow:
    return {
        "name": measure.name,
        "period": _span(measure.period),
        "method": measure.method,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "population": measure.population,
        "hidden": measure.hidden,
        "printed": printed(measure),
    }


def _fact(fact: Fact[object]) -> FactRow:
    kind = fact.name.partition("[")[0]
    return {
        "name": fact.name,
        "kind": kind,
        "label": KINDS[kind].label,
        "public": KINDS[kind].public,
        "value": {name: _plain(getattr(fact.value, name)) for name in KINDS[kind].fields},
        "valid": _span(fact.valid),
        "known": {"from": instant(fact.known.start), "until": instant(fact.known.end)},
        "source": fact.source.key,
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _source(source: Source) -> SourceRow:
    return {
        "publisher": source.publisher,
        "title": source.title,
        "dated_on": _day(source.dated_on),
        "url": source.url,
        "sha256": source.sha256,
    }


def citation_row(citation: Citation, on: date) -> CitationRow:
    """An address on a day: how it is printed, and what its wording is that day."""
    article = law.article(citation)
    state, wording = article.on(on)
    return {
        "printed": citation.in_french(),
        "code": citation.code,
        "short": citation.in_french(with_code=False),
        "title": article.title,
        "state": state.value,
        "in_force": None if wording is None else _span(wording.in_force),
        "wording": _wording_said(article, state, wording, on),
        "changed_by": None if wording is None else wording.changed_by,
        "covered_until": article.covered_until.isoformat(),
        "url": None if wording is None else wording.url,
    }


def _wording_said(article: Article, state: State, wording: Wording | None, on: date) -> str:
    """Which wording was read. After the last day that our sources cover, nobody looked, and the citation says so."""
    if state is State.NOT_YET_BORN:
        return "pas encore en vigueur ce jour-là"
    if state is State.REPEALED:
        born_on = article.born_on
        return "pas encore en vigueur ce jour-là" if born_on is not None and on < born_on else "abrogé ce jour-là"
    if on > article.covered_until:
        return f"rédaction au {day(article.covered_until)}, dernière lue"
    start = None if wording is None else wording.in_force.start
    return f"rédaction du {day(start)}" if start else "rédaction dont le premier jour n'est pas établi"


# --- Tables ----------------------------------------------------------------------------------------------------------


def _used(chain: Chain, found: Iterable[Finding]) -> list[Fact[object]]:
    """The facts that findings rest on, then the acts of the links: each once, in order of appearance."""
    met = [fact for finding in found for fact in finding.facts]
    acts = [link.act for link in chain.links if link.act is not None]
    return list({id(fact): fact for fact in (*met, *acts)}.values())


def _cited(chain: Chain, found: Iterable[Finding]) -> Iterable[Citation]:
    in_findings = [citation for finding in found for citation in finding.citations]
    in_due = [due.citation for link in chain.links for due in link.due if due.citation is not None]
    return dict.fromkeys([*in_findings, *in_due])


def _readings(found: Iterable[Finding]) -> dict[str, ReadingRow]:
    taken: dict[str, dict[str, str]] = {}
    for finding in found:
        for one in finding.readings:
            taken.setdefault(one.reading, {})[one.point] = one.option
    return {number: _reading(number, taken[number]) for number in sorted(taken, key=_by_number)}


def _reading(number: str, taken: dict[str, str]) -> ReadingRow:
    row = law.reading(number)
    return {
        "title": row.title,
        "doubt": row.doubt,
        "options": dict(row.options),
        "taken": taken,
        "why_default": row.why_default,
        "confidence": row.confidence,
        "settles": row.settles,
        "articles": [str(address) for address in row.articles],
    }


def _parameters(on: date) -> dict[str, ParameterRow]:
    in_force = {
        name: max((value for value in values if value.since <= on), key=lambda value: value.since, default=None)
        for name, values in law.parameters().items()
    }
    return {name: parameter_row(value) for name, value in in_force.items() if value is not None}


def parameter_row(value: law.Parameter) -> ParameterRow:
    """One value of one number of the law."""
    return {
        "label": value.label,
        "unit": value.unit,
        "value": value.value,
        "since": value.since.isoformat(),
        "reference": value.reference,
        "journal_officiel": value.journal_officiel,
        "note": value.note,
    }
