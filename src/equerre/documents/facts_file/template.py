"""The template of a file of facts: every kind and every field, explained once, in a file that can be read as it stands.

Drawn from the declarations of ``facts``, so that it cannot drift from what is read. What is optional is a comment:
taking away the ``# `` in front of a line of TOML gives a file that is still right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import wrap

from equerre.documents.facts_file.shape import VALID
from equerre.documents.facts_file.writing import toml_value
from equerre.facts import KINDS
from equerre.facts.kind import Field, Kind
from equerre.kernel.french import listed

WIDTH = 116

# The sources that the examples of ``facts`` cite, by key: fictional, save the kit in which a sheet of the RNCP was read.
SOURCES: Mapping[str, Mapping[str, object]] = {
    "modele": {
        "publisher": "Équerre",
        "title": "Faits fictifs du modèle",
        "dated_on": date(2026, 10, 1),
        "url": "https://example.org/faits-fictifs",
        "sha256": "0" * 64,
    },
    "kit": {"publisher": "Certif Info", "title": "Kit apprentissage", "dated_on": date(2025, 1, 31)},
}

_TOP = """\
# Un fichier de faits d'Équerre : ce que l'on sait d'une école, daté, avec sa source.
#
# Gardez ce que vous savez, retirez le reste : ce qui manque est inconnu, et Équerre le dira. Tout est ici fictif, sauf
# la fiche du RNCP. Une ligne qui commence par un dièse est un commentaire : ôtez « # » pour vous servir de la ligne.
#
# Un texte s'écrit entre guillemets droits, une date sans guillemets (2026-09-01), oui true, non false.
# Une table entre deux crochets, comme [[course]], est un fait ; répétez-la autant de fois qu'il y a de faits.
#
# Chaque fait peut porter, en plus de ses propres clés :
#   from          le premier jour où il est vrai ; pour un événement, c'est d'office le jour de l'événement
#   until         le premier jour où il n'est plus vrai ; absent, on n'en connaît pas la fin
#   last_day      à la place de until : le dernier jour inclus, comme l'impriment les papiers
#   known_from    l'instant où on l'a su, avec le fuseau (2026-01-05T09:00:00+01:00)
#   known_until   l'instant où on a cessé de le tenir pour vrai, quand un autre fait le corrige
# et doit porter :
#   source        la clé d'une des sources décrites plus bas

# Vrai pour une école qui n'existe pas. Pour une école réelle, retirez la ligne.
fictif = true

[school]
# UAI : sept chiffres et une lettre (le préfixe 999 est réservé aux écoles fictives)
uai = "9990001X"
# nom de l'école
name = "École de production du modèle"

# --- Les sources ---
# Une table par source, sous une clé de votre choix. dated_on, url et sha256 (l'empreinte du fichier) sont
# facultatifs.
"""


def template() -> str:
    """The template, as TOML."""
    sources = [
        "\n".join((f"[sources.{key}]", *(f"{name} = {toml_value(value)}" for name, value in source.items()), ""))
        for key, source in SOURCES.items()
    ]
    kinds = ["\n".join(_kind(kind)) for kind in KINDS.values()]
    return _TOP + "\n".join((*sources, *kinds))


def _kind(kind: Kind) -> Iterator[str]:
    mark = "" if kind.shown else "# "
    yield f"# --- {kind.label[0].upper()}{kind.label[1:]} ---"
    yield from _comment(kind.about)
    yield f"{mark}[[{kind.name}]]"
    for field in kind.fields.values():
        yield from _comment(_explained(field))
        yield f"{mark if field.required else '# '}{field.name} = {toml_value(field.example)}"
    for name, day in zip(VALID, kind.example_valid, strict=False):
        if day is not None:
            yield f"{mark}{name} = {toml_value(day)}"
    yield f'{mark}source = "{kind.example_source}"'
    yield ""


def _explained(field: Field) -> str:
    """As in "fonction (facultatif) : director (directeur ou directrice), …"."""
    label = field.label + ("" if field.required else " (facultatif)")
    values = [key if key == word else f"{key} ({word})" for key, word in field.choices.items()]
    hint = field.hint or listed(values or [str(number) for number in field.numbers], last="ou")
    return f"{label} : {hint}" if hint else label


def _comment(sentence: str) -> list[str]:
    return [f"# {line}" for line in wrap(sentence, WIDTH)]
