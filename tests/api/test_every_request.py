"""What every request goes through: methods, origins, the rate of its caller, faults of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from equerre.api.v1 import schools
from equerre.kernel import clock
from equerre.opendata import search
from equerre.opendata.threshold import unchanged
from equerre.opendata.threshold.callers import caller as caller_of
from tests.api.conftest import Api

NOON = datetime(2026, 10, 1, 12, 0, 10, tzinfo=UTC)


@pytest.mark.django_db
class TestDoor:
    def test_head_is_told_what_get_would_be_without_its_body(self, api: Api) -> None:
        got = api("readings")
        head = api.client.head("/api/v1/readings")
        assert head.content == b""
        assert head["Content-Length"] == str(len(got.content))
        assert {name: head[name] for name in ("ETag", "Content-Type")} == {n: got[n] for n in ("ETag", "Content-Type")}

    def test_any_page_may_read_and_is_told_how(self, api: Api) -> None:
        response = api.client.options(
            "/api/v1/schools", headers={"origin": "https://ailleurs.example", "access-control-request-method": "GET"}
        )
        assert (response.status_code, response.content) == (204, b"")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in response["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in response
        assert "ETag" in api("readings")["Access-Control-Expose-Headers"]

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
    def test_nothing_writes(self, api: Api, method: str) -> None:
        response = api.client.generic(method, "/api/v1/schools")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response.json()["type"] == "urn:equerre:problem:method-not-allowed"

    def test_a_question_of_too_many_parts_is_a_problem_and_no_fault_of_ours(self, api: Api) -> None:
        question = "&".join(f"a{number}=1" for number in range(250))
        response = api.client.get(f"/api/v1/acts?{question}")
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
        assert response.json()["type"] == "urn:equerre:problem:bad-request"

    def test_another_name_of_host_is_a_problem_too(self, api: Api) -> None:
        response = api.client.get("/api/v1/acts", headers={"host": "ailleurs.example"})
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
        assert response.json()["title"] == "Cette demande ne se lit pas"

    def test_whether_there_is_an_answer_is_not_known_before_one_looks(self, api: Api) -> None:
        for address, status in (("schools/NOPE", 404), ("acts?on=xx", 422), ("acts", 200)):
            assert api(address, **{"if-none-match": "*"}).status_code == status

    @pytest.mark.parametrize("at", ["mark", "search"])
    def test_a_database_that_is_away_is_said_as_everything_else_is(
        self, api: Api, monkeypatch: pytest.MonkeyPatch, at: str
    ) -> None:
        def away(*_: Any, **__: Any) -> None:
            raise OperationalError("connection refused: secret-host")

        monkeypatch.setattr(*((unchanged, "mark", away) if at == "mark" else (search, "search", away)))
        response = api.client.get("/api/v1/schools")
        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.json()["type"] == "urn:equerre:problem:unavailable"
        assert "secret" not in response.content.decode()

    def test_no_cookie_is_set_nor_looked_at(self, api: Api) -> None:
        response = api("readings")
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")

    def test_a_fault_of_ours_is_noted_and_says_nothing(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*_: Any, **__: Any) -> None:
            raise RuntimeError("SELECT secret FROM somewhere")

        monkeypatch.setattr(search, "search", broken)
        client.raise_request_exception = False
        response = client.get("/api/v1/schools")
        assert response.status_code == 500
        assert response.json()["type"] == "urn:equerre:problem:internal"
        assert b"secret" not in response.content
        assert [record.exc_info is not None for record in caplog.records] == [True]

    def test_a_fault_of_ours_fails_a_test(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(schools.search, "search", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            api("schools")


# --- How many -------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestLimits:
    def test_a_caller_is_told_what_is_left_then_to_wait(
        self, api: Api, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.API_RATE = 2
        monkeypatch.setattr(clock, "now", lambda: NOON)
        asked = [api("readings") for _ in range(3)]
        assert [one.status_code for one in asked] == [200, 200, 429]
        assert [one["RateLimit-Remaining"] for one in asked] == ["1", "0", "0"]
        assert {one["RateLimit-Limit"] for one in asked} == {"2"}
        assert {one["RateLimit-Reset"] for one in asked} == {"50"}
        assert asked[2]["Retry-After"] == "50"
        assert asked[2]["Content-Type"] == "application/problem+json"
        assert asked[2].json()["detail"].startswith("Cette API répond à 2 demandes par minute. Attendez 50 secondes")
        assert asked[2]["Access-Control-Allow-Origin"] == "*"

    def test_the_next_minute_is_another(self, api: Api, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.API_RATE = 1
        monkeypatch.setattr(clock, "now", lambda: NOON)
        assert [api("readings").status_code for _ in range(2)] == [200, 429]
        monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(seconds=50))
        assert api("readings").status_code == 200

    def test_a_304_counts_and_says_what_is_left(self, api: Api, settings: Any) -> None:
        settings.API_RATE = 9
        mark = api("readings")["ETag"]
        response = api("readings", **{"if-none-match": mark})
        assert (response.status_code, response["RateLimit-Remaining"]) == (304, "7")

    def test_without_a_limit_nothing_is_said_of_it(self, api: Api) -> None:
        assert not any(name.startswith("RateLimit") for name in api("readings").headers)


def called_from(address: str, forwarded: str = "") -> str:
    request = RequestFactory().get(
        "/", REMOTE_ADDR=address, headers={"x-forwarded-for": forwarded} if forwarded else {}
    )
    return caller_of(request)


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "caller"),
    [
        ("192.0.2.7", "", 0, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", 0, "192.0.2.7"),  # anybody may write that header
        ("192.0.2.7", "198.51.100.1", 1, "198.51.100.1"),
        ("192.0.2.7", "203.0.113.9, 198.51.100.1", 1, "198.51.100.1"),
        ("192.0.2.7", "203.0.113.9, 198.51.100.1, 192.0.2.1", 2, "198.51.100.1"),
        ("192.0.2.7", "198.51.100.1", 2, "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", 0, "192.0.2.7"),
        ("", "", 0, ""),
        ("192.0.2.7", "inconnu", 1, ""),
    ],
)
def test_a_caller_is_who_the_first_of_our_proxies_saw(
    settings: Any, address: str, forwarded: str, proxies: int, caller: str
) -> None:
    settings.PROXIES = proxies
    assert called_from(address, forwarded) == caller
