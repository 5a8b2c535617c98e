"""``equerre serve``: the pages, by gunicorn, on this machine unless told otherwise. One sentence when the port is taken.

The port is taken before anything else starts, and handed over: nobody can take it in between. No access log: an address of a
machine is a person's, and nobody here needs it.
"""

from __future__ import annotations

import ctypes
import errno
import socket
from contextlib import suppress
from typing import Any

import click

from equerre.cli.french import Command
from equerre.cli.registry import RegistryError, opened
from equerre.kernel.errors import quoted

MOST_PORTS = 65535
THREADS = 8  # of each process
# Of malloc.h: how many heaps, and from how many bytes on something lives outside of them.
_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3


def as_number(least: int, most: int) -> Any:
    """A whole number between two bounds, refused in French."""

    def read(ctx: click.Context, param: click.Parameter, value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            said = f"{quoted(value)} n'est pas un nombre de {least} à {most}."
            raise click.BadParameter(said, ctx, param)
        return int(value)

    return read


@click.command("serve", cls=Command, help="Servir les pages, au premier plan ; Ctrl-C arrête.")
@click.option(
    "--host", default="127.0.0.1", metavar="ADRESSE", help="L'adresse écoutée. Cette machine seule, par défaut."
)
@click.option(
    "--port", default="8000", callback=as_number(0, MOST_PORTS), metavar="PORT", help="Le port. 8000 par défaut."
)
@click.option(
    "--workers", default="2", callback=as_number(1, 64), metavar="N", help="Combien de processus. 2 par défaut."
)
def command(host: str, port: int, workers: int) -> None:
    """The port, the database, the files of the pages, then gunicorn."""
    _bounded_heaps()  # before any thread is: after it, the limit is not read again
    listening = taken(host, port)
    prepare()
    click.echo(served_at(listening))
    run(listening, workers)


def prepare() -> None:
    """The database and the files of the pages. Raises :class:`RegistryError`."""
    with opened():
        from django.conf import settings
        from django.core.management import call_command

        try:
            call_command("collectstatic", interactive=False, verbosity=0)
        except OSError as error:
            todo = "faites de la place" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "donnez-en le droit"
            raise RegistryError(
                f"Les fichiers des pages ne s'écrivent pas dans {settings.STATIC_ROOT} : {todo}, puis réessayez."
            ) from error
    from django.db import connections

    connections.close_all()  # no worker may inherit an open connection


def served_at(listening: socket.socket) -> str:
    """The address, as whoever opens it types it."""
    host, port = listening.getsockname()[:2]
    return f"Équerre est servi sur http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C arrête)."


def alone_in_public() -> list[str]:
    """What to say to whoever serves others without a proxy; nothing when there is one, or when this machine alone is served."""
    from django.conf import settings

    mine = {"localhost", "127.0.0.1", "::1", "[::1]"}
    if settings.PROXIES or set(settings.ALLOWED_HOSTS) <= mine or (settings.HTTPS and not settings.PROXIES_SAID):
        return []  # of HTTPS without a number of proxies, one sentence says all
    return [
        "Aucun mandataire n'est annoncé et EQUERRE_HOSTS nomme d'autres machines que celle-ci : mettez devant Équerre un serveur "
        "mandataire, et écrivez EQUERRE_PROXIES=1 ; sinon n'écoutez que 127.0.0.1."
    ]


def taken(host: str, port: int) -> socket.socket:
    """The port, ours from now on. Raises :class:`RegistryError`."""
    nowhere = f"{quoted(host)} n'est pas une adresse de cette machine : écrivez par exemple 127.0.0.1."
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind)
    except (OSError, UnicodeError) as error:
        raise RegistryError(nowhere) from error
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # An answer leaves in two pieces, its headers and its body: without this the second waits forty milliseconds for a caller that
    # keeps its connection open.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind(address)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        refusals = {
            errno.EADDRINUSE: f"Le port {port} est déjà pris : arrêtez ce qui l'occupe, ou choisissez-en un autre avec --port.",
            errno.EACCES: f"Le port {port} demande des droits que vous n'avez pas : choisissez-en un au-dessus de 1023, "
            "avec --port.",
        }
        raise RegistryError(refusals.get(error.errno or 0, nowhere)) from error
    return listening


def run(listening: socket.socket, workers: int) -> None:
    """Gunicorn in this process. It never returns but by a signal."""
    from gunicorn.app.base import BaseApplication

    from equerre.cli.listening import Listener

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {
                "bind": f"fd://{listening.fileno()}",
                "workers": workers,
                # Threads: a long file holds one of them, and the worker goes on saying that it lives.
                "worker_class": Listener,
                "threads": THREADS,
                "timeout": 120,
                "graceful_timeout": 30,
                # Its warnings repeat a request that does not read, and the address that it came from.
                "loglevel": "error",
                "preload_app": True,
                # Django reads what proxies say, of those that are ours; and nobody is at another address than the root.
                "forwarded_allow_ips": "",
                "forwarder_headers": "",
                # A way to command the server that nobody asked for, in a folder that a service may not have.
                "control_socket_disable": True,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from django.core.wsgi import get_wsgi_application
            from django.urls import get_resolver

            application = get_wsgi_application()
            # Every view now, before the processes part: one that loads its own later may load other files than its neighbour.
            _ = get_resolver().url_patterns
            return application

    Server().run()


def _bounded_heaps() -> None:
    """One heap for all threads, in Glibc: with one each, a process held a fifth more, and grew for as long as it was looked at.

    Answers are kept and forgotten by thousands, some of a kilobyte and some of a hundred: in a heap they would leave holes
    that nothing fits. A large one lives outside of it, and is given back whole.
    """
    with suppress(AttributeError, OSError):  # another library of C
        malloc = ctypes.CDLL(None)
        malloc.mallopt(_M_ARENA_MAX, 1)
        malloc.mallopt(_M_MMAP_THRESHOLD, 32 * 1024)
