"""TOML text made into a tree, and what is wrong with its syntax said in French, with its line and column.

``tomllib`` stops at the first fault. A fault that cannot reach beyond its own line (a date that does not exist, a text
without quotes) is noted, its value is set aside, and the reading goes on, so that people learn of all of them at once.
Any other fault ends the reading, and the message says so: what follows it cannot be told without guessing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from equerre.documents.written_dates import what_is_wrong
from equerre.kernel.errors import quoted

YES_OR_NO = "Écrivez true pour oui, false pour non, en minuscules et sans guillemets."
# How many faults of syntax are set aside before the reading stops: each costs one more reading of the whole text.
MOST = 20
UNREAD = "La suite du fichier n'a pas été lue."

_COORDINATES = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_STATEMENT = re.compile(r"[ \t]*([A-Za-z0-9_.-]+)[ \t]*=[ \t]*")
_ONE_VALUE = re.compile(r"""[^"'\[\]{}#]*?(?=[ \t]*(?:#.*)?$)""")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9:.]+(?:[Zz]|[+-][0-9:]+)?)?")
_WITHIN_ITS_LINE = ("Invalid value", "Expected newline")

_UNREADABLE = (
    "n'est pas lisible. Un texte s'écrit entre guillemets droits (\"…\"), une date sans guillemets (2026-09-01), oui true, "
    "non false."
)
_UNCLOSED_TEXT = "un texte n'est pas refermé, il manque un guillemet droit."
_BACKSLASH = "un texte contient une barre oblique inverse mal employée. Doublez-la, ou mettez ce texte entre apostrophes droites."
_TWICE = "la même clé est donnée deux fois dans une table. Retirez l'une des deux."
_TABLE_TWICE = "cette table est déjà ouverte plus haut. Chaque fait s'ouvre par deux crochets, comme [[course]]."
_INVISIBLE = "un caractère invisible n'a pas sa place ici. Retirez-le."

# How what tomllib says begins, the longest first, and what to tell people.
_IN_FRENCH: Mapping[str, str] = {
    "Invalid statement": "la ligne ne commence ni par une clé ni par une table. Une clé s'écrit sans accent ni espace.",
    "Invalid initial": "un nom manque, ou s'écrit avec des accents : seules les lettres, les chiffres, _ et - sont admis.",
    "Invalid value": f"la valeur {_UNREADABLE}",
    "Invalid date": "cette date n'existe pas.",
    "Invalid hex": _BACKSLASH,
    "Unescaped": _BACKSLASH,
    "Escaped character": _BACKSLASH,
    "Cannot declare": _TABLE_TWICE,
    "Cannot redefine": _TABLE_TWICE,
    "Cannot mutate": _TABLE_TWICE,
    "Cannot overwrite": _TWICE,
    "Duplicate inline": _TWICE,
    "Unclosed array": "une liste ouverte par [ n'est pas refermée par ].",
    "Unclosed inline": "une table ouverte par { n'est pas refermée par } sur la même ligne.",
    "Expected newline": "la ligne continue après la valeur. Mettez une valeur par ligne, et un texte entre guillemets droits.",
    "Expected ']": "il manque un crochet à la fin du nom de la table.",
    "Expected '='": "il manque le signe = après la clé, ou la clé contient un accent ou un espace.",
    "Expected": _UNCLOSED_TEXT,
    "Unterminated": _UNCLOSED_TEXT,
    r"Illegal character '\n'": _UNCLOSED_TEXT,
    "Illegal character": _INVISIBLE,
    "Found invalid": _INVISIBLE,
}
_YES_OR_NO = frozenset(("oui", "non", "vrai", "faux", "yes", "no", "true", "false"))
_TYPOGRAPHIC = "“”„«»‘’"


class Fault(NamedTuple):
    """One fault: its line (1 is the first), the sentence, and the value that may be set aside, if any."""

    line: int
    sentence: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class TomlRead:
    """What was read. ``tree`` is None when the reading could not reach the end of the text.

    ``text`` is the text that ``tree`` was read from: as given, save for the values set aside, in whose place ``refused``
    stands (a text that the one given does not contain).
    """

    text: str
    tree: dict[str, object] | None
    refused: str
    faults: tuple[Fault, ...] = ()


def read(text: str) -> TomlRead:
    """The tree of a TOML text, and all that can be said of its syntax."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    text = text if text.endswith("\n") else text + "\n"
    refused = "\ue000"  # of the private use area, as long as it takes not to be in the text
    while refused in text:
        refused += "\ue000"
    faults: list[Fault] = []
    while len(faults) < MOST:
        try:
            return TomlRead(text, tomllib.loads(text), refused, tuple(faults))
        except (ValueError, RecursionError) as error:
            fault = _fault(text, error)
        faults.append(fault)
        if fault.span is None:
            break
        start, end = fault.span
        text = f'{text[:start]}"{refused}"{text[end:]}'
    faults[-1] = faults[-1]._replace(sentence=f"{faults[-1].sentence} {UNREAD}")
    return TomlRead(text, None, refused, tuple(faults))


def _fault(text: str, error: Exception) -> Fault:
    match = _COORDINATES.fullmatch(str(error))
    if isinstance(error, RecursionError):
        return Fault(1, "le fichier emboîte trop de listes les unes dans les autres.")
    if match is None:
        return Fault(1, "le fichier contient un nombre trop long pour être lu : il a des milliers de chiffres.")
    if match[2] is None:
        return Fault(text.count("\n"), f"fin du fichier : {_in_french(match[1])}")
    line, column = int(match[2]), int(match[3])
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return _within_its_line(text, line, start, start + column - 1, match[1]) or Fault(
        line, f"colonne {column} : {_in_french(match[1])}"
    )


def _in_french(said: str) -> str:
    return next(
        (french for begins, french in _IN_FRENCH.items() if said.startswith(begins)), "la ligne n'est pas lisible."
    )


def _within_its_line(text: str, line: int, start: int, at: int, said: str) -> Fault | None:
    """A fault in a value that ends on its own line: which value it is, and what is wrong with it."""
    end = text.index("\n", start)
    key = _STATEMENT.match(text, start, end)
    value = _DATE.match(text, at) if said.startswith("Invalid date") else None
    if value is None and said.startswith(_WITHIN_ITS_LINE) and key and key.end() <= at:
        value = _ONE_VALUE.match(text, key.end(), end)
    if value is None:
        return None
    name = key[1] if key and key.end() <= at else f"colonne {at - start + 1}"
    return Fault(line, f"{name} : {_about(value[0])}", value.span())


def _about(value: str) -> str:
    """What is wrong with a value, in the words of whoever wrote it."""
    if not value:
        return "il manque la valeur après le signe =. Si vous ne la connaissez pas, retirez la ligne."
    about_date = what_is_wrong(value)
    if about_date is not None:
        return f"{quoted(value)}. {about_date}"
    if value.lower() in _YES_OR_NO:
        return f"{quoted(value)}. {YES_OR_NO}"
    if value[0] in _TYPOGRAPHIC:
        return f'{quoted(value)}. Remplacez ces guillemets par des guillemets droits ("…").'
    return f"{quoted(value)} {_UNREADABLE}"
