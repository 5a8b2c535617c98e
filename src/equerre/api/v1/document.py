"""``/openapi.json`` and ``/docs``: the API described for programs (OpenAPI 3.1) and for people, from the operations themselves.

Ninja draws parameters and shapes; what every operation shares (the answer of ``chain``, 304, problems, headers) is added here,
once. The page for people is ours: no script, nothing fetched elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from equerre.api import problems
from equerre.api.v1 import api
from equerre.documents.answer_schema import answer_schema
from equerre.opendata.exports import LICENCE, LICENCE_ID

Schema = dict[str, Any]

BASE = "/api/v1"
_HEADERS: Mapping[str, str] = {
    "ETag": "Marque de cette réponse : renvoyez-la dans If-None-Match.",
    "RateLimit-Limit": "Combien de demandes par minute.",
    "RateLimit-Remaining": "Combien il vous en reste.",
    "RateLimit-Reset": "Dans combien de secondes le compte repart.",
    "Link": "Adresse de la page suivante (rel=next), s'il y en a une.",
}
_REFUSALS: Mapping[str, str] = {
    "404": "Le registre ne tient rien de tel.",
    "422": "Un paramètre ne se lit pas, ou le régime n'existait pas ce jour-là.",
    "429": "Trop de demandes.",
}

_IN_THE_PATH: Mapping[str, str] = {
    "uai": "UAI de l'école, comme 9990012J.",
    "act_year": "Année de signature de l'arrêté.",
    "code": "Code de la fiche RNCP, ou du code de droit.",
    "number": "Numéro de l'article, comme L443-6.",
}


@cache
def document() -> Schema:
    """The whole description."""
    drawn = json.dumps(api.get_openapi_schema(path_prefix=""))
    found: Schema = json.loads(re.sub(r'(?<=["/])([A-Z][A-Za-z]+)Shape(?=")', r"\1", drawn))
    found["info"]["license"] = {"name": LICENCE, "identifier": LICENCE_ID}
    found["servers"] = [{"url": BASE}]
    schemas = found["components"]["schemas"]
    schemas["Problem"] = dict(problems.SCHEMA)
    schemas.update(_answer_schemas())
    for path, operations in found["paths"].items():
        _complete(operations["get"], path)
    said = json.dumps(found)
    found["components"]["schemas"] = {
        name: schema for name, schema in schemas.items() if f'"#/components/schemas/{name}"' in said
    }
    return found


def _complete(operation: Schema, path: str) -> None:
    """What every operation takes and answers."""
    operation["parameters"] = [_described(parameter) for parameter in operation["parameters"]]
    if path.endswith("/chain"):
        operation["responses"]["200"] = {"content": {"application/json": {"schema": _reference("Answer")}}}
    done = operation["responses"]["200"]
    done["description"] = "La réponse."
    done["headers"] = {name: {"description": said, "schema": {"type": "string"}} for name, said in _HEADERS.items()}
    operation["responses"]["304"] = {"description": "Rien n'a changé depuis la marque que vous renvoyez."}
    for status, said in _REFUSALS.items():
        content = {problems.MEDIA_TYPE: {"schema": _reference("Problem")}}
        operation["responses"][status] = {"description": said, "content": content}


def _described(parameter: Schema) -> Schema:
    """A parameter as OpenAPI has it: Ninja repeats what its schema says, and gives examples another form."""
    schema = {name: value for name, value in parameter["schema"].items() if name not in ("title", "description")}
    if schema.get("default") == "":
        del schema["default"]  # not given
    about = parameter.get("description") or _IN_THE_PATH.get(parameter["name"], "")
    return {**{name: parameter[name] for name in ("in", "name", "required")}, "description": about, "schema": schema}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer_schemas() -> Iterator[tuple[str, Schema]]:
    """The schema of an answer, its parts moved where OpenAPI looks for them."""
    whole = json.loads(json.dumps(answer_schema()).replace('"#/$defs/', '"#/components/schemas/Answer'))
    for name, part in whole.pop("$defs").items():
        yield f"Answer{name}", part
    yield "Answer", {name: value for name, value in whole.items() if not name.startswith("$")}


def openapi(request: HttpRequest) -> HttpResponse:
    """For programs."""
    text = json.dumps(document(), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/vnd.oai.openapi+json;version=3.1; charset=utf-8")


# --- For people ---------------------------------------------------------------------------------------------------------------


class ParameterLine(NamedTuple):
    """One parameter of an operation."""

    name: str
    place: str
    required: bool
    about: str


class Operation(NamedTuple):
    """One operation, as the page shows it."""

    anchor: str
    path: str
    summary: str
    about: str
    parameters: tuple[ParameterLine, ...]


_WHERE = {"query": "adresse, après « ? »", "path": "chemin"}


def docs(request: HttpRequest) -> HttpResponse:
    """The page: each address, what it takes, what may go wrong."""
    operations = []
    for path, methods in document()["paths"].items():
        drawn = methods["get"]
        parameters = tuple(
            ParameterLine(found["name"], _WHERE[found["in"]], found["required"], found["description"])
            for found in drawn["parameters"]
        )
        anchor = re.sub(r"[^a-z]+", "-", path.lower()).strip("-")
        about = drawn.get("description", "")
        operations.append(Operation(anchor, f"{BASE}{path}", drawn["summary"], about, parameters))
    context = {
        "operations": operations,
        "base": BASE,
        "problems": [(f"urn:equerre:problem:{name}", kind) for name, kind in problems.KINDS.items()],
        "licence": LICENCE,
    }
    return render(request, "api/docs.html", context)
