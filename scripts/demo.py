"""``make demo``: the demo year, loaded into .demo/ and kept there; one school explained; then the pages, until one stops them.

The register is made again when the sources that made it have changed, unless somebody wrote in it since. ``equerre`` from the
.venv beside it asks that register when nothing says otherwise.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from equerre.cli import command, serve
from equerre.cli.french import refuse
from equerre.config.environment import DEMO, MADE_FROM
from equerre.kernel.errors import EquerreError

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / DEMO
SCHOOL, DAY = "9990201P", "2026-11-25"
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


def load() -> None:
    """The demo year, unless it is there already, made from these sources or written in since."""
    sources = made_from()
    stamp = HOME / MADE_FROM
    if stamp.is_file():
        before, revision = stamp.read_text("utf-8").split()
        if before == sources:
            return
        if revision_of(HOME / "equerre.sqlite3") != revision:
            say(f"{DEMO}/ a reçu d'autres faits depuis qu'il a été fait : il est gardé. « make clean » l'efface.")
            equerre("migrate")
            return
    shutil.rmtree(HOME, ignore_errors=True)
    say(f"L'année d'essai se charge dans {DEMO}/ (quelques secondes, une seule fois)…")
    equerre("migrate")
    equerre("demo")
    stamp.write_text(f"{sources} {revision_of(HOME / 'equerre.sqlite3')}\n", "utf-8")


def made_from() -> str:
    """What the register was made from: every module and table of the package."""
    found = hashlib.sha256()
    for path in sorted((ROOT / "src" / "equerre").rglob("*")):
        if path.suffix in {".py", ".toml"}:
            found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def revision_of(path: Path) -> str:
    """The number that each write moves; « ? » when the file does not say it."""
    try:
        with closing(sqlite3.connect(path)) as base:
            return str(base.execute("SELECT number FROM registry_revision WHERE id = 1").fetchone()[0])
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
