"""The body that runs the school (*organisme gestionnaire*), and what its statutes say: L. 443-6, first sentence."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import Form, field, kind


@kind(
    label="l'organisme gestionnaire",
    title="Organismes gestionnaires",
    kept={
        "body": (str, field("organisme", hint="une clé courte de votre choix, qui ne change jamais", example="etablis"))
    },
    about="La personne morale qui gère l'école, tant qu'elle la gère. Sa forme seule ne prouve pas l'absence de but lucratif.",
    valid_from=date(2021, 3, 1),
)
class ManagingBody:
    """The body that runs the school (*organisme gestionnaire*), for as long as it runs it. L. 443-6, first sentence."""

    name: str = field("nom", public=True, example="Association fictive des Établis")
    legal_category: str = field(
        "catégorie juridique",
        public=True,
        hint="code de l'Insee, quatre chiffres, sur l'avis de situation (9220 : association déclarée)",
        example="9220",
        form=Form("[0-9]{4}", "La catégorie juridique de l'Insee a quatre chiffres, par exemple « 9220 »"),
    )
    siren: str | None = field("SIREN", default=None, public=True, example="000000018", norm="siren")
    rna: str | None = field(
        "RNA",
        default=None,
        public=True,
        hint="W et neuf chiffres ; une association d'Alsace-Moselle n'en a pas",
        example="W999000001",
        norm="rna",
    )


@kind(
    label="l'examen des statuts par une personne",
    title="Examens des statuts",
    about="Une personne a lu les statuts (objet, gestion, dévolution des biens) et dit s'ils interdisent le profit.",
    starts="reviewed_on",
)
class StatutesReview:
    """A person read the statutes (object, management, what becomes of the assets) and says whether they forbid profit."""

    reviewed_on: date = field("jour de l'examen", public=True, example=date(2022, 1, 17))
    non_profit: bool = field("profit interdit par les statuts", public=True, example=True)
    reviewer: str = field(
        "qui a lu les statuts",
        withheld="une personne habilitée à les lire",
        hint="le service, jamais un nom de personne",
        example="le rectorat",
    )
