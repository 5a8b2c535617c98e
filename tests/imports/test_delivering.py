"""Whole deliveries against what is held: the newest word is held, in whatever order they are read, and withdrawn as they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from equerre.facts.qualifications import Certification
from equerre.kernel.fact import Fact
from equerre.kernel.fact import Source as PlainSource
from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import HELD, OUTDATED, PROPOSED
from equerre.registry.deliveries import deliveries_of, end_read
from equerre.registry.delivering import Staging
from equerre.registry.record import By, Entry, RecordError, record, retire, settle
from equerre.registry.weighing import Peers, Said
from tests.registry.writing import by, reading, said_on, source

pytestmark = pytest.mark.django_db

KEEPER, COPIER, TRIAL = "Qui tient le registre", "Qui le copie", "Année d'essai"
CODES = ("RNCP91001", "RNCP91002", "RNCP91003")
ENDS = (None, date(2026, 9, 1), date(2027, 9, 1))


@contextmanager
def aside() -> Iterator[None]:
    """What is written inside is undone at the end: hypothesis tries again from nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def agree(one: Sequence[Said], other: Sequence[Said]) -> bool:
    return [(row["until"], row["closed_read_on"] is None) for row in one] == [
        (row["until"], row["closed_read_on"] is None) for row in other
    ]


PEERS = Peers((KEEPER, COPIER, TRIAL), {TRIAL}, agree)


@dataclass(frozen=True)
class Vintage:
    """One delivery: who, which month, and for each sheet its end and its successors (None: it says nothing of it).

    ``closed``: it says its sheets closed, without a day. ``form`` tells two files of one day apart.
    """

    publisher: str
    month: int
    said: tuple[tuple[int, int] | None, ...]
    closed: bool = False
    form: str = ""

    def entries(self) -> list[Entry]:
        said = zip(CODES, self.said, strict=True)
        return [self._entry(code, ENDS[one[0]], one[1]) for code, one in said if one is not None]

    def _entry(self, code: str, end: date | None, followers: int) -> Entry:
        many = {"successors": [certification(f"RNCP9200{number}") for number in range(followers)]}
        on = self.source.dated_on
        values = {
            "certification": certification(code),
            "title": f"{self.publisher} {code}",
            "kind": "diploma",
            "read_on": on,
        }
        if self.closed:
            return Entry(models.CertificationSheet, values | {"closed_read_on": on}, Period(), many)
        return Entry(models.CertificationSheet, values, Period(None, end), many)

    @property
    def source(self) -> models.Source:
        return source(f"{self.publisher} {self.month}{self.form}", self.publisher, date(2025, self.month, 1))

    def read(self, number: int) -> list[str]:
        """Read it: the word for each sheet."""
        staging = Staging(reading(number, self.source), "rncp")
        pieces = staging.whole(models.CertificationSheet, self.entries(), PEERS)
        staging.publish()
        return [thing.moves.outcome for piece in pieces for thing in piece.things]

    def withdraw(self, number: int) -> None:
        """Take it back, as the command does."""
        models.Delivery.objects.filter(source=self.source).update(withdrawn_at=by(number).recorded_at)
        gone = models.Delivery.objects.filter(withdrawn_at__isnull=False).values_list("source__key", flat=True)
        staging = Staging(By("command:import", by(number).recorded_at, self.source, "withdrawn"))
        staging.withdraw(models.CertificationSheet, set(gone), (), PEERS)
        staging.publish()


def certification(code: str) -> models.Certification:
    made, _ = models.Certification.objects.get_or_create(key=code)
    return made


SAID = st.tuples(*[st.none() | st.tuples(st.integers(0, 2), st.integers(0, 2))] * 3)


def vintages(*publishers: str) -> st.SearchStrategy[list[Vintage]]:
    """Deliveries, two of which may be of one day, saying the same or not."""
    one = st.builds(
        Vintage, st.sampled_from(publishers), st.integers(1, 4), SAID, st.booleans(), st.sampled_from(("", " bis"))
    )
    return st.lists(one, min_size=1, max_size=5, unique_by=lambda one: (one.publisher, one.month, one.form))


def known() -> set[tuple[Any, ...]]:
    """Every row that is held or waits, with its source, and what it says that tells of its delivery."""
    found = models.CertificationSheet.objects.filter(known_until__isnull=True).exclude(standing=OUTDATED)
    columns = ("certification__key", "title", "valid_until", "standing", "source__key", "read_on", "closed_read_on")
    return {(*row[1:], *successors(row[0])) for row in found.values_list("pk", *columns)}


