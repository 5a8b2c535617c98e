"""Production counted: L. 443-6, fifth sentence."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import field, kind


@kind(
    label="le décompte de production",
    withheld="Ce compte n'est pas public.",
    title="Décomptes de production",
    about="Un décompte, pour une période : un fait par décompte. Un décompte absent est inconnu, jamais nul.",
    key=("count",),
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 1, 1),
)
class ProductionCount:
    """One count of one period: orders, outside_customers, pupils, skills, hours; and two that the label asks (R14)."""

    count: str = field(
        "ce qui est compté",
        example="orders",
        choices={
            "orders": "commandes",
            "outside_customers": "clients extérieurs",
            "pupils": "élèves qui y ont travaillé",
            "skills": "compétences touchées",
            "hours": "heures de production",
            "orders_at_market_price": "commandes au prix du marché",
            "total_hours": "heures de toute la formation",
        },
    )
    value: int = field("valeur", example=64)
