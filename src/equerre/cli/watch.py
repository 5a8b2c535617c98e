"""``equerre watch``: what ends, before it ends."""

from __future__ import annotations

import click

from equerre.cli.french import CommandGroup

WATCHES = {
    "certifications": ("equerre.cli.watch_certifications", "Les formations dont la fiche RNCP prend fin."),
}


@click.command("watch", cls=CommandGroup, lazy=WATCHES, help="Veiller sur ce qui prend fin, école par école.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Asked for nothing, it shows its help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
