"""What the API is tested with: the demo year, and no limit on requests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def no_limit(settings: Any) -> None:
    """But where a test says one."""
    settings.API_RATE = 0


class Api:
    """The API, asked by address: « schools?q=… »."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, address: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{address}", headers=headers)

    def json(self, address: str) -> Any:
        response = self(address)
        assert response.status_code == 200, response.content
        return response.json()

    def walk(self, address: str) -> Iterator[Any]:
        """Every page, from the first to the last, by the addresses that the answers give."""
        page = self.json(address)
        yield page
        while page["next"]:
            page = self.client.get(page["next"]).json()
            yield page


@pytest.fixture
def api(client: Client) -> Api:
    return Api(client)
