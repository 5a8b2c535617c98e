"""``make soak``: fifty visitors at once for ten minutes, ten thousand schools; what the process of the server holds, each minute.

A process that serves for weeks must not grow: after the second minute its line is flat, within a twentieth. Outside the tests and
outside the bench, because nothing shorter shows it. The visitors stand behind a proxy, so each has an address of his own, and
they ask what fills memories: other schools, other days, other words, addresses with a tail that means nothing. Linux only:
``/proc`` tells the memory of another process.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from random import Random
from signal import SIGTERM, signal
from statistics import median
from threading import Event, Thread
from time import monotonic

from bench.registry import SCHOOLS, ten_thousand_schools
from bench.web import serving

VISITORS = 50
MINUTES = 10
WARM = 2  # minutes, until what is remembered has been asked for
MOST_GROWTH = 1.05
EACH = 2  # seconds between two looks at the memory
A_VISIT = 20  # requests under one address

# What is asked, and how often in a hundred; {school}, {day}, {word} and {tail} are another each time.
ASKED = {
    "/ecoles/{school}": 30,
    "/ecoles/{school}?on={day}": 12,
    "/ecoles/{school}?utm={tail}": 8,
    "/": 8,
    "/?x={tail}": 2,
    "/ecoles?q={word}": 12,
    "/ecoles?q={word}&on={day}": 3,
    "/ecoles/{school}/dossier.json": 3,
    "/ecoles/{school}/badge.svg": 4,
    "/ecoles/{school}/fiche-employeur.pdf": 1,
    "/api/v1/schools/{school}": 5,
    "/api/v1/schools/{school}/chain?on={day}": 4,
    "/api/v1/schools?q={word}": 4,
    "/sources": 1,
    "/lectures": 1,
    "/healthz": 2,
}


@dataclass
class Minute:
    """What one minute showed."""

    resident: list[float] = field(default_factory=list)  # megabytes
    waits: list[float] = field(default_factory=list)  # seconds
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def held(self) -> float:
        """Megabytes held for most of the minute: an index that is made, and left at once, is a peak and no growth."""
        return median(self.resident)

    def line(self, number: int) -> str:
        """The numbers of the minute, on one line."""
        waits = sorted(self.waits)
        others = ", ".join(f"{many} × {status}" for status, many in sorted(self.statuses.items()) if status != 200)
        return (
            f"minute {number:2}: {self.held:6.1f} MB, at most {max(self.resident):6.1f} · {len(waits) / 60:6.0f} requests/s · "
            f"median {median(waits) * 1000:5.0f} ms, p95 {waits[len(waits) * 95 // 100] * 1000:5.0f} ms · {others or 'all 200'}"
        )


def visit(port: int, seed: int, minutes: list[Minute], started: float, over: Event) -> None:
    """One visitor after another, on one connection, until it is over."""
    random, connection = Random(seed), HTTPConnection("127.0.0.1", port, timeout=60)
    patterns, often, address = list(ASKED), list(ASKED.values()), ""
    for number in count():
        if over.is_set():
            break
        if number % A_VISIT == 0:
            address = ".".join(str(random.randrange(1, 255)) for _ in range(4))
        place = random.choices(patterns, often)[0].format(
            school=f"F{random.randrange(SCHOOLS):07}",
            day=f"2026-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
            word=f"{random.choice(('fictive', 'comune', 'metalier'))}+{random.randrange(1000)}",
            tail=random.randrange(10**9),
        )
        began = monotonic()
        try:
            connection.request("GET", place, headers={"X-Forwarded-For": address})
            response = connection.getresponse()
            response.read()
            status = response.status
        except (OSError, HTTPException):  # it hangs up on who stays silent; one calls again
            connection.close()
            continue
        ended = monotonic()
        minute = minutes[min(int((ended - started) / 60), len(minutes) - 1)]
        minute.waits.append(ended - began)
        minute.statuses[status] += 1
    connection.close()


def resident(process: int) -> float:
    """Megabytes that a process holds."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def main() -> int:
    """A line a minute; 1 when the process has grown after the second, or when an answer was neither made nor refused."""
    signal(SIGTERM, lambda *_: sys.exit(1))  # who stops it stops its server too
    minutes = [Minute() for _ in range(max(WARM + 2, int(sys.argv[1])) if len(sys.argv) > 1 else MINUTES)]
    ten_thousand_schools()
    served = serving(EQUERRE_PROXIES="1", DJANGO_SETTINGS_MODULE="equerre.config.settings")
    asked = HTTPConnection("127.0.0.1", served.port, timeout=60)
    asked.request("GET", "/healthz")
    assert asked.getresponse().status == 200
    asked.close()
    [worker] = map(int, Path(f"/proc/{served.process}/task/{served.process}/children").read_text("ascii").split())
    over, started = Event(), monotonic()
    visitors = [Thread(target=visit, args=(served.port, seed, minutes, started, over)) for seed in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    try:
        for number, minute in enumerate(minutes, 1):
            while not over.wait(EACH) and monotonic() - started < number * 60:
                minute.resident.append(resident(worker))
            print(minute.line(number), flush=True)
    finally:
        over.set()
        for visitor in visitors:
            visitor.join()
    later = [minute.held for minute in minutes[WARM:]]
    low, high = min(later), max(later)
    faults = sum(many for minute in minutes for status, many in minute.statuses.items() if status >= 500)
    flat = high <= low * MOST_GROWTH
    print(f"after minute {WARM}: {low:.1f} to {high:.1f} MB, {'flat' if flat else 'not flat'}; {faults} faults")
    return 0 if flat and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
