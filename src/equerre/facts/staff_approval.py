"""Persons, as posts and opaque keys, never names: L. 443-3."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import KEY, RECTEUR, field, kind


@kind(
    label="l'équipe de direction et d'enseignement",
    withheld="Les postes ne sont pas publics.",
    title="Postes",
    about="Un poste tenu par une personne.",
    key=("id",),
    valid_from=date(2022, 9, 1),
)
class StaffMember:
    """A post held. ``id`` is an opaque key; ``function`` is director, teacher, master or speaker."""

    id: str = field(
        "identifiant",
        hint="une clé opaque, jamais un nom de personne",
        example="direction-1",
        form=KEY,
        column="post",
        sheet_hint="une clé opaque, jamais un nom de personne",
    )
    function: str = field(
        "fonction",
        example="director",
        choices={
            "director": "directeur ou directrice",
            "teacher": "enseignant ou enseignante",
            "master": "maître professionnel",
            "speaker": "intervenant extérieur",
        },
    )


@kind(
    label="l'agrément",
    withheld="Les agréments ne sont pas publics.",
    title="Agréments des personnes",
    about="L'agrément d'une personne, ou son refus. Ces faits ne sont jamais publics.",
    key=("member",),
    starts="signed_on",
)
class StaffApproval:
    """*Agrément* of one person. ``granted = false`` is a refusal, which is a fact too."""

    signed_on: date = field("jour de signature", example=date(2024, 8, 26))
    member: str = field(
        "personne",
        hint="l'id du poste",
        example="direction-1",
        form=KEY,
        sheet_hint="la clé du poste, dans la feuille Postes",
    )
    authority: str = field("autorité", example=RECTEUR)
    granted: bool = field("accordé", default=True, example=True)
