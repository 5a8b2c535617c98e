"""How a kind of fact is declared: once, as a class, with all that is said of it and of each of its fields.

    @kind(label="la fermeture", title="Fermetures", about="Le préfet ferme l'école…", starts="effect_on", ends=True)
    class Closure:
        effect_on: date = field("jour d'effet", public=True, example=date(2027, 1, 4))

From this alone derive the file of facts (reader, writer, template, guide, JSON Schema), the columns of imports and exports, the
labels, the words of the history, the feed, and what the public may see. **A field is private unless it says that it is public.**
Terms are those of ``docs/glossary.md``; examples are fictional, save the record of the RNCP, which is real and has its source.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

# Rules count months and years around the days they are given: a day at the edge of the calendar is a mistake, or a way to
# write "for ever", which is no date at all. The oldest real school of this trade is of 1882.
FIRST_YEAR, LAST_YEAR = 1800, 2199
YEARS = (FIRST_YEAR, LAST_YEAR)
# Beyond this a JSON number is no longer exact everywhere.
LARGEST = 2**53 - 1

MINISTER = "le ministre chargé de l'éducation nationale"
RECTEUR = "le recteur"

Row = TypeVar("Row")


class Form(NamedTuple):
    """The form of a text: a pattern, and what to write instead, in French."""

    pattern: str
    instead: str


# A key goes into the stable name of a fact, ``intake[cap-métallier,2024-09-02]``: it may not hold what parts it.
KEY = Form(r"[^\[\],\s]+", "Écrivez un nom court, sans espace, virgule ni crochet, par exemple « cap-métallier »")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. ``base`` is ``str``, ``int``, ``bool`` or ``date``; ``many`` is a list of them.

    ``public`` is false unless said; ``withheld`` is what stands in the place of a private value that a rule cannot do without.
    ``norm`` names an identifier of the kernel, ``form`` a pattern, ``numbers`` the few that are taken, ``limits`` the range.
    ``column`` is where the register keeps it when it calls it otherwise; ``sheet_hint`` and ``sheet_example`` are for a workbook
    of many schools, where they differ. ``in_feed`` is false for a public field that changes tell by other means.
    """

    kind: str
    name: str
    base: type
    label: str = ""
    many: bool = False
    required: bool = True
    default: object = None
    public: bool = False
    withheld: object = None
    in_feed: bool = True
    hint: str = ""
    example: object = None
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unit: str = ""
    norm: str = ""
    form: Form | None = None
    numbers: tuple[int, ...] = ()
    limits: tuple[int, int] = (0, LARGEST)
    column: str = ""
    sheet_hint: str = ""
    sheet_example: object = None

    @property
    def kept_as(self) -> str:
        """The name of its column in the register."""
        return self.column or self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact. ``row`` is the class of its values, ``name`` its stable key (``annual_list_entry``).

    ``key`` tells two facts of the kind apart: with the same key they never overlap in both times. ``starts`` is the field that
    gives the first day of validity of an event. ``ends`` says that it ends or forbids something: nobody assumes one that was
    not recorded (docs/architecture.md, "Absence"). ``kept`` are the fields that the register keeps beside and that no rule
    reads, ``every`` are both; a kind that is ``read`` by no rule is the register's own. ``in_feed`` and ``in_history`` are false
    for what changes and the history of a school tell by other means; ``sentence`` tells a new one there (the second, when its
    value is no). ``withheld`` is what anybody reads in place of a private kind. ``shown`` facts stand in the template as they
    are; the others as comments: to act as if they were true would be to invent a closure or a refusal. ``example_source`` and
    ``example_valid`` are those of its example.
    """

    name: str
    row: type[Any]
    label: str
    title: str
    about: str
    fields: Mapping[str, Field]
    kept: Mapping[str, Field]
    every: Mapping[str, Field]
    key: tuple[str, ...]
    starts: str
    ends: bool
    read: bool
    sheet: str
    in_feed: bool
    in_history: bool
    sentence: tuple[str, ...]
    withheld: str
    shown: bool
    example_source: str
    example_valid: tuple[date | None, date | None]

    @property
    def public(self) -> bool:
        """May anybody see that there is one, and some of what it says?"""
        return any(field.public for field in self.every.values())

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that a fact of this kind must have."""
        return tuple(name for name, field in self.fields.items() if field.required)

    def column(self, name: str) -> Field | None:
        """The field that the register keeps under this name; None for what is not a field (an owner, a time, a source)."""
        return next((field for field in self.every.values() if field.kept_as == name), None)

    def key_of(self, value: object) -> tuple[str, ...]:
        """What tells a fact of this kind apart from another."""
        return tuple(str(getattr(value, name)) for name in self.key)

    def fact_name(self, value: object) -> str:
        """The stable name of a fact: ``recognition``, ``course[cap-métallier]``, ``intake[cap-métallier,2024-09-02]``."""
        parts = [part for part in self.key_of(value) if part]
        return f"{self.name}[{','.join(parts)}]" if parts else self.name


