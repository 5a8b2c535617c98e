"""Rows into plain facts: the same facts as were given, in as many queries whatever the number of schools, doubts included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from equerre.facts import KEPT, KINDS
from equerre.facts.annual_list import AnnualList
from equerre.facts.managing_body import ManagingBody, StatutesReview
from equerre.facts.qualifications import Certification
from equerre.facts.recognition import Recognition
from equerre.facts.regional_list import RegionalList
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.teaching import Audience, Course
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.registry import models, selectors
from equerre.registry.record import Entry, correct, propose, record, record_all, retire
from equerre.rules.chain import explain
from tests.registry.writing import BEGINNING, audience, by, instant, load, region_of, school, source
from tests.rules.cases import school as case
from tests.strategies import school_facts

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


@contextmanager
def undone() -> Iterator[None]:
    """Each example of a property writes in a transaction that is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def facts_of(key: str = "école-1", known_at: datetime | None = None) -> SchoolFacts:
    found = selectors.school(key, known_at=known_at)
    assert found is not None
    return found


# --- What is given is what is read -------------------------------------------------------------------------------------------


def as_kept(facts: SchoolFacts) -> SchoolFacts:
    """What the registry keeps of plain facts: a knowledge has a beginning, and a prefect's list its region."""
    region = region_of(facts)
    for kind in KINDS:
        rows = [replace(one, known=Period(one.known.start or BEGINNING, one.known.end)) for one in facts.rows_of(kind)]
        if kind == "regional_list":
            rows = [replace(one, value=replace(one.value, region=region)) for one in rows if region]
        facts = facts.with_rows(kind, rows)
    return facts


def told(facts: SchoolFacts) -> dict[str, set[tuple[object, ...]]]:
    """Facts of a kind have no order of their own."""
    return {
        kind: {(one.name, one.value, one.valid, one.source, one.known) for one in facts.rows_of(kind)} for kind in KINDS
    }


def known_of(facts: SchoolFacts) -> dict[str, set[tuple[object, ...]]]:
    """Sheets and requests that none of the school's courses leads to are somebody else's."""
    found = told(facts)
    codes = {fact.value.certification for fact in facts[Course]}
    codes |= {code for fact in facts[Certification] if fact.value.code in codes for code in fact.value.successors}
    found["certification"] = {row for row in found["certification"] if row[1].code in codes}  # type: ignore[attr-defined]
    requests = {row for row in found["registration_request"] if row[1].certification in codes}  # type: ignore[attr-defined]
    return {**found, "registration_request": requests}


def there_and_back(facts: SchoolFacts) -> None:
    kept = as_kept(facts)
    if region_of(facts) is None:
        facts = facts.with_rows("regional_list", ())
    with undone():
        load(facts)
        for at in (None, instant(0), datetime.fromisoformat("2023-05-01T10:00:00+00:00")):
            read = selectors.school("école-1", known_at=at)
            assert read is not None
            expected = kept.as_known(at)
            if region_of(expected) != region_of(facts):  # the site that leads to a region was not known yet
                expected = expected.with_rows("regional_list", ())
            assert known_of(read) == known_of(expected)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(school_facts())
def test_the_facts_of_a_school_come_back_as_they_were_given(facts: SchoolFacts) -> None:
    there_and_back(facts)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(school_facts())
def test_the_facts_of_many_schools_come_back_as_they_were_given(facts: SchoolFacts) -> None:
    there_and_back(facts)


BUNDLES = ("association", "ouverte", "reconnue", "liste 2025", "sur la liste 2025", "élèves", "formation métallerie")


def test_the_findings_are_those_of_the_facts_given() -> None:
    facts = case(
        [*BUNDLES, "promotion 2025", "production 2026"], {"site": [{"id": "p", "main": True, "uai": "9990012J"}]}
    )
    load(facts)
    read = facts_of()
    assert (read.uai, read.name, read.fictional) == (facts.uai, facts.name, True)
    for on in (date(2024, 3, 1), date(2026, 2, 1), ON):
        assert outcomes(read, on) == outcomes(facts, on)


