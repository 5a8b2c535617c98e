"""``/schools``: search; ``/schools/{uai}``: one school on a day; its ``chain``, the whole public answer; its ``history``."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from equerre.api.pages import Paged, next_address, page
from equerre.api.parameters import AsOf, Parameters, as_of
from equerre.api.problems import Refusal, Where, refused
from equerre.api.v1 import changes
from equerre.api.v1.shapes import (
    DayAnswer,
    FindingShape,
    PlaceShape,
    Shape,
    Span,
    finding,
    known,
    place,
    school_address,
    span,
)
from equerre.documents.answer import as_json
from equerre.facts.managing_body import ManagingBody
from equerre.facts.opening import Site
from equerre.facts.qualifications import Certification, active
from equerre.facts.school_facts import all_at, at
from equerre.facts.teaching import Course
from equerre.kernel import academie, geography, rncp
from equerre.kernel.errors import IdentifierError, quoted
from equerre.opendata import register, search
from equerre.opendata.tables import sheet_on
from equerre.registry import revision

router = Router(tags=["Écoles"])

_LONGEST = 200


class Searched(Paged):
    """What a search takes."""

    q: Annotated[
        str,
        Field(
            max_length=_LONGEST,
            description="Des mots : nom, commune, métier, diplôme, UAI, SIRET. Sans accents, même mal écrits.",
        ),
    ] = ""
    academie: Annotated[str, Field(description="Code d'une académie, deux chiffres.", examples=["10"])] = ""
    region: Annotated[str, Field(description="Code Insee d'une région.", examples=["84"])] = ""
    departement: Annotated[str, Field(description="Code Insee d'un département.", examples=["69", "2A"])] = ""
    rncp: Annotated[str, Field(description="Code d'une fiche RNCP préparée ce jour-là.", examples=["RNCP37897"])] = ""


class CourseLineShape(Shape):
    """A course of the day, and the sheet that it prepares."""

    title: str
    certification: str


class SchoolLine(Shape):
    """A school that answers a search."""

    uai: str
    name: str
    fictional: bool
    place: PlaceShape
    courses: list[CourseLineShape]
    href: str


class SchoolPage(DayAnswer):
    """The schools that answer, best first. ``count`` is that of all pages, ``next`` the address of the next one."""

    count: int
    schools: list[SchoolLine]
    next: str | None


@router.get("/schools", operation_id="find_schools", response=SchoolPage, summary="Chercher des écoles")
def find(request: HttpRequest, response: HttpResponse, parameters: Query[Searched]) -> SchoolPage:
    """Les écoles qui répondent à tous les critères, les meilleures d'abord ; sans mots, toutes, dans un ordre stable."""
    when = as_of(request, parameters)
    found = search.search(_query(parameters), when.on, revision=revision.number(), known_at=when.known_at)
    shown = page(found, lambda school: school.uai, parameters)
    return SchoolPage(
        on=when.on,
        known_at=known(when),
        count=len(found),
        schools=[
            SchoolLine(
                uai=school.uai,
                name=school.name,
                fictional=school.fictional,
                place=place(school.place),
                courses=[CourseLineShape(title=title, certification=code) for title, code in school.courses],
                href=school_address(school.uai),
            )
            for school in shown.lines
        ],
        next=next_address(request, response, shown.cursor, when.on),
    )


def _query(parameters: Searched) -> search.Query:
    """A code that names nothing is refused: an empty answer would say that no school is there."""
    wrong = []
    for name, text, codes, named in (
        ("region", parameters.region, geography.regions(), "aucune région"),
        ("departement", parameters.departement, geography.departements(), "aucun département"),
    ):
        if text and text.upper() not in codes:
            wrong.append(Where("query", name, f"{quoted(text)} n'est le code Insee d'{named}."))
    for name, text, validate in (
        ("academie", parameters.academie, academie.validate),
        ("rncp", parameters.rncp, rncp.validate),
    ):
        try:
            _ = text and validate(text)
        except IdentifierError as error:
            wrong.append(Where("query", name, str(error)))
    if wrong:
        raise refused(wrong)
    return search.Query(
        parameters.q,
        academie.compact(parameters.academie),
        parameters.region,
        parameters.departement.upper(),
        rncp.validate(parameters.rncp) if parameters.rncp else "",
    )


# --- One school -----------------------------------------------------------------------------------------------------------------


class Body(Shape):
    """The body that runs the school that day."""

    name: str
    legal_category: str
    siren: str | None
    rna: str | None


