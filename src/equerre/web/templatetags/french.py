"""How a French page is set: the curved apostrophe, signs that never begin a line, numbers of articles that never break."""

from __future__ import annotations

import re
from datetime import date

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from equerre.kernel import french

register = template.Library()

_MONTH = rf"(?:{'|'.join(french.MONTHS)})\b"
# « x », x : y, x ; y, x ? x ! hold with a space that no line breaks. So do "art. L." and its number, a day and its month,
# an hour and its minutes.
_GLUED = re.compile(
    r"(?<=«) | (?=[»:;?!%€])|(?<=\bart\.) |(?<=\b[LRDA]\.) (?=\d)|(?<=\d°) (?=[a-z]\b)|(?<=\d) (?=h \d)|(?<=\d h) (?=\d)"
    rf"|(?<=\d) (?={_MONTH})|(?<=1er) (?={_MONTH})"
)
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|«)")
# L. 443-6, R3-b, est-elle: a browser would break them at their hyphen.
_WHOLE = re.compile(r"\b(?:[LRDA]\.\xa0\d+(?:-\d+)+|R\d+-[a-z]|\w+(?:-t)?-(?:elles?|ils?|on))\b")


@register.filter
def typeset(text: object) -> SafeString:
    """A text as a French page prints it, escaped.

    >>> typeset("L'école est-elle ouverte ? « Oui » le 1er juin <b>")
    'L’école <span class="nw">est-elle</span> ouverte\\xa0? «\\xa0Oui\\xa0» le 1<sup>er</sup>\\xa0juin &lt;b&gt;'
    >>> typeset("art. L. 443-6")
    'art.\\xa0<span class="nw">L.\\xa0443-6</span>'
    """
    glued = escape(_GLUED.sub("\xa0", _APOSTROPHE.sub("’", str(text))))
    whole = _WHOLE.sub(lambda found: f'<span class="nw">{found[0]}</span>', glued)
    return mark_safe(re.sub(r"\b1er\b", "1<sup>er</sup>", whole))  # noqa: S308 (escaped just above)


@register.filter
def day(on: date) -> SafeString:
    """A date is written out.

    >>> day(date(2026, 9, 1))
    '1<sup>er</sup>\\xa0septembre 2026'
    """
    return typeset(french.day(on))


@register.filter
def grouped(number: int) -> str:
    """
    >>> grouped(4000)
    '4\\u202f000'
    """
    return f"{number:,}".replace(",", "\u202f")


@register.filter
def noun(count: int, words: str) -> str:
    """The noun of a count, singular then plural: zero and one are singular in French.

    >>> noun(0, "école,écoles"), noun(2, "école,écoles")
    ('école', 'écoles')
    """
    singular, plural = words.split(",")
    return singular if abs(count) < 2 else plural
