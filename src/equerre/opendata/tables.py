"""The tables that people take away: schools, courses, annual lists, acts, changes. Their columns, and how a row is made.

A column has a stable English name (CSV, JSON Lines) and a French title (spreadsheets); ``seen`` ones are those of the page.
Rows are made a few hundred schools at a time: the memory that an export takes does not grow with the register. Everything is
asked of ``register`` and ``search``, so a table and a page never differ on what is valid on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from equerre.documents.answer import answer as answer_of
from equerre.documents.answer_rows import Answer, FindingRow
from equerre.documents.labels import WORDS as LABELS
from equerre.documents.phrases import headline
from equerre.documents.portrait.change import MOVES
from equerre.documents.portrait.location import Location
from equerre.facts.acts import PUBLIC_NATURES
from equerre.facts.annual_list import AnnualList
from equerre.facts.managing_body import ManagingBody
from equerre.facts.qualifications import Certification, active, active_on
from equerre.facts.school_facts import all_at, at
from equerre.facts.teaching import Course
from equerre.kernel import geography
from equerre.kernel.fact import Fact
from equerre.kernel.finding import Outcome
from equerre.opendata import acts, changes, register
from equerre.opendata.public import WORDS, public_answer
from equerre.opendata.register import ListLine, School
from equerre.opendata.search import Query, search
from equerre.registry import selectors
from equerre.rules.doubt import measure

Row = Mapping[str, Any]
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported: on which day, as was known when, which schools or which list. ``revision`` is the register's; ``met``
    are the links of the chain that must be answered by yes, for who filters on them.
    """

    on: date
    revision: int
    known_at: datetime | None = None
    query: Query = field(default_factory=Query)
    met: tuple[str, ...] = ()
    act_year: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``type`` is one of Table Schema; ``choices`` the few values that it takes."""

    name: str
    title: str
    type: str = "string"
    about: str = ""
    seen: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``slug`` names its files, ``name`` its sheet; ``key`` are the columns that tell its rows apart.

    ``of_school`` says that its ``uai`` is that of a row of ``ecoles``.
    """

    slug: str
    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Selection], Iterator[Row]]
    of_school: bool = False

    @property
    def seen(self) -> tuple[Column, ...]:
        """The columns that a page shows."""
        return tuple(column for column in self.columns if column.seen)


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


# --- Schools ------------------------------------------------------------------------------------------------------------------

_UAI = Column("uai", "UAI", about="Numéro de l'établissement : sept chiffres et une lettre.", seen=True, required=True)
_NAME = Column("name", "École", about="Nom de l'école.", seen=True, required=True)
_PLACE = (
    Column("siret", "SIRET", about="SIRET du site principal, quatorze chiffres.", seen=True),
    Column("commune", "Commune", about="Commune du site principal.", seen=True),
    Column("departement", "Code du département", about="Code Insee du département."),
    Column("departement_name", "Département"),
    Column("academie", "Code de l'académie", about="Code de l'académie, deux chiffres."),
    Column("academie_name", "Académie", seen=True),
    Column("region", "Code de la région", about="Code Insee de la région."),
    Column("region_name", "Région"),
)
_ON_THE_PAGE = ("recognition", "annual_list", "tax_balance")


def _of_word(word: str) -> tuple[Column, ...]:
    """What is found of one link of the chain."""
    label = LABELS[word].label
    outcomes = tuple(outcome.value for outcome in Outcome)
    return (
        Column(word, f"{label} : résultat", about="Ce que la règle trouve ce jour-là.", choices=outcomes),
        Column(
            f"{word}_said",
            label,
            about="La réponse en mots, avec la lecture dont elle dépend.",
            seen=word in _ON_THE_PAGE,
        ),
        Column(f"{word}_because", f"{label} : raison", about="Pourquoi, en une phrase."),
        Column(f"{word}_since", f"{label} : depuis", "date", "Premier jour de cette réponse, s'il est établi."),
        Column(f"{word}_until", f"{label} : jusqu'à (exclu)", "date", "Premier jour où elle cesse, s'il est établi."),
        Column(
            f"{word}_hangs_on",
            f"{label} : dépend de",
            about="Lectures qui changeraient la réponse, séparées par une espace.",
        ),
    )


