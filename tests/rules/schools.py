"""One rich fictional school, made from the bundles of the cases: what the tests of the chain start from."""

from __future__ import annotations

from datetime import date
from functools import cache

from equerre.facts.school_facts import SchoolFacts
from tests.rules.cases import school

ON = date(2026, 10, 1)
BUNDLES = (
    "association",
    "ouverte",
    "reconnue",
    "liste 2025",
    "sur la liste 2025",
    "élèves",
    "formation métallerie",
    "promotion 2025",
    "production 2026",
)


@cache
def rich_school() -> SchoolFacts:
    """Everything held, the sheet lapsed a month ago, the next list not signed."""
    approvals = [
        {"signed_on": date(2023, 1, 9), "member": member, "authority": "le recteur"}
        for member in ("direction", "maître-1")
    ]
    return school(
        list(BUNDLES),
        {
            "staff_member": [{"id": "direction", "function": "director"}, {"id": "maître-1", "function": "master"}],
            "staff_approval": approvals,
            "regional_list": [{"campaign_year": 2026, "published_on": date(2026, 4, 2)}],
            "regional_list_entry": [{"campaign_year": 2026, "item": "12°", "from": date(2026, 4, 2)}],
            "bank_details": [{"campaign_year": 2026, "accepted": True}],
        },
    )
