"""The balance of the apprenticeship tax: L. 443-6, sixth sentence; L. 6241-5; R. 531-14, D. 531-15."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import RECTEUR, YEARS, field, kind


@kind(
    label="le rattachement au second degré",
    title="Second degré",
    about="Une autorité a dit si l'école est du second degré, au sens du 2° de l'article L. 6241-5.",
    shown=False,
    valid_from=date(2024, 9, 1),
    sentence=("Elle relève du second degré", "Elle ne relève pas du second degré"),
)
class SecondDegree:
    """Is the school one of second degree, in the sense of L. 6241-5, 2°? An authority said so, or said not."""

    value: bool = field("école du second degré", public=True, example=True)


@kind(
    label="la formation de jeunes sans qualification, au sens du 7°",
    title="Formations du 7°",
    about="Une autorité a dit si l'organisme forme des jeunes sans qualification, au sens du 7° de l'article L. 6241-5.",
    shown=False,
    valid_from=date(2024, 1, 1),
    sentence=("Elle forme des jeunes sans qualification", "Elle ne forme pas de jeunes sans qualification"),
)
class UnqualifiedTraining:
    """Does the body train young people without qualification, in the sense of L. 6241-5, 7°?"""

    value: bool = field("organisme relevant du 7°", public=True, example=True)


@kind(
    label="l'habilitation à recevoir des boursiers",
    title="Habilitations boursiers",
    about="Le recteur habilite l'école à recevoir des boursiers nationaux, ou le refuse.",
    starts="effect_on",
    shown=False,
)
class ScholarshipHabilitation:
    """*Habilitation à recevoir des boursiers nationaux*, by the recteur. R. 531-14, D. 531-15.

    ``cse_opinion_favourable``: the opinion on scholarships of L. 531-5 (R23), which is not the one on recognition.
    """

    effect_on: date = field("jour d'effet", public=True, example=date(2025, 9, 1))
    authority: str = field("autorité", public=True, example=RECTEUR)
    granted: bool = field("accordée", default=True, public=True, example=True)
    cse_opinion_favourable: bool | None = field(
        "avis favorable du Conseil supérieur de l'éducation sur les bourses", default=None, public=True, example=True
    )


@kind(
    label="les coordonnées bancaires sur SOLTéA",
    withheld="Les coordonnées bancaires ne sont pas publiques.",
    title="Coordonnées bancaires",
    about="Les coordonnées bancaires de l'école sur SOLTéA, pour une campagne. Ce fait n'est jamais public.",
    key=("campaign_year",),
    valid_from=date(2026, 5, 20),
)
class BankDetails:
    """Are the bank details on SOLTéA valid for a campaign? Never public (R48)."""

    campaign_year: int = field("année de campagne", example=2026, limits=YEARS)
    accepted: bool = field("acceptées par la plateforme SOLTéA", example=True)


@kind(
    label="la demande d'habilitation sur SOLTéA",
    withheld="Les demandes d'habilitation ne sont pas publiques.",
    title="Demandes sur SOLTéA",
    about="La demande d'habilitation sur SOLTéA. Validée ne veut pas dire inscrite : seule la liste du préfet inscrit.",
    key=("campaign_year",),
    valid_from=date(2025, 12, 15),
)
class HabilitationRequest:
    """*Demande d'habilitation* on SOLTéA: ``state`` draft, sent, returned, examined, validated or refused.

    "Validated" is not listed: only the publication of the prefect's list is.
    """

    campaign_year: int = field("année de campagne", example=2026, limits=YEARS)
    state: str = field(
        "état",
        example="validated",
        choices={
            "draft": "en préparation",
            "sent": "envoyée",
            "returned": "renvoyée à l'école",
            "examined": "instruite",
            "validated": "validée",
            "refused": "refusée",
        },
    )
    sent_on: date | None = field("jour de l'envoi", default=None, example=date(2025, 11, 24))
