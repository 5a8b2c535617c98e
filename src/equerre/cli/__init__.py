"""The command ``equerre``: a school and a day in, the chain explained out; and the registry kept. French for people.

One module a command, loaded when it is asked for: ``equerre id`` never loads the rules, and what asks nothing of the registry
never loads Django. Exit codes: 0 all is well; 1 a dossier differs from what is computed again, or the installation is unfit; 2
something given is wrong, said in one sentence each on the error output.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from equerre import __version__
from equerre.cli.french import CommandGroup, said_version

# Name, module and what it is for, in the order in which one meets them.
COMMANDS = {
    "explain": ("equerre.cli.explain", "Expliquer la chaîne d'une école, un jour donné."),
    "what-if": ("equerre.cli.what_if", "Changer un fait ou le jour, et voir ce qui change."),
    "verify": ("equerre.cli.verify", "Rejouer un dossier et dire ce qui diffère."),
    "facts": ("equerre.cli.facts", "Partir d'un modèle de fichier de faits, ou en relire un."),
    "articles": ("equerre.cli.articles", "Montrer les articles cités et leur rédaction un jour donné."),
    "readings": ("equerre.cli.readings", "Montrer les doutes de lecture et ce qu'Équerre en fait."),
    "id": ("equerre.cli.identifier", "Vérifier un numéro : UAI, SIRET, RNCP…"),
    "list": ("equerre.cli.annual_list", "Montrer la liste annuelle d'une année de signature."),
    "doubts": ("equerre.cli.doubts", "Compter les écoles qui tiennent à chaque lecture."),
    "migrate": ("equerre.cli.migrate", "Préparer la base du registre, ou la mettre à jour."),
    "demo": ("equerre.cli.demo", "Charger l'année d'essai : 72 écoles fictives."),
    "import": ("equerre.cli.import_", "Faire entrer ce que disent d'autres : fiches, annuaire, vos écoles."),
    "watch": ("equerre.cli.watch", "Veiller sur ce qui prend fin : les fiches des formations."),
    "export": ("equerre.cli.export", "Faire sortir les écoles, dans un fichier que l'on relit."),
    "serve": ("equerre.cli.serve", "Servir les pages."),
    "check": ("equerre.cli.check", "Vérifier la base et les réglages."),
    "backup": ("equerre.cli.backup", "Sauvegarder la base dans un fichier."),
    "restore": ("equerre.cli.restore", "Restaurer une sauvegarde."),
    "schema": ("equerre.cli.schema", "Écrire le schéma JSON d'un fichier de faits, d'une réponse, d'un dossier."),
}


@click.command(
    "equerre",
    cls=CommandGroup,
    lazy=COMMANDS,
    help="Équerre explique, pour un jour donné, où en est une école de production : de l'ouverture au solde de la taxe "
    "d'apprentissage, article par article. Il montre ce que disent les textes ; il ne décide de rien.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=said_version(__version__),
    help="Montrer la version et sortir.",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Asked for nothing, it shows its help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> Any:
    """The entry point: the same bytes on every machine, so the output is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return command()
