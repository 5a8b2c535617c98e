"""The first page: seven sentences, a school behind each, on a day that one changes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from equerre import law
from equerre.demo import SHOWCASE
from equerre.facts.kind import FIRST_YEAR, LAST_YEAR
from equerre.kernel import clock
from equerre.kernel.french import day
from equerre.registry import models
from equerre.rules.chain import ARTICLE
from tests.web.conftest import UndefinedVariable
from tests.web.reading import Page, read
from tests.web.schools import a_school

DAY = "2026-11-25"


@pytest.mark.usefixtures("demo_year")
class TestWithTheDemoYear:
    def test_every_sentence_is_told_in_our_words_with_its_kind_and_a_school(self, client: Client) -> None:
        text = read(client, f"/?on={DAY}").text
        for sentence in law.article(ARTICLE).parts.values():
            assert " ".join(sentence.split()) in text
        for kind in ("Condition", "But", "Acte", "Manière", "Droit", "Faculté"):
            assert f"{kind} :" in text
        for _, uai, why in SHOWCASE:
            assert uai in text
            assert why in text

    def test_an_answer_says_what_it_hangs_on(self, client: Client) -> None:
        text = read(client, f"/?on={DAY}").text
        assert "L'école est-elle une école de production ? Oui sous la lecture R3-b ; non sous R3-a" in text
        assert "Un doute pèse sur cette réponse : R3," in text

    def test_the_day_changes_the_answers(self, client: Client) -> None:
        before = read(client, "/?on=2026-05-04").text
        assert "L'école est-elle une école de production ? Oui L'" in before
        assert "sous la lecture R3-b" not in before

    def test_a_day_says_only_what_the_showcase_tells_of_it(self, client: Client) -> None:
        text = read(client, "/?on=2024-05-06").text
        assert not [why for _, _, why in SHOWCASE if why in text]

    def test_the_answer_is_a_shape_and_a_word(self, client: Client) -> None:
        page = read(client, f"/?on={DAY}")
        assert {"met", "not-met", "unknown", "na"} <= page.classes
        for word in ("Oui", "Non", "On ne sait pas", "Sans objet"):
            assert word in page.text

    def test_the_law_is_a_link_and_says_which_wording_was_read(self, client: Client) -> None:
        page = read(client, f"/?on={DAY}")
        assert [link for link in page.links if link.startswith("https://www.legifrance.gouv.fr/codes/")]
        assert "rédaction au 6 décembre 2023, dernière lue" in page.text

    def test_the_registry_counts_itself(self, client: Client) -> None:
        text = read(client, f"/?on={DAY}").text
        assert "72 écoles, toutes fictives" in text
        assert "3 listes annuelles" in text
        assert re.search("Liste 2025 13 novembre 2025 27 novembre 2025 [0-9]+", text)
        assert "2 listes annuelles" in read(client, "/?on=2025-11-26").text

    def test_invented_schools_carry_their_banner(self, client: Client) -> None:
        assert read(client, "/").text.split("Aller au contenu")[1].strip().startswith("Données fictives.")

    def test_days_to_try_lead_to_other_answers(self, client: Client) -> None:
        days = [link for link in read(client, f"/?on={DAY}").links if link.startswith("/?on=")]
        assert days
        assert DAY not in "".join(days)
        for link in days:
            read(client, link.removesuffix("#phrases"))


@pytest.mark.django_db
class TestWithOneSchool:
    def test_the_number_of_queries_does_not_depend_on_the_schools(self, client: Client) -> None:
        a_school()
        client.get("/")
        with CaptureQueriesContext(connection) as one:
            client.get("/")
        models.School.objects.bulk_create(
            models.School(key=f"ecole-{number}", fictional=True) for number in range(2, 300)
        )
        with CaptureQueriesContext(connection) as three_hundred:
            client.get("/")
        assert len(one) == len(three_hundred)

    def test_an_invented_school_stands_in_for_the_showcase(self, client: Client) -> None:
        a_school()
        text = read(client, "/?on=2026-10-01").text
        assert text.count("École d'essai") == 7

    def test_a_real_school_is_never_shown(self, client: Client) -> None:
        a_school()
        models.School.objects.update(fictional=False)
        text = read(client, "/?on=2026-10-01").text
        assert "1 école" in text
        assert "École d'essai" not in text
        assert "Données fictives" not in text

    def test_what_somebody_wrote_is_escaped(self, client: Client) -> None:
        a_school(name="<script>alert(1)</script>\"'>")
        html = client.get("/?on=2026-10-01").content.decode()
        assert "<script>" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_what_is_private_stays_in(self, client: Client) -> None:
        a_school()
        for model in models.DATED:
            model._default_manager.update(note="note-secrète", author="person:agent-secret")
        models.AnnualListEntry.objects.update(motive="motif-secret")
        models.StaffApproval.objects.update(authority="autorité-secrète")
        html = client.get("/?on=2026-10-01").content.decode()
        assert "secr" not in html
        assert "agrément" not in html


@pytest.mark.django_db
class TestEmptyOrWrong:
    def test_an_empty_registry_says_how_to_fill_it(self, client: Client) -> None:
        text = read(client, "/").text
        assert "Le registre ne tient encore aucune école" in text
        assert "equerre demo" in text
        assert "0 école " in text
        assert "Données fictives" not in text

    def test_without_a_day_it_is_today(self, client: Client) -> None:
        for address in ("/", "/?on=", "/?on=%20"):
            assert f"{day(clock.today())}, aujourd'hui" in read(client, address).text

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("2026-06-31", "Le 31 juin n'existe pas. Juin s'arrête au 30."),
            ("2026-02-29", "Le 29 février n'existe pas en 2026. Février s'arrête au 28."),
            ("03/11/2026", "Une date s'écrit année-mois-jour : 2026-11-03 pour le 3 novembre 2026."),
            ("demain", "« demain » n'est pas un jour. Une date s'écrit année-mois-jour, comme 2026-09-01."),
            ("2026-11-25T10:00", "n'est pas un jour"),
            ("0000-01-01", "L'an 0 n'existe pas."),
            ("2026-1-1", "2026-01-01"),
        ],
    )
    def test_what_is_no_day_is_said_and_kept(self, client: Client, typed: str, said: str) -> None:
        page = read(client, f"/?on={typed}", status=400)
        assert page.text.count(said) == 2
        assert ("input", "value", typed) in page.attributes
        assert ("input", "aria-invalid", "true") in page.attributes
        assert page.text.startswith("Erreur : ")
        assert "#on" in page.links

    def test_hostile_text_in_the_day_is_escaped(self, client: Client) -> None:
        answer = client.get("/", {"on": '"><script>alert(1)</script>'})
        assert answer.status_code == 400
        assert "<script>" not in answer.content.decode()
        assert client.get("/", {"on": "\x00\udcff".encode("utf-8", "surrogatepass")}).status_code == 400

    def test_before_the_article_nothing_is_asked(self, client: Client) -> None:
        a_school()
        text = read(client, "/?on=2019-12-31").text
        assert (
            "Le 31 décembre 2019, l'article des écoles de production n'existait pas encore : il commence le 1er janvier 2020"
            in text
        )
        assert "École d'essai" not in text
        assert "Oui" in read(client, "/?on=2020-01-01").text

    def test_before_the_article_no_address_of_it_is_given(self, client: Client) -> None:
        page = read(client, "/?on=2018-09-01")
        assert "L. 443-6 (pas encore en vigueur ce jour-là)." in page.text
        assert not [link for link in page.links if "legifrance" in link]

    @pytest.mark.parametrize("typed", ["0001-01-01", "1000-01-01", "9999-12-31"])
    def test_a_day_out_of_reach_says_the_reach(self, client: Client, typed: str) -> None:
        assert f"Équerre compte de {FIRST_YEAR} à {LAST_YEAR}." in read(client, f"/?on={typed}", 400).text

    @pytest.mark.parametrize("typed", [f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"])
    def test_the_ends_of_the_calendar_stand(self, client: Client, typed: str) -> None:
        a_school()
        read(client, f"/?on={typed}")

    def test_a_form_is_not_sent_here(self, client: Client) -> None:
        assert client.post("/").status_code == 405
        assert client.head("/").status_code == 200


@pytest.mark.django_db
def test_nothing_is_styled_or_run_in_the_page_and_nothing_comes_from_elsewhere(client: Client) -> None:
    a_school()
    answer = client.get("/?on=2026-10-01")
    page = Page(answer.content.decode())
    assert not [one for one in page.attributes if one[1] == "style" or (one[1].startswith("on") and one[1] != "on")]
    assert not [one for one in page.attributes if one[0] in ("script", "style", "iframe", "img")]
    loaded = [value for tag, name, value in page.attributes if name == "src" or (tag == "link" and name == "href")]
    assert loaded
    named = {"/flux.atom", "http://testserver/"}  # what a browser is told of and does not load
    assert all(address.startswith("/static/") for address in loaded if address not in named)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_one_title_and_headings_in_order_and_no_id_twice(client: Client) -> None:
    a_school()
    for address, status in (("/?on=2026-10-01", 200), ("/?on=hier", 400)):
        page = read(client, address, status)
        assert page.headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(page.headings[1:], page.headings[2:], strict=False))
        assert len(page.ids) == len(set(page.ids))
        inside = {link[1:] for link in page.links if link.startswith("#")}
        assert inside <= set(page.ids)


def test_a_variable_that_nobody_gives_fails() -> None:
    for source in (
        "{{ absent }}",
        "{% if absent %}{% endif %}",
        "{% for one in absent %}{% endfor %}",
        "{{ here.absent }}",
    ):
        with pytest.raises((UndefinedVariable, Exception), match="absent"):
            engines["django"].from_string(source).render({"here": date(2026, 1, 1)})
