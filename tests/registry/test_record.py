"""The five verbs, and what a publisher says again: what each writes, what it refuses, in which words. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection

from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import HELD, OUTDATED, PROPOSED, Dated
from equerre.registry.record import (
    By,
    Entry,
    RecordError,
    TooLate,
    correct,
    propose,
    record,
    record_all,
    retire,
    settle,
)
from tests.registry.writing import audience, by, deliver, instant, reading, rows_of, said_on, school, source

pytestmark = pytest.mark.django_db

JANUARY, MARCH, JUNE, SEPTEMBER = (date(2026, month, 1) for month in (1, 3, 6, 9))


def told(standing: str = HELD) -> list[tuple[int, date | None, date | None]]:
    """What is known now: pupils, from, until."""
    rows = models.Audience.objects.filter(known_until__isnull=True, standing=standing)
    return sorted(
        rows.values_list("school_status", "valid_from", "valid_until"), key=lambda row: (row[1] or date.min, row)
    )


@contextmanager
def nothing_written() -> Iterator[None]:
    before = rows_of(models.Audience)
    yield
    assert rows_of(models.Audience) == before


# --- record ----------------------------------------------------------------------------------------------------------------


def test_a_fact_is_held_with_its_two_times_its_source_and_its_writer() -> None:
    row = record(audience(12, MARCH), By("person:a", instant(0), source(), "entry", "vu sur place"))
    assert (row.valid_from, row.valid_until) == (MARCH, None)
    assert (row.known_from, row.known_until) == (instant(0), None)
    assert (row.standing, row.source, row.author, row.note) == (HELD, source(), "person:a", "vu sur place")


def test_a_later_fact_ends_the_one_before_and_keeps_its_days() -> None:
    record(audience(12, JANUARY), by(0, source("avant")))
    record(audience(15, JUNE), by(1, source("après")))
    assert told() == [(12, JANUARY, JUNE), (15, JUNE, None)]
    kept = models.Audience.objects.get(valid_until=JUNE)
    assert (kept.source, kept.known_from) == (source("avant"), instant(1))
    assert models.Audience.objects.get(known_until=instant(1)).valid_until is None


def test_a_fact_in_the_middle_leaves_the_days_on_both_sides() -> None:
    record(audience(12), by(0))
    record(audience(15, MARCH, JUNE), by(1))
    assert told() == [(12, None, MARCH), (15, MARCH, JUNE), (12, JUNE, None)]


def test_a_fact_over_several_takes_the_place_of_all() -> None:
    for place, days in enumerate([(None, JANUARY), (JANUARY, MARCH), (MARCH, None)]):
        record(audience(10 + place, *days), by(place))
    record(audience(20), by(5))
    assert told() == [(20, None, None)]
    assert models.Audience.objects.count() == 4


def test_what_is_already_held_is_given_back_and_nothing_is_written() -> None:
    first = record(audience(12, MARCH), by(0))
    with nothing_written():
        assert record(audience(12, MARCH), by(1, source("autre"))) == first


def test_the_sites_that_an_act_names_are_part_of_what_it_says() -> None:
    sites = [models.Site.objects.create(key=key, school=school()) for key in ("atelier", "principal")]
    entry = Entry(models.AnnualListEntry, {"school": school(), "act_year": 2025}, Period(MARCH), {"sites": sites})
    first = record(entry, by(0))
    assert record(entry, by(1)) == first
    alone = record(Entry(entry.model, entry.values, entry.valid, {"sites": sites[:1]}), by(2))
    assert alone != first
    record(Entry(entry.model, entry.values, Period(JUNE), {"sites": sites}), by(3))
    kept = models.AnnualListEntry.objects.get(known_until__isnull=True, valid_until=JUNE)
    assert list(kept.sites.all()) == sites[:1]


def test_the_same_instant_cannot_change_what_it_wrote() -> None:
    record(audience(12), by(3))
    with nothing_written(), pytest.raises(TooLate, match=r"^Ce fait a été écrit au même instant ou après : relisez-le"):
        record(audience(15), by(3))
    with nothing_written(), pytest.raises(TooLate, match=r"Rien n'a été changé\.$"):
        record(audience(15), by(2))


# --- correct, retire ---------------------------------------------------------------------------------------------------------


def test_a_correction_stands_in_place_of_what_was_wrong() -> None:
    wrong = record(audience(12, JANUARY), by(0))
    correct(wrong, audience(21, MARCH), by(1, reason="typing"))
    assert told() == [(21, MARCH, None)]
    wrong.refresh_from_db()
    assert (wrong.known_until, wrong.school_status, wrong.valid_from) == (instant(1), 12, JANUARY)


def test_a_correction_never_tramples_another_fact() -> None:
    record(audience(12, JANUARY, JUNE), by(0))
    later = record(audience(15, JUNE), by(1))
    with nothing_written(), pytest.raises(RecordError) as refused:
        correct(later, audience(15, MARCH), by(2))
    assert str(refused.value) == (
        "Un autre fait vaut déjà depuis le 1er janvier 2026, jusqu'au 1er juin 2026 exclu : "
        "corrigez-le d'abord, ou changez les jours."
    )


def test_two_corrections_of_one_row_one_wins() -> None:
    wrong = record(audience(12), by(0))
    copy = models.Audience.objects.get(pk=wrong.pk)
    correct(wrong, audience(13), by(1))
    with nothing_written(), pytest.raises(TooLate) as refused:
        correct(copy, audience(14), by(2))
    assert (
        str(refused.value) == "Quelqu'un a changé ce fait avant vous : relisez-le, puis décidez. Rien n'a été changé."
    )


def test_what_is_retired_is_known_no_longer_and_was_known() -> None:
    row = record(audience(12), by(0))
    retire(row, by(1))
    assert told() == []
    assert rows_of(models.Audience)[row.pk]["known_until"] == instant(1)
    with nothing_written(), pytest.raises(TooLate, match=r"^Quelqu'un a changé ce fait avant vous"):
        retire(row, by(2))


# --- propose, settle ---------------------------------------------------------------------------------------------------------


def test_a_proposal_waits_and_changes_nothing_that_is_held() -> None:
    record(audience(12), by(0))
    propose(audience(15), by(1, source("enquête")))
    assert (told(), told(PROPOSED)) == ([(12, None, None)], [(15, None, None)])


def test_the_same_proposal_is_kept_once_and_two_sources_make_two() -> None:
    first = propose(audience(15), by(0, source("enquête")))
    assert propose(audience(15), by(1, source("enquête"))) == first
    propose(audience(15), by(2, source("presse")))
    propose(audience(16), by(3, source("enquête")))
    assert len(told(PROPOSED)) == 3


def test_a_source_that_says_what_is_held_contests_nothing() -> None:
    held = record(audience(12), by(0))
    with nothing_written():
        assert propose(audience(12), by(1, source("enquête"))) == held


def test_a_proposal_taken_becomes_held_with_its_own_source() -> None:
    record(audience(12), by(0))
    proposed = propose(audience(15, JUNE), by(1, source("enquête")))
    taken = settle(proposed, By("person:b", instant(2), source("note"), "settled"), accept=True)
    assert taken is not None
    assert (taken.source, taken.author, taken.reason) == (source("enquête"), "person:b", "settled")
    assert (told(), told(PROPOSED)) == ([(12, None, JUNE), (15, JUNE, None)], [])


def test_a_proposal_left_is_settled_and_kept_in_history() -> None:
    record(audience(12), by(0))
    proposed = propose(audience(15), by(1, source("enquête")))
    assert settle(proposed, by(2), accept=False) is None
    assert (told(), told(PROPOSED)) == ([(12, None, None)], [])
    assert rows_of(models.Audience)[proposed.pk]["known_until"] == instant(2)


def test_what_the_writer_did_not_read_is_not_replaced() -> None:
    first = record(audience(42, date(2022, 9, 1), date(2026, 9, 1)), by())
    second = record(audience(50, date(2026, 9, 1)), by(1))
    later = audience(24, date(2024, 9, 1))
    for seen in ([], [first.pk], [second.pk], [first.pk, second.pk, 10**9]):
        with pytest.raises(TooLate, match="ce qui est tenu a changé"):
            record(later, by(2), seen=seen)
    waiting = propose(later, by(2, source("annuaire", "Annuaire")))
    for accept in (True, False):
        with pytest.raises(TooLate, match="ce qui est tenu a changé"):
            settle(waiting, by(3), accept=accept, seen=[first.pk])
    assert models.Audience.objects.filter(known_until=None, standing="held").count() == 2
    assert settle(waiting, by(3), accept=True, seen=[second.pk, first.pk]) is not None


def test_what_is_held_cannot_be_settled_nor_a_proposal_twice() -> None:
    held = record(audience(12), by(0))
    with nothing_written(), pytest.raises(RecordError) as refused:
        settle(held, by(1), accept=True)
    assert str(refused.value) == "Ce fait n'attend pas qu'on tranche : il n'est pas proposé."
    proposed = propose(audience(15), by(1))
    settle(proposed, by(2), accept=False)
    with nothing_written(), pytest.raises(TooLate, match=r"^Quelqu'un a changé ce fait avant vous"):
        settle(proposed, by(3), accept=True)


def test_a_proposal_is_settled_and_never_corrected() -> None:
    proposed = propose(audience(15), by(0))
    with nothing_written(), pytest.raises(RecordError) as refused:
        correct(proposed, audience(16), by(1))
    assert str(refused.value) == "Ce fait n'est pas tenu : on ne corrige que ce qui l'est. S'il est proposé, tranchez."


# --- Several at once ---------------------------------------------------------------------------------------------------------


def test_many_facts_are_written_as_one_by_one() -> None:
    schools = [school(f"école-{number}") for number in range(3)]
    record(audience(1, of=schools[0]), by(0))
    entries = [audience(10 + place, of=one) for place, one in enumerate(schools)]
    entries.append(audience(20, JUNE, of=schools[1]))
    assert record_all(entries[:3], by(1)) == 3
    assert record_all(entries[3:], by(2)) == 1
    assert told() == [(10, None, None), (11, None, JUNE), (12, None, None), (20, JUNE, None)]
    one_by_one = record(audience(12, of=schools[2]), by(3))
    assert (one_by_one.author, one_by_one.known_from) == ("person:test", instant(1))


def test_many_facts_or_none() -> None:
    twice = [audience(10), audience(11, MARCH)]
    with nothing_written(), pytest.raises(TooLate):
        record_all([audience(9, of=school("école-2")), *twice], by(0))


def test_many_facts_that_lack_a_field_say_so_in_words() -> None:
    lacking = Entry(models.Audience, {"school": school()}, Period())
    with nothing_written(), pytest.raises(RecordError) as refused:
        record_all([lacking], by(0))
    assert "SQL" not in str(refused.value)
    assert str(refused.value).startswith("Un fait ne peut pas être écrit")


def test_one_fact_that_lacks_a_field_says_so_in_words() -> None:
    with nothing_written(), pytest.raises(RecordError, match=r"^Un fait ne peut pas être écrit"):
        record(Entry(models.Audience, {"school": school()}, Period()), by(0))


# --- Another writer ----------------------------------------------------------------------------------------------------------


def test_a_writer_who_comes_between_reading_and_writing_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite one writer at a time: the other one is simulated, between what we read and what we write."""
    row = record(audience(12), by(0))
    models.Audience.objects.filter(pk=row.pk).update(known_until=instant(1))
    other = record(audience(13), by(1, source("autre")))
    monkeypatch.setattr("equerre.registry.record._overlapping", lambda entry: models.Audience.objects.none())
    with nothing_written(), pytest.raises(TooLate) as refused:
        record(audience(14), by(2))
    assert str(refused.value) == "Un fait du même objet vient d'être écrit pour ces jours : relisez-le, puis décidez."
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert models.Audience.objects.get(known_until__isnull=True) == other


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "entry",
    [
        audience,
        lambda number: Entry(
            models.AnnualList, {"act_year": 2025, "published_on": MARCH, "number": str(number)}, Period()
        ),
    ],
    ids=["about a school", "about no identity"],
)
@pytest.mark.parametrize("held", [False, True], ids=["nothing held", "a fact held"])
def test_of_writers_at_once_one_wins_and_the_others_are_told(entry: Any, held: bool) -> None:
    from threading import Barrier, Thread

    school(), source()
    if held:
        record(entry(0), by(0))
    together, told_so, won = Barrier(4), [], []

    def write(number: int) -> None:
        try:
            together.wait()
            won.append(record(entry(number), by(5)).pk)
        except TooLate as error:
            told_so.append(str(error))
        finally:
            connection.close()

    writers = [Thread(target=write, args=(number,)) for number in range(1, 5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    model: type[Dated] = entry(0).model
    assert (len(won), len(told_so)) == (1, 3)
    assert list(model._default_manager.filter(known_until__isnull=True).values_list("pk", flat=True)) == won


# --- What a publisher says again and again -------------------------------------------------------------------------------------

SHEET = "RNCP37897"


def sheet(title: str, end: date | None = None) -> list[Entry]:
    certification, _ = models.Certification.objects.get_or_create(key=SHEET)
    values = {"certification": certification, "title": title, "kind": "title"}
    return [Entry(models.CertificationSheet, values, Period(date(2021, 9, 1), end))]


def delivery(month: int, entries: list[Entry], number: int) -> str:
    publisher = source(f"livraison {month}", "Certif Info fictif", date(2025, month, 1))
    return deliver(entries, reading(number, publisher))


def titles(month: int) -> list[str]:
    about = sheet("")[0].about
    return [row.title for row in said_on(models.CertificationSheet, about, "Certif Info fictif", date(2025, month, 15))]


def held_titles() -> list[str]:
    rows = models.CertificationSheet.objects.filter(known_until__isnull=True, standing=HELD)
    return list(rows.values_list("title", flat=True))


def test_a_delivery_is_new_then_unchanged_then_changed() -> None:
    assert delivery(1, sheet("Soudeur"), 0) == "new"
    assert delivery(1, sheet("Soudeur"), 1) == "unchanged"
    assert delivery(2, sheet("Soudeur"), 2) == "unchanged"
    assert delivery(3, sheet("Soudeur assembleur"), 3) == "changed"
    assert (titles(1), titles(2), titles(3)) == (["Soudeur"], ["Soudeur"], ["Soudeur assembleur"])


def test_a_delivery_read_twice_writes_nothing_the_second_time() -> None:
    for month in (1, 3, 2):
        delivery(month, sheet(f"Soudeur {month}"), month)
    before = rows_of(models.CertificationSheet)
    for place, month in enumerate((2, 3, 1)):
        delivery(month, sheet(f"Soudeur {month}"), 10 + place)
    assert rows_of(models.CertificationSheet) == before


def test_an_older_delivery_read_later_is_history_and_never_held() -> None:
    delivery(3, sheet("Soudeur assembleur"), 0)
    assert delivery(1, sheet("Soudeur"), 1) == "outdated"
    assert held_titles() == ["Soudeur assembleur"]
    assert [
        row.standing for row in said_on(models.CertificationSheet, sheet("")[0].about, "Certif Info fictif", MARCH)
    ] == [HELD]
    assert (titles(1), titles(3)) == (["Soudeur"], ["Soudeur assembleur"])
    assert models.CertificationSheet.objects.filter(standing=OUTDATED).count() == 1


def test_an_older_delivery_does_not_undo_one_that_changed_nothing() -> None:
    """January and March say the same; February, read last, said otherwise: March still has the last word."""
    delivery(1, sheet("Soudeur"), 0)
    delivery(3, sheet("Soudeur"), 1)
    assert delivery(2, sheet("Forgeron"), 2) == "outdated"
    assert held_titles() == ["Soudeur"]
    assert (titles(1), titles(2), titles(3)) == (["Soudeur"], ["Forgeron"], ["Soudeur"])


def test_a_delivery_that_contradicts_somebody_else_is_proposed() -> None:
    record(sheet("Soudeur, corrigé par une personne")[0], by(0))
    assert delivery(1, sheet("Soudeur"), 1) == "contested"
    assert held_titles() == ["Soudeur, corrigé par une personne"]
    assert models.CertificationSheet.objects.get(standing=PROPOSED).title == "Soudeur"
    assert titles(1) == ["Soudeur"]
    assert delivery(1, sheet("Soudeur"), 2) == "unchanged"
    assert models.CertificationSheet.objects.filter(standing=PROPOSED).count() == 1


@pytest.mark.parametrize("together", [False, True])
def test_a_character_of_command_is_refused_in_any_text(together: bool) -> None:
    entry = Entry(models.SchoolName, {"school": school(), "name": "École\x01"})
    with pytest.raises(RecordError, match="caractère de commande invisible"):
        record_all([entry], by()) if together else record(entry, by())
    assert not models.SchoolName.objects.filter(name__startswith="École\x01").exists()
