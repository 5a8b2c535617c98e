"""Addresses given to the server by its environment: whole, of the right kind, or refused with what to write."""

from __future__ import annotations

import pytest

from equerre.config import environment
from equerre.config.environment import SettingError


@pytest.mark.parametrize(
    "value", ["https://registre.example", "http://127.0.0.1:8000", "https://registre.example/equerre"]
)
def test_an_address_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EQUERRE_ADDRESS", value)
    assert environment.address("EQUERRE_ADDRESS", "http", "https") == value


def test_no_address_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EQUERRE_SECURITY", raising=False)
    assert environment.address("EQUERRE_SECURITY", "mailto", "https") == ""


def test_a_mail_address_may_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUERRE_SECURITY", "mailto:securite@registre.example")
    assert environment.address("EQUERRE_SECURITY", "mailto", "https") == "mailto:securite@registre.example"


@pytest.mark.parametrize(
    "value", ["registre.example", "https://", "ftp://registre.example", "mailto:", "mailto:personne", "javascript:x"]
)
def test_what_is_no_address_is_refused_with_what_to_write(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EQUERRE_SECURITY", value)
    with pytest.raises(SettingError, match=r"^EQUERRE_SECURITY vaut .* commence par mailto: ou https:"):
        environment.address("EQUERRE_SECURITY", "mailto", "https")
