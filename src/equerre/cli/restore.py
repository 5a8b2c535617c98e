"""``equerre restore``: a backup back into an empty database of the same version. All of it, or nothing."""

from __future__ import annotations

from pathlib import Path

import click

from equerre.cli.french import Command
from equerre.cli.registry import opened
from equerre.kernel import clock
from equerre.kernel.french import counted


@click.command("restore", cls=Command, help="Restaurer une sauvegarde dans une base neuve.")
@click.argument("path", metavar="FICHIER")
def command(path: str) -> None:
    """Read, check, write in one transaction."""
    with opened():
        from equerre.cli.archive import restore

        rows = restore(Path(path), clock.now())
    click.echo(f"La sauvegarde est restaurée : {counted(rows, 'ligne')}.")
