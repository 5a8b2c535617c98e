"""The description of the API is true: every address is in it, every answer is in its shape, and no request breaks it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from equerre.api.problems import KINDS
from equerre.api.v1.document import BASE, document
from tests.api.conftest import Api

# --- The description ------------------------------------------------------------------------------------------------------------

RESOURCES = {
    "/schools",
    "/schools/{uai}",
    "/schools/{uai}/chain",
    "/schools/{uai}/history",
    "/lists/{act_year}",
    "/acts",
    "/certifications/{code}",
    "/articles/{code}/{number}",
    "/readings",
    "/changes",
}


def test_every_resource_is_described_and_takes_a_day_and_an_instant() -> None:
    assert set(document()["paths"]) == RESOURCES
    for path, operations in document()["paths"].items():
        names = {one["name"] for one in operations["get"]["parameters"]}
        assert {"on", "known_at"} <= names, path
        assert names >= set(re.findall(r"{(\w+)}", path))
        assert all(one["description"] for one in operations["get"]["parameters"]), path


def test_every_reference_leads_to_a_shape_and_every_shape_is_referred_to() -> None:
    schemas = set(document()["components"]["schemas"])
    assert set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document()))) == schemas


def test_shapes_are_closed_and_their_keys_always_there() -> None:
    for name, schema in document()["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        if "properties" in schema:
            assert schema["additionalProperties"] is False, name
            when_said = {"withheld", "private"} & set(schema["properties"])  # there only when something is not public
            assert set(schema["required"]) == set(schema["properties"]) - when_said, name


def test_it_is_an_openapi_3_1_document_under_an_open_licence() -> None:
    found = document()
    assert found["openapi"] == "3.1.0"
    assert found["info"]["license"] == {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"}
    names = [operations["get"]["operationId"] for operations in found["paths"].values()]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_the_page_for_people_tells_every_address_and_asks_nobody_else(api: Api) -> None:
    text = api("docs").content.decode()
    assert all(f"{BASE}{path}" in text for path in RESOURCES)
    assert all(f"urn:equerre:problem:{name}" in text for name in KINDS)
    assert "<script" not in text
    assert " style=" not in text
    assert not re.findall(r'(?:src|href)="(?!/|#|http://testserver/)', text)


# --- Requests drawn from it -----------------------------------------------------------------------------------------------------

# What the register holds, so that some requests find something.
HELD = {
    "uai": ("9991501C", "9990403J", "9999999Z"),
    "act_year": (2023, 2025, 2026),
    "code": ("RNCP37897", "RNCP557", "code-education", "code-travail"),
    "number": ("L443-6", "L6241-5", "L443-2"),
    "academie": ("10", "32"),
    "region": ("84", "01"),
    "kind": ("recognition", "annual_list"),
    "on": ("2026-10-01", "2025-11-27", "2019-12-31"),
    "known_at": ("2025-12-31T00:00:00Z", "2026-01-05"),
}


@pytest.fixture
def described(demo_year: None) -> Iterator[Any]:
    """The server itself, in this process; what closes the database after a request waits for the end of the test."""
    schema = schemathesis.openapi.from_dict(document())
    schema.app = WSGIHandler()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    return _held(path_parameters)


@schemathesis.hook
def map_query(context: Any, query: Any) -> Any:
    return _held(query)


def _held(parameters: Any) -> Any:
    """One drawn value in two is replaced by one that the register holds: the same for the same draw."""
    if not isinstance(parameters, dict):
        return parameters
    return {
        name: HELD[name][len(str(value)) % len(HELD[name])] if name in HELD and len(str(value)) % 2 else value
        for name, value in parameters.items()
    }


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def ask(described: Any, path: str, examples: int) -> None:
    operation = described[path]["GET"]

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answered(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    answered()


class TestRequests:
    @pytest.mark.parametrize("path", sorted(RESOURCES))
    def test_no_request_breaks_the_api_nor_leaves_its_shapes(self, described: Any, path: str) -> None:
        ask(described, path, 25)

    @pytest.mark.slow
    @pytest.mark.parametrize("path", sorted(RESOURCES))
    def test_no_request_among_many_breaks_the_api(self, described: Any, path: str) -> None:
        ask(described, path, 500)
