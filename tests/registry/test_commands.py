"""The commands on the registry: what they say, and the one sentence of each refusal."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from equerre.cli import command
from equerre.registry import models
from equerre.registry.record import Entry, record, retire
from tests.registry.conftest import Installation
from tests.registry.writing import by, instant, load, source
from tests.rules.cases import school as case

UAI, OTHER = "9990012J", "9990013K"
NOVEMBER = date(2025, 11, 27)


def ask(*words: str) -> str:
    """In this process, on the database of the tests."""
    result = CliRunner().invoke(command, list(words))
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(*words: str) -> str:
    result = CliRunner().invoke(command, list(words))
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    return result.stderr.splitlines()[0]


def one_school() -> None:
    """Recognised, on the list of 2025."""
    site = {"id": "principal", "main": True, "uai": UAI, "commune": "Forgemont", "departement": "69"}
    bundles = [
        "association",
        "ouverte",
        "reconnue",
        "liste 2025",
        "sur la liste 2025",
        "élèves",
        "formation métallerie",
    ]
    load(case(bundles, {"site": [site]}))


# --- explain -----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_school_of_the_registry_is_explained_by_its_uai() -> None:
    one_school()
    said = ask("explain", UAI.lower(), "--on", "2026-02-01")
    assert f"UAI {UAI}" in said
    assert "1er février 2026" in said
    answer = json.loads(ask("explain", UAI, "--on", "2026-02-01", "--format", "json"))
    assert answer["findings"]["recognition.recognised"]["outcome"] == "MET"


@pytest.mark.django_db
def test_the_registry_and_its_file_of_facts_give_the_same_bytes(tmp_path: Path) -> None:
    one_school()
    file = tmp_path / "école.toml"
    file.write_text(ask("explain", UAI, "--format", "facts"), "utf-8")
    for form in ("json", "dossier", "text", "facts"):
        words = ("--on", "2026-02-01", "--format", form)
        assert ask("explain", UAI, *words) == ask("explain", "--facts", str(file), *words)


@pytest.mark.django_db
def test_what_was_known_then_is_explained_as_it_was() -> None:
    one_school()
    recognition = models.Recognition.objects.get(known_until__isnull=True)
    retire(recognition, by(5))
    known = ask("explain", UAI, "--on", "2026-02-01", "--known-at", instant(2).isoformat(), "--format", "json")
    now = ask("explain", UAI, "--on", "2026-02-01", "--format", "json")
    outcomes = [json.loads(text)["findings"]["recognition.recognised"]["outcome"] for text in (known, now)]
    assert outcomes == ["MET", "UNKNOWN"]


@pytest.mark.django_db
def test_a_uai_that_nobody_bears_is_refused_with_the_ones_that_are_near() -> None:
    one_school()
    assert refused("explain", OTHER) == f"Aucune école du registre ne porte l'UAI {OTHER}. Les plus proches : {UAI}."


@pytest.mark.django_db
def test_in_an_empty_registry_nobody_is_near() -> None:
    assert refused("explain", UAI) == (
        f"Aucune école ne porte l'UAI {UAI} : le registre est vide. « equerre demo » y met des écoles fictives."
    )


@pytest.mark.django_db
def test_a_school_that_was_not_held_yet_is_said_so() -> None:
    one_school()
    assert "À cet instant, le registre ne tenait pas encore" in refused("explain", UAI, "--known-at", "2018-01-01")


def test_a_uai_with_a_wrong_letter_asks_nothing_of_the_database() -> None:
    assert "la lettre de contrôle" in refused("explain", "0831819A")


# --- list --------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_list_says_the_years_that_it_serves_and_by_which_reading() -> None:
    one_school()
    said = " ".join(ask("list", "2025", "--on", "2026-02-01").split())
    assert "Il vaut pour l'année scolaire 2025-2026 (son texte ne le dit pas : lecture R4-a, prise par défaut)." in said
    assert (
        "Il vaut pour la campagne 2026 du solde de la taxe (son texte ne le dit pas : lecture R4-c, prise par défaut)."
        in said
    )
    assert "1 école inscrite" in said
    for word in (UAI, "École d'essai", "Forgemont", "Auvergne-Rhône-Alpes", "Données fictives"):
        assert word in said


@pytest.mark.django_db
def test_the_years_that_its_text_says_come_first() -> None:
    values = {"act_year": 2025, "published_on": NOVEMBER, "school_year": "2026-2027", "campaign_year": 2027}
    record(Entry(models.AnnualList, values), by(0))
    said = " ".join(ask("list", "2025", "--on", "2026-02-01").split())
    assert "l'année scolaire 2026-2027 (selon son texte)" in said
    assert "la campagne 2027 du solde de la taxe (selon son texte)" in said
    assert json.loads(ask("list", "2025", "--format", "json"))["act"]["readings"] == []


@pytest.mark.django_db
def test_a_line_counts_on_its_days_only() -> None:
    one_school()
    assert json.loads(ask("list", "2025", "--on", "2026-02-01", "--format", "json"))["schools"][0]["uai"] == UAI
    before = json.loads(ask("list", "2025", "--on", "2025-01-15", "--format", "json"))
    assert (before["outcome"], before["schools"]) == ("MET", [])
    assert "il n'est pas publié ou ne vaut plus" in " ".join(ask("list", "2025", "--on", "2025-01-15").split())


@pytest.mark.django_db
def test_a_list_as_a_table() -> None:
    one_school()
    rows = list(csv.DictReader(io.StringIO(ask("list", "2025", "--on", "2026-02-01", "--format", "csv"))))
    assert [(row["uai"], row["commune"], row["region"]) for row in rows] == [(UAI, "Forgemont", "Auvergne-Rhône-Alpes")]


@pytest.mark.django_db
def test_a_list_that_is_not_in_the_registry_is_unknown_and_no_refusal() -> None:
    assert "On ne sait pas : l'arrêté de la liste annuelle 2024 n'est pas au registre." in ask("list", "2024")
    found = json.loads(ask("list", "2024", "--format", "json"))
    assert (found["outcome"], found["missing"], found["act"]) == ("UNKNOWN", ["annual_list[2024]"], None)
    table = CliRunner().invoke(command, ["list", "2024", "--format", "csv"])
    assert (table.exit_code, table.stdout.count("\n")) == (0, 1)
    assert "On ne sait pas" in table.stderr


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("1850", "Aucune liste annuelle n'a pu être signée en 1850 : l'article existe depuis le 1er janvier 2020."),
        ("2019", "Aucune liste annuelle n'a pu être signée en 2019 : l'article existe depuis le 1er janvier 2020."),
        ("9999", "9999 est trop loin pour être une année."),
        ("25", "« 25 » n'est pas une année de signature : écrivez par exemple 2025."),
        ("2025-2026", "« 2025-2026 » n'est pas une année de signature : écrivez par exemple 2025."),
        ("２０２５", "« ２０２５ » n'est pas une année de signature : écrivez par exemple 2025."),
    ],
)
def test_a_year_in_which_no_list_can_have_been_signed(year: str, said: str) -> None:
    assert refused("list", year) == said


# --- doubts ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_schools_that_hang_on_each_reading_are_counted() -> None:
    one_school()
    found = json.loads(ask("doubts", "--on", "2026-10-01", "--format", "json"))
    assert (found["schools"], found["fictional"]) == (1, True)
    answer = json.loads(ask("explain", UAI, "--on", "2026-10-01", "--format", "json"))
    for row, link in zip(found["links"], answer["links"], strict=True):
        readings = list(dict.fromkeys(one["reading"] for one in answer["findings"][link["finding"]]["hangs_on"]))
        assert row["word"] == link["word"]
        assert sorted(row["hanging"]) == sorted(readings)
        assert row["solid"] == (0 if readings else 1)
    said = ask("doubts", "--on", "2026-10-01")
    assert "R3 : 1 école" in said
    assert "R3 : Entre deux listes" in said


@pytest.mark.django_db
def test_an_empty_registry_hangs_on_nothing() -> None:
    found = json.loads(ask("doubts", "--on", "2026-10-01", "--format", "json"))
    assert {(row["solid"], len(row["hanging"])) for row in found["links"]} == {(0, 0)}


@pytest.mark.django_db
def test_a_day_before_the_article_is_refused() -> None:
    one_school()
    assert "n'existait pas encore" in refused("doubts", "--on", "2019-06-01")


# --- demo, check -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_demo_year_is_never_laid_beside_other_facts() -> None:
    models.School.objects.create(key="vraie")
    source()
    assert refused("demo").startswith("Ce registre tient déjà des faits")
    assert models.School.objects.count() == 1


def test_a_school_of_the_registry_is_changed_as_one_of_a_file_is(demo: Installation, tmp_path: Path) -> None:
    asked = ("what-if", "9990201P", "--on", "2026-06-01", "--remove", "recognition", "--format", "json")
    file = tmp_path / "ecole.toml"
    file.write_text(demo.says("explain", "9990201P", "--format", "facts"), "utf-8")
    held, written = demo.says(*asked), demo.says("what-if", "--facts", file, *asked[2:])
    assert held == written
    moved = {one["key"] for one in json.loads(held)["differences"] if one["moves"]}
    assert "recognition.recognised" in moved
    assert "opening.opened" not in moved


def test_the_demo_year_is_loaded_once(demo: Installation) -> None:
    assert demo.says("demo") == "L'année d'essai est déjà chargée : rien à faire.\n"
    assert len(demo.says("list", "2025", "--on", "2026-02-01", "--format", "csv").splitlines()) > 50


def test_an_installation_in_order_is_fit(installation: Installation) -> None:
    assert installation.says("migrate").startswith("La base est prête : ")
    assert installation.says("migrate") == "La base est à jour : rien à faire.\n"
    assert installation.says("check").endswith("Tout est en état de servir.\n")
    assert "EQUERRE_HTTPS" not in installation.says("check", EQUERRE_HTTPS="oui")
    assert "EQUERRE_PROXIES n'est pas donné" in installation.says("check", EQUERRE_HTTPS="oui")
    assert "EQUERRE_PROXIES" not in installation.says("check", EQUERRE_HTTPS="oui", EQUERRE_PROXIES="1")
    with base(installation) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_constraint_that_somebody_took_off_makes_it_unfit(prepared: Installation) -> None:
    with base(prepared) as connection:
        connection.execute("DROP TRIGGER recognition_overlap_ins")
    code, output, _ = prepared.run("check")
    assert code == 1
    assert "Il manque 1 contrainte" in output
    assert "(recognition_overlap)" in output


def test_errors_shown_to_all_are_advised_against(prepared: Installation) -> None:
    assert "EQUERRE_DEBUG vaut oui" in prepared.says("check", EQUERRE_DEBUG="oui")


def test_a_database_that_others_may_read_is_said(prepared: Installation) -> None:
    (file,) = prepared.home.glob("*.sqlite3")
    assert file.stat().st_mode & 0o077 == 0
    assert "chmod" not in prepared.says("check")
    file.chmod(0o644)
    assert f"lancez « chmod 600 {file} »" in prepared.says("check")


def test_a_key_that_others_may_read_makes_it_unfit(prepared: Installation) -> None:
    key = prepared.home / "secret-key"
    key.chmod(0o640)
    code, output, _ = prepared.run("check")
    assert code == 1
    assert f"◆ D'autres comptes de cette machine peuvent lire la clé {key} : lancez « chmod 600 {key} »." in output
    assert "chmod" not in prepared.says("check", EQUERRE_SECRET_KEY="x" * 50)


SAID = {
    "EQUERRE_ADDRESS": "https://registre.example.org",
    "EQUERRE_PUBLISHER": "L'association fictive, contact@example.org",
    "EQUERRE_HOSTING": "Un hébergeur fictif",
    "EQUERRE_SECURITY": "mailto:securite@example.org",
}


def test_a_server_that_others_reach_says_what_it_lacks_a_line_each(prepared: Installation) -> None:
    code, output, _ = prepared.run("check", EQUERRE_HOSTS="registre.example.org")
    assert code == 1
    for name in SAID:
        assert output.count(f"◆ {name} manque : écrivez ") == 1
    assert output.endswith("4 points à régler.\n")
    assert "manque" not in prepared.says("check", EQUERRE_HOSTS="registre.example.org", **SAID)
    here = prepared.says("check")  # nobody else reads it: it is advice
    for name in SAID:
        assert here.count(f"▸ {name} manque : écrivez ") == 1


def test_a_server_that_answers_to_any_name_is_unfit(prepared: Installation) -> None:
    code, output, _ = prepared.run("check", EQUERRE_HOSTS="*", **SAID)
    assert code == 1
    assert "◆ EQUERRE_HOSTS vaut * : " in output
    assert output.endswith("1 point à régler.\n")


@contextmanager
def base(installation: Installation) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(installation.home / "equerre.sqlite3")
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


# --- What stops every command --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("list", "2025"), ("check",), ("backup", "f"), ("serve", "--port", "0")], ids=" ".join
)
def test_a_database_that_is_not_ready_is_said_so(installation: Installation, words: tuple[str, ...]) -> None:
    said = installation.refuses(*words)
    assert said.startswith("La base n'est pas prête : ")
    assert said.endswith("Lancez « equerre migrate ».")


def test_a_database_of_a_newer_version_is_left_alone(prepared: Installation) -> None:
    with base(prepared) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('registry', '0999_later', '2030-01-01')"
        )
    for words in (("list", "2025"), ("migrate",), ("check",)):
        said = prepared.refuses(*words)
        assert said.startswith("La base a été préparée par une autre version d'Équerre")
        assert "registry.0999_later" in said


def test_a_file_that_is_no_database_is_named(installation: Installation) -> None:
    installation.home.mkdir(parents=True)
    (installation.home / "equerre.sqlite3").write_bytes(b"Ceci est une lettre.\n" * 200)
    assert "n'est pas une base SQLite" in installation.refuses("migrate")


def test_a_home_that_is_a_file(installation: Installation) -> None:
    installation.home.parent.mkdir(parents=True)
    installation.home.write_text("")
    said = installation.refuses("list", "2025")
    assert said == (
        f"EQUERRE_HOME désigne {installation.home}, qui n'est pas un dossier : donnez-en le droit, ou désignez un autre dossier."
    )


def test_a_postgresql_that_does_not_answer(installation: Installation) -> None:
    said = installation.refuses("list", "2025", DATABASE_URL=f"postgres://moi:secret@127.0.0.1:{free_port()}/registre")
    assert said.startswith("PostgreSQL (127.0.0.1, port ")
    assert said.endswith("ne répond pas : vérifiez qu'il est en marche et que DATABASE_URL dit la bonne adresse.")
    assert "secret" not in said


def free_port() -> int:
    """By a process of its own: sockets are closed in the tests."""
    asked = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    return int(subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True).stdout)


@pytest.mark.parametrize(
    ("hidden", "words", "env", "said"),
    [
        ("django", ("list", "2025"), {}, "installez « equerre[server] »."),
        ("csp", ("list", "2025"), {}, "installez « equerre[server] »."),
        ("psycopg", ("check",), {"DATABASE_URL": "postgres://127.0.0.1/registre"}, "« equerre[server,postgres] »"),
    ],
)
def test_what_is_not_installed_is_named(
    installation: Installation, hidden: str, words: tuple[str, ...], env: dict[str, str], said: str
) -> None:
    hide = (
        "import sys\n"
        "class Hidden:\n"
        f"    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.partition('.')[0] in ('{hidden}', '{hidden}2'):\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "from equerre.cli import main; main()"
    )
    code, output, errors = installation.run(*words, code=hide, **env)
    assert (code, output) == (2, "")
    assert said in errors
    assert errors.count("\n") == 1


def test_a_file_of_facts_needs_no_django(installation: Installation) -> None:
    example = min(Path(__file__).resolve().parents[2].glob("examples/*.toml"))
    asked = "import sys; sys.modules['django'] = None; from equerre.cli import main; main()"
    code, output, errors = installation.run("explain", "--facts", example, "--on", "2026-10-01", code=asked)
    assert (code, errors) == (0, "")
    assert "Ouverture" in output
    assert not installation.home.exists()


# --- serve -------------------------------------------------------------------------------------------------------------------


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_said_before_anything_starts(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = installation.refuses("serve", "--port", port)
    assert said == f"Le port {port} est déjà pris : arrêtez ce qui l'occupe, ou choisissez-en un autre avec --port."
    assert not installation.home.exists()


@pytest.mark.parametrize(
    ("code", "todo"),
    [("ENOSPC", "faites de la place"), ("EDQUOT", "faites de la place"), ("EACCES", "donnez-en le droit")],
)
def test_a_disk_that_takes_no_file_of_the_pages(prepared: Installation, code: str, todo: str) -> None:
    full = f"""
