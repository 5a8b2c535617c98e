"""How many queries an answer costs: the same for three schools and for thirty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from equerre.kernel.period import Period
from equerre.opendata.threshold.memory import forget_everything
from equerre.registry import models
from equerre.registry.record import Entry, record_all
from tests.registry.writing import by

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/api/v1/schools?limit=100",
    "/api/v1/schools?q=ecole",
    "/api/v1/schools/{uai}",
    "/api/v1/schools/{uai}/chain",
    "/api/v1/schools/{uai}/history?limit=100",
    "/api/v1/lists/2025?limit=100",
    "/api/v1/acts?limit=100",
    "/api/v1/certifications/{code}",
    "/api/v1/articles/code-education/L443-6",
    "/api/v1/readings",
    "/api/v1/changes?limit=100",
    "/flux.atom",
    "/sitemap-1.xml",
    "/donnees/ecoles.csv",
    "/donnees/formations.jsonl",
    "/donnees/listes.csv?act_year=2025",
    "/donnees/actes.csv",
)


DAY = date(2022, 9, 1)


def uai(number: int) -> str:
    """A number that no school bears, with its right letter."""
    figures = f"999{number:04}"
    return figures + "ABCDEFGHJKLMNPRSTUVWXYZ"[int(figures) % 23]


def national() -> None:
    """A list, a sheet, an act."""
    sheet = models.Certification.objects.create(key="RNCP37897")
    act = models.Act.objects.create(key="FICTIF-1")
    told = {"authority": "les deux ministres", "published_on": date(2025, 11, 27)}
    write(
        Entry(models.AnnualList, {"act_year": 2025, **told}, Period(date(2025, 11, 27))),
        Entry(
            models.CertificationSheet,
            {"certification": sheet, "title": "CAP Métallier", "kind": "diploma"},
            Period(DAY),
        ),
        Entry(models.ActDetails, {"act": act, "kind": "annual_list", **told}, Period(date(2025, 11, 27))),
    )


def school(number: int) -> None:
    """A school with what a school has."""
    made = models.School.objects.create(key=f"école-{number:02}", fictional=True)
    body = models.ManagingBody.objects.create(key=f"organisme-{number}")
    site = models.Site.objects.create(key=f"site-{number}", school=made)
    course = models.Course.objects.create(key=f"cap-{number}", school=made)
    sheet = models.Certification.objects.get(key="RNCP37897")
    act = {"authority": "le ministre", "effect_on": DAY, "number": f"FICTIF-REC-{number}"}
    rows = (
        (models.SchoolName, {"school": made, "name": f"École {number}"}),
        (models.SchoolBody, {"school": made, "body": body}),
        (models.ManagingBodyDetails, {"body": body, "name": f"Association {number}", "legal_category": "9220"}),
        (models.StatutesReview, {"body": body, "reviewed_on": DAY, "non_profit": True, "reviewer": "rectorat"}),
        (models.SiteDetails, {"site": site, "main": True, "uai": uai(number), "commune": "Lyon", "departement": "69"}),
        (models.OpeningDeclaration, {"school": made, "filed_on": DAY, "complete_on": DAY}),
        (models.Recognition, {"school": made, **act}),
        (models.AnnualListEntry, {"school": made, "act_year": 2025}),
        (models.CourseDetails, {"course": course, "title": "CAP Métallier", "certification": sheet}),
    )
    write(*(Entry(model, values, Period(DAY)) for model, values in rows))


def write(*entries: Entry) -> None:
    record_all(entries, by())


def queries(client: Client, address: str) -> int:
    forget_everything()
    with CaptureQueriesContext(connection) as seen:
        response: Any = client.get(address)
        assert response.status_code == 200, address
        if response.streaming:
            assert b"".join(response.streaming_content)
    return len(seen)


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_do_not_grow_with_the_schools(client: Client, address: str) -> None:
    national()
    for number in range(3):
        school(number)
    named = address.format(uai=uai(0), code="RNCP37897")
    few = queries(client, named)
    for number in range(3, 30):
        school(number)
    assert queries(client, named) <= few  # fewer when a page of changes has fewer kinds in it
