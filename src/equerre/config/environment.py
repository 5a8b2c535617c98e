"""Settings come from the environment. Each variable is read by one of these helpers, which gives its value or stops.

What is wrong is one French sentence: the variable, what is wrong with it, what to write. Nothing falls back in silence on
another value than the one that somebody asked for. A value that may hold a secret (``DATABASE_URL``) is never shown.
"""

from __future__ import annotations

import errno
import os
import secrets
import sys
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from equerre.config.sqlite import OfOneFile
from equerre.kernel.errors import EquerreError, quoted
from equerre.kernel.french import listed

YES, NO = ("oui", "1", "true"), ("non", "0", "false")

# The folder of a clone where `make demo` keeps its register, and the file there that says from which sources it was made.
DEMO, MADE_FROM = ".demo", "made-from"

_KEY_LENGTH = 50
_ELSEWHERE = "donnez-en le droit, ou désignez un autre dossier."

# What one may add after the « ? » of DATABASE_URL, as libpq names it.
_POSTGRESQL_OPTIONS = ("application_name", "connect_timeout", "host", "sslcert", "sslkey", "sslmode", "sslrootcert")
_EXAMPLE = "postgres://nom:mot-de-passe@127.0.0.1:5432/equerre"
_SCHEMES = f"Équerre parle à PostgreSQL, à une adresse comme {_EXAMPLE} ; sans DATABASE_URL, à SQLite."


class SettingError(EquerreError):
    """A variable of the environment that cannot be used: its name, what is wrong, what to write."""


def variable(name: str) -> str | None:
    """The variable, None when it is absent. Raises :class:`SettingError` when it is there and empty."""
    value = os.environ.get(name)
    if value is not None and not value.strip():
        raise SettingError(f"{name} est vide : donnez-lui une valeur, ou retirez-la de l'environnement.")
    return value.strip() if value is not None else None


def text(name: str, default: str) -> str:
    """The variable, or the default when it is absent."""
    return variable(name) or default


def flag(name: str, *, default: bool) -> bool:
    """``oui`` or ``non``."""
    value = text(name, "oui" if default else "non").lower()
    if value not in (*YES, *NO):
        raise SettingError(f"{name} vaut {quoted(value)} : écrivez oui ou non.")
    return value in YES


def integer(name: str, default: int, *, least: int = 1, most: int = 1_000_000) -> int:
    """A whole number between two bounds."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingError(f"{name} vaut {quoted(value)} : écrivez un nombre entier, de {least} à {most}.")
    return int(value)


def words(name: str, default: str) -> list[str]:
    """A list, parted by commas."""
    found = [word.strip() for word in text(name, default).split(",") if word.strip()]
    if not found:
        raise SettingError(f"{name} ne nomme rien : écrivez un ou plusieurs noms, séparés par des virgules.")
    return found


def hosts(name: str, default: str) -> tuple[list[str], set[str]]:
    """Names of host, and the ports that some of them carry."""
    names, ports = [], set()
    for word in words(name, default):
        host, colon, port = word.rpartition(":")
        if not colon or word.endswith("]") or (":" in host.strip("[]") and not host.endswith("]")):
            names.append(word)  # an address of IPv6 has colons of its own
        elif port.isascii() and port.isdigit() and 0 < int(port) <= 65535:
            names.append(host)
            ports.add(port)
        else:
            raise SettingError(f"{name} nomme {quoted(word)} : après le « : », écrivez un port, de 1 à 65535.")
    return names, ports


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses or networks, parted by commas; none when the variable is absent."""
    if variable(name) is None:
        return []
    found = []
    for word in words(name, ""):
        try:
            found.append(ip_network(word, strict=False))
        except ValueError as error:
            raise SettingError(
                f"{name} nomme {quoted(word)} : écrivez des adresses ou des réseaux, comme 10.0.0.5 ou 10.0.0.0/24."
            ) from error
    return found


def address(name: str, *schemes: str) -> str:
    """The address that a variable gives, of one of these schemes; "" when it is absent."""
    value = text(name, "")
    parts = urlsplit(value)
    if value and (
        parts.scheme not in schemes or not (parts.netloc or (parts.scheme == "mailto" and "@" in parts.path))
    ):
        shown = listed([f"{scheme}:" for scheme in schemes], last="ou")
        raise SettingError(f"{name} vaut {quoted(value)} : écrivez une adresse entière, qui commence par {shown}.")
    return value


# --- Where things are kept -----------------------------------------------------------------------------------------------


