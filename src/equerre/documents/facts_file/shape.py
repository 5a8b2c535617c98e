"""The shape of a file of facts, drawn from the classes of ``facts``: which fields, of which type, with which limits.

What the classes do not say is in the tables here: the form of a few texts, the range of a few numbers. Reader, writer,
template and JSON Schema all follow this one shape.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import NamedTuple, get_args, get_origin, get_type_hints

from equerre.facts import CHOICES, IDENTIFIERS, KINDS, RNCP_FIELDS

# What every fact may say besides its own fields: two times, and where it comes from.
VALID = ("from", "until", "last_day")
KNOWN = ("known_from", "known_until")
COMMON = (*VALID, *KNOWN, "source")

TOP = ("fictif", "school", "sources")
SCHOOL = ("uai", "name")
SOURCE = ("publisher", "title", "dated_on", "url", "sha256")
SOURCE_NEEDS = ("publisher", "title")

# Rules count months and years around the days they are given: a day at the edge of the calendar is a mistake, or a way to
# write "for ever", which is no date at all. The oldest real school of this trade is of 1882.
FIRST_YEAR, LAST_YEAR = 1800, 2199
# Beyond this a JSON number is no longer exact everywhere.
LARGEST = 2**53 - 1


class Form(NamedTuple):
    """The form of a text: a pattern, and what to write instead, in French."""

    pattern: str
    instead: str


# A key goes into the stable name of a fact, ``intake[cap-métallier,2024-09-02]``: it may not hold what parts it.
_KEY = Form(r"[^\[\],\s]+", "Écrivez un nom court, sans espace, virgule ni crochet, par exemple « cap-métallier »")
_KEYS = (
    ("site", "id"),
    ("staff_member", "id"),
    ("staff_approval", "member"),
    ("course", "id"),
    ("course", "site"),
    ("intake", "course"),
    ("agreement", "id"),
    ("recognition", "sites"),
    ("annual_list_entry", "sites"),
    ("regional_list_entry", "courses"),
)
_RNCP = frozenset((*RNCP_FIELDS, ("certification", "successors")))

FORMS: Mapping[tuple[str, str], Form] = MappingProxyType(
    {
        ("managing_body", "legal_category"): Form(
            "[0-9]{4}", "La catégorie juridique de l'Insee a quatre chiffres, par exemple « 9220 »"
        ),
        ("annual_list", "school_year"): Form(
            "[0-9]{4}-[0-9]{4}", "Une année scolaire s'écrit avec ses deux années, par exemple « 2025-2026 »"
        ),
        ("ruling", "reading"): Form("R[1-9][0-9]*", "Une lecture s'écrit R et son numéro, par exemple « R3 »"),
        ("sources", "sha256"): Form("[0-9a-f]{64}", "Une empreinte SHA-256 a 64 caractères, de 0 à 9 et de a à f"),
        ("sources", "url"): Form(r"https?://\S+", "Une adresse commence par https://"),
        **dict.fromkeys(_KEYS, _KEY),
    }
)

# By name of field: every field of that name, in every kind. Any other number goes from 0 to LARGEST.
RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "act_year": (FIRST_YEAR, LAST_YEAR),
        "campaign_year": (FIRST_YEAR, LAST_YEAR),
        "exit_year": (FIRST_YEAR, LAST_YEAR),
        "level": (1, 8),
    }
)
# The months after which a cohort is observed, those of InserJeunes.
NUMBERS: Mapping[tuple[str, str], tuple[int, ...]] = MappingProxyType({("cohort", "horizon"): (6, 12, 18, 24)})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. ``base`` is ``str``, ``int``, ``bool`` or ``date``; ``many`` is a list of them."""

    kind: str
    name: str
    base: type
    many: bool = False
    required: bool = True
    default: object = None
    choices: tuple[str, ...] = ()
    norm: str = ""
    form: Form | None = None
    numbers: tuple[int, ...] = ()
    limits: tuple[int, int] = (0, LARGEST)


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of fact: its fields in order, and the one that gives the first day when the fact is an event."""

    kind: str
    label: str
    starts: str
    fields: Mapping[str, Field]

    @property
    def names(self) -> tuple[str, ...]:
        """Every key that a fact of this kind may have."""
        return (*self.fields, *COMMON)

    @property
    def required(self) -> tuple[str, ...]:
        """Every key that it must have."""
        return (*(name for name, field in self.fields.items() if field.required), "source")


@cache
def shapes() -> Mapping[str, Shape]:
    """The shape of every kind, in the order of ``SchoolFacts``."""
    return {kind: _shape(kind) for kind in KINDS}


def school_fields() -> Mapping[str, Field]:
    """The fields of ``[school]``."""
    return {"uai": Field("school", "uai", str, norm="uai"), "name": Field("school", "name", str)}


def source_fields() -> Mapping[str, Field]:
    """The fields of one ``[sources.KEY]``."""
    return {
        name: Field(
            "sources",
            name,
            date if name == "dated_on" else str,
            required=name in SOURCE_NEEDS,
            form=FORMS.get(("sources", name)),
        )
        for name in SOURCE
    }


def _shape(kind: str) -> Shape:
    row = KINDS[kind]
    hints = get_type_hints(row)
    fields = {field.name: _field(kind, field, hints[field.name]) for field in dataclasses.fields(row)}  # type: ignore[arg-type]
    return Shape(kind, row.LABEL, row.STARTS, fields)


def _field(kind: str, field: dataclasses.Field[object], hint: object) -> Field:
    base, many = _base(hint)
    required = field.default is dataclasses.MISSING
    return Field(
        kind,
        field.name,
        base,
        many,
        required,
        None if required else field.default,
        tuple(CHOICES.get((kind, field.name), ())),
        _norm(kind, field.name),
        FORMS.get((kind, field.name)),
        NUMBERS.get((kind, field.name), ()),
        RANGES.get(field.name, (0, LARGEST)),
    )


def _norm(kind: str, name: str) -> str:
    return "rncp" if (kind, name) in _RNCP else IDENTIFIERS.get(name, "")


def _base(hint: object) -> tuple[type, bool]:
    """``date | None`` is a date; ``tuple[str, ...]`` is many texts."""
    if get_origin(hint) is UnionType:
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True
    assert hint in (str, int, bool, date), f"a file of facts cannot hold {hint}"
    return hint, False
