"""The employer's sheet of a school: one page that says where it stands on a day, and what to type to designate it on SOLTéA.

A deed as all will be made: data as JSON into a Typst template, never markup built from texts. PDF/UA-1 and PDF/A-2a, tagged,
with the fonts that Typst carries; the same sheet gives the same bytes, whatever the machine and the hour. A name with a sign
that these fonts do not have (an emoji) is drawn with a box in its place, and the sheet says so: the norms of PDF refuse it.

How one designates was read at ariege.cci.fr in 2024; the platform counts in shares, not in euros.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from importlib.util import find_spec
from unicodedata import category, normalize

from equerre.kernel.errors import EquerreError
from equerre.kernel.french import counted, day

TEMPLATE = "employer_sheet.typ"
# What an employer does on the platform, in order.
MOVES = (
    "Connectez-vous à SOLTéA avec votre compte net-entreprises.",
    "Cherchez l'école par son UAI ou par son SIRET : le nom seul peut en montrer plusieurs.",
    "Choisissez l'établissement, le site ou la formation que vous voulez aider.",
    "Donnez-lui une part de votre solde : SOLTéA compte en pourcentage, et non en euros.",
    "Enregistrez, et gardez une copie de l'écran.",
)
CAUTION = (
    "On ne paie rien à l'école : l'Urssaf ou la MSA recouvre le solde, la Caisse des Dépôts le verse. La plateforme n'est "
    "ouverte que pendant les fenêtres de chaque campagne."
)


# One page: beyond, the sheet says how many are on the page of the school.
MOST_KEYS, MOST_COURSES = 7, 4


# What is drawn in place of a sign that the fonts do not have, and what is said of it.
BOX = "\u25a1"
BOXED = f"{BOX} : un signe qui n'a pas de dessin dans cette fiche ; la page de l'école le montre."


class NoTypst(EquerreError):
    """The part that makes PDF deeds is not installed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of the sheet: its outcome, and how it is said."""

    question: str
    outcome: str
    said: str


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing to type."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class EmployerSheet:
    """All that the page says. ``banner`` is "" for a real school; ``before`` is what to know before one types; ``address`` is
    where the proof is.
    """

    school: str
    place: str
    body: str
    on: date
    banner: str
    summary: str
    answers: tuple[Answered, ...]
    before: tuple[str, ...]
    keys: tuple[Typed, ...]
    courses: tuple[Typed, ...]
    address: str
    closing: str


def is_possible() -> bool:
    """Is the part that makes PDF deeds installed?"""
    return find_spec("typst") is not None


def pdf(sheet: EmployerSheet) -> bytes:
    """The sheet. Raises :class:`NoTypst` when it cannot be made here."""
    if not is_possible():
        raise NoTypst("La fiche en PDF a besoin de la partie « deeds » d'Équerre, qui n'est pas installée ici.")
    import typst

    data = data_of(sheet)
    try:
        return _compiled(json.dumps(data, ensure_ascii=False), sheet.on)
    except typst.TypstError:
        said = normalize("NFC", json.dumps({**data, "boxed": BOXED}, ensure_ascii=False))
    # Marks and joiners go with what they were put on.
    seen = (sign for sign in said if category(sign)[0] != "M" and category(sign) != "Cf")
    return _compiled("".join(sign if _is_latin(sign) else BOX for sign in seen), sheet.on)


def _is_latin(sign: str) -> bool:
    """A letter of the languages of Europe that are written in Latin, or a sign of typography: the fonts have them all."""
    return sign <= "\u017f" or "\u2010" <= sign <= "\u203a" or sign == BOX


def _compiled(data: str, on: date) -> bytes:
    import typst

    template = (files("equerre.documents") / "templates" / TEMPLATE).read_bytes()
    made: bytes = typst.compile(
        template,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["ua-1", "a-2a"],
        # The first second of the day: the PDF says that it was made then.
        timestamp=(on - date(1970, 1, 1)).days * 86_400,
        ignore_system_fonts=True,
    )
    return made


def data_of(sheet: EmployerSheet) -> dict[str, object]:
    """What the template is given."""
    left = len(sheet.courses) - MOST_COURSES
    return {
        **asdict(sheet),
        "keys": [asdict(key) for key in sheet.keys[:MOST_KEYS]],
        "courses": [asdict(course) for course in sheet.courses[:MOST_COURSES]],
        "more": f"Et {counted(left, 'autre formation', 'autres formations')}, sur la page de l'école."
        if left > 0
        else "",
        "on": day(sheet.on),
        "iso": sheet.on.isoformat(),
        "moves": MOVES,
        "caution": CAUTION,
        "boxed": "",
    }
