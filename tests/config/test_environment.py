"""Settings from the environment: each variable read as it is meant, or one sentence that names it and says what to write."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from equerre.config import environment
from equerre.config.environment import (
    DEMO,
    MADE_FROM,
    SettingError,
    flag,
    home,
    integer,
    postgresql,
    secret_key,
    text,
    variable,
    words,
)

EXAMPLE = "postgres://nom:mot-de-passe@127.0.0.1:5432/equerre"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set."""
    for name in [name for name in os.environ if name.startswith(("EQUERRE_", "DATABASE_URL", "XDG_"))]:
        monkeypatch.delenv(name)


def test_what_is_absent_has_its_default() -> None:
    assert variable("EQUERRE_X") is None
    assert text("EQUERRE_X", "ici") == "ici"
    assert flag("EQUERRE_X", default=True) is True
    assert flag("EQUERRE_X", default=False) is False
    assert integer("EQUERRE_X", 5) == 5
    assert words("EQUERRE_X", "un, deux") == ["un", "deux"]


@pytest.mark.parametrize(
    ("value", "read"), [("oui", True), ("OUI", True), ("1", True), ("non", False), (" false ", False)]
)
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, read: bool) -> None:
    monkeypatch.setenv("EQUERRE_HTTPS", value)
    assert flag("EQUERRE_HTTPS", default=not read) is read


NUMBER = "écrivez un nombre entier, de 1 à 1000000."
REFUSED: dict[str, tuple[str, Callable[[], object], str]] = {
    "a flag that is neither": (
        "yes!",
        lambda: flag("EQUERRE_X", default=False),
        "EQUERRE_X vaut « yes! » : écrivez oui ou non.",
    ),
    "a number that is none": ("dix", lambda: integer("EQUERRE_X", 5), f"EQUERRE_X vaut « dix » : {NUMBER}"),
    "a number too small": ("0", lambda: integer("EQUERRE_X", 5), f"EQUERRE_X vaut « 0 » : {NUMBER}"),
    "a number below zero": ("-3", lambda: integer("EQUERRE_X", 5), f"EQUERRE_X vaut « -3 » : {NUMBER}"),
    "a number of another script": ("٣", lambda: integer("EQUERRE_X", 5), f"EQUERRE_X vaut « ٣ » : {NUMBER}"),
    "an empty text": (
        "  ",
        lambda: text("EQUERRE_X", "ici"),
        "EQUERRE_X est vide : donnez-lui une valeur, ou retirez-la de l'environnement.",
    ),
    "no names": (
        ", ,",
        lambda: words("EQUERRE_X", "un"),
        "EQUERRE_X ne nomme rien : écrivez un ou plusieurs noms, séparés par des virgules.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_value_that_cannot_be_used_stops_with_its_sentence(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    value, read, said = REFUSED[case]
    monkeypatch.setenv("EQUERRE_X", value)
    with pytest.raises(SettingError) as refused:
        read()
    assert str(refused.value) == said


# --- Where things are kept -----------------------------------------------------------------------------------------------------


def test_the_home_is_made_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EQUERRE_HOME", str(tmp_path / "a" / "b"))
    assert home() == tmp_path / "a" / "b"
    assert stat.S_IMODE(home().stat().st_mode) == 0o700


def test_without_a_home_the_data_goes_where_a_person_s_data_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    assert home() == tmp_path / ".local" / "share" / "equerre"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "données"))
    assert home() == tmp_path / "données" / "equerre"


def test_in_a_clone_where_the_demo_ran_its_register_is_asked_without_a_word_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "données"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    (tmp_path / DEMO).mkdir()
    assert home() == tmp_path / "données" / "equerre", "nothing was loaded there"
    (tmp_path / DEMO / MADE_FROM).touch()
    assert home() == tmp_path / DEMO
    monkeypatch.setenv("EQUERRE_HOME", str(tmp_path / "ailleurs"))
    assert home() == tmp_path / "ailleurs"


def test_a_home_that_is_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    for path in (tmp_path / "fichier", tmp_path / "fichier" / "dedans"):
        monkeypatch.setenv("EQUERRE_HOME", str(path))
        with pytest.raises(SettingError, match=r"^EQUERRE_HOME désigne .*, qui n'est pas un dossier : "):
            home()


