"""What the pages of the register ask of a template beyond French: a value of a table by its key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from equerre.kernel import siret as siret_norm
from equerre.kernel.citation import Citation
from equerre.law.wordings import CODE_ADDRESSES
from equerre.web.addresses import article_address
from equerre.web.canonical import canonical as canonical_of

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


@register.filter
def at_legifrance(url: str) -> str:
    """What the address of a text leads to: its wording, or the whole code when no address of the article is established.

    >>> at_legifrance("https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006902785")
    'sur Légifrance'
    """
    return "le code entier, sur Légifrance" if url in CODE_ADDRESSES.values() else "sur Légifrance"


@register.filter
def article_page(citation: Citation, on: date) -> str:
    """Where an article is told, on a day."""
    return article_address(citation, on.isoformat())


@register.filter
def reading_page(number: str, on: date) -> str:
    """Where a reading is told, on a day."""
    return f"{reverse('reading', args=[number])}?{urlencode({'on': on.isoformat()})}"


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> SafeString | str:
    """The link to the address that the page has for everybody; nothing for a page that no request asked (an error)."""
    request = context.get("request")
    return format_html('<link rel="canonical" href="{}">', canonical_of(request)) if request is not None else ""
