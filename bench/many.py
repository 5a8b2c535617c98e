"""Many fictional schools in the registry, all alike but for their keys: what the large benches read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from equerre.kernel.period import Period
from equerre.registry import models, record
from equerre.registry.dated import Source
from equerre.registry.record import By, Entry

MINISTER = "le ministre chargé de l'éducation nationale"
DEPARTEMENTS = ("69", "13", "59", "75", "33", "44", "67", "974", "2A", "35")


def fill(number: int, recorded_at: datetime) -> None:
    """``number`` schools, each with some twenty facts, written in one go."""
    source = Source.objects.create(key="bench:many", publisher="Banc d'essai", title="Écoles fictives")
    models.School.objects.bulk_create(models.School(key=f"n{n:05}", fictional=True) for n in range(number))
    models.ManagingBody.objects.bulk_create(models.ManagingBody(key=f"b{n:05}") for n in range(number))
    schools = list(models.School.objects.filter(key__startswith="n").order_by("key"))
    bodies = list(models.ManagingBody.objects.filter(key__startswith="b").order_by("key"))
    models.Site.objects.bulk_create(models.Site(key=f"{one.key}-site", school=one) for one in schools)
    models.Course.objects.bulk_create(models.Course(key=f"{one.key}-cap", school=one) for one in schools)
    sites = list(models.Site.objects.filter(key__startswith="n").order_by("key"))
    courses = list(models.Course.objects.filter(key__startswith="n").order_by("key"))
    sheet = models.Certification.objects.create(key="RNCP37897")
    entries = list(_national(sheet))
    for place, parts in enumerate(zip(schools, bodies, sites, courses, strict=True)):
        entries += _school(place, *parts, sheet)
    record.record_all(entries, By("bench", recorded_at, source))


def _national(sheet: Any) -> Iterator[Entry]:
    list_2025 = {"act_year": 2025, "authority": "les deux ministres", "published_on": date(2025, 11, 27)}
    yield Entry(models.AnnualList, {**list_2025, "signed_on": date(2025, 11, 13)}, Period(date(2025, 11, 27)))
    active = Period(date(2023, 8, 31), date(2026, 9, 1))
    values = {"certification": sheet, "title": "CAP Métallier", "kind": "diploma", "level": 3}
    yield Entry(models.CertificationSheet, values, active)


def _school(place: int, school: Any, body: Any, site: Any, course: Any, sheet: Any) -> Iterator[Entry]:
    """What every school has."""
    since = Period(date(2022, 9, 1))
    departement = DEPARTEMENTS[place % len(DEPARTEMENTS)]
    yield Entry(models.SchoolName, {"school": school, "name": f"École fictive {place}"}, since)
    yield Entry(models.SchoolBody, {"school": school, "body": body}, since)
    yield Entry(
        models.ManagingBodyDetails, {"body": body, "name": f"Association {place}", "legal_category": "9220"}, since
    )
    reviewed = {"body": body, "reviewed_on": date(2022, 9, 1), "non_profit": True, "reviewer": "rectorat"}
    yield Entry(models.StatutesReview, reviewed, since)
    where = {"site": site, "main": True, "uai": f"F{place:07}", "commune": f"Commune {place % 97}"}
    yield Entry(models.SiteDetails, {**where, "departement": departement}, since)
    filed = {"school": school, "filed_on": date(2022, 2, 1), "complete_on": date(2022, 2, 15)}
    yield Entry(models.OpeningDeclaration, filed, Period(date(2022, 2, 1)))
    act = {"school": school, "effect_on": date(2023, 6, 15), "authority": MINISTER, "number": f"FICTIF-{place}"}
    yield Entry(models.Recognition, {**act, "signed_on": date(2023, 6, 9)}, Period(date(2023, 6, 15)))
    yield Entry(models.AnnualListEntry, {"school": school, "act_year": 2025}, Period(date(2025, 11, 27)))
    yield Entry(models.Audience, {"school": school, "school_status": 24}, since)
    details = {"course": course, "title": "CAP Métallier", "certification": sheet, "full_time": True}
    yield Entry(models.CourseDetails, {**details, "general_hours": 420, "vocational_hours": 840}, since)
    entered = {"course": course, "entered_on": date(2025, 9, 1), "pupils": 12}
    yield Entry(models.Intake, entered, Period(date(2025, 9, 1)))
    for count in ("orders", "outside_customers", "pupils", "skills", "hours"):
        counted = {"school": school, "count": count, "value": 20}
        yield Entry(models.ProductionCount, counted, Period(date(2026, 1, 1), date(2027, 1, 1)))
    yield Entry(models.StaffMember, {"school": school, "post": "direction", "function": "director"}, since)
    approved = {"school": school, "member": "direction", "signed_on": date(2023, 9, 1), "authority": "le recteur"}
    yield Entry(models.StaffApproval, approved, Period(date(2023, 9, 1)))
