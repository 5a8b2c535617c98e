"""How a row leads to what it is about: read off the models, so that a new kind says it by its shape alone."""

from __future__ import annotations

from functools import cache

from equerre.facts import KEPT
from equerre.registry import models

SCHOOL, BODY = "school_id", "body_id"
# What is of no school: by the code of a sheet, by région, or for the whole country.
CODE, REGION, NATION = "certification__key", "region", ""


@cache
def owner(kind: str) -> str:
    """How a row of a kind leads to its school or its body, else what it is of: a code, a région, the whole country."""
    model = models.KINDS[kind]
    names = {field.name: field for field in model._meta.concrete_fields}
    for name, found in (("school", SCHOOL), ("body", BODY)):
        if name in names:
            return found
    through = (name for name, field in names.items() if hasattr(field.related_model, "school_id"))
    kept = {"certification": CODE, "region": REGION}
    return next((f"{name}__{SCHOOL}" for name in through), "") or next(
        (kept[name] for name in kept if name in model.OF), NATION
    )


def of_a_school(kind: str) -> str:
    """The same for what leads to a school or a body; "" for the rest."""
    found = owner(kind)
    return found if found == BODY or found.endswith(SCHOOL) else ""


@cache
def columns(kind: str) -> dict[str, str]:
    """Where a row keeps each field that is declared of its kind; those that name several other rows have no column."""
    model, declared = models.KINDS[kind], KEPT[kind]
    kept = {field.name: field for field in model._meta.concrete_fields}
    return {
        name: f"{field.kept_as}__key" if kept[field.kept_as].is_relation else field.kept_as
        for name, field in declared.every.items()
        if field.kept_as in kept
    }


@cache
def names_others(kind: str) -> tuple[str, ...]:
    """The fields that name several other rows."""
    return tuple(field.name for field in models.KINDS[kind]._meta.many_to_many)
