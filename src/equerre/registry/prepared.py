"""A question put to the database again and again: Django writes its SQL once, then only the values change (ADR 0014).

For the facts of one school, Django takes twenty milliseconds to write some forty queries that the database answers in one. A
query is built with stand-ins in place of the values, and what Django made of it is kept: the SQL, where each value goes, how
each column is read. Lists are asked by powers of two, the last value repeated, so that a few lengths serve them all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Value = int | str | datetime
Given = Value | Sequence[Value] | None
Row = tuple[Any, ...]

# Longer questions cost more to answer than to write, and would fill the memory.
MOST_VALUES = 64
# Beyond, what is kept is forgotten and made again: the questions of the house are some hundreds.
MOST_KEPT = 2_000
# One for all threads: what Django makes of a query depends on the kind of database, and on no connection.
_KEPT: dict[Hashable, _Written] = {}


@dataclass(frozen=True, slots=True)
class _Written:
    """What Django made of a query. ``params`` holds the place of a value where one goes; no ``sql`` when nothing can answer."""

    sql: str
    params: tuple[Any, ...]
    converters: Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes, by its rank among all that are given."""

    rank: int


def answers(build: Callable[..., QuerySet[Any, Row]], *about: Hashable, **given: Given) -> list[Row]:
    """The rows of ``build(*about, **given)``, which must use each value as it is, and nothing else that may change."""
    padded = {name: _padded(value) if isinstance(value, list) else value for name, value in given.items()}
    values = list(_flat(padded))
    shape = (connection.vendor, build, about, tuple((name, _shape(value)) for name, value in padded.items()))
    written = _kept(shape, build, about, padded) if len(values) <= MOST_VALUES else _write(build, about, padded)
    if not written.sql:
        return []
    params = [_adapted(values[one.rank]) if isinstance(one, _Place) else one for one in written.params]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, params)
        rows: list[Row] = cursor.fetchall()
    return _read(rows, written.converters) if written.converters else rows


def _padded(values: list[Value]) -> list[Value]:
    missing = (1 << (len(values) - 1).bit_length()) - len(values) if values else 0
    return [*values, *values[-1:] * missing]


def _flat(given: Mapping[str, Given]) -> Iterator[Value]:
    for value in given.values():
        if isinstance(value, list):
            yield from value
        elif value is not None:
            yield value  # type: ignore[misc]


def _shape(value: Given) -> tuple[type, int]:
    return (type(value[0]), len(value)) if isinstance(value, list) and value else (type(value), 0)


# --- Written once -------------------------------------------------------------------------------------------------------


def _kept(shape: Hashable, build: Callable[..., Any], about: Sequence[Any], given: Mapping[str, Given]) -> _Written:
    found = _KEPT.get(shape)
    if found is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        found = _KEPT[shape] = _write(build, about, given)
    return found


def _write(build: Callable[..., Any], about: Sequence[Any], given: Mapping[str, Given]) -> _Written:
    """The query with stand-ins, as Django compiles it. Values that no row can hold: they are found again among the parameters."""
    stand_ins: list[Value] = []

    def stand_in(value: Value) -> Value:
        stand_ins.append(_STAND_INS[type(value)](len(stand_ins)))
        return stand_ins[-1]

    posed = {
        name: [stand_in(one) for one in value]
        if isinstance(value, list)
        else None
        if value is None
        else stand_in(value)  # type: ignore[arg-type]
        for name, value in given.items()
    }
    compiler = build(*about, **posed).query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return _Written("", (), {})
    places = {_adapted(value): _Place(rank) for rank, value in enumerate(stand_ins)}
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return _Written(sql, tuple(places.get(one, one) for one in params), compiler.get_converters(columns))


_STAND_INS: Mapping[type, Callable[[int], Value]] = {
    int: lambda rank: -(10**15) - rank,
    str: lambda rank: f"\x07{rank}",
    datetime: lambda rank: datetime(1000, 1, 1, tzinfo=UTC) + timedelta(seconds=rank),
}


def _adapted(value: Value) -> Any:
    """As this database takes it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _read(rows: list[Row], converters: Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]) -> list[Row]:
    """Days, instants and truths, as Django reads them."""
    read = []
    for row in rows:
        values = list(row)
        for at, (functions, expression) in converters.items():
            for function in functions:
                values[at] = function(values[at], expression, connection)
        read.append(tuple(values))
    return read
