"""The yearly joint list of two ministers: L. 443-6, third sentence."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import KEY, YEARS, Form, field, kind


@kind(
    label="l'arrêté fixant la liste annuelle",
    title="Listes annuelles",
    about="L'arrêté commun des deux ministres qui fixe la liste annuelle. Donnez-le même s'il ne nomme pas l'école : sans lui, "
    "on ne sait pas ; avec lui, on sait qu'elle n'y est pas.",
    key=("act_year",),
    starts="published_on",
    in_history=False,
)
class AnnualList:
    """The joint act of two ministers, named by ``act_year``, the civil year of signature (R4).

    ``school_year`` ("2022-2023") and ``campaign_year`` are what its text says, absent when it is silent;
    ``effect_ends_on`` is its own clause on its end, absent when it has none (R3).
    """

    act_year: int = field("année civile de signature", public=True, example=2025, limits=YEARS)
    published_on: date = field("jour de publication", public=True, example=date(2025, 11, 20))
    signed_on: date | None = field("jour de signature", default=None, public=True, example=date(2025, 11, 12))
    nor: str | None = field("NOR", default=None, public=True, example="FICT2500002A", norm="nor")
    number: str | None = field("numéro", default=None, public=True, example="FICTIF-L2025")
    school_year: str | None = field(
        "année scolaire",
        default=None,
        public=True,
        hint="seulement si le texte de l'arrêté la dit",
        example="2025-2026",
        form=Form("[0-9]{4}-[0-9]{4}", "Une année scolaire s'écrit avec ses deux années, par exemple « 2025-2026 »"),
    )
    campaign_year: int | None = field(
        "année de campagne",
        default=None,
        public=True,
        hint="seulement si le texte de l'arrêté la dit",
        example=2026,
        limits=YEARS,
    )
    effect_ends_on: date | None = field(
        "jour où son effet prend fin, selon son texte",
        default=None,
        public=True,
        hint="le premier jour où l'arrêté ne vaut plus, seulement s'il le dit",
        example=date(2026, 9, 1),
    )
    authority: str = field("autorité", default="les deux ministres", public=True, example="les deux ministres")


@kind(
    label="l'inscription sur la liste annuelle",
    title="Lignes des listes annuelles",
    about="La ligne de l'école sur une liste annuelle.",
    key=("act_year",),
    valid_from=date(2025, 11, 20),
    sentence=("Inscrite sur la liste annuelle {act_year}",),
)
class AnnualListEntry:
    """This school's line on a list, and the sites that the line names."""

    act_year: int = field(
        "année civile de signature", public=True, hint="celle de la liste", example=2025, limits=YEARS
    )
    sites: tuple[str, ...] = field(
        "sites nommés",
        default=(),
        public=True,
        in_feed=False,
        hint="aucun, si la ligne ne nomme que l'école",
        example=("principal",),
        form=KEY,
    )
    motive: str | None = field("motif de la ligne", default=None, example="réunit les conditions de l'article")
