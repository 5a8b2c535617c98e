"""On which line each key and each table of a TOML text stands, so that a message can say it.

``tomllib`` reads the text and forgets its lines. This reads a text that ``tomllib`` has accepted, and only walks over it:
it never interprets a value. It is asked only when something is wrong, so it costs nothing to a file that is right.

>>> where = lines('[[course]]\\nid = "a"\\n[[course]]\\nid = "b"\\n')
>>> where[("course", 1)], where[("course", 1, "id")]
(3, 4)
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*""")
_STRING = re.compile(
    r'''"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'''
    r"""|'''(?:[^']|'{1,2}(?!'))*'{3,5}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
)
_BARE = re.compile(r"[^\[\]{},#\n]+")
_OTHER = re.compile(r"""[^\[\]{}"'#\n]+""")
# Deeper than any path of a file of facts: what lies below is passed over, and belongs to the line of what holds it.
DEEPEST = 8


def lines(text: str) -> Mapping[Path, int]:
    """The line of every table, key and element, by path. ``text`` must be valid TOML, with ``\\n`` at the end of lines."""
    walk = _Walk(text)
    walk.document()
    return walk.found


def line_of(where: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest table that should have held it."""
    while path and path not in where:
        path = path[:-1]
    return where.get(path, 1)


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.table: Path = ()
        self.found: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}  # how many tables each array of tables holds so far
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def document(self) -> None:
        self._blank()
        while self.at < len(self.text):
            if self.text.startswith("[[", self.at):
                self._header("]]")
            elif self.text.startswith("[", self.at):
                self._header("]")
            else:
                self._pair(self.table)
            self._blank()

    def _blank(self) -> None:
        self.at = _match(_BLANK, self.text, self.at).end()

    def _header(self, closing: str) -> None:
        line = self._line()
        self.at += len(closing)
        *above, last = self._key()
        self.at += len(closing)
        path: Path = ()
        for part in above:
            path = self._last_table((*path, part))
            self.found.setdefault(path, line)
        path = (*path, last)
        if closing == "]]":
            self.found.setdefault(path, line)
            self._tables[path] = self._tables.get(path, 0) + 1
            path = self._last_table(path)
        self.found.setdefault(path, line)
        self.table = path

    def _last_table(self, path: Path) -> Path:
        """Under ``[[a]]``, ``a.b`` is that of the last ``a``."""
        return (*path, self._tables[path] - 1) if path in self._tables else path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self.found.setdefault(path, line)
        self.at += 1  # the sign =
        self._blank()
        self._value(path)

    def _key(self) -> list[str]:
        parts = []
        while True:
            match = _match(_KEY_PART, self.text, self.at)
            self.at = match.end()
            quoted = match[1][0] in "\"'"
            parts.append(next(iter(tomllib.loads(f"{match[1]} = 0"))) if quoted else match[1])
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _value(self, path: Path) -> None:
        opening = self.text[self.at]
        if len(path) > DEEPEST and opening in "[{":
            self._pass_over()
        elif opening == "[":
            self._elements(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self.at = _match(_STRING if opening in "\"'" else _BARE, self.text, self.at).end()

    def _pass_over(self) -> None:
        """A list or a table, whole, whatever it holds."""
        depth = 0
        while True:
            self._blank()
            char = self.text[self.at]
            if char in "[]{}":
                depth += 1 if char in "[{" else -1
                self.at += 1
            else:
                self.at = _match(_STRING if char in "\"'" else _OTHER, self.text, self.at).end()
            if depth == 0:
                return

    def _elements(self, path: Path) -> None:
        self.at += 1
        index = 0
        while not self._closed("]"):
            self.found.setdefault((*path, index), self._line())
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while not self._closed("}"):
            self._pair(path)

    def _closed(self, closing: str) -> bool:
        """Past the comma if there is one; is this the end of the list or of the table?"""
        self._blank()
        if self.text.startswith(",", self.at):
            self.at += 1
            self._blank()
        if not self.text.startswith(closing, self.at):
            return False
        self.at += 1
        return True

    def _line(self) -> int:
        return bisect_right(self._starts, self.at)


def _match(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    match = pattern.match(text, at)
    if match is None:
        raise ValueError(f"not TOML at character {at}")
    return match
