"""``equerre articles``: the articles that rules cite, and the wording of each on a day."""

from __future__ import annotations

from datetime import date

import click

from equerre.cli.french import Command, form_option
from equerre.cli.moments import DAY, as_day, or_today
from equerre.documents.answer import canonical
from equerre.documents.law_tables import articles, articles_page


@click.command("articles", cls=Command, help="Montrer les articles cités et leur rédaction un jour donné.")
@click.option("--on", callback=as_day, metavar=DAY, help="Le jour demandé. Aujourd'hui si vous ne dites rien.")
@form_option
def command(on: date | None, form: str) -> None:
    """Look up, print."""
    found = articles(or_today(on))
    if form == "json":
        click.echo(canonical(found), nl=False)
    else:
        from equerre.cli.terminal import show

        show(articles_page(found))