def demo_home() -> Path | None:
    """The register of trial that `make demo` left beside the .venv that runs this."""
    folder = Path(sys.prefix).parent / DEMO
    return folder if (folder / MADE_FROM).is_file() else None


def asks_the_demo_unsaid() -> bool:
    """Is the register of trial the one that is meant, without anybody having said so?"""
    return demo_home() is not None and not os.environ.keys() & {"EQUERRE_HOME", "DATABASE_URL"}


def home() -> Path:
    """``EQUERRE_HOME``: the folder of the database and of the key, made when it is not there, readable by its owner.

    Unsaid, it is the demo year that `make demo` left beside the .venv that runs this, so that one asks it without a word more;
    else where a person's programs keep their data, by the XDG base directories.
    """
    programs = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    usual = demo_home() or Path(programs).expanduser() / "equerre"
    path = Path(text("EQUERRE_HOME", str(usual))).expanduser()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        taken = isinstance(error, FileExistsError | NotADirectoryError)
        wrong = "qui n'est pas un dossier" if taken else "qu'on ne peut pas créer"
        raise SettingError(f"EQUERRE_HOME désigne {path}, {wrong} : {_ELSEWHERE}") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise SettingError(f"EQUERRE_HOME désigne {path}, où l'on n'a pas le droit d'écrire : {_ELSEWHERE}")
    return path


def secret_key(folder: Path) -> str:
    """``EQUERRE_SECRET_KEY``, else the key of the folder, made at the first start and shared by all who start after.

    Several machines that serve one PostgreSQL need the same one, so the variable. It signs sessions: changing it signs
    everybody out, and loses nothing.
    """
    key = variable("EQUERRE_SECRET_KEY")
    if key is not None:
        if len(key) < _KEY_LENGTH:
            raise SettingError(
                f"EQUERRE_SECRET_KEY est trop courte : écrivez {_KEY_LENGTH} caractères au hasard, ou plus."
            )
        return key
    path = folder / "secret-key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        key = path.read_text("ascii").strip()
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        todo = "faites de la place sur son disque, puis réessayez." if full else _ELSEWHERE
        raise SettingError(f"La clé {path} ne se lit ni ne s'écrit : {todo}") from error
    if len(key) < _KEY_LENGTH:
        raise SettingError(f"La clé {path} est abîmée : effacez ce fichier, une autre sera faite au prochain départ.")
    return key


def _write_once(path: Path, content: str) -> None:
    """The whole file or none, for its owner alone; when two processes start together, the first one's stays."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        draft.unlink()


# --- The database --------------------------------------------------------------------------------------------------------


def database(folder: Path) -> dict[str, Any]:
    """PostgreSQL at ``DATABASE_URL``, else SQLite in the folder."""
    url = variable("DATABASE_URL")
    return _sqlite(folder) if url is None else postgresql(url)


def _sqlite(folder: Path) -> dict[str, Any]:
    """Readers never wait for the writer (WAL); a writer takes its turn at BEGIN, not half-way (IMMEDIATE).

    Django turns foreign keys on by itself. NORMAL loses at most the last instants in a power cut, and never breaks the file.
    """
    path = folder / "equerre.sqlite3"
    try:
        # Made closed, whatever the folder: SQLite gives its journals the same rights.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        pass  # whoever keeps it chose its rights
    except OSError as error:
        raise SettingError(f"La base {path} ne s'écrit pas ({error.strerror}) : {_ELSEWHERE}") from error
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,  # opening the file takes longer than most answers
        "OPTIONS": {
            "factory": OfOneFile,
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """The settings that a URL says. Our own lines: two spellings of one scheme, and a sentence for each mistake.

    >>> postgresql("postgres://equerre:s%40fe@db.exemple.fr/registre?sslmode=require")["PASSWORD"]
    's@fe'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SettingError(f"DATABASE_URL ne se lit pas comme une adresse : écrivez-la comme {_EXAMPLE}") from error
    if parts.scheme not in ("postgres", "postgresql"):
        raise SettingError(f"DATABASE_URL commence par {quoted(parts.scheme)} : {_SCHEMES}")
    name = unquote(parts.path.lstrip("/"))
    if not name or "/" in name:
        raise SettingError(f"DATABASE_URL ne nomme pas une base après l'hôte : écrivez-la comme {_EXAMPLE}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = next((option for option in options if option not in _POSTGRESQL_OPTIONS), None)
    if unknown is not None:
        known = listed(_POSTGRESQL_OPTIONS, last="ou")
        raise SettingError(f"DATABASE_URL porte l'option {quoted(unknown)}, inconnue ici : choisissez {known}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": "5", **options},
    }
