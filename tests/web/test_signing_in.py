"""The door of those who keep the register: a password is not found by trying many."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from equerre.accounts.models import Person
from equerre.kernel import clock
from equerre.web import signing_in
from tests.web.reading import Page

pytestmark = pytest.mark.django_db

RIGHT = "un mot de passe assez long"


def tries(name: str, password: str, address: str = "192.0.2.1") -> int:
    client = Client(REMOTE_ADDR=address)
    return client.post(reverse("admin:login"), {"username": name, "password": password}).status_code


def test_the_address_is_that_of_the_admin() -> None:
    assert reverse("admin:login") == "/gestion/login/"


def test_a_caller_is_told_to_wait_and_even_the_right_word_waits() -> None:
    Person.objects.create_user("maud", password=RIGHT, is_staff=True)
    assert [tries("maud", "faux") for _ in range(signing_in.OF_A_CALLER)] == [200] * signing_in.OF_A_CALLER
    answer = Client(REMOTE_ADDR="192.0.2.1").post(reverse("admin:login"), {"username": "maud", "password": RIGHT})
    page = Page(answer.content.decode())
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert "Trop d'essais en peu de temps" in page.text
    assert "maud" not in page.text
    assert tries("maud", RIGHT, "192.0.2.2") == 302, "another caller is not held back"


def test_a_name_is_not_tried_from_everywhere() -> None:
    told = [tries("Élodie ", "faux", f"198.51.100.{last}") for last in range(1, signing_in.OF_A_NAME + 1)]
    assert told == [200] * signing_in.OF_A_NAME
    assert tries("élodie", "faux", "203.0.113.9") == 429
    for same in ("E\u0301lodie", "É\uff2c\uff2f\uff24\uff29\uff25"):  # the form reads them as one name
        assert tries(same, "faux", "203.0.113.8") == 429
    assert tries("paul", "faux", "203.0.113.9") == 200


def test_the_next_minute_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    now: datetime = clock.now()
    for _ in range(signing_in.OF_A_CALLER + 1):
        tries("maud", "faux")
    assert tries("maud", "faux") == 429
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=61))
    assert tries("maud", "faux") == 200


def test_the_form_itself_is_always_given() -> None:
    for _ in range(signing_in.OF_A_CALLER + 3):
        tries("maud", "faux")
    assert Client(REMOTE_ADDR="192.0.2.1").get(reverse("admin:login")).status_code == 200
