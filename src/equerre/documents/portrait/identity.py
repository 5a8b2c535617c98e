"""Who a school is on a day: the body that runs it, its sites and their numbers, each with its two dates and its source.

The same numbers are what an employer types to designate it on SOLTéA: « designation » gathers them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from equerre import law
from equerre.documents.phrases import known_since, span
from equerre.documents.portrait.location import main_site
from equerre.facts.managing_body import ManagingBody
from equerre.facts.opening import Site
from equerre.facts.qualifications import Certification, active_on
from equerre.facts.school_facts import SchoolFacts, all_at, at
from equerre.facts.teaching import Course
from equerre.kernel import siren, siret
from equerre.kernel.errors import LawError
from equerre.kernel.fact import Fact
from equerre.kernel.french import day, last_day


class IdentityLine(NamedTuple):
    """One number or name; ``code`` when one copies it."""

    label: str
    value: str
    code: bool
    valid: str
    known: str
    source: str
    url: str


class DesignationKey(NamedTuple):
    """One thing to type: what it is called there, how it is read, how it is typed."""

    label: str
    shown: str
    typed: str
    remark: str = ""


class Designation(NamedTuple):
    """One site as an employer finds it, and the sheets of its courses. ``warning`` says what may mislead, "" for nothing."""

    name: str
    keys: tuple[DesignationKey, ...]
    courses: tuple[DesignationKey, ...]
    warning: str


def identity(facts: SchoolFacts, on: date) -> list[IdentityLine]:
    """The lines of a day."""
    lines = list(_body(facts, on))
    for fact in all_at(facts[Site], on):
        site, which = fact.value, "" if fact.value.main else ", autre site"
        if site.commune:
            lines.append(_line(f"Commune{which}", site.commune, fact))
        if site.uai:
            lines.append(_line(f"UAI{which}", site.uai, fact, code=True))
        if site.siret:
            lines.append(_line(f"SIRET du site{which}", siret.format(site.siret), fact, code=True))
    return lines


def _body(facts: SchoolFacts, on: date) -> Iterator[IdentityLine]:
    fact = at(facts[ManagingBody], on)
    if fact is None:
        return
    body = fact.value
    yield _line("Organisme gestionnaire", body.name, fact)
    form = f"catégorie {body.legal_category}"
    with suppress(LawError):
        form = f"{law.legal_category(body.legal_category).label} ({form})"
    yield _line("Forme", form, fact)
    if body.siren:
        yield _line("SIREN", siren.format(body.siren), fact, code=True)
    if body.rna:
        yield _line("RNA", body.rna, fact, code=True)


def _line(label: str, value: str, fact: Fact[Any], *, code: bool = False) -> IdentityLine:
    return IdentityLine(
        label,
        value,
        code,
        f"Vrai {span(fact.valid)}",
        known_since(fact.known),
        f"{fact.source.publisher}, {fact.source.title}",
        fact.source.url or "",
    )


def designation(facts: SchoolFacts, on: date) -> list[Designation]:
    """What to type for each site, the main one first."""
    sites = [fact.value for fact in all_at(facts[Site], on)]
    main = main_site(facts, on)
    ordered = sorted(sites, key=lambda site: site is not main)
    return [_of_site(facts, site, on) for site in ordered]


def _of_site(facts: SchoolFacts, site: Site, on: date) -> Designation:
    keys = [
        DesignationKey("UAI", site.uai, site.uai) if site.uai else None,
        DesignationKey("SIRET", siret.format(site.siret), site.siret) if site.siret else None,
        DesignationKey("Nom", facts.name, facts.name),
        DesignationKey("Commune", site.commune, site.commune) if site.commune else None,
    ]
    here = [fact.value for fact in all_at(facts[Course], on) if fact.value.site in (None, site.id)]
    courses = {course.certification: course.title for course in here}
    ended = {code: _ended(facts, code, on) for code in courses}
    return Designation(
        site.commune or facts.name,
        tuple(key for key in keys if key is not None),
        tuple(DesignationKey(title, code, code, ended[code]) for code, title in courses.items()),
        _of_another_body(facts, site, on),
    )


def _ended(facts: SchoolFacts, code: str, on: date) -> str:
    """A sheet that has ended: pupils who entered before may still be covered, and the platform may not show it."""
    sheets = [fact for fact in facts[Certification] if fact.value.code == code]
    if not sheets or active_on(sheets, on):
        return ""
    closed = [fact.value.closed_read_on for fact in sheets if fact.value.closed_read_on is not None]
    if closed:
        return f"fiche close, lue ainsi le {day(max(closed))}"
    ends = [fact.valid.end for fact in sheets if fact.valid.end is not None and fact.valid.end <= on]
    return f"fiche finie le {last_day(max(ends))}" if ends else "fiche pas encore active"


def _of_another_body(facts: SchoolFacts, site: Site, on: date) -> str:
    """A SIRET begins by the SIREN of its body; one that does not is that of another body, the one before a merger (R44)."""
    body = at(facts[ManagingBody], on)
    if body is None or not body.value.siren or not site.siret or site.siret.startswith(body.value.siren):
        return ""
    return (
        f"Le SIRET de ce site ne commence pas par le SIREN de l'organisme gestionnaire ({siren.format(body.value.siren)}) : "
        "l'organisme a changé, et SOLTéA peut connaître l'un ou l'autre. Demandez à l'école avant de donner."
    )


def linked_data(facts: SchoolFacts, on: date, address: str) -> dict[str, Any]:
    """The school for machines that read pages: schema.org, public facts alone."""
    site, body = main_site(facts, on), at(facts[ManagingBody], on)
    numbers = [("UAI", facts.uai), ("SIRET", site.siret if site else None)]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "School",
        "@id": address,
        "url": address,
        "name": facts.name,
        "identifier": [_number(name, value) for name, value in numbers if value],
    }
    if facts.fictional:
        found["description"] = "École fictive : elle n'existe pas."
    if site is not None and site.commune:
        found["address"] = {"@type": "PostalAddress", "addressLocality": site.commune, "addressCountry": "FR"}
    if body is not None:
        found["parentOrganization"] = {"@type": "Organization", "name": body.value.name}
        if body.value.siren:
            found["parentOrganization"]["identifier"] = [_number("SIREN", body.value.siren)]
    return found


def _number(name: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}
