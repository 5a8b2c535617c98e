"""The one shape of an answer: all that is found about one school on one day, typed. Every voice prints this.

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
that none would. Periods are half-open (``until`` is the first day out), sentences French, keys English. A day is a ``date``
and an outcome an ``Outcome`` until ``canonical`` writes them.

``public`` is false on what never leaves the school and its authorities (R48): whoever publishes an answer drops it.
``private`` names the fields of a public fact that do not either, where they say something.
Of a finding, ``public`` says that its question is: an answer made from all facts may tell private ones in its sentences. What is
published is made from ``SchoolFacts.public_view``.
The same facts, day and options give the same bytes: ``canonical``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import Any

from equerre import __version__, law
from equerre.documents.answer_rows import (
    Answer,
    CitationRow,
    DueRow,
    FactRow,
    FindingRow,
    LinkRow,
    MeasureRow,
    MissingRow,
    OtherRow,
    ParameterRow,
    ReadingRow,
    SchoolRow,
    SentenceRow,
    SourceRow,
    TakenRow,
)
from equerre.documents.labels import CHOICES, SENTENCES, WORDS, field_label
from equerre.facts import KINDS
from equerre.kernel.citation import Citation
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.french import day
from equerre.kernel.period import Period
from equerre.law.wordings import Article, DatedWording, State
from equerre.rules.chain import Chain, ChainLink
from equerre.rules.doubt import Doubt
from equerre.rules.insertion import printed
from equerre.rules.rule import DEFAULTS, REGISTER, Options

FORMAT = "equerre-answer/1"


def answer(chain: Chain, doubts: Mapping[str, Doubt]) -> Answer:
    """The answer of a chain, with the doubt measured on each of its findings."""
    found = chain.findings()
    used = _used(chain, found.values())
    keys = fact_keys(used)
    in_findings = [citation for finding in found.values() for citation in finding.citations]
    in_due = [due.citation for link in chain.links for due in link.due if due.citation is not None]
    cited = dict.fromkeys([*in_findings, *in_due])
    return Answer(
        format=FORMAT,
        equerre=__version__,
        school=SchoolRow(chain.facts.uai, chain.facts.name, chain.facts.fictional),
        on=chain.on,
        known_at=chain.known_at,
        options={point: chain.options.chosen[point] for point in sorted(chain.options.chosen, key=_by_number)},
        links=tuple(_link(link, keys) for link in chain.links),
        sentences=tuple(
            SentenceRow(sentence.number, SENTENCES[sentence.number], sentence.finding.key)
            for sentence in chain.sentences
        ),
        findings={key: _finding(finding, doubts[key], keys) for key, finding in found.items()},
        facts={keys[id(fact)]: _fact(fact) for fact in used},
        sources={
            source.key: SourceRow(source.publisher, source.title, source.dated_on, source.url, source.sha256)
            for source in (fact.source for fact in used)
        },
        citations={address: citation_row(address, chain.on) for address in cited},
        readings=_readings(found.values()),
        parameters=_parameters(chain.on),
    )


# --- The same bytes, always ------------------------------------------------------------------------------------------

# What could drive a terminal, turn a line round or break an encoding. JSON holds such characters in its texts only.
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)


def canonical(data: object) -> str:
    """The one text of this data: keys in the order of the shape, French as it is, a new line at the end."""
    text = json.dumps(as_json(data), ensure_ascii=False, allow_nan=False, indent=1)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def as_json(value: object) -> Any:
    """Rows, days, periods and addresses as JSON has them. This is the edge: inside, they keep their types.

    >>> as_json({"since": date(2026, 6, 9), "in_force": Period(date(2026, 1, 1), None)})
    {'since': '2026-06-09', 'in_force': {'from': '2026-01-01', 'until': None}}
    """
    write = _WRITTEN.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, Mapping):
        return {str(key): as_json(inside) for key, inside in value.items()}
    if is_dataclass(value):
        said = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: as_json(inside) for field, inside in said if not field.metadata or inside}
    return value


def instant(moment: datetime | None) -> str | None:
    """An instant, in UTC."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


