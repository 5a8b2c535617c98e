"""``equerre facts``: a commented template to start from, or a file read again with all that is wrong in it."""

from __future__ import annotations

from dataclasses import fields

import click

from equerre.cli.french import Command, printable
from equerre.cli.given import read_facts, shown
from equerre.documents.facts_file.template import template
from equerre.kernel.errors import FactsError
from equerre.kernel.french import counted
from equerre.kernel.invisible import OTHER_ALPHABET, foreign_said


@click.command("facts", cls=Command, help="Partir d'un modèle de fichier de faits, ou en relire un.")
@click.option("--template", "wanted", is_flag=True, help="Écrire un modèle commenté, à compléter.")
@click.option("--check", "path", metavar="FICHIER", help="Relire un fichier de faits. - lit l'entrée standard.")
def command(wanted: bool, path: str | None) -> None:
    """Write the template, or read a file."""
    if wanted == (path is not None):
        raise FactsError(["Choisissez --template, qui écrit un modèle, ou --check FICHIER, qui relit un fichier."])
    if path is None:
        click.echo(template(), nl=False)
        return
    facts = read_facts(path)
    count = counted(sum(1 for _ in facts.facts()), "fait")
    click.echo(printable(f"{shown(path)} : tout se lit. {facts.name} ({facts.uai}), {count}."))
    held = (getattr(fact.value, field.name) for fact in facts.facts() for field in fields(fact.value))
    texts = (text for text in (facts.name, *held) if isinstance(text, str))
    for seen in dict.fromkeys(filter(None, map(foreign_said, texts))):
        click.echo(printable(f"▸ {seen}. {OTHER_ALPHABET}."))
