"""The school itself: the name that it bears, and the body that runs it, as the register links them. No rule reads these."""

from __future__ import annotations

from equerre.facts.kind import field, kind


@kind(
    label="le nom de l'école",
    title="Écoles",
    about="Les écoles : une clé qui ne change jamais, et le nom qu'elles portent.",
    read=False,
    sheet="school",
    sentence=("Elle s'appelle {name}",),
    kept={
        "school": (
            str,
            field(
                "école",
                hint="une clé courte de votre choix, comme ecole-lyon, qui ne change jamais",
                example="ecole-modele",
            ),
        ),
        "fictional": (
            bool,
            field("fictive", default=False, hint="oui pour une école qui n'existe pas ; sinon, rien", example=True),
        ),
    },
)
class SchoolName:
    """The name a school bears."""

    name: str = field("nom", public=True, example="École de production du modèle")


@kind(
    label="le lien entre l'école et l'organisme qui la gère",
    title="Écoles et organismes",
    about="L'organisme qui gère chaque école, tant qu'il la gère.",
    read=False,
    sentence=("Un organisme gestionnaire la porte",),
)
class SchoolBody:
    """The link between a school and the body that runs it."""

    body: str = field("organisme", public=True, in_feed=False, example="etablis")
