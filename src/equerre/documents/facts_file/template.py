"""The template of a file of facts: every kind and every field, explained once, in a file that can be read as it stands.

Drawn from the shape, the guide and the labels, so that it cannot drift from what is read. What is optional is a comment:
taking away the ``# `` in front of a line of TOML gives a file that is still right.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from equerre.documents.facts_file.guide import GUIDES, SOURCES, Guide
from equerre.documents.facts_file.shape import COMMON, Field, Shape, shapes
from equerre.documents.facts_file.writing import toml_value
from equerre.documents.labels import CHOICES, field_label
from equerre.kernel.french import listed

WIDTH = 116

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
    sources = [_source(key) for key in SOURCES]
    kinds = ["\n".join(_kind(shape, GUIDES[kind])) for kind, shape in shapes().items()]
    return _TOP + "\n".join((*sources, *kinds))


def _source(key: str) -> str:
    lines = [f"{name} = {toml_value(value)}" for name, value in SOURCES[key].items()]
    return "\n".join((f"[sources.{key}]", *lines, ""))


def _kind(shape: Shape, guide: Guide) -> Iterator[str]:
    mark = "" if guide.shown else "# "
    yield f"# --- {shape.label[0].upper()}{shape.label[1:]} ---"
    yield from _comment(guide.about)
    yield f"{mark}[[{shape.kind}]]"
    for field in shape.fields.values():
        yield from _comment(_said(field, guide))
        yield f"{mark if field.required else '# '}{field.name} = {toml_value(guide.example[field.name])}"
    for name in COMMON:
        if name in guide.example:
            yield f"{mark}{name} = {toml_value(guide.example[name])}"
    yield f'{mark}source = "{guide.source}"'
    yield ""


def _said(field: Field, guide: Guide) -> str:
    """As in "fonction (facultatif) : director (directeur ou directrice), …"."""
    label = field_label(field.kind, field.name) + ("" if field.required else " (facultatif)")
    hint = guide.hints.get(field.name, _choices(field))
    return f"{label} : {hint}" if hint else label


def _choices(field: Field) -> str:
    labels = CHOICES.get(f"{field.kind}.{field.name}", {})
    said = [one if labels.get(one, one) == one else f"{one} ({labels[one]})" for one in field.choices]
    return listed(said or [str(one) for one in field.numbers], last="ou")


def _comment(sentence: str) -> list[str]:
    return [f"# {line}" for line in wrap(sentence, WIDTH)]
