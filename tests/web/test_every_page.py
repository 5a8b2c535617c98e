"""What every page of the register holds to: valid, in French, on a day that one changes, from nowhere else, at a fixed cost."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from equerre.opendata.threshold.memory import forget_everything
from tests.web.reading import Page, read
from tests.web.schools import a_school
from tests.web.validity import faults

SCHOOL, LISTLESS, LAPSED = "9990802T", "9992303Z", "9990701H"
ON = "on=2026-11-25"
# Every page, in each of its states: an address and its status.
EVERY = {
    "/?on=2026-11-25": 200,
    f"/ecoles?{ON}": 200,
    f"/ecoles?q=soudage&{ON}&page=2": 200,
    f"/ecoles?q=xyzxyz&{ON}": 200,
    f"/ecoles?q=0831819A&{ON}": 200,
    f"/ecoles?academie=10&region=84&rncp=RNCP38568&etat_liste=oui&{ON}": 200,
    f"/ecoles?academie=43&q=menuisier&{ON}": 200,
    "/ecoles?on=2026-06-31": 400,
    "/ecoles?on=2019-05-05": 200,
    f"/ecoles?{ON}&known_at=2024-01-15": 200,
    "/ecoles?known_at=2001-01-01": 200,
    f"/ecoles/{SCHOOL}?{ON}": 200,
    f"/ecoles/{SCHOOL}?on=2024-03-01&known_at=2024-01-15T09:00:00Z": 200,
    f"/ecoles/{SCHOOL}?on=2015-01-01": 200,
    f"/ecoles/{SCHOOL}?on=hier&known_at=demain": 400,
    f"/ecoles/{LISTLESS}?{ON}": 200,
    f"/ecoles/{LAPSED}?{ON}": 200,
    "/ecoles/9990802A": 404,
    "/ecoles/9990899Z": 404,
    f"/ecoles/{SCHOOL}?known_at=2001-01-01": 404,
    f"/listes/2025?{ON}": 200,
    f"/listes/2024?{ON}": 200,
    f"/listes/2023?{ON}": 200,
    "/listes/2025?on=2025-01-01": 200,
    f"/listes/2026?{ON}": 200,
    "/listes/2025?on=31/12/2025": 400,
    "/listes/1850": 404,
    "/listes/2031": 404,
    f"/articles?{ON}": 200,
    f"/articles/code-education/L443-6?{ON}": 200,
    "/articles/code-travail/L6241-5?on=2017-01-01": 200,
    "/articles/code-travail/R6241-25?on=2021-05-05": 200,
    "/articles/code-education/L444-6": 404,
    "/articles/code-de-la-route/R1": 404,
    f"/lectures?{ON}": 200,
    f"/lectures/R3?{ON}": 200,
    "/lectures/R44": 200,
    "/lectures/R48?on=2017-01-01": 200,
    "/lectures/R99": 404,
    f"/calendrier?{ON}": 200,
    "/calendrier?on=1990-01-01": 200,
    f"/sources?{ON}": 200,
    "/sources?known_at=2001-01-01": 200,
    f"/donnees?{ON}": 200,
    "/accessibilite": 200,
    "/mentions-legales": 200,
    "/signaler": 200,
    "/signaler/personne": 404,
}
# Those that show a truth: they say on which day, and let one change it.
OF_A_DAY = [address for address, status in EVERY.items() if status == 200 and "on=" in address]


@pytest.mark.usefixtures("demo_year")
class TestEveryPage:
    @pytest.mark.parametrize("address", EVERY)
    def test_it_is_valid_and_every_variable_is_given(self, client: Client, address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == EVERY[address]
        assert faults(answer.content.decode()) == []

    @pytest.mark.parametrize("address", EVERY)
    def test_its_links_lead_somewhere_and_nothing_comes_from_elsewhere(self, client: Client, address: str) -> None:
        page = read(client, address, EVERY[address])
        for link in page.links:
            parts = urlsplit(link)
            if not parts.netloc and parts.path and not parts.path.startswith("/static/"):
                _resolves(parts.path)
        loaded = [value for tag, name, value in page.attributes if name == "src"]
        assert all(value.startswith(("/static/", "/ecoles/")) for value in loaded)

    @pytest.mark.parametrize("address", OF_A_DAY)
    def test_it_says_on_which_day_and_lets_one_change_it(self, client: Client, address: str) -> None:
        page = read(client, address)
        asked = dict(pair.split("=", 1) for pair in urlsplit(address).query.split("&") if "=" in pair)["on"]
        assert ("input", "value", asked) in page.attributes
        assert ("input", "name", "on") in page.attributes

    @pytest.mark.parametrize("address", [one for one, status in EVERY.items() if status == 200])
    def test_fictional_data_wear_their_banner(self, client: Client, address: str) -> None:
        page = read(client, address)
        shows_schools = any(link.startswith("/ecoles/") for link in page.links)
        if shows_schools and "known_at=2001" not in address:
            assert "Données fictives." in page.text

    def test_a_day_that_does_not_read_says_why(self, client: Client) -> None:
        assert "Le 31 juin n'existe pas. Juin s'arrête au 30." in read(client, "/ecoles?on=2026-06-31", 400).text
        assert "« demain » n'est pas un instant." in read(client, f"/ecoles/{SCHOOL}?known_at=demain", 400).text

    def test_the_day_stays_along_the_way(self, client: Client) -> None:
        page = read(client, f"/ecoles/{SCHOOL}?on=2026-01-05&known_at=2026-03-01")
        for path in ("/ecoles", "/lectures/R", "/calendrier", f"/ecoles/{SCHOOL}/dossier.json"):
            links = [link for link in page.links if link.startswith(path) and "?" in link]
            assert links, path
        assert f"/ecoles/{SCHOOL}/dossier.json?on=2026-01-05&known_at=2026-03-01" in page.links


def _resolves(path: str) -> None:
    try:
        resolve(path)
    except Resolver404:
        pytest.fail(f"{path} leads nowhere")


# --- What it costs -----------------------------------------------------------------------------------------------------------

COUNTED = (
    "/ecoles?on=2026-11-25",
    "/ecoles?q=essai&on=2026-11-25",
    "/ecoles/9990012J?on=2026-11-25",
    "/ecoles/9990012J/dossier.json?on=2026-11-25",
    "/ecoles/9990012J/badge.svg?on=2026-11-25",
    "/listes/2025?on=2026-11-25",
    "/lectures?on=2026-11-25",
    "/articles/code-education/L443-6?on=2026-11-25",
    "/calendrier?on=2026-11-25",
    "/sources?on=2026-11-25",
    "/donnees?on=2026-11-25",
)
# At most; the search reads the register twice when it is new (the index, then the answers of one page).
MOST = {"/ecoles/9990012J?on=2026-11-25": 75, "/ecoles?on=2026-11-25": 95, "/sources?on=2026-11-25": 40}


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_number_of_schools(client: Client) -> None:
    a_school()
    few = {address: _queries(client, address) for address in COUNTED}
    for number in range(3):
        a_school(f"autre-{number}", f"Autre école d'essai {number}")
    many = {address: _queries(client, address) for address in COUNTED}
    assert few == many
    assert {address: count for address, count in many.items() if count > MOST.get(address, 100)} == {}


def _queries(client: Client, address: str) -> int:
    """Those of a page that nobody asked for yet, on a register that nobody read yet."""
    forget_everything()
    with CaptureQueriesContext(connection) as seen:
        answer: Any = client.get(address)
        assert answer.status_code == 200, address
        return len(seen)


def test_a_page_that_is_read_says_what_it_holds() -> None:
    assert Page("<p>Un <b>mot</b></p>").text == "Un mot"
