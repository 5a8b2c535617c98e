"""What becomes of the young people, counted: L. 443-6, second sentence."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import YEARS, field, kind


@kind(
    label="la cohorte de sortants",
    withheld="Ces chiffres ne sont pas publics.",
    title="Cohortes de sortants",
    about="Les sortants d'une année, observés plus tard. Des nombres de personnes, jamais des noms.",
    key=("exit_year", "horizon"),
    valid_from=date(2026, 3, 1),
)
class Cohort:
    """*Cohorte de sortants* of one exit year, observed ``horizon`` months later (6, 12, 18 or 24). Counts of persons."""

    exit_year: int = field("année de sortie", example=2025, limits=YEARS)
    horizon: int = field("mois après la sortie", example=6, numbers=(6, 12, 18, 24))
    leavers: int = field("sortants", example=16)
    reached: int = field("sortants joints", example=14)
    employed: int | None = field("en emploi", default=None, example=7)
    in_training: int | None = field(
        "en formation", default=None, hint="et qui ne sont pas déjà comptés en emploi", example=6
    )
    unqualified_at_entry: int | None = field("sans certification de niveau 3 à l'entrée", default=None, example=13)
    without_trade_diploma_at_entry: int | None = field("sans diplôme du métier à l'entrée", default=None, example=16)
    dropouts_at_entry: int | None = field("en décrochage à l'entrée", default=None, example=9)
