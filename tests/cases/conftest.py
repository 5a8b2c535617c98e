"""Somebody who keeps the register, a row that they may correct, a proposal that they may settle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from equerre.registry import models, record
from tests.cases.keepers import SEPTEMBER, a_keeper, written
from tests.registry.writing import audience, by, source

Sign = Callable[..., Client]


@pytest.fixture
def sign_in() -> Sign:
    """A client for somebody of the staff who holds these rights."""

    def signed(*rights: str, name: str = "maud") -> Client:
        client = Client()
        client.force_login(a_keeper(*rights, name=name))
        return client

    return signed


@pytest.fixture
def officer(sign_in: Sign) -> Client:
    return sign_in("view_audience", "change_audience")


@pytest.fixture
def row() -> models.Audience:
    """Forty-two pupils since September 2022, which were twenty-four."""
    made = written(audience(42, SEPTEMBER))
    assert isinstance(made, models.Audience)
    return made


@pytest.fixture
def proposal(row: models.Audience) -> models.Audience:
    """What a directory says against the row."""
    found = record.propose(audience(30, SEPTEMBER), by(1, source("annuaire", "Annuaire")))
    assert isinstance(found, models.Audience)
    return found
