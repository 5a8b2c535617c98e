"""One answer, three readers: plain words for the school, a grid for the officer, the whole tree for the judge.

Each voice is a pure function from the data of ``answer`` to a ``Page``: nothing is computed again, nothing is printed
that the data does not hold. Three things are said by every voice: in the headline, the readings that the outcome hangs
on; beside an article, until which day its wording was read; on what is not public, that it is confidential.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from equerre.documents.answer_rows import Answer, DueRow, FindingRow, LinkRow, OtherRow
from equerre.documents.labels import CHOICES, OUTCOMES, USES, WORDS, field_label
from equerre.documents.page import Cell, DrawnStep, Grid, Line, PlainPage, Role, Section
from equerre.documents.phrases import (
    act_said,
    headline,
    instant_said,
    known_since,
    lower,
    option_said,
    reading_of,
    since_until,
    source_said,
    span,
    taken_for,
    texts,
    upper,
    when,
)
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.finding import Outcome
from equerre.kernel.french import day, last_day, listed
from equerre.law.parameters import MISSING
from equerre.law.readings import NONE

BANNER = "Données fictives. École, personnes, numéros et actes inventés."
CLOSING = "Équerre montre ce que disent les textes. La décision appartient à la personne qui signe."


def page(answer: Answer, reader: str, *, robust: bool = False) -> PlainPage:
    """The page of an answer for a reader; ``robust`` adds every option of every reading, with its outcome."""
    extra = [every_option(answer, reader)] if robust else []
    return PlainPage(
        BANNER if answer.school.fictional else "",
        answer.school.name,
        tuple(_asked(answer)),
        tuple(_step(link, answer.findings[link.finding], reader) for link in answer.links),
        (*VOICES[reader](answer), *extra),
        CLOSING,
    )


def _asked(answer: Answer) -> Iterator[str]:
    yield f"UAI {answer.school.uai}"
    known = answer.known_at
    since = (
        f"avec ce qu'on savait le {instant_said(known)}"
        if known
        else "avec ce que le dossier tient pour vrai aujourd'hui"
    )
    yield f"Au {day(answer.on)}, {since}"
    if answer.options:
        chosen = listed([f"{point.partition(':')[0]}-{option}" for point, option in answer.options.items()])
        yield f"Lectures choisies à la place de celles d'Équerre : {chosen}"


def _step(link: LinkRow, finding: FindingRow, reader: str) -> DrawnStep:
    word = WORDS[link.word]
    hangs = [
        reading_of(point) + ("" if option == NONE else f"-{option}")
        for point, option in taken_for(finding.hangs_on).items()
    ]
    reading = "" if not hangs else hangs[0] if len(hangs) == 1 else f"{hangs[0]} …"
    return DrawnStep(link.label, word.above, word.below, finding.outcome, OUTCOMES[reader][finding.outcome], reading)


# --- The school: plain words -----------------------------------------------------------------------------------------


def _school(answer: Answer) -> Iterator[Section]:
    for link in answer.links:
        lines = [*_in_words(link.finding, answer)]
        if act := act_said(link, answer):
            lines.append(Line(Role.DETAIL, f"Acte : {act}."))
        lines.append(Line(Role.DETAIL, f"Autorité : {link.authority}."))
        lines.append(Line(Role.TEXT, f"Texte : {texts(answer.findings[link.finding].citations, answer)}."))
        for due in link.due:
            due_said = f"Par qui : {due.by_whom}. {when(due, answer.on)}{_due_text(due, answer)}"
            lines += [Line(Role.DUE, f"Ensuite : {lower(due.what)}."), Line(Role.DETAIL, due_said, depth=1)]
        lines += [line for key in link.beside for line in _in_words(key, answer)]
        yield Section(link.label, tuple(lines))
    yield Section("Les sept phrases de l'article L. 443-6", tuple(_sentences_in_words(answer)))
    yield from _footnotes(answer)


def _in_words(key: str, answer: Answer) -> Iterator[Line]:
    finding = answer.findings[key]
    yield Line(Role.QUESTION, finding.question)
    yield Line(Role.HEADLINE, f"{headline(finding, 'school')}.", outcome=finding.outcome)
    yield Line(Role.REASON, finding.because)
    if bounds := since_until(finding.since, finding.until):
        yield Line(Role.DETAIL, f"{bounds}.")
    if finding.missing:
        yield Line(Role.DETAIL, f"Il manque : {listed([missing.label for missing in finding.missing])}.")
    if finding.withheld:
        yield Line(
            Role.DETAIL,
            f"N'est pas public : {listed(list(dict.fromkeys(withheld.label for withheld in finding.withheld)))}.",
        )
    for measure in finding.measures:
        yield Line(Role.DETAIL, f"{upper(measure.printed)}.")
    for note in finding.notes:
        yield Line(Role.NOTE, f"À savoir : {note}")


def _due_text(due: DueRow, answer: Answer) -> str:
    said = f" Texte : {texts([due.citation], answer)}." if due.citation else ""
    return f"{said} Source du jour : {due.source}." if due.by and due.source else said


def _sentences_in_words(answer: Answer) -> Iterator[Line]:
    shown = {link.finding: link.label for link in answer.links}
    for sentence in answer.sentences:
        finding = answer.findings[sentence.finding]
        yield Line(Role.QUESTION, f"{sentence.label} : {lower(finding.question)}")
        yield Line(Role.HEADLINE, f"{headline(finding, 'school')}.", outcome=finding.outcome)
        if sentence.finding in shown:
            yield Line(Role.REASON, f"La raison est plus haut : « {shown[sentence.finding]} ».")
            continue
        yield Line(Role.REASON, finding.because)
        for measure in finding.measures:
            yield Line(Role.DETAIL, f"{upper(measure.printed)}.")


def _footnotes(answer: Answer) -> Iterator[Section]:
    """The readings that an answer hangs on, in full; the others by their number."""
    roots = [link.finding for link in answer.links] + [key for link in answer.links for key in link.beside]
    roots += [sentence.finding for sentence in answer.sentences]
    found = {row.reading for key in roots for row in answer.findings[key].hangs_on}
    weighing = [number for number in answer.readings if number in found]
    blocks: list[Line | Grid] = []
    for number in weighing:
        blocks.extend(_reading_in_full(number, answer))
    others = [
        f"{number}-{'/'.join(dict.fromkeys(row.taken.values()))}"
        for number, row in answer.readings.items()
        if number not in weighing
    ]
    if others:
        blocks.append(
            Line(Role.DETAIL, f"Autres lectures prises, qui ne changent aucune réponse ci-dessus : {listed(others)}.")
        )
    if blocks:
        yield Section("Lectures : là où le texte se lit de plusieurs façons", tuple(blocks))


def _reading_in_full(number: str, answer: Answer) -> Iterator[Line]:
    row = answer.readings[number]
    yield Line(Role.QUESTION, f"{number} · {row.title}")
    yield Line(Role.DETAIL, row.doubt)
    taken: dict[str, list[str]] = {}
    for point, option in row.taken.items():
        taken.setdefault(option, []).append(USES.get(point, ""))
    for option, meaning in row.options.items():
        uses = [use for use in taken.get(option, []) if use]
        mark = f" [prise{' ' + listed(uses) if uses else ''}]" if option in taken else ""
        yield Line(Role.DETAIL, f"{option}{mark} : {meaning}", depth=1)
    if NONE in taken:
        yield Line(Role.DETAIL, "Aucune n'est prise : la réponse reste ouverte.", depth=1)
    yield Line(Role.DETAIL, f"Qu'est-ce qui trancherait ? {row.settles}")


# --- The officer: a grid ---------------------------------------------------------------------------------------------


def _officer(answer: Answer) -> Iterator[Section]:
    yield Section("Vue d'ensemble", (_overview(answer),))
    for link in answer.links:
        rows = [*_finding_rows(link.finding, answer), *_link_rows(link, answer)]
        yield Section(link.label, (Grid((), tuple(rows)),))
        for key in link.beside:
            question = answer.findings[key].question
            yield Section(
                f"{link.label}, à côté", (Grid((), (_row("Question", question), *_finding_rows(key, answer)[1:])),)
            )
    yield Section("Les sept phrases de l'article L. 443-6", (_sentence_grid(answer),))
    yield from _footnotes(answer)


def _overview(answer: Answer) -> Grid:
    rows = []
    for link in answer.links:
        finding = answer.findings[link.finding]
        rows.append(
            (
                Cell(link.label),
                Cell(headline(finding, "officer"), finding.outcome),
                Cell(day(finding.since) if finding.since else ""),
                Cell(last_day(finding.until) if finding.until else ""),
            )
        )
    return Grid(("Maillon", "Constat", "Depuis le", "Jusqu'au"), tuple(rows))


def _row(label: str, text: str, outcome: Outcome | None = None) -> tuple[Cell, Cell]:
    return Cell(label), Cell(text, outcome)


def _finding_rows(key: str, answer: Answer) -> list[tuple[Cell, Cell]]:
    finding = answer.findings[key]
    rows = [
        _row("Question", finding.question),
        _row("Constat", headline(finding, "officer"), finding.outcome),
        _row("Motif", finding.because),
        _row("Articles", texts(finding.citations, answer)),
    ]
    if bounds := since_until(finding.since, finding.until):
        rows.append(_row("Dates", bounds))
    rows += [_row("Manque", f"{missing.label} ({missing.name})") for missing in finding.missing]
    rows += [_row("Autrement", f"{_under_option(finding, row)} : {row.because}") for row in finding.hangs_on]
    rows += [_row("Chiffres", measure.printed) for measure in finding.measures]
    return rows + [_row("À savoir", note) for note in finding.notes]


def _under_option(finding: FindingRow, row: OtherRow) -> str:
    return f"{lower(OUTCOMES['officer'][row.outcome])} sous {option_said(finding.hangs_on, row.point, row.option)}"


def _link_rows(link: LinkRow, answer: Answer) -> list[tuple[Cell, Cell]]:
    rows = [_row("Acte", act_said(link, answer) or "aucun au dossier"), _row("Autorité", link.authority)]
    for due in link.due:
        said = f"{due.what} ({due.by_whom}). {when(due, answer.on)}{_due_text(due, answer)}"
        rows.append(_row("Ensuite", said))
    return rows


def _sentence_grid(answer: Answer) -> Grid:
    rows = []
    for sentence in answer.sentences:
        finding = answer.findings[sentence.finding]
        said = " ; ".join(measure.printed for measure in finding.measures) or finding.because
        rows.append((Cell(sentence.sentence), Cell(headline(finding, "officer"), finding.outcome), Cell(said)))
    return Grid(("Phrase", "Constat", "Motif"), tuple(rows))


# --- The judge: the whole tree ---------------------------------------------------------------------------------------


def _judge(answer: Answer) -> Iterator[Section]:
    shown: set[str] = set()
    for link in answer.links:
        blocks = [line for key in (link.finding, *link.beside) for line in _tree(key, answer, shown)]
        yield Section(link.label, (*blocks, Grid((), tuple(_link_rows(link, answer)))))
    for sentence in answer.sentences:
        title = f"Article L. 443-6, {lower(sentence.label)}"
        yield Section(title, tuple(_tree(sentence.finding, answer, shown)))
    yield Section("Les faits", tuple(_facts(answer)))
    yield Section("Les sources", tuple(_sources(answer)))
    yield Section("Les textes", tuple(_wordings(answer)))
    blocks = []
    for number, row in answer.readings.items():
        confidence = {"likely": "probable", "open": "ouvert"}[row.confidence]
        why = Line(Role.DETAIL, f"Pourquoi ce choix ({confidence}) : {row.why_default}")
        blocks += [*_reading_in_full(number, answer), why]
    yield Section("Les lectures", tuple(blocks))
    yield Section("Les nombres de la loi ce jour-là", tuple(_numbers(answer)))


def _tree(key: str, answer: Answer, shown: set[str], depth: int = 0) -> Iterator[Line]:
    """A finding, then those it rests on, one step to the right; one already shown is named and not unfolded again."""
    finding = answer.findings[key]
    yield Line(Role.HEADLINE, f"{headline(finding, 'judge')}. {key}", depth, finding.outcome)
    if key in shown:
        yield Line(Role.DETAIL, "Détaillé plus haut.", depth)
        return
    shown.add(key)
    yield Line(Role.QUESTION, finding.question, depth)
    yield Line(Role.REASON, finding.because, depth)
    yield from (Line(Role.DETAIL, text, depth) for text in _tree_details(finding, answer))
    for below in finding.findings:
        yield from _tree(below, answer, shown, depth + 1)


def _tree_details(finding: FindingRow, answer: Answer) -> Iterator[str]:
    if bounds := since_until(finding.since, finding.until):
        yield f"{bounds}."
    yield f"Textes : {texts(finding.citations, answer)}."
    if finding.facts:
        yield f"Faits : {', '.join(finding.facts)}."
    if finding.readings:
        taken = [f"{row.reading}-{row.option}{_use(row.point)}" for row in finding.readings]
        yield f"Lectures prises : {', '.join(taken)}."
    for missing in finding.missing:
        yield f"Il manque : {missing.label} ({missing.name})."
    for row in finding.hangs_on:
        yield f"Autrement, {_under_option(finding, row)} : {row.because}"
    for measure in finding.measures:
        yield f"{upper(measure.printed)}. {upper(span(measure.period))}. Méthode : {measure.method}."
    for note in finding.notes:
        yield f"À savoir : {note}"


def _use(point: str) -> str:
    return f" ({USES[point]})" if point in USES else ""


def _facts(answer: Answer) -> Iterator[Line]:
    for key, fact in answer.facts.items():
        confidential = "" if fact.public else " (confidentiel)"
        yield Line(Role.QUESTION, f"{key} · {fact.label}{confidential}")
        values = [
            f"{field_label(fact.kind, name)} : {value_said(fact.kind, name, value)}"
            for name, value in fact.value.items()
            if value not in (None, ())
        ]
        yield Line(Role.REASON, f"{upper(' ; '.join(values))}.")
        known = known_since(fact.known) or "Connu, sans date dite"
        known += f", jusqu'au {instant_said(fact.known.end)}" if fact.known.end else ""
        yield Line(
            Role.DETAIL, f"Vrai {span(fact.valid)}. {known}. Source : {fact.source}, {source_said(fact, answer)}."
        )


def value_said(kind: str, field: str, value: object) -> str:
    """The value of a field, as one says it.

    >>> value_said("agreement", "party_kind", "state"), value_said("site", "main", True)
    ('État', 'oui')
    """
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return listed([str(part) for part in value])
    if isinstance(value, date):
        return day(value)
    choices: Mapping[str, str] = CHOICES.get(f"{kind}.{field}", {}) if isinstance(value, str) else {}
    return choices.get(str(value), str(value))


def _sources(answer: Answer) -> Iterator[Line]:
    for key, source in answer.sources.items():
        yield Line(Role.QUESTION, f"{key} · {source.publisher}, {source.title}")
        dated = f"Du {day(source.dated_on)}." if source.dated_on else "Sans date dite."
        url = f" {source.url}" if source.url else ""
        yield Line(Role.DETAIL, f"{dated}{url}")
        digest = f"SHA-256 du fichier lu : {source.sha256}" if source.sha256 else "Aucune empreinte de fichier."
        yield Line(Role.DETAIL, digest)


def _wordings(answer: Answer) -> Iterator[Line]:
    for address, row in answer.citations.items():
        yield Line(Role.QUESTION, f"{row.printed} · {row.title}")
        in_force = f" En vigueur {span(row.in_force)}." if row.in_force else ""
        changed = f" Faite par : {row.changed_by}." if row.changed_by else ""
        yield Line(Role.DETAIL, f"{upper(row.wording)}.{in_force}{changed}")
        yield Line(Role.DETAIL, f"{address} · {row.url or 'adresse publique non établie'}")


def _numbers(answer: Answer) -> Iterator[Line]:
    for name, row in answer.parameters.items():
        yield Line(Role.QUESTION, f"{row.label} : {row.value}")
        journal = "jour non lu" if row.journal_officiel == MISSING else row.journal_officiel
        if row.reference == MISSING:
            reference = "aucun texte de nos tables ne la fixe"
        elif row.reference.partition("/")[0] in CODES:
            reference = Citation.parse(row.reference).in_french()
        else:
            reference = row.reference
        said = f"Référence : {reference}. Journal officiel : {journal}."
        yield Line(Role.DETAIL, f"{name}, valeur depuis le {day(row.since)}. {said}")


# --- Every option ----------------------------------------------------------------------------------------------------


def every_option(answer: Answer, reader: str) -> Section:
    """Each finding under each option of each reading of its tree, the option taken in brackets."""
    blocks: list[Line | Grid] = []
    for key, finding in answer.findings.items():
        if finding.under:
            question = f"{finding.question} ({finding.subject})" if finding.subject else finding.question
            blocks.append(Line(Role.QUESTION, key if reader == "judge" else question))
            blocks.append(_options_grid(finding, answer, reader))
    title = "Chaque constat sous chaque option de chaque lecture"
    if not blocks:
        return Section(title, (Line(Role.REASON, "Aucun constat ne prend de lecture ce jour-là."),))
    return Section(title, (Line(Role.DETAIL, "Entre crochets : l'option prise ici."), *blocks))


def _options_grid(finding: FindingRow, answer: Answer, reader: str) -> Grid:
    options = list(dict.fromkeys(option for outcomes in finding.under.values() for option in outcomes))
    rows = []
    for point, outcomes in finding.under.items():
        taken = answer.readings[reading_of(point)].taken.get(point)
        words = {option: OUTCOMES[reader][outcome] for option, outcome in outcomes.items()}
        cells = [
            Cell(f"[{words[option]}]" if option == taken else words[option], outcomes[option])
            if option in outcomes
            else Cell("")
            for option in options
        ]
        rows.append((Cell(reading_of(point) + _use(point)), *cells))
    return Grid(("Lecture", *options), tuple(rows))


VOICES: Mapping[str, Callable[[Answer], Iterator[Section]]] = {"school": _school, "officer": _officer, "judge": _judge}
