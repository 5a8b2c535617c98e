"""What every command on the registry does first: Django, the database, its migrations. Each refusal is one French sentence.

Django is imported here, when such a command runs, and nowhere else in ``cli``: ``equerre id`` and ``equerre explain --facts``
work without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from equerre import __version__
from equerre.kernel.errors import EquerreError
from equerre.kernel.french import counted, listed

SETTINGS = "equerre.config.settings"
NO_DJANGO = (
    "Cette commande a besoin de la partie serveur d'Équerre, qui n'est pas installée : installez « equerre[server] »."
)
NO_DRIVER = (
    "DATABASE_URL désigne PostgreSQL, et son pilote n'est pas installé : installez « equerre[server,postgres] », ou retirez "
    "DATABASE_URL pour travailler sur SQLite."
)


class RegistryError(EquerreError):
    """The registry cannot be opened as it is, and what to do."""


@contextmanager
def opened(*, as_it_is: bool = False) -> Iterator[None]:
    """The registry, ready to be read and written: the database answers, and it is of this version.

    ``as_it_is``: whatever its version, for the commands that look at it or bring it to this one.
    """
    _django()
    with said_plainly():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not as_it_is:
            refuse_another_version()
            found = waiting()
            if found:
                raise RegistryError(
                    f"La base n'est pas prête : {counted(len(found), 'migration')} à faire ({_some(found)}). "
                    "Lancez « equerre migrate »."
                )
        yield


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        import django
        from django.core.exceptions import ImproperlyConfigured
    except ModuleNotFoundError as error:
        raise RegistryError(NO_DJANGO) from error
    try:
        django.setup()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "equerre":
            raise
        raise RegistryError(NO_DJANGO) from error
    except ImproperlyConfigured as error:
        if "psycopg" in str(error):
            raise RegistryError(NO_DRIVER) from error
        raise


# --- What the database says, in our words --------------------------------------------------------------------------------


@contextmanager
def said_plainly() -> Iterator[None]:
    """What the database refuses for a reason of its own (it is away, full, not ours to write) becomes a sentence."""
    from django.db import DatabaseError, connection

    try:
        yield
    except DatabaseError as error:
        if connection.vendor == "postgresql":
            said = _on_postgresql(error)
        else:
            name = connection.settings_dict["NAME"]
            said = next((said.format(name=name) for part, said in _SQLITE.items() if part in str(error)), "")
        if not said:
            raise
        raise RegistryError(said) from error


_POSTGRESQL = {
    "password authentication failed": "{at} refuse ce nom ou ce mot de passe : corrigez DATABASE_URL.",
    "no password supplied": "{at} veut un mot de passe : ajoutez-le à DATABASE_URL.",
    "permission denied": "{at} ne donne pas le droit de faire cela à ce nom : voyez qui gère cette base.",
    "No space left": "{at} n'a plus de place sur son disque : faites-en, puis réessayez. Rien n'est écrit.",
    "too many clients": "{at} n'a plus de connexion libre : réessayez, ou voyez qui gère cette base.",
}
_AWAY = "{at} ne répond pas : vérifiez qu'il est en marche et que DATABASE_URL dit la bonne adresse."
_NO_BASE = "PostgreSQL ne connaît pas la base « {name} » : créez-la, ou corrigez DATABASE_URL."
_SQLITE = {
    "unable to open": "La base {name} ne s'ouvre pas : vérifiez que le dossier d'EQUERRE_HOME existe et s'écrit.",
    "readonly": "La base {name} ne se laisse pas écrire : donnez-en le droit, ou désignez un autre EQUERRE_HOME.",
    "not a database": "Le fichier {name} n'est pas une base SQLite : déplacez-le, ou désignez un autre EQUERRE_HOME.",
    "malformed": "La base {name} est abîmée : restaurez une sauvegarde (« equerre restore »).",
    "locked": "La base {name} est prise par un autre programme, qui écrit depuis longtemps : réessayez.",
    "disk is full": "Le disque de la base {name} est plein : faites de la place, puis réessayez. Rien n'est écrit.",
    "disk I/O": "Le disque de la base {name} ne se lit ou ne s'écrit plus : voyez s'il y reste de la place. Rien n'est écrit.",
}


def _on_postgresql(error: Exception) -> str:
    from django.db import OperationalError, connection

    settings, text = connection.settings_dict, str(error)
    at = f"PostgreSQL ({settings['HOST'] or 'sur cette machine'}, port {settings['PORT'] or 5432})"
    if "database" in text and "does not exist" in text:
        return _NO_BASE.format(name=settings["NAME"])
    for part, sentence in _POSTGRESQL.items():
        if part in text:
            return sentence.format(at=at)
    return _AWAY.format(at=at) if isinstance(error, OperationalError) else ""


# --- Migrations ----------------------------------------------------------------------------------------------------------


def waiting() -> list[str]:
    """The migrations that this version has and the database does not, in order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown() -> list[str]:
    """The migrations that the database has and this version does not: another version was here."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    known = {
        *loader.disk_migrations,
        *(key for replacement in loader.replacements.values() for key in replacement.replaces),
    }
    return [f"{app}.{name}" for app, name in sorted(set(loader.applied_migrations) - known)]


def refuse_another_version() -> None:
    """A database that a newer version prepared is not ours to touch."""
    found = unknown()
    if found:
        raise RegistryError(
            f"La base a été préparée par une autre version d'Équerre, et celle-ci ({__version__}) ne connaît pas "
            f"{_some(found)} : installez la version qui l'a préparée, ou une plus récente."
        )


def _some(names: Iterable[str]) -> str:
    first, *rest = names
    return listed([first, f"{counted(len(rest), 'autre')}"]) if rest else first
