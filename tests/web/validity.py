"""Is a page valid? Parsed as the standard says, with every mistake told; then what a parser does not see: ids, labels, anchors.

``html5lib`` is strict about how elements nest and close. What it cannot know is held here: an id stands once, an address
inside the page leads somewhere, a field has a label, what ARIA names is there, a picture says what it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

FIELDS = ("input", "select", "textarea")
REFERENCES = ("aria-labelledby", "aria-describedby", "for")


def faults(html: str) -> list[str]:
    """What is wrong with a page; nothing when it is valid."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    parsed = [f"{code} at {place}: {data}" for place, code, data in parser.errors]
    return [*parsed, *_ids(tree), *_fields(tree), *_pictures(tree), *_tables(tree), *_frame(tree)]


def _ids(tree: Element) -> Iterator[str]:
    counts = Counter(one.get("id") for one in tree.iter() if one.get("id"))
    yield from (f"id {name} stands {count} times" for name, count in counts.items() if count > 1)
    for one in tree.iter():
        for name in REFERENCES:
            for target in (one.get(name) or "").split():
                if target not in counts:
                    yield f"<{one.tag} {name}> names {target}, which is not there"
        link = one.get("href") or ""
        if link.startswith("#") and link[1:] not in counts:
            yield f"<{one.tag}> leads to {link}, which is not there"


def _fields(tree: Element) -> Iterator[str]:
    labelled = {one.get("for") for one in tree.iter("label")}
    for one in tree.iter():
        if one.tag in FIELDS and one.get("type") != "hidden" and one.get("id") not in labelled:
            yield f"<{one.tag} name={one.get('name')}> has no label"
        if one.tag == "form" and not (
            one.get("aria-label") or one.get("role") or one.get("method") or one.get("class")
        ):
            yield "a form that nothing names"


def _pictures(tree: Element) -> Iterator[str]:
    for one in tree.iter():
        tag = str(one.tag).rpartition("}")[2]
        if tag == "img" and one.get("alt") is None:
            yield "an image that says nothing"
        if tag == "svg" and one.get("role") == "img" and not one.get("aria-label"):
            yield "a drawing that says nothing"


def _tables(tree: Element) -> Iterator[str]:
    """A part of a table has the role of its element, and a cell holds no heading."""
    for one in tree.iter():
        if one.tag in ("table", "thead", "tbody", "tfoot", "tr", "td", "th") and one.get("role"):
            yield f"<{one.tag}> says its role again"
        if one.tag == "th" and any(below.tag in ("h1", "h2", "h3", "h4") for below in one.iter()):
            yield "a heading in a <th>"


def _frame(tree: Element) -> Iterator[str]:
    root: Any = tree
    titles = list(tree.iter("h1"))
    if len(titles) != 1:
        yield f"{len(titles)} first headings"
    if root.get("lang") != "fr":
        yield "a page without its language"
    levels = [int(str(one.tag)[1]) for one in tree.iter() if one.tag in ("h1", "h2", "h3", "h4")]
    after = levels[levels.index(1) + 1 :] if 1 in levels else []
    yield from (f"h{low} then h{high}" for low, high in zip([1, *after], after, strict=False) if high > low + 1)
    for one in tree.iter():
        if one.get("style") is not None or any(name.startswith("on") for name in one.attrib):
            yield f"<{one.tag}> is styled or run in the page"
