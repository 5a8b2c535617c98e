"""The template in which one brings one's own schools: its sheets, and the columns of each.

Drawn from the models of the registry, so that it cannot drift from what is held: one sheet for each kind of dated row, and one
for the sources. A column has a stable English key (``siret``) and a French label (« SIRET »); both are read. What fields mean,
which forms and which few values they take, is what the file of facts says of them (``documents.facts_file``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from django.db import models as db

from equerre.documents import labels
from equerre.documents.facts_file.guide import GUIDES
from equerre.documents.facts_file.shape import Field, Form, shapes, source_fields
from equerre.registry import models
from equerre.registry.dated import HELD, PROPOSED, STANDINGS, Dated, Source
from equerre.registry.record import value_fields

ALWAYS = "toujours"  # in « vrai depuis » : no first day is known, even when the fact is an event


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "texte"
    NUMBER = "nombre entier"
    YES_NO = "oui ou non"
    DAY = "date"
    CHOICE = "un mot de la liste"
    KEY = "clé"
    KEYS = "clés, séparées par une barre |"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``refers`` is the sheet where the key that it holds is described; ``shape`` the form of its values."""

    key: str
    label: str
    holds: Holds
    required: bool = False
    shape: Field | None = None
    refers: str = ""
    longest: int | None = None
    largest: int | None = None
    lines: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    blank: object = None
    hint: str = ""
    example: object = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the kind of row it holds (none for the sources), and the identity that its rows describe, if any."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    model: type[Dated] | None = None
    identity: type[models.Identity] | None = None
    starts: str = ""

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


# The identity that each sheet describes. A certification is made by whoever names it: its key is a number of the RNCP.
IDENTITIES: Mapping[str, type[models.Identity]] = {
    "school": models.School,
    "managing_body": models.ManagingBody,
    "site": models.Site,
    "course": models.Course,
    "act": models.Act,
}
CERTIFICATION = "certification"
SOURCES = "sources"

