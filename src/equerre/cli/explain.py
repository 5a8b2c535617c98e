"""``equerre explain``: the chain of one school on one day, for one reader, as a page, an answer, a dossier or a file of facts.

The school is one of the registry, by its UAI, or the one of a file of facts: then neither a database nor Django is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click

from equerre.cli.french import Command, among
from equerre.cli.given import facts_of, facts_option, read_options, readings_option, uai_argument
from equerre.cli.moments import DAY, INSTANT, as_day, as_instant, or_today
from equerre.documents.answer import answer, canonical
from equerre.documents.dossier import dossier
from equerre.documents.facts_file import write_facts
from equerre.documents.labels import READERS
from equerre.documents.voices import page
from equerre.rules.chain import explain
from equerre.rules.doubt import measure

on_option = click.option(
    "--on", callback=as_day, metavar=DAY, help="Le jour demandé. Aujourd'hui si vous ne dites rien."
)
known_option = click.option(
    "--known-at",
    callback=as_instant,
    metavar=INSTANT,
    help="Ce qu'on savait à cet instant, et non ce qu'on tient pour vrai aujourd'hui. Un jour seul vaut jusqu'à son soir.",
)


@click.command("explain", cls=Command, help="Expliquer la chaîne d'une école, un jour donné.")
@uai_argument
@facts_option
@on_option
@known_option
@click.option(
    "--reader",
    callback=among("Le lecteur", tuple(READERS)),
    metavar=f"[{'|'.join(READERS)}]",
    default="school",
    help="Pour l'école, en mots simples ; pour l'agent, en grille ; pour le juge, l'arbre entier.",
)
@readings_option
@click.option("--robust", is_flag=True, help="Montrer chaque constat sous chaque option de chaque lecture.")
@click.option(
    "--format",
    "form",
    callback=among("Le format", ("text", "json", "dossier", "facts")),
    metavar="[text|json|dossier|facts]",
    default="text",
    help="text, une page ; json, la réponse ; dossier, de quoi la rejouer ; facts, le fichier de faits.",
)
def command(
    uai: str | None,
    path: str | None,
    on: date | None,
    known_at: datetime | None,
    reader: str,
    choices: Sequence[str],
    robust: bool,
    form: str,
) -> None:
    """Read, explain, measure, print."""
    options = read_options(choices)
    facts = facts_of(uai, path, known_at)
    if form == "facts":
        click.echo(write_facts(facts.as_known(known_at)), nl=False)
        return
    chain = explain(facts, or_today(on), known_at=known_at, readings=options)
    doubts = measure(chain)
    if form == "dossier":
        click.echo(canonical(dossier(chain, doubts)), nl=False)
    elif form == "json":
        click.echo(canonical(answer(chain, doubts)), nl=False)
    else:
        from equerre.cli.terminal import show

        show(page(answer(chain, doubts), reader, robust=robust))
