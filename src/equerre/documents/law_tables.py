"""The tables of law, printed: every article with its wording on a day, every reading with what is done about it.

The data first, then the page, as for an answer: ``equerre articles`` and ``equerre readings`` print one or the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from equerre import __version__, law
from equerre.documents.answer import citation_row
from equerre.documents.answer_rows import CitationRow
from equerre.documents.labels import CONFIDENCES, STATES, USES
from equerre.documents.page import Line, PlainPage, Role, Section
from equerre.documents.phrases import span, upper
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.french import day, listed
from equerre.law.readings import NONE
from equerre.rules import chain  # noqa: F401  (registers every rule)
from equerre.rules.rule import REGISTER

# --- Articles --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArticleRow(CitationRow):
    """One article on a day. ``rules`` are those that cite it."""

    summary: str
    confidence: str | None
    source: str | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Articles:
    """Every article of the tables on a day, by address."""

    format: str
    equerre: str
    on: date
    articles: Mapping[Citation, ArticleRow]


def articles(on: date) -> Articles:
    """Every article, and what it is that day."""
    return Articles(
        "equerre-articles/1",
        __version__,
        on,
        {citation: _article(article, on) for citation, article in law.articles().items()},
    )


def _article(article: law.Article, on: date) -> ArticleRow:
    _, wording = article.on(on)
    row = citation_row(article.citation, on)
    return ArticleRow(
        **{field.name: getattr(row, field.name) for field in fields(row)},
        summary=article.summary,
        confidence=None if wording is None else wording.confidence,
        source=None if wording is None else wording.source,
        rules=tuple(
            rule.name
            for rule in REGISTER.values()
            if any(citation.whole_article == article.citation for citation in rule.cites)
        ),
    )


def articles_page(found: Articles) -> PlainPage:
    """The same, code by code."""
    codes = dict.fromkeys(row.code for row in found.articles.values())
    return PlainPage(
        "",
        "Les articles que les règles citent",
        (f"Au {day(found.on)}",),
        (),
        tuple(
            Section(
                upper(CODES[code]),
                tuple(
                    line for address, row in found.articles.items() if row.code == code for line in _lines(address, row)
                ),
            )
            for code in codes
        ),
        "Les résumés sont d'Équerre. Seuls les textes publiés font foi.",
    )


def _lines(address: Citation, row: ArticleRow) -> Iterator[Line]:
    yield Line(Role.QUESTION, f"{upper(row.short)} · {row.title}")
    yield Line(Role.REASON, row.summary.strip())
    in_force = f" {span(row.in_force)}" if row.in_force and row.state == "in_force" else ""
    confidence = f" ({CONFIDENCES[row.confidence]})" if row.confidence else ""
    yield Line(Role.DETAIL, f"{STATES[row.state].capitalize()}{in_force}{confidence}. {upper(row.wording)}.")
    if row.changed_by:
        yield Line(Role.DETAIL, f"Faite par : {row.changed_by}.")
    yield Line(Role.DETAIL, f"{address} · {row.url or 'adresse publique non établie'}")


# --- Readings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One reading, and the rules that take it; ``unused`` says why none does."""

    title: str
    doubt: str
    options: Mapping[str, str]
    default: str
    default_for: Mapping[str, str]
    why_default: str
    confidence: str
    settles: str
    articles: tuple[Citation, ...]
    rules: tuple[str, ...]
    unused: str | None


@dataclass(frozen=True, slots=True)
class Readings:
    """Every reading, by number."""

    format: str
    equerre: str
    readings: Mapping[str, DoubtRow]


def readings() -> Readings:
    """Every reading of our table."""
    rows = {
        number: DoubtRow(
            title=row.title,
            doubt=row.doubt,
            options=row.options,
            default=row.default,
            default_for=row.default_for,
            why_default=row.why_default,
            confidence=row.confidence,
            settles=row.settles,
            articles=row.articles,
            rules=tuple(rule.name for rule in REGISTER.values() if row.id in rule.readings),
            unused=row.unused or None,
        )
        for number, row in law.readings().items()
    }
    return Readings("equerre-readings/1", __version__, rows)


def readings_page(found: Readings) -> PlainPage:
    """The same, those that a rule takes first."""
    rows = found.readings
    taken = {number: row for number, row in rows.items() if row.rules}
    waiting = {number: row for number, row in rows.items() if not row.rules}
    return PlainPage(
        "",
        "Les doutes de lecture",
        (f"{len(rows)} doutes, dont {len(taken)} pèsent sur une règle",),
        (),
        tuple(
            Section(title, tuple(line for number, row in part.items() for line in _reading_lines(number, row)))
            for title, part in (("Lectures prises par une règle", taken), ("Lectures en attente", waiting))
            if part
        ),
        "Ces choix sont ceux d'Équerre. Aucun n'est une position officielle.",
    )


def _reading_lines(number: str, row: DoubtRow) -> Iterator[Line]:
    yield Line(Role.QUESTION, f"{number} · {row.title}")
    yield Line(Role.REASON, row.doubt.strip())
    defaults: dict[str, list[str]] = {}  # the option of each use, as it is taken by default
    for use, option in row.default_for.items():
        defaults.setdefault(option, []).append(USES[f"{number}:{use}"])
    if not row.default_for and row.default:
        defaults[row.default] = [""]
    for option, meaning in row.options.items():
        uses = [use for use in defaults.get(option, []) if use]
        mark = f" [prise{' ' + listed(uses) if uses else ''}]" if option in defaults else ""
        yield Line(Role.DETAIL, f"{option}{mark} : {meaning.strip()}", depth=1)
    if not row.options:
        yield Line(Role.DETAIL, "Sans option à comparer.", depth=1)
    elif NONE in defaults:
        uses = [use for use in defaults[NONE] if use]
        yield Line(Role.DETAIL, f"Aucune n'est prise{' ' + listed(uses) if uses else ''}.", depth=1)
    yield Line(Role.DETAIL, f"Pourquoi : {row.why_default.strip()}")
    yield Line(Role.DETAIL, f"Qu'est-ce qui trancherait ? {row.settles.strip()}")
    if row.rules:
        yield Line(Role.DETAIL, f"Règles : {', '.join(row.rules)}.")
    if row.unused:
        yield Line(Role.DETAIL, f"Aucune règle ne la prend. {row.unused.strip()}")