def successors(pk: int) -> list[str]:
    named = models.CertificationSheet.successors.through._default_manager.filter(certificationsheet_id=pk)
    return sorted(named.values_list("certification__key", flat=True))


def history() -> dict[tuple[str, str, int], set[tuple[Any, ...]]]:
    """What each publisher said of each sheet up to the end of each month."""
    return {
        (publisher, code, month): {
            (row.title, row.valid_until, row.closed_read_on, row.source.key)
            for row in said_on(
                models.CertificationSheet, {"certification": certification(code)}, publisher, date(2025, month, 28)
            )
        }
        for publisher in PEERS.publishers
        for code in CODES
        for month in range(1, 5)
    }


def told(order: Sequence[Vintage]) -> tuple[Any, ...]:
    """What is known, and what can be told again, once these were read in that order."""
    with aside():
        for number, vintage in enumerate(order):
            vintage.read(number)
        return known(), {code: deliveries_of([code]) for code in CODES}


@settings(max_examples=50)
@given(vintages(KEEPER, COPIER, TRIAL).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_whatever_the_order_of_reading_the_rows_the_sources_and_the_history_are_the_same(
    case: tuple[list[Vintage], list[Vintage]],
) -> None:
    found, shuffled = case
    in_order = told(sorted(found, key=lambda one: (one.month, one.publisher, one.form)))
    assert told(shuffled) == in_order
    assert told([*shuffled, *shuffled]) == in_order
    assert held_codes(in_order[0]) == {code for code in CODES if expected(found, code)}


def held_codes(rows: set[tuple[Any, ...]]) -> set[str]:
    return {code for code, _, _, standing, *_ in rows if standing == HELD}


def expected(found: Sequence[Vintage], code: str) -> bool:
    """Is something to be held of a sheet: did a publisher say one thing of it on a day, by whom nobody real is covered?"""
    place = CODES.index(code)
    said: dict[tuple[str, int], set[Any]] = {}
    for one in found:
        words = one.said[place]
        if words is not None:
            heard = (None, words[1], True) if one.closed else (ENDS[words[0]], words[1], False)
            said.setdefault((one.publisher, one.month), set()).add(heard)
    real = {key: words for key, words in said.items() if key[0] != TRIAL} or said
    return any(len(words) == 1 for words in real.values())


@settings(max_examples=50)
@given(vintages(KEEPER, COPIER).flatmap(lambda found: st.tuples(st.permutations(found), st.sets(st.integers(0, 4)))))
def test_a_delivery_withdrawn_is_as_one_that_was_never_read(case: tuple[list[Vintage], set[int]]) -> None:
    found, gone = case
    kept = [one for place, one in enumerate(found) if place not in gone]
    with aside():
        for number, vintage in enumerate(found):
            vintage.read(number)
        for number, vintage in enumerate([one for one in found if one not in kept], start=len(found)):
            vintage.withdraw(number)
        left = known(), {code: deliveries_of([code]) for code in CODES}
    assert left == told(kept)


# --- Between peers, and with persons ----------------------------------------------------------------------------------


def say(publisher: str, month: int, end: int, number: int, *, closed: bool = False, form: str = "") -> str:
    (word,) = Vintage(publisher, month, ((end, 0), None, None), closed, form).read(number)
    return word


def standing(value: str) -> list[tuple[str, date | None]]:
    found = models.CertificationSheet.objects.filter(standing=value, known_until__isnull=True).order_by("pk")
    return list(found.values_list("title", "valid_until"))


def held_source() -> str:
    return models.CertificationSheet.objects.get(standing=HELD, known_until__isnull=True).source.key


def test_the_newest_of_two_peers_is_held_and_the_other_waits_when_it_contradicts() -> None:
    assert say(COPIER, 1, 1, 0) == "new"
    assert say(KEEPER, 2, 1, 1) == "changed"
    assert standing(PROPOSED) == []
    assert say(COPIER, 3, 2, 2) == "contested"
    assert standing(HELD) == [("Qui le copie RNCP91001", ENDS[2])]
    assert standing(PROPOSED) == [("Qui tient le registre RNCP91001", ENDS[1])]
    assert say(KEEPER, 4, 2, 3) == "changed"
    assert standing(PROPOSED) == []


def test_a_word_said_again_after_a_peer_contradicted_it_is_the_newest() -> None:
    say(KEEPER, 1, 1, 0)
    say(COPIER, 2, 2, 1)
    assert say(KEEPER, 3, 1, 2) in ("changed", "contested")
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[1])]
    assert held_source() == f"{KEEPER} 1"
    assert standing(PROPOSED) == [("Qui le copie RNCP91001", ENDS[2])]