def outcomes(facts: SchoolFacts, on: date) -> dict[str, tuple[Outcome, str]]:
    return {key: (one.outcome, one.because) for key, one in explain(facts, on).findings().items()}


def test_the_sites_of_an_act_come_back_in_its_order() -> None:
    sites = [models.Site.objects.create(key=key, school=school()) for key in ("un", "deux", "trois")]
    values = {"school": school(), "effect_on": MARCH, "authority": "le ministre"}
    record(Entry(models.Recognition, values, Period(MARCH), {"sites": [sites[2], sites[0], sites[1]]}), by(0))
    assert facts_of()[Recognition][0].value.sites == ("trois", "un", "deux")


# --- Each kind has its model -------------------------------------------------------------------------------------------------

# What a row has and a plain fact does not say: whose it is, the act as an identity, the address of a site.
OWNERS = {"school", "body", "act"}
OF_THE_REGISTRY_ALONE = {
    "site": {"address", "postcode"},
    "regional_list": {"signed_on"},
    "certification": {"decided_on", "effect_on", "last_issue_on"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_fact_and_its_model_have_the_same_fields(kind: str) -> None:
    model = models.KINDS[kind]
    said = {field.kept_as for field in KINDS[kind].fields.values()}
    times = {field.name for field in models.SchoolName._meta.get_fields()} - {"school", "name"}
    kept = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)} - times
    assert kept - OWNERS - OF_THE_REGISTRY_ALONE.get(kind, set()) == said


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_row_is_about_is_what_tells_two_facts_apart(kind: str) -> None:
    model: Any = models.KINDS[kind]
    key = {KINDS[kind].fields[name].kept_as for name in KINDS[kind].key}
    whose = {"school", "body", "region"} & set(model.OF)
    assert set(model.OF) == key | whose


def test_every_kind_has_one_model_and_every_model_its_kind() -> None:
    assert models.KINDS.keys() == KEPT.keys()
    assert list(models.KINDS.values()) == list(models.DATED)


def test_a_column_is_called_as_its_kind_declares_it() -> None:
    assert models.Recognition._meta.get_field("effect_on").verbose_name == "jour d'effet"
    assert models.StaffMember._meta.get_field("post").verbose_name == KEPT["staff_member"].fields["id"].label
    assert models.CourseDetails._meta.get_field("site").verbose_name == "site"


# --- Queries ---------------------------------------------------------------------------------------------------------------


def many_schools(count: int) -> None:
    """Bare schools, but for a name, a body and its pupils: what grows with their number."""
    schools = models.School.objects.bulk_create(models.School(key=f"école-{n:05d}") for n in range(count))
    bodies = models.ManagingBody.objects.bulk_create(
        models.ManagingBody(key=f"organisme-{n:05d}") for n in range(count)
    )
    sites = models.Site.objects.bulk_create(
        models.Site(key=f"site-{n:05d}", school=one) for n, one in enumerate(schools)
    )
    entries: list[Entry] = []
    for one, body, site in zip(schools, bodies, sites, strict=True):
        entries += [
            Entry(models.SchoolName, {"school": one, "name": f"École {one.key}"}),
            Entry(models.SchoolBody, {"school": one, "body": body}),
            Entry(models.ManagingBodyDetails, {"body": body, "name": "Association", "legal_category": "9220"}),
            Entry(models.SiteDetails, {"site": site, "main": True, "departement": "69"}),
            audience(12, of=one),
        ]
    record_all(entries, by(0))


def queries(keys: list[str] | None) -> int:
    with CaptureQueriesContext(connection) as captured:
        read = list(selectors.schools(keys))
    assert len(read) == (models.School.objects.count() if keys is None else len(keys))
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_the_number_of_schools() -> None:
    found = set()
    for count in (1, 72, 1_000):
        with undone():
            many_schools(count)
            found |= {queries(None), queries(["école-00000"]), queries([f"école-{n:05d}" for n in range(count)])}
    assert len(found) == 1
    assert found.pop() < 45


