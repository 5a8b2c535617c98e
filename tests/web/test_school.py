"""One school: what is found on a day, why, the doors, the courses, the history, and what anybody takes away."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from equerre.documents import dossier as dossiers
from equerre.documents import employer_sheet
from equerre.documents.labels import WORDS
from equerre.documents.portrait.doors import DOORS
from equerre.kernel import clock
from equerre.kernel.french import day
from equerre.kernel.period import Period
from equerre.opendata.public import WORDS as PUBLIC
from equerre.registry import models
from equerre.registry.record import Entry, record
from tests.registry import writing
from tests.web.reading import Page, read
from tests.web.schools import UAI, a_school

ON = "on=2026-11-25"
CHAIN = [f"{WORDS[word].above} {WORDS[word].below}".strip() for word in PUBLIC]


def page_of(client: Client, uai: str, query: str = ON) -> Page:
    return read(client, f"/ecoles/{uai}?{query}")


@pytest.mark.usefixtures("demo_year")
class TestTheChain:
    def test_six_steps_in_order_each_with_its_word_and_its_way_to_the_reasons(self, client: Client) -> None:
        page = page_of(client, "9990802T")
        places = [page.text.index(f" {step} Oui") for step in CHAIN]
        assert places == sorted(places)
        for word in PUBLIC:
            assert f"#{word}" in page.links
            assert word in page.ids

    def test_the_answer_comes_first_in_sentences(self, client: Client) -> None:
        assert re.search(
            r"Au 25 novembre 2026, l'école est ouverte, reconnue par l'État, sur la liste annuelle 2025 "
            r"\(lecture R3-b, la liste 2026 n'étant pas au registre\) et sur "
            r"la liste du préfet de région de la campagne 2026. Elle a droit au solde de la taxe d'apprentissage de la campagne "
            r"2026.*\. Une autre lecture du texte changerait \w+ de ces réponses\.",
            page_of(client, "9990802T").text,
        )

    def test_an_unknown_names_no_list_since_it_waits_for_another(self, client: Client) -> None:
        text = page_of(client, "9990802T", "on=2027-07-04").text
        assert "On ne sait pas si elle est sur la liste annuelle ou sur la liste du préfet" in text
        assert "Liste annuelle On ne sait pas" in read(client, "/ecoles?q=9990802T&on=2027-07-04").text

    def test_a_no_and_an_unknown_are_said_apart(self, client: Client) -> None:
        text = page_of(client, "9992303Z").text
        assert (
            "l'école n'est ni sur la liste annuelle 2025 ni sur la liste du préfet de région de la campagne 2026."
            in text
        )
        assert "On ne sait pas si elle est ouverte ou reconnue par l'État." in text
        assert "il manque la déclaration d'ouverture, jour où le dossier a été complet" in text

    def test_a_link_unfolds_to_act_authority_next_facts_sources_texts_and_readings(self, client: Client) -> None:
        page = page_of(client, "9990802T")
        for said in (
            "Acte L'arrêté",
            "Autorité Le ministre chargé de l'éducation nationale",
            "Ensuite Fixer la liste annuelle 2026 par un arrêté commun.",
            "Vrai depuis le 8 juin 2015",
            "Connu depuis le 18 septembre 2023",
            "Un doute pèse sur cette réponse : R3, Entre deux listes",
            "Nous suivons l'option b.",
        ):
            assert said in page.text, said
        assert "/articles/code-education/L443-6?on=2026-11-25#s3" in page.links
        assert "/lectures/R3?on=2026-11-25" in page.links

    def test_the_headline_says_under_which_reading(self, client: Client) -> None:
        assert "Oui sous les lectures R2-a et R3-b ; on ne sait pas sous R2-b et R3-c ; non sous R3-a" in (
            page_of(client, "9990802T").text
        )
        assert "R3-b" not in page_of(client, "9990802T", "on=2026-03-02").text

    def test_the_first_answer_that_is_not_a_yes_is_unfolded(self, client: Client) -> None:
        html = client.get(f"/ecoles/9992303Z?{ON}").content.decode()
        assert re.findall(r'<details class="finding (\S+)" open>', html) == ["unknown"]
        assert " open>" not in client.get(f"/ecoles/9990802T?{ON}").content.decode()

    def test_what_is_due_next_says_who_when_and_under_which_text(self, client: Client) -> None:
        text = page_of(client, "9990802T", "on=2026-11-03").text
        assert (
            "Envoyer au recteur la liste du personnel, avec ses justificatifs L'école Entre le 1er et le 15 novembre 2026. "
            "Code de l'éducation, art. D. 442-22-1"
        ) in text

    def test_the_days_that_bound_an_answer_are_worth_trying(self, client: Client) -> None:
        assert "?on=2027-01-01" in page_of(client, "9990802T").links


@pytest.mark.usefixtures("demo_year")
class TestTwoTimes:
    def test_what_was_not_known_then_does_not_answer(self, client: Client) -> None:
        late = page_of(client, "9991001J", "on=2026-05-20&known_at=2026-05-20").text
        assert "Elle n'est pas sur la liste annuelle" not in late
        assert "sur la liste annuelle" in late
        assert "selon ce que le registre savait le 20 mai 2026" in late.lower()

    def test_an_instant_is_read_as_well_as_a_day(self, client: Client) -> None:
        page = page_of(client, "9990802T", f"{ON}&known_at=2026-05-20T10:00:00%2B02:00")
        assert "selon ce que le registre savait le 20 mai 2026 à 10 h 00" in page.text.lower()
        assert ("input", "value", "2026-05-20T10:00:00+02:00") in page.attributes

    def test_a_number_that_was_not_known_then_is_not_offered(self, client: Client) -> None:
        page = read(client, "/ecoles/9991603N?known_at=2024-01-01", 404)
        assert "/ecoles/9991603N" not in {link.partition("?")[0] for link in page.links}
        assert "/ecoles/9991603N" in " ".join(read(client, "/ecoles/9991603M", 404).links)

    def test_before_the_article_no_question_arises(self, client: Client) -> None:
        text = page_of(client, "9990802T", "on=2019-12-31").text
        assert "Le 31 décembre 2019, l'article des écoles de production n'existait pas encore" in text
        assert "Les raisons" not in text


@pytest.mark.usefixtures("demo_year")
class TestDoorsAndCourses:
    def test_the_four_doors_stand_side_by_side_with_what_each_lacks(self, client: Client) -> None:
        text = page_of(client, "9990802T").text
        for named in DOORS.values():
            assert named.title in text
            assert named.made_for in text
        assert "Porte du 12° Pour les écoles" in text
        assert "Il manque : l'habilitation à recevoir des boursiers." in text
        assert "Ouverte ce jour-là" in text

    def test_a_sheet_that_ended_leaves_its_pupils_covered_and_lets_nobody_in(self, client: Client) -> None:
        text = page_of(client, "9990701H").text
        assert "Fiche RNCP37897, finie le 31 août 2026." in text
        assert "Compte ce jour-là : oui" in text
        assert "Entrée possible : non (R54-a)" in text
        assert "Élèves déjà entrés, couverts jusqu'à l'examen RNCP37897 1er septembre 2026 l'examen" in text

    def test_the_drawing_is_told_to_who_does_not_see_it(self, client: Client) -> None:
        page = page_of(client, "9990701H")
        told = [value for tag, name, value in page.attributes if tag == "svg" and name == "aria-label"]
        assert any("RNCP37897, fiche finie, du 1er" in value.replace("\xa0", " ") for value in told)


@pytest.mark.usefixtures("demo_year")
class TestHistory:
    def test_a_correction_says_what_it_corrects_since_when_and_by_whom_it_was_told(self, client: Client) -> None:
        html = client.get(f"/ecoles/9990402H?{ON}").content.decode()
        assert "<del>000 704 023 00027</del> <ins>000 704 023 00019</ins>" in html
        text = Page(html).text
        assert "Le site (correction)" in text
        assert "Connu depuis le 15 juin 2026 à 10 h 00. Sirene d'essai" in text

    def test_what_was_corrected_later_was_not_then(self, client: Client) -> None:
        html = client.get("/ecoles/9990402H?on=2026-06-01&known_at=2026-06-01").content.decode()
        assert "<ins>000 704 023 00019</ins>" not in html
        assert "<code>000 704 023 00027</code>" in html

    def test_the_day_asked_has_its_place_and_what_comes_after_is_said_to(self, client: Client) -> None:
        page = page_of(client, "9990802T", "on=2025-06-02")
        assert "2 juin 2025 Le jour demandé" in page.text
        assert "Après le jour demandé." in page.text
        assert {"later", "asked"} <= page.classes

    def test_a_planned_date_is_awaited(self, client: Client) -> None:
        text = page_of(client, "9990802T").text
        assert "11 décembre 2026 Liste annuelle attendue, campagne 2027 (date révisée)" in text
        earlier = page_of(client, "9990802T", "on=2026-09-01&known_at=2026-09-01").text
        assert "20 novembre 2026 Liste annuelle attendue, campagne 2027 (date prévue)" in earlier

    def test_what_happened_is_told_in_sentences(self, client: Client) -> None:
        text = page_of(client, "9990802T").text
        assert "Inscrite sur la liste annuelle 2025 Vrai depuis le 27 novembre 2025" in text
        assert "Inscrite sur la liste du préfet de région de la campagne 2026, au titre du 12°" in text
        assert "Elle s'appelle École de production des Balmes-Rousses" in text

    def test_the_days_to_try_say_what_happened_then(self, client: Client) -> None:
        text = page_of(client, "9990403J", "on=2026-06-01").text
        assert "retrait de la reconnaissance" in text.partition("Les jours où une réponse change")[2][:400]

    def test_no_day_before_the_article_is_offered(self, client: Client) -> None:
        page = page_of(client, "9990802T")
        offered = {link[4:14] for link in page.links if link.startswith("?on=")}
        assert offered
        assert all(one >= "2020-01-01" for one in offered)


@pytest.mark.usefixtures("demo_year")
class TestBeforeOneGives:
    """What an employer should know before he types a number."""

    def test_a_school_on_the_list_of_the_prefect_and_the_next_period(self, client: Client) -> None:
        text = page_of(client, "9990802T").text
        assert "Elle est sur la liste du préfet de région de la campagne 2026." in text

    def test_a_school_that_no_list_names_will_not_be_found(self, client: Client) -> None:
        text = page_of(client, "9997004J").text
        assert (
            "Elle n'est pas sur la liste du préfet de région de la campagne 2026 : SOLTéA ne la montrera sans doute pas"
            in text
        )

    def test_a_period_of_choice_is_said_open_while_it_is(self, client: Client) -> None:
        text = page_of(client, "9990802T", "on=2025-06-10").text
        assert re.search(r"Une période de choix est ouverte jusqu'au \d+ \w+ 2025\.", text)
        assert "Les prochaines périodes de choix ne sont pas au registre." in page_of(client, "9990802T").text

    def test_a_siret_of_the_body_before_a_merger_is_warned_of(self, client: Client) -> None:
        text = page_of(client, "9990302Z").text
        assert "Le SIRET de ce site ne commence pas par le SIREN de l'organisme gestionnaire" in text
        assert "ne commence pas" not in page_of(client, "9990802T").text

    def test_a_sheet_that_ended_is_said_beside_its_number(self, client: Client) -> None:
        assert "RNCP36112 fiche finie le 31 août 2026" in page_of(client, "9990302Z").text

    def test_a_day_to_come_is_said_to_be_so(self, client: Client) -> None:
        said = f"Ce jour n'est pas venu : voici ce que donnent les faits connus le {day(clock.today())}, s'ils durent"
        assert said in page_of(client, "9990802T", "on=2027-07-04").text
        assert "Ce jour n'est pas venu" not in page_of(client, "9990802T", "on=2025-06-10").text
        assert (
            "Ce jour n'était pas venu le 3 mars 2025"
            in page_of(client, "9990802T", "on=2025-06-01&known_at=2025-03-03").text
        )


@pytest.mark.usefixtures("demo_year")
class TestTakingAway:
    def test_the_dossier_can_be_replayed(self, client: Client) -> None:
        answer = client.get("/ecoles/9990701H/dossier.json?on=2026-11-03&known_at=2026-11-01")
        assert dossiers.verify(answer.content.decode()) == []
        assert answer["Content-Disposition"] == 'attachment; filename="dossier-9990701H-2026-11-03.json"'
        said = json.loads(answer.content)
        assert said["question"]["on"] == "2026-11-03"
        assert (
            said["facts"].keys().isdisjoint({"staff_member", "bank_details", "agreement", "cohort", "production_count"})
        )

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/ecoles/9990899Z/dossier.json", 404),
            ("/ecoles/9990701H/dossier.json?on=hier", 400),
            ("/ecoles/9990701H/dossier.json?on=2019-01-01", 400),
            ("/ecoles/9990899Z/fiche-employeur.pdf", 404),
            ("/ecoles/9990701H/fiche-employeur.pdf?known_at=demain", 400),
        ],
    )
    def test_what_cannot_be_made_is_refused_in_a_sentence(self, client: Client, address: str, status: int) -> None:
        answer = client.get(address)
        assert answer.status_code == status
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content.decode().strip().endswith(".")

    def test_what_one_types_is_text_even_without_a_script(self, client: Client) -> None:
        page = page_of(client, "9990701H")
        assert "UAI 9990701H SIRET 000 707 018 00016 Nom École-atelier du Clos-Ferrand Commune Closferrand" in page.text
        assert ("code", "data-copy", "00070701800016") in page.attributes
        assert "button" not in {tag for tag, name, value in page.attributes if value == "copy"}

    def test_the_page_says_who_it_is_to_machines(self, client: Client) -> None:
        html = client.get(f"/ecoles/9990701H?{ON}").content.decode()
        said = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
        assert said["@type"] == "School"
        assert said["url"] == "http://testserver/ecoles/9990701H"
        assert {one["propertyID"]: one["value"] for one in said["identifier"]} == {
            "UAI": "9990701H",
            "SIRET": "00070701800016",
        }
        assert "fictive" in said["description"]
        assert '<link rel="canonical" href="http://testserver/ecoles/9990701H">' in html

    def test_the_employer_sheet_says_what_the_page_says(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[Any] = []
        monkeypatch.setattr(employer_sheet, "pdf", lambda sheet: made.append(sheet) or b"%PDF-")
        answer = client.get("/ecoles/9990701H/fiche-employeur.pdf?on=2026-11-03")
        assert answer["Content-Type"] == "application/pdf"
        (sheet,) = made
        assert sheet.on == date(2026, 11, 3)
        assert sheet.address == "http://testserver/ecoles/9990701H?on=2026-11-03"
        assert sheet.summary in page_of(client, "9990701H", "on=2026-11-03").text
        assert ("UAI", "9990701H") in [(key.label, key.value) for key in sheet.keys]
        assert sheet.banner

    def test_without_its_maker_the_sheet_is_not_offered(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(employer_sheet, "find_spec", lambda name: None)
        assert "fiche-employeur" not in " ".join(page_of(client, "9990701H").links)
        assert client.get("/ecoles/9990701H/fiche-employeur.pdf").status_code == 501


@pytest.mark.django_db
class TestNumbers:
    def test_a_number_is_read_in_any_case_and_leads_to_its_one_form(self, client: Client) -> None:
        a_school()
        answer = client.get(f"/ecoles/{UAI.lower()}?on=2026-03-02")
        assert (answer.status_code, answer["Location"]) == (301, f"/ecoles/{UAI}?on=2026-03-02")

    def test_a_number_that_was_one_of_the_school_still_leads_to_it(self, client: Client) -> None:
        school = a_school()
        site = models.Site.objects.get(school=school)
        values = {"site": site, "main": True, "uai": "9990099D", "departement": "86"}
        record(Entry(models.SiteDetails, values, Period(date(2026, 9, 1))), writing.by(40))
        page = read(client, f"/ecoles/{UAI}?on=2026-10-01")
        assert f"Le numéro {UAI} était celui de cette école. Elle porte maintenant l'UAI 9990099D." in page.text
        assert "http://testserver/ecoles/9990099D" in page.links

    def test_a_mistyped_number_is_told_so_and_near_ones_are_named(self, client: Client) -> None:
        a_school()
        page = read(client, "/ecoles/9990012K", 404)
        assert "la lettre de contrôle de 9990012 est J, et non K." in page.text
        assert f"/ecoles/{UAI}" in page.links

    def test_a_school_without_a_number_keeps_the_key_of_the_registry(self, client: Client) -> None:
        school = writing.school("ecole-sans-uai")
        record(Entry(models.SchoolName, {"school": school, "name": "École sans numéro"}), writing.by(1))
        assert "École sans numéro" in read(client, "/ecoles/ecole-sans-uai").text

    def test_a_name_closes_no_script(self, client: Client) -> None:
        a_school(name="</script><b>École</b>")
        html = client.get(f"/ecoles/{UAI}").content.decode()
        assert "</script><b>" not in html
        assert "\\u003c/script\\u003e" in html
