"""``equerre migrate``: bring the database to this version. Made when it is not there; nothing to do when it is up to date."""

from __future__ import annotations

import click

from equerre.cli.french import Command
from equerre.cli.registry import opened, refuse_another_version, waiting
from equerre.kernel.french import counted


@click.command("migrate", cls=Command, help="Préparer la base, ou la mettre à jour.")
def command() -> None:
    """Each migration is a transaction: one that fails leaves the database as the one before left it."""
    with opened(as_it_is=True):
        from django.core.management import call_command

        refuse_another_version()
        found = waiting()
        call_command("migrate", interactive=False, verbosity=0)
    if found:
        click.echo(f"La base est prête : {counted(len(found), 'migration faite', 'migrations faites')}.")
    else:
        click.echo("La base est à jour : rien à faire.")