def test_an_older_peer_is_history_and_waits_only_when_it_contradicts() -> None:
    say(KEEPER, 3, 1, 0)
    assert say(COPIER, 2, 1, 1) == "unchanged"
    assert standing(PROPOSED) == []
    assert say(COPIER, 2, 1, 2) == "unchanged"
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[1])]


def test_what_a_person_corrected_stays_held_and_the_delivery_waits() -> None:
    values = {"certification": certification(CODES[0]), "title": "Lue par une personne", "kind": "diploma"}
    record(Entry(models.CertificationSheet, values, Period(None, ENDS[1])), by(0))
    assert say(KEEPER, 1, 2, 1) == "contested"
    assert say(KEEPER, 2, 2, 2) == "unchanged"
    assert standing(HELD) == [("Lue par une personne", ENDS[1])]
    settle(models.CertificationSheet.objects.get(standing=PROPOSED, known_until__isnull=True), by(3), accept=True)
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[2])]


def test_a_decision_stands_until_its_publishers_say_something_new() -> None:
    say(KEEPER, 1, 1, 0)
    say(COPIER, 2, 2, 1)
    waiting = models.CertificationSheet.objects.get(standing=PROPOSED, known_until__isnull=True)
    settle(waiting, by(2, reason="settled"), accept=True)
    decided = [("Qui le copie RNCP91001", ENDS[2]), ("Qui tient le registre RNCP91001", ENDS[1])]
    assert standing(HELD) == decided  # the days after the end that was taken are left as they were
    assert say(COPIER, 3, 2, 3) == "unchanged"
    assert standing(HELD) == decided
    assert standing(PROPOSED) == []
    assert say(COPIER, 4, 0, 4) == "changed"
    assert standing(HELD) == [("Qui le copie RNCP91001", ENDS[0])]


def test_a_proposal_that_was_left_is_not_made_again_by_the_same_words() -> None:
    say(KEEPER, 2, 1, 0)
    say(COPIER, 1, 2, 1)
    settle(models.CertificationSheet.objects.get(standing=PROPOSED, known_until__isnull=True), by(2), accept=False)
    assert say(KEEPER, 3, 1, 3) == "unchanged"
    assert say(COPIER, 2, 2, 4) == "unchanged"
    assert standing(PROPOSED) == []


def test_what_somebody_retired_is_not_held_again_by_the_same_words() -> None:
    say(KEEPER, 1, 1, 0)
    retire(models.CertificationSheet.objects.get(standing=HELD), by(1))
    assert say(KEEPER, 2, 1, 2) == "unchanged"
    assert standing(HELD) == []
    assert say(KEEPER, 3, 2, 3) == "new"
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[2])]


def test_a_sheet_said_closed_without_a_day_stays_closed_and_no_day_is_made_up() -> None:
    assert say(KEEPER, 1, 2, 0) == "new"
    assert say(KEEPER, 2, 0, 1, closed=True) == "changed"
    assert say(KEEPER, 3, 0, 2, closed=True) == "unchanged"
    assert say(KEEPER, 1, 2, 3) == "unchanged"
    row = models.CertificationSheet.objects.get(standing=HELD, known_until__isnull=True)
    assert (row.valid_until, row.closed_read_on, row.source.key) == (None, date(2025, 2, 1), f"{KEEPER} 2")
    assert say(KEEPER, 4, 1, 4) == "changed"
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[1])]


# --- One day, one delivery ----------------------------------------------------------------------------------------------


def test_two_files_of_one_day_that_say_the_same_are_one_delivery_in_whatever_order() -> None:
    for number, forms in enumerate((("", " bis"), (" bis", ""))):
        with aside():
            assert [say(KEEPER, 1, 1, 2 * number + place, form=form) for place, form in enumerate(forms)] == [
                "new",
                "unchanged",
            ]
            assert held_source() == f"{KEEPER} 1"
            assert standing(PROPOSED) == []


