"""``equerre readings``: the doubts of law, their options, the one taken, and the rules that take them."""

from __future__ import annotations

import click

from equerre.cli.french import Command, form_option
from equerre.documents.answer import canonical
from equerre.documents.law_tables import readings, readings_page


@click.command("readings", cls=Command, help="Montrer les doutes de lecture et ce qu'Équerre en fait.")
@form_option
def command(form: str) -> None:
    """Look up, print."""
    found = readings()
    if form == "json":
        click.echo(canonical(found), nl=False)
    else:
        from equerre.cli.terminal import show

        show(readings_page(found))