import errno
from django.core.files.storage import FileSystemStorage
def _save(*_):
    raise OSError(errno.{code}, "No space left on device")
FileSystemStorage._save = _save
from equerre.cli import main
main()
"""
    found, output, said = prepared.run("serve", "--port", "0", code=full)
    assert (found, output) == (2, "")
    assert said == (
        f"Les fichiers des pages ne s'écrivent pas dans {prepared.home / 'static'} : {todo}, puis réessayez.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--port", "huit"), "« huit » n'est pas un nombre de 0 à 65535."),
        (("--port", "70000"), "« 70000 » n'est pas un nombre de 0 à 65535."),
        (("--workers", "0"), "« 0 » n'est pas un nombre de 1 à 64."),
    ],
)
def test_a_port_that_cannot_be(words: tuple[str, ...], said: str) -> None:
    assert refused("serve", *words) == said


@pytest.mark.enable_socket
def test_an_address_of_another_machine(installation: Installation) -> None:
    said = installation.refuses("serve", "--host", "192.0.2.1", "--port", "0")
    assert said == "« 192.0.2.1 » n'est pas une adresse de cette machine : écrivez par exemple 127.0.0.1."


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_pages_are_served_with_their_guards_until_one_stops_them(prepared: Installation) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
    serve = [sys.executable, "-c", "from equerre.cli import main; main()", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        serve, env=environment | {"EQUERRE_HOME": str(prepared.home)}, stdout=subprocess.PIPE, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().split()[4]
            with urlopen(f"{address}robots.txt", timeout=120) as answer:
                assert answer.status == 200
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                assert answer.headers["X-Frame-Options"] == "DENY"
        finally:
            server.terminate()
            assert server.wait(timeout=120) == 0
