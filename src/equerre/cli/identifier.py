"""``equerre id``: what a number says, or what is wrong with it. Loads its own norm and nothing else."""

from __future__ import annotations

import click

from equerre.cli.french import Command, among, printable
from equerre.kernel.errors import quoted
from equerre.kernel.identifiers import KINDS


@click.command(
    "id",
    cls=Command,
    help="Vérifier un numéro, et dire tout ce qu'il dit.",
    epilog="\b\nSORTE       ce que c'est, et un exemple\n"
    + "\n".join(f"{kind.key:<12}{kind.meaning}, {kind.example}" for kind in KINDS.values()),
)
@click.argument("kind", metavar="SORTE", callback=among("La sorte de numéro", tuple(KINDS)))
@click.argument("number", metavar="NUMÉRO")
def command(kind: str, number: str) -> None:
    """Explain, print. An :class:`IdentifierError` is the refusal itself."""
    lines = KINDS[kind].explain(number)
    if number != number.upper() and KINDS[kind].validate(number).isupper():
        lines = [*lines, ("Écriture", f"{quoted(number)}, lu en majuscules")]
    width = max(len(label) for label, _ in lines)
    for label, value in lines:
        click.echo(f"{printable(label).ljust(width)}  {printable(value)}".rstrip())
