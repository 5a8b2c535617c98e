"""``equerre import``: the world comes in, one outside source a command."""

from __future__ import annotations

import click

from equerre.cli.french import CommandGroup

# Name, module and what it is for, in the order in which one meets them.
SOURCES = {
    "rncp": ("equerre.cli.import_rncp", "Les certifications : kit apprentissage, exports de France compétences."),
    "directory": ("equerre.cli.import_directory", "L'annuaire de l'éducation : noms, adresses, couples UAI–SIRET."),
    "schools": ("equerre.cli.import_schools", "Vos écoles, dans un modèle à remplir."),
    "undo": ("equerre.cli.import_undo", "Retirer une livraison entière."),
}


@click.command("import", cls=CommandGroup, lazy=SOURCES, help="Faire entrer dans le registre ce que disent d'autres.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Asked for nothing, it shows its help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
