"""The demo year: seventy-two schools that do not exist, what one sees in them, and that two loads give the same.

Each situation of ``demo.situations`` is asked again from the registry; ``docs/demo.md`` prints them as the table says.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from equerre.demo import SHOWCASE, SITUATIONS, TODAY, already_loaded, load
from equerre.demo.moments import LAST, MOMENTS, morning
from equerre.demo.national import CALENDAR, LISTS
from equerre.demo.numbers import fictional_siren, fictional_siret, fictional_uai
from equerre.demo.schools import SCHOOLS, InventedSchool
from equerre.demo.situations import Look, Situation
from equerre.demo.trades import DELIVERIES, PUBLISHER, TRADES, SheetSaid, sheets
from equerre.documents.facts_file import read_facts, write_facts
from equerre.documents.labels import OUTCOMES
from equerre.facts import KINDS
from equerre.facts.annual_list import AnnualList
from equerre.facts.calendar import CampaignDate
from equerre.facts.opening import Site
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.staff_approval import StaffMember
from equerre.kernel import geography, siren, siret, uai
from equerre.kernel.finding import Finding, Outcome
from equerre.kernel.french import day
from equerre.registry import models, selectors
from equerre.registry.dated import Source
from equerre.registry.record import RecordError
from equerre.rules import doubt
from equerre.rules.chain import Chain, explain
from equerre.rules.rule import REGISTER
from tests.demo_year import DemoYear
from tests.registry.writing import said_on

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "demo.md"
DATA = ROOT.parent / "shared" / "data"
KIT = DATA / "rncp" / "kit_apprentissage_2025-01-31.csv"
OLDER_KIT = DATA / "rncp" / "kit_apprentissage_2024-06-25.xlsx"

LOOKS = [(one, look) for one in SITUATIONS for look in one.looks]
# Instants at which the registry is read whole: now, at its last moment, and at a few before.
INSTANTS = (None, LAST, *MOMENTS[::4])


@dataclass(frozen=True)
class World:
    """What was read of the registry once the demo year was in it: facts by instant and key, and a few rows."""

    counts: Mapping[str, int]
    facts: Mapping[datetime | None, Mapping[str, SchoolFacts]]
    keys: Mapping[str, str]
    numbers: frozenset[str]
    sheets: Mapping[tuple[str, str], list[tuple[date | None, date | None, str]]]
    reasons: Counter[str]

    def school(self, number: str, known_at: datetime | None = None) -> SchoolFacts:
        return self.facts[known_at][self.keys[number]]


def as_read(counts: Mapping[str, int]) -> World:
    """All that the tests ask of the registry that holds the demo year."""
    instants = {*INSTANTS, *(look.known_at for _, look in LOOKS)}
    return World(
        counts,
        {instant: by_key(instant) for instant in instants},
        {one.uai: selectors.key_of(one.uai) or "" for one in map(situated, SCHOOLS)},
        frozenset(models.Act.objects.values_list("key", flat=True)),
        {(code, name): said_of(code, name) for code in sheets() for name in DELIVERIES},
        Counter(row.reason for model in models.DATED for row in model._default_manager.only("reason")),
    )


def by_key(instant: datetime | None) -> dict[str, SchoolFacts]:
    keys = models.School.objects.order_by("key").values_list("key", flat=True)
    return dict(zip(keys, selectors.schools(known_at=instant), strict=True))


def said_of(code: str, delivery: str) -> list[tuple[date | None, date | None, str]]:
    about = {"certification": models.Certification.objects.get(key=code)}
    rows = said_on(models.CertificationSheet, about, PUBLISHER, DELIVERIES[delivery][0])
    return [(row.valid_from, row.valid_until, row.standing) for row in rows]


def situated(row: InventedSchool) -> Situation:
    return Situation("", row.slug, "", "", ())


@pytest.fixture(scope="module")
def world(demo_database: DemoYear, django_db_blocker: Any) -> World:
    with django_db_blocker.unblock(), demo_database.turned_to():
        return as_read(demo_database.counts)


def chain(world: World, number: str, on: date, known_at: datetime | None = None) -> Chain:
    return explain(world.school(number, known_at), on, known_at=known_at)


def found(world: World, slug: str, rule: str, on: date = TODAY) -> Finding:
    number = next(situated(row).uai for row in SCHOOLS if row.slug == slug)
    return chain(world, number, on).findings()[rule]


# --- The schools ------------------------------------------------------------------------------------------------------


def test_there_are_72_schools_and_every_academie_has_one() -> None:
    assert len(SCHOOLS) == 72
    assert {row.academie for row in SCHOOLS} == set(geography.academies())
    assert {row.departement for row in SCHOOLS} <= set(geography.departements())
    assert all(geography.departements()[row.departement].academie == row.academie for row in SCHOOLS)


def test_names_numbers_and_places_are_given_once() -> None:
    assert len({row.name for row in SCHOOLS}) == len({row.slug for row in SCHOOLS}) == 72
    assert len({(row.academie, row.rank) for row in SCHOOLS}) == 72
    assert len({row.commune for row in SCHOOLS} - {"Paris"}) == 70


@pytest.mark.parametrize("row", SCHOOLS, ids=lambda row: row.slug)
def test_its_numbers_are_right_and_nobody_holds_them(row: InventedSchool) -> None:
    legal = fictional_siren(row.academie, row.rank)
    assert uai.is_fictional(fictional_uai(row.academie, row.rank))
    assert siren.is_fictional(legal)
    assert all(siret.validate(fictional_siret(legal, number)).startswith(legal) for number in (1, 2))


def test_everything_held_is_marked_as_invented(world: World) -> None:
    assert world.counts["schools"] == 72
    assert all(facts.fictional for facts in world.facts[None].values())
    assert {facts.uai for facts in world.facts[None].values()} == {situated(row).uai for row in SCHOOLS}
    assert all(number.startswith("FICTIF-") for number in world.numbers)
    assert {number[:4] for number in (facts[Site][0].value.siret or "" for facts in world.facts[None].values())} == {
        "0007"
    }


def test_nobody_is_named(world: World) -> None:
    posts = {fact.value.id for facts in world.facts[None].values() for fact in facts[StaffMember]}
    assert posts == {"direction", "enseignement-1", "maitre-1", "maitre-2"}


def test_every_source_says_that_it_is_invented_or_is_a_real_publication(world: World) -> None:
    sources = {fact.source for facts in world.facts[None].values() for fact in facts.facts()}
    real = [one for one in sources if "fictif" not in one.title and "fictive" not in one.title]
    assert {one.publisher for one in real} == {PUBLISHER, "SOLTéA (Caisse des Dépôts)"}


def test_every_trade_taught_has_its_sheets() -> None:
    assert {trade for row in SCHOOLS for trade in row.trades} == set(TRADES)
    assert {code for trade in TRADES.values() for _, code in trade.phases} == set(sheets())


# --- What one sees ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "look"), LOOKS, ids=[f"{one.slug}-{look.on}-{look.rule}" for one, look in LOOKS])
def test_the_situation_is_seen(world: World, one: Situation, look: Look) -> None:
    asked = chain(world, one.uai, look.on, look.known_at)
    finding = asked.findings()[look.rule]
    measured = doubt.measure(asked)[look.rule]
    assert finding.outcome is look.outcome, finding.because
    assert not look.hangs or look.hangs in measured.readings
    assert not look.solid or measured.settled, measured.hanging


def test_there_are_many_situations_and_each_school_has_one() -> None:
    assert len(SITUATIONS) >= 12
    assert len({one.slug for one in SITUATIONS}) == len(SITUATIONS)


def test_today_the_country_hangs_on_what_holds_between_two_lists(world: World) -> None:
    asked = [explain(facts, TODAY) for facts in world.facts[None].values()]
    hanging = [one for one in asked if "R3" in doubt.measure(one)["annual_list.production_school"].readings]
    assert len(hanging) > 55
    assert all(one.findings()["annual_list.production_school"].outcome is Outcome.MET for one in hanging)


def test_all_four_answers_are_somewhere_in_the_chain(world: World) -> None:
    links = [link for facts in world.facts[None].values() for link in explain(facts, TODAY).links]
    assert {link.finding.outcome for link in links} == set(Outcome)


def test_a_practice_is_a_risk_and_no_refusal(world: World) -> None:
    pending = found(world, "bassin-franc", "recognition.recognised", date(2021, 6, 1))
    assert any(note.startswith("Risque de pratique") for note in pending.notes)


def test_a_contested_fact_is_said_in_the_finding(world: World) -> None:
    finding = found(world, "bocage-des-fers", "recognition.recognised")
    assert any(note.startswith("Fait contesté, à trancher : Annuaire d'essai") for note in finding.notes)


def test_a_settled_number_is_held_and_the_old_one_still_read(world: World) -> None:
    number, legal = next((one.uai, fictional_siren("04", 2)) for one in SITUATIONS if one.slug == "pins-hauts")
    before = world.school(number, morning(date(2026, 5, 20)))[Site][0]
    now = world.school(number)[Site][0]
    assert (before.value.siret, now.value.siret) == (fictional_siret(legal, 2), fictional_siret(legal, 1))
    assert (before.source.publisher, now.source.publisher) == ("La Fabrique des Pins-Hauts", "Sirene d'essai")


def test_a_withdrawal_without_the_forms_says_what_is_missing(world: World) -> None:
    notes = found(world, "ligne-claire", "recognition.recognised").notes
    assert any("l'enquête et l'avis du Conseil supérieur de l'éducation" in note for note in notes)


def test_a_small_cohort_is_counted_and_hidden(world: World) -> None:
    hidden = found(world, "crayeres-neuves", "insertion.figures").measures
    shown = found(world, "beffroi-neuf", "insertion.figures").measures
    assert [one.hidden for one in hidden] == [True, True, True]
    assert [(one.numerator, one.denominator) for one in shown] == [(10, 15), (5, 15), (15, 20)]


def test_apprentices_are_counted_apart(world: World) -> None:
    notes = found(world, "mistral-blanc", "teaching.under_school_status").notes
    assert any("14 apprentis" in note for note in notes)


def test_a_signature_put_off_is_due_on_the_new_day_and_the_first_day_is_still_read(world: World) -> None:
    number = situated(SCHOOLS[0]).uai
    due = [link.due[0].by for link in chain(world, number, TODAY).links if link.word == "annual_list"]
    known = world.school(number, morning(date(2026, 5, 20))), world.school(number, LAST), world.school(number)
    days = [next((f.value for f in facts[CampaignDate] if f.value.kind == "annual_list"), None) for facts in known]
    assert due == [date(2026, 12, 11)]
    assert [one and (one.planned, one.revised) for one in days] == [
        None,
        (date(2026, 11, 20), date(2026, 12, 11)),
        (date(2026, 11, 20), date(2026, 12, 11)),
    ]


def test_the_real_days_of_the_platform_are_held(world: World) -> None:
    named = [row for row in CALENDAR if row.kind in KINDS["campaign_date"].fields["kind"].choices]
    facts = next(iter(world.facts[None].values()))[CampaignDate]
    held = {(fact.value.campaign_year, fact.value.kind, fact.value.best) for fact in facts}
    assert {(row.campaign_year, row.kind, row.actual or row.revised or row.planned) for row in named} <= held
    assert (2026, "habilitation_request_closes", date(2026, 1, 16)) in held


def test_a_list_says_its_years_only_when_its_text_does(world: World) -> None:
    lists = next(iter(world.facts[None].values()))[AnnualList]
    said = [(fact.value.act_year, fact.value.school_year, fact.value.effect_ends_on) for fact in lists]
    assert said == [(row.act_year, row.school_year, row.effect_ends_on) for row in LISTS]
    assert said == [(2023, None, date(2024, 12, 31)), (2024, "2024-2025", None), (2025, None, None)]


def test_every_verb_of_the_writer_was_needed(world: World) -> None:
    assert set(world.reasons) == {"entry", "error", "change", "import", "settled", "unchanged", "outdated"}


# --- For the first page -----------------------------------------------------------------------------------------------


def test_each_sentence_has_its_school_and_the_four_answers_are_shown(world: World) -> None:
    assert [number for number, _, _ in SHOWCASE] == ["s1", "s2", "s3", "s4", "s5", "s6", "s7"]
    for on in (date(2026, 10, 1), TODAY):
        shown = {
            number: next(one.finding.outcome for one in chain(world, school, on).sentences if one.number == number)
            for number, school, _ in SHOWCASE
        }
        assert shown == {
            "s1": Outcome.MET,
            "s2": Outcome.NOT_APPLICABLE,
            "s3": Outcome.MET,
            "s4": Outcome.MET,
            "s5": Outcome.UNKNOWN,
            "s6": Outcome.MET,
            "s7": Outcome.NOT_MET,
        }


def test_each_school_of_the_first_page_says_why_in_one_line() -> None:
    assert all(why[0].isupper() and why.endswith((".", "non.")) and len(why) < 120 for _, _, why in SHOWCASE)


# --- Loading ----------------------------------------------------------------------------------------------------------


def test_two_loads_give_the_same_facts_at_every_instant_whoever_loads(world: World, db: None) -> None:
    assert load(author="essai") == world.counts
    assert {*models.SchoolName.objects.values_list("author", flat=True)} == {"essai"}
    for instant in INSTANTS:
        assert by_key(instant) == world.facts[instant]


def test_what_was_known_grows_with_time(world: World) -> None:
    sizes = [sum(len(list(one.facts())) for one in world.facts[instant].values()) for instant in sorted(MOMENTS[::4])]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_a_second_load_is_refused(demo_year: None) -> None:
    before = {model: model._default_manager.count() for model in models.DATED}
    with pytest.raises(RecordError, match="déjà chargée dans ce registre"):
        load()
    assert already_loaded()
    assert {model: model._default_manager.count() for model in models.DATED} == before


def test_it_never_mixes_with_other_facts(db: None) -> None:
    Source.objects.create(key="arrêté", publisher="Ministère", title="Arrêté")
    with pytest.raises(RecordError, match="ne se charge que dans un registre vide"):
        load()
    assert not already_loaded()
    assert not models.School.objects.exists()


def test_every_school_is_written_as_a_file_of_facts_and_read_again(world: World) -> None:
    for facts in world.facts[None].values():
        read = read_facts(write_facts(facts), name=f"{facts.uai}.toml")
        here, there = explain(facts, TODAY), explain(read, TODAY)
        assert [one.finding.because for one in there.links] == [one.finding.because for one in here.links]


# --- The sheets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_what_each_delivery_said_can_be_asked_again(world: World, delivery: str) -> None:
    for code, sheet in sheets().items():
        said = sheet.said.get(delivery)
        days = [(start, end) for start, end, _ in world.sheets[code, delivery]]
        assert days == ([] if said is None else [(said.starts_on, after(said.ends_on))]), code


def after(last_day: date) -> date:
    return date.fromordinal(last_day.toordinal() + 1)


def test_an_end_brought_forward_replaces_the_first_one(world: World) -> None:
    (first,) = world.sheets["RNCP557", "june_2024"]
    (second,) = world.sheets["RNCP557", "january_2025"]
    assert (first[1], second[1]) == (date(2025, 1, 2), date(2024, 7, 19))


def test_a_delivery_read_after_a_newer_one_is_never_held(world: World) -> None:
    assert [standing for *_, standing in world.sheets["RNCP36429", "june_2024"]] == ["outdated"]


def kit() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Delivery, sheet, and the cells that we took: as the two files write them."""
    with KIT.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            yield "january_2025", row["FicheRNCP"], named(list(row.values()))
    for cells in older_rows():
        yield "june_2024", cells[2], named(cells)