_WRITTEN: Mapping[type, Callable[[Any], Any]] = {
    **dict.fromkeys((str, int, bool, float, type(None)), lambda value: value),
    **dict.fromkeys((tuple, list), lambda values: [as_json(value) for value in values]),
    date: date.isoformat,
    datetime: instant,
    Citation: str,
    Outcome: lambda outcome: outcome.value,
    Period: lambda period: {"from": as_json(period.start), "until": as_json(period.end)},
}


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
    >>> missing_label("certification[RNCP35700].until")
    'la fiche RNCP (RNCP35700), jour de fin'
    >>> missing_label("production_count[orders]")
    'le décompte de production (commandes)'
    """
    found = _NAME.fullmatch(name)
    if found is None or found["kind"] not in KINDS:
        return name
    kind = KINDS[found["kind"]]
    parts = found["key"].split(",") if found["key"] else []
    named = zip_longest(kind.key[: len(parts)], parts)
    told = [CHOICES.get(f"{kind.name}.{name}", {}).get(part, part) for name, part in named]
    said = kind.label + (f" ({','.join(told)})" if told else "")
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


def _link(link: ChainLink, keys: Mapping[int, str]) -> LinkRow:
    return LinkRow(
        word=link.word,
        label=WORDS[link.word].label,
        finding=link.finding.key,
        authority=link.authority,
        act=None if link.act is None else keys[id(link.act)],
        due=tuple(
            DueRow(
                what=due.what,
                by_whom=due.by_whom,
                by=due.by,
                not_before=due.not_before,
                no_date=due.no_date if due.by is None else None,
                citation=due.citation,
                source=due.source or None,
            )
            for due in link.due
        ),
        beside=tuple(finding.key for finding in link.beside),
    )


def _finding(finding: Finding, doubt: Doubt, keys: Mapping[int, str]) -> FindingRow:
    rule = REGISTER[finding.rule]
    under: dict[str, dict[str, Outcome]] = {}
    for row in doubt.rows:
        under.setdefault(row.point, {})[row.option] = row.outcome
    return FindingRow(
        rule=finding.rule,
        subject=finding.subject,
        question=rule.question,
        public=rule.public,
        outcome=finding.outcome,
        because=finding.because,
        since=finding.since,
        until=finding.until,
        notes=finding.notes,
        measures=tuple(
            MeasureRow(
                name=measure.name,
                period=measure.period,
                method=measure.method,
                numerator=measure.numerator,
                denominator=measure.denominator,
                population=measure.population,
                hidden=measure.hidden,
                printed=printed(measure),
            )
            for measure in finding.measures
        ),
        missing=tuple(MissingRow(name, missing_label(name)) for name in finding.missing),
        citations=finding.citations,
        readings=tuple(TakenRow(taken.point, taken.reading, taken.option) for taken in finding.readings),
        facts=tuple(keys[id(fact)] for fact in finding.facts),
        findings=tuple(below.key for below in finding.findings),
        settled=doubt.settled,
        under=under,
        hangs_on=hanging(finding, doubt),
        # By the kind alone: its key would be a word of the code (« orders »), and says nothing more.
        withheld=tuple(MissingRow(name, missing_label(re.split(r"[\[.]", name)[0])) for name in finding.withheld),
    )


def hanging(finding: Finding, doubt: Doubt) -> tuple[OtherRow, ...]:
    """The options that would change a finding, each with the one that is followed."""
    if not doubt.hanging:
        return ()
    followed = {taken.point: taken.option for taken in finding.readings_below()}
    return tuple(
        OtherRow(row.point, row.point.partition(":")[0], followed[row.point], row.option, row.outcome, row.because)
        for row in doubt.hanging
    )


def _fact(fact: Fact[object]) -> FactRow:
    kind = fact.name.partition("[")[0]
    declared = KINDS[kind]
    value = {name: getattr(fact.value, name) for name in declared.fields}
    private = [name for name, field in declared.fields.items() if not field.public and value[name] != field.withheld]
    return FactRow(
        name=fact.name,
        kind=kind,
        label=declared.label,
        public=declared.public,
        value=value,
        valid=fact.valid,
        known=fact.known,
        source=fact.source.key,
        private=tuple(private) if declared.public else (),
    )


def citation_row(citation: Citation, on: date) -> CitationRow:
    """An address on a day: how it is printed, and what its wording is that day."""
    article = law.article(citation)
    state, wording = article.on(on)
    return CitationRow(
        printed=citation.in_french(),
        code=citation.code,
        short=citation.in_french(with_code=False),
        title=article.title,
        state=state.value,
        in_force=None if wording is None else wording.in_force,
        wording=_wording_said(article, state, wording, on),
        changed_by=None if wording is None else wording.changed_by,
        covered_until=article.covered_until,
        url=None if wording is None else wording.url,
    )


def _wording_said(article: Article, state: State, wording: DatedWording | None, on: date) -> str:
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


def _readings(found: Iterable[Finding]) -> dict[str, ReadingRow]:
    options: dict[str, dict[str, str]] = {}
    for finding in found:
        for taken in finding.readings:
            options.setdefault(taken.reading, {})[taken.point] = taken.option
    rows = ((law.reading(number), options[number]) for number in sorted(options, key=_by_number))
    return {
        row.id: ReadingRow(
            title=row.title,
            doubt=row.doubt,
            options=row.options,
            taken=taken,
            why_default=row.why_default,
            confidence=row.confidence,
            settles=row.settles,
            articles=row.articles,
        )
        for row, taken in rows
    }


def _parameters(on: date) -> dict[str, ParameterRow]:
    in_force = {
        name: max((value for value in values if value.since <= on), key=lambda value: value.since, default=None)
        for name, values in law.parameters().items()
    }
    return {name: parameter_row(value) for name, value in in_force.items() if value is not None}


def parameter_row(value: law.ParameterValue) -> ParameterRow:
    """One value of one number of the law."""
    return ParameterRow(
        label=value.label,
        unit=value.unit,
        value=value.value,
        since=value.since,
        reference=value.reference,
        journal_officiel=value.journal_officiel,
        note=value.note,
    )