# Every kind that was declared, by its name, in the order of the modules (see the package).
DECLARED: dict[str, Kind] = {}
# The same, by the class of its values.
BY_ROW: dict[type[Any], Kind] = {}


def field(
    label: str,
    *,
    default: object = MISSING,
    public: bool = False,
    withheld: object = None,
    in_feed: bool = True,
    hint: str = "",
    example: object = None,
    choices: Mapping[str, str] | None = None,
    unit: str = "",
    norm: str = "",
    form: Form | None = None,
    numbers: tuple[int, ...] = (),
    limits: tuple[int, int] = (0, LARGEST),
    column: str = "",
    sheet_hint: str = "",
    sheet_example: object = None,
) -> Any:
    """One field: its French label, what it is worth when nobody says it, who may see it, how it is written (see ``Field``)."""
    said = {
        name: value for name, value in locals().items() if name not in ("default", "choices")
    }  # the words of ``Field``
    return dataclasses.field(default=default, metadata={**said, "choices": dict(choices or {})})


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def kind(
    *,
    label: str,
    title: str,
    about: str,
    key: tuple[str, ...] = (),
    starts: str = "",
    ends: bool = False,
    kept: Mapping[str, Any] | None = None,
    read: bool = True,
    sheet: str = "",
    in_feed: bool = True,
    in_history: bool = True,
    sentence: tuple[str, ...] = (),
    withheld: str = "Ce fait n'est pas public.",
    shown: bool = True,
    source: str = "modele",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Callable[[type[Row]], type[Row]]:
    """Declare a kind of fact: its class, and what is said of it (``Kind``). ``title`` names its sheet: 31 characters at most."""

    def declare(declared: type[Row]) -> type[Row]:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", declared.__name__).lower()
        row: type[Row] = dataclass(frozen=True, slots=True)(declared)
        hints = get_type_hints(row)
        fields = {shape.name: _field(name, shape.name, hints[shape.name], shape) for shape in dataclasses.fields(row)}  # type: ignore[arg-type]
        beside = {at: _field(name, at, hint, said) for at, (hint, said) in (kept or {}).items()}
        made = Kind(
            name=name,
            row=row,
            label=label,
            title=title,
            about=about,
            fields=fields,
            kept=beside,
            every={**fields, **beside},
            key=key,
            starts=starts,
            ends=ends,
            read=read,
            sheet=sheet or name,
            in_feed=in_feed,
            in_history=in_history,
            sentence=sentence,
            withheld=withheld,
            shown=shown,
            example_source=source,
            example_valid=(valid_from, valid_until),
        )
        assert name not in DECLARED or DECLARED[name].row.__module__ == row.__module__, f"two kinds are called {name}"
        DECLARED[name] = BY_ROW[row] = made
        return row

    return declare


def _field(kind_name: str, name: str, hint: object, declared: dataclasses.Field[Any]) -> Field:
    """What a class says of one field: ``date | None`` is a date; ``tuple[str, ...]`` is many texts."""
    if get_origin(hint) is UnionType:
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    many = get_origin(hint) is tuple
    base = get_args(hint)[0] if many else hint
    assert base in (str, int, bool, date), f"a fact cannot hold {hint}"
    required = declared.default is MISSING
    default = None if required else declared.default
    return Field(kind_name, name, base, many=many, required=required, default=default, **declared.metadata)
