"""``equerre what-if``: a fact changed, a fact less, another day."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Run

ASKED = ("what-if", "--facts", "hanging.toml", "--on", "2026-11-03")


def _moved(run: Run, *args: str) -> dict[str, tuple[str | None, str | None]]:
    """By finding, the outcome before and after."""
    result = run(*ASKED, *args, "--format", "json")
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(result.stdout)["differences"]
    return {
        row["key"]: tuple(side and side["outcome"] for side in (row["before"], row["after"]))  # type: ignore[misc]
        for row in rows
        if row["moves"]
    }


@pytest.mark.parametrize(
    ("change", "finding", "after"),
    [
        ("recognition.effect_on=2027-01-01", "recognition.recognised", "UNKNOWN"),
        ("recognition.until=2026-10-01", "recognition.recognised", "UNKNOWN"),
        ("audience.school_status=0", "teaching.under_school_status", "NOT_MET"),
        ("statutes_review.non_profit=non", "managing_body.non_profit", "NOT_MET"),
        ("course[cap-métallier].full_time=false", "tax_balance.eligible_courses", "NOT_MET"),
        ("course[cap-métallier].full_time=", "tax_balance.eligible_courses", "UNKNOWN"),
        ("annual_list[2025].effect_ends_on=2026-10-01", "annual_list.listed", "NOT_MET"),
        ("production_count[orders].value=0", "production.real", "NOT_MET"),
        ("intake[cap-métallier,2025-09-01].entered_on=2026-09-01", "qualifications.registered", "UNKNOWN"),
        ("agreement[région].written=non", "agreements.instruments", "NOT_MET"),
    ],
)
def test_a_field_changed_moves_its_finding(run: Run, change: str, finding: str, after: str) -> None:
    assert _moved(run, "--set", change)[finding][1] == after


def test_two_fields_of_one_fact_change_together(run: Run) -> None:
    """One alone would end the period before it starts."""
    moved = _moved(
        run, "--set", "certification[RNCP37897].from=2027-01-01", "--set", "certification[RNCP37897].until=2028-01-01"
    )
    assert moved["qualifications.registered"] == ("MET", "UNKNOWN")


def test_a_list_of_sites_is_written_with_commas(run: Run) -> None:
    result = run(*ASKED, "--set", "recognition.sites=principal, antenne", "--format", "json")
    assert json.loads(result.stdout)["changes"] == ["recognition.sites=principal, antenne"]


def test_a_fact_taken_away(run: Run) -> None:
    assert _moved(run, "--remove", "managing_body")["managing_body.non_profit"] == ("MET", "UNKNOWN")


def test_another_day(run: Run) -> None:
    assert _moved(run, "--day", "2022-01-10")["recognition.recognised"] == ("MET", "UNKNOWN")


def test_the_page_says_it_in_words(run: Run) -> None:
    output = run(*ASKED, "--set", "recognition.effect_on=2027-01-01").stdout
    assert "Et si : recognition.effect_on=2027-01-01" in output
    assert "■ Avant : Oui.\n" in output
    assert "○ Après : On ne sait pas.\n" in output


def test_a_change_without_effect_says_so(run: Run) -> None:
    assert "Rien ne change" in run(*ASKED, "--set", "managing_body.rna=W691056789").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Dites ce qui change : --set NOM.CHAMP=VALEUR, --remove NOM, ou --day AAAA-MM-JJ."),
        (("--set", "recognition"), "« recognition » : écrivez NOM.CHAMP=VALEUR"),
        (("--set", "reconnaissance.effect_on=2027-01-01"), "aucune sorte de fait ne s'appelle « reconnaissance »."),
        (("--set", "recognition.effet=1"), "ce champ n'existe pas. Écrivez effect_on,"),
        (("--set", "recognition.effect_on=2027-06-31"), "Le 31 juin n'existe pas. Juin s'arrête au 30."),
        (("--set", "recognition.effect_on="), "ce champ est obligatoire : il ne s'efface pas."),
        (("--set", "recognition.from="), "ce fait commence par son jour, effect_on : from ne s'efface pas."),
        (("--set", "statutes_review.non_profit=peut-être"), "« peut-être » n'est ni oui ni non. Écrivez oui ou non."),
        (("--set", "audience.school_status=vingt"), "« vingt » n'est pas un nombre entier."),
        (("--set", "managing_body.siren=123456789"), "123456789"),
        (("--set", "production_count[orders].count=ventes"), "« ventes » n'est pas un choix possible."),
        (
            ("--set", "recognition.until=2020-01-01"),
            "recognition : La période commence le 15 juin 2022 et finit le 1er janvier 2020",
        ),
        (("--set", "opposition.authority=le maire"), "Aucun fait ne s'appelle « opposition »."),
        (("--remove", "opposition"), "Aucun fait ne s'appelle « opposition »."),
        (("--day", "2027-02-29"), "Le 29 février n'existe pas en 2027. Février s'arrête au 28."),
        (("--day", "2019-01-01"), "n'existait pas encore"),
    ],
)
def test_what_cannot_be_changed_is_refused(refused: Callable[..., str], args: tuple[str, ...], said: str) -> None:
    assert said in refused(*ASKED, *args)


def test_every_wrong_change_is_said_at_once(refused: Callable[..., str]) -> None:
    said = refused(*ASKED, "--set", "recognition.effet=1", "--set", "audience.school_status=vingt")
    assert len(said.splitlines()) == 2
