"""Withheld is not absent: whatever private facts a register holds, all that goes out is what it was, byte for byte.

Drawn from the declarations of ``facts``: a fact of each private kind is written beside the demo year; then every page, export,
feed and answer is asked again, at instants before, between and after. A secret that is found would fail; so would a page that
says only that there is one. A private field of a public kind leaves one trace: a row that was written again has its paper and
its instant, which are those of the public fact that it also holds. ``test_secrets`` looks for what a person might write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from equerre.facts import KEPT, KINDS
from equerre.facts.kind import Field, Kind
from equerre.facts.opening import Opposition
from equerre.facts.school_facts import PRIVATE, SchoolFacts
from equerre.facts.statements import StatedAbsence
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.opendata import changes
from equerre.registry import models, record, selectors
from equerre.registry.dated import Source
from equerre.registry.record import By, Entry
from equerre.rules.chain import explain
from tests.registry.writing import by as by_at
from tests.registry.writing import school as a_school
from tests.registry.writing import source
from tests.strategies import school_facts

UAI, KEY = "9991501C", "demo-ried-dore"
PLANTED, ENDED = datetime(2026, 11, 26, 8, tzinfo=UTC), datetime(2026, 11, 28, 8, tzinfo=UTC)
INSTANTS = ("2026-11-25T08:00:00Z", "2026-11-27T08:00:00Z", "2026-11-29T08:00:00Z", None)
ON = date(2026, 10, 1)
# How many times the register was written is public; of which school, and what, is not.
REVISION = re.compile(rb"R\xc3\xa9vision \d+")

PAGES = (
    *("/", "/ecoles", f"/ecoles?q={UAI}", f"/ecoles/{UAI}", f"/ecoles/{UAI}/dossier.json", f"/ecoles/{UAI}/badge.svg"),
    *("/listes/2025", "/articles/code-education/L443-6", "/lectures", "/lectures/R2", "/calendrier", "/sources"),
    *("/flux.atom", "/donnees", "/sitemap-1.xml", "/api/v1/readings", "/api/v1/acts", "/api/v1/changes"),
    *(f"/api/v1/schools/{UAI}", f"/api/v1/schools/{UAI}/chain", f"/api/v1/schools/{UAI}/history", "/api/v1/lists/2025"),
    *(f"/donnees/{table}.jsonl?columns=all" for table in ("ecoles", "formations", "listes", "actes", "changements")),
)


def private_kinds() -> list[str]:
    return [name for name, kind in KEPT.items() if not kind.public and kind.read]


def value_of(field: Field) -> Any:
    """A value that says itself when it is seen: its example, or a number that no page prints."""
    return 271_828 if field.base is int and not field.choices and not field.numbers else field.example


def entry_of(kind: Kind, school: models.School) -> Entry:
    """A fact of a private kind, from the examples of its fields."""
    values = {field.kept_as: value_of(field) for field in kind.fields.values()}
    values |= {name: value for name, value in {"campaign_year": 2026, "exit_year": 2025}.items() if name in values}
    return Entry(models.KINDS[kind.name], {**values, "school": school}, Period(date(2026, 1, 1)))


def everything(client: Client) -> Iterator[tuple[str, bytes]]:
    """All that goes out about the school, on one day, as was known at each instant."""
    for at in INSTANTS:
        for page in PAGES:
            address = f"{page}{'&' if '?' in page else '?'}on={ON}" + (f"&known_at={at}" if at else "")
            if page == "/flux.atom":
                address = page + (f"?known_at={at}" if at else "")
            response: Any = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            yield address, REVISION.sub(b"", body)


@pytest.mark.usefixtures("few_schools")
class TestPrivate:
    def test_private_facts_leave_no_trace(self, client: Client) -> None:
        before = dict(everything(client))
        school = models.School.objects.get(key=KEY)
        source, _ = Source.objects.get_or_create(key="prive", defaults={"publisher": "Privé", "title": "Papier privé"})
        by = By("person:prive", PLANTED, source)
        for kind in private_kinds():
            row = record.record(entry_of(KEPT[kind], school), by)
            assert row.source == source, kind
            if kind == "production_count":
                record.retire(row, By("person:prive", ENDED, source))
        absence = Entry(models.StatedAbsence, {"school": school, "of": "agreement"}, Period(date(2026, 1, 1)))
        record.record(absence, by)
        after = dict(everything(client))
        assert [address for address in before if before[address] != after[address]] == []


# --- The same, of the facts themselves ------------------------------------------------------------------------------------------


def test_what_is_private_is_what_does_not_say_that_it_is_public() -> None:
    said = {
        f"{name}.{field.name}" for name, kind in KINDS.items() for field in kind.fields.values() if not field.public
    }
    assert said | set(private_kinds()) == PRIVATE
    assert {"agreement", "production_count", "intake.pupils", "opposition.ground"} <= PRIVATE


def emptied(facts: SchoolFacts) -> SchoolFacts:
    """The same school, of which nobody recorded anything private."""
    left = {name: facts.rows_of(name) for name in KINDS if KINDS[name].public}
    for name, rows in left.items():
        private = {field.name: field.withheld for field in KINDS[name].fields.values() if not field.public}
        left[name] = tuple(replace(fact, value=replace(fact.value, **private)) if private else fact for fact in rows)
    absences = [fact for fact in left["stated_absence"] if fact.value.of.partition("[")[0] in left]
    return SchoolFacts(facts.uai, facts.name, facts.fictional).with_kinds({**left, "stated_absence": absences})


@given(school_facts())
def test_the_public_view_is_that_of_a_school_without_private_facts(facts: SchoolFacts) -> None:
    assert facts.public_view() == emptied(facts).public_view()


@settings(max_examples=40)
@given(school_facts(), st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_the_whole_never_denies_what_the_public_view_says(facts: SchoolFacts, on: date) -> None:
    """Where a private fact would be needed, the answer is unknown and says that it is not public: nothing else may differ."""
    whole = explain(facts, on).findings()
    for key, finding in explain(facts.public_view(), on).findings().items():
        assert [name for name in finding.missing if facts.public_view().withholds(name)] == []
        if finding.outcome is not Outcome.UNKNOWN:
            assert key in whole, key
            assert (whole[key].outcome, key) == (finding.outcome, key)
        elif finding.withheld and not finding.findings:
            assert "publi" in finding.because


@pytest.mark.parametrize(
    "of",
    [
        "staff_approval[d]",
        "staff_approval.granted",
        "intake[x,2025-09-01].pupils",
        "Staff_Approval[d]",
        "act[x]",
        " agreement",
    ],
)
@pytest.mark.django_db
def test_an_absence_that_does_not_name_a_public_kind_stays_in(of: str) -> None:
    record.record(Entry(models.StatedAbsence, {"school": a_school(), "of": of}, Period()), by_at(0))
    assert changes.changes(limit=5).changes == ()
    held = selectors.school("école-1")
    assert held is not None
    assert [fact.value.of for fact in held[StatedAbsence]] == [of]
    assert held.public_view()[StatedAbsence] == ()


@pytest.mark.django_db
def test_a_proposal_on_a_private_field_alone_is_not_announced() -> None:
    record.record(opposition("locaux"), by_at(0))
    record.propose(opposition("hygiène"), by_at(1, source("autre")))
    held = selectors.school("école-1")
    assert held is not None
    assert [fact.contested_on for fact in held[Opposition]] == [("ground",)]
    assert [fact.contested for fact in held.public_view()[Opposition]] == [()]


@pytest.mark.django_db
def test_no_cursor_tells_of_a_private_field_that_moved() -> None:
    """What is told of a row whose private field alone was corrected is nothing: neither a change, nor where to go on."""
    row = record.record(opposition("locaux"), by_at(0))
    before = changes.changes(limit=1)
    record.correct(row, opposition("hygiène"), by_at(1))
    assert [one.values for one in before.changes] == [{"opposed_on": date(2026, 3, 2), "authority": "le maire"}]
    assert changes.changes(limit=1) == before


def opposition(ground: str) -> Entry:
    values = {"school": a_school(), "opposed_on": date(2026, 3, 2), "authority": "le maire", "ground": ground}
    return Entry(models.Opposition, values, Period(date(2026, 3, 2)))