def place_cells(place: Location) -> Row:
    """Where a school stands, codes and names."""
    departement = geography.departements().get(place.departement or "")
    academie = geography.academies().get(place.academie or "")
    return {
        "siret": place.siret,
        "commune": place.commune,
        "departement": place.departement,
        "departement_name": departement.name if departement else None,
        "academie": place.academie,
        "academie_name": academie.name if academie else None,
        "region": place.region,
        "region_name": academie.region.name if academie else None,
    }


def _found(selection: Selection) -> list[str]:
    """The UAI of the schools asked for, in the order of the search."""
    found = search(selection.query, selection.on, revision=selection.revision, known_at=selection.known_at)
    return [school.uai for school in found]


def _each_school(selection: Selection) -> Iterator[School]:
    for uais in _chunks(_found(selection)):
        schools = {school.facts.uai: school for school in register.some(uais, selection.on, selection.known_at)}
        yield from (schools[uai] for uai in uais if uai in schools and _is_met(schools[uai], selection.met))


def _is_met(school: School, words: Iterable[str]) -> bool:
    """Is each of these links answered by yes?"""
    outcomes = {link.word: link.finding.outcome for link in school.chain.links}
    return all(outcomes[word] is Outcome.MET for word in words)


def school_rows(selection: Selection) -> Iterator[Row]:
    """One row a school."""
    for school in _each_school(selection):
        yield _school(school, selection.on)


def _school(school: School, on: date) -> Row:
    body = at(school.facts[ManagingBody], on)
    codes = dict.fromkeys(fact.value.certification for fact in all_at(school.facts[Course], on))
    answer = _links_alone(school)
    row: dict[str, Any] = {
        "uai": school.facts.uai,
        "name": school.facts.name,
        **place_cells(school.place),
        "body": body.value.name if body else None,
        "body_siren": body.value.siren if body else None,
        "courses": len(all_at(school.facts[Course], on)),
        "certifications": " ".join(codes) or None,
        "fictional": school.facts.fictional,
    }
    for link in answer.links:
        row.update(_found_of(link.word, answer.findings[link.finding]))
    return row


def _links_alone(school: School) -> Answer:
    """The public answer without what no column tells: the sentences, and what is asked beside a link."""
    links = tuple(replace(link, beside=()) for link in school.chain.links if link.word in WORDS)
    alone = replace(school.chain, links=links, sentences=())
    return public_answer(answer_of(alone, measure(alone)))


def _found_of(word: str, finding: FindingRow) -> Iterator[tuple[str, Any]]:
    hanging = dict.fromkeys(row.reading for row in finding.hangs_on)
    yield word, finding.outcome.value
    yield f"{word}_said", headline(finding, "school")
    yield f"{word}_because", finding.because
    yield f"{word}_since", finding.since
    yield f"{word}_until", finding.until
    yield f"{word}_hangs_on", " ".join(hanging) or None


SCHOOLS = Table(
    "ecoles",
    "Écoles",
    "Écoles de production du registre",
    "Une ligne par école, avec ce que les règles trouvent ce jour-là et ce dont chaque réponse dépend.",
    (
        _UAI,
        _NAME,
        *_PLACE,
        Column("body", "Nom de l'organisme gestionnaire", about="Organisme qui gère l'école ce jour-là."),
        Column("body_siren", "SIREN de l'organisme"),
        Column("courses", "Formations", "integer", "Nombre de formations ce jour-là.", seen=True, required=True),
        Column("certifications", "Fiches RNCP", about="Codes des fiches préparées ce jour-là, séparés par une espace."),
        Column("fictional", "Fictive", "boolean", "Vrai pour une école inventée.", required=True),
        *(column for word in WORDS for column in _of_word(word)),
    ),
    ("uai",),
    school_rows,
)


# --- Courses ------------------------------------------------------------------------------------------------------------------


def course_rows(selection: Selection) -> Iterator[Row]:
    """One row a course that a school teaches that day."""
    for school in _each_school(selection):
        for fact in all_at(school.facts[Course], selection.on):
            yield _course(school, fact.value, selection.on)


def _course(school: School, course: Course, on: date) -> Row:
    sheet = sheet_on(school.facts[Certification], course.certification, on)
    return {
        "uai": school.facts.uai,
        "name": school.facts.name,
        "course": course.id,
        "title": course.title,
        "certification": course.certification,
        "certification_title": sheet.value.title if sheet else None,
        "certification_kind": sheet.value.kind if sheet else None,
        "certification_level": sheet.value.level if sheet else None,
        "certification_active": active(sheet, on) if sheet else None,
        "certification_since": sheet.valid.start if sheet else None,
        "certification_until": sheet.valid.end if sheet else None,
        "certification_closed_read_on": sheet.value.closed_read_on if sheet else None,
        "full_time": course.full_time,
        "general_hours": course.general_hours,
        "vocational_hours": course.vocational_hours,
        "regulation_general_hours": course.regulation_general_hours,
    }


