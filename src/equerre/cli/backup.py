"""``equerre backup``: the whole database in one file, which ``equerre restore`` reads back, on either database."""

from __future__ import annotations

from pathlib import Path

import click

from equerre.cli.french import Command
from equerre.cli.registry import opened
from equerre.kernel.french import counted


@click.command("backup", cls=Command, help="Sauvegarder toute la base dans un fichier, qui ne doit pas exister encore.")
@click.argument("path", metavar="FICHIER")
def command(path: str) -> None:
    """Write, and say what to know of the file."""
    with opened():
        from equerre.cli.archive import write

        rows = write(Path(path))
    click.echo(
        f"La base est sauvegardée : {counted(rows, 'ligne')}. Ce fichier se garde comme la base : il nomme des personnes."
    )
