"""``/healthz``, and the way to the drawing."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from equerre.web import health


@pytest.mark.django_db
def test_it_says_ok_and_no_cache_keeps_it(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_database_that_is_away_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def cursor(self) -> None:
            raise OperationalError("connection refused: secret-host")

    monkeypatch.setattr(health, "connection", Away())
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.content.decode() == "La base de données ne répond pas.\n"


def test_a_browser_finds_the_drawing(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/static/equerre")
