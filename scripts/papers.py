"""``make papers``: write again, in the papers, the tables that are drawn from the code; ``tests/shape`` fails while one is stale.

What is drawn stands between ``<!-- NAME -->`` and ``<!-- /NAME -->``; what is around it is written by hand.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import django

from equerre.facts import KINDS
from equerre.facts.kind import Field, Kind

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "equerre"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# What each room holds, or will: the one column of the table of rooms that is written by hand.
HOLDS = {
    "kernel": "**The grammar.** Period, Fact, Source, Citation, Finding, Measure, Money, identifiers, the clock. No law.",
    "facts": "**What can be said.** One module per word: each kind of fact, its fields, who may see them.",
    "law": "**What is written.** Articles and wordings, dated parameters, readings, as TOML tables.",
    "rules": "**The article.** One module per word: facts and a day in, findings out. Pure.",
    "journal": "what was done",
    "registry": "**Facts at rest**, in two times: identities, dated rows, one query set that asks about time (`dated`), "
    "one writer (`record`), one reader (`selectors`).",
    "corpus": "the codes of law as imported",
    "documents": "**What is read and printed.** Files of facts in (`facts_file/`); a finding's voices (the page's in "
    "`portrait/`) and dossiers out. No clock. Acts as PDF are not built.",
    "allocation": "the national distribution of the balance",
    "accounts": "**Who, and what they may.** `Person`, the user model; `may`, the one question for rights. "
    "Roles and ties are not built.",
    "files": "pieces, kept by their hash",
    "mail": "messages",
    "signing": "signatures",
    "workshop": "the school's own life",
    "funding": "the school's money",
    "opendata": "**What goes out.** The public register: its answers, changes, exports and feed; what pages and API share "
    "at the door (`threshold/`).",
    "cases": "**Procedures and decisions.** Today the actions of those who keep the register (`correct`, `settle`) and their "
    "pages. Procedures are not built.",
    "imports": "**The world.** One outside source per file: facts in, with their source.",
    "demo": "**The year of trial**: 72 fictional schools, loaded through the doors of real ones.",
    "web": "**Pages.** One view module per page.",
    "api": "**The same answers as JSON.** Read only.",
    "cli": "**The command** `equerre`. One module a command.",
    "config": "**Settings, addresses, the door of the server**: the only place where all rooms meet.",
}
# What one imports under another name than that under which one installs it.
INSTALLED_AS = {"stdnum": "python-stdnum", "csp": "django-csp", "ninja": "django-ninja", "django": "Django"}


def kinds() -> Iterator[str]:
    """Each kind of fact: its key, its fields, who may see it."""
    yield "| Sorte | Ce que c'est | Clé | Champs |"
    yield "|---|---|---|---|"
    for kind in KINDS.values():
        key = ", ".join(f"`{name}`" for name in kind.key)
        fields = ", ".join(_shown(kind, field) for field in kind.fields.values())
        yield f"| `{kind.name}` | {kind.label} | {key} | {fields} |"


def _shown(kind: Kind, field: Field) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    return name + (" ▸" if field.name == kind.starts else "") + ("" if field.public else " ✕")


def values() -> Iterator[str]:
    """The fields that take a few values only."""
    yield "| Champ | Valeurs |"
    yield "|---|---|"
    for field in (field for kind in KINDS.values() for field in kind.fields.values() if field.choices):
        said = ", ".join(f"`{key}`" + (f" ({word})" if word != key else "") for key, word in field.choices.items())
        yield f"| `{field.kind}.{field.name}` | {said} |"


def rooms() -> Iterator[str]:
    """Each room of the import contract, from the ground up: what it holds, what it imports from outside, whether it is built."""
    yield "| Room | What it holds | Imports from outside | State |"
    yield "|---|---|---|---|"
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["equerre"])
    for place in (place for layer in reversed(layers) for place in layer.split(" | ")):
        if (room := place.strip("()")) != place:
            yield f"| *{room}* | {HOLDS[room]} | — | placed |"
        else:
            yield f"| `{room}` | {HOLDS[room]} | {', '.join(from_outside(room)) or 'the standard library alone'} | built |"


@cache
def from_outside(room: str) -> tuple[str, ...]:
    """The libraries that a room imports, or that its settings name by a path (``whitenoise.middleware…``)."""
    groups = (PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values())
    declared = {re.split(r"\W", line.replace("-", "_"))[0] for group in groups for line in group}
    found: set[str] = set()
    for path in (SOURCE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Import(names=names):
                    found.update(alias.name.partition(".")[0] for alias in names)
                case ast.ImportFrom(module=str(module)):
                    found.add(module.partition(".")[0])
                case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z_]+(\.\w+)+", text):
                    found |= {text.partition(".")[0]} & declared
    found -= sys.stdlib_module_names | {"equerre"}
    return tuple(sorted((INSTALLED_AS.get(name, name.replace("_", "-")) for name in found), key=str.lower))


def budgets() -> Iterator[str]:
    """What ``make bench`` measures, and what it may cost: read in the source, since a part asks for what it measures."""
    yield "| What | Budget |"
    yield "|---|---|"
    for part in ("core", "registry", "imports", "web"):
        for node in ast.walk(ast.parse((ROOT / "bench" / f"{part}.py").read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Bench"),
                    args=[
                        ast.Constant(value=str(what)),
                        ast.Constant(value=(float() | int()) as budget),
                        ast.Constant(value=str(unit)),
                        _,
                    ],
                ):
                    yield f"| {what} | {budget} {'×' if unit == 'x' else unit} |"


def sheets() -> Iterator[str]:
    """The sheets of the template of schools, and the columns of each."""
    django.setup()
    from equerre.imports.schools.book import guide_rows

    title = ""
    for row in guide_rows():
        name, label, key, needed, contents, hint, example = (cell.replace("|", "\\|") for cell in row)
        if name not in ("", title):
            title = name
            yield f"\n### {title}\n\n{hint}\n\n| Colonne | Clé | Obligatoire | Ce qu'elle contient | À savoir | Exemple |"
            yield "|---|---|---|---|---|---|"
            if not label:
                continue
        yield f"| {label} | `{key}` | {needed} | {contents} | {hint} | {example} |"


DRAWN: dict[str, dict[str, Callable[[], Iterator[str]]]] = {
    "docs/architecture.md": {"rooms": rooms, "budgets": budgets},
    "docs/facts.md": {"kinds": kinds, "values": values},
    "docs/importer.md": {"sheets": sheets},
}


def written(path: str) -> str:
    """A paper as it should be: its tables drawn anew."""
    text = (ROOT / path).read_text("utf-8")
    for name, draw in DRAWN[path].items():
        drawn = "\n".join(draw())
        text, found = re.subn(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda place, drawn=drawn: f"{place[1]}{drawn}\n{place[2]}",  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
        assert found == 1, f"{path} has {found} places for {name}"
    return text


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    for path in DRAWN:
        (ROOT / path).write_text(written(path), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
