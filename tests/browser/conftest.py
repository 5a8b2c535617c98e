"""A real browser on the demo year: Debian's Chromium, driven by Playwright, on a server of this process.

`make test-browser` runs these tests and no other; ``CHROMIUM`` says where the browser is. The demo year is loaded once for
all of them: the server answers from threads of its own. What one test writes is taken back after it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright", reason="« make test-browser » installe ce qu'il faut")

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from equerre.opendata.threshold import counts
from tests.demo_year import DemoYear

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
# Playwright keeps an event loop running in this thread; Django would take it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is in this folder needs the browser, and sockets to talk to it."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def site(browser: Browser, demo_database: DemoYear, django_db_blocker: Any) -> Iterator[str]:
    """The address of the server. After the browser, whose event loop gives this thread the connection that all of them share."""
    with django_db_blocker.unblock(), demo_database.turned_to():
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture(autouse=True)
def nothing_counted(db: Any) -> None:
    """Who wrote how often is counted anew."""
    counts.forget()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Opener:
    """Opens pages, each in a window of its own; what a page asked elsewhere, or complained of, is noted."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._contexts: list[BrowserContext] = []
        self.noted: list[str] = []

    def __call__(self, address: str, *, width: int = 1280, height: int = 900, **settings: Any) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, locale="fr-FR", base_url=self._site, **settings
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.noted.append(message.text))
        page.on("pageerror", lambda error: self.noted.append(str(error)))
        page.on("request", lambda one: one.url.startswith((self._site, "data:")) or self.noted.append(one.url))
        page.goto(address)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Opener]:
    """Opens a page of the site; whatever it asked elsewhere or complained of fails the test."""
    opener = Opener(browser, site)
    yield opener
    opener.close()
    assert opener.noted == []


@pytest.fixture
def visit_loosely(browser: Browser, site: str) -> Iterator[Opener]:
    """The same for pages that are refused: a browser complains of a 404 by itself."""
    opener = Opener(browser, site)
    yield opener
    opener.close()
