"""``equerre demo``: load the demo year, 72 fictional schools, into an empty registry. Once: then there is nothing to do."""

from __future__ import annotations

import click

from equerre.cli.french import Command
from equerre.cli.registry import opened


@click.command("demo", cls=Command, help="Charger l'année d'essai : 72 écoles fictives.")
def command() -> None:
    """Invented schools are never laid beside real ones: ``load`` refuses a registry that holds anything."""
    with opened():
        from equerre import demo

        if demo.already_loaded():
            click.echo("L'année d'essai est déjà chargée : rien à faire.")
            return
        written = demo.load()
    click.echo(f"L'année d'essai est chargée : {written['schools']} écoles fictives.")
