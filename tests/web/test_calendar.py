"""Days of the law with their text, days of campaigns with what they became; where data come from, and how old it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from equerre import law
from equerre.opendata.calendar import DAY_OF_THE_YEAR, legal_days
from tests.web.reading import read

ON = "on=2026-11-25"


@pytest.mark.usefixtures("demo_year")
class TestTheCalendar:
    def test_a_day_of_the_law_comes_next_with_its_text_and_its_caution(self, client: Client) -> None:
        page = read(client, f"/calendrier?{ON}")
        assert "31 décembre 2026 Dernier jour pour publier la liste du préfet de région" in page.text
        assert "à la lettre, le 30 décembre est le dernier jour utile." in page.text
        assert f"/articles/code-travail/R6241-21?{ON}" in page.links

    def test_a_practice_is_not_dressed_as_law(self, client: Client) -> None:
        assert (
            "Aucun texte connu d'Équerre ne fixe ce jour. C'est une pratique" in read(client, f"/calendrier?{ON}").text
        )

    def test_a_date_that_was_put_off_keeps_the_first_one(self, client: Client) -> None:
        html = client.get(f"/calendrier?{ON}").content.decode().replace("\xa0", " ")
        assert "<del>20 novembre 2026</del>" in html
        before = read(client, "/calendrier?on=2026-09-01&known_at=2026-09-01").text
        assert "11 décembre 2026" not in before
        assert "20 novembre 2026" in before

    def test_a_date_has_its_source_and_since_when_it_is_known(self, client: Client) -> None:
        text = read(client, f"/calendrier?{ON}").text
        assert "SOLTéA (Caisse des Dépôts), Calendrier de la campagne 2026" in text
        assert "Connu depuis le 2 février 2026" in text


@pytest.mark.usefixtures("demo_year")
class TestSources:
    def test_each_publisher_has_the_day_of_its_last_paper_and_its_age(self, client: Client) -> None:
        text = read(client, f"/sources?{ON}").text
        assert "Certif Info" in text
        assert "31 janvier 2025" in text
        assert "21 mois" in text

    def test_one_without_a_day_is_said_to_have_none(self, client: Client) -> None:
        text = read(client, f"/sources?{ON}").text
        assert "Sans date" in text
        assert "École de production des Balmes-Rousses" in text

    def test_what_was_not_read_yet_is_not_there(self, client: Client) -> None:
        then = read(client, "/sources?known_at=2024-06-01").text
        assert "Sirene d'essai" not in then
        assert "Sirene d'essai" in read(client, f"/sources?{ON}").text


@pytest.mark.django_db
def test_without_any_fact_the_law_still_has_its_days(client: Client) -> None:
    text = read(client, "/calendrier").text
    assert "aucune date de campagne n'est au registre" in text
    assert "Dernier jour pour envoyer la liste du personnel" in text
    assert "0 éditeur" in read(client, "/sources").text


@pytest.mark.parametrize("on", [date(2026, 11, 15), date(2026, 12, 31), date(2028, 2, 29)])
def test_a_day_of_the_law_is_never_before_the_day_asked_nor_a_year_after(on: date) -> None:
    found = legal_days(on)
    written = [name for name, values in law.parameters().items() if values[0].unit == DAY_OF_THE_YEAR]
    assert len(found) == len(written)
    assert all(on <= one.on and (one.on - on).days <= 366 for one in found)
    assert [one.on for one in found] == sorted(one.on for one in found)


def test_before_its_text_a_day_of_the_law_does_not_come() -> None:
    assert legal_days(date(1990, 1, 1)) == []
