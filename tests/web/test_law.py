"""Articles and readings: our words, their days, what leans on them, and how many answers and schools that is."""

from __future__ import annotations

import pytest
from django.test import Client

from equerre import law
from equerre.opendata import doubts
from equerre.rules.rule import REGISTER
from tests.web.reading import read
from tests.web.schools import a_school

ON = "on=2026-11-25"


@pytest.mark.usefixtures("demo_year")
class TestArticles:
    def test_every_article_of_the_tables_has_its_page(self, client: Client) -> None:
        page = read(client, f"/articles?{ON}")
        for citation in law.articles():
            assert f"/articles/{citation.code}/{citation.article.replace(' ', '%20')}?{ON}" in page.links

    def test_a_summary_is_said_to_be_ours_and_leads_to_the_text(self, client: Client) -> None:
        page = read(client, f"/articles/code-education/L443-6?{ON}")
        assert "Résumé avec nos mots. Le texte : le code entier, sur Légifrance. Lui seul fait foi." in page.text
        assert any(link.startswith("https://www.legifrance.gouv.fr/") for link in page.links)
        assert "Au 25 novembre 2026 : rédaction au 6 décembre 2023, dernière lue" in page.text

    def test_a_part_of_it_has_its_own_address(self, client: Client) -> None:
        assert {"s1", "s3", "s7"} <= set(read(client, f"/articles/code-education/L443-6?{ON}").ids)
        assert "12°" in read(client, f"/articles/code-travail/L6241-5?{ON}").ids

    def test_its_wordings_stand_by_date_the_one_of_the_day_among_them(self, client: Client) -> None:
        text = read(client, "/articles/code-travail/L6241-5?on=2022-06-01").text
        assert text.count("La rédaction du jour demandé.") == 1
        assert "Date certaine." in text

    def test_a_number_that_stood_empty_or_bore_another_rule_says_so(self, client: Client) -> None:
        text = read(client, "/articles/code-travail/R6241-25?on=2021-05-05").text
        assert "aucun article ne portait ce numéro" in text
        assert "Le numéro portait une autre règle." in text

    def test_what_leans_on_it_is_counted_over_the_register(self, client: Client) -> None:
        text = read(client, f"/articles/code-education/L443-6?{ON}").text
        assert "réponses le citent, sur 72 écoles du registre." in text
        assert (
            "L'école est-elle sur la liste annuelle qui vaut ce jour-là ? troisième phrase annual_list.listed" in text
        )
        assert "R3, Entre deux listes" in text

    def test_rules_that_are_not_public_are_not_named(self, client: Client) -> None:
        text = read(client, f"/articles/code-travail/D6241-27-1?{ON}").text
        assert not REGISTER["tax_balance.payable"].public
        assert "tax_balance.payable" not in text

    def test_an_address_that_somebody_mistook_says_what_was_meant(self, client: Client) -> None:
        assert "vouliez-vous dire" in read(client, "/articles/code-education/L444-6", 404).text
        assert "n'est pas l'adresse d'un article" in read(client, "/articles/code-education/quarante", 404).text


@pytest.mark.usefixtures("demo_year")
class TestReadings:
    def test_every_doubt_is_listed_with_what_we_follow_and_who_hangs_on_it(self, client: Client) -> None:
        page = read(client, f"/lectures?{ON}")
        for number in law.readings():
            assert f"/lectures/{number}?{ON}" in page.links
        assert "R3 Entre deux listes b et c 63" in page.text
        assert "R44 L'école change d'organisme gestionnaire aucune option 1" in page.text

    def test_a_doubt_says_its_options_why_and_what_would_settle_it(self, client: Client) -> None:
        text = read(client, f"/lectures/R3?{ON}").text
        assert "b Oui, jusqu'à la publication de la liste suivante. Nous la suivons si l'arrêté se tait." in text
        assert "Trancherait Les termes de chaque arrêté ; une circulaire du ministère." in text
        assert "63 écoles tiennent à cette lecture, sur 72, avec les seuls faits publics." in text
        assert "Liste annuelle, 63 écoles : Oui, non sous R3-a et on ne sait pas sous R3-c" in text

    def test_on_a_day_without_doubt_nobody_hangs(self, client: Client) -> None:
        said = "Aucune école ne tient à cette lecture, sur 72, avec les seuls faits publics."
        assert said in read(client, "/lectures/R3?on=2026-03-02").text

    def test_a_reading_that_no_rule_takes_says_why(self, client: Client) -> None:
        text = read(client, f"/lectures/R48?{ON}").text
        assert "Sans option à comparer." in text
        assert "Non prise" in text

    def test_a_number_that_does_not_exist_says_which_do(self, client: Client) -> None:
        assert "elles vont de R1 à R55" in read(client, "/lectures/R99", 404).text

    def test_the_count_is_that_of_each_school(self, client: Client) -> None:
        page = read(client, f"/lectures/R44?{ON}")
        (address,) = {link for link in page.links if link.startswith("/ecoles/99")}
        assert "R44" in read(client, address).text


@pytest.mark.django_db
class TestManySchools:
    def test_beyond_a_number_nothing_is_counted_and_that_is_said(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_school()
        monkeypatch.setattr(doubts, "MOST", 0)
        assert "le calcul ferait attendre" in read(client, "/lectures").text
        assert "On ne l'a pas compté" in read(client, "/lectures/R3").text
        assert "On n'a pas compté les réponses qui le citent" in read(client, "/articles/code-education/L443-6").text

    def test_a_count_is_made_again_when_the_register_moves(self, client: Client) -> None:
        a_school()
        assert "sur 1 école" in read(client, "/lectures").text
        a_school("autre", "Autre école")
        assert "sur 2 écoles" in read(client, "/lectures").text
