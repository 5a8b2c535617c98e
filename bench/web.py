"""The pages and the API under ``equerre serve``, each beside a view that does what it cannot do without (``bench.views``).

One server on this machine, one process, one caller, ten thousand schools. What is counted is the processor time of the server,
which tells it itself: the ratio of two times is the ratio of two rates.
"""

from __future__ import annotations

import atexit
import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import quote

from bench.measuring import Bench, Work, ratio, taken
from bench.registry import ten_thousand_schools

ROOT = Path(__file__).resolve().parent.parent
ON = "2026-10-01"
SCHOOL = "F0000001"
PAGE = f"/ecoles/{SCHOOL}?on={ON}"
SEARCH_PAGE = f"/ecoles?q=fictive+97&on={ON}"
LIST_PAGE = f"/listes/2025?on={ON}"
ONE = f"/api/v1/schools/{SCHOOL}?on={ON}"
CHAIN = f"/api/v1/schools/{SCHOOL}/chain?on={ON}"
SEARCH = f"/api/v1/schools?q=fictive+97&on={ON}"
# Names, places, trades, numbers, half of them misspelt: each finds other schools.
QUESTIONS = tuple(
    question
    for number in range(100, 112)
    for question in (
        f"ecole fictive {number}",
        f"comune {number - 60} metalier",
        f"F0000{number}",
        f"fictve {number}9",
        f"metallier {number}",
    )
)


class Answer(NamedTuple):
    """What a request got."""

    status: int
    headers: dict[str, str]
    body: bytes


class Served(NamedTuple):
    """A server: where it listens, and its first process."""

    port: int
    process: int


def serving(**environment: str) -> Served:
    """``equerre serve`` with one worker, on a port that is free, stopped when the bench ends."""
    command = [sys.executable, "-c", "from equerre.cli import main; main()", "serve", "--port", "0", "--workers", "1"]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(_stopped, process)
    assert process.stdout is not None
    said = process.stdout.readline()
    return Served(int(said.split("127.0.0.1:")[1].partition("/")[0]), process.pid)


@cache
def server() -> HTTPConnection:
    """The server that is measured, and the connection to it that stays open."""
    ten_thousand_schools()
    served = serving(DJANGO_SETTINGS_MODULE="bench.settings", PYTHONPATH=str(ROOT))
    return HTTPConnection("127.0.0.1", served.port, timeout=120)


def _stopped(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(timeout=40)


def ask(address: str, status: int = 200, **headers: str) -> Answer:
    """One request, on the connection that stays open."""
    connection = server()
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("GET", address, headers=sent)
        response = connection.getresponse()
    except (
        RemoteDisconnected,
        BrokenPipeError,
    ):  # the server hangs up on who stays silent for two seconds: one calls again
        connection.close()
        connection.request("GET", address, headers=sent)
        response = connection.getresponse()
    found = Answer(response.status, dict(response.headers), response.read())
    assert found.status == status, (address, found.status)
    return found


def processor() -> float:
    """Seconds of processor that the server took so far."""
    return float(ask("/bench/processor").body)


def asking(address: str, status: int = 200, **headers: str) -> Work:
    """What asks this address, once it was asked."""
    ask(address, status, **headers)
    return lambda: ask(address, status, **headers)


def replaying(address: str) -> Work:
    """What asks for the SQL of this address, and its template filled from a ready context."""
    return asking(f"/bench/replayed?path={quote(address, safe='')}")


# --- What is measured ------------------------------------------------------------------------------------------------


def not_modified(address: str) -> Callable[[], float]:
    """How many times longer a 304 takes than a view that answers « ok »."""

    def measure() -> float:
        mark = ask(address).headers["ETag"]
        once_more, bare = asking(address, 304, If_None_Match=mark), asking("/bench/bare")
        return ratio(once_more, bare, repeat=60, each=40, clock=processor)

    return measure


def anew(address: str, *, repeat: int = 12, each: int = 5) -> Callable[[], float]:
    """An address that nobody asked since the register moved, against its own SQL and its template filled from a ready context."""
    return lambda: ratio(asking(address, X_Anew="1"), replaying(address), repeat=repeat, each=each, clock=processor)


def again(address: str) -> Callable[[], float]:
    """The same, for whoever asks after somebody else."""
    return lambda: ratio(asking(address), replaying(address), repeat=10, each=20, clock=processor)


def first(address: str, page: str) -> Callable[[], float]:
    """An address that nobody asked since the register moved, against the page that says the same, made as well."""
    return lambda: ratio(asking(address, X_Anew="1"), asking(page, X_Anew="1"), repeat=10, each=2, clock=processor)


def index_made() -> float:
    """The first search of a day, ten thousand schools read and their words set in order, against a whole list of them made."""
    days = iter(range(10, 31))
    made = asking(LIST_PAGE, X_Anew="1")
    return ratio(lambda: ask(f"/api/v1/schools?on=2026-09-{next(days)}&q=metallier"), made, repeat=2, clock=processor)


def search_p95() -> float:
    """The time under which nineteen searches in twenty answer, each of other schools, against that of their SQL and templates."""
    addresses = [f"/ecoles?on={ON}&q={question.replace(' ', '+')}" for question in QUESTIONS]
    turns = [(asking(address, X_Anew="1"), replaying(address)) for address in addresses]
    times = [[min(taken(work, processor) for _ in range(3)) for work in works] for works in turns]
    return quantiles([one for one, _ in times], n=20)[-1] / quantiles([other for _, other in times], n=20)[-1]


def compressed(address: str) -> Callable[[], float]:
    """Kilobytes of a page, compressed as a proxy does."""
    return lambda: len(gzip.compress(ask(address).body, 6)) / 1000


BENCHES = (
    Bench("first search of a day, against a list of all schools made", 1, "x", index_made),
    Bench("304 of a page against a bare view", 1.25, "x", not_modified(PAGE)),
    Bench("304 of the API against a bare view", 1.25, "x", not_modified(CHAIN)),
    Bench("school page made, against its SQL and its template", 2, "x", anew(PAGE)),
    Bench("school page asked again, against the same", 2, "x", again(PAGE)),
    Bench("search page made, against its SQL and its template", 2, "x", anew(SEARCH_PAGE)),
    Bench("search page asked again, against the same", 2, "x", again(SEARCH_PAGE)),
    Bench("API, a school asked again, against its SQL", 2, "x", again(ONE)),
    Bench("API, a search asked again, against its SQL", 2, "x", again(SEARCH)),
    Bench("API, a school asked first, against its page made", 1, "x", first(ONE, PAGE)),
    Bench("search page, p95, against that of its SQL and its template", 2, "x", search_p95),
    Bench("school page, compressed", 60, "kB", compressed(PAGE)),
    Bench("list of ten thousand schools made, against its SQL, template", 6, "x", anew(LIST_PAGE, repeat=1, each=1)),
)
