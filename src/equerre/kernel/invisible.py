"""Characters that nobody sees, and that may drive a terminal, turn a line round or hide a word.

Categories of Unicode: controls (Cc), formats such as U+202E and U+200B (Cf), surrogates (Cs), breaks of line and paragraph
(Zl, Zp).
"""

from __future__ import annotations

import re
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
    return next((char for char in text if category(char) in CATEGORIES and char not in allowed), "")


# What no XML 1.0 document may hold, even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable_in_xml(text: str) -> str:
    """The text, with the mark of a lost character in place of each that XML 1.0 cannot hold (section 2.2).

    >>> writable_in_xml("a\\x01b")
    'a\ufffdb'
    """
    return _NOT_IN_XML.sub("\ufffd", text)
