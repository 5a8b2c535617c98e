"""Public means public, on every page too: the secrets planted for the API and the files are looked for in what people read.

The PDF is looked at through what it is made from. A witness, public, is planted with the secrets: a page of the school that
does not show it would prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from django.test import Client

from equerre.documents import employer_sheet
from tests.opendata.test_secrets import INSTANTS, KEY, SECRETS, UAI, WITNESS, planted

__all__ = ["planted"]

DAYS = ("2026-09-15", "2026-11-12", "2031-02-01")
PAGES = (
    "/",
    "/ecoles",
    f"/ecoles?q={UAI}",
    "/ecoles?academie=15",
    f"/ecoles/{UAI}",
    f"/ecoles/{UAI}/dossier.json",
    f"/ecoles/{UAI}/badge.svg",
    "/listes/2025",
    "/listes/2024",
    "/articles",
    "/articles/code-education/L443-3",
    "/articles/code-travail/D6241-27-1",
    "/lectures",
    "/lectures/R3",
    "/lectures/R9",
    "/calendrier",
    "/sources",
    "/donnees",
    "/mentions-legales",
    "/signaler",
)
SHOWN = (f"/ecoles?q={UAI}", f"/ecoles/{UAI}", f"/ecoles/{UAI}/dossier.json")


def read(client: Client, on: str, known: str, sheets: list[Any]) -> Iterator[tuple[str, str]]:
    """Every page, on a day, as was known at an instant; then what the PDF says."""
    for page in PAGES:
        mark = "&" if "?" in page else "?"
        yield page, client.get(f"{page}{mark}on={on}{known}").content.decode()
    client.get(f"/ecoles/{UAI}/fiche-employeur.pdf?on={on}{known}")
    yield "fiche-employeur.pdf", str([asdict(sheet) for sheet in sheets])


@pytest.mark.usefixtures("few_schools")
class TestPages:
    @pytest.mark.parametrize("when", INSTANTS)
    @pytest.mark.parametrize("on", DAYS)
    def test_no_secret_is_on_any_page_at_any_instant(
        self, client: Client, planted: None, monkeypatch: pytest.MonkeyPatch, when: str, on: str
    ) -> None:
        at = INSTANTS[when]
        sheets: list[Any] = []
        found: list[tuple[str, str]] = []
        known = "" if at is None else f"&known_at={at.isoformat().replace('+00:00', 'Z')}"
        monkeypatch.setattr(employer_sheet, "pdf", lambda sheet: sheets.append(sheet) or b"%PDF-")
        for page, text in read(client, on, known, sheets):
            found += [(page, secret) for secret in SECRETS if secret in text.lower()]
            if page in SHOWN:
                assert (WITNESS in text) == (when != "before"), page
        assert found == []
        assert sheets

    def test_a_key_of_the_registry_is_not_on_the_page_of_a_school(self, client: Client, planted: None) -> None:
        html = client.get(f"/ecoles/{UAI}?on=2026-11-12").content.decode()
        assert KEY not in html
        assert WITNESS in html
