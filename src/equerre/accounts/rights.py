"""Who may do what: one function, asked by every page and every action, so that none of them decides by itself.

Today its truth is Django's: an active account of the staff, and the permission that it or its group was given on a kind of
thing. The table of roles, (role, verb, kind, tie), each held for a period, will come here, with ``which``, the same rows as a
filter in SQL. Whoever asks will not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from equerre.accounts.models import Person
from equerre.kernel.errors import EquerreError

# Each verb: how it is said, and the permissions of Django that give it, any of which is enough.
VERBS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "read": ("lire", ("view", "change")),
    "add": ("ajouter", ("add",)),
    "correct": ("corriger", ("change",)),
    "settle": ("trancher sur", ("change",)),
}


class Forbidden(EquerreError, PermissionDenied):
    """Somebody asked for what they may not do. A page answers 403 with the reason, and nothing was written."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """Yes, or the reason for no, which people read."""

    refusal: str = ""

    def __bool__(self) -> bool:
        return not self.refusal

    def or_refuse(self) -> None:
        """Go on, or stop with the reason."""
        if self.refusal:
            raise Forbidden(self.refusal)


def may(person: Person | AnonymousUser, verb: str, thing: Model | type[Model], today: date) -> Clearance:
    """May this person do this to that thing, or to anything of that kind? Default: no.

    ``today`` is the day of the clock, in Paris, and never the day that an address asks about: a role that has ended does not
    come back because one looks at a day when it held. Django's permissions have no end, so that nothing reads it yet.
    """
    said, permissions = VERBS[verb]
    if not (person.is_active and person.is_staff):
        return Clearance("Votre compte n'est pas de ceux qui tiennent le registre.")
    kind = thing._meta
    if any(person.has_perm(f"{kind.app_label}.{one}_{kind.model_name}") for one in permissions):
        return Clearance()
    return Clearance(f"Votre compte n'a pas le droit de {said} les lignes « {kind.verbose_name_plural} ».")
