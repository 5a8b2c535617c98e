"""Opening, and the places where the school teaches: L. 441-1 to L. 441-4, L. 442-2."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import KEY, Form, field, kind


@kind(
    label="le site",
    title="Sites",
    kept={
        "school": (str, field("école", hint="obligatoire la première fois que le site est nommé")),
        "address": (str, field("adresse", default="", example="1 rue Fictive")),
        "postcode": (
            str,
            field(
                "code postal",
                default="",
                example="69000",
                form=Form("[0-9]{5}", "Un code postal a cinq chiffres ; un zéro a peut-être été perdu au début"),
            ),
        ),
    },
    about="Un lieu où l'école enseigne. Un acte qui nomme des sites ne vaut que là.",
    key=("id",),
    valid_from=date(2022, 9, 1),
)
class Site:
    """A place where the school teaches (*établissement*, *antenne*). ``main`` is the one its UAI stands for."""

    id: str = field(
        "identifiant",
        public=True,
        in_feed=False,
        hint="un nom court, repris par les actes et les formations",
        example="principal",
        form=KEY,
        column="site",
        sheet_hint="une clé courte, sans espace, différente pour chaque site de chaque école",
        sheet_example="site-modele",
    )
    main: bool = field("site principal", default=False, public=True, example=True)
    uai: str | None = field("UAI", default=None, public=True, example="9990001X", norm="uai")
    siret: str | None = field("SIRET", default=None, public=True, example="00000001800010", norm="siret")
    commune: str | None = field("commune", default=None, public=True, example="Ville-Fictive")
    departement: str | None = field("département", default=None, public=True, example="69")


@kind(
    label="la déclaration d'ouverture",
    title="Déclarations d'ouverture",
    about="La déclaration faite au recteur avant d'ouvrir. Ses trois jours comptent chacun : la loi ne dit pas d'où part "
    "le délai.",
    starts="filed_on",
)
class OpeningDeclaration:
    """*Déclaration d'ouverture*: filed, acknowledged, complete: three days that the law does not merge (R16).

    ``gaps_named``: did the acknowledgement, or a letter within fifteen days, ask for missing pieces? Absent is unknown.
    A move of premises is another declaration (L. 441-3): it does not end this one.
    """

    filed_on: date = field("jour du dépôt", public=True, example=date(2022, 1, 10))
    acknowledged_on: date | None = field(
        "jour de l'accusé de réception", default=None, public=True, example=date(2022, 1, 14)
    )
    complete_on: date | None = field(
        "jour où le dossier a été complet", default=None, public=True, example=date(2022, 1, 24)
    )
    gaps_named: bool | None = field("pièces manquantes demandées", default=None, public=True, example=False)


@kind(
    label="l'opposition à l'ouverture",
    title="Oppositions à l'ouverture",
    about="Le recteur, le maire, le préfet ou le procureur s'oppose à l'ouverture. until : le jour où elle est levée ou annulée.",
    key=("authority",),
    starts="opposed_on",
    ends=True,
    shown=False,
    valid_until=date(2022, 3, 1),
)
class Opposition:
    """One of the four authorities opposes the opening; its end (``until``) is the day it is lifted or annulled."""

    opposed_on: date = field("jour de l'opposition", public=True, example=date(2022, 2, 15))
    authority: str = field("autorité", public=True, example="le maire")
    ground: str | None = field("motif", default=None, example="locaux")


@kind(
    label="la fermeture",
    title="Fermetures",
    about="Le préfet ferme l'école, pour un temps ou pour toujours.",
    starts="effect_on",
    ends=True,
    shown=False,
    valid_until=date(2027, 2, 1),
)
class Closure:
    """*Fermeture* by the prefect, temporary or final. L. 442-2, L. 441-3-1."""

    effect_on: date = field("jour d'effet", public=True, example=date(2027, 1, 4))
    authority: str = field("autorité", public=True, example="le préfet")
    temporary: bool = field("temporaire", default=False, public=True, example=True)
