"""``deliver_all`` does for many things what ``record.deliver`` does for one; between peers the newest word is held.

Whatever the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import HELD, OUTDATED, PROPOSED
from equerre.registry.deliveries import deliveries_of, end_read
from equerre.registry.delivering import Said, Saying, deliver_all
from equerre.registry.record import Entry, RecordError, deliver, record, said_on, settle
from tests.registry.writing import by, source

pytestmark = pytest.mark.django_db

KEEPER, COPIER = "Qui tient le registre", "Qui le copie"
PEERS = (KEEPER, COPIER)
CODES = ("RNCP91001", "RNCP91002", "RNCP91003")
ENDS = (None, date(2026, 9, 1), date(2027, 9, 1))


@contextmanager
def aside() -> Iterator[None]:
    """What is written inside is undone at the end: hypothesis tries again from nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Vintage:
    """One delivery: who, which month, and for each sheet its end and its successors (None: it says nothing of it)."""

    publisher: str
    month: int
    said: tuple[tuple[int, int] | None, ...]

    def sayings(self) -> list[Saying]:
        return [
            self._saying(code, ENDS[one[0]], one[1])
            for code, one in zip(CODES, self.said, strict=True)
            if one is not None
        ]

    def _saying(self, code: str, end: date | None, followers: int) -> Saying:
        about = {"certification": certification(code)}
        many = {"successors": [certification(f"RNCP9200{number}") for number in range(followers)]}
        values = {**about, "title": f"{self.publisher} {code}", "kind": "diploma", "read_on": self.source.dated_on}
        return Saying(about, [Entry(models.CertificationSheet, values, Period(None, end), many)])

    @property
    def source(self) -> models.Source:
        return source(f"{self.publisher} {self.month}", self.publisher, date(2025, self.month, 1))


def certification(code: str) -> models.Certification:
    made, _ = models.Certification.objects.get_or_create(key=code)
    return made


def agree(one: Sequence[Said], other: Sequence[Said]) -> bool:
    return [row["until"] for row in one] == [row["until"] for row in other]


SAID = st.tuples(*[st.none() | st.tuples(st.integers(0, 2), st.integers(0, 2))] * 3)


def vintages(*publishers: str) -> st.SearchStrategy[list[Vintage]]:
    one = st.builds(Vintage, st.sampled_from(publishers), st.integers(1, 6), SAID)
    return st.lists(one, min_size=1, max_size=5, unique_by=lambda one: (one.publisher, one.month))


def rows() -> list[tuple[Any, ...]]:
    """Every row as it stands, whatever its number."""
    fields = (
        "certification__key",
        "title",
        "valid_from",
        "valid_until",
        "known_from",
        "known_until",
        "standing",
        "reason",
    )
    found = models.CertificationSheet.objects.prefetch_related("successors").select_related("source", "certification")
    return sorted(
        (
            row.source.key,
            row.certification.key,
            str([one.key for one in row.successors.all()]),
            *(str(value) for value in models.CertificationSheet.objects.filter(pk=row.pk).values_list(*fields)[0]),
        )
        for row in found
    )


@settings(max_examples=40)
@given(vintages(KEEPER, COPIER), st.booleans())
def test_many_at_once_are_what_each_is_alone(found: list[Vintage], again: bool) -> None:
    """Same words, same rows, one publisher never taking the place of another."""
    order = [*found, *found] if again else found
    told = []
    for together in (True, False):
        with aside():
            words = []
            for number, vintage in enumerate(order):
                writer = by(number, vintage.source, "import")
                sayings = vintage.sayings()
                if together:
                    words += deliver_all(models.CertificationSheet, sayings, writer)
                else:
                    words += [deliver(list(one.entries), one.about, writer) for one in sayings]
            told.append((words, rows()))
    assert told[0] == told[1]


def history() -> dict[tuple[str, str, int], set[tuple[Any, ...]]]:
    """What each publisher said of each sheet up to the end of each month."""
    return {
        (publisher, code, month): {
            (row.title, row.valid_until, row.reason == "ended")  # type: ignore[attr-defined]
            for row in said_on(
                models.CertificationSheet, {"certification": certification(code)}, publisher, date(2025, month, 28)
            )
        }
        for publisher in PEERS
        for code in CODES
        for month in range(1, 7)
    }


def held() -> set[tuple[Any, ...]]:
    found = models.CertificationSheet.objects.filter(standing=HELD, known_until__isnull=True)
    return set(found.values_list("certification__key", "title", "valid_until"))


@settings(max_examples=40)
@given(vintages(KEEPER, COPIER).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), st.data())
def test_whatever_the_order_of_reading_peers_tell_the_same_history_and_the_newest_word_is_held(
    case: tuple[list[Vintage], list[Vintage]], data: st.DataObject
) -> None:
    found, shuffled = case
    lost = {(one.publisher, one.month) for one in found if data.draw(st.booleans())}
    truths = []
    for order in (sorted(found, key=lambda one: (one.month, one.publisher)), shuffled):
        with aside():
            for number, vintage in enumerate(order):
                sayings = [
                    Saying(one.about, one.entries, held=(vintage.publisher, vintage.month) not in lost)
                    for one in vintage.sayings()
                ]
                deliver_all(
                    models.CertificationSheet, sayings, by(number, vintage.source, "import"), peers=PEERS, agrees=agree
                )
            truths.append((history(), held()))
    assert truths[0] == truths[1]
    assert truths[0][1] == expected(found, lost)


