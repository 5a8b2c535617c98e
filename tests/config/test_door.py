"""The door: what a request says of itself is believed of our proxies, names and ports; every answer wears its guards."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.test import Client

from equerre.config import environment
from equerre.config.environment import SettingError

pytestmark = pytest.mark.django_db
ABROAD, NEAR = "93.184.216.34", "10.0.0.5"
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/lectures/R3", "/healthz", "/static/guard.txt", "/nulle-part", "/api/v1/readings"])
@pytest.mark.parametrize("host", ["testserver", "ailleurs.example.org", "testserver:81"])
@pytest.mark.parametrize("https", [False, True])
def test_every_answer_wears_the_same_guards(settings: Any, path: str, host: str, https: bool) -> None:
    """Over HTTPS, and before one is led there."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = https, 60
    (Path(house.STATIC_ROOT) / "guard.txt").write_text("a", "utf-8")
    answer = Client().head(path, headers={"host": host}, secure=https)  # a file that is not opened needs no closing
    assert {name: answer.get(name) for name in GUARDS} == GUARDS, answer.status_code
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert ("Strict-Transport-Security" in answer) == https
    if https:
        assert Client().head(path, headers={"host": host})["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("testserver", 200),
        ("testserver:80", 200),
        ("testserver:443", 200),
        ("testserver:81", 400),
        ("testserver:99999", 400),
        ("testserver:8443", 200),
        ("testserver:9000", 200),
        ("testserver:7000", 200),
        ("testserver:", 400),
    ],
)
def test_a_host_is_asked_by_a_port_of_ours(settings: Any, client: Client, host: str, status: int) -> None:
    settings.HOST_PORTS, settings.ADDRESS = {"8443"}, "https://registre.example:9000"
    assert client.get("/lectures/R3", headers={"host": host}, SERVER_PORT="7000").status_code == status


@pytest.mark.parametrize(
    ("address", "named", "believed"),
    [
        (NEAR, [], True),
        ("127.0.0.1", [], True),
        ("::ffff:10.0.0.5", [], True),
        ("", [], True),
        (ABROAD, [], False),
        ("2606:2800::1", [], False),
        ("unix:", [], False),
        (ABROAD, ["93.184.216.0/24"], True),
        (NEAR, ["93.184.216.0/24"], False),
    ],
)
def test_what_is_forwarded_is_believed_of_a_proxy(
    settings: Any, client: Client, address: str, named: list[str], believed: bool
) -> None:
    settings.PROXIES, settings.API_RATE = 1, 5
    settings.PROXY_ADDRESSES = [ip_network(one) for one in named]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    forged = {"x-forwarded-proto": "https"}
    answer = client.get("/sitemap.xml", headers=forged, REMOTE_ADDR=address)
    assert ("https://testserver" in answer.content.decode()) == believed
    said = [
        client.get("/api/v1/readings", headers={"x-forwarded-for": f"198.51.100.{number}"}, REMOTE_ADDR=address)
        for number in range(6)
    ]
    assert (said[-1].status_code == 200) == believed, "another address, another caller"


def test_names_and_ports_are_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUERRE_HOSTS", "registre.example:8443, localhost, [::1]:8000, [::1], ::1")
    assert environment.hosts("EQUERRE_HOSTS", "") == (
        ["registre.example", "localhost", "[::1]", "[::1]", "::1"],
        {"8443", "8000"},
    )


@pytest.mark.parametrize("value", ["registre.example:", "registre.example:https", "registre.example:70000", "a:0"])
def test_a_port_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EQUERRE_HOSTS", value)
    with pytest.raises(SettingError, match=r"écrivez un port, de 1 à 65535\.$"):
        environment.hosts("EQUERRE_HOSTS", "")


def test_addresses_of_proxies_are_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.networks("EQUERRE_X") == []
    monkeypatch.setenv("EQUERRE_X", "10.0.0.5, 2001:db8::/32")
    assert environment.networks("EQUERRE_X") == [ip_network("10.0.0.5"), ip_network("2001:db8::/32")]
    monkeypatch.setenv("EQUERRE_X", "le mandataire")
    with pytest.raises(SettingError, match="écrivez des adresses ou des réseaux"):
        environment.networks("EQUERRE_X")
