"""The acts that make the register: recognitions, annual lists, lists of prefects, with those that amend or end them.

An act of another kind (an approval of a person, say) stays in: ``PUBLIC_NATURES`` is the whole of what goes out (R48).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from equerre.documents.portrait.change import Named
from equerre.facts.acts import PUBLIC_NATURES
from equerre.kernel.fact import Source
from equerre.kernel.period import Period
from equerre.opendata.naming import named
from equerre.registry import models
from equerre.registry.dated import SOURCE_COLUMNS

# The facts by which an act is about one school.
_OF_A_SCHOOL = (models.Recognition, models.RecognitionRefusal, models.RecognitionWithdrawal)
_FIELDS = ("kind", "authority", "number", "nor", "signed_on", "published_on", "effect_on")


@dataclass(frozen=True, slots=True)
class PublicAct:
    """One act as the register holds it. ``amends`` is the key of another act; ``schools`` those that it names alone."""

    key: str
    kind: str
    authority: str
    number: str | None
    nor: str | None
    signed_on: date | None
    published_on: date | None
    effect_on: date | None
    amends: str | None
    valid: Period[date]
    source: Source
    schools: tuple[Named, ...] = ()

    @property
    def label(self) -> str:
        """What it is, in French."""
        return PUBLIC_NATURES[self.kind]


def acts(on: date, known_at: datetime | None = None, kind: str = "") -> list[PublicAct]:
    """The acts that stand on a day, the last published first; without the schools: see ``with_schools``. One query."""
    rows = models.ActDetails.objects.held(known_at).true_on(on)
    rows = rows.filter(kind__in=[kind] if kind in PUBLIC_NATURES else [] if kind else list(PUBLIC_NATURES))
    columns = ("act__key", *_FIELDS, "amends__key", "valid_from", "valid_until", *SOURCE_COLUMNS)
    found = []
    for key, *said in rows.values_list(*columns):
        about = dict(zip(_FIELDS, said, strict=False))
        amends, valid_from, valid_until, *source = said[len(_FIELDS) :]
        found.append(
            PublicAct(key=key, **about, amends=amends, valid=Period(valid_from, valid_until), source=Source(*source))
        )
    found.sort(key=lambda act: act.key)
    return sorted(found, key=lambda act: act.published_on or act.effect_on or act.signed_on or date.min, reverse=True)


def with_schools(some: Sequence[PublicAct], known_at: datetime | None = None) -> list[PublicAct]:
    """The same acts, each with the schools that it is about. Six queries."""
    keys = [act.key for act in some]
    schools: dict[str, dict[int, None]] = {}
    for model in _OF_A_SCHOOL:
        rows = model.objects.held(known_at).filter(act__key__in=keys).order_by("school__key")
        for key, school in rows.values_list("act__key", "school_id"):
            schools.setdefault(key, {})[school] = None
    names = named({school for about in schools.values() for school in about}, known_at)
    return [replace(act, schools=tuple(names[school] for school in schools.get(act.key, ()))) for act in some]
