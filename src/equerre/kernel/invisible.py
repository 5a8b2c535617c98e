"""Characters that nobody sees, and that may drive a terminal, turn a line round or hide a word.

Categories of Unicode: controls (Cc), formats such as U+202E and U+200B (Cf), surrogates (Cs), breaks of line and paragraph
(Zl, Zp).
"""

from __future__ import annotations

from unicodedata import category

CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# What a text of several lines may hold.
OF_LINES = "\n\r\t"


def first_invisible(text: str, *, lines: bool = False) -> str:
    """The first character that nobody sees, "" when there is none; ``lines``: a text that may hold several lines.

    >>> first_invisible("École"), first_invisible("a\\u202eb"), first_invisible("a\\nb", lines=True)
    ('', '\\u202e', '')
    """
    if text.isprintable():
        return ""
    allowed = OF_LINES if lines else ""
    return next((one for one in text if category(one) in CATEGORIES and one not in allowed), "")