class SiteShape(Shape):
    """A place where it teaches that day."""

    main: bool
    uai: str | None
    siret: str | None
    commune: str | None
    departement: str | None


class CourseShape(Shape):
    """A course of the day; ``active`` and ``validity`` are those of the sheet, null when the register does not hold it."""

    title: str
    certification: str
    certification_title: str | None
    active: bool | None
    validity: Span | None


class LinkShape(FindingShape):
    """One link of the chain: what is found, and who has the power."""

    word: str
    label: str
    authority: str


class Addresses(Shape):
    """What else is held about it."""

    chain: str
    history: str


class SchoolSheet(DayAnswer):
    """One school on a day."""

    uai: str
    name: str
    fictional: bool
    place: PlaceShape
    managing_body: Body | None
    sites: list[SiteShape]
    courses: list[CourseShape]
    links: list[LinkShape]
    href: Addresses


@router.get("/schools/{uai}", operation_id="school", response=SchoolSheet, summary="Une école, un jour")
def one(request: HttpRequest, uai: str, parameters: Query[Parameters]) -> SchoolSheet:
    """Où elle est, qui la gère, ce qu'elle enseigne, et ce que les règles trouvent pour chaque maillon de sa chaîne."""
    when = as_of(request, parameters)
    school = school_of(uai, when)
    answer = school.answer
    links = [
        LinkShape(
            **finding(answer.findings[link.finding]).model_dump(),
            word=link.word,
            label=link.label,
            authority=link.authority,
        )
        for link in answer.links
    ]
    return SchoolSheet(
        on=when.on,
        known_at=known(when),
        uai=school.facts.uai,
        name=school.facts.name,
        fictional=school.facts.fictional,
        place=place(school.place),
        managing_body=_body(school, when.on),
        sites=[
            SiteShape(**{name: getattr(fact.value, name) for name in SiteShape.model_fields})
            for fact in all_at(school.facts[Site], when.on)
        ],
        courses=[_course(school, fact.value, when.on) for fact in all_at(school.facts[Course], when.on)],
        links=links,
        href=Addresses(chain=school_address(uai, "/chain"), history=school_address(uai, "/history")),
    )


def school_of(uai: str, when: AsOf) -> register.School:
    """The school of this UAI; a problem when the register knew none by it at that instant."""
    found = register.school(uai, when.on, when.known_at) if uai.isprintable() else None
    if found is None:
        said = f"{quoted(uai)} n'est l'UAI d'aucune école connue du registre à cet instant."
        where = [Where("path", "uai", said)]
        raise Refusal("not-found", f"Aucune école du registre ne porte l'UAI {quoted(uai)}.", where)
    return found


def _body(school: register.School, on: date) -> Body | None:
    body = at(school.facts[ManagingBody], on)
    if body is None:
        return None
    plain = body.value
    return Body(name=plain.name, legal_category=plain.legal_category, siren=plain.siren, rna=plain.rna)


def _course(school: register.School, course: Course, on: date) -> CourseShape:
    sheet = sheet_on(school.facts[Certification], course.certification, on)
    return CourseShape(
        title=course.title,
        certification=course.certification,
        certification_title=sheet.value.title if sheet else None,
        active=active(sheet, on) if sheet else None,
        validity=span(sheet.valid) if sheet else None,
    )


@router.get("/schools/{uai}/chain", operation_id="chain", summary="La chaîne d'une école, avec tout ce qui la fonde")
def chain(request: HttpRequest, uai: str, parameters: Query[Parameters]) -> HttpResponse:
    """La réponse publique entière : maillons, phrases, constats, faits, sources, articles, lectures (`equerre schema answer`)."""
    answer = school_of(uai, as_of(request, parameters)).answer
    return HttpResponse(
        json.dumps(as_json(answer), ensure_ascii=False, separators=(",", ":")),
        content_type="application/json; charset=utf-8",
    )


@router.get(
    "/schools/{uai}/history",
    operation_id="history",
    response=changes.ChangePage,
    summary="Ce qui a changé pour une école",
)
def history(request: HttpRequest, response: HttpResponse, uai: str, parameters: Query[Paged]) -> changes.ChangePage:
    """Ce que le registre a appris de l'école, le plus récent d'abord. Avec `on`, seulement ce qui porte sur ce jour."""
    when = as_of(request, parameters)
    school = school_of(uai, when)
    return changes.answered(request, response, parameters, when, school.key)