# By key of sheet: its title (Excel takes 31 characters), and what it is for when the file of facts does not say it.
_TITLES: Mapping[str, str] = {
    "school": "Écoles",
    "school_body": "Écoles et organismes",
    "managing_body": "Organismes gestionnaires",
    "statutes_review": "Examens des statuts",
    "site": "Sites",
    "opening_declaration": "Déclarations d'ouverture",
    "opposition": "Oppositions à l'ouverture",
    "closure": "Fermetures",
    "recognition_request": "Demandes de reconnaissance",
    "recognition": "Reconnaissances",
    "recognition_refusal": "Refus de reconnaissance",
    "recognition_withdrawal": "Retraits de reconnaissance",
    "staff_member": "Postes",
    "staff_approval": "Agréments des personnes",
    "annual_list": "Listes annuelles",
    "annual_list_entry": "Lignes des listes annuelles",
    "regional_list": "Listes des préfets de région",
    "regional_list_entry": "Lignes des listes des préfets",
    "act": "Actes",
    "audience": "Effectifs",
    "course": "Formations",
    "certification": "Fiches RNCP",
    "diploma_code": "Codes de diplôme",
    "skill_block": "Blocs de compétences",
    "registration_request": "Demandes au RNCP",
    "intake": "Promotions",
    "production_count": "Décomptes de production",
    "cohort": "Cohortes de sortants",
    "second_degree": "Second degré",
    "unqualified_training": "Formations du 7°",
    "scholarship_habilitation": "Habilitations boursiers",
    "bank_details": "Coordonnées bancaires",
    "habilitation_request": "Demandes sur SOLTéA",
    "agreement": "Conventions",
    "campaign_date": "Dates de campagne",
    "ruling": "Prises de position",
    "stated_absence": "Attestations d'absence",
}
_ABOUT: Mapping[str, str] = {
    "school": "Les écoles : une clé qui ne change jamais, et le nom qu'elles portent.",
    "school_body": "L'organisme qui gère chaque école, tant qu'il la gère.",
    "managing_body": "Le nom, la forme et les numéros de chaque organisme. Sa forme seule ne prouve pas l'absence de but "
    "lucratif.",
    "act": "Les actes des autorités, pour ceux que les autres feuilles nomment ou qui en modifient un autre.",
    "diploma_code": "Les codes de diplôme (CFD) auxquels répond une fiche du RNCP.",
    "skill_block": "Les blocs de compétences d'une fiche du RNCP.",
}
# The sheets whose key is not the kind of fact of their rows.
_KEYS: Mapping[type[Dated], str] = {
    models.SchoolName: "school",
    models.SchoolBody: "school_body",
    models.ActDetails: "act",
    models.DiplomaCode: "diploma_code",
    models.SkillBlock: "skill_block",
}
# What the file of facts calls otherwise.
_NAMES: Mapping[tuple[str, str], str] = {
    ("staff_member", "post"): "id",
    ("agreement", "reference"): "id",
    ("site", "site"): "id",
    ("course", "course"): "id",
    ("certification", "certification"): "code",
}
_POSTCODE = Form("[0-9]{5}", "Un code postal a cinq chiffres ; un zéro a peut-être été perdu au début")
# Forms of fields that the file of facts does not know.
_OWN: Mapping[tuple[str, str], Field] = {
    ("site", "postcode"): Field("site", "postcode", str, form=_POSTCODE),
    ("act", "nor"): Field("act", "nor", str, norm="nor"),
    ("diploma_code", "cfd"): Field("diploma_code", "cfd", str, norm="cfd"),
    ("skill_block", "code"): Field("skill_block", "code", str, norm="rncp_block"),
}
_HINTS: Mapping[tuple[str, str], str] = {
    ("school", "school"): "une clé courte de votre choix, comme ecole-lyon, qui ne change jamais",
    ("school", "fictional"): "oui pour une école qui n'existe pas ; sinon, rien",
    ("managing_body", "body"): "une clé courte de votre choix, qui ne change jamais",
    ("site", "site"): "une clé courte, sans espace, différente pour chaque site de chaque école",
    ("course", "course"): "une clé courte, sans espace, différente pour chaque formation de chaque école",
    ("site", "school"): "obligatoire la première fois que le site est nommé",
    ("course", "school"): "obligatoire la première fois que la formation est nommée",
    ("act", "act"): "une clé courte de votre choix, comme le numéro de l'acte",
    ("act", "kind"): "comme recognition ou annual_list",
    ("regional_list", "region"): "le code de l'Insee, comme 84",
    ("staff_member", "post"): "une clé opaque, jamais un nom de personne",
    ("staff_approval", "member"): "la clé du poste, dans la feuille Postes",
    ("intake", "course"): "la clé de la formation",
    ("regional_list_entry", "courses"): "les clés des formations nommées, si la liste va par formation",
}
_EXAMPLES: Mapping[tuple[str, str], object] = {
    ("school", "school"): "ecole-modele",
    ("school", "fictional"): True,
    ("school", "name"): "École de production du modèle",
    ("school_body", "body"): "etablis",
    ("managing_body", "body"): "etablis",
    ("site", "site"): "site-modele",
    ("site", "address"): "1 rue Fictive",
    ("site", "postcode"): "69000",
    ("course", "course"): "cap-metallier",
    ("act", "act"): "FICTIF-2024-01",
    ("act", "kind"): "recognition",
    ("regional_list", "region"): "84",
}
_LARGEST: Mapping[type[db.Field[Any, Any]], int] = {
    db.PositiveSmallIntegerField: 32_767,
    db.PositiveIntegerField: 2_147_483_647,
    db.BigIntegerField: 2**53 - 1,
}

_TIMES = (
    Column(
        "from",
        "vrai depuis le",
        Holds.DAY,
        hint=f"vide : le jour de l'événement s'il y en a un ; {ALWAYS} : sans début",
    ),
    Column("until", "n'est plus vrai à partir du", Holds.DAY, hint="vide : on n'en connaît pas la fin"),
    Column("last_day", "dernier jour inclus", Holds.DAY, hint="à la place de la colonne d'avant, si vous préférez"),
)
_SAID = (
    Column("source", "source (clé)", Holds.KEY, refers=SOURCES, hint="vide : ce fichier est la source"),
    Column(
        "standing",
        "tenu ou proposé",
        Holds.CHOICE,
        choices={one: STANDINGS[one] for one in (HELD, PROPOSED)},
        blank=HELD,
        hint="vide : tenu ; proposé : une source contredit ce que l'on tient, quelqu'un tranchera",
    ),
)
TIMES = tuple(column.key for column in (*_TIMES, *_SAID))


