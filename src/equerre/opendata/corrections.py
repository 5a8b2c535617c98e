"""Requests for a correction of the public data: received, followed, answered, and forgotten in time.

How long: the address to write back is erased thirty days after the answer, and a year after the request in any case; the
request itself, five years after it came. Whatever writes here forgets first, so no task has to run beside the server.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from equerre.kernel.errors import EquerreError
from equerre.opendata.models import CorrectionRequest

# What is promised on the page of legal notices.
CONTACT_AFTER_ANSWER = timedelta(days=30)
CONTACT_AT_MOST = timedelta(days=365)
KEPT = timedelta(days=5 * 365)
# A person who reads these requests answers some a day: beyond, it is a machine that writes.
AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 60

LONGEST_TEXT, LONGEST_PAGE = 4000, 300


class TooMany(EquerreError):
    """Too many requests came in an hour: nothing was kept, and the person is told when to come back."""


def receive(text: str, *, page: str, contact: str, received_at: datetime) -> CorrectionRequest:
    """Keep a request, and give it its number."""
    with transaction.atomic():
        forget(received_at)
        if CorrectionRequest.objects.filter(received_at__gt=received_at - AN_HOUR).count() >= MOST_AN_HOUR:
            raise TooMany(
                "Trop de demandes sont arrivées depuis une heure : celle-ci n'est pas gardée. Revenez dans une heure."
            )
        return CorrectionRequest.objects.create(
            token=secrets.token_urlsafe(32), page=page, text=text, contact=contact, received_at=received_at
        )


def followed(token: str) -> CorrectionRequest | None:
    """The request whose author holds this key."""
    return CorrectionRequest.objects.filter(token=token).first()


def answer(request: CorrectionRequest, text: str, answered_at: datetime) -> None:
    """Answer, or answer again: the last answer is the one that is shown."""
    with transaction.atomic():
        request.answer, request.answered_at = text, answered_at
        request.save(update_fields=["answer", "answered_at"])
        forget(answered_at)


def forget(at: datetime) -> None:
    """Erase what has been kept long enough."""
    CorrectionRequest.objects.filter(received_at__lte=at - KEPT).delete()
    answered = Q(answered_at__lte=at - CONTACT_AFTER_ANSWER)
    CorrectionRequest.objects.filter(answered | Q(received_at__lte=at - CONTACT_AT_MOST)).exclude(contact="").update(
        contact=""
    )
