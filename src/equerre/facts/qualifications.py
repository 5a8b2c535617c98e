"""What the courses lead to: sheets of the RNCP, requests for registration, intakes. L. 443-6, fourth sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from equerre.facts.kind import KEY, field, kind
from equerre.kernel.fact import Fact
from equerre.kernel.period import Period


@kind(
    label="la fiche RNCP",
    title="Fiches RNCP",
    kept={
        "decided_on": (date, field("jour de la décision", default=None)),
        "effect_on": (date, field("jour d'effet", default=None)),
        "last_issue_on": (date, field("dernier jour où elle peut être délivrée", default=None)),
    },
    about="Une fiche du RNCP, tant qu'elle est active. Relisez ses dates avant de vous y fier : elles changent.",
    key=("code",),
    source="kit",
    valid_from=date(2021, 9, 1),
    valid_until=date(2026, 9, 1),
    in_history=False,
)
class Certification:
    """A sheet of the RNCP while it is active: ``kind`` is diploma or title. ``until`` is the first day it no longer is.

    ``read_on`` is the vintage in which these days were read: a publisher may bring an end forward, even into the past.
    ``closed_read_on`` is the day of the vintage that first said it closed, when no vintage says since which day.
    """

    code: str = field("code", public=True, example="RNCP37897", norm="rncp", column="certification")
    title: str = field("intitulé", public=True, example="CAP - Métallier")
    kind: str = field(
        "nature",
        public=True,
        example="diploma",
        choices={"diploma": "diplôme", "title": "titre à finalité professionnelle"},
    )
    level: int | None = field("niveau", default=None, public=True, example=3, limits=(1, 8))
    successors: tuple[str, ...] = field(
        "fiches nommées pour suite",
        default=(),
        public=True,
        in_feed=False,
        hint="les codes que la fiche nomme, choisis par une personne, jamais d'office",
        example=(),
        norm="rncp",
    )
    read_on: date | None = field(
        "jour où la fiche a été lue",
        default=None,
        public=True,
        in_feed=False,
        hint="le jour de la publication où ces dates ont été lues",
        example=date(2025, 1, 31),
    )
    closed_read_on: date | None = field(
        "jour où elle a été lue fermée",
        default=None,
        public=True,
        in_feed=False,
        hint="le jour de la publication qui la dit inactive, quand aucune ne dit depuis quel jour elle l'est",
        example=date(2025, 1, 31),
    )


def active_days(sheet: Fact[Certification]) -> Period[date]:
    """The days on which a sheet is said to be active: up to the day on which it was read closed, when nobody says since when."""
    read_on = sheet.value.closed_read_on
    if read_on is None or (sheet.valid.start is not None and sheet.valid.start >= read_on):
        return sheet.valid
    return sheet.valid.until(read_on)


def active(sheet: Fact[Certification], on: date) -> bool | None:
    """Is a sheet active on a day? None when it was closed since when nobody says, and that day comes before it was read so."""
    read_on = sheet.value.closed_read_on
    return None if read_on is not None and on < read_on else active_days(sheet).holds(on)


def active_on(sheets: Iterable[Fact[Certification]], on: date) -> Fact[Certification] | None:
    """The first of these sheets that is said to be active on a day."""
    return next((sheet for sheet in sheets if active_days(sheet).holds(on)), None)


@kind(
    label="le code de diplôme",
    title="Codes de diplôme",
    about="Les codes de diplôme (CFD) auxquels répond une fiche du RNCP.",
    key=("certification", "cfd"),
    read=False,
)
class DiplomaCode:
    """A CFD that a sheet answers to; one code may answer to several sheets, and the reverse."""

    certification: str = field("fiche RNCP", norm="rncp")
    cfd: str = field("CFD", norm="cfd")


@kind(
    label="le bloc de compétences",
    title="Blocs de compétences",
    about="Les blocs de compétences d'une fiche du RNCP.",
    key=("certification", "code"),
    read=False,
)
class SkillBlock:
    """A block of skills of a sheet."""

    certification: str = field("fiche RNCP", norm="rncp")
    code: str = field("code du bloc", norm="rncp_block")
    title: str = field("intitulé")


@kind(
    label="la demande d'enregistrement au RNCP",
    title="Demandes au RNCP",
    about="Une demande d'enregistrement au RNCP, tant que France compétences l'examine.",
    key=("certification",),
    starts="filed_on",
    shown=False,
    valid_until=date(2026, 12, 1),
    in_history=False,
)
class RegistrationRequest:
    """A request for registration in the RNCP, while France compétences examines it (R54)."""

    filed_on: date = field("jour du dépôt", public=True, example=date(2026, 4, 7))
    certification: str = field("fiche RNCP", public=True, example="RNCP37897", norm="rncp")


@kind(
    label="la promotion entrée en formation",
    title="Promotions",
    about="Les élèves entrés ensemble dans une formation. until : le jour où ils la quittent.",
    key=("course", "entered_on"),
    starts="entered_on",
    valid_until=date(2027, 7, 1),
    in_history=False,
)
class Intake:
    """*Promotion entrante*: pupils who entered a course together; ``until`` is the day they leave it.

    ``counted_in_registration``: the certifier's file says that this promotion was counted, or in course, when the
    registration was examined (L. 6113-9, first paragraph). Absent is unknown.
    """

    entered_on: date = field("jour d'entrée", public=True, example=date(2025, 9, 1))
    course: str = field(
        "formation",
        public=True,
        in_feed=False,
        hint="l'id de la formation",
        example="cap-métallier",
        form=KEY,
        sheet_hint="la clé de la formation",
    )
    pupils: int | None = field("élèves", default=None, example=12)
    counted_in_registration: bool | None = field(
        "promotion comptée par le certificateur",
        default=None,
        public=True,
        hint="ce que dit le dossier du certificateur ; sinon, rien",
        example=True,
    )
