"""``equerre import schools``: bring your own schools, in a template that one fills (XLSX, or a folder of CSV files)."""

from __future__ import annotations

from pathlib import Path

import click

from equerre.cli.export_schools import write_new
from equerre.cli.french import Command, form_option
from equerre.cli.given import read_bytes
from equerre.cli.importing import AUTHOR, dry_run_option, keep_good_option, refuse_the_demo, reported
from equerre.cli.registry import opened
from equerre.kernel import clock
from equerre.kernel.errors import FactsError


@click.command(
    "schools",
    cls=Command,
    help="Donner vos écoles et ce que l'on en sait, dans le modèle d'Équerre : un classeur XLSX, ou un dossier de fichiers CSV.",
)
@click.argument("path", metavar="[FICHIER|DOSSIER]", required=False)
@click.option(
    "--template",
    "wanted",
    metavar="FICHIER.xlsx|DOSSIER",
    help="Écrire le modèle vide, à remplir. Le fichier ne doit pas exister encore.",
)
@dry_run_option
@keep_good_option
@form_option
def command(path: str | None, wanted: str | None, dry_run: bool, keep_good: bool, form: str) -> None:
    """Write the template, or read one that is filled."""
    if (path is None) == (wanted is None):
        raise FactsError(
            [
                "Donnez un fichier ou un dossier rempli, ou --template FICHIER.xlsx pour écrire le modèle, et pas les deux."
            ]
        )
    if path is not None:
        with opened():
            refuse_the_demo()
            from equerre.imports.schools import load
            from equerre.imports.schools.reading import parse
            from equerre.imports.schools.rows import files

            given = files(Path(path)) if Path(path).is_dir() else {Path(path).name: read_bytes(path)}
            reported(
                lambda progress: load.bring(
                    given,
                    Path(path).name,
                    author=AUTHOR,
                    recorded_at=clock.now(),
                    dry_run=dry_run,
                    keep_good=keep_good,
                    progress=progress,
                ),
                form,
                lambda: not keep_good and bool(parse(given, load.held(), read_on=clock.today()).rows),
            )
        return
    assert wanted is not None
    with opened(as_it_is=True):
        from equerre.imports.schools.book import blank_template

        write_new(Path(wanted), blank_template())
    click.echo(f"Le modèle est écrit : {wanted}. Sa première feuille, et docs/importer.md, disent comment le remplir.")