def test_no_school_asks_for_nothing_more() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert list(selectors.schools()) == []
        assert selectors.school("nulle part") is None
    assert len(captured) == 2


# --- Contested facts ---------------------------------------------------------------------------------------------------------


def test_a_contested_fact_is_held_and_its_finding_says_so() -> None:
    load(case(list(BUNDLES), {}))
    before = outcomes(facts_of(), ON)
    propose(audience(0), by(0, source("enquête")))
    read = facts_of()
    assert [fact.contested for fact in read[Audience]] == [("Ministère fictif, Papier enquête",)]
    assert {key: outcome for key, (outcome, _) in outcomes(read, ON).items()} == {k: o for k, (o, _) in before.items()}
    notes = explain(read, ON).findings()["teaching.under_school_status"].notes
    assert notes == ("Fait contesté, à trancher : Ministère fictif, Papier enquête dit autre chose (audience).",)


def test_a_fact_is_contested_only_on_the_days_that_the_other_source_speaks_of() -> None:
    record(audience(12, None, MARCH), by(0))
    record(audience(13, MARCH), by(1))
    propose(audience(20, JUNE), by(2))
    assert [bool(fact.contested) for fact in facts_of()[Audience]] == [False, True]


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("annual_list", Entry(models.AnnualList, {"act_year": 2025, "published_on": MARCH})),
        ("campaign_date", Entry(models.CampaignDate, {"kind": "annual_list", "campaign_year": 2026})),
    ],
)
def test_what_is_national_may_be_contested(kind: str, entry: Entry) -> None:
    school()
    field = "published_on" if kind == "annual_list" else "planned"
    record(entry, by(0))
    propose(Entry(entry.model, {**entry.values, field: JUNE}), by(1))
    assert [bool(fact.contested) for fact in facts_of().rows_of(kind)] == [True]


def test_another_year_is_not_contested() -> None:
    school()
    record(Entry(models.AnnualList, {"act_year": 2024, "published_on": MARCH}), by(0))
    propose(Entry(models.AnnualList, {"act_year": 2025, "published_on": JUNE}), by(1))
    assert [fact.contested for fact in facts_of()[AnnualList]] == [()]


# --- Bodies, names, places ---------------------------------------------------------------------------------------------------


def body(key: str, name: str) -> models.ManagingBody:
    made = models.ManagingBody.objects.create(key=key)
    record(Entry(models.ManagingBodyDetails, {"body": made, "name": name, "legal_category": "9220"}), by(0))
    return made


def link(to: models.ManagingBody, start: date | None = None, end: date | None = None) -> Entry:
    return Entry(models.SchoolBody, {"school": school(), "body": to}, Period(start, end))


def review(of: models.ManagingBody, non_profit: bool) -> Entry:
    values = {"body": of, "reviewed_on": date(2025, 1, 6), "non_profit": non_profit, "reviewer": "le rectorat"}
    return Entry(models.StatutesReview, values, Period(date(2025, 1, 6)))


def test_a_body_counts_for_the_days_on_which_it_runs_the_school() -> None:
    old, new = body("a", "Ancienne association"), body("b", "Nouvelle association")
    record(link(old), by(0))
    record(link(new, MARCH), by(1))
    read = [(fact.value.name, fact.valid) for fact in facts_of()[ManagingBody]]
    assert read == [("Ancienne association", Period(None, MARCH)), ("Nouvelle association", Period(MARCH))]


def test_the_statutes_of_a_former_body_say_nothing_of_the_next() -> None:
    old, new = body("a", "Ancienne association"), body("b", "Nouvelle association")
    record(link(old), by(0))
    record(link(new, MARCH), by(1))
    record(review(old, non_profit=True), by(2))
    assert [fact.valid for fact in facts_of()[StatutesReview]] == [Period(date(2025, 1, 6), MARCH)]
    assert explain(facts_of(), date(2026, 2, 1)).findings()["managing_body.non_profit"].outcome is Outcome.MET
    assert explain(facts_of(), ON).findings()["managing_body.non_profit"].outcome is Outcome.UNKNOWN


