"""The six sample schools: fictional from end to end, right in the reader's and the schema's eyes, and each tells its story."""

from __future__ import annotations

import csv
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from equerre.documents.facts_file import facts_from_json, facts_to_json, read_facts_bytes, write_facts
from equerre.documents.schemas import facts_schema
from equerre.facts.managing_body import ManagingBody
from equerre.facts.opening import Site
from equerre.facts.qualifications import Certification
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel import siren, siret, uai
from equerre.rules import chain

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
KIT = ROOT.parent / "shared" / "data" / "rncp" / "kit_apprentissage_2025-01-31.csv"
ON = date(2026, 10, 1)

every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


@cache
def school(name: str) -> SchoolFacts:
    return read_facts_bytes((ROOT / "examples" / f"{name}.toml").read_bytes(), name=name)


def test_there_are_six_each_with_its_own_number() -> None:
    assert len({school(path.stem).uai for path in EXAMPLES}) == len(EXAMPLES) == 6


@every_example
def test_everything_in_it_is_fictional_but_the_sheets_and_the_dates_of_the_campaign(path: Path) -> None:
    facts = school(path.stem)
    assert facts.fictional
    assert "fictif" in facts.name or "fictive" in facts.name
    assert uai.is_fictional(facts.uai)
    assert all(siren.is_fictional(fact.value.siren or "") for fact in facts[ManagingBody])
    assert all(siret.is_fictional(fact.value.siret or "") for fact in facts[Site])
    for fact in facts.facts():
        number = getattr(fact.value, "number", None)
        assert number is None or number.startswith("FICTIF-")
        real = fact.name.partition("[")[0] in ("certification", "campaign_date")
        assert (fact.source.key in ("certif-info", "soltea")) == real
        assert real or "fictif" in f"{fact.source.publisher} {fact.source.title}".replace("fictive", "fictif")


@every_example
def test_it_is_written_back_and_valid(path: Path) -> None:
    facts = school(path.stem)
    document = facts_to_json(facts)
    assert read_facts_bytes(write_facts(facts).encode(), name=path.name) == facts_from_json(document) == facts
    assert list(Draft202012Validator(facts_schema()).iter_errors(document)) == []


@every_example
def test_it_opens_with_its_story_and_says_what_is_left_unknown(path: Path) -> None:
    story = path.read_text("utf-8").partition("\nfictif = true\n")[0]
    assert story.startswith("# École fictive n° ")
    assert "\n# Jours à essayer : " in story
    assert "\n# Laissé inconnu exprès : " in story
    assert all(line.startswith("#") for line in story.strip().splitlines())


@every_example
def test_every_link_and_sentence_has_something_to_say(path: Path) -> None:
    explained = chain.explain(school(path.stem), ON)
    assert all(finding.because for finding in explained.roots())
    unknown = {name for finding in explained.roots() for name in finding.missing}
    assert "managing_body" not in unknown
    assert "opening_declaration" not in unknown


@every_example
def test_its_sheets_are_those_of_the_kit(path: Path) -> None:
    if not KIT.exists():
        pytest.skip("the kit of 31 January 2025 is not beside this checkout")
    with KIT.open(encoding="utf-8", newline="") as rows:
        kit = {row["FicheRNCP"]: row for row in csv.DictReader(rows, delimiter=";")}
    for fact in school(path.stem)[Certification]:
        sheet, row = fact.value, kit[fact.value.code]
        start, end = fact.valid.start, fact.valid.end
        assert sheet.title == row["Intitulé certification (RNCP)"]
        assert f"Niveau {sheet.level}" == row["Niveau fiche RNCP"]
        assert (f"{start:%d/%m/%Y}" if start else "") == row[
            "Date de début des parcours certifiants (enregistrement de droit)"
        ]
        assert end is not None
        assert f"{end - date.resolution:%d/%m/%Y}" == row["Date d'échéance de la fiche RNCP"]
        assert list(sheet.successors) == [one for one in row["Nouvelle Certification rempla (RNCP)"].split("|") if one]


# School, day, link of the chain, outcome: the turn of each story.
TURNS = (
    ("ouverte-un-21-decembre", date(2020, 12, 20), "opening", "NOT_MET"),
    ("ouverte-un-21-decembre", date(2020, 12, 21), "opening", "MET"),
    ("ouverte-un-21-decembre", date(2021, 10, 7), "recognition", "NOT_MET"),
    ("ouverte-un-21-decembre", date(2022, 6, 20), "recognition", "MET"),
    ("liste-signee-en-novembre", date(2025, 10, 1), "annual_list", "MET"),
    ("liste-signee-en-novembre", ON, "staff_approval", "UNKNOWN"),
    ("fiche-perimee-apres-l-entree", ON, "tax_balance", "MET"),
    ("reconnaissance-retiree-en-cours-d-annee", date(2026, 3, 15), "recognition", "MET"),
    ("reconnaissance-retiree-en-cours-d-annee", date(2026, 3, 16), "recognition", "NOT_MET"),
    ("societe-commerciale", date(2026, 3, 9), "managing_body", "UNKNOWN"),
    ("societe-commerciale", ON, "managing_body", "NOT_MET"),
    ("reconnue-mais-pas-inscrite", ON, "recognition", "MET"),
    ("reconnue-mais-pas-inscrite", ON, "annual_list", "NOT_MET"),
)


@pytest.mark.parametrize(("name", "on", "word", "outcome"), TURNS)
def test_the_turn_of_the_story(name: str, on: date, word: str, outcome: str) -> None:
    links = {link.word: link.finding for link in chain.explain(school(name), on).links}
    assert links[word].outcome.value == outcome, links[word].because


def test_before_it_was_known_the_withdrawal_had_not_taken_place() -> None:
    facts = school("reconnaissance-retiree-en-cours-d-annee")
    known_at = datetime.fromisoformat("2026-03-19T12:00:00+01:00")
    then = chain.explain(facts, date(2026, 3, 18), known_at=known_at).findings()["recognition.recognised"]
    now = chain.explain(facts, date(2026, 3, 18)).findings()["recognition.recognised"]
    assert (then.outcome.value, now.outcome.value) == ("MET", "NOT_MET")


def test_the_sheet_that_lapsed_still_covers_whoever_entered_before() -> None:
    found = chain.explain(school("fiche-perimee-apres-l-entree"), ON).findings()
    assert "restent couverts" in found["qualifications.course_registered(cap-métallier)"].because
