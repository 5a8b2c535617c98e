"""``make setup`` and ``make demo``: the environment in .venv, remade only when a lock or the Python version changed.

With uv when it is there, with pip otherwise; from the hashed locks, then the project itself, editable, with the build
backend of the locks. `make demo` takes what it runs, and the first command that needs more adds it. Runs before anything is
installed, and must still speak when Python is too old: no syntax here that Python 3.7 does not read.
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

# The locks of what the demonstration runs, and of what the tests need beside. Each is whole, and all agree on every version.
SERVED = ("server", "deeds")
LOCKS = (*SERVED, "dev", "postgres")
DEMO = "demo"
PIP_FOR_ANOTHER_PYTHON = (22, 3)  # the first that installs into an environment that has no pip of its own

NO_VENV = (
    "Python ne sait pas créer d'environnement : installez le paquet python3-venv "
    "(sous Debian ou Ubuntu, « apt install python3-venv »), puis relancez la commande."
)
TOO_OLD = (
    "Équerre demande Python {}.{} ou plus récent, et {} est en {}.{} : « make setup PYTHON=python3.12 », par exemple."
)
FAILED = "L'environnement n'a pas pu être installé : la raison est ci-dessus. Relancez « make setup » une fois réglée."


def main(asked: tuple[str, ...] = ()) -> int:
    """The environment, the locks that it lacks, then the project: each has its stamp, and is made when the stamp differs.

    ``asked``: nothing for what the tests need, ``demo`` for what it runs alone, or the name of one more lock (``browser``).
    """
    if sys.version_info < OLDEST:
        return refuse(TOO_OLD.format(*OLDEST, sys.executable, *sys.version_info[:2]))
    environment = fingerprint(sys.version, str(ROOT), *map(lock_text, LOCKS))
    names = SERVED if asked == (DEMO,) else (*LOCKS, *asked)
    locks = {name: fingerprint(environment, lock_text(name)) for name in names}
    project = fingerprint(environment, (ROOT / "pyproject.toml").read_text("utf-8"))
    uv = uv_command()
    try:
        if not stamped("environment", environment):
            if not (uv or (find_spec("venv") and (lends_its_pip() or find_spec("ensurepip")))):
                return refuse(NO_VENV)
            make_environment(uv)
            stamp("environment", environment)
        missing = [name for name in names if not stamped("lock-" + name, locks[name])]
        if missing:
            files = [str(ROOT / "requirements" / (name + ".txt")) for name in missing]
            say("Paquets ({}), chacun contrôlé par son empreinte…".format(", ".join(missing)))
            install(uv, "--no-deps", "--require-hashes", *[word for file in files for word in ("--requirement", file)])
            for name in missing:
                stamp("lock-" + name, locks[name])
        if not stamped("project", project):
            install(uv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
            stamp("project", project)
            say("Équerre est installé dans .venv.")
    except subprocess.CalledProcessError:
        return refuse(FAILED)
    return 0


def make_environment(uv: str | None) -> None:
    """An empty .venv; without a pip of its own when another can fill it, which spares its making a quarter of its time."""
    say(f"Environnement .venv : Python {sys.version.split()[0]}, {'uv' if uv else 'pip'}…")
    if uv:
        run(uv, "venv", "--quiet", "--clear", "--no-project", "--python", sys.executable, str(VENV))
    else:
        without = ["--without-pip"] if lends_its_pip() else []
        run(sys.executable, "-m", "venv", "--clear", *without, str(VENV))


def install(uv: str | None, *what: str) -> None:
    """The same words for each installer. Nothing is compiled that nobody has imported yet: Python does it as it goes."""
    if uv:
        run(uv, "pip", "install", "--quiet", "--python", str(PYTHON), *what)
        return
    own = (VENV / "bin" / "pip").exists()
    pip = [str(PYTHON), "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    run(*pip, "install", "--disable-pip-version-check", "--progress-bar=off", "--no-compile", *what)


def lends_its_pip() -> bool:
    """Has the Python that runs this a pip that can fill another's environment?"""
    if find_spec("pip") is None:
        return False
    from importlib.metadata import version

    return tuple(int(part) for part in version("pip").split(".")[:2]) >= PIP_FOR_ANOTHER_PYTHON


def uv_command() -> str | None:
    """The uv that answers, or None: a launcher without its program is not one."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    return None


def fingerprint(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / (name + ".txt")).read_text("utf-8")


def stamped(name: str, value: str) -> bool:
    path = VENV / f".{name}"
    return PYTHON.exists() and path.exists() and path.read_text("utf-8") == value


def stamp(name: str, value: str) -> None:
    (VENV / f".{name}").write_text(value, "utf-8")


def run(*words: str) -> None:
    """Run, and make of the many lines of pip a few short ones; when it fails, all that it said is shown."""
    said, seen = [], 0
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True) as process:
        for line in process.stdout or ():
            said.append(line)
            received = line.startswith(("Collecting ", "Processing "))
            seen += received
            if received and seen % 10 == 0:
                say(f"  {seen} paquets reçus…")
            elif line.startswith("Installing collected packages") and seen > 1:
                say(f"  {seen} paquets reçus, je les pose…")
    if process.returncode:
        say("".join(said))
        raise subprocess.CalledProcessError(process.returncode, words)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def refuse(sentence: str) -> int:
    say(sentence)
    return 2


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
