"""The search: what is asked is found, whatever its accents, and what is not found says what to try."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from equerre.documents.portrait.location import of_academie, place_said
from equerre.kernel import geography
from equerre.web import schools
from tests.web.reading import Page, read
from tests.web.schools import a_school

ON = "on=2026-11-25"


def found(page: Page) -> list[str]:
    """The schools of a page of results, by UAI."""
    return list(dict.fromkeys(link[8:16] for link in page.links if link.startswith("/ecoles/99")))


@pytest.mark.usefixtures("demo_year")
class TestTheSearch:
    @pytest.mark.parametrize(
        ("asked", "uai"),
        [
            ("balmes rousses", "9990802T"),
            ("BALMES-ROUSSES", "9990802T"),
            ("Etang Vermeil", "9990202R"),
            ("étang vermeill", "9990202R"),
            ("Closferrand", "9990701H"),
            ("9990802t", "9990802T"),
            ("000 708 024 00013", "9990802T"),
            ("00070802400013", "9990802T"),
            ("000708024", "9990802T"),
        ],
    )
    def test_a_school_is_found_by_what_one_knows_of_it(self, client: Client, asked: str, uai: str) -> None:
        page = Page(client.get("/ecoles", {"q": asked, "on": "2026-11-25"}).content.decode())
        assert uai in found(page)[:2]

    @pytest.mark.parametrize("asked", ["Métallier", "metallier", "metalier", "RNCP37897", "rncp 37897"])
    def test_a_trade_and_its_sheet_find_the_same_schools(self, client: Client, asked: str) -> None:
        page = Page(client.get("/ecoles", {"q": asked, "on": "2026-11-25"}).content.decode())
        assert {"9990202R", "9991201B", "9990701H"} <= set(found(page))

    def test_places_are_searched_by_name_or_by_code(self, client: Client) -> None:
        by_name = found(read(client, f"/ecoles?q=occitanie&{ON}"))
        by_code = found(read(client, f"/ecoles?region=76&{ON}"))
        assert set(by_name) == set(by_code)
        assert len(by_code) == sum(len(found(read(client, f"/ecoles?academie={a}&{ON}"))) for a in ("11", "16"))

    def test_filters_add_up(self, client: Client) -> None:
        lyon = found(read(client, f"/ecoles?academie=10&{ON}"))
        boilermakers = found(read(client, f"/ecoles?academie=10&rncp=RNCP38568&{ON}"))
        assert set(boilermakers) < set(lyon)
        assert found(read(client, f"/ecoles?academie=10&departement=75&{ON}")) == []

    def test_a_filter_on_the_answers_of_the_day_keeps_those_who_are_answered_by_yes(self, client: Client) -> None:
        page = read(client, f"/ecoles?academie=02&{ON}")
        listed = read(client, f"/ecoles?academie=02&etat_liste=oui&{ON}")
        assert len(found(listed)) <= len(found(page))
        assert len(re.findall("Liste annuelle [0-9]{4} Oui", listed.text)) == len(found(listed))
        assert "sur la liste annuelle" in listed.text

    def test_three_answers_stand_beside_each_school_with_what_they_hang_on(self, client: Client) -> None:
        text = read(client, f"/ecoles?q=9990802T&{ON}").text
        assert "Reconnue par l'État Oui Liste annuelle 2025 Oui sous R3-b Solde 2026 Oui" in text

    def test_a_word_that_nobody_bears_says_which_was_looked_for(self, client: Client) -> None:
        assert "Aucune école ne porte le mot « metalier » : on a cherché aussi « metallier »." in (
            read(client, f"/ecoles?q=metalier&{ON}").text
        )
        assert "Aucune école ne porte" not in read(client, f"/ecoles?q=metallier&{ON}").text
        assert "Aucune école ne porte" not in read(client, f"/ecoles?q=metal&{ON}").text

    def test_another_day_gives_other_answers(self, client: Client) -> None:
        assert "sous R3-b" not in read(client, "/ecoles?q=9990802T&on=2026-03-02").text

    def test_an_address_holds_the_whole_search(self, client: Client) -> None:
        page = read(client, f"/ecoles?q=atelier&region=84&etat_reconnue=oui&{ON}&known_at=2026-06-01")
        assert ("input", "value", "atelier") in page.attributes
        tiles = [link for link in page.links if "academie=10" in link]
        assert tiles
        for part in ("q=atelier", "region=84", "etat_reconnue=oui", "on=2026-11-25", "known_at=2026-06-01"):
            assert all(part in link for link in tiles), part

    def test_results_come_by_pages_that_lead_to_one_another(self, client: Client) -> None:
        first = read(client, f"/ecoles?{ON}")
        second = read(client, f"/ecoles?{ON}&page=2")
        last = read(client, f"/ecoles?{ON}&page=99")
        assert "Page 1 sur 4" in first.text
        assert "Page 4 sur 4" in last.text
        assert len(found(first)) == schools.A_PAGE
        assert not set(found(first)) & set(found(second))
        assert f"?{ON}&page=2" in first.links
        assert f"?{ON}" in second.links

    def test_the_map_counts_every_school_once_and_overseas_is_on_it(self, client: Client) -> None:
        text = read(client, f"/ecoles?{ON}").text
        assert "Ensemble 72" in text
        assert "Mayotte : 1 école" in text
        for academie in geography.academies().values():
            assert f"{academie.name} :" in text

    def test_the_map_goes_on_counting_beside_the_academie_that_is_chosen(self, client: Client) -> None:
        page = read(client, f"/ecoles?academie=10&{ON}")
        assert "Ensemble 72" in page.text
        assert ("a", "aria-current", "true") in page.attributes

    def test_what_is_seen_and_all_can_be_taken_away(self, client: Client) -> None:
        links = read(client, f"/ecoles?q=atelier&{ON}").links
        assert f"/donnees/ecoles.csv?{ON}&q=atelier&columns=seen" in links
        assert f"/donnees/ecoles.ods?{ON}&q=atelier" in links

    def test_what_was_not_known_is_not_shown(self, client: Client) -> None:
        text = read(client, "/ecoles?known_at=2001-01-01").text
        assert "Le registre ne tient aucune école à l'instant demandé." in text
        assert "demo-" not in text


@pytest.mark.usefixtures("demo_year")
class TestNothingFound:
    def test_a_number_that_is_mistyped_is_told_so(self, client: Client) -> None:
        text = read(client, f"/ecoles?q=9990802A&{ON}").text
        assert "La lettre de contrôle de 9990802 est T, et non A." in text.replace("la lettre", "La lettre")
        assert "SIRET" in read(client, f"/ecoles?q=00070802400014&{ON}").text

    def test_one_filter_less_is_offered_with_what_it_finds(self, client: Client) -> None:
        page = read(client, f"/ecoles?q=metallier&academie=43&{ON}")
        assert "Retirez l'académie : 6 écoles" in page.text
        assert f"?{ON}&q=metallier" in page.links

    def test_words_are_tried_one_by_one_and_another_day(self, client: Client) -> None:
        page = read(client, f"/ecoles?q=metallier+xyzxyz&{ON}")
        assert "Cherchez « metallier » seul" in page.text
        assert "Cherchez au jour d'aujourd'hui" in page.text
        assert "Voyez toutes les écoles" in page.text

    def test_filters_on_answers_are_the_first_to_be_doubted(self, client: Client) -> None:
        text = read(client, f"/ecoles?q=Cap-Sarrazelle&etat_reconnue=oui&{ON}").text
        assert "Retirez ce qui est demandé de l'école ce jour-là" in text


@pytest.mark.django_db
class TestAnEmptyOrAVeryFullRegister:
    def test_an_empty_register_says_so(self, client: Client) -> None:
        text = read(client, "/ecoles?q=atelier").text
        assert "Le registre ne tient aucune école." in text
        assert "Ce que vous pouvez essayer" not in text

    def test_beyond_a_number_of_schools_answers_are_not_a_filter(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_school()
        monkeypatch.setattr(schools, "MOST", 0)
        page = read(client, "/ecoles?etat_reconnue=oui")
        assert "Au-delà de 0 écoles, la recherche ne trie pas sur les réponses du jour." in page.text
        assert "École d'essai" in page.text


def test_a_place_is_said_as_far_as_it_is_known() -> None:
    assert place_said("Pontauzac", "13") == "Pontauzac, académie de Poitiers"
    assert place_said(None, None) == ""
    assert place_said("Ailleurs", "99") == "Ailleurs"
    assert of_academie("Amiens") == "académie d'Amiens"