def sheet_on(sheets: Iterable[Fact[Certification]], code: str, on: date) -> Fact[Certification] | None:
    """The sheet of a code that is active on a day, else the last one held."""
    held = [fact for fact in sheets if fact.value.code == code]
    return active_on(held, on) or (held[-1] if held else None)


COURSES = Table(
    "formations",
    "Formations",
    "Formations des écoles de production",
    "Une ligne par formation suivie ce jour-là, avec la fiche RNCP qu'elle prépare et les jours de cette fiche.",
    (
        _UAI,
        _NAME,
        Column("course", "Formation (clé)", about="Clé stable de la formation.", required=True),
        Column("title", "Formation", seen=True, required=True),
        Column("certification", "Fiche RNCP", about="Code de la fiche préparée.", seen=True, required=True),
        Column("certification_title", "Intitulé de la fiche"),
        Column("certification_kind", "Nature de la fiche", choices=("diploma", "title")),
        Column("certification_level", "Niveau", "integer"),
        Column(
            "certification_active", "Fiche active ce jour-là", "boolean", "Vide si le registre ne tient pas la fiche."
        ),
        Column("certification_since", "Fiche active depuis", "date"),
        Column("certification_until", "Fiche active jusqu'à (exclu)", "date", seen=True),
        Column(
            "certification_closed_read_on",
            "Fiche lue close le",
            "date",
            about="Jour de la publication qui la dit close, quand aucune ne dit depuis quel jour elle l'est.",
        ),
        Column("full_time", "À temps plein", "boolean"),
        Column("general_hours", "Heures d'enseignement général", "integer"),
        Column("vocational_hours", "Heures d'enseignement professionnel", "integer"),
        Column("regulation_general_hours", "Heures générales du règlement", "integer"),
    ),
    ("uai", "course"),
    course_rows,
    of_school=True,
)


# --- Annual lists -------------------------------------------------------------------------------------------------------------


def list_rows(selection: Selection) -> Iterator[Row]:
    """One row a school that a list names that day; of one ``act_year``, or of all lists held."""
    held = {fact.value.act_year for fact in selectors.annual_lists(known_at=selection.known_at)}
    for act_year in sorted(held if selection.act_year is None else held & {selection.act_year}):
        listing = register.listing(act_year, selection.on, selection.known_at)
        if listing.act is not None:
            yield from (_line(line, listing.act) for line in listing.lines)


def _line(line: ListLine, act: Fact[AnnualList]) -> Row:
    return {
        "act_year": act.value.act_year,
        "uai": line.uai,
        "name": line.name,
        **place_cells(line.place),
        "since": line.since,
        "act_number": act.value.number,
        "act_nor": act.value.nor,
        "act_signed_on": act.value.signed_on,
        "act_published_on": act.value.published_on,
        "source": act.source.title,
        "source_url": act.source.url,
    }


LISTS = Table(
    "listes",
    "Listes annuelles",
    "Listes annuelles des écoles de production",
    "Une ligne par école inscrite ce jour-là sur chaque liste annuelle, dans l'ordre des régions et des académies.",
    (
        Column("act_year", "Liste (année de signature)", "integer", seen=True, required=True),
        _UAI,
        _NAME,
        *_PLACE,
        Column("since", "Inscrite depuis", "date", "Premier jour de l'inscription sur cette liste."),
        Column("act_number", "Arrêté : numéro"),
        Column("act_nor", "Arrêté : NOR"),
        Column("act_signed_on", "Arrêté : signé le", "date"),
        Column("act_published_on", "Arrêté : publié le", "date", required=True),
        Column("source", "Source", required=True),
        Column("source_url", "Adresse de la source"),
    ),
    ("act_year", "uai"),
    list_rows,
    of_school=True,
)


# --- Acts ---------------------------------------------------------------------------------------------------------------------


_OF_AN_ACT = ("key", "kind", "authority", "number", "nor", "signed_on", "published_on", "effect_on", "amends")


