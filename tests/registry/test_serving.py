"""``equerre serve`` before callers who are slow, silent, or lie about where they come from: a process, asked by its socket."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from typing import NamedTuple

import pytest

from equerre.cli.serve import THREADS
from tests.registry.conftest import Installation

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
GET = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /signaler HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "


@contextmanager
def served(on: Installation, **env: str) -> Iterator[int]:
    """The port of a server of one process."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_", "EQUERRE_"))
    }
    serve = [sys.executable, "-c", "from equerre.cli import main; main()", "serve", "--port", "0", "--workers", "1"]
    environment = {**kept, "EQUERRE_HOME": str(on.home), **env}
    with subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline().split("127.0.0.1:")[1].partition("/")[0])
        finally:
            server.terminate()
            assert server.wait(timeout=120) == 0


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One server for the callers of this file, whatever the address says."""
    house = Installation(tmp_path_factory.mktemp("served") / "equerre")
    house.says("migrate")
    with served(house) as port:
        yield port


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


def ask(port: int, path: str, **headers: str) -> Answered:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return Answered(answer.status, dict(answer.headers), body)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(GET + b"X-Slow: a", id="half a header"),
        pytest.param(b"\r\n\r\n" + GET + b"X-Slow: a", id="half a header after blank lines"),
        pytest.param(GET + b"\r\n" + GET + b"X-Slow: a", id="half a header after a whole one"),
        pytest.param(POST + b"500\r\n\r\ntext=a", id="half a form"),
        pytest.param(POST + b"90000\r\n\r\ntext=a", id="half a long form"),
        pytest.param(GET + b"Connection: close\r\n\r\n", id="whole, and stays when answered"),
    ],
)
def test_who_is_slow_keeps_nobody_waiting(port: int, said: bytes) -> None:
    """More of them than there are threads; the next one is answered while they are there."""
    with ExitStack() as held:
        for _ in range(2 * THREADS):
            caller = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            caller.sendall(said)
        for _ in range(3):
            assert ask(port, "/healthz").status == 200


def test_what_comes_in_pieces_is_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
        for piece in (
            GET,
            b"X-Slow: a",
            b"b\r\n",
            b"\r",
            b"\n",
            GET + b"\r",
            b"\nGET /nulle-part HTTP/1.0\r\n",
            b"\r\n",
        ):
            caller.sendall(piece)
        answers = b"".join(iter(lambda: caller.recv(65536), b""))
    assert [line.split()[1] for line in answers.split(b"\r\n") if line.startswith(b"HTTP/")] == [
        b"200",
        b"200",
        b"404",
    ]


def test_a_form_in_pieces_is_read_whole(port: int) -> None:
    form = b"text=" + b"a" * 20_000
    with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
        for piece in (POST, str(len(form)).encode() + b"\r\nConnection: close\r\n\r\n", form[:9000], form[9000:]):
            caller.sendall(piece)
        answer = b"".join(iter(lambda: caller.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 403"), "read, and refused for want of its token"


def test_a_header_without_end_is_not_waited_for(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
        caller.sendall(GET + b"X-Long: " + b"a" * 20_000)
        assert not caller.recv(65536).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "forged",
    [{"SCRIPT_NAME": "/ailleurs"}, {"X-Forwarded-Proto": "https"}, {"X-Forwarded-Host": "ailleurs.example"}],
    ids=lambda forged: next(iter(forged)),
)
def test_what_a_caller_writes_of_himself_moves_no_address(port: int, forged: dict[str, str]) -> None:
    answer = ask(port, "/robots.txt", **forged)
    assert (answer.status, answer.body.splitlines()[-1]) == (200, f"Sitemap: http://127.0.0.1:{port}/sitemap.xml")


def test_who_serves_others_without_a_proxy_is_told(prepared: Installation) -> None:
    said = "Aucun mandataire n'est annoncé"
    assert said in prepared.run("check", EQUERRE_HOSTS="registre.example")[1]
    for env in ({}, {"EQUERRE_HOSTS": "registre.example", "EQUERRE_PROXIES": "1"}, {"EQUERRE_HOSTS": "localhost"}):
        output = prepared.run("check", **env)[1]
        assert "La base répond" in output
        assert said not in output
