"""The settings as the server starts with them: closed by default, one variable away from HTTPS, and silent about persons."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import resolve

from equerre.config.logs import Discreet, Lines
from equerre.opendata.models import CorrectionRequest

ASKED = (
    "HOME SECRET_KEY DEBUG ALLOWED_HOSTS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS "
    "SECURE_PROXY_SSL_HEADER CSRF_TRUSTED_ORIGINS"
)


def started(home: Path, **env: str) -> dict[str, Any]:
    """The settings of a process that starts with these variables and no other of ours."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("EQUERRE_", "DATABASE_", "DJANGO_"))
    }
    code = (
        "import json, sys; from equerre.config import settings as s\n"
        "print(json.dumps({name: getattr(s, name) for name in sys.argv[1:]}, default=str))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *ASKED.split()],
        env=kept | {"EQUERRE_HOME": str(home)} | env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_by_default_this_machine_alone_and_nothing_shown(tmp_path: Path) -> None:
    found = started(tmp_path)
    assert (found["DEBUG"], found["ALLOWED_HOSTS"]) == (False, ["127.0.0.1", "localhost"])
    assert found["SECRET_KEY"] == (tmp_path / "secret-key").read_text("ascii")
    assert not found["SECURE_SSL_REDIRECT"]


def test_https_is_one_variable(tmp_path: Path) -> None:
    found = started(tmp_path, EQUERRE_HTTPS="oui", EQUERRE_HOSTS="equerre.example.org, 127.0.0.1")
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://equerre.example.org", "https://127.0.0.1"]


def test_the_language_the_day_and_the_user_are_ours() -> None:
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ) == ("fr", "Europe/Paris", True)
    assert settings.AUTH_USER_MODEL == "accounts.Person"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are SQLite's")
def test_sqlite_holds_its_foreign_keys_and_takes_its_turn_at_once() -> None:
    with connection.cursor() as cursor:
        for pragma, value in (("foreign_keys", 1), ("synchronous", 1)):
            assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_page_may_load_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get("/robots.txt")
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert {"'unsafe-inline'", "'unsafe-eval'", "*", "data:"} & set(" ".join(policy.values()).split()) == set()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_another_name_of_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "ailleurs.example.org"}).status_code == 400


@pytest.mark.django_db
def test_the_machine_is_asked_for_its_health_by_its_number(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).status_code == 200


# --- Logs ----------------------------------------------------------------------------------------------------------------------


def test_an_error_is_logged_without_what_it_says() -> None:
    try:
        raise ValueError("Key (email)=(elodie@example.org) already exists.")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/x",), sys.exc_info()
        )
    written = Discreet("{levelname} {name} {message}", style="{").format(record)
    assert written.splitlines()[0] == "ERROR django.request Internal Server Error: /x"
    assert written.splitlines()[-1] == "builtins.ValueError"
    assert "test_settings.py" in written
    assert "elodie" not in written


def test_every_log_goes_through_it() -> None:
    handlers = settings.LOGGING["handlers"]
    used = {
        name
        for logger in (settings.LOGGING["root"], *settings.LOGGING["loggers"].values())
        for name in logger["handlers"]
    }
    assert used <= handlers.keys()
    writing = [one for name, one in handlers.items() if name in used and one["class"] != "logging.NullHandler"]
    assert {one["formatter"] for one in writing} == {"discreet"}
    assert settings.LOGGING["formatters"]["discreet"]["()"] == "equerre.config.logs.Discreet"
    assert not settings.ADMINS


def test_the_address_of_a_request_is_not_logged_but_its_route() -> None:
    request = RequestFactory().get("/signaler/a-secret-address")
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", (), None)
    record.args, record.request = (request.path,), request
    formatter = Discreet("{levelname} {name} {message}", style="{")
    assert formatter.format(record) == "ERROR django.request Internal Server Error: /…"
    request.resolver_match = resolve(request.path)
    assert formatter.format(record) == "ERROR django.request Internal Server Error: /signaler/<str:token>"


@pytest.mark.parametrize("path", ["/ecoles/René-Dupont/secret", "/Jean Dupont\\"])
def test_an_address_with_accents_is_not_logged_either(path: str) -> None:
    """Django escapes them before it logs."""
    request = RequestFactory().get("/")
    request.path = path
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", (), None)
    record.args, record.request = ("Not Found", path.encode("unicode_escape").decode("ascii")), request
    assert Discreet("{message}", style="{").format(record) == "Not Found: /…"


def test_a_refused_form_does_not_log_where_it_was_sent() -> None:
    request = RequestFactory().post("/signaler/a-secret-address")
    record = logging.LogRecord("django.security.csrf", logging.WARNING, __file__, 1, "Forbidden (%s): %s", (), None)
    record.args, record.request = ("no cookie", request.path), request
    assert Discreet("{message}", style="{").format(record) == "Forbidden (no cookie): /…"


@pytest.mark.django_db
def test_a_file_that_nobody_asked_for_never_reaches_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    small = {"text": "L'adresse de cette école est fausse.", "f": io.BytesIO(b"x" * 1000)}
    assert not CorrectionRequest.objects.exists()
    assert client.post("/signaler", small).status_code in (302, 400, 413)
    large = {"text": "L'adresse de cette école est fausse.", "f": io.BytesIO(b"x" * 3_000_000)}
    assert client.post("/signaler", large).status_code in (400, 413)


@pytest.mark.django_db
def test_the_machine_asks_for_its_health_without_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/").status_code == 301


def test_logs_as_json_are_one_object_a_line_without_what_was_typed() -> None:
    try:
        raise ValueError("secret typé")
    except ValueError:
        record = logging.LogRecord("equerre", logging.ERROR, "vue.py", 1, "échec", (), sys.exc_info())
    line = Lines("{message}", style="{").format(record)
    said = json.loads(line)
    assert "\n" not in line
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "equerre", "échec")
    assert said["trace"].endswith("builtins.ValueError")
    assert "secret" not in line
