"""What the pages of the register ask of a template beyond French: a value of a table by its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from equerre.kernel import siret as siret_norm

register = template.Library()


@register.filter
def at(table: Mapping[str, Any], key: str) -> Any:
    """The value of a key; a key that is not there is a mistake of the page.

    >>> at({"10": "Lyon"}, "10")
    'Lyon'
    """
    return table[key]


@register.filter
def siret(number: str) -> str:
    """A SIRET as one reads it.

    >>> siret("73282932000074")
    '732 829 320 00074'
    """
    return siret_norm.format(number)