def named(cells: list[str]) -> Mapping[str, str]:
    return {"level": cells[3], "ends_on": cells[7], "title": cells[9], "starts_on": cells[13], "successors": cells[15]}


def older_rows() -> Iterator[list[str]]:
    """The second sheet of the workbook, read as what it is: a folder of XML."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(OLDER_KIT) as folder:
        texts = ElementTree.fromstring(folder.read("xl/sharedStrings.xml")).findall(f"{space}si")
        shared = ["".join(part.text or "" for part in text.iter(f"{space}t")) for text in texts]
        for row in ElementTree.fromstring(folder.read("xl/worksheets/sheet2.xml")).iter(f"{space}row"):
            found = {re.sub("[0-9]", "", cell.get("r", "")): cell for cell in row}
            yield [value(found.get(column), shared, space) for column in "ABCDEFGHIJKLMNOPQ"]


def value(cell: ElementTree.Element | None, shared: list[str], space: str) -> str:
    held = cell.find(f"{space}v") if cell is not None else None
    if cell is None or held is None or held.text is None:
        return ""
    return shared[int(held.text)] if cell.get("t") == "s" else held.text


@pytest.mark.skipif(not KIT.is_file() or not OLDER_KIT.is_file(), reason="no kit beside the project (../shared/data)")
def test_the_sheets_are_those_of_the_kit() -> None:
    said: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for delivery, code, cells in kit():
        if code in sheets():
            said.setdefault((code, delivery), set()).add(
                (cells["level"], *map(french_day, (cells["ends_on"], cells["starts_on"])), cells["successors"])
            )
            assert bare(sheets()[code].title) in bare(cells["title"]), (code, cells["title"])
    typed = {
        (code, name): {(f"Niveau {sheet.level}", one.ends_on, one.starts_on, "|".join(one.successors))}
        for code, sheet in sheets().items()
        for name, one in sheet.said.items()
    }
    assert said == typed


def french_day(text: str) -> date | None:
    return date(*map(int, reversed(text.split("/")))) if text else None


def bare(title: str) -> str:
    """Without the kind in front, the accents of capitals, nor the case."""
    return re.sub(r"^(cap|capa|bac pro|tp) (- )?", "", title.lower().replace("é", "e"))


# --- Nobody holds these names and numbers -----------------------------------------------------------------------------

TEXT = {".csv", ".json", ".md", ".html", ".xml", ".txt"}


@pytest.mark.skipif(not DATA.is_dir(), reason="no real files beside the project (../shared/data)")
def test_no_name_and_no_number_is_in_real_files(world: World) -> None:
    sites = [fact.value for facts in world.facts[None].values() for fact in facts[Site]]
    invented = {number for site in sites for number in (site.uai, site.siret, (site.siret or "")[:9]) if number}
    invented |= {row.name for row in SCHOOLS} | {row.place.split(" ")[-1] for row in SCHOOLS} | world.numbers
    invented |= {row.commune for row in SCHOOLS} - {"Paris"}
    files = [path for path in DATA.rglob("*") if path.suffix.lower() in TEXT]
    text = "\n".join(path.read_text("utf-8", errors="replace") for path in files).lower()
    assert len(files) > 10
    assert sorted(one for one in invented if one.lower() in text) == []


# --- The document -----------------------------------------------------------------------------------------------------


def situations_in_french() -> str:
    lines = []
    for chapter, group in groupby(SITUATIONS, key=lambda one: one.chapter):
        lines += [f"### {chapter}", ""]
        for one in group:
            lines += [f"**{one.title}** · {one.school.name} (`{one.uai}`)", "", one.tells, ""]
            lines += [*(look_in_french(look) for look in one.looks), ""]
    return "\n".join(lines)


def look_in_french(look: Look) -> str:
    known = f" (tel qu'on le savait le {day(look.known_at.date())})" if look.known_at else ""
    under = f", tient à la lecture {look.hangs}" if look.hangs else ", quelle que soit la lecture" if look.solid else ""
    word = OUTCOMES["school"][look.outcome]
    return f"- {day(look.on)}{known} · {REGISTER[look.rule].question} **{word}**{under}"


def schools_in_french() -> str:
    rows = [f"| {geography.academies()[row.academie].name} | {row.name} | `{situated(row).uai}` |" for row in SCHOOLS]
    return "\n".join(["| Académie | École | UAI |", "|---|---|---|", *rows])


@pytest.mark.parametrize(
    ("mark", "written"),
    [("situations", situations_in_french), ("écoles", schools_in_french)],
    ids=["situations", "schools"],
)
def test_the_document_prints_the_table(mark: str, written: Any) -> None:
    """When it fails, paste what it expected between the marks of docs/demo.md."""
    before, _, rest = DOCUMENT.read_text("utf-8").partition(f"<!-- {mark} -->\n")
    printed, _, after_it = rest.partition(f"<!-- fin : {mark} -->")
    assert before
    assert after_it
    assert printed.strip() == written().strip()


def test_the_deliveries_of_the_document_are_those_that_were_read() -> None:
    text = " ".join(DOCUMENT.read_text("utf-8").split())
    assert all(title.partition(", ")[2].replace("livraison du ", "") in text for _, _, title in DELIVERIES.values())
    assert isinstance(sheets()["RNCP557"].said["june_2024"], SheetSaid)