@cache
def sheets() -> Mapping[str, Sheet]:
    """Every sheet by its key, in the order of the template."""
    return {SOURCES: _sources(), **{_key_of(model): _sheet(model) for model in models.DATED}}


def _key_of(model: type[Dated]) -> str:
    return _KEYS.get(model) or str(model.KIND)  # type: ignore[attr-defined]


def _sources() -> Sheet:
    longest = {f.name: f.max_length for f in Source._meta.concrete_fields}
    columns = (
        Column(
            name,
            str(Source._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            Holds.DAY if shape.base is date else Holds.TEXT,
            shape.required,
            shape,
            longest=longest[name],
            example=_SOURCE_EXAMPLE.get(name),
        )
        for name, shape in {"key": Field("sources", "key", str), **source_fields()}.items()
    )
    return Sheet(
        SOURCES, "Sources", "D'où l'on tient les faits : un papier, un fichier, une publication.", tuple(columns)
    )


_SOURCE_EXAMPLE: Mapping[str, object] = {
    "key": "arrete-12",
    "publisher": "Ministère chargé de l'éducation nationale",
    "title": "Arrêté fictif FICTIF-12",
    "dated_on": date(2024, 6, 10),
}


def _sheet(model: type[Dated]) -> Sheet:
    key = _key_of(model)
    guide = GUIDES.get(key)
    starts = shapes()[key].starts if key in shapes() else ""
    return Sheet(
        key,
        _TITLES[key],
        _ABOUT.get(key) or (guide.about if guide else ""),
        tuple(_columns(key, model)),
        model,
        IDENTITIES.get(key),
        starts,
    )


def _columns(key: str, model: type[Dated]) -> Iterator[Column]:
    """What the row is about, what belongs to its identity, what it says, its days, its source."""
    names = list(dict.fromkeys((*model.OF, *value_fields(model))))
    about, others = names[: len(model.OF)], names[len(model.OF) :]
    for name in about:
        yield _column(key, model._meta.get_field(name))
    if key in IDENTITIES:
        for f in IDENTITIES[key]._meta.concrete_fields:
            if f.name not in ("id", "key"):
                yield _column(key, f, required=False)
    for name in others:
        yield _column(key, model._meta.get_field(name))
    for many in model._meta.many_to_many:
        yield _column(key, many, required=False)
    yield from _TIMES
    yield from _SAID


def _column(key: str, of: Any, *, required: bool | None = None) -> Column:
    shape = _shape(key, of.name)
    guide = GUIDES.get(key)
    name = _NAMES.get((key, of.name), of.name)
    needed = not (of.null or of.has_default() or of.blank) if required is None else required
    holds = _holds(of)
    return Column(
        of.name,
        f"{of.verbose_name} (clé)" if holds is Holds.KEY else str(of.verbose_name),
        holds,
        needed,
        shape,
        _refers(of),
        getattr(of, "max_length", None),
        _LARGEST.get(type(of)),
        isinstance(of, db.TextField),
        _choices(key, of, name),
        None if of.many_to_many else of.get_default(),
        _HINTS.get((key, of.name)) or (guide.hints.get(name, "") if guide else ""),
        _EXAMPLES.get((key, of.name), guide.example.get(name) if guide else None),
    )


def _shape(key: str, name: str) -> Field | None:
    own = _OWN.get((key, name))
    if own or key not in shapes():
        return own
    return shapes()[key].fields.get(_NAMES.get((key, name), name))


def _holds(of: Any) -> Holds:
    if of.many_to_many:
        return Holds.KEYS
    if of.many_to_one:
        return Holds.KEY
    if of.choices:
        return Holds.CHOICE
    if isinstance(of, db.BooleanField):
        return Holds.YES_NO
    if isinstance(of, db.DateField):
        return Holds.DAY
    return Holds.NUMBER if isinstance(of, db.IntegerField) else Holds.TEXT


def _refers(of: Any) -> str:
    target = of.related_model
    if target is models.Certification:
        return CERTIFICATION
    return next((key for key, identity in IDENTITIES.items() if identity is target), "")


def _choices(key: str, of: Any, name: str) -> Mapping[str, str]:
    """The French word of each value, or the value itself."""
    said = labels.CHOICES.get(f"{key}.{name}", {})
    return {value: said.get(value, value) for value, _ in of.choices or ()}
