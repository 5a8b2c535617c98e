"""A correction is asked for, kept, numbered, answered, and forgotten in time; robots and floods are kept out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from equerre.accounts.models import Person
from equerre.kernel import clock
from equerre.opendata import corrections
from equerre.opendata.models import CorrectionRequest
from equerre.registry import revision
from equerre.web import report
from tests.web.reading import Page
from tests.web.validity import faults

TEXT = "Le SIRET du site est faux : l'avis Sirene du 3 mai dit autre chose."

pytestmark = pytest.mark.django_db


def send(client: Client, **fields: str) -> Any:
    return client.post("/signaler", {"text": TEXT, **fields})


class TestTheForm:
    def test_a_request_is_kept_numbered_and_followed_at_an_address_of_its_own(self, client: Client) -> None:
        answer = send(client, page="/ecoles/9990012J", contact="moi@exemple.fr")
        kept = CorrectionRequest.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/signaler/{kept.token}")
        assert (kept.text, kept.page, kept.contact) == (TEXT, "/ecoles/9990012J", "moi@exemple.fr")
        followed = client.get(answer["Location"])
        text = Page(followed.content.decode()).text
        assert f"Demande n° {kept.number}" in text
        assert "Reçue le 1er octobre 2026. Pas encore répondue." in text
        assert "moi@exemple.fr" not in text
        assert followed["X-Robots-Tag"] == "noindex"
        assert followed["Referrer-Policy"] == "no-referrer"
        assert faults(followed.content.decode()) == []

    def test_the_page_that_one_comes_from_is_written_for_them(self, client: Client) -> None:
        page = Page(client.get("/signaler?page=/ecoles/9990012J").content.decode())
        assert ("input", "value", "/ecoles/9990012J") in page.attributes

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"text": "faux"}, "Dites ce qui est faux, et ce qui serait juste, en 15 caractères au moins."),
            ({"text": "a" * 4001}, "Ce texte a 4001 caractères : la limite est de 4000."),
            ({"contact": "moi@"}, "Cette adresse n'est pas celle d'un courriel"),
            ({"page": "a" * 301}, "Cette adresse est trop longue : 300 caractères au plus."),
            ({report.TRAP: "https://spam.example"}, "Ce champ est un piège à robots : laissez-le vide."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, client: Client, fields: dict[str, str], said: str
    ) -> None:
        answer = send(client, **fields)
        html = answer.content.decode()
        page = Page(html)
        assert answer.status_code == 400
        assert page.text.startswith("Erreur : Signaler une erreur")
        assert said in page.text
        assert faults(html) == []
        assert ("div", "role", "alert") in page.attributes
        assert fields.get("text", TEXT) in page.text
        assert not CorrectionRequest.objects.exists()

    @pytest.mark.parametrize("field", ["text", "page"])
    def test_a_character_that_no_database_holds_is_refused(self, client: Client, field: str) -> None:
        for hidden in "\0\u200b\u202e":
            answer = send(client, **{field: f"Une adresse{hidden} de la page"})
            assert answer.status_code == 400
        assert "caractère invisible" in answer.content.decode()

    def test_it_is_signed_by_the_page_that_shows_it(self) -> None:
        assert send(Client(enforce_csrf_checks=True)).status_code == 403
        assert not CorrectionRequest.objects.exists()

    def test_it_is_never_kept_by_a_cache_and_moves_no_register(self, client: Client) -> None:
        before = revision.number()
        assert "no-store" in client.get("/signaler")["Cache-Control"]
        send(client)
        assert revision.number() == before


class TestFloods:
    def test_one_address_sends_some_an_hour(self, client: Client) -> None:
        for _ in range(report.MOST_OF_ONE):
            assert send(client).status_code == 302
        answer = send(client)
        assert answer.status_code == 429
        assert TEXT in Page(answer.content.decode()).text
        assert CorrectionRequest.objects.count() == report.MOST_OF_ONE
        assert send(client, REMOTE_ADDR="x").status_code == 429
        assert client.post("/signaler", {"text": TEXT}, REMOTE_ADDR="192.0.2.9").status_code == 302

    def test_behind_a_proxy_of_ours_it_is_the_caller_who_is_counted(self, client: Client, settings: Any) -> None:
        settings.PROXIES = 1
        for number in range(report.MOST_OF_ONE + 2):
            forged = f"198.51.100.{number}, 192.0.2.1"
            answer = client.post("/signaler", {"text": TEXT}, headers={"x-forwarded-for": forged})
        assert answer.status_code == 429

    def test_all_together_send_some_an_hour_whatever_their_addresses(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(corrections, "MOST_AN_HOUR", 2)
        answers = [
            client.post("/signaler", {"text": TEXT}, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(3)
        ]
        assert answers == [302, 302, 429]
        later = clock.now() + timedelta(minutes=61)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert client.post("/signaler", {"text": TEXT}, REMOTE_ADDR="192.0.2.9").status_code == 302

    def test_where_one_writes_from_is_not_kept(self, client: Client) -> None:
        client.post("/signaler", {"text": TEXT}, REMOTE_ADDR="192.0.2.77")
        kept = CorrectionRequest.objects.values().get()
        assert "192.0.2.77" not in str(kept)


class TestAnswers:
    def test_who_keeps_the_registry_answers_and_the_author_reads_it(self, client: Client) -> None:
        send(client)
        kept = CorrectionRequest.objects.get()
        keeper = Client()
        keeper.force_login(Person.objects.create_superuser("garde", password="mot-de-passe-long"))
        form = keeper.get(f"/gestion/opendata/correctionrequest/{kept.number}/change/")
        assert TEXT.replace("'", "&#x27;") in form.content.decode()
        keeper.post(
            f"/gestion/opendata/correctionrequest/{kept.number}/change/", {"answer": "Corrigé le 2 octobre. Merci."}
        )
        text = Page(client.get(f"/signaler/{kept.token}").content.decode()).text
        assert "Répondue le 1er octobre 2026. Corrigé le 2 octobre." in text

    def test_nothing_but_the_answer_can_be_written(self) -> None:
        keeper = Client()
        keeper.force_login(Person.objects.create_superuser("garde", password="mot-de-passe-long"))
        corrections.receive(TEXT, page="", contact="", received_at=clock.now())
        kept = CorrectionRequest.objects.get()
        keeper.post(f"/gestion/opendata/correctionrequest/{kept.number}/change/", {"text": "autre", "answer": ""})
        kept.refresh_from_db()
        assert (kept.text, kept.answered_at) == (TEXT, None)
        assert keeper.get("/gestion/opendata/correctionrequest/add/").status_code == 403
        assert keeper.get(f"/gestion/opendata/correctionrequest/{kept.number}/delete/").status_code == 403

    def test_an_answer_has_its_day(self) -> None:
        kept = corrections.receive(TEXT, page="", contact="", received_at=clock.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            CorrectionRequest.objects.filter(pk=kept.pk).update(answer="Oui")
        with pytest.raises(ValidationError):
            CorrectionRequest(token="x", text="x" * 20, received_at=clock.now(), answer="Oui").full_clean()

    def test_a_key_that_nobody_gave_opens_nothing(self, client: Client) -> None:
        send(client)
        assert client.get("/signaler/1").status_code == 404
        assert client.get("/signaler/%00").status_code == 404
        assert re.fullmatch(r"[\w-]{43}", CorrectionRequest.objects.get().token)


class TestForgetting:
    def at(self, days: int) -> datetime:
        return clock.now() + timedelta(days=days)

    def kept(self) -> CorrectionRequest:
        return corrections.receive(TEXT, page="", contact="moi@exemple.fr", received_at=clock.now())

    def test_the_address_goes_thirty_days_after_the_answer(self) -> None:
        kept = self.kept()
        corrections.answer(kept, "Corrigé.", self.at(10))
        corrections.forget(self.at(39))
        assert CorrectionRequest.objects.get().contact == "moi@exemple.fr"
        corrections.forget(self.at(40))
        assert CorrectionRequest.objects.get().contact == ""
        assert CorrectionRequest.objects.get().answer == "Corrigé."

    def test_without_an_answer_it_goes_after_a_year(self) -> None:
        self.kept()
        corrections.forget(self.at(364))
        assert CorrectionRequest.objects.get().contact
        corrections.forget(self.at(365))
        assert not CorrectionRequest.objects.get().contact

    def test_the_request_goes_after_five_years_when_somebody_writes(self) -> None:
        self.kept()
        corrections.receive("Une autre demande, bien plus tard.", page="", contact="", received_at=self.at(5 * 365))
        assert CorrectionRequest.objects.get().text.startswith("Une autre demande")
