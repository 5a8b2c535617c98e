"""The server: 304 answers against a bare view, the API against its own SQL, a search among ten thousand schools.

Requests go through the whole server in this process (every middleware, no socket): a socket costs both sides of a ratio the
same, and hides what is ours. A view of the bench stands beside those of the house; the rate of the API is not limited here.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from statistics import quantiles
from time import perf_counter
from types import ModuleType
from typing import Any

from bench.measuring import Bench, ratio, seconds
from bench.registry import database, ten_thousand_schools

ON = "2026-10-01"
SCHOOL = "F0000001"
ONE = f"/api/v1/schools/{SCHOOL}?on={ON}"
CHAIN = f"/api/v1/schools/{SCHOOL}/chain?on={ON}"
SEARCH = f"/api/v1/schools?q=fictive+97&on={ON}"
WORDS = (
    "ecole fictive 12",
    "metallier lyon",
    "comune 33",
    "F0000777",
    "fictive 9999",
    "assocation",
    "guyane",
    "metalier",
)


class Answered:
    """What a request got: its status, its headers, its bytes."""

    def __init__(self, path: str, **headers: str) -> None:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        self.status, self.headers = "", dict[str, str]()
        response = server()(environ, self._started)
        self.body = b"".join(response)
        response.close()

    def _started(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        self.status, self.headers = status, dict(headers)


@cache
def server() -> Any:
    """The server, with the views of the bench. The connection to the database stays open, as behind ``equerre serve``."""
    database()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.urls import include, path

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"ok")

    def replayed(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            for sql in RECORDED:
                cursor.execute(sql)
                cursor.fetchall()
        return HttpResponse(READY[0], content_type="application/json")

    urls = ModuleType("bench_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("bare", bare),
        path("replayed", replayed),
        path("", include("equerre.config.urls")),
    ]
    settings.ROOT_URLCONF = urls
    settings.API_RATE = 0
    connection.settings_dict["CONN_MAX_AGE"] = None
    return get_wsgi_application()


RECORDED: list[str] = []
READY: list[bytes] = [b""]


def replay(path: str) -> Callable[[], object]:
    """Ask twice, note the SQL and the bytes of the second time; then a view that runs that SQL and gives those bytes."""
    ten_thousand_schools()
    server()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Answered(path)
    with CaptureQueriesContext(connection) as seen:
        READY[0] = Answered(path).body
    RECORDED[:] = [query["sql"].replace("%", "%%") for query in seen.captured_queries]
    return lambda: Answered("/replayed")


def forget() -> None:
    """What the API remembers of its answers."""
    from equerre.api import caching

    caching.ANSWERS.forget()


def afresh(path: str) -> Callable[[], object]:
    """The same request, as if nobody had made it before."""

    def work() -> object:
        forget()
        return Answered(path)

    return work


# --- What is measured ------------------------------------------------------------------------------------------------


def not_modified_against_a_bare_view() -> float:
    """How many times longer a 304 of the API takes than a view that answers « ok »."""
    ten_thousand_schools()
    mark = Answered(CHAIN).headers["ETag"]
    assert Answered(CHAIN, if_none_match=mark).status.startswith("304")
    assert Answered("/bare").body == b"ok"
    return ratio(lambda: Answered(CHAIN, if_none_match=mark), lambda: Answered("/bare"), repeat=300)


def a_school_asked_again() -> float:
    """A school that somebody asked since the register moved, against a view with the same SQL and a ready answer."""
    return ratio(lambda: Answered(ONE), replay(ONE), repeat=200)


def a_search_asked_again() -> float:
    """The same for a search."""
    return ratio(lambda: Answered(SEARCH), replay(SEARCH), repeat=200)


def a_school_asked_first() -> float:
    """Milliseconds for a school that nobody asked since the register moved: facts read, chain made, doubt measured."""
    ten_thousand_schools()
    return 1000 * seconds(afresh(ONE))


def search_p95() -> float:
    """Milliseconds under which nineteen searches in twenty answer, among ten thousand schools, none asked before."""
    ten_thousand_schools()
    Answered(f"/api/v1/schools?on={ON}")
    times = []
    for word in WORDS * 5:
        forget()
        start = perf_counter()
        Answered(f"/api/v1/schools?on={ON}&q={word.replace(' ', '+')}")
        times.append(1000 * (perf_counter() - start))
    return quantiles(times, n=20)[-1]


BENCHES = (
    Bench("304 of the API against a bare view", 1.25, "x", not_modified_against_a_bare_view),
    Bench("API, a school asked again, against its own SQL", 2, "x", a_school_asked_again),
    Bench("API, a search asked again, against its own SQL", 2, "x", a_search_asked_again),
    Bench("API, a school asked first", 100, "ms", a_school_asked_first),
    Bench("API, search p95 among ten thousand schools", 50, "ms", search_p95),
)
