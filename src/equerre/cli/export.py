"""``equerre export``: what the registry holds goes out, in a form that it reads back."""

from __future__ import annotations

import click

from equerre.cli.french import CommandGroup

EXPORTS = {"schools": ("equerre.cli.export_schools", "Les écoles et ce que l'on en sait, dans le modèle d'Équerre.")}


@click.command("export", cls=CommandGroup, lazy=EXPORTS, help="Faire sortir du registre ce qu'il tient.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Asked for nothing, it shows its help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
