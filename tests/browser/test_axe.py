"""axe-core finds no violation on any page, in both colour schemes, narrow and wide, everything unfolded."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Opener

PAGES = (
    "/",
    "/ecoles",
    "/ecoles?q=metallier&academie=07&etat_liste=oui",
    "/ecoles?q=xyzxyz",
    "/ecoles?on=2026-06-31",
    "/ecoles/9990802T?on=2026-11-25",
    "/ecoles/9990701H?on=2026-11-25",
    "/ecoles/9992303Z?on=2026-11-25",
    "/ecoles/9990802T?on=2019-01-01",
    "/ecoles/9990802T?on=hier&known_at=demain",
    "/ecoles/9990802A",
    "/listes/2025?on=2026-11-25",
    "/listes/2026?on=2026-11-25",
    "/articles",
    "/articles/code-education/L443-6",
    "/lectures",
    "/lectures/R3?on=2026-11-25",
    "/calendrier",
    "/sources",
    "/donnees",
    "/accessibilite",
    "/mentions-legales",
    "/signaler",
    "/nulle-part",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_no_violation(visit_loosely: Opener, address: str, scheme: str) -> None:
    for width in (320, 1280):
        page = visit_loosely(address, width=width, color_scheme=scheme, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def test_a_form_that_was_refused_is_as_clean(visit_loosely: Opener) -> None:
    page = visit_loosely("/signaler", bypass_csp=True)
    page.fill("#text", "trop court")
    page.get_by_role("button", name="Envoyer").click()
    assert page.title().startswith("Erreur")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.activeElement.className") == "errors"
