"""Public means public: secrets are planted in the register, then looked for in all that goes out, at several instants.

Planted: the kinds that never go out, fields of public facts that do not, who wrote and why, proposals, outdated deliveries,
acts about persons, what people wrote to us. A witness, public, is planted with them: where it is found, a secret would be.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from python_calamine import load_workbook

from equerre.demo.trades import PUBLISHER
from equerre.facts import KEPT
from equerre.kernel.period import Period
from equerre.opendata.exports import FORMATS
from equerre.opendata.models import CorrectionRequest
from equerre.opendata.tables import TABLES
from equerre.registry import models, record
from equerre.registry.dated import Dated, Source
from equerre.registry.record import By, Entry
from tests.api.conftest import Api
from tests.registry.writing import deliver

SECRETS = ("secret", "98765432")
WITNESS = "Témoinville"
UAI, KEY, SHEET = "9991501C", "demo-ried-dore", "RNCP37601"
COURSE_OF = "demo-ried-dore"

BEFORE, PLANTED, BETWEEN, ENDED, AFTER = (datetime(2026, 11, day, 8, tzinfo=UTC) for day in (2, 4, 6, 8, 10))
INSTANTS = {"before": BEFORE, "planted": PLANTED, "between": BETWEEN, "ended": ENDED, "after": AFTER, "now": None}
DAY = date(2026, 9, 1)


# --- Planting -------------------------------------------------------------------------------------------------------------------


def public_source() -> Source:
    made, _ = Source.objects.get_or_create(key="temoin", defaults={"publisher": "Préfecture", "title": "Papier public"})
    return made


def secret_source(key: str = "secret", dated_on: date | None = None, publisher: str = "Secret éditeur") -> Source:
    values = {
        "publisher": publisher,
        "title": f"Papier {key} : secret",
        "dated_on": dated_on,
        "url": "https://secret.example",
    }
    made, _ = Source.objects.get_or_create(key=key, defaults=values)
    return made


def by(source: Source, at: datetime = PLANTED) -> By:
    return By("person:secret-auteur", at, source, "secret-raison", "Secret : note privée")


def entry(model: type[Dated], start: date | None = DAY, /, **values: Any) -> Entry:
    return Entry(model, values, Period(start))


def confidential(school: Model) -> Iterator[Entry]:
    """The kinds that never go out."""
    number = 98765432
    yield entry(models.StaffMember, school=school, post="secret-poste", function="director")
    yield entry(models.StaffApproval, school=school, member="secret-poste", signed_on=DAY, authority="Secret autorité")
    yield entry(models.ProductionCount, school=school, count="orders", value=number)
    yield entry(models.Cohort, school=school, exit_year=2031, horizon=6, leavers=number, reached=number)
    yield entry(models.BankDetails, school=school, campaign_year=2031, accepted=False)
    yield entry(models.HabilitationRequest, school=school, campaign_year=2031, state="refused", sent_on=DAY)
    yield entry(
        models.Agreement,
        school=school,
        reference="secret-convention",
        signed_on=DAY,
        party="Secret mécène",
        party_kind="company",
        purpose="loan",
        amount_cents=number,
        state_aid_basis="Secret fondement",
    )
    yield entry(models.StatedAbsence, school=school, of="staff_approval[secret-poste]")
    sheet = models.Certification.objects.get(key=SHEET)
    yield entry(models.DiplomaCode, certification=sheet, cfd="98765432")
    yield entry(models.SkillBlock, certification=sheet, code=f"{SHEET}BC09", title="Secret bloc")
    act = models.Act.objects.create(key="secret-acte")
    yield entry(models.ActDetails, act=act, kind="staff_approval", authority="Secret autorité", number="SECRET-1")


def withheld(school: Model, course: Model) -> Iterator[Entry]:
    """Public facts with fields that do not go out, and the witness."""
    yield entry(models.Opposition, school=school, opposed_on=DAY, authority="le maire", ground="Secret motif")
    yield entry(models.Intake, course=course, entered_on=DAY, pupils=98765432)
    yield entry(models.AnnualListEntry, school=school, act_year=2025, motive="Secret motif de la ligne")
    link = models.SchoolBody.objects.filter(school=school).latest("pk")
    yield entry(models.StatutesReview, body=link.body, reviewed_on=DAY, non_profit=True, reviewer="Secret relectrice")


def proposals(school: Model, site: Model) -> Iterator[Entry]:
    """What a source says against what is held."""
    yield entry(models.SchoolName, school=school, name="Secret nom")
    yield entry(models.SiteDetails, site=site, main=True, uai=UAI, commune="Secret commune", departement="67")
    yield entry(models.Recognition, None, school=school, effect_on=DAY, authority="Secret ministre", number="SECRET-2")
    yield entry(models.AnnualList, None, act_year=2025, authority="Secret ministres", published_on=DAY)
    act = models.Act.objects.get(key="FICTIF-LISTE-2025")
    yield entry(models.ActDetails, None, act=act, kind="annual_list", authority="Secret ministres", number="SECRET-3")


@pytest.fixture
def planted() -> None:
    school = models.School.objects.get(key=KEY)
    site = models.SiteDetails.objects.get(uai=UAI).site
    course = models.Course.objects.filter(school=school).first()
    assert course is not None
    for one in confidential(school):
        record.record(one, by(secret_source()))
    absence = entry(models.StatedAbsence, school=school, of="bank_details[2031]")
    record.record(absence, by(secret_source("secret-banque", publisher="Secret banque")))
    for one in withheld(school, course):
        record.record(one, by(public_source()))
    place = {"commune": WITNESS, "departement": "67", "address": "1 rue du Secret", "postcode": "98765"}
    told = {"site": site, "main": True, "uai": UAI, **place}
    witness = record.record(entry(models.SiteDetails, None, **told), by(public_source()))
    for one in proposals(school, site):
        record.propose(one, by(secret_source("secret-proposition")))
    sheet = models.Certification.objects.get(key=SHEET)
    late = entry(models.CertificationSheet, certification=sheet, title="Secret intitulé", kind="title", level=3)
    old = secret_source("secret-livraison", date(2020, 1, 1), PUBLISHER)
    assert deliver([late], replace(by(old), reason="import")) == "outdated"
    CorrectionRequest.objects.create(
        token="secret", text="Secret : ma voisine", contact="secret@exemple.fr", received_at=PLANTED
    )
    _end(school, witness)


def _end(school: Model, witness: Dated) -> None:
    """Later: an end with its reasons, a correction, a proposal taken and one left."""
    at = by(secret_source(), ENDED)
    record.retire(models.StaffApproval.objects.get(member="secret-poste"), at)
    record.retire(models.Opposition.objects.get(ground="Secret motif"), by(public_source(), ENDED))
    body = models.SchoolBody.objects.filter(school=school).latest("pk").body
    review = models.StatutesReview.objects.get(body=body, reviewer="Secret relectrice")
    values = {"body": body, "reviewed_on": DAY, "non_profit": True, "reviewer": "Secret relecteur"}
    record.correct(review, entry(models.StatutesReview, **values), by(public_source(), ENDED))
    record.settle(models.SchoolName.objects.get(name="Secret nom"), at, accept=False)


@pytest.mark.usefixtures("few_schools")
def test_every_private_kind_and_field_has_its_secret(planted: None) -> None:
    """What is declared private tomorrow must be planted too."""
    held = {name: models.KINDS[name]._default_manager.filter(source__key__in=("secret", "temoin")) for name in KEPT}
    assert {name for name, kind in KEPT.items() if not kind.public and not held[name].exists()} == set()
    fields = {
        (name, field.kept_as)
        for name, kind in KEPT.items()
        for field in kind.every.values()
        if not field.public and kind.public
    }
    empty = {(name, at) for name, at in fields if not any(getattr(row, at, None) for row in held[name])}
    # Days that tell nothing alone, and the keys of owners, which are those of the school.
    assert empty == {
        *(("certification", day) for day in ("decided_on", "effect_on", "last_issue_on")),
        ("school_name", "school"),
        ("school_name", "fictional"),
        ("managing_body", "body"),
        ("site", "school"),
        ("course", "school"),
    }


# --- Looking --------------------------------------------------------------------------------------------------------------------


def of_api(api: Api, known: str) -> Iterator[tuple[str, str]]:
    """Every answer of the API, all its pages."""
    on = f"on=2026-11-12{known}"
    for address in (
        f"schools/{UAI}?{on}",
        f"schools/{UAI}/chain?{on}",
        f"certifications/{SHEET}?{on}",
        f"readings?{on}",
    ):
        yield address, api(address).content.decode()
    yield "article", api(f"articles/code-education/L443-6?{on}").content.decode()
    for address in (f"schools?limit=100&{on}", f"acts?limit=100&{on}", f"lists/2025?limit=100&{on}"):
        yield address, "".join(str(page) for page in api.walk(address))
    for address in (f"changes?limit=100{known}", f"schools/{UAI}/history?limit=100{known}"):
        yield address, "".join(str(page) for page in api.walk(address))


def of_files(client: Client, known: str) -> Iterator[tuple[str, str]]:
    """Every table, what is seen and all, in every kind of file; at a past instant, the one that holds most."""
    every = [(form, which) for form in FORMATS for which in ("seen", "all")]
    for slug in TABLES:
        for form, which in [("jsonl", "all")] if known else every:
            address = f"/donnees/{slug}.{form}?on=2026-11-12&columns={which}{known}"
            response: Any = client.get(address)
            assert response.status_code == 200, address
            yield address, _read(b"".join(response.streaming_content), form)


def _read(content: bytes, form: str) -> str:
    if FORMATS[form].streamed:
        return content.decode()
    book = load_workbook(io.BytesIO(content))
    return "".join(str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def of_machines(client: Client, known: str) -> Iterator[tuple[str, str]]:
    """Feeds, maps, descriptions."""
    for address in ("/flux.atom", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/donnees/datapackage.json"):
        yield address, client.get(f"{address}?{known.lstrip('&')}").content.decode()


# Where the witness must be found, by the beginning of an address.
SHOWN = (
    "schools/",
    "schools?",
    "lists/",
    "changes",
    "/donnees/ecoles",
    "/donnees/listes",
    "/donnees/changements",
    "/flux.atom",
)


@pytest.mark.usefixtures("few_schools")
class TestSecrets:
    @pytest.mark.parametrize("when", INSTANTS)
    def test_no_secret_goes_out_at_any_instant(self, api: Api, client: Client, planted: None, when: str) -> None:
        at = INSTANTS[when]
        known = "" if at is None else f"&known_at={at.isoformat().replace('+00:00', 'Z')}"
        found: list[tuple[str, str]] = []
        for look in (of_api(api, known), of_files(client, known), of_machines(client, known)):
            for address, text in look:
                found += [(address, secret) for secret in SECRETS if secret in text.lower()]
                expected = when != "before" and address.startswith(SHOWN) and "readings" not in address
                assert (WITNESS in text) == expected, address
        assert found == []

    def test_a_contested_fact_is_said_to_be_without_saying_by_whom(self, api: Api, planted: None) -> None:
        notes = [note for one in api.json(f"schools/{UAI}/chain")["findings"].values() for note in one["notes"]]
        assert "Fait contesté, à trancher : une autre source dit autre chose (recognition)." in notes
