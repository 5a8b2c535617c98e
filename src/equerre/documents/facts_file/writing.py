"""From ``SchoolFacts`` to the canonical tree of a file of facts, then to TOML or to JSON.

Canonical: kinds and fields in the order of ``facts``, sources in the order in which facts name them, nothing that is
absent or that has its default value, ``until`` and never ``last_day``, instants in UTC. The same facts give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from equerre.documents.facts_file.shape import SOURCE
from equerre.facts import KINDS
from equerre.facts.kind import Kind
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.fact import Fact, Source

Table = dict[str, object]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\"}


def tree_of(facts: SchoolFacts) -> dict[str, object]:
    """The canonical tree, with days and instants as they are."""
    tree: dict[str, object] = {"fictif": True} if facts.fictional else {}
    tree["school"] = {"uai": facts.uai, "name": facts.name}
    sources: dict[str, Source] = {}
    for fact in facts.facts():
        if sources.setdefault(fact.source.key, fact.source) != fact.source:
            raise ValueError(f"two sources share the key {fact.source.key!r}: they cannot be told apart in a file")
    tree["sources"] = {
        key: {name: value for name in SOURCE if (value := getattr(source, name)) is not None}
        for key, source in sources.items()
    }
    for name, kind in KINDS.items():
        rows = [_row(kind, fact) for fact in facts[kind.row]]
        if rows:
            tree[name] = rows
    return tree


def _row(kind: Kind, fact: Fact[object]) -> Table:
    row: Table = {}
    for name, field in kind.fields.items():
        value = getattr(fact.value, name)
        if field.required or value != field.default:
            row[name] = list(value) if field.many else value
    started = getattr(fact.value, kind.starts) if kind.starts else None
    if fact.valid.start is None and started is not None:
        raise ValueError(f"{fact.name} begins with {kind.starts}: a file cannot say that it has no beginning")
    times = {
        "from": fact.valid.start if fact.valid.start != started else None,
        "until": fact.valid.end,
        "known_from": fact.known.start,
        "known_until": fact.known.end,
    }
    row.update({name: moment for name, moment in times.items() if moment is not None})
    row["source"] = fact.source.key
    return row


# --- JSON --------------------------------------------------------------------------------------------------------------


def json_tree(facts: SchoolFacts) -> dict[str, object]:
    """The tree with days and instants as texts: nothing that ``json`` cannot write."""
    return {key: _jsonable(value) for key, value in tree_of(facts).items()}


def _jsonable(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _jsonable(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_jsonable(inside) for inside in value]
    return _moment(value) if isinstance(value, date) else value


def _moment(value: date) -> str:
    """``2026-09-01``; ``2026-01-05T08:00:00Z``."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat()


# --- TOML --------------------------------------------------------------------------------------------------------------


def toml_text(facts: SchoolFacts) -> str:
    """The tree as TOML, one table a fact, a blank line between two."""
    tree = tree_of(facts)
    banner = ["fictif = true\n"] if tree.pop("fictif", False) else []
    school, sources = tree.pop("school"), tree.pop("sources")
    tables = [_table("[school]", school)]
    tables += [_table(f"[sources.{_key(key)}]", source) for key, source in sources.items()]  # type: ignore[attr-defined]
    tables += [_table(f"[[{kind}]]", row) for kind, rows in tree.items() for row in rows]  # type: ignore[attr-defined]
    return "\n".join((*banner, *tables))


def _table(header: str, table: object) -> str:
    assert isinstance(table, dict)
    return "\n".join((header, *(f"{_key(name)} = {toml_value(value)}" for name, value in table.items()), ""))


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else toml_value(name)


def toml_value(value: object) -> str:
    """One value as TOML writes it.

    >>> toml_value(["a", 'b"c']), toml_value(date(2026, 9, 1)), toml_value(True)
    ('["a", "b\\\\"c"]', '2026-09-01', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(part) for part in value)}]"
    if isinstance(value, date):
        return _moment(value)
    return f'"{"".join(_escaped(char) for char in value)}"' if isinstance(value, str) else str(value)


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return char if char >= " " and char != "\x7f" else f"\\u{ord(char):04X}"
