"""The address of an article, on the day of the answer that cites it: several pages and a filter of the templates write it."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse
from django.utils.http import urlencode

from equerre.kernel.citation import Citation


def article_address(citation: Citation | str, on: str = "") -> str:
    """Where an article is told; a part of it is an anchor there.

    >>> article_address("code-travail/L6241-5/12°", "2026-11-03")
    '/articles/code-travail/L6241-5?on=2026-11-03#12%C2%B0'
    """
    address = Citation.parse(citation) if isinstance(citation, str) else citation
    page = reverse("article", args=[address.code, address.article])
    asked = f"?{urlencode({'on': on})}" if on else ""
    return f"{page}{asked}{f'#{quote(address.part)}' if address.part else ''}"
