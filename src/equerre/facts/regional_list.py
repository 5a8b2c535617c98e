"""The regional prefect's list for a campaign of the balance: R. 6241-21."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import KEY, YEARS, field, kind


@kind(
    label="la liste du préfet de région",
    title="Listes des préfets de région",
    kept={"signed_on": (date | None, field("jour de signature", default=None, public=True))},
    about="La liste du préfet de région pour une campagne du solde. Donnez-la même si elle ne nomme pas l'école.",
    key=("campaign_year",),
    starts="published_on",
    in_history=False,
)
class RegionalList:
    """The regional prefect's list for a campaign of the balance. R. 6241-21."""

    campaign_year: int = field("année de campagne", public=True, example=2026, limits=YEARS)
    published_on: date = field("jour de publication", public=True, example=date(2025, 12, 18))
    region: str | None = field(
        "région",
        default=None,
        public=True,
        example="Auvergne-Rhône-Alpes",
        sheet_hint="le code de l'Insee, comme 84",
        sheet_example="84",
    )
    number: str | None = field("numéro", default=None, public=True, example="FICTIF-R2026")
    authority: str = field("autorité", default="le préfet de région", public=True, example="le préfet de région")


@kind(
    label="l'inscription sur la liste du préfet de région",
    title="Lignes des listes des préfets",
    about="La ligne de l'école sur la liste du préfet de région.",
    key=("campaign_year", "item"),
    valid_from=date(2025, 12, 18),
    sentence=("Inscrite sur la liste du préfet de région de la campagne {campaign_year}, au titre du {item}",),
)
class RegionalListEntry:
    """This school's line on the prefect's list: under which item of L. 6241-5 (``12°``, ``2°-c`` …)."""

    campaign_year: int = field("année de campagne", public=True, example=2026, limits=YEARS)
    item: str = field(
        "titre de l'inscription",
        public=True,
        hint="le numéro de l'article L. 6241-5 sous lequel elle figure",
        example="12°",
        choices={"2°-b": "2° b", "2°-c": "2° c", "7°": "7°", "12°": "12°"},
    )
    courses: tuple[str, ...] = field(
        "formations nommées",
        default=(),
        public=True,
        in_feed=False,
        hint="les id des formations nommées, si la liste va par formation",
        example=("cap-métallier",),
        form=KEY,
        sheet_hint="les clés des formations nommées, si la liste va par formation",
    )
