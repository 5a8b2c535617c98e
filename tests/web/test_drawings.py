"""What is drawn: the tile map, the time line of the certifications, the badge. Each is true to the numbers that it stands for."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from equerre.documents.portrait.tiles import GRID, tile_map
from equerre.documents.portrait.timeline import ACTIVE, COMING, COVERED, ENDED, timeline
from equerre.facts.qualifications import Certification, Intake
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.teaching import Course
from equerre.kernel import geography
from equerre.kernel.fact import Fact, Source
from equerre.kernel.period import Period
from equerre.web import badge

SOURCE = Source("s", "Éditeur", "Titre")


# --- Tiles ---------------------------------------------------------------------------------------------------------------------


def test_every_academie_has_one_tile() -> None:
    assert sorted(code for code, _, _ in GRID) == sorted(geography.academies())


@given(st.dictionaries(st.sampled_from([*geography.academies(), None, "99"]), st.integers(1, 5000)))
def test_no_school_is_lost_and_shades_follow_numbers(schools: dict[str | None, int]) -> None:
    found = tile_map(schools)
    assert found.total == sum(schools.values())
    shades = [tile.shade for tile in sorted(found.tiles, key=lambda tile: tile.schools)]
    assert shades == sorted(shades)
    assert all((tile.shade == "q0") == (tile.schools == 0) for tile in found.tiles)


def test_the_scale_says_what_each_shade_stands_for() -> None:
    assert [step.said for step in tile_map({"10": 5}).scale] == ["0", "1", "2", "3 ou 4", "5 et plus"]
    assert [step.said for step in tile_map({"10": 400}).scale] == [
        "0",
        "1 à 100",
        "101 à 200",
        "201 à 300",
        "301 et plus",
    ]


# --- Time line -----------------------------------------------------------------------------------------------------------------


def sheet(code: str, start: date | None, end: date | None, *successors: str) -> Fact[Certification]:
    value = Certification(code, f"Titre {code}", "diploma", successors=successors)
    return Fact(f"certification[{code}]", value, Period(start, end), SOURCE)


def school(*sheets: Fact[Certification], intakes: tuple[Fact[Intake], ...] = ()) -> SchoolFacts:
    course = Fact("course[cap]", Course("cap", "CAP Essai", "RNCP111"), Period(), SOURCE)
    return SchoolFacts.of("9990012J", "École", course=(course,), certification=sheets, intake=intakes)


def intake(entered_on: date, leave_on: date | None) -> Fact[Intake]:
    return Fact("intake[cap]", Intake(entered_on, "cap"), Period(entered_on, leave_on), SOURCE)


def test_a_sheet_its_covered_pupils_and_its_successor() -> None:
    facts = school(
        sheet("RNCP111", date(2021, 9, 1), date(2026, 9, 1), "RNCP222"),
        sheet("RNCP222", date(2026, 9, 1), date(2031, 9, 1)),
        intakes=(intake(date(2025, 9, 1), date(2027, 7, 1)),),
    )
    (row,) = timeline(facts, date(2026, 11, 3)).rows
    assert [(bar.kind, bar.y) for bar in row.bars] == [(ENDED, 2), (COVERED, 2), (ACTIVE, 22)]
    assert row.sentence == "Fiche RNCP111, finie le 31 août 2026. Suite nommée : RNCP222."
    assert [(span.code, span.start, span.end) for span in row.spans] == [
        ("RNCP111", "1er septembre 2021", "31 août 2026"),
        ("RNCP111", "1er septembre 2026", "l'examen"),
        ("RNCP222", "1er septembre 2026", "31 août 2031"),
    ]


def test_a_sheet_that_ends_soon_says_in_how_many_days_and_one_to_come_is_hollow() -> None:
    facts = school(sheet("RNCP111", date(2024, 3, 1), date(2027, 3, 1)))
    assert "jusqu'au 28 février 2027, dans 117 jours." in timeline(facts, date(2026, 11, 3)).rows[0].sentence
    later = school(sheet("RNCP111", date(2027, 9, 1), None))
    (row,) = timeline(later, date(2026, 11, 3)).rows
    assert [bar.kind for bar in row.bars] == [COMING]
    assert row.sentence.startswith("Fiche RNCP111, à partir du 1er septembre 2027.")


def test_pupils_whose_last_day_is_not_known_are_drawn_up_to_the_day_asked() -> None:
    facts = school(sheet("RNCP111", date(2021, 9, 1), date(2026, 9, 1)), intakes=(intake(date(2025, 9, 1), None),))
    before = timeline(facts, date(2026, 3, 2)).rows[0]
    assert [bar.kind for bar in before.bars] == [ACTIVE]
    after = timeline(facts, date(2026, 11, 3)).rows[0]
    assert [bar.kind for bar in after.bars] == [ENDED, COVERED]


def test_who_entered_after_the_end_is_not_covered() -> None:
    facts = school(
        sheet("RNCP111", date(2021, 9, 1), date(2026, 9, 1)), intakes=(intake(date(2026, 9, 1), date(2028, 7, 1)),)
    )
    assert [bar.kind for bar in timeline(facts, date(2026, 11, 3)).rows[0].bars] == [ENDED]


def test_without_a_sheet_nothing_is_drawn_and_that_is_said() -> None:
    (row,) = timeline(school(), date(2026, 11, 3)).rows
    assert row.bars == ()
    assert row.sentence == "Fiche RNCP111 : le registre n'en tient pas les dates."
    assert timeline(SchoolFacts("9990012J", "École"), date(2026, 11, 3)).rows == ()


_DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(st.tuples(_DAYS, _DAYS).filter(lambda two: two[0] < two[1]), _DAYS)
def test_bars_stay_on_the_edge(days: tuple[date, date], on: date) -> None:
    found = timeline(school(sheet("RNCP111", *days)), on)
    assert 0 <= float(found.mark.rstrip("%")) <= 100
    for row in found.rows:
        for bar in row.bars:
            x, width = float(bar.x.rstrip("%")), float(bar.width.rstrip("%"))
            assert x >= 0
            assert x + width <= 100.02


# --- Badge ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("demo_year")
class TestTheBadge:
    def said(self, client: Client, address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status
        assert answer["Content-Type"] == "image/svg+xml"
        tree = ElementTree.fromstring(answer.content)
        return [one.text or "" for one in tree.iter("{http://www.w3.org/2000/svg}text")][-1]

    def test_it_says_what_the_page_says(self, client: Client) -> None:
        address = "/ecoles/9990802T/badge.svg"
        assert self.said(client, f"{address}?on=2026-03-02") == "sur la liste annuelle 2025, données fictives"
        assert (
            self.said(client, f"{address}?on=2026-11-25") == "sur la liste annuelle 2025 (lecture R3), données fictives"
        )
        assert self.said(client, "/ecoles/9992303Z/badge.svg") == "pas sur la liste annuelle 2025, données fictives"
        assert "on ne sait pas" in self.said(client, f"{address}?on=2021-01-01")

    def test_it_leads_to_the_proof_and_is_drawn_wide_enough(self, client: Client) -> None:
        tree = ElementTree.fromstring(client.get("/ecoles/9990802T/badge.svg?on=2026-03-02").content)
        links = [one.get("href") for one in tree.iter("{http://www.w3.org/2000/svg}a")]
        assert links == ["http://testserver/ecoles/9990802T?on=2026-03-02"]
        assert int(tree.get("width") or 0) > badge.STOCK + 6 * len("sur la liste annuelle 2025")

    def test_a_school_that_nobody_knows_has_a_badge_that_says_so(self, client: Client) -> None:
        assert self.said(client, "/ecoles/9990899Z/badge.svg", 404) == "école inconnue du registre"
        assert self.said(client, "/ecoles/9990802T/badge.svg?on=hier", 400) == "école inconnue du registre"
