"""``equerre check``: is this installation fit to serve? One line for each thing that is missing; exit code 1 then.

What stops every command (a database that is away, of another version) is a refusal like elsewhere, with exit code 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from equerre.cli.french import Command
from equerre.cli.registry import opened
from equerre.cli.serve import alone_in_public
from equerre.kernel.french import counted, listed

UNFIT = 1

# What Django says in English of a server without HTTPS: one sentence of ours for all.
_WITHOUT_HTTPS = {"security.W004", "security.W008", "security.W012", "security.W016"}
_HTTPS = "Sans HTTPS, servez cette machine seule ; derrière HTTPS, écrivez EQUERRE_HTTPS=oui."
_PROXIES = (
    "Ce serveur est derrière HTTPS et EQUERRE_PROXIES n'est pas donné : derrière un serveur mandataire, tous les visiteurs "
    "comptent pour un seul. Écrivez combien de mandataires vous avez, ou 0."
)
_SENTENCES = {
    "security.W018": "EQUERRE_DEBUG vaut oui : les erreurs montrent le code et les données à tous. Écrivez non.",
    "security.W020": "EQUERRE_HOSTS ne nomme aucun serveur : écrivez les noms sous lesquels on l'atteint.",
    "security.W009": "La clé est trop faible : effacez le fichier secret-key, une autre sera faite.",
}


# What a server that others reach must say of itself, and where it is read.
_SAID_TO_OTHERS = {
    "ADDRESS": "EQUERRE_ADDRESS manque : écrivez l'adresse publique de ce serveur (https://…), que disent flux et plan du site.",
    "PUBLISHER": "EQUERRE_PUBLISHER manque : écrivez qui publie ce serveur et comment le joindre, pour /mentions-legales.",
    "HOSTING": "EQUERRE_HOSTING manque : écrivez qui héberge ce serveur, pour /mentions-legales.",
    "SECURITY_CONTACT": "EQUERRE_SECURITY manque : écrivez à qui signaler une faille (mailto:… ou https://…), pour security.txt.",
}
_HERE = {"127.0.0.1", "localhost", "::1", "[::1]"}
_ANY_NAME = (
    "EQUERRE_HOSTS vaut * : qui envoie un autre nom le voit repris dans les adresses des pages. Écrivez les noms sous lesquels "
    "on atteint ce serveur."
)


@click.command("check", cls=Command, help="Vérifier que la base et les réglages sont en état de servir.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """The database, its version, its constraints, the settings."""
    with opened():
        from django.db import connection

        click.echo(f"■ La base répond ({connection.display_name}) et elle est de cette version.")
        faults = list(_faults())
        advice = _advice()
    for sentence in faults:
        click.echo(f"◆ {sentence}")
    for sentence in advice:
        click.echo(f"▸ {sentence}")
    if faults:
        click.echo(f"{counted(len(faults), 'point')} à régler.")
        ctx.exit(UNFIT)
    click.echo("Tout est en état de servir.")


def _faults() -> Iterator[str]:
    """What must not be so."""
    from django.core.checks import ERROR, run_checks

    from equerre.cli.soundness import damage, damaged_indexes, differences
    from equerre.registry.overlap import absent

    other = list(differences())
    broken = [] if other else [*damage(), *damaged_indexes()]
    yield from (*other, *broken)
    if not other:
        click.echo("■ Les tables sont celles de cette version.")
        if not broken:
            click.echo("■ Chaque ligne se relit : rien n'est abîmé.")
    missing = absent()
    if missing:
        yield (
            f"Il manque {counted(len(missing), 'contrainte')} qui empêchent deux faits de se contredire ({listed(missing)}) : "
            "restaurez une sauvegarde, ou voyez qui a touché à la base."
        )
    else:
        click.echo("■ Aucun fait ne peut en contredire un autre : chaque table porte sa contrainte.")
    for message in run_checks(include_deployment_checks=True):
        if message.level >= ERROR and not message.is_silenced():
            yield f"{message.id} : {message.msg}"
    yield from faults_of_settings()


def faults_of_settings() -> Iterator[str]:
    from django.conf import settings

    if "*" in settings.ALLOWED_HOSTS:
        yield _ANY_NAME
    if not _only_here():
        yield from _unsaid()
    key = Path(settings.HOME, "secret-key")
    signs = key.exists() and key.read_text("utf-8").strip() == settings.SECRET_KEY  # else a variable gives it
    if signs and key.stat().st_mode & 0o077:
        yield f"D'autres comptes de cette machine peuvent lire la clé {key} : lancez « chmod 600 {key} »."


def _only_here() -> bool:
    """Does this machine alone reach the server? Then nobody else reads who publishes it."""
    from django.conf import settings

    return set(settings.ALLOWED_HOSTS) <= _HERE


def _unsaid() -> list[str]:
    from django.conf import settings

    return [sentence for name, sentence in _SAID_TO_OTHERS.items() if not getattr(settings, name)]


def _advice() -> list[str]:
    """What is better otherwise: said, and no fault of this machine."""
    from django.conf import settings
    from django.core.checks import ERROR, run_checks

    from equerre.cli.soundness import NO_AMCHECK, indexes_can_be_read

    found = [
        message
        for message in run_checks(include_deployment_checks=True)
        if message.level < ERROR and not message.is_silenced()
    ]
    said = _unsaid() if _only_here() else []
    if not indexes_can_be_read():
        said.append(NO_AMCHECK)
    # Behind a proxy that is not counted, everybody is one caller.
    if settings.HTTPS and not settings.PROXIES_SAID:
        said.append(_PROXIES)
    said += alone_in_public()
    # A database in a file holds persons and private notes; one made by an older tool, or copied, may be open to all.
    base = settings.DATABASES["default"]
    file = Path(base["NAME"])
    if "sqlite" in base["ENGINE"] and file.exists() and file.stat().st_mode & 0o077:
        said.append(f"D'autres comptes de cette machine peuvent lire {file} : lancez « chmod 600 {file} ».")
    said += [_HTTPS for message in found if message.id in _WITHOUT_HTTPS]
    said += [
        _SENTENCES.get(str(message.id), f"{message.id} : {message.msg}")
        for message in found
        if message.id not in _WITHOUT_HTTPS
    ]
    return list(dict.fromkeys(said))
