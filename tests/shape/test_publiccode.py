"""``publiccode.yml`` follows its standard (0.4), as far as it is known here: keys, lengths, words of its lists, our version."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import equerre

ROOT = Path(__file__).parents[2]

URL = {"type": "string", "pattern": "^https?://[^ ]+$"}
TEXT = {"type": "string", "minLength": 1}
CONTACTS = {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name"]}}
# Of the vocabulary of the standard, the words that could be ours.
CATEGORIES = [
    "compliance-management",
    "data-analytics",
    "data-collection",
    "knowledge-management",
    "workflow-management",
]
STANDARD: dict[str, Any] = {
    "type": "object",
    "required": [
        *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"),
        *("description", "legal", "maintenance", "localisation"),
    ],
    "properties": {
        "publiccodeYmlVersion": {"const": "0.4"},
        "name": TEXT,
        "url": URL,
        "platforms": {
            "type": "array",
            "minItems": 1,
            "items": {"enum": ["web", "windows", "mac", "linux", "ios", "android"]},
        },
        "categories": {"type": "array", "minItems": 1, "items": {"enum": CATEGORIES}},
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"const": "standalone/web"},
        "description": {
            "type": "object",
            "required": ["fr"],
            "additionalProperties": {
                "type": "object",
                "required": ["shortDescription", "longDescription", "features"],
                "properties": {
                    "shortDescription": {"type": "string", "maxLength": 150},
                    "longDescription": {"type": "string", "minLength": 150, "maxLength": 10_000},
                    "features": {"type": "array", "minItems": 5, "maxItems": 20, "items": TEXT},
                },
            },
        },
        "legal": {"type": "object", "required": ["license"]},
        "maintenance": {
            "type": "object",
            "required": ["type"],
            "properties": {"type": {"enum": ["internal", "contract", "community", "none"]}, "contacts": CONTACTS},
            "if": {"properties": {"type": {"enum": ["internal", "community"]}}},
            "then": {"required": ["contacts"]},
        },
        "localisation": {
            "type": "object",
            "required": ["localisationReady", "availableLanguages"],
            "properties": {"localisationReady": {"type": "boolean"}, "availableLanguages": {"const": ["fr"]}},
        },
    },
}


@pytest.fixture
def said() -> Any:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))


def test_it_follows_the_standard(said: Any) -> None:
    Draft202012Validator(STANDARD).validate(said)


def test_it_says_our_version_and_our_licence(said: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert said["softwareVersion"] == equerre.__version__
    assert said["legal"]["license"] == project["license"]


def test_no_contact_nor_address_is_invented(said: Any) -> None:
    assert said["url"].startswith("https://example.org/") or "contacts" in said["maintenance"]
