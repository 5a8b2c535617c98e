"""``/ecoles/<UAI>/badge.svg``: a drawing for the school's own site, « sur la liste annuelle 2025 », that leads to the proof.

It says what the page says: not on the list, or that one does not know, when that is so. Fictional schools wear it so.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from equerre.documents.phrases import LISTED, act_year
from equerre.documents.portrait.finding import SHAPES
from equerre.kernel.invisible import writable_in_xml
from equerre.web.canonical import home
from equerre.web.moment import MOMENT, moment
from equerre.web.school import as_written, known
from equerre.web.unchanged import unless_unchanged

SAID = {
    "MET": "sur la liste annuelle {year}",
    "NOT_MET": "pas sur la liste annuelle {year}",
    "UNKNOWN": "liste annuelle : on ne sait pas",
    "NOT_APPLICABLE": "liste annuelle : sans objet",
}
# How wide a character is drawn, at thirteen pixels, on average: the drawing has no font of its own.
CHARACTER, STOCK, MARK, MARGIN = 6.9, 84, 24, 18
COLORS = {"met": "#164e2f", "not-met": "#82220e", "unknown": "#614200", "na": "#42494c"}


@require_safe
@unless_unchanged(*MOMENT)
def image(request: HttpRequest, uai: str) -> HttpResponse:
    """The drawing on the day asked; one that says that no school is known by that number, as 404."""
    when = moment(request)
    school = None if when.errors or when.too_early else known(as_written(uai), when)
    said, shape, name = "école inconnue du registre", "unknown", "École inconnue"
    if school:
        finding = school.answer.findings[LISTED]
        shape, name = SHAPES[finding.outcome], writable_in_xml(school.facts.name)
        said = SAID[finding.outcome].format(year=act_year(school.answer)).strip()
        under = sorted({row.reading for row in finding.hangs_on}, key=lambda number: int(number[1:]))
        said += f" (lecture {under[0]})" if under else ""
        said += ", données fictives" if school.facts.fictional else ""
    status = 200 if school else when.status if when.errors else 404
    page = reverse("school", args=[school.facts.uai]) if school else reverse("schools")
    address = f"{home(request)}{page}{when.kept}"
    text_at = STOCK + MARK + MARGIN // 2
    width = text_at + round(CHARACTER * len(said)) + MARGIN // 2
    context = {
        "said": said,
        "shape": shape,
        "color": COLORS[shape],
        "name": name,
        "address": address,
        "stock": STOCK,
        "mark_at": STOCK + MARGIN // 2,
        "text_at": text_at,
        "width": width,
        "inner": width - 1,
    }
    return render(request, "web/badge.svg", context, content_type="image/svg+xml", status=status)
