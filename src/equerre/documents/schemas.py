"""The JSON Schema (2020-12) of a file of facts, drawn from the same shape as the reader.

It describes the canonical form, in JSON: identifiers without blanks, days and instants as texts. A TOML file has the same
keys. What a schema cannot say (a control letter, two facts that overlap, a day that does not exist) the reader says.
``schemas/facts.json`` is its stored copy, for whoever validates without Équerre; a test holds it to this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from equerre.documents.facts_file.shape import KNOWN, SCHOOL, SOURCE, VALID, needed_by
from equerre.facts import KINDS
from equerre.facts.kind import LARGEST, Field, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FACTS_ID = "urn:equerre:schema:facts"

Schema = dict[str, object]

_DAY: Schema = {"$ref": "#/$defs/day"}
_INSTANT: Schema = {"$ref": "#/$defs/instant"}
_TEXT: Schema = {"type": "string", "pattern": r"\S"}
# The canonical form of each norm; whether the number is right, only its module knows.
_NORMS: Mapping[str, str] = {
    "uai": "^[0-9]{7}[A-Z]$",
    "siren": "^[0-9]{9}$",
    "siret": "^[0-9]{14}$",
    "rna": "^W[0-9][0-9A-Z][0-9]{7}$",
    "nor": "^[A-Z]{4}[0-9]{7}[A-Z]$",
    "rncp": "^RNCP[1-9][0-9]{2,4}$",
}


def facts_schema() -> Schema:
    """The schema of a whole file."""
    return {
        "$schema": DIALECT,
        "$id": FACTS_ID,
        "title": "Faits d'une école de production",
        "type": "object",
        "required": ["school"],
        "additionalProperties": False,
        "properties": {
            "fictif": {"type": "boolean", "description": "Vrai pour une école qui n'existe pas"},
            "school": _table(SCHOOL, tuple(SCHOOL)),
            "sources": {
                "type": "object",
                "additionalProperties": _table(SOURCE, tuple(name for name, field in SOURCE.items() if field.required)),
            },
            **{kind: {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}} for kind in KINDS},
        },
        "$defs": {
            "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "instant": {
                "type": "string",
                "format": "date-time",
                "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$",
            },
            **{name: _kind(kind) for name, kind in KINDS.items()},
        },
    }


def stored(name: str) -> str:
    """The text of a schema as it is kept in ``schemas/``."""
    return (files("equerre.documents") / "schemas" / f"{name}.json").read_text("utf-8")


def written(schema: Schema) -> str:
    """A schema as it is kept: readable, in its own order."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _kind(kind: Kind) -> Schema:
    table = _table(kind.fields, needed_by(kind))
    properties = table["properties"]
    assert isinstance(properties, dict)
    for name, field in kind.fields.items():
        properties[name] = {**properties[name], "description": field.label}
    properties.update(dict.fromkeys(VALID, _DAY) | dict.fromkeys(KNOWN, _INSTANT) | {"source": _TEXT})
    both_ends: Schema = {"required": ["until", "last_day"]}
    return {"title": kind.label, "description": kind.about, **table, "not": both_ends}


def _table(fields: Mapping[str, Field], required: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": {
            name: {"type": "array", "items": _value(field)} if field.many else _value(field)
            for name, field in fields.items()
        },
    }


def _value(field: Field) -> Schema:
    if field.base is date:
        return _DAY
    if field.base is bool:
        return {"type": "boolean"}
    if field.base is int:
        if field.numbers:
            return {"type": "integer", "enum": list(field.numbers)}
        lowest, highest = field.limits
        return {"type": "integer", "minimum": lowest} | ({"maximum": highest} if highest < LARGEST else {})
    if field.choices:
        return {"type": "string", "enum": list(field.choices)}
    pattern = _NORMS.get(field.norm) or (f"^(?:{field.form.pattern})$" if field.form else "")
    return {"type": "string", "pattern": pattern} if pattern else _TEXT
