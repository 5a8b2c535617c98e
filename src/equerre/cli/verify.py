"""``equerre verify``: a dossier computed again, byte for byte. Exit code 1 when something differs."""

from __future__ import annotations

from hashlib import sha256

import click

from equerre.cli.french import Command, printable
from equerre.cli.given import read_text, shown
from equerre.documents.dossier import verify
from equerre.kernel.french import counted

DIFFERENT = 1


@click.command("verify", cls=Command, help="Rejouer un dossier, et dire ce qui diffère. - lit l'entrée standard.")
@click.argument("path", metavar="FICHIER")
@click.pass_context
def command(ctx: click.Context, path: str) -> None:
    """Recompute, compare, say."""
    text = read_text(path)
    found = verify(text)
    if not found:
        click.echo(f"{printable(shown(path))} : le dossier se rejoue à l'identique, octet pour octet.")
        click.echo(f"SHA-256 du fichier : {sha256(text.encode()).hexdigest()}")
        return
    click.echo(f"{printable(shown(path))} : {counted(len(found), 'différence')}.")
    for difference in found:
        click.echo(f"- {printable(difference)}")
    ctx.exit(DIFFERENT)
