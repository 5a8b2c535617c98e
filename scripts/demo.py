"""``make demo``: the demo year, loaded into .demo/ and kept there; one school explained; then the pages, until one stops them.

The register is made again when the sources that made it have changed, unless somebody wrote in it since. One demonstration at a
time: a second one would take away the register that the first one shows. ``equerre`` from the
.venv beside it asks that register when nothing says otherwise.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TextIO

from equerre.cli import command, serve
from equerre.cli.french import refuse
from equerre.config.environment import DEMO, MADE_FROM
from equerre.kernel.errors import EquerreError

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / DEMO
SCHOOL, DAY = "9990201P", "2026-11-25"
WRITTEN = (
    "SELECT number FROM registry_revision WHERE id = 1",
    "SELECT count(*) FROM accounts_person",
    "SELECT count(*) FROM opendata_correctionrequest",
)
HELD: list[TextIO] = []  # the lock, which ends with the process
LINKS = {
    f"?on={DAY}": "l'article, phrase par phrase, et derrière chacune une école et sa réponse",
    f"ecoles/{SCHOOL}?on={DAY}": "l'école ci-dessus : sa chaîne, ses raisons, ce qu'il lui reste à faire",
    f"ecoles?on={DAY}": "les 72 écoles : la recherche, la carte des académies",
}


def main(port: str) -> None:
    """All that can be refused is refused before anything is loaded."""
    for name in [name for name in os.environ if name.startswith(("DATABASE_URL", "EQUERRE_"))]:
        del os.environ[name]
    os.environ["EQUERRE_HOME"] = str(HOME)
    if not (port.isascii() and port.isdigit() and int(port) <= serve.MOST_PORTS):
        refuse(f"PORT vaut « {port} » : écrivez un nombre de 0 à {serve.MOST_PORTS}, comme « make demo PORT=8080 ».")
    try:
        door = serve.taken("127.0.0.1", int(port))
    except EquerreError as error:
        refuse(str(error).replace("--port", "« make demo PORT=… »"))
    try:
        alone()
        load()
        say("", "Une école, un jour (docs/demo.md raconte les autres) :", "")
        equerre("explain", SCHOOL, "--on", DAY)
        serve.prepare()
        address = f"http://127.0.0.1:{door.getsockname()[1]}/"
        say("", serve.served_at(door), *[f"  {address}{link}\n      {what}" for link, what in LINKS.items()])
        say("Dans un autre terminal, depuis ce dossier :", f"  .venv/bin/equerre explain {SCHOOL}")
        serve.run(door, workers=2)
    except EquerreError as error:
        refuse(str(error))


def alone() -> None:
    """Hold the only lock, for as long as this process lives."""
    lock = (ROOT / f"{DEMO}.lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        refuse("Une démonstration tourne déjà dans ce dossier : arrêtez-la (Ctrl-C), ou servez-vous de la sienne.")
    HELD.append(lock)


def load() -> None:
    """The demo year, unless it is there already, made from these sources or written in since."""
    sources = made_from()
    stamp, base = HOME / MADE_FROM, HOME / "equerre.sqlite3"
    before, _, state = stamp.read_text("utf-8").strip().partition(" ") if stamp.is_file() else ("", "", "")
    if before and state and base.is_file():
        if before == sources:
            return
        if state_of(base) != state:
            say(f"{DEMO}/ a reçu d'autres faits depuis qu'il a été fait : il est gardé. « make clean » l'efface.")
            equerre("migrate")
            return
    shutil.rmtree(HOME, ignore_errors=True)
    say(f"L'année d'essai se charge dans {DEMO}/ (quelques secondes, une seule fois)…")
    equerre("migrate")
    equerre("demo")
    stamp.write_text(f"{sources} {state_of(base)}\n", "utf-8")


def made_from() -> str:
    """What the register was made from: every module and table of the package."""
    found = hashlib.sha256()
    for path in sorted((ROOT / "src" / "equerre").rglob("*")):
        if path.suffix in {".py", ".toml"}:
            found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def state_of(path: Path) -> str:
    """What moves when somebody writes: the register's number, its accounts, what people said is wrong; « ? » if unreadable."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
            return "-".join(str(base.execute(question).fetchone()[0]) for question in WRITTEN)
    except (sqlite3.Error, TypeError):
        return "?"


def equerre(*words: str) -> None:
    """The command, shown and run in this process: Django is loaded once."""
    say("$ .venv/bin/equerre " + " ".join(words))
    try:
        command(list(words))
    except SystemExit as end:
        if end.code:
            raise


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
