"""``datapackage.json`` and the Table Schema of each table, as Frictionless Data describes them (Data Package 1, Table Schema 1).

Truth: the columns of ``tables``; nothing is said twice. Paths are relative to the file, with the day asked when one was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from equerre import __version__
from equerre.opendata.exports import LICENCE, LICENCE_ID, LICENCE_URL
from equerre.opendata.tables import SCHOOLS, TABLES, Column, Table

Descriptor = dict[str, Any]

DIALECT: Descriptor = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "caseSensitiveHeader": True,
}
LICENCES = [{"name": LICENCE_ID, "title": LICENCE, "path": LICENCE_URL}]
ABOUT = (
    "Le registre public des écoles de production (code de l'éducation, art. L. 443-6) tel qu'il se lit un jour donné : écoles, "
    "formations, listes annuelles, actes, changements. Un résultat « UNKNOWN » veut dire qu'on ne sait pas, jamais non. "
    "Dans les fichiers CSV, une apostrophe ouvre les textes qu'un tableur prendrait pour une formule."
)


def table_schema(table: Table) -> Descriptor:
    """The Table Schema of one table."""
    schema: Descriptor = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.of_school:
        reference = {"resource": SCHOOLS.slug, "fields": list(SCHOOLS.key)}
        schema["foreignKeys"] = [{"fields": list(SCHOOLS.key), "reference": reference}]
    return schema


def datapackage(question: Mapping[str, str]) -> Descriptor:
    """The whole package. ``question`` is the day and the instant of it, as they were typed."""
    return {
        "profile": "tabular-data-package",
        "name": "registre-des-ecoles-de-production",
        "title": "Registre des écoles de production",
        "description": ABOUT,
        "version": __version__,
        "licenses": LICENCES,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.slug,
                "title": table.title,
                "description": table.about,
                "path": f"{table.slug}.csv" + (f"?{urlencode(question)}" if question else ""),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": DIALECT,
                "licenses": LICENCES,
                "schema": table_schema(table),
            }
            for table in TABLES.values()
        ],
    }


def _field(column: Column) -> Descriptor:
    field: Descriptor = {"name": column.name, "title": column.title, "type": column.type}
    if column.about:
        field["description"] = column.about
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: Descriptor = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return field | ({"constraints": constraints} if constraints else {})
