"""The package describes what is served: it follows the specification, and every row of every table follows its schema."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from equerre.opendata.datapackage import DIALECT, datapackage, table_schema
from equerre.opendata.exports import lines
from equerre.opendata.tables import TABLES, Selection, Table
from equerre.registry import revision

# What the specifications ask (Data Package 1, Tabular Data Resource 1, Table Schema 1), for the parts that we use.
NAME = {"type": "string", "pattern": "^([-a-z0-9._/])+$"}
TEXT = {"type": "string", "minLength": 1}
FIELD = {
    "type": "object",
    "required": ["name", "type"],
    "additionalProperties": False,
    "properties": {
        "name": TEXT,
        "title": TEXT,
        "description": TEXT,
        "type": {"enum": ["string", "integer", "number", "boolean", "date", "datetime"]},
        "trueValues": {"type": "array", "minItems": 1, "items": TEXT},
        "falseValues": {"type": "array", "minItems": 1, "items": TEXT},
        "constraints": {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "required": {"type": "boolean"},
                "enum": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
            },
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "additionalProperties": False,
    "properties": {
        "fields": {"type": "array", "minItems": 1, "items": FIELD},
        "missingValues": {"type": "array", "items": {"type": "string"}},
        "primaryKey": {"type": "array", "minItems": 1, "items": TEXT},
        "foreignKeys": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {
                    "fields": {"type": "array", "minItems": 1, "items": TEXT},
                    "reference": {
                        "type": "object",
                        "required": ["resource", "fields"],
                        "properties": {
                            "resource": {"type": "string"},
                            "fields": {"type": "array", "minItems": 1, "items": TEXT},
                        },
                    },
                },
            },
        },
    },
}
LICENCES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "required": ["name"], "properties": {"path": {"pattern": "^https://"}}},
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path", "profile", "schema"],
    "properties": {
        "profile": {"const": "tabular-data-resource"},
        "name": NAME,
        "path": {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
        "title": TEXT,
        "description": TEXT,
        "encoding": {"const": "utf-8"},
        "licenses": LICENCES,
        "schema": SCHEMA,
    },
}
PACKAGE = {
    "type": "object",
    "required": ["profile", "resources"],
    "properties": {
        "profile": {"const": "tabular-data-package"},
        "name": NAME,
        "title": TEXT,
        "description": TEXT,
        "licenses": LICENCES,
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}


def test_the_package_follows_the_specification() -> None:
    Draft202012Validator.check_schema(PACKAGE)
    found = datapackage({})
    Draft202012Validator(PACKAGE).validate(found)
    assert found["licenses"][0]["title"] == "Licence Ouverte 2.0"
    assert [one["name"] for one in found["resources"]] == list(TABLES)


def test_a_package_of_a_day_leads_to_the_files_of_that_day() -> None:
    found = datapackage({"on": "2026-01-01", "known_at": "2026-01-05T08:00:00Z"})
    Draft202012Validator(PACKAGE).validate(found)
    assert found["resources"][0]["path"] == "ecoles.csv?on=2026-01-01&known_at=2026-01-05T08%3A00%3A00Z"


def test_keys_are_columns_and_lead_to_columns() -> None:
    names = {slug: {column.name for column in table.columns} for slug, table in TABLES.items()}
    for slug, table in TABLES.items():
        schema = table_schema(table)
        assert set(schema["primaryKey"]) <= names[slug]
        for one in schema.get("foreignKeys", ()):
            assert set(one["fields"]) <= names[slug]
            assert set(one["reference"]["fields"]) <= names[one["reference"]["resource"]]


# --- The data follows -----------------------------------------------------------------------------------------------------------


def _instant(text: str) -> datetime:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text), text
    return datetime.fromisoformat(text)


CASTS: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "date": date.fromisoformat,
    "datetime": _instant,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def rows_of(table: Table) -> list[dict[str, str]]:
    text = "".join(lines("csv", table, Selection(date(2026, 10, 1), revision.number())))
    options: Any = {"delimiter": DIALECT["delimiter"], "quotechar": DIALECT["quoteChar"], "strict": True}
    return list(csv.DictReader(io.StringIO(text, newline=""), doublequote=DIALECT["doubleQuote"], **options))


@pytest.mark.usefixtures("demo_year")
def test_every_row_follows_its_schema() -> None:
    rows = {slug: rows_of(table) for slug, table in TABLES.items()}
    for resource in datapackage({})["resources"]:
        schema, found = resource["schema"], rows[resource["name"]]
        assert list(found[0]) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            _follows([row[field["name"]] for row in found], field)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in found]
        assert len(set(keys)) == len(keys)
        for one in schema.get("foreignKeys", ()):
            held = {row[one["reference"]["fields"][0]] for row in rows[one["reference"]["resource"]]}
            assert {row[one["fields"][0]] for row in found} <= held


def _follows(values: list[str], field: dict[str, Any]) -> None:
    constraints = field.get("constraints", {})
    for value in values:
        if value == "":
            assert not constraints.get("required"), field
        else:
            CASTS[field["type"]](value)
            assert value in constraints.get("enum", [value]), field