def test_a_home_in_which_one_may_not_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EQUERRE_HOME", str(tmp_path))
    monkeypatch.setattr(environment.os, "access", lambda path, mode: False)
    with pytest.raises(SettingError) as refused:
        home()
    assert str(refused.value) == (
        f"EQUERRE_HOME désigne {tmp_path}, où l'on n'a pas le droit d'écrire : donnez-en le droit, ou désignez un autre dossier."
    )


def test_a_home_that_cannot_be_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setenv("EQUERRE_HOME", str(tmp_path / "x"))
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(SettingError, match="qu'on ne peut pas créer"):
        home()


# --- The key -------------------------------------------------------------------------------------------------------------------


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) > 80
    assert secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_homes_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_all_who_start_together_get_the_same_key(tmp_path: Path) -> None:
    found: list[str] = []
    starts = [Thread(target=lambda: found.append(secret_key(tmp_path))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert (len(found), len(set(found))) == (8, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_the_key_of_several_machines_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EQUERRE_SECRET_KEY", "k" * 50)
    assert secret_key(tmp_path) == "k" * 50
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("EQUERRE_SECRET_KEY", "abc")
    with pytest.raises(SettingError, match=r"^EQUERRE_SECRET_KEY est trop courte : écrivez 50 caractères") as refused:
        secret_key(tmp_path)
    assert "abc" not in str(refused.value)


def test_a_key_that_is_damaged_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("court", "ascii")
    with pytest.raises(SettingError, match=r"est abîmée : effacez ce fichier"):
        secret_key(tmp_path)


# --- The database --------------------------------------------------------------------------------------------------------------


def test_without_an_address_the_database_is_a_file_of_the_home(tmp_path: Path) -> None:
    found = environment.database(tmp_path)
    assert found["NAME"] == str(tmp_path / "equerre.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert found["OPTIONS"]["timeout"] >= 5
    assert (tmp_path / "equerre.sqlite3").stat().st_mode & 0o777 == 0o600


def test_an_address_is_read_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://jean%20paul:p%40ss%2F%3F%23@db.example.org:6432/registre%20un?sslmode=verify-full"
    )
    found = environment.database(tmp_path)
    read = {name: found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert read == {
        "USER": "jean paul",
        "PASSWORD": "p@ss/?#",
        "HOST": "db.example.org",
        "PORT": "6432",
        "NAME": "registre un",
    }
    assert found["OPTIONS"] == {"connect_timeout": "5", "sslmode": "verify-full"}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgres:///equerre", ""),
        ("postgres://[::1]:5432/equerre", "::1"),
        ("postgres://moi@127.0.0.1/equerre", "127.0.0.1"),
    ],
)
def test_what_an_address_leaves_out_is_left_to_postgresql(url: str, host: str) -> None:
    found = postgresql(url)
    assert (found["HOST"], found["NAME"], found["PASSWORD"]) == (host, "equerre", "")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://moi:secret@h/base", "DATABASE_URL commence par « mysql » : Équerre parle à PostgreSQL"),
        ("sqlite:///secret.db", "DATABASE_URL commence par « sqlite » : Équerre parle à PostgreSQL"),
        ("moi:secret@h/base", "DATABASE_URL commence par « moi » : Équerre parle à PostgreSQL"),
        ("postgres://moi:secret@h", "DATABASE_URL ne nomme pas une base après l'hôte"),
        ("postgres://moi:secret@h/", "DATABASE_URL ne nomme pas une base après l'hôte"),
        ("postgres://moi:secret@h/a/b", "DATABASE_URL ne nomme pas une base après l'hôte"),
        ("postgres://moi:secret@h:port/base", "DATABASE_URL ne se lit pas comme une adresse"),
        ("postgres://moi:secret@h:99999/base", "DATABASE_URL ne se lit pas comme une adresse"),
        ("postgres://moi:secret@[h/base", "DATABASE_URL ne se lit pas comme une adresse"),
        (
            "postgres://moi:secret@h/base?ssl=1",
            "DATABASE_URL porte l'option « ssl », inconnue ici : choisissez application_name",
        ),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_secret(url: str, said: str) -> None:
    with pytest.raises(SettingError) as refused:
        postgresql(url)
    assert str(refused.value).startswith(said)
    assert "secret" not in str(refused.value)
