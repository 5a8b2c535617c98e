"""How a sentence names an act: its kind, number and day. One way, for every rule.

>>> from datetime import date
>>> from types import SimpleNamespace as Act
>>> named("arrêté", Act(number="FICTIF-12", signed_on=date(2026, 6, 9), nor=None))
'arrêté FICTIF-12 du 9 juin 2026'
"""

from __future__ import annotations

from equerre.kernel.french import day


def named(kind: str, act: object) -> str:
    """Kind, number (or NOR) and day of signature, as far as the act has them."""
    number = getattr(act, "number", None) or getattr(act, "nor", None)
    signed_on = getattr(act, "signed_on", None)
    words = [kind, *([number] if number else []), *([f"du {day(signed_on)}"] if signed_on else [])]
    return " ".join(words)
