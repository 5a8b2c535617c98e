"""A question about time is written once: ``DatedQuerySet`` answers it on both databases, and nobody else writes one.

What each method gives is weighed here against plain Python, for every row that two starts, two ends and three standings make.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from equerre.kernel.period import Period
from equerre.registry import models
from equerre.registry.dated import HELD, OUTDATED, PROPOSED, STANDINGS, Dated, known
from tests.registry.writing import instant, school, source

ROOT = Path(__file__).resolve().parents[2]
MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
DAYS = (date(2026, 2, 28), MARCH, date(2026, 5, 31), JUNE, date(2026, 8, 31), SEPTEMBER)
INSTANTS = (None, *map(instant, range(5)))

# --- What each question gives ------------------------------------------------------------------------------------------------


@pytest.fixture
def rows() -> list[models.Audience]:
    """Every row that may be, each about a school of its own: the database refuses held rows that overlap."""
    periods = [(None, None), (None, JUNE), (MARCH, None), (MARCH, JUNE), (JUNE, SEPTEMBER)]
    knowledge = [(instant(1), None), (instant(1), instant(3)), (instant(3), None)]
    papers = [source("acte"), source("kit", "Un autre éditeur")]
    made = itertools.product(periods, knowledge, STANDINGS, papers)
    return models.Audience.objects.bulk_create(
        models.Audience(
            school=school(f"école-{number:03}"),
            school_status=number,
            valid_from=start,
            valid_until=end,
            known_from=learnt,
            known_until=left,
            standing=standing,
            source=paper,
            author="person:test",
        )
        for number, ((start, end), (learnt, left), standing, paper) in enumerate(made)
    )


def is_known(row: Dated, at: datetime | None) -> bool:
    return row.known_until is None if at is None else Period(row.known_from, row.known_until).holds(at)


def is_true(row: Dated, day: date) -> bool:
    return Period(row.valid_from, row.valid_until).holds(day)


def same(found: Iterable[Dated], rows: Iterable[Dated], wanted: Callable[[Any], bool]) -> None:
    expected = {row.pk for row in rows if wanted(row)}
    assert expected, "a question that nothing answers proves nothing"
    assert sorted(row.pk for row in found) == sorted(expected)


@pytest.mark.django_db
@pytest.mark.parametrize("at", INSTANTS[:1] + INSTANTS[2:])
def test_what_was_known_at_an_instant(rows: list[models.Audience], at: datetime | None) -> None:
    ask = models.Audience.objects
    same(ask.known_at(at), rows, lambda row: is_known(row, at))
    same(ask.held(at), rows, lambda row: is_known(row, at) and row.standing == HELD)
    same(ask.proposed(at), rows, lambda row: is_known(row, at) and row.standing == PROPOSED)
    same(ask.held_or_proposed(at), rows, lambda row: is_known(row, at) and row.standing != OUTDATED)
    same(ask.ever_held(at), rows, lambda row: row.standing == HELD and (at is None or row.known_from <= at))
    entries = models.School.objects.filter(pk__in=ask.filter(known(at)).values("school"))
    assert entries.count() == ask.known_at(at).count()


@pytest.mark.django_db
def test_nothing_was_known_before_the_first_word(rows: list[models.Audience]) -> None:
    for found in (models.Audience.objects.known_at(instant(0)), models.Audience.objects.ever_held(instant(0))):
        assert list(found) == []


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS)
def test_what_is_true_on_a_day(rows: list[models.Audience], day: date) -> None:
    same(models.Audience.objects.true_on(day), rows, lambda row: is_true(row, day))
    same(
        models.Audience.objects.held().true_on(day),
        rows,
        lambda row: is_true(row, day) and row.standing == HELD and row.known_until is None,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("start", [None, *DAYS])
def test_what_shares_a_day_with_a_period(rows: list[models.Audience], start: date | None) -> None:
    for end in [None, *(day for day in DAYS if start is None or day > start)]:
        period = Period(start, end)
        same(
            models.Audience.objects.overlapping(period),
            rows,
            lambda row, period=period: Period(row.valid_from, row.valid_until).overlaps(period),
        )


@pytest.mark.django_db
def test_what_was_left_and_what_was_proposed(rows: list[models.Audience]) -> None:
    ask = models.Audience.objects
    same(ask.no_longer_known(), rows, lambda row: row.known_until is not None)
    same(
        ask.held_or_ever_proposed(),
        rows,
        lambda row: row.standing == PROPOSED or (row.standing == HELD and row.known_until is None),
    )
    same(ask.said_by("Un autre éditeur"), rows, lambda row: row.source.key == "kit")


@pytest.mark.django_db
def test_what_moved(rows: list[models.Audience]) -> None:
    ask = models.Audience.objects
    same(ask.learnt_at(instant(3)), rows, lambda row: row.known_from == instant(3))
    same(ask.moved_at([instant(3)]), rows, lambda row: instant(3) in (row.known_from, row.known_until))
    for at in (None, instant(2), instant(3)):
        began = ask.moves("began", at)
        same(began, rows, lambda row, at=at: at is None or row.known_from <= at)
        assert all(row.moment == row.known_from for row in began)
    same(ask.moves("ended", instant(3)), rows, lambda row: row.known_until == instant(3))
    assert list(ask.moves("ended", instant(2))) == []


@pytest.mark.django_db
def test_what_has_always_been_true_comes_first_in_time(rows: list[models.Audience]) -> None:
    """PostgreSQL puts nulls last, SQLite first: a last row read from the wrong end is an old name, an old number."""
    ordered = sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk))
    assert list(models.Audience.objects.in_time()) == ordered
    assert models.Audience.objects.last() == ordered[-1]
    few = models.Audience.objects.filter(pk__in=[row.pk for row in rows if row.valid_from in (None, MARCH)])
    last = few.last()
    assert last is not None
    assert last.valid_from == MARCH
    asked = models.School.objects.annotate(said=few.last_said("school_status")).values_list("said", flat=True)
    assert set(asked) == {last.school_status}
    assert models.Audience.objects.none().last() is None


# --- Nobody else writes one --------------------------------------------------------------------------------------------------

COLUMNS = "valid_from|valid_until|known_from|known_until|standing"
# One of these columns as a whole word of a path: « known_until », « recognition__known_until__gt ».
COLUMN = re.compile(rf"(?:^|__)(?:{COLUMNS})(?:__|$)")
# The same with its lookup: nothing but a question is called so.
LOOKUP = re.compile(rf"(?:^|__)(?:{COLUMNS})__[a-z]")
# What takes a condition, and what takes an order.
CONDITIONS = {"filter", "exclude", "get", "get_or_create", "update_or_create", "get_object_or_404", "Q", "When"}
ORDERS = {"order_by", "latest", "earliest", "F"}
# The query set itself, and the constraints of the databases, in SQL. A migration is never changed once written.
WRITTEN_IN = {"src/equerre/registry/dated.py", "src/equerre/registry/overlap.py"}


def written_by_hand(text: str) -> list[int]:
    """The lines of a module that ask about the two times without ``DatedQuerySet``."""
    return sorted({node.lineno for node in ast.walk(ast.parse(text)) if _asks(node)})


def _asks(node: Any) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args, keywords=keywords):
            if any(
                LOOKUP.search(one.arg or "") or (one.arg and name in CONDITIONS and COLUMN.search(one.arg))
                for one in keywords
            ):
                return True
            inside = [one for given in (*args, *keywords) for one in ast.walk(given)] if name in CONDITIONS else []
            named = [one.elts[0] for one in inside if isinstance(one, ast.Tuple) and one.elts]
            named += [key for one in inside if isinstance(one, ast.Dict) for key in one.keys if key is not None]
            ordered = [one for one in args if name in ORDERS and _text(one).lstrip("-").startswith("valid_")]
            return bool(ordered) or any(COLUMN.search(_text(one)) for one in named)
        case ast.Dict(keys=keys, values=values):
            return any(
                key is not None
                and COLUMN.search(_text(key))
                and isinstance(value, ast.Name)
                and value.id.lower() in STANDINGS
                for key, value in zip(keys, values, strict=True)
            )
        case ast.JoinedStr(values=pieces):
            return any(COLUMN.search(_text(one)) for one in pieces)
        case ast.Constant(value=str(text)):
            return bool(LOOKUP.search(text)) and " " not in text
    return False


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_nobody_else_asks_about_the_two_times() -> None:
    modules = [path for room in ("src", "bench", "scripts") for path in sorted((ROOT / room).rglob("*.py"))]
    named = {str(path.relative_to(ROOT)): path for path in modules if "migrations" not in path.parts}
    assert set(named) >= WRITTEN_IN
    found = {name: written_by_hand(path.read_text("utf-8")) for name, path in named.items() if name not in WRITTEN_IN}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert written_by_hand(named["src/equerre/registry/dated.py"].read_text("utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "rows.filter(known_until__isnull=True)",
        "rows.filter(known_until=None, school=school)",
        "rows.exclude(standing=OUTDATED)",
        "models.Audience.objects.get(standing=HELD)",
        "Q(valid_from__isnull=True) | Q(valid_from__lte=on)",
        "through.filter(recognition__known_until=None)",
        'rows.filter(**{f"{before}known_from__lte": at})',
        'since, until = f"{before}known_from", f"{before}known_until"',
        'rows.filter(**{"standing": HELD})',
        'held = {"standing": HELD, "known_until__isnull": True}',
        'wanted = {"standing": PROPOSED}',
        "wanted = dict(valid_until__gt=on)",
        'Q(("standing", HELD))',
        'rows.order_by("-valid_from")',
        'rows.order_by("-main", "-valid_from").values("uai")[:1]',
        'rows.order_by(F("valid_from").asc(nulls_first=True))',
    ],
)
def test_a_question_written_by_hand_is_found(line: str) -> None:
    """Each of these stood somewhere once, or could."""
    assert written_by_hand(f"before = 1\n{line}\n") == [2]


@pytest.mark.parametrize(
    "line",
    [
        "rows.held(at).true_on(on).filter(school=school)",
        'rows.values_list("pk", "valid_from", "known_until", "standing")',
        "Audience(known_from=by.recorded_at, standing=HELD)",
        'values = {"known_until": by.recorded_at, "valid_from": row.valid_from}',
        'rows.in_time("known_from")',
        "held = [row for row in rows if row.standing == HELD and row.known_until is None]",
    ],
)
def test_what_reads_or_writes_a_row_is_no_question(line: str) -> None:
    assert written_by_hand(line) == []
