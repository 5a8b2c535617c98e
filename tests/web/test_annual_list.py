"""A list as its act says it, beside the one of the year before; one that is not held is not an empty list."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.reading import read

ON = "on=2026-11-25"


@pytest.mark.usefixtures("demo_year")
class TestTheDemoYear:
    def test_the_act_says_who_signed_when_and_what_it_serves(self, client: Client) -> None:
        text = read(client, f"/listes/2025?{ON}").text
        assert "Signée le 13 novembre 2025, par les ministres chargés de l'éducation nationale" in text
        assert "Publiée le 27 novembre 2025" in text
        assert "FICTIF-LISTE-2025" in text
        assert "du 1er septembre 2025 au 31 août 2026, sous la lecture R4-a" in text
        assert "la campagne 2026 du solde, sous la lecture R4-c" in text

    def test_a_text_that_says_what_it_serves_needs_no_reading(self, client: Client) -> None:
        text = read(client, f"/listes/2024?{ON}").text
        assert "du 1er septembre 2024 au 31 août 2025, son texte le dit" in text
        assert "la campagne 2025 du solde, son texte le dit" in text

    def test_its_schools_stand_by_region_and_academie(self, client: Client) -> None:
        page = read(client, f"/listes/2025?{ON}")
        assert (
            "Au 25 novembre 2026, 63 écoles, fixées par un arrêté commun de deux ministres, que deux actes ont modifié depuis."
            in page.text
        )
        assert len({link[8:16] for link in page.links if link.startswith("/ecoles/99")}) == 65  # two that left besides
        regions = ("Auvergne-Rhône-Alpes", "Corse", "Guadeloupe", "Île-de-France")
        places = [page.text.rindex(f" {name} ") for name in regions]
        assert places == sorted(places)

    def test_once_its_days_are_over_it_says_what_it_is_worth(self, client: Client) -> None:
        text = read(client, f"/listes/2025?{ON}").text
        assert (
            "Les jours que couvre cette liste ont pris fin le 31 août 2026. La liste 2026 n'est pas au registre : tant qu'elle "
            "n'est pas publiée, l'inscription vaut encore (lecture R3-b)." in text
        )
        assert "La liste 2025, publiée le 27 novembre 2025, lui succède." in read(client, f"/listes/2024?{ON}").text
        assert "ont pris fin" not in read(client, "/listes/2025?on=2026-05-20").text

    def test_one_searches_in_it(self, client: Client) -> None:
        def named(query: str) -> set[str]:
            html = client.get(f"/listes/2025?{ON}&{query}").content.decode()
            return set(re.findall(r"<code>(99\w{6})</code>", html))

        assert len(named("")) == 63
        assert named("q=9990802T") == {"9990802T"}
        assert named("q=balmes") == {"9990802T"}
        assert named("academie=08") == {uai for uai in named("") if uai.startswith("99908")}
        assert named("q=zzz") == set()
        assert "Aucune école de cette liste ne répond." in read(client, f"/listes/2025?{ON}&q=zzz").text

    def test_what_changes_is_counted_told_and_explained_from_public_facts(self, client: Client) -> None:
        text = read(client, f"/listes/2025?{ON}").text
        assert "Deux y entrent et deux en sortent." in text
        assert "2 ajoutées 61 inchangées 2 retirées" in text
        assert "Reconnue par l'État depuis le 16 juin 2025 (arrêté FICTIF-REC-9991602 du 5 juin 2025)." in text
        assert "Le registre n'en tient pas la raison." in text
        assert "Nommée d'abord, puis retirée le 16 avril 2026 : Arrêté FICTIF-LISTE-2025-M2" in text

    def test_a_school_that_moved_is_told_to_have_moved(self, client: Client) -> None:
        page = read(client, f"/listes/2024?{ON}")
        assert "y changent de place ou de numéro" in page.text or "y change de place ou de numéro" in page.text
        assert "Modifiée" in page.text

    def test_later_acts_that_amended_it_are_named(self, client: Client) -> None:
        text = read(client, f"/listes/2025?{ON}").text
        assert "Ajoutée École de production du Coteau-Mécanique 12 février 2026 Arrêté FICTIF-LISTE-2025-M1" in text
        assert "Modifiée depuis" not in read(client, "/listes/2025?on=2026-01-05").text

    def test_what_was_not_known_yet_amends_nothing(self, client: Client) -> None:
        text = read(client, "/listes/2025?on=2026-05-20&known_at=2026-05-20").text
        assert "FICTIF-LISTE-2025-M2" not in text

    def test_the_first_list_held_is_compared_with_nothing(self, client: Client) -> None:
        text = read(client, f"/listes/2023?{ON}").text
        assert "La liste 2022 n'est pas au registre : on ne sait pas ce qui change." in text
        assert "Ce qui change depuis" not in text

    def test_before_its_publication_it_says_when_it_came(self, client: Client) -> None:
        page = read(client, "/listes/2025?on=2025-11-20")
        assert (
            "Au 20 novembre 2025, la liste annuelle 2025 n'était pas publiée. Elle l'est le 27 novembre 2025."
            in page.text
        )
        assert "?on=2025-11-27" in page.links

    def test_a_list_that_is_not_held_is_not_an_empty_list(self, client: Client) -> None:
        text = read(client, f"/listes/2026?{ON}").text
        assert "On ne sait pas : l'arrêté de la liste annuelle 2026 n'est pas au registre." in text
        assert "0 école" not in text

    @pytest.mark.parametrize("year", ["1850", "2019", "2028", "99999"])
    def test_a_year_without_possible_list_leads_nowhere(self, client: Client, year: str) -> None:
        read(client, f"/listes/{year}", 404)

    def test_it_can_be_taken_away(self, client: Client) -> None:
        assert f"/donnees/listes.csv?{ON}&act_year=2025&columns=seen" in read(client, f"/listes/2025?{ON}").links

    @pytest.mark.parametrize(
        ("on", "year"), [("2026-11-25", 2025), ("2025-11-20", 2024), ("2021-01-01", 2021), ("2010-01-01", 2020)]
    )
    def test_the_short_address_leads_to_the_last_list_of_the_day(self, client: Client, on: str, year: int) -> None:
        answer = client.get(f"/listes?on={on}")
        assert (answer.status_code, answer["Location"]) == (302, f"/listes/{year}?on={on}")

    def test_free_reasons_of_a_line_are_not_shown(self, client: Client) -> None:
        assert "retirée par l'arrêté modificatif" not in read(client, f"/listes/2025?{ON}").text


@pytest.mark.django_db
def test_an_empty_register_holds_no_list(client: Client) -> None:
    assert client.get("/listes")["Location"] == "/listes/2026"
    assert "Aucune autre liste." not in read(client, "/listes/2025").text
