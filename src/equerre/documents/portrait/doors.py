"""The doors to the balance, side by side: what each asks, whether it is open that day, and the condition that is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from equerre.documents.answer_rows import Answer
from equerre.documents.portrait.finding import FindingShown, finding_shown


class DoorName(NamedTuple):
    """What a door is called, and for whom it is made."""

    title: str
    made_for: str


DOORS: Mapping[str, DoorName] = {
    "tax_balance.door_12": DoorName("Porte du 12°", "Pour les écoles de production que nomme la liste annuelle."),
    "tax_balance.door_2c": DoorName(
        "Porte du 2° c", "Pour les écoles techniques privées reconnues, du second degré, sans but lucratif."
    ),
    "tax_balance.door_2b": DoorName(
        "Porte du 2° b", "Pour les écoles sans but lucratif que le recteur habilite à recevoir des boursiers."
    ),
    "tax_balance.door_7": DoorName(
        "Porte du 7°", "Pour les organismes sans but lucratif qui forment des jeunes sans qualification."
    ),
}
STATES = {"met": "Ouverte ce jour-là", "not-met": "Fermée ce jour-là", "unknown": "On ne sait pas", "na": "Sans objet"}
COMMON = "tax_balance.eligible_courses"


class DoorShown(NamedTuple):
    """One door."""

    key: str
    named: DoorName
    state: str
    said: FindingShown


def doors(answer: Answer) -> list[DoorShown]:
    """The four doors, in the order in which one tries them."""
    found = [(key, name, finding_shown(answer, key)) for key, name in DOORS.items() if key in answer.findings]
    return [DoorShown(key.partition(".")[2], name, STATES[shown.shape], shown) for key, name, shown in found]


def common_condition(answer: Answer) -> FindingShown | None:
    """What every door asks besides: courses that the balance may pay for."""
    return finding_shown(answer, COMMON) if COMMON in answer.findings else None
