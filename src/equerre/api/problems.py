"""What is wrong, as a program reads it: problem details (RFC 9457), in French, with the place of what must change.

``type`` is a stable name, ``title`` what kind of problem it is, ``detail`` this very one and what to do, ``where`` the
parameters at fault. Nothing that a caller sent is repeated but in a message that quotes it, cut and harmless.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from equerre.kernel.errors import BeforeTheLaw, EquerreError
from equerre.opendata.threshold.away import AWAY

MEDIA_TYPE = "application/problem+json"


class ProblemKind(NamedTuple):
    """One kind of problem: its status, and what it is called."""

    status: int
    title: str


KINDS: Mapping[str, ProblemKind] = {
    "bad-request": ProblemKind(400, "Cette demande ne se lit pas"),
    "bad-parameter": ProblemKind(422, "Un paramètre ne se lit pas"),
    "before-the-law": ProblemKind(422, "Le régime n'existait pas ce jour-là"),
    "not-found": ProblemKind(404, "Le registre ne tient rien de tel"),
    "no-such-address": ProblemKind(404, "Cette adresse n'existe pas"),
    "method-not-allowed": ProblemKind(405, "Cette API se lit, elle ne s'écrit pas"),
    "too-many-requests": ProblemKind(429, "Trop de demandes"),
    "internal": ProblemKind(500, "Équerre s'est trompé"),
    "unavailable": ProblemKind(503, "Le registre ne répond pas"),
}


class Where(NamedTuple):
    """What is at fault: ``part`` of the request (query, path), its ``name``, and what is wrong with it."""

    part: str
    name: str
    detail: str


class Refusal(EquerreError):
    """A request that has no answer: its kind, the sentence, the parameters at fault."""

    def __init__(self, kind: str, detail: str, where: Iterable[Where] = ()) -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail
        self.where = tuple(where)

    def __str__(self) -> str:
        return self.detail


def refused(where: Iterable[Where]) -> Refusal:
    """Parameters that do not read, all at once."""
    found = tuple(where)
    return Refusal("bad-parameter", " ".join(dict.fromkeys(place.detail for place in found)), found)


def problem(refusal: Refusal) -> HttpResponse:
    """The answer that says it."""
    kind = KINDS[refusal.kind]
    said = {
        "type": f"urn:equerre:problem:{refusal.kind}",
        "title": kind.title,
        "status": kind.status,
        "detail": refusal.detail,
        "where": [{"in": place.part, "name": place.name, "detail": place.detail} for place in refusal.where],
    }
    response = HttpResponse(json.dumps(said, ensure_ascii=False), content_type=MEDIA_TYPE, status=kind.status)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the caller's mistake, and its address is his own
    return response


SCHEMA: Mapping[str, Any] = {
    "title": "Problem",
    "description": "Ce qui empêche de répondre (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "where"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "enum": [f"urn:equerre:problem:{name}" for name in KINDS]},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": sorted({kind.status for kind in KINDS.values()})},
        "detail": {"type": "string"},
        "where": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "name", "detail"],
                "additionalProperties": False,
                "properties": {
                    "in": {"type": "string", "enum": ["query", "path"]},
                    "name": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


# --- What Ninja raises ----------------------------------------------------------------------------------------------------------


def answer_problems(api: NinjaAPI) -> None:
    """Whatever stops an operation becomes a problem."""
    refusals: Mapping[Any, Callable[[Any], Refusal]] = {
        Refusal: lambda error: error,
        BeforeTheLaw: lambda error: Refusal("before-the-law", str(error), [Where("query", "on", str(error))]),
        ValidationError: lambda error: refused(map(_where, error.errors)),
    }

    def answer(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(next(said(error) for kind, said in refusals.items() if isinstance(error, kind)))

    for kind in refusals:
        api.add_exception_handler(kind, answer)
    api.add_exception_handler(Exception, _broken)


def _where(error: Mapping[str, Any]) -> Where:
    """A number that is none, or out of its bounds: the only types that Ninja reads by itself here."""
    part, name, limits = str(error["loc"][0]), str(error["loc"][-1]), error.get("ctx", {})
    said = {
        "greater_than_equal": f"« {name} » vaut au moins {limits.get('ge')}.",
        "less_than_equal": f"« {name} » vaut au plus {limits.get('le')}.",
        "int_parsing": f"« {name} » est un nombre entier.",
    }
    return Where(part, name, said.get(str(error["type"]), f"« {name} » ne se lit pas."))


_LOG = logging.getLogger("django.request")


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    """A fault of ours: told to whoever keeps the server, never to the caller."""
    if isinstance(error, AWAY):
        raise error  # told where every request goes through
    got_request_exception.send(sender=None, request=request)
    _LOG.error("The API broke.", exc_info=error)
    return problem(Refusal("internal", "La faute est de notre côté ; elle est notée. Réessayez plus tard."))
