"""``equerre import undo``: a delivery taken back, whole; without a number, those that were read."""

from __future__ import annotations

import json
import sys

import click

from equerre.cli.french import REFUSED, Command, form_option, printable, refuse
from equerre.cli.importing import AUTHOR, dry_run_option
from equerre.cli.registry import opened
from equerre.kernel import clock


@click.command(
    "undo",
    cls=Command,
    help="Retirer une livraison entière, par son numéro : ce qu'elle disait n'est plus tenu, ce qu'elle avait terminé l'est de "
    "nouveau, et l'histoire garde tout. Sans numéro, montrer les livraisons lues.",
)
@click.argument("number", metavar="[NUMÉRO]", required=False, type=int)
@dry_run_option
@form_option
def command(number: int | None, dry_run: bool, form: str) -> None:
    """Show the deliveries, or withdraw one and report."""
    with opened():
        from equerre.imports import undoing
        from equerre.imports.running import ImportRefused

        if number is None:
            read = undoing.deliveries()
            if form == "json":
                click.echo(json.dumps([undoing.as_data(delivery) for delivery in read], ensure_ascii=False, indent=2))
                return
            for delivery in read:
                click.echo(printable(f"{undoing.named(delivery)}."))
            if not read:
                click.echo("Aucune livraison n'a été lue.")
            return
        try:
            report = undoing.undo(number, author=AUTHOR, recorded_at=clock.now(), dry_run=dry_run)
        except ImportRefused as error:
            if form == "json":
                click.echo(json.dumps(error.report.as_data(), ensure_ascii=False, indent=2))
                sys.exit(REFUSED)
            refuse(*map(str, error.report.refused))
    if form == "json":
        click.echo(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
        return
    for line in report.lines():
        click.echo(printable(line))