def test_two_files_of_one_day_that_contradict_each_other_wait_for_somebody_and_what_was_held_stays() -> None:
    say(KEEPER, 1, 0, 0)
    assert say(KEEPER, 2, 1, 1) == "changed"
    assert say(KEEPER, 2, 2, 2, form=" bis") == "contested"
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[0])]
    assert {end for _, end in standing(PROPOSED)} == {ENDS[1], ENDS[2]}
    assert say(KEEPER, 3, 2, 3) == "changed"
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[2])]
    assert standing(PROPOSED) == []


def test_the_source_of_the_year_of_trial_never_beats_a_real_one() -> None:
    say(TRIAL, 4, 2, 0)
    assert standing(HELD) == [("Année d'essai RNCP91001", ENDS[2])]
    assert say(COPIER, 1, 1, 1) == "changed"
    assert standing(HELD) == [("Qui le copie RNCP91001", ENDS[1])]
    assert standing(PROPOSED) == []
    assert say(TRIAL, 4, 0, 2, form=" bis") == "contested"
    assert standing(HELD) == [("Qui le copie RNCP91001", ENDS[1])]
    assert standing(PROPOSED) == []


def test_a_delivery_that_says_one_thing_twice_or_has_no_day_is_refused() -> None:
    vintage = Vintage(KEEPER, 1, ((1, 0), None, None))
    with pytest.raises(RecordError, match="dit deux fois la même chose"):
        Staging(by(0, vintage.source)).whole(models.CertificationSheet, vintage.entries() * 2, PEERS)
    with pytest.raises(RecordError, match="ne dit pas son jour"):
        Staging(by(0, source("sans jour"))).whole(models.CertificationSheet, vintage.entries(), PEERS)


def test_one_source_never_says_two_things() -> None:
    say(KEEPER, 1, 1, 0)
    with pytest.raises(RecordError, match="a déjà été lue et disait autre chose"):
        say(KEEPER, 1, 2, 1)


# --- In which delivery a date was read --------------------------------------------------------------------------------


def test_each_delivery_is_told_again_with_what_it_changed() -> None:
    for number, (month, end) in enumerate(((3, 2), (1, 2), (2, 1), (4, 2))):
        say(KEEPER, month, end, number)
    told = deliveries_of([CODES[0], "RNCP0"])
    assert list(told) == [CODES[0]]
    assert [(one.dated_on.month, one.valid.end, one.changed) for one in told[CODES[0]]] == [
        (1, ENDS[2], ()),
        (2, ENDS[1], ("valid",)),
        (3, ENDS[2], ("valid",)),
        (4, ENDS[2], ()),
    ]
    read = end_read(told[CODES[0]], held_fact())
    assert read is not None
    assert (read.first.dated_on.month, read.last.dated_on.month) == (3, 4)
    assert read.before is not None
    assert read.before.dated_on.month == 2


def test_a_sheet_read_closed_was_read_so_in_its_delivery() -> None:
    say(KEEPER, 1, 2, 0)
    say(KEEPER, 2, 0, 1, closed=True)
    (one, other) = deliveries_of([CODES[0]])[CODES[0]]
    assert (one.active, other.active, other.changed) == (True, False, ("active", "valid"))
    read = end_read((one, other), held_fact())
    assert read is not None
    assert (read.first, read.before) == (other, one)


def test_where_a_date_was_read_is_never_a_delivery_that_gave_another() -> None:
    """The keeper's older date is held no more, but what is held is not what the keeper's newest says either."""
    say(COPIER, 1, 1, 0)
    say(KEEPER, 2, 2, 1)
    say(KEEPER, 3, 1, 2)
    told = deliveries_of([CODES[0]])[CODES[0]]
    read = end_read(told, held_fact())
    assert read is not None
    assert {one.valid.end for one in (read.first, read.last)} == {held_fact().valid.end} == {ENDS[1]}
    by_a_person = replace(held_fact(), valid=Period(None, date(2030, 1, 1)))
    assert end_read(told, by_a_person) is None
    assert end_read((), held_fact()) is None


def held_fact() -> Fact[Certification]:
    row = models.CertificationSheet.objects.get(standing=HELD, known_until__isnull=True)
    value = Certification(CODES[0], row.title, row.kind, closed_read_on=row.closed_read_on)
    told = PlainSource(row.source.key, row.source.publisher, row.source.title)
    return Fact("certification", value, Period(row.valid_from, row.valid_until), told, Period(row.known_from))
