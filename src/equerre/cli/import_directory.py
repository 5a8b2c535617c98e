"""``equerre import directory``: names, addresses and couples UAI–SIRET of our schools, from the ministry's directory."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

import click

from equerre.cli.french import Command, form_option
from equerre.cli.given import opened_file
from equerre.cli.importing import AUTHOR, dry_run_option, keep_good_option, refuse_the_demo, reported
from equerre.cli.moments import DAY, as_day
from equerre.cli.registry import opened
from equerre.kernel import clock


@click.command(
    "directory",
    cls=Command,
    help="Compléter les écoles du registre d'après l'annuaire de l'éducation (CSV), par leur UAI. Ce qui contredit le registre "
    "est proposé, pour que quelqu'un tranche. Aucune école n'en est tirée.",
)
@click.argument("path", metavar="FICHIER")
@click.option(
    "--date",
    "dated_on",
    callback=as_day,
    metavar=DAY,
    help="Le jour du fichier. Sinon, la dernière mise à jour d'une ligne.",
)
@dry_run_option
@keep_good_option
@form_option
def command(path: str, dated_on: date | None, dry_run: bool, keep_good: bool, form: str) -> None:
    """Read the file, write what it says of our schools, report."""
    with opened_file(path) as source, opened():
        refuse_the_demo()
        from equerre.imports import directory

        reported(
            lambda progress: directory.bring(
                source,
                PurePath(path).name,
                author=AUTHOR,
                recorded_at=clock.now(),
                dated_on=dated_on,
                dry_run=dry_run,
                keep_good=keep_good,
                progress=progress,
            ),
            form,
            lambda: not keep_good and directory.keepable(source, PurePath(path).name, clock.today(), dated_on),
        )
