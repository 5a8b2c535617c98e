"""``/donnees/ecoles.csv`` and its kin: any search or list taken away, what is seen of it or all, in four kinds of file.

The question is that of the page (``q``, ``academie``, ``region``, ``departement``, ``rncp``, ``etat_…``, ``on``, ``known_at``);
``act_year`` names a list, ``columns=seen`` keeps the columns of the page. CSV and JSON Lines leave line by line, whatever their
length; a spreadsheet is made whole first, and refused beyond 50,000 rows. Beside them, what describes them (Frictionless).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from threading import BoundedSemaphore
from typing import NamedTuple
from weakref import finalize

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from equerre.facts.kind import FIRST_YEAR, LAST_YEAR
from equerre.kernel import rncp
from equerre.kernel.errors import quoted
from equerre.opendata import exports
from equerre.opendata.datapackage import datapackage, table_schema
from equerre.opendata.exports import ALL, FORMATS, SEEN
from equerre.opendata.search import Query
from equerre.opendata.tables import COURSES, SCHOOLS, TABLES, Selection, Table
from equerre.registry import revision
from equerre.web.moment import MOMENT, Moment, moment
from equerre.web.searching import FIELDS, SEARCH, STATES
from equerre.web.unchanged import unless_unchanged

JSON = "application/json; charset=utf-8"
# Files that a process makes at once: each holds a thread for as long as its caller reads, and the pages need the others.
AT_ONCE = 3
RETRY_AFTER = 30  # seconds
_PLACES = BoundedSemaphore(AT_ONCE)


class Download(NamedTuple):
    """A file that a page offers: its kind for people, its address."""

    name: str
    url: str


def offered(slug: str, when: Moment, which: str, **asked: str) -> list[Download]:
    """The four files of a table, on the day of a page, with what it was asked."""
    address = when.address(**asked, columns=SEEN if which == SEEN else "")
    return [Download(form.name, f"{reverse('download', args=[slug, end])}{address}") for end, form in FORMATS.items()]


@require_safe
@unless_unchanged(*MOMENT, *SEARCH, "columns", "act_year")
def table(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """One table as one kind of file."""
    if slug not in TABLES or form not in FORMATS:
        raise Http404
    when, which = moment(request), request.GET.get("columns", ALL)
    # The question of the page of the search, read as it reads it.
    words = {name: " ".join(request.GET.get(name, "").split())[:200] for name in FIELDS}
    query = Query(words["q"], words["academie"], words["region"], words["departement"], rncp.compact(words["rncp"]))
    met = tuple(word for state, (word, _) in STATES.items() if request.GET.get(f"etat_{state}"))
    act_year = _year(request.GET.get("act_year", ""))
    asked = Selection(when.on, revision.number(), when.known_at, query, met, act_year)
    wrong = _wrong(request, when, which, TABLES[slug])
    if wrong:
        return _refused(wrong)
    response = _in_turn(request, TABLES[slug], form, asked, which)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{asked.on.isoformat()}.{form}"'
    return response


def _in_turn(request: HttpRequest, table: Table, form: str, asked: Selection, which: str) -> HttpResponseBase:
    """The file, when a place is free; the place is given back when the answer is closed, or forgotten."""
    if not _PLACES.acquire(blocking=False):
        said = f"Trop de fichiers partent en ce moment : redemandez celui-ci dans {RETRY_AFTER} secondes.\n"
        busy = HttpResponse(said, content_type="text/plain; charset=utf-8", status=503)
        busy["Retry-After"] = str(RETRY_AFTER)
        busy._has_been_logged = True  # type: ignore[attr-defined]  # no fault of ours
        return busy
    kind = FORMATS[form].media_type
    try:
        if request.method == "HEAD":  # its length is not known before it is made
            response: HttpResponseBase = StreamingHttpResponse((), content_type=kind)
        elif FORMATS[form].streamed:
            response = StreamingHttpResponse(exports.lines(form, table, asked, which), content_type=kind)
        else:
            response = FileResponse(exports.workbook(form, table, asked, which), content_type=kind)
    except exports.TooManyRows as error:
        response = _refused(str(error))
    except BaseException:
        _PLACES.release()
        raise
    response._resource_closers.append(finalize(response, _PLACES.release))  # type: ignore[attr-defined]
    return response


def _year(text: str) -> int | None:
    readable = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if readable and FIRST_YEAR <= int(text) <= LAST_YEAR else None


def _wrong(request: HttpRequest, when: Moment, which: str, table: Table) -> str:
    """Why nothing can be given; "" when all reads."""
    year = request.GET.get("act_year", "")
    said = [
        *when.errors.values(),
        when.too_early if table in (SCHOOLS, COURSES) else "",
        "" if which in (SEEN, ALL) else f"{quoted(which)} n'est pas un choix de colonnes : écrivez seen ou all.",
        f"{quoted(year)} n'est pas une année de signature : écrivez par exemple 2025."
        if year and _year(year) is None
        else "",
    ]
    return " ".join(text for text in said if text)


def _refused(why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", content_type="text/plain; charset=utf-8", status=400)


# --- What describes them --------------------------------------------------------------------------------------------------------


@require_safe
@unless_unchanged(*MOMENT)
def package(request: HttpRequest) -> HttpResponse:
    """``/donnees/datapackage.json``, for the day asked."""
    when = moment(request)
    return _refused(" ".join(when.errors.values())) if when.errors else _json(datapackage(when.asked))


@require_safe
@unless_unchanged()
def schema(request: HttpRequest, slug: str) -> HttpResponse:
    """``/donnees/ecoles.schema.json``: the Table Schema of one table."""
    if slug not in TABLES:
        raise Http404
    return _json(table_schema(TABLES[slug]))


def _json(said: Mapping[str, object]) -> HttpResponse:
    return HttpResponse(json.dumps(said, ensure_ascii=False, indent=1) + "\n", content_type=JSON)
