"""Files and feeds at their addresses: what a page shows is what its file holds, and what does not read is said in French."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.urls import resolve

from equerre.opendata.tables import TABLES
from equerre.opendata.threshold.unchanged import ANSWERS
from equerre.web import downloads, feeds

ON = "on=2026-10-01"


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response: Any = client.get(address)
    assert response.status_code == 200, address
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.usefixtures("demo_year")
class TestFiles:
    def test_a_search_is_taken_away_with_its_filters(self, client: Client) -> None:
        found = rows(client, f"/donnees/ecoles.csv?q=atelier&region=84&{ON}")
        assert {row["region"] for row in found} == {"84"}
        assert len(found) == client.get(f"/api/v1/schools?q=atelier&region=84&{ON}").json()["count"] > 1

    def test_what_is_asked_of_an_answer_is_a_filter_too(self, client: Client) -> None:
        found = rows(client, f"/donnees/ecoles.csv?etat_liste=oui&{ON}")
        assert {row["annual_list"] for row in found} == {"MET"}
        assert len(found) < len(rows(client, f"/donnees/ecoles.csv?{ON}"))

    def test_what_is_seen_has_fewer_columns_than_all(self, client: Client) -> None:
        seen = rows(client, f"/donnees/listes.csv?act_year=2025&columns=seen&{ON}")
        whole = rows(client, f"/donnees/listes.csv?act_year=2025&{ON}")
        assert [row["uai"] for row in seen] == [row["uai"] for row in whole]
        assert set(seen[0]) < set(whole[0])

    @pytest.mark.parametrize(
        ("form", "media_type"),
        [
            ("csv", "text/csv; charset=utf-8; header=present"),
            ("jsonl", "application/jsonl; charset=utf-8"),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ],
    )
    def test_a_file_says_its_type_and_its_name(self, client: Client, form: str, media_type: str) -> None:
        address = f"/donnees/actes.{form}?{ON}"
        response: Any = client.get(address)
        assert response["Content-Type"] == media_type
        assert response["Content-Disposition"] == f'attachment; filename="actes-2026-10-01.{form}"'
        assert b"".join(response.streaming_content)
        head: Any = client.head(address)
        assert (head["Content-Type"], list(head.streaming_content)) == (media_type, [])
        assert "Content-Length" not in head, "a cache would take its copy for cut short"

    def test_few_files_leave_at_once_and_a_place_is_given_back(self, client: Client) -> None:
        address = f"/donnees/actes.csv?{ON}"
        held: list[Any] = [client.get(address) for _ in range(downloads.AT_ONCE)]
        busy = client.get(address)
        assert (busy.status_code, busy["Retry-After"]) == (503, "30")
        assert b"".join(held.pop().streaming_content)
        again: Any = client.get(address)
        assert again.status_code == 200
        # The end of an answer closes the connection to the database, which the test is still using.
        request_finished.disconnect(close_old_connections)
        try:
            for one in (*held, again):
                one.close()
        finally:
            request_finished.connect(close_old_connections)

    def test_a_file_that_did_not_change_is_not_made_again(self, client: Client) -> None:
        address = f"/donnees/actes.csv?{ON}"
        first: Any = client.get(address)
        assert b"".join(first.streaming_content)
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("ecoles.csv?on=2026-06-31", "Le 31 juin n'existe pas."),
            ("ecoles.csv?on=2019-01-01", "l'article des écoles de production n'existait pas encore"),
            ("formations.xlsx?on=2019-01-01", "l'article des écoles de production n'existait pas encore"),
            ("ecoles.csv?columns=tout", "écrivez seen ou all"),
            ("listes.ods?act_year=25", "n'est pas une année de signature"),
            ("datapackage.json?known_at=hier", "n'est pas un instant"),
        ],
    )
    def test_what_does_not_read_is_said(self, client: Client, address: str, said: str) -> None:
        response = client.get(f"/donnees/{address}")
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert said in response.content.decode()

    @pytest.mark.parametrize("address", ["personnes.csv", "ecoles.pdf", "ecoles", "personnes.schema.json"])
    def test_no_other_file_is_there(self, client: Client, address: str) -> None:
        assert client.get(f"/donnees/{address}").status_code == 404

    def test_the_package_leads_to_files_that_are_there(self, client: Client) -> None:
        package = client.get("/donnees/datapackage.json?on=2026-03-01").json()
        assert [one["name"] for one in package["resources"]] == list(TABLES)
        for one in package["resources"]:
            assert one["path"].endswith("?on=2026-03-01")
            found = rows(client, f"/donnees/{one['path']}")
            assert list(found[0]) == [field["name"] for field in one["schema"]["fields"]]
            assert client.get(f"/donnees/{one['name']}.schema.json").json() == one["schema"]

    def test_json_lines_are_one_object_a_line(self, client: Client) -> None:
        response: Any = client.get(f"/donnees/formations.jsonl?academie=10&{ON}")
        read = [json.loads(line) for line in b"".join(response.streaming_content).decode().splitlines()]
        assert len(read) == len(rows(client, f"/donnees/formations.csv?academie=10&{ON}")) > 1


SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client: Client, path: str) -> list[str]:
    return [str(one.text) for one in ElementTree.fromstring(client.get(path).content).iter(SITEMAP)]


@pytest.mark.usefixtures("demo_year")
class TestMachines:
    def test_the_sitemap_holds_every_page_once(self, client: Client) -> None:
        assert addresses(client, "/sitemap.xml") == ["http://testserver/sitemap-1.xml"]
        found = addresses(client, "/sitemap-1.xml")
        assert len(found) == len(set(found))
        paths = [one.removeprefix("http://testserver") for one in found]
        assert sum(path.startswith("/ecoles/") for path in paths) == 72
        assert {"/", "/ecoles", "/listes/2025", "/lectures/R3", "/articles/code-education/L443-6"} <= set(paths)
        for path in (one for one in paths if not one.startswith(("/ecoles/", "/articles/", "/lectures/R"))):
            assert resolve(path), path

    def test_a_sitemap_too_long_is_cut(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = addresses(client, "/sitemap-1.xml")
        monkeypatch.setattr(feeds, "MOST_ADDRESSES", 50)
        ANSWERS.forget()
        pages = [one.removeprefix("http://testserver") for one in addresses(client, "/sitemap.xml")]
        assert len(pages) == -(-len(whole) // 50)
        assert [one for page in pages for one in addresses(client, page)] == whole
        assert client.get(f"/sitemap-{len(pages) + 1}.xml").status_code == 404
        assert client.get("/sitemap-0.xml").status_code == 404

    def test_addresses_are_those_of_everybody(self, client: Client, settings: Any) -> None:
        settings.ADDRESS = "https://registre.example"
        assert addresses(client, "/sitemap.xml") == ["https://registre.example/sitemap-1.xml"]
        assert addresses(client, "/sitemap-1.xml")[0] == "https://registre.example/"
        assert 'href="https://registre.example/flux.atom" rel="self"' in client.get("/flux.atom").content.decode()
        assert "Sitemap: https://registre.example/sitemap.xml" in client.get("/robots.txt").content.decode()

    def test_the_feed_answers_for_an_instant(self, client: Client) -> None:
        response = client.get("/flux.atom?known_at=2024-01-01")
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert "11 décembre 2023" in response.content.decode()
        assert "2026" not in response.content.decode().partition("<entry>")[0]
        assert client.get("/flux.atom?known_at=hier").status_code == 400


@pytest.mark.django_db
class TestTexts:
    def test_robots_are_kept_from_each_day_and_from_what_people_wrote(self, client: Client) -> None:
        lines = client.get("/robots.txt").content.decode().splitlines()
        assert lines[0] == "User-agent: *"
        assert {"Disallow: /signaler/", "Disallow: /*?"} <= set(lines)

    def test_no_contact_is_invented(self, client: Client) -> None:
        assert client.get("/.well-known/security.txt").status_code == 404

    def test_security_txt_says_where_to_write_and_until_when(self, client: Client, settings: Any) -> None:
        settings.SECURITY_CONTACT, settings.ADDRESS = "mailto:securite@registre.example", "https://registre.example"
        said = dict(
            line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
        )
        assert said == {
            "Contact": "mailto:securite@registre.example",
            "Expires": "2027-03-30T00:00:00Z",
            "Preferred-Languages": "fr",
            "Canonical": "https://registre.example/.well-known/security.txt",
        }
