"""The calendar of the regime: dates that change every year, each with its source."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import YEARS, field, kind


@kind(
    label="la date de campagne",
    title="Dates de campagne",
    about="Une date du calendrier d'une campagne : prévue, puis révisée, puis réelle. Elle change chaque année.",
    key=("kind", "campaign_year"),
    in_history=False,
)
class CampaignDate:
    """A date of the regime's calendar: planned, revised, actual. A date is a datum with its source, never a constant."""

    kind: str = field(
        "nature",
        public=True,
        example="bank_details_close",
        choices={
            "annual_list": "liste annuelle attendue",
            "regional_list": "liste du préfet de région attendue",
            "habilitation_request_opens": "ouverture des demandes d'habilitation au solde",
            "habilitation_request_closes": "clôture des demandes d'habilitation au solde",
            "bank_details_close": "clôture des coordonnées bancaires",
            "opens_to_schools": "ouverture de SOLTéA aux écoles",
            "window_1_opens": "ouverture de la première période de choix",
            "window_1_closes": "clôture de la première période de choix",
            "transfer_1": "premier versement",
            "window_2_opens": "ouverture de la deuxième période de choix",
            "window_2_closes": "clôture de la deuxième période de choix",
            "transfer_2": "deuxième versement",
            "window_3_opens": "ouverture de la troisième période de choix",
            "window_3_closes": "clôture de la troisième période de choix",
            "transfer_3": "troisième versement",
            "undesignated_transfer": "versement des fonds non désignés",
        },
    )
    campaign_year: int = field("année de campagne", public=True, example=2026, limits=YEARS)
    planned: date | None = field("jour prévu", default=None, public=True, example=date(2026, 10, 15))
    revised: date | None = field("jour révisé", default=None, public=True, example=date(2026, 10, 22))
    actual: date | None = field("jour réel", default=None, public=True, example=date(2026, 10, 23))

    @property
    def best(self) -> date | None:
        """The actual day, else the revised one, else the planned one."""
        return self.actual or self.revised or self.planned
