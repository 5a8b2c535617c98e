"""``equerre schema``: the published JSON Schema (2020-12) of a file of facts, of an answer, of a dossier."""

from __future__ import annotations

import click

from equerre.cli.french import Command, among
from equerre.documents.schemas import stored


@click.command("schema", cls=Command, help="Écrire un schéma JSON (2020-12).")
@click.argument("name", metavar="NOM", callback=among("Le schéma", ("facts", "answer", "dossier")))
def command(name: str) -> None:
    """Print the stored copy."""
    click.echo(stored(name), nl=False)