def expected(found: list[Vintage], lost: set[tuple[str, int]]) -> set[tuple[Any, ...]]:
    """The newest word of the two about each sheet; on one day, that of whoever keeps the register; nothing when it is over."""
    words: dict[str, tuple[tuple[int, bool], str, date | None, bool]] = {}
    for vintage in found:
        for code, one in zip(CODES, vintage.said, strict=True):
            order = (vintage.month, vintage.publisher == KEEPER)
            if one is not None and (code not in words or words[code][0] < order):
                over = (vintage.publisher, vintage.month) in lost
                words[code] = (order, f"{vintage.publisher} {code}", ENDS[one[0]], over)
    return {(code, title, end) for code, (_, title, end, over) in words.items() if not over}


# --- Between peers, and with persons ----------------------------------------------------------------------------------


def say(publisher: str, month: int, end: int, number: int, *, over: bool = False) -> str:
    vintage = Vintage(publisher, month, ((end, 0), None, None))
    (one,) = vintage.sayings()
    (word,) = deliver_all(
        models.CertificationSheet,
        [Saying(one.about, one.entries, held=not over)],
        by(number, vintage.source, "import"),
        peers=PEERS,
        agrees=agree,
    )
    return word


def standing(value: str) -> list[tuple[str, date | None]]:
    found = models.CertificationSheet.objects.filter(standing=value, known_until__isnull=True).order_by("pk")
    return list(found.values_list("title", "valid_until"))


def test_the_newest_of_two_peers_is_held_and_the_other_waits_when_it_contradicts() -> None:
    assert say(COPIER, 1, 1, 0) == "new"
    assert say(KEEPER, 2, 1, 1) == "changed"
    assert standing(PROPOSED) == []
    assert say(COPIER, 3, 2, 2) == "proposed"
    assert standing(HELD) == [("Qui le copie RNCP91001", ENDS[2])]
    assert standing(PROPOSED) == [("Qui tient le registre RNCP91001", ENDS[1])]
    assert say(KEEPER, 4, 2, 3) == "changed"
    assert standing(PROPOSED) == []


def test_an_older_peer_is_history_and_waits_only_when_it_contradicts() -> None:
    say(KEEPER, 3, 1, 0)
    assert say(COPIER, 2, 1, 1) == "unchanged"
    assert standing(PROPOSED) == []
    assert say(COPIER, 2 + 0, 1, 2) == "unchanged"
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[1])]


def test_what_a_person_corrected_stays_held_and_the_delivery_waits() -> None:
    about = {"certification": certification(CODES[0])}
    values = {**about, "title": "Lue par une personne", "kind": "diploma"}
    record(Entry(models.CertificationSheet, values, Period(None, ENDS[1])), by(0))
    assert say(KEEPER, 1, 2, 1) == "proposed"
    assert say(KEEPER, 2, 2, 2) == "unchanged"
    assert standing(HELD) == [("Lue par une personne", ENDS[1])]
    settle(models.CertificationSheet.objects.get(standing=PROPOSED, known_until__isnull=True), by(3), accept=True)
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[2])]


def test_a_sheet_said_over_without_a_day_is_held_no_more_and_no_day_is_made_up() -> None:
    assert say(KEEPER, 1, 2, 0) == "new"
    assert say(KEEPER, 2, 0, 1, over=True) == "ended"
    assert standing(HELD) == []
    assert standing(OUTDATED) == [("Qui tient le registre RNCP91001", None)]
    assert say(KEEPER, 3, 0, 2, over=True) == "unchanged"
    assert say(KEEPER, 1, 2, 3) == "unchanged"
    assert standing(HELD) == []
    assert say(KEEPER, 4, 1, 4) == "new"
    assert standing(HELD) == [("Qui tient le registre RNCP91001", ENDS[1])]


def test_a_delivery_that_says_one_thing_twice_or_has_no_day_is_refused() -> None:
    vintage = Vintage(KEEPER, 1, ((1, 0), None, None))
    with transaction.atomic(), pytest.raises(RecordError, match="dit deux fois la même chose"):
        deliver_all(models.CertificationSheet, vintage.sayings() * 2, by(0, vintage.source))
    with transaction.atomic(), pytest.raises(RecordError, match="ne dit pas son jour"):
        deliver_all(models.CertificationSheet, vintage.sayings(), by(0, source("sans jour")))


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
    read = end_read(told[CODES[0]])
    assert read is not None
    assert (read.first.dated_on.month, read.last.dated_on.month) == (3, 4)
    assert read.before is not None
    assert read.before.dated_on.month == 2


def test_an_end_that_never_changed_was_read_once_and_said_again() -> None:
    say(KEEPER, 1, 2, 0)
    say(KEEPER, 2, 0, 1, over=True)
    (one, other) = deliveries_of([CODES[0]])[CODES[0]]
    assert (one.active, other.active, other.changed) == (True, False, ("active", "valid"))
    assert end_read(()) is None
