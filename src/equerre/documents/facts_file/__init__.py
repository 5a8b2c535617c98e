"""The file of facts: one school's facts as TOML, for people, or as JSON, for dossiers. The same keys in both.

    fictif = true                        # the banner of what does not exist

    [school]
    uai = "9990012J"
    name = "École de production de l'exemple"

    [sources.acte]
    publisher = "…"
    title = "…"

    [[recognition]]
    effect_on = 2026-06-12
    authority = "…"
    source = "acte"

A fact is true from ``from`` (the day of the event, when its kind has one) ``until`` the first day it no longer is, or to
``last_day`` included. ``known_from`` and ``known_until`` are instants with their zone. Text in, facts out: files, clock
and network are the caller's. Everything that is wrong is said at once, each problem with its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from equerre.documents.facts_file import toml_lines, toml_syntax
from equerre.documents.facts_file.reading import read_tree
from equerre.documents.facts_file.toml_lines import Path
from equerre.documents.facts_file.values import Dates, JsonDates, TomlDates
from equerre.documents.facts_file.writing import json_tree, toml_text
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.errors import FactsError, quoted

START = "Pour partir du modèle : equerre facts --template."


def read_facts(text: str, *, name: str) -> SchoolFacts:
    """The facts of a TOML text. Raises :class:`FactsError`; ``name`` is that of the file, for what is wrong with it all."""
    if not text.strip():
        raise FactsError([f"{name} : le fichier est vide. {START}"])
    found = toml_syntax.read(text)
    noted = [(fault.line, f"Ligne {fault.line}, {fault.sentence}") for fault in found.faults]
    if found.tree is None:
        raise FactsError([problem for _, problem in noted])
    return read_tree(found.tree, _Toml(found.text, found.refused), noted)


def read_facts_bytes(data: bytes, *, name: str) -> SchoolFacts:
    """The facts of a file's bytes, which must be UTF-8."""
    if b"\x00" in data or data.startswith(b"PK\x03\x04"):
        raise FactsError(
            [f"{name} : ce n'est pas un fichier de texte. Un fichier de faits est un texte TOML, en UTF-8."]
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FactsError(
            [
                f"Ligne {line}, ce fichier n'est pas en UTF-8 (octet {data[error.start]:#04x}). Enregistrez-le de nouveau en "
                "choisissant l'encodage UTF-8."
            ]
        ) from None
    return read_facts(text, name=name)


def write_facts(facts: SchoolFacts) -> str:
    """The canonical TOML of these facts: ``read_facts`` gives them back, equal."""
    return toml_text(facts)


def facts_to_json(facts: SchoolFacts) -> dict[str, object]:
    """The same facts as a JSON document: days as ISO texts, instants in UTC."""
    return json_tree(facts)


def facts_from_json(document: object) -> SchoolFacts:
    """The facts of a JSON document. Raises :class:`FactsError`; places are JSON pointers."""
    if not isinstance(document, Mapping):
        raise FactsError(["À la racine : il faut un objet JSON, avec school, sources et les faits."])
    return read_tree(document, _Json())


class _Toml:
    """Places are lines, looked for only when something is wrong."""

    dates: Dates = TomlDates()

    def __init__(self, text: str, refused: str) -> None:
        self.text = text
        self.refused = refused

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        return toml_lines.lines(self.text)

    def place(self, path: Path) -> tuple[int, str]:
        line = toml_lines.line_of(self.lines, path)
        names = [_shown(part) for part in path if isinstance(part, str)]
        return line, f"Ligne {line}, {'.'.join(names)}" if names else f"Ligne {line}"

    def there(self, path: Path) -> str:
        return f"la ligne {toml_lines.line_of(self.lines, path)}"

    def table(self, name: str) -> str:
        return f"[{name}]"

    def row(self, kind: str) -> str:
        return f"[[{kind}]]"


class _Json:
    """Places are JSON pointers, in the order in which they are read."""

    dates: Dates = JsonDates()
    refused = ""

    def place(self, path: Path) -> tuple[int, str]:
        return 0, f"À {self.there(path)}"

    def there(self, path: Path) -> str:
        return "".join(f"/{_shown(str(part)).replace('~', '~0').replace('/', '~1')}" for part in path) or "la racine"

    def table(self, name: str) -> str:
        return f"« {name} »"

    def row(self, kind: str) -> str:
        return f'"{kind}": [{{…}}]'


def _shown(name: str) -> str:
    """A key given by somebody, as a message shows it."""
    return quoted(name)[2:-2]
