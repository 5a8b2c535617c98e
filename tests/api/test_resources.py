"""Each resource says what the register holds, on the day and at the instant asked; what does not read is a problem in French."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from equerre.documents.answer import canonical
from equerre.opendata import register
from tests.api.conftest import Api

ON = "2026-10-01"
# « École de production du Ried-Doré » of the demo; and a school whose recognition was withdrawn in February 2026.
SCHOOL, WITHDRAWN = "9991501C", "9990403J"


PROBLEMS: dict[str, tuple[str, int, str, list[str], str]] = {
    "a day that does not exist": ("schools?on=2026-06-31", 422, "bad-parameter", ["on"], "Juin s'arrête au 30."),
    "a day written otherwise": ("changes?on=03/11/2026", 422, "bad-parameter", ["on"], "2026-11-03"),
    "a day far away": ("acts?on=0001-01-01", 422, "bad-parameter", ["on"], "de 1800 à 2199"),
    "an instant without its zone": (
        "schools?known_at=2026-01-05T09:00:00",
        422,
        "bad-parameter",
        ["known_at"],
        "son fuseau",
    ),
    "a parameter that nobody knows": (
        "readings?know_at=2026-01-01",
        422,
        "bad-parameter",
        ["know_at"],
        "on ou known_at",
    ),
    "a parameter given twice": ("acts?on=2026-01-01&on=2026-01-02", 422, "bad-parameter", ["on"], "donné 2 fois"),
    "two things at once": ("schools?on=x&known_at=y", 422, "bad-parameter", ["on", "known_at"], "n'est pas un jour"),
    "too many lines": ("schools?limit=101", 422, "bad-parameter", ["limit"], "vaut au plus 100"),
    "no number": ("lists/2025?limit=dix", 422, "bad-parameter", ["limit"], "nombre entier"),
    "a région that is none": ("schools?region=99", 422, "bad-parameter", ["region"], "d'aucune région"),
    "a former académie": ("schools?academie=05", 422, "bad-parameter", ["academie"], "a été réunie à"),
    "a sheet without its letters": ("schools?rncp=37897", 422, "bad-parameter", ["rncp"], "écrivez RNCP"),
    "a kind of act that is none": ("acts?kind=staff_approval", 422, "bad-parameter", ["kind"], "choisissez"),
    "a cursor of ours, broken": ("schools?cursor=abc", 422, "bad-parameter", ["cursor"], "recommencez sans lui"),
    "a cursor of elsewhere": ("changes?cursor=WzAsIngiXQ", 422, "bad-parameter", ["cursor"], "ne se lit pas"),
    "a school that nobody knows": ("schools/9999999Z", 404, "not-found", ["uai"], "« 9999999Z »"),
    "a school with what no address has": ("schools/%00", 404, "not-found", ["uai"], "Aucune école"),
    "a day before the regime": (f"schools/{SCHOOL}?on=2019-12-31", 422, "before-the-law", ["on"], "1er janvier 2020"),
    "a sheet that is not held": ("certifications/RNCP99999", 404, "not-found", ["code"], "ne tient pas la fiche"),
    "an article that is no address": ("articles/code-route/x", 404, "not-found", ["number"], "n'est pas l'adresse"),
    "an article of nobody's": ("articles/code-travail/L1234-5", 404, "not-found", ["number"], "ne s'appuie pas"),
    "a year of no list": ("lists/99999", 404, "not-found", ["act_year"], "n'est pas au registre"),
    "an address that leads nowhere": ("ecoles", 404, "no-such-address", [], "/api/v1/docs"),
}


@pytest.mark.usefixtures("demo_year")
class TestResources:
    # --- Schools ----------------------------------------------------------------------------------------------------------------

    def test_a_search_forgives_accents_and_finds_a_trade(self, api: Api) -> None:
        found = api.json(f"schools?q=metallerie&on={ON}")
        assert found["count"] == len(found["schools"]) > 3
        assert all(any("métallier" in one["title"].lower() for one in line["courses"]) for line in found["schools"])

    def test_filters_narrow_one_another(self, api: Api) -> None:
        lyon = api.json(f"schools?academie=10&on={ON}")
        assert {line["place"]["academie_name"] for line in lyon["schools"]} == {"Lyon"}
        rhone = api.json(f"schools?academie=10&departement=69&on={ON}")
        assert 0 < rhone["count"] < lyon["count"]
        assert api.json(f"schools?academie=10&departement=13&on={ON}")["count"] == 0

    def test_a_school_says_where_it_stands_and_what_hangs(self, api: Api) -> None:
        school = api.json(f"schools/{SCHOOL}?on={ON}")
        assert [link["word"] for link in school["links"]] == [
            *("opening", "managing_body", "recognition", "annual_list", "regional_list", "tax_balance"),
        ]
        listed = next(link for link in school["links"] if link["word"] == "annual_list")
        assert listed["outcome"] == "MET"
        assert listed["settled"] is False
        assert {one["reading"].partition(":")[0] for one in listed["hangs_on"]} >= {"R3"}
        assert "code-education/L443-6/s3" in listed["citations"]

    def test_a_school_answers_for_the_day_and_the_instant_asked(self, api: Api) -> None:
        def recognised(query: str) -> str:
            links = api.json(f"schools/{WITHDRAWN}?{query}")["links"]
            return next(str(link["outcome"]) for link in links if link["word"] == "recognition")

        assert recognised("on=2026-02-01") == "MET"
        assert recognised("on=2026-03-01") == "NOT_MET"
        assert recognised("on=2026-03-01&known_at=2026-02-16T00:00:00Z") == "MET"

    def test_the_chain_is_the_public_answer_that_the_command_prints(self, api: Api) -> None:
        school = register.school(SCHOOL, date(2026, 10, 1))
        assert school is not None
        assert canonical(api.json(f"schools/{SCHOOL}/chain?on={ON}")) == canonical(school.answer)

    def test_a_history_tells_what_was_corrected(self, api: Api) -> None:
        told = [change for page in api.walk("schools/9990402H/history?limit=5") for change in page["changes"]]
        sites = [change for change in told if change["kind"] == "site"]
        assert [change["move"] for change in sites] == ["corrected", "corrected", "recorded"]
        assert sites[0]["before"]["siret"] == sites[1]["values"]["siret"] != sites[0]["values"]["siret"]
        assert all("9990402H" in [school["uai"] for school in change["schools"]] for change in sites)

    # --- Lists, acts, certifications, law ---------------------------------------------------------------------------------------

    def test_a_list_is_what_its_act_says_on_a_day(self, api: Api) -> None:
        february = api.json("lists/2025?on=2026-02-01&limit=1")
        may = api.json("lists/2025?on=2026-05-01&limit=1")
        assert february["act"]["number"] == "FICTIF-LISTE-2025"
        assert february["act"]["published_on"] == "2025-11-27"
        assert february["count"] == may["count"]  # one added in February, one struck in April
        names = [line["uai"] for page in api.walk("lists/2025?on=2026-05-01") for line in page["schools"]]
        assert len(names) == len(set(names)) == may["count"]

    @pytest.mark.parametrize("query", ["on=2025-11-26", "on=2026-10-01&known_at=2025-11-01"])
    def test_a_list_that_is_not_held_that_day_is_not_an_empty_one(self, api: Api, query: str) -> None:
        response = api(f"lists/2025?{query}")
        assert response.status_code == 404
        assert "n'est pas au registre" in response.json()["detail"]

    def test_acts_come_with_the_schools_that_they_are_about(self, api: Api) -> None:
        found = api.json(f"acts?kind=recognition_withdrawal&on={ON}")
        assert [act["key"] for act in found["acts"]] == ["FICTIF-RETRAIT-2026-1", "FICTIF-RETRAIT-2025-1"]
        assert [school["uai"] for act in found["acts"] for school in act["schools"]] == [WITHDRAWN, "9991203D"]
        amended = api.json(f"acts?kind=annual_list_amendment&on={ON}")["acts"]
        assert {act["amends"] for act in amended} == {"FICTIF-LISTE-2025"}
        assert api.json("acts?on=2023-12-31")["count"] < api.json(f"acts?on={ON}")["count"]

    def test_a_certification_says_its_days_and_who_prepares_it(self, api: Api) -> None:
        found = api.json(f"certifications/RNCP37897?on={ON}")
        assert found["active"] is False  # its sheet ended on 31 August 2026
        assert api.json("certifications/RNCP37897?on=2026-08-31")["active"] is True
        assert found["schools"] == api.json(found["href"].removeprefix("/api/v1/"))["count"] > 0

    def test_an_article_has_its_wordings_and_what_leans_on_it(self, api: Api) -> None:
        found = api.json("articles/code-education/L443-6")
        assert found["state"] == "in_force"
        assert found["wordings"][0]["in_force"]["since"] is not None
        assert "annual_list.listed" in found["rules"]
        assert "R3" in found["readings"]
        assert set(found["parts"]) == {f"s{number}" for number in range(1, 8)}

    def test_a_reading_says_how_many_schools_hang_on_it_that_day(self, api: Api) -> None:
        found = {one["number"]: one for one in api.json("readings?on=2026-11-25")["readings"]}
        assert found["R3"]["schools_hanging"] == 63
        assert found["R48"]["schools_hanging"] == 0
        assert api.json("readings?on=2026-11-25")["schools"] == 72
        before = api.json("readings?on=2019-01-01")
        assert (before["schools"], before["readings"][0]["schools_hanging"]) == (None, None)

    def test_a_list_says_what_changed_since_the_one_before(self, api: Api) -> None:
        found = api.json("lists/2025?on=2026-11-25&limit=1")
        assert found["compared_with"] == 2024
        assert [one["kind"] for one in found["changes"]] == ["added", "added", "removed", "removed"]
        assert all(one["because"] for one in found["changes"])
        first = api.json("lists/2023?on=2026-11-25&limit=1")
        assert (first["compared_with"], first["changes"]) == (None, [])

    def test_readings_are_all_there_with_what_would_settle_them(self, api: Api) -> None:
        found = api.json("readings")["readings"]
        assert [one["number"] for one in found] == [f"R{number}" for number in range(1, len(found) + 1)]
        assert all(one["settles"] and one["why_default"] for one in found)

    def test_changes_are_told_newest_first_and_about_a_day_when_one_is_named(self, api: Api) -> None:
        told = [change for page in api.walk("changes?limit=100") for change in page["changes"]]
        assert [change["learnt_at"] for change in told] == sorted((one["learnt_at"] for one in told), reverse=True)
        assert len(told) > 1000
        about = [change for page in api.walk("changes?on=2024-01-15&limit=100") for change in page["changes"]]
        assert 0 < len(about) < len(told)
        assert all((one["valid"]["since"] or "") <= "2024-01-15" < (one["valid"]["until"] or "9999") for one in about)

    # --- Problems ---------------------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize(("address", "status", "kind", "where", "said"), PROBLEMS.values(), ids=PROBLEMS)
    def test_what_does_not_read_is_said_with_its_place(
        self, api: Api, address: str, status: int, kind: str, where: list[str], said: str
    ) -> None:
        response = api(address)
        problem: dict[str, Any] = response.json()
        assert response["Content-Type"] == "application/problem+json"
        assert (response.status_code, problem["status"]) == (status, status)
        assert problem["type"] == f"urn:equerre:problem:{kind}"
        assert [one["name"] for one in problem["where"]] == where
        assert said in problem["detail"]
        assert "ETag" not in response
