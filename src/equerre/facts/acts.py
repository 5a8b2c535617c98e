"""Acts as the register keeps them: their nature, who took them, their days, the act that they amend. No rule reads these."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import field, kind

# The natures of acts that go out: an act of another one (an approval of a person, say) stays in (R48).
PUBLIC_NATURES: dict[str, str] = {
    "recognition": "reconnaissance par l'État",
    "recognition_refusal": "refus de reconnaissance",
    "recognition_withdrawal": "retrait de la reconnaissance",
    "annual_list": "liste annuelle",
    "annual_list_amendment": "modification de la liste annuelle",
    "regional_list": "liste du préfet de région",
    "regional_list_amendment": "modification de la liste du préfet de région",
}


@kind(
    label="l'acte",
    title="Actes",
    about="Les actes des autorités, pour ceux que les autres feuilles nomment ou qui en modifient un autre.",
    read=False,
    in_feed=False,
    kept={
        "act": (
            str,
            field(
                "acte",
                public=True,
                in_feed=False,
                hint="une clé courte de votre choix, comme le numéro de l'acte",
                example="FICTIF-2024-01",
            ),
        ),
    },
)
class Act:
    """An act: its nature, who took it, its days, its NOR, and the act that it amends. Its own page shows the public natures."""

    kind: str = field("nature", public=True, hint="comme recognition ou annual_list", example="recognition")
    authority: str = field("autorité", public=True)
    number: str | None = field("numéro", default=None, public=True)
    signed_on: date | None = field("jour de signature", default=None, public=True)
    published_on: date | None = field("jour de publication", default=None, public=True)
    effect_on: date | None = field("jour d'effet", default=None, public=True)
    nor: str | None = field("NOR", default=None, public=True, norm="nor")
    amends: str | None = field("modifie", default=None, public=True)