def act_rows(selection: Selection) -> Iterator[Row]:
    """One row an act, the last published first."""
    for some in _chunks(acts.acts(selection.on, selection.known_at)):
        for act in acts.with_schools(some, selection.known_at):
            yield {
                **{name: getattr(act, name) for name in _OF_AN_ACT},
                "kind_said": act.label,
                "schools": " ".join(school.uai for school in act.schools) or None,
                "since": act.valid.start,
                "until": act.valid.end,
                "publisher": act.source.publisher,
                "source": act.source.title,
                "source_url": act.source.url,
            }


ACTS = Table(
    "actes",
    "Actes",
    "Actes du régime des écoles de production",
    "Reconnaissances, listes annuelles, listes des préfets, et les actes qui les modifient ou y mettent fin.",
    (
        Column("key", "Acte (clé)", about="Clé stable de l'acte.", required=True),
        Column("kind", "Nature (clé)", choices=tuple(PUBLIC_NATURES), required=True),
        Column("kind_said", "Nature", seen=True, required=True),
        Column("authority", "Autorité", seen=True, required=True),
        Column("number", "Numéro", seen=True),
        Column("nor", "NOR"),
        Column("signed_on", "Signé le", "date", seen=True),
        Column("published_on", "Publié le", "date", seen=True),
        Column("effect_on", "Effet le", "date", seen=True),
        Column("amends", "Modifie", about="Clé de l'acte modifié."),
        Column(
            "schools",
            "Écoles (UAI)",
            about="UAI des écoles que l'acte concerne seules, séparés par une espace.",
            seen=True,
        ),
        Column("since", "Vaut depuis", "date"),
        Column("until", "Vaut jusqu'à (exclu)", "date"),
        Column("publisher", "Éditeur de la source", required=True),
        Column("source", "Source", required=True),
        Column("source_url", "Adresse de la source"),
    ),
    ("key",),
    act_rows,
)


# --- Changes ------------------------------------------------------------------------------------------------------------------


def change_rows(selection: Selection) -> Iterator[Row]:
    """One row a change, the last learnt first, whatever day it is about."""
    for change in changes.every_change(selection.known_at):
        yield {
            "change": f"{change.kind}-{change.place.row}-{change.place.move}",
            "learnt_at": change.at,
            "move": change.move,
            "move_said": MOVES[change.move],
            "kind": change.kind,
            "kind_said": change.label,
            "schools": " ".join(school.uai for school in change.schools) or None,
            "names": " ; ".join(school.name for school in change.schools) or None,
            "said": changes.said(change) or None,
            "said_before": changes.said_before(change) or None,
            "since": change.valid.start,
            "until": change.valid.end,
            "publisher": change.source.publisher,
            "source": change.source.title,
            "source_dated_on": change.source.dated_on,
            "source_url": change.source.url,
        }


CHANGES = Table(
    "changements",
    "Changements",
    "Changements du registre",
    "Une ligne par changement : ce qui a été inscrit, corrigé ou retiré, quand c'était vrai, quand on l'a appris, d'où.",
    (
        Column("change", "Changement (clé)", required=True),
        Column("learnt_at", "Appris le", "datetime", "Instant où le registre l'a appris.", seen=True, required=True),
        Column("move", "Mouvement (clé)", choices=tuple(MOVES), required=True),
        Column("move_said", "Mouvement", seen=True, required=True),
        Column(
            "kind", "Nature du fait (clé)", choices=tuple(outgoing.kind for outgoing in changes.OUTGOING), required=True
        ),
        Column("kind_said", "Nature du fait", seen=True, required=True),
        Column("schools", "Écoles (UAI)", about="UAI des écoles concernées, séparés par une espace.", seen=True),
        Column("names", "Écoles", seen=True),
        Column("said", "Ce qui est dit", seen=True),
        Column("said_before", "Ce qui était dit avant", about="Seulement ce qui diffère.", seen=True),
        Column("since", "Vrai depuis", "date", seen=True),
        Column("until", "Vrai jusqu'à (exclu)", "date", seen=True),
        Column("publisher", "Éditeur de la source", seen=True, required=True),
        Column("source", "Source", seen=True, required=True),
        Column("source_dated_on", "Source datée du", "date"),
        Column("source_url", "Adresse de la source"),
    ),
    ("change",),
    change_rows,
)

TABLES: Mapping[str, Table] = {table.slug: table for table in (SCHOOLS, COURSES, LISTS, ACTS, CHANGES)}


def columns_of(table: Table, which: str) -> Sequence[Column]:
    """``seen``: those of the page; ``all``: every public one."""
    return table.seen if which == "seen" else table.columns
