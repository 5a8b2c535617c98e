"""``make setup``: the environment in .venv, remade only when a lock or the Python version changed.

With uv when it is there, with pip otherwise; from the hashed locks, then the project itself, editable, with the build
backend of the locks. Runs before anything is installed, and must still speak when Python is too old: no syntax
here that Python 3.7 does not read.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)

# The locks of what the tests and the demonstration run. Each holds the base as well, and all agree on every version.
LOCKS = ("dev", "server", "postgres", "deeds")

NO_VENV = (
    "Python ne sait pas créer d'environnement : installez le paquet python3-venv "
    "(sous Debian ou Ubuntu, « apt install python3-venv »), puis relancez la commande."
)
TOO_OLD = (
    "Équerre demande Python {}.{} ou plus récent, et {} est en {}.{} : « make setup PYTHON=python3.12 », par exemple."
)
FAILED = "L'environnement n'a pas pu être installé : la raison est ci-dessus. Relancez « make setup » une fois réglée."


def main(more: tuple[str, ...] = ()) -> int:
    """Two stamps: what .venv was made from, and which pyproject.toml the project was installed with.

    ``more`` names locks that only some commands need (``browser``): each is added to the environment, with its own stamp.
    """
    if sys.version_info < OLDEST:
        return refuse(TOO_OLD.format(*OLDEST, sys.executable, *sys.version_info[:2]))
    locks = [ROOT / "requirements" / (name + ".txt") for name in LOCKS]
    environment = fingerprint(sys.version, str(ROOT), *[lock.read_text("utf-8") for lock in locks])
    project = fingerprint(environment, (ROOT / "pyproject.toml").read_text("utf-8"))
    uv = uv_command()
    try:
        if not stamped("environment", environment):
            if uv is None and not (find_spec("venv") and find_spec("ensurepip")):
                return refuse(NO_VENV)
            make_environment(uv, locks)
            stamp("environment", environment)
        if not stamped("project", project):
            install(uv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
            stamp("project", project)
        for name in more:
            add(uv, name, environment)
    except subprocess.CalledProcessError:
        return refuse(FAILED)
    return 0


def add(uv: str | None, name: str, environment: str) -> None:
    """One lock more, when it is not there or has changed."""
    lock = ROOT / "requirements" / (name + ".txt")
    wanted = fingerprint(environment, lock.read_text("utf-8"))
    if not stamped("lock-" + name, wanted):
        install(uv, "--require-hashes", "--requirement", str(lock))
        stamp("lock-" + name, wanted)


def make_environment(uv: str | None, locks: list[Path]) -> None:
    """An empty .venv, then every package of the locks, each checked against its hash."""
    say(f"Environnement .venv : Python {sys.version.split()[0]}, {'uv' if uv else 'pip'}…")
    if uv:
        run(uv, "venv", "--quiet", "--clear", "--no-project", "--python", sys.executable, str(VENV))
    else:
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
    install(uv, "--require-hashes", *[word for lock in locks for word in ("--requirement", str(lock))])


def install(uv: str | None, *what: str) -> None:
    """The same words for both installers."""
    if uv:
        run(uv, "pip", "install", "--quiet", "--python", str(PYTHON), *what)
    else:
        run(str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *what)


def uv_command() -> str | None:
    """The uv that answers, or None: a launcher without its program is not one."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    return None


def fingerprint(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def stamped(name: str, value: str) -> bool:
    path = VENV / f".{name}"
    return PYTHON.exists() and path.exists() and path.read_text("utf-8") == value


def stamp(name: str, value: str) -> None:
    (VENV / f".{name}").write_text(value, "utf-8")


def run(*words: str) -> None:
    subprocess.run(words, check=True)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def refuse(sentence: str) -> int:
    say(sentence)
    return 2


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
