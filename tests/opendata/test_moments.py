"""A day and an instant are read once: what is told of the rest is the same on a page, in the API and in the command."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.test import Client

from equerre.cli import command
from equerre.opendata.threshold import moments
from equerre.opendata.threshold.moments import NoMoment
from tests.web.reading import Page

WRONG = {
    ("on", "demain"): "« demain » n'est pas un jour. Une date s'écrit année-mois-jour, comme 2026-09-01.",
    ("on", "2026-06-31"): "Le 31 juin n'existe pas. Juin s'arrête au 30.",
    ("on", "2026-11-03T10:00:00Z"): "« 2026-11-03T10:00:00Z » n'est pas un jour.",
    ("on", "1799-12-31"): "« 1799-12-31 » : Équerre compte de 1800 à 2199.",
    ("known_at", "hier"): "« hier » n'est pas un instant. Un instant s'écrit avec l'heure et son fuseau",
    ("known_at", "2026-06-31"): "Le 31 juin n'existe pas. Juin s'arrête au 30.",
    ("known_at", "2026-11-03T25:00:00Z"): "Cette heure n'existe pas, ou s'écrit autrement.",
    ("known_at", "2200-01-01T00:00:00Z"): "« 2200-01-01T00:00:00Z » : Équerre compte de 1800 à 2199.",
}
EACH = pytest.mark.parametrize(("name", "typed"), WRONG)


@EACH
def test_what_does_not_read_is_told(name: str, typed: str) -> None:
    with pytest.raises(NoMoment) as told:
        (moments.day if name == "on" else moments.instant)(typed)
    assert str(told.value).startswith(WRONG[name, typed])


@pytest.mark.django_db
@EACH
def test_it_is_told_the_same_by_all_three(name: str, typed: str, client: Client) -> None:
    page = client.get("/calendrier", {name: typed})
    answer = client.get("/api/v1/readings", {name: typed})
    told = CliRunner().invoke(command, ["explain", "9990201P", f"--{name.replace('_', '-')}", typed])
    said = WRONG[name, typed]
    assert (page.status_code, answer.status_code, told.exit_code) == (400, 422, 2)
    assert said in Page(page.content.decode()).text.replace("’", "'").replace("\xa0", " ")
    assert answer.json()["detail"].startswith(said)
    assert " ".join(said.split()) in " ".join(told.output.split())


def test_a_day_alone_is_its_evening_in_paris() -> None:
    assert moments.day("2026-11-03") == date(2026, 11, 3)
    assert moments.instant("2026-11-03") == datetime(2026, 11, 3, 22, 59, 59, tzinfo=UTC)
    assert moments.instant("2026-07-01") == datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)
    assert moments.instant("2026-01-05T09:00:00+01:00") == datetime(2026, 1, 5, 8, tzinfo=UTC)
