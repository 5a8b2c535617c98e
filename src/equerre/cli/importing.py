"""What every import shares on the command line: its options, its progress, its report on the terminal or as JSON.

A refusal leaves with code 2 and says all that is wrong, each with its place; a trial (``--dry-run``) says what a real run would.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from equerre.cli.french import REFUSED, printable, refuse
from equerre.kernel.errors import FactsError
from equerre.kernel.french import counted

if TYPE_CHECKING:
    from equerre.imports.report import Report
    from equerre.imports.running import ImportRefused

# Who writes: the command, on behalf of whoever may run it on this machine.
AUTHOR = "command"

dry_run_option = click.option("--dry-run", is_flag=True, help="Tout faire, dire ce qui changerait, et ne rien écrire.")
keep_good_option = click.option(
    "--keep-good", is_flag=True, help="Écrire ce qui est bon et laisser le reste, au lieu de tout refuser."
)

OF_TRIAL = (
    "Ce que vous donnez irait dans le registre d'essai que « make demo » a laissé ici, parmi des écoles inventées. Dites où "
    "est le vôtre : EQUERRE_HOME=dossier, ou DATABASE_URL. Pour essayer là quand même : EQUERRE_HOME=.demo."
)


def refuse_the_demo() -> None:
    """What is real never lands among invented schools because a demonstration was tried before. Asked once Django is set up."""
    from django.conf import settings

    if settings.OF_TRIAL:
        raise FactsError([OF_TRIAL])


@contextmanager
def shown_progress() -> Iterator[Callable[[int], None]]:
    """A count of what is done, on the error output, when somebody watches."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    watched = Console(stderr=True)
    bar = Progress(SpinnerColumn(), TextColumn("{task.completed} lignes"), console=watched, transient=True)
    if not watched.is_terminal:
        yield lambda done: None
        return
    with bar:
        task = bar.add_task("")
        yield lambda done: bar.update(task, completed=done)


def by_the_database(error: ImportRefused) -> bool:
    """Did the database, or its disk, refuse? Then no line of the file is wrong."""
    from django.db import OperationalError

    return isinstance(error.__cause__, OperationalError)


def nothing_written(report: Report, *, keepable: bool) -> str:
    """The last sentence of a refusal. ``keepable``: something would be kept with ``--keep-good``."""
    said = f"{report.source} : rien n'a été écrit. Corrigez {counted(len(report.refused), 'point')}"
    return f"{said}, ou gardez ce qui est bon avec --keep-good." if keepable else f"{said}, puis recommencez."


def reported(
    work: Callable[[Callable[[int], None]], Report], form: str, keepable: Callable[[], bool] = lambda: False
) -> None:
    """Run one import and print its report. ``form`` is ``text`` or ``json``.

    ``keepable`` is asked of a refusal: would ``--keep-good`` keep something?
    """
    from equerre.imports.running import ImportRefused

    try:
        with shown_progress() as progress:
            report = work(progress)
    except ImportRefused as error:
        report = error.report
        if form == "json":
            click.echo(_json(report))
            sys.exit(REFUSED)
        refuse(
            *map(str, sorted(report.refused)),
            *report.remarks,
            nothing_written(report, keepable=not by_the_database(error) and keepable()),
        )
    if form == "json":
        click.echo(_json(report))
        return
    for line in report.lines():
        click.echo(printable(line))


def _json(report: Report) -> str:
    data: Any = report.as_data()
    return json.dumps(data, ensure_ascii=False, indent=2)
