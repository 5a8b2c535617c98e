"""*Trancher*: a source contradicts what is held, and somebody decides, with a reason. The proposal is taken, or left.

Either way it waits no longer, and the history keeps who decided and why. The decision stands on what was shown: when what is held
is no longer what the person compared, or when another proposal that they saw is settled, nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from equerre.accounts.models import Person
from equerre.accounts.rights import may
from equerre.cases.actions import NO_REASON, ActionRefused, too_late, whole
from equerre.registry import history, record
from equerre.registry.dated import Dated


@dataclass(frozen=True, slots=True)
class Settlement:
    """A decision on a proposal. ``seen`` are the numbers of the rows compared with it: held, or proposed too."""

    proposal: Dated
    seen: Collection[int]
    take: bool
    why: str


@whole
def settle(person: Person, settlement: Settlement, recorded_at: datetime) -> Dated | None:
    """Write it, and give the row that is held now; None when the proposal was left. ``TooLate`` when somebody was faster."""
    proposal = settlement.proposal
    may(person, "settle", proposal, recorded_at.astimezone(history.PARIS).date()).or_refuse()
    if not settlement.why.strip():
        raise ActionRefused([("why", NO_REASON)])
    by = record.By(person.author, recorded_at, proposal.source, "settled", settlement.why)
    try:
        return record.settle(proposal, by, accept=settlement.take, seen=settlement.seen)
    except record.TooLate as error:
        raise too_late(error, proposal, {proposal.pk, *settlement.seen}) from error
