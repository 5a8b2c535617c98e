"""Characters that nobody sees, and that may drive a terminal, turn a line round or hide a word; and letters seen as others.

Categories of Unicode: controls (Cc), formats such as U+202E and U+200B (Cf), surrogates (Cs), breaks of line and paragraph
(Zl, Zp). A letter of another alphabet may look like one of ours (Unicode Technical Standard 39): that of Russian which is read
« c », that of Greek which is read « o ».
"""

from __future__ import annotations

import re
from unicodedata import category, name, normalize

from equerre.kernel.errors import quoted

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


def foreign_letter(text: str) -> str:
    """The first letter that is not of the Latin alphabet, "" when there is none.

    >>> foreign_letter("École de l'Œuvre, 1º"), ascii(foreign_letter("É\\u0441ole"))
    ('', "'\\\\u0441'")
    """
    if text.isascii():
        return ""
    letters = (char for char in normalize("NFKC", text) if category(char) in {"Lu", "Ll", "Lt", "Lo"})
    return next((char for char in letters if not name(char, "").startswith("LATIN ")), "")


OTHER_ALPHABET = "Lettres d'un autre alphabet, qui se prennent pour d'autres"


def foreign_said(text: str) -> str:
    """Which letter of a text is not of our alphabet, "" when all are: nobody tells apart two names that look alike.

    >>> foreign_said("École 中")
    '« 中 » (U+4E2D) dans « École 中 »'
    """
    letter = foreign_letter(text)
    return f"{quoted(letter)} (U+{ord(letter):04X}) dans {quoted(text)}" if letter else ""


# What no XML 1.0 document may hold, even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable_in_xml(text: str) -> str:
    """The text, with the mark of a lost character in place of each that XML 1.0 cannot hold (section 2.2).

    >>> writable_in_xml("a\\x01b")
    'a\ufffdb'
    """
    return _NOT_IN_XML.sub("\ufffd", text)
