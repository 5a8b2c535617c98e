"""The shape of a file of facts, beside the kinds (``facts``): the keys that every fact may have, the school, the sources.

Reader, writer, template and JSON Schema all follow it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from equerre.facts.kind import Field, Form, Kind

# What every fact may say besides its own fields: two times, and where it comes from.
VALID = ("from", "until", "last_day")
KNOWN = ("known_from", "known_until")
COMMON = (*VALID, *KNOWN, "source")

TOP = ("fictif", "school", "sources")
SCHOOL: Mapping[str, Field] = {"uai": Field("school", "uai", str, norm="uai"), "name": Field("school", "name", str)}
SOURCE: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("sources", "publisher", str),
        Field("sources", "title", str),
        Field("sources", "dated_on", date, required=False),
        Field(
            *("sources", "url", str),
            required=False,
            form=Form(r"https?://\S+", "Une adresse commence par https://"),
        ),
        Field(
            *("sources", "sha256", str),
            required=False,
            form=Form("[0-9a-f]{64}", "Une empreinte SHA-256 a 64 caractères, de 0 à 9 et de a à f"),
        ),
    )
}


def keys_of(kind: Kind) -> tuple[str, ...]:
    """Every key that a fact of this kind may have."""
    return (*kind.fields, *COMMON)


def needed_by(kind: Kind) -> tuple[str, ...]:
    """Every key that it must have."""
    return (*kind.required, "source")
