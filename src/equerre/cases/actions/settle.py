"""*Trancher*: a source contradicts what is held, and somebody decides, with a reason. The proposal is taken, or left.

Either way it waits no longer, and the history keeps who decided and why. The decision stands on what was shown: when what is held
is no longer what the person compared, nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from equerre.accounts.models import Person
from equerre.accounts.rights import may
from equerre.cases.actions import NO_REASON, ActionRefused
from equerre.registry import history, record
from equerre.registry.dated import Dated


@dataclass(frozen=True, slots=True)
class Settlement:
    """A decision on a proposal. ``seen`` are the numbers of the held rows that were compared with it."""

    proposal: Dated
    seen: Collection[int]
    take: bool
    why: str


@transaction.atomic
def settle(person: Person, settlement: Settlement, recorded_at: datetime) -> Dated | None:
    """Write it, and give the row that is held now; None when the proposal was left. ``TooLate`` when somebody was faster."""
    proposal = settlement.proposal
    may(person, "settle", proposal, recorded_at.astimezone(history.PARIS).date()).or_refuse()
    if not settlement.why.strip():
        raise ActionRefused([("why", NO_REASON)])
    by = record.By(person.author, recorded_at, proposal.source, "settled", settlement.why)
    return record.settle(proposal, by, accept=settlement.take, seen=settlement.seen)
