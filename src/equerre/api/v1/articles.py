"""``/articles/{code}/{number}``: our summary of an article, its wordings by date, the rules and the readings that lean on it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router

from equerre import law
from equerre.api.parameters import Parameters, as_of
from equerre.api.problems import Refusal, Where
from equerre.api.v1.shapes import DayAnswer, Shape, Span, known, span
from equerre.documents import law_tables
from equerre.kernel.citation import Citation
from equerre.kernel.errors import CitationError, quoted

router = Router(tags=["Droit"])


class WordingShape(Shape):
    """One wording of the article. ``confidence`` is that of its first day."""

    in_force: Span
    state: Literal["in_force", "ended", "deferred", "other_rule"]
    confidence: Literal["certain", "likely", "unsure"]
    changed_by: str | None
    url: str


class ArticleAnswer(DayAnswer):
    """One article on a day. ``summary`` and ``parts`` are our own words; only the published text is the law."""

    address: str
    printed: str
    title: str
    summary: str
    parts: dict[str, str]
    state: Literal["in_force", "not_yet_born", "repealed", "start_not_established"]
    wording: str
    covered_until: date
    url: str | None
    wordings: list[WordingShape]
    rules: list[str]
    readings: list[str]


@router.get("/articles/{code}/{number}", operation_id="article", response=ArticleAnswer, summary="Un article, un jour")
def one(request: HttpRequest, code: str, number: str, parameters: Query[Parameters]) -> ArticleAnswer:
    """Notre résumé, ses rédactions, les règles et les lectures qui s'appuient sur lui. Seul le texte publié fait foi."""
    when = as_of(request, parameters)
    article = _article(code, number)
    row = law_tables.articles(when.on).articles[article.citation]
    return ArticleAnswer(
        on=when.on,
        known_at=known(when),
        address=str(article.citation),
        printed=row.printed,
        title=article.title,
        summary=article.summary,
        parts=dict(article.parts),
        state=row.state,  # type: ignore[arg-type]
        wording=row.wording,
        covered_until=article.covered_until,
        url=row.url,
        wordings=[
            WordingShape(
                in_force=span(wording.in_force),
                state=wording.state,  # type: ignore[arg-type]
                confidence=wording.confidence,  # type: ignore[arg-type]
                changed_by=wording.changed_by,
                url=wording.url,
            )
            for wording in article.wordings
        ],
        rules=list(row.rules),
        readings=[
            reading.id
            for reading in law.readings().values()
            if any(cited.whole_article == article.citation for cited in reading.articles)
        ],
    )


def _article(code: str, number: str) -> law.Article:
    """The article of this address; a problem when the tables do not hold it."""
    try:
        citation = Citation.parse(f"{code}/{number}")
    except CitationError as error:
        raise Refusal("not-found", str(error), [Where("path", "number", str(error))]) from error
    found = law.articles().get(citation)
    if found is None:
        said = f"Équerre ne s'appuie pas sur l'article {quoted(str(citation))} : ses tables ne le tiennent pas."
        raise Refusal("not-found", said, [Where("path", "number", said)])
    return found
