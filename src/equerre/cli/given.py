"""What is given to a command: a school, by its UAI or as a file of facts; a text; choices of readings. Else one sentence each."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click

from equerre.documents.answer import chosen_options
from equerre.documents.facts_file import read_facts_bytes
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.errors import FactsError, quoted
from equerre.rules.rule import Options

STANDARD_INPUT = "-"


class Given(click.Option):
    """An option whose absence is refused with what to give: ``hint``."""

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hint = hint

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("[required]", "[obligatoire]"))


uai_argument = click.argument("uai", required=False, metavar="[UAI]")
facts_option = click.option(
    "--facts", "path", metavar="FICHIER", help="Un fichier de faits (TOML), ou - pour l'entrée standard."
)


def facts_of(uai: str | None, path: str | None, known_at: datetime | None) -> SchoolFacts:
    """The facts of the school that the registry holds under a UAI, or of a file. Raises :class:`FactsError`."""
    if uai is not None and path is None:
        from equerre.cli.held import held_facts

        return held_facts(uai, known_at)
    if path is not None and uai is None:
        return read_facts(path)
    raise FactsError(["Donnez l'UAI d'une école du registre, ou un fichier de faits avec --facts : l'un des deux."])


def read_facts(path: str) -> SchoolFacts:
    """The facts of a file. Raises :class:`FactsError`."""
    return read_facts_bytes(read_bytes(path), name=shown(path))


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of the standard input; what stops it is said in French."""
    with opened_file(path) as source:
        return source.read()


def opened_file(path: str) -> IO[bytes]:
    """A file, or the standard input, to be read in pieces and more than once; what stops it is said in French."""
    try:
        source = sys.stdin.buffer if path == STANDARD_INPUT else Path(path).open("rb")  # noqa: SIM115 (the caller closes it)
        return source if path != STANDARD_INPUT and source.seekable() else io.BytesIO(source.read())
    except FileNotFoundError:
        said = "n'existe pas. Vérifiez le chemin"
    except IsADirectoryError:
        said = "est un dossier du disque, pas un fichier. Donnez un fichier"
    except PermissionError:
        said = "ne se laisse pas lire : vos droits ne le permettent pas"
    except (OSError, ValueError):
        said = "ne se laisse pas lire. Vérifiez le chemin"
    raise FactsError([f"Le fichier {quoted(path, longest=120)} {said}."])


def read_text(path: str) -> str:
    """The text of a file, in UTF-8."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise FactsError([f"{shown(path)} : ce fichier n'est pas un texte en UTF-8."]) from None


def shown(path: str) -> str:
    """A file as a message names it."""
    return "L'entrée standard" if path == STANDARD_INPUT else quoted(path, longest=120)


def read_options(choices: Sequence[str]) -> Options:
    """``R3=a``, ``R4:tax=b``: the options chosen in place of the defaults."""
    chosen: dict[str, str] = {}
    for choice in choices:
        point, equal, option = choice.partition("=")
        if not equal or not point or not option:
            raise FactsError([f"{quoted(choice)} ne dit pas de lecture. Écrivez par exemple R3=a, ou R4:tax=b."])
        number, colon, use = point.partition(":")
        chosen[f"{number.strip().upper()}{colon}{use.strip()}"] = option.strip().lower()
    return chosen_options(chosen)


readings_option = click.option(
    "--reading",
    "choices",
    multiple=True,
    metavar="R3=a",
    help="Prendre une autre option d'une lecture. Autant de fois qu'il en faut.",
)
