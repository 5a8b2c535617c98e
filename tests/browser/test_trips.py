"""Trips that people make: at the keyboard alone, without JavaScript, on a narrow screen, at twice the size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_axe import PAGES

MOST_TABS = 120


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on what bears this name, and is seen to be."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")
        if str(focused).replace("’", "'").startswith(wanted):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none", f"the focus on {wanted} is not seen"
            return
    pytest.fail(f"{wanted} is out of reach of the keyboard")


class TestAtTheKeyboard:
    def test_from_a_search_to_an_explained_answer(self, visit: Opener) -> None:
        page = visit("/")
        tab_to(page, "q")
        page.keyboard.type("balme rousse")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ecoles?q=balme+rousse*")
        tab_to(page, "École de production des Balmes-Rousses")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ecoles/9990802T*")
        tab_to(page, "Liste annuelle")
        page.keyboard.press("Enter")
        reasons = page.locator("#annual_list")
        expect(reasons).to_be_visible()
        expect(reasons).to_contain_text("Nous suivons l’option b.")
        expect(reasons).to_contain_text("troisième phrase")

    def test_an_answer_unfolds_and_folds_again(self, visit: Opener) -> None:
        page = visit("/ecoles/9990802T?on=2026-11-25")
        tab_to(page, "L'État reconnaît-il l'école")
        page.keyboard.press("Enter")
        expect(page.locator("#recognition")).to_be_visible()
        page.keyboard.press("Space")
        expect(page.locator("#recognition")).to_be_hidden()

    def test_one_skips_to_the_content(self, visit: Opener) -> None:
        page = visit("/ecoles")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()

    def test_a_tile_of_the_map_is_a_link_with_a_whole_name(self, visit: Opener) -> None:
        page = visit("/ecoles")
        page.get_by_role("link", name="Montpellier : 3 écoles").click()
        page.wait_for_url("**academie=11*")
        expect(page.locator("#h-res")).to_have_text("3 écoles")


class TestWithoutJavaScript:
    def test_everything_is_read_and_sent(self, visit: Opener) -> None:
        page = visit("/ecoles", java_script_enabled=False)
        page.fill("#q", "clos ferrand")
        page.get_by_role("button", name="Chercher").click()
        page.get_by_role("link", name="École-atelier du Clos-Ferrand").click()
        expect(page.get_by_text("000 707 018 00016").first).to_be_visible()
        assert page.locator("button.copy").count() == 0
        page.fill("#on", "2026-03-02")
        page.get_by_role("button", name="Voir ce jour-là").click()
        expect(page.locator(".lede").first).to_contain_text("Au 2 mars 2026")
        page.locator("summary", has_text="L’État reconnaît-il l’école").click()
        expect(page.locator("#recognition")).to_be_visible()

    def test_a_correction_is_asked_for_and_followed(self, visit: Opener) -> None:
        page = visit("/ecoles/9990701H", java_script_enabled=False)
        page.get_by_role("link", name="Demander une correction").click()
        assert "/ecoles/9990701H" in page.input_value("#page")
        page.fill("#text", "Le SIRET du site est faux : l'avis Sirene dit autre chose.")
        page.get_by_role("button", name="Envoyer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Demande n° 1")


class TestWithJavaScript:
    def test_a_number_is_copied_and_that_is_said(self, visit: Opener) -> None:
        page = visit("/ecoles/9990701H", permissions=["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copier : SIRET").click()
        expect(page.get_by_text("Copié.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "00070701800016"

    def test_results_follow_what_is_typed_and_the_address_too(self, visit: Opener) -> None:
        page = visit("/ecoles?on=2026-11-25")
        page.evaluate("window.samePage = true")
        page.locator("#q").press_sequentially("balmes")
        expect(page.locator("#annonce")).to_have_text("1 école")
        expect(page.locator("#resultats h3").first).to_have_text("École de production des Balmes-Rousses")
        expect(page.locator("#q")).to_be_focused()
        assert "q=balmes" in page.url
        assert page.evaluate("window.samePage") is True
        page.reload()
        expect(page.locator("#h-res")).to_have_text("1 école")

    def test_nothing_is_asked_elsewhere_and_nothing_is_refused_by_the_policy(self, visit: Opener) -> None:
        for address in ("/", "/ecoles", "/ecoles/9990701H", "/listes/2025", "/lectures/R3", "/signaler"):
            page = visit(address)
            assert page.context.cookies() == [] or address == "/signaler"


class TestScreens:
    @pytest.mark.parametrize("address", PAGES)
    def test_at_320_pixels_nothing_scrolls_sideways(self, visit_loosely: Opener, address: str) -> None:
        page = visit_loosely(address, width=320)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    @pytest.mark.parametrize("address", ["/ecoles", "/ecoles/9990701H?on=2026-11-25", "/listes/2025", "/signaler"])
    def test_text_at_twice_its_size_stays_inside_the_page(self, visit: Opener, address: str) -> None:
        page = visit(address, width=1280, bypass_csp=True)
        page.add_style_tag(content="html { font-size: 200% }")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.evaluate(CUT) == []

    def test_on_paper_findings_are_open_and_controls_are_gone(self, visit: Opener) -> None:
        page = visit("/ecoles/9990701H?on=2026-11-25")
        page.emulate_media(media="print")
        expect(page.locator("#recognition")).to_be_visible()
        expect(page.locator(".nav")).to_be_hidden()
        expect(page.get_by_role("button", name="Voir ce jour-là")).to_be_hidden()


# Texts that their own box cuts: what is written there is lost.
CUT = """() => [...document.querySelectorAll('main *')]
    .filter(one => getComputedStyle(one).overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1)
    .filter(one => !one.closest('.vh, .sprite'))
    .map(one => one.className)"""
