"""``/flux.atom`` is an Atom feed by RFC 4287: what must be there is there once, and an entry keeps its identifier for ever."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from lxml import etree

from equerre.kernel.period import Period
from equerre.opendata import changes
from equerre.opendata.feed import LENGTH, atom
from equerre.registry import models
from equerre.registry.record import Entry, correct, record
from tests.registry.writing import by, instant, school

ADDRESS = "https://registre.example/flux.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
# RFC 4287, 4.1: how many times each element stands in a feed and in an entry (our feed has one author for all).
IN_FEED = {"id": 1, "title": 1, "updated": 1, "author": 1, "rights": 1}
IN_ENTRY = {"id": 1, "title": 1, "updated": 1, "published": 1, "summary": 1, "category": 1}


def feed(**asked: Any) -> Any:
    return etree.fromstring(atom(ADDRESS, **asked).encode())


def texts(parent: Any, name: str) -> list[str]:
    return [one.text for one in parent.findall(f"{ATOM}{name}")]


def well_formed(found: Any) -> None:
    assert found.tag == f"{ATOM}feed"
    for parent, counts in ((found, IN_FEED), *((entry, IN_ENTRY) for entry in found.findall(f"{ATOM}entry"))):
        assert {name: len(parent.findall(f"{ATOM}{name}")) for name in counts} == counts
        assert all(re.fullmatch(RFC_3339, text) for text in texts(parent, "updated"))
        assert re.match(r"(https|tag):", texts(parent, "id")[0])
        assert [link.get("href") for link in parent.findall(f"{ATOM}link")]
    selves = [link.get("href") for link in found.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert selves == [ADDRESS]
    assert found.find(f"{ATOM}author").findtext(f"{ATOM}name") == "Équerre"
    identifiers = [texts(entry, "id")[0] for entry in found.findall(f"{ATOM}entry")]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.usefixtures("demo_year")
class TestFullRegister:
    def test_the_feed_of_a_full_register_is_atom(
        self,
    ) -> None:
        found = feed()
        well_formed(found)
        entries = found.findall(f"{ATOM}entry")
        assert 0 < len(entries) <= LENGTH
        days = [datetime.fromisoformat(texts(entry, "updated")[0]) for entry in entries]
        assert days == sorted(days, reverse=True)
        assert datetime.fromisoformat(texts(found, "updated")[0]) == days[0]
        assert [texts(entry, "title")[0] for entry in entries] == [
            changes.title(change) for change in changes.changes(limit=LENGTH).changes
        ]


@pytest.mark.django_db
class TestEntries:
    def test_an_empty_register_has_a_feed_too(self) -> None:
        found = feed()
        well_formed(found)
        assert texts(found, "updated") == ["1970-01-01T00:00:00+00:00"]

    def test_an_entry_says_what_when_and_from_where(self) -> None:
        values = {"school": school(), "name": "École du <Pont> & Cie"}
        row = record(Entry(models.SchoolName, values, Period()), by(0))
        correct(row, Entry(models.SchoolName, {**values, "name": "École du Port"}, Period()), by(1))
        last, first = feed().findall(f"{ATOM}entry")
        assert texts(last, "title") == ["Correction : le nom de l'école, École du Port (école-1)"]
        assert texts(last, "summary") == [
            "Nom : École du Port. Avant : nom : École du <Pont> & Cie. Vrai sans bornes connues. "
            "Appris le 2 janvier 2026 à 9 h 00. Source : Ministère fictif, Papier acte."
        ]
        assert last.find(f"{ATOM}link").get("href") == "https://registre.example/ecoles/%C3%A9cole-1"
        assert texts(first, "id") == [f"tag:registre.example,2026-01-01:school_name/{row.pk}/began"]

    def test_an_entry_is_the_same_whatever_comes_after(self) -> None:
        row = record(Entry(models.SchoolName, {"school": school(), "name": "École du Pont"}), by(0))
        before = feed().findall(f"{ATOM}entry")[0]
        correct(row, Entry(models.SchoolName, {"school": school(), "name": "École du Port"}), by(1))
        after = feed().findall(f"{ATOM}entry")[1]
        assert texts(before, "id") == texts(after, "id")
        assert len(feed(known_at=instant(0)).findall(f"{ATOM}entry")) == 1

    def test_the_list_of_a_year_leads_to_its_page(self) -> None:
        values = {"act_year": 2025, "authority": "les deux ministres", "published_on": "2025-11-27"}
        record(Entry(models.AnnualList, values), by(0))
        assert feed().find(f"{ATOM}entry").find(f"{ATOM}link").get("href") == "https://registre.example/listes/2025"


@pytest.mark.django_db
def test_a_character_that_xml_has_no_place_for_stops_nothing() -> None:
    row = record(Entry(models.SchoolName, {"school": school(), "name": "École"}), by())
    models.SchoolName.objects.filter(pk=row.pk).update(name="École\x01 claire")
    assert any(
        "École\ufffd claire" in text for entry in feed().findall(f"{ATOM}entry") for text in texts(entry, "title")
    )
