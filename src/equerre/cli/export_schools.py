"""``equerre export schools``: all that is held of the schools, in the template that ``equerre import schools`` reads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from equerre.cli.explain import known_option
from equerre.cli.french import Command
from equerre.cli.registry import RegistryError, opened
from equerre.kernel.french import counted

if TYPE_CHECKING:
    from equerre.imports.schools.book import Filled

WORKBOOK = ".xlsx"


@click.command(
    "schools",
    cls=Command,
    help="Écrire les écoles et ce que l'on en sait dans le modèle d'Équerre : un classeur (nom en .xlsx), ou un dossier "
    "de fichiers CSV. Relu dans un registre vide, il donne les mêmes constats.",
)
@click.argument("path", metavar="FICHIER.xlsx|DOSSIER")
@known_option
def command(path: str, known_at: datetime | None) -> None:
    """Gather, write, and say what to know of the file."""
    with opened():
        from equerre.cli.archive import one_instant
        from equerre.imports.schools.export import filled

        with one_instant():
            sheets = filled(known_at)
        write_new(Path(path), sheets)
    count = counted(sum(len(sheet.rows) for sheet in sheets), "ligne")
    click.echo(
        f"Les écoles sont écrites dans {path} : {count}. Ce fichier dit des faits qui ne sont jamais publics (agréments des "
        "personnes, coordonnées bancaires) : gardez-le pour vous."
    )


def write_new(path: Path, sheets: Sequence[Filled]) -> None:
    """A workbook, or a folder of CSV files: whole, or not at all. It must not exist yet. Readable by its owner alone."""
    from equerre.imports.schools.book import csv_files, xlsx

    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with _said_of(path):
        if os.path.lexists(path):
            raise FileExistsError
        if path.suffix.lower() == WORKBOOK:
            _write_file(draft, xlsx(sheets))
        else:
            draft.mkdir(mode=0o700)
            for name, data in csv_files(sheets).items():
                _write_file(draft / name, data)
        draft.rename(path)


def _write_file(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """One sentence for each way in which a file cannot be written; a draft is never left behind."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield
    except FileExistsError as error:
        raise RegistryError(f"{path} existe déjà : donnez un autre nom, ou déplacez-le.") from error
    except FileNotFoundError as error:
        raise RegistryError(f"Le dossier de {path} n'existe pas : vérifiez le chemin.") from error
    except OSError as error:
        raise RegistryError(
            f"{path} ne se laisse pas écrire : vérifiez vos droits et la place sur le disque."
        ) from error
    finally:
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)