def test_a_contested_link_with_a_body_is_said() -> None:
    record(link(body("a", "Association")), by(0))
    propose(link(body("b", "Autre association"), JUNE), by(1, source("enquête")))
    assert [fact.contested for fact in facts_of()[ManagingBody]] == [("Ministère fictif, Papier enquête",)]


def test_a_school_bears_the_last_name_that_it_was_given() -> None:
    record(Entry(models.SchoolName, {"school": school(), "name": "Ancien nom"}), by(0))
    record(Entry(models.SchoolName, {"school": school(), "name": "Nouveau nom"}, Period(MARCH)), by(1))
    assert facts_of().name == "Nouveau nom"
    assert facts_of(known_at=instant(0)).name == "Ancien nom"


def site(key: str, uai: str, start: date | None = None, departement: str = "69") -> Entry:
    made, _ = models.Site.objects.get_or_create(key=key, school=school())
    return Entry(
        models.SiteDetails, {"site": made, "main": True, "uai": uai, "departement": departement}, Period(start)
    )


def test_a_school_answers_to_each_uai_that_it_bore() -> None:
    record(site("un", "9990012J"), by(0))
    record(site("un", "9990013K", MARCH), by(1))
    assert selectors.key_of("9990012J") == selectors.key_of("9990013K") == "école-1"
    assert selectors.key_of("9990014L") is None
    assert selectors.key_of("9990013K", known_at=instant(0)) is None
    assert facts_of().uai == "9990013K"
    assert selectors.uais() == ["9990012J", "9990013K"]


def test_a_uai_that_two_schools_bore_in_turn_is_the_last_one_s() -> None:
    record(site("un", "9990012J"), by(0))
    other = models.Site.objects.create(key="deux", school=school("école-2"))
    record(Entry(models.SiteDetails, {"site": other, "main": True, "uai": "9990012J"}, Period(MARCH)), by(1))
    assert selectors.key_of("9990012J") == "école-2"


def test_a_prefect_s_list_is_that_of_the_region_of_the_main_site() -> None:
    record(site("un", "9990012J"), by(0))
    for place, region in enumerate(("84", "93")):
        values = {"region": region, "campaign_year": 2026, "published_on": MARCH}
        record(Entry(models.RegionalList, values, Period(MARCH)), by(place))
    assert [fact.value.region for fact in facts_of()[RegionalList]] == ["84"]


def test_the_list_of_a_year_is_read_with_the_schools_that_it_names() -> None:
    school("école-2")
    record(Entry(models.AnnualList, {"act_year": 2025, "published_on": MARCH}, Period(MARCH)), by(0))
    entry = record(Entry(models.AnnualListEntry, {"school": school(), "act_year": 2025}, Period(MARCH)), by(0))
    assert [fact.value.act_year for fact in selectors.annual_lists()] == [2025]
    assert selectors.on_annual_list(2025) == ["école-1"]
    assert selectors.on_annual_list(2024) == []
    retire(entry, by(1))
    assert selectors.on_annual_list(2025) == []
    assert selectors.on_annual_list(2025, known_at=instant(0)) == ["école-1"]


# --- What was known ------------------------------------------------------------------------------------------------------------


def test_what_was_known_then_and_what_is_held_now() -> None:
    first = record(audience(12, MARCH), by(0))
    correct(first, audience(21, MARCH), by(4))

    def pupils(at: datetime | None) -> list[int]:
        return [fact.value.school_status for fact in facts_of(known_at=at)[Audience]]

    assert (pupils(instant(0)), pupils(instant(3)), pupils(instant(4)), pupils(None)) == ([12], [12], [21], [21])
    fact: Fact[Any] = facts_of(known_at=instant(3))[Audience][0]
    assert fact.known == Period(instant(0), instant(4))
