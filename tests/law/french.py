"""What any text of the tables must be: French, whole, plain. Each test of this folder asks it of its own texts."""

from __future__ import annotations

import re

ENGLISH = re.compile(r"\b(the|of|and|is|are|school|list|reading|law|whether|when|which)\b", re.IGNORECASE)
FIGURES = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
POLITENESS = re.compile(r"veuillez|merci de|!", re.IGNORECASE)


def wrongs(text: str, *, sentence: bool = True) -> list[str]:
    """What is wrong in a French text. A sentence begins with a capital or a figure, and ends as a sentence does."""
    found = {
        "an English word": ENGLISH.search(text),
        "a date in figures": FIGURES.search(text),
        "a politeness or a shout": POLITENESS.search(text),
        "two spaces, or one at an end": re.search(r"  |^\s|\s$|\n", text),
        "no space before a sign": re.search(r"\w[:;?»]|«\w", text),
        "a space before a comma or a full stop": re.search(r" [,.](?!\d)", text),
        "the words of a text, quoted": re.search(r"«|\"|“", text),
        "no capital first": sentence and re.match(r"[a-zà-ÿ]", text),
        "no end": sentence and not text.endswith((".", " ?")),
    }
    return [wrong for wrong, there in found.items() if there]
