"""Who is taught, and what: L. 443-6, fourth sentence."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import KEY, field, kind


@kind(
    label="les effectifs par statut",
    title="Effectifs",
    about="Combien de jeunes sont formés, selon leur statut.",
    valid_from=date(2026, 9, 1),
    in_history=False,
)
class Audience:
    """Who is taught, by status, counted: pupils under school status, apprentices, adult trainees."""

    school_status: int = field("élèves sous statut scolaire", public=True, example=24)
    apprentices: int | None = field("apprentis", default=None, public=True, example=0)
    trainees: int | None = field("stagiaires adultes", default=None, public=True, example=0)


@kind(
    label="la formation",
    title="Formations",
    kept={"school": (str, field("école", hint="obligatoire la première fois que la formation est nommée"))},
    about="Une formation que donne l'école. Les heures se comptent sur tout le cursus ou sur un an, pourvu que ce soit partout "
    "pareil.",
    key=("id",),
    valid_from=date(2022, 9, 1),
)
class Course:
    """*Formation*: what the school prepares, where, and its weekly or yearly hours by kind of teaching."""

    id: str = field(
        "identifiant",
        public=True,
        in_feed=False,
        hint="un nom court, repris par les promotions",
        example="cap-métallier",
        form=KEY,
        column="course",
        sheet_hint="une clé courte, sans espace, différente pour chaque formation de chaque école",
        sheet_example="cap-metallier",
    )
    title: str = field("intitulé", public=True, example="CAP Métallier")
    certification: str = field(
        "fiche RNCP", public=True, hint="le code de la fiche RNCP préparée", example="RNCP37897", norm="rncp"
    )
    site: str | None = field("site", default=None, public=True, in_feed=False, example="principal", form=KEY)
    full_time: bool | None = field("à temps plein", default=None, public=True, example=True)
    general_hours: int | None = field("heures d'enseignement général", default=None, public=True, example=420)
    vocational_hours: int | None = field(
        "heures d'enseignement technologique ou professionnel", default=None, public=True, example=840
    )
    regulation_general_hours: int | None = field(
        "heures d'enseignement général du règlement du diplôme", default=None, public=True, example=400
    )
