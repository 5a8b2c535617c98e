"""``equerre import rncp``: certifications, from the kit apprentissage or from the exports of France compétences."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from equerre.cli.french import REFUSED, Command, form_option, printable, refuse
from equerre.cli.importing import (
    AUTHOR,
    by_the_database,
    dry_run_option,
    keep_good_option,
    nothing_written,
    refuse_the_demo,
)
from equerre.cli.moments import DAY, as_day
from equerre.cli.registry import opened
from equerre.kernel import clock
from equerre.kernel.french import counted

if TYPE_CHECKING:
    from equerre.imports.report import Report
    from equerre.imports.rncp.deliveries import DeliveryRead

# As many refusals as one reads on a terminal; --format json gives them all.
_SHOWN = 50


@click.command(
    "rncp",
    cls=Command,
    help="Faire entrer les fiches du RNCP : le kit apprentissage (CSV ou XLSX), l'export CSV de France compétences (zip ou "
    "dossier), son export XML. Le contenu dit ce que c'est ; le nom du fichier dit son jour. Ce qu'une livraison dit n'efface "
    "jamais ce qu'une autre a dit.",
)
@click.argument("paths", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--date", "dated_on", callback=as_day, metavar=DAY, help="Le jour de la livraison, quand son nom ne le dit pas."
)
@dry_run_option
@keep_good_option
@form_option
def command(paths: tuple[Path, ...], dated_on: date | None, dry_run: bool, keep_good: bool, form: str) -> None:
    """Read all that is given, write it in the order of the days, report on each delivery."""
    with opened():
        refuse_the_demo()
        from equerre.imports.rncp import deliveries
        from equerre.imports.running import ImportRefused

        reads: Sequence[DeliveryRead] = ()
        try:
            with _shown() as tell:
                reads = deliveries.read(paths, read_on=clock.today(), dated_on=dated_on, tell=tell)
                reports = deliveries.bring_in(
                    reads,
                    author=AUTHOR,
                    recorded_at=clock.now(),
                    dry_run=dry_run,
                    keep_good=keep_good,
                    tell=tell,
                )
        except ImportRefused as error:
            report = error.report
            if form == "json":
                click.echo(_json([report]))
                sys.exit(REFUSED)
            refused = sorted(report.refused)
            rest = len(refused) - _SHOWN
            more = (
                [f"… et {counted(rest, 'autre point', 'autres points')} : --format json les donne tous."]
                if rest > 0
                else []
            )
            refuse(
                *map(str, refused[:_SHOWN]),
                *more,
                *report.remarks,
                nothing_written(
                    report,
                    # A delivery that is refused whole stops everything.
                    keepable=not keep_good
                    and not by_the_database(error)
                    and all(read.parsed.rows or not read.parsed.refused for read in reads),
                ),
            )
    if form == "json":
        click.echo(_json(reports))
        return
    for report in reports:
        for line in report.lines():
            click.echo(printable(line))


def _json(reports: Sequence[Report]) -> str:
    return json.dumps([report.as_data() for report in reports], ensure_ascii=False, indent=2)


@contextmanager
def _shown() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each thing that is read or written, on the error output, when somebody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    watched = Console(stderr=True)
    if not watched.is_terminal:
        yield lambda what, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=watched, transient=True) as bar:
        tasks: dict[str, object] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(printable(what), total=total)
            bar.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield tell
