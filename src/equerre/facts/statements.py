"""What somebody says of a doubt, or of an absence: written positions, and *néant*."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import RECTEUR, Form, field, kind


@kind(
    label="une prise de position écrite",
    title="Prises de position",
    about="Une autorité a écrit, pour cette école, quelle lecture du droit elle suit : le doute est levé tant que l'écrit vaut.",
    key=("reading", "use"),
    starts="written_on",
    shown=False,
)
class Ruling:
    """An authority wrote, for this school, which option of a reading it follows (*prise de position*, *rescrit*).

    It settles the doubt for this school while it is valid: rules take it as a fact, before any default. ``use`` says for
    which use of a reading that has several (R4: ``schooling``, ``tax``); empty, for every use.
    """

    written_on: date = field("jour de l'écrit", public=True, example=date(2026, 2, 3))
    reading: str = field(
        "lecture",
        public=True,
        hint="son numéro : la liste est dans equerre readings",
        example="R4",
        form=Form("R[1-9][0-9]*", "Une lecture s'écrit R et son numéro, par exemple « R3 »"),
    )
    option: str = field("option suivie", public=True, example="a")
    authority: str = field("autorité", public=True, example=RECTEUR)
    use: str = field(
        "usage de la lecture",
        default="",
        public=True,
        hint="pour une lecture qui en a plusieurs, comme R4 : schooling ou tax ; sinon rien",
        example="schooling",
    )


@kind(
    label="l'attestation d'absence",
    title="Attestations d'absence",
    about="Quelqu'un qui peut le savoir dit qu'il n'y a rien. Sans cet écrit, ce qui manque est inconnu, et non absent.",
    key=("of",),
    shown=False,
    valid_from=date(2022, 4, 24),
)
class StatedAbsence:
    """Somebody who may know says that there is none: *néant*. Only this makes of an absence a fact.

    ``of`` names the kind (``opposition``, ``recognition``), and its key when it has one (``staff_approval[maître-1]``).
    """

    of: str = field(
        "ce qui n'existe pas",
        public=True,
        hint="une sorte de fait, avec sa clé s'il le faut, comme staff_approval[maître-1]",
        example="opposition",
    )
