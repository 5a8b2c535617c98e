"""``/ecoles/<UAI>/fiche-employeur.pdf``: one page for an employer, made from the same answer as the page of the school."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from equerre.documents import employer_sheet
from equerre.documents.employer_sheet import Answered, EmployerSheet, NoTypst, Typed
from equerre.documents.phrases import headline
from equerre.documents.portrait.identity import designation
from equerre.documents.portrait.location import place_said
from equerre.documents.portrait.soltea import on_platform
from equerre.documents.portrait.steps import in_sentences
from equerre.documents.voices import BANNER, CLOSING
from equerre.facts.managing_body import ManagingBody
from equerre.facts.school_facts import at
from equerre.kernel.errors import quoted
from equerre.web.canonical import home
from equerre.web.moment import MOMENT, moment
from equerre.web.school import as_written, known
from equerre.web.unchanged import unless_unchanged

# The questions that an employer asks.
ASKED = ("recognition", "annual_list", "regional_list", "tax_balance")


@require_safe
@unless_unchanged(*MOMENT)
def deed(request: HttpRequest, uai: str) -> HttpResponse:
    """The PDF; a sentence instead when the day, the number or the machine do not allow it."""
    when = moment(request)
    refused = next(iter(when.errors.values()), when.too_early)
    school = None if refused else known(as_written(uai), when)
    if school is None:
        said = refused or f"Aucune école du registre ne porte le numéro {quoted(uai)}."
        return _sentence(said, 400 if refused else 404)
    address = f"{reverse('school', args=[school.facts.uai])}{when.address(on=when.on.isoformat())}"
    answer, facts = school.answer, school.facts
    body = at(facts[ManagingBody], when.on)
    sites = designation(facts, when.on)
    several = len(sites) > 1
    rows = [answer.findings[link.finding] for link in answer.links if link.word in ASKED]
    sheet = EmployerSheet(
        facts.name,
        place_said(school.place.commune, school.place.academie),
        body.value.name if body is not None else "",
        when.on,
        BANNER if facts.fictional else "",
        in_sentences(answer),
        tuple(Answered(row.question, row.outcome, headline(row, "school")) for row in rows),
        (on_platform(answer, facts, when.on), *dict.fromkeys(site.warning for site in sites if site.warning)),
        tuple(
            Typed(f"{key.label}, {site.name}" if several else key.label, key.shown)
            for site in sites
            for key in site.keys
        ),
        tuple(
            dict.fromkeys(
                Typed(f"{course.label} ({course.remark})" if course.remark else course.label, course.typed)
                for site in sites
                for course in site.courses
            )
        ),
        home(request) + address,
        CLOSING,
    )
    try:
        made = employer_sheet.pdf(sheet)
    except NoTypst as error:
        return _sentence(str(error), 501)
    name = f"fiche-employeur-{school.facts.uai}-{when.on.isoformat()}.pdf"
    said = str(content_disposition_header(False, name))
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": said})


def _sentence(said: str, status: int) -> HttpResponse:
    return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=status)
