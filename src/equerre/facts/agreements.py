"""Agreements with the State, local authorities, companies: L. 443-6, seventh sentence."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import KEY, field, kind


@kind(
    label="la convention",
    withheld="Les conventions ne sont pas publiques.",
    title="Conventions",
    about="Une convention en cours. Nul n'est tenu d'en signer.",
    key=("id",),
    starts="signed_on",
    valid_until=date(2027, 1, 1),
)
class Agreement:
    """*Convention*: parties by kind (state, local_authority, company), object by kind, and what it lacks or not."""

    signed_on: date = field("jour de signature", example=date(2026, 1, 20))
    id: str = field("identifiant", example="atelier-2026", form=KEY, column="reference")
    party: str = field("autre partie", example="une entreprise fictive de métallerie")
    party_kind: str = field(
        "nature de l'autre partie",
        example="company",
        choices={
            "state": "État",
            "local_authority": "collectivité territoriale",
            "company": "entreprise",
            "other": "autre",
        },
    )
    purpose: str = field(
        "objet",
        example="equipment",
        choices={
            "running": "fonctionnement",
            "investment": "investissement",
            "engineering": "ingénierie",
            "equipment": "équipement",
            "loan": "prêt",
            "production": "production",
            "other": "autre",
        },
    )
    signed_by_body: bool | None = field("signée par l'organisme gestionnaire", default=None, example=True)
    signed_by_party: bool | None = field("signée par l'autre partie", default=None, example=True)
    written: bool | None = field("écrite", default=None, example=True)
    amount_cents: int | None = field(
        "montant, en centimes", default=None, hint="1200000 pour 12 000 euros", example=1200000, unit="centimes d'euro"
    )
    education_ministry: bool | None = field("argent du ministère de l'éducation nationale", default=None, example=False)
    cse_opinion_favourable: bool | None = field(
        "avis favorable du Conseil supérieur de l'éducation",
        default=None,
        hint="seulement pour de l'argent de l'État",
        example=True,
    )
    state_aid_basis: str | None = field("fondement d'aide d'État", default=None, example="aucun : argent privé")
