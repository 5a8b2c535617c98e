"""The JSON Schemas (2020-12) of an answer and of a dossier, drawn from the classes that describe their rows.

``schemas/answer.json`` and ``schemas/dossier.json`` are their stored copies, for whoever reads an answer without Équerre;
tests hold them to this module, and every example to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from equerre.documents.answer import FORMAT as ANSWER
from equerre.documents.answer_rows import Answer
from equerre.documents.dossier import FORMAT as DOSSIER
from equerre.documents.dossier import Dossier, Seals
from equerre.documents.labels import CONFIDENCES, STATES
from equerre.documents.schemas import DIALECT, Schema, facts_schema
from equerre.kernel.citation import Citation
from equerre.kernel.finding import Outcome
from equerre.kernel.period import Period
from equerre.law.readings import CONFIDENCES as READING_CONFIDENCES

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_INSTANT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{6})?Z$"

# What a type does not say, by class and key, then by key alone.
_TEXTS: Mapping[tuple[str, str], Schema] = {
    ("Answer", "format"): {"const": ANSWER},
    ("Dossier", "format"): {"const": DOSSIER},
    ("WordingRow", "confidence"): {"enum": list(CONFIDENCES)},
    **{("Seals", name): {"type": "string", "pattern": "^[0-9a-f]{64}$"} for name in get_type_hints(Seals)},
}
_TEXTS_BY_KEY: Mapping[str, Schema] = {
    "state": {"enum": list(STATES)},
    "confidence": {"enum": list(READING_CONFIDENCES)},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "pattern": _DAY},
    datetime: {"type": "string", "pattern": _INSTANT},
    Citation: {"type": "string"},
    Outcome: {"enum": [outcome.value for outcome in Outcome]},
}
# What a period is called in the schema: days, and instants.
_PERIODS: Mapping[object, str] = {Period[date]: "Span", Period[datetime]: "Moments"}


def answer_schema() -> Schema:
    """The schema of an answer."""
    return _whole("urn:equerre:schema:answer", "Réponse d'Équerre sur une école, un jour", Answer)


def dossier_schema() -> Schema:
    """The schema of a dossier; its facts follow the schema of a file of facts."""
    return _whole("urn:equerre:schema:dossier", "Dossier d'Équerre, à rejouer", Dossier)


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "facts": facts_schema,
    "answer": answer_schema,
    "dossier": dossier_schema,
}


def _whole(key: str, title: str, row: type) -> Schema:
    definitions: dict[str, Schema] = {}
    top = _table(row, definitions)
    return {"$schema": DIALECT, "$id": key, "title": title, **top, "$defs": definitions}


def _table(row: type, definitions: dict[str, Schema]) -> Schema:
    """A row: every key is there, and no other; but for those that stand there only when they say something."""
    hints = get_type_hints(row)
    when_said = (
        {field.name for field in fields(row) if field.metadata}
        if is_dataclass(row)
        else getattr(row, "__optional_keys__", ())
    )
    properties = {name: _value(row.__name__, name, hint, definitions) for name, hint in hints.items()}
    return {
        "description": row.__doc__ or "",
        "type": "object",
        "required": [name for name in hints if name not in when_said],
        "additionalProperties": False,
        "properties": properties,
    }


def _value(row: str, name: str, hint: Any, definitions: dict[str, Schema]) -> Schema:
    if (row, name) == ("Dossier", "facts"):
        return facts_schema()
    if hint is str:
        return dict(_TEXTS.get((row, name)) or _TEXTS_BY_KEY.get(name) or _PLAIN[str])
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if hint in _PERIODS:
        called, (moment,) = _PERIODS[hint], get_args(hint)
        bound = {"anyOf": [dict(_PLAIN[moment]), dict(_PLAIN[NoneType])]}
        definitions.setdefault(
            called,
            {
                "description": "",
                "type": "object",
                "required": ["from", "until"],
                "additionalProperties": False,
                "properties": {"from": bound, "until": bound},
            },
        )
        return {"$ref": f"#/$defs/{called}"}
    if is_typeddict(hint) or is_dataclass(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _table(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return _composed(row, name, hint, definitions)


def _composed(row: str, name: str, hint: Any, definitions: dict[str, Schema]) -> Schema:
    """A list, a table by key, or one of several."""
    if hint in (Any, object):
        return {}
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (UnionType, Union):
        return {"anyOf": [_value(row, name, part, definitions) for part in parts]}
    if origin in (list, tuple):
        return {"type": "array", "items": _value(row, "", parts[0], definitions)}
    assert origin in (dict, Mapping), hint
    return {"type": "object", "additionalProperties": _value(row, "", parts[1], definitions)}
