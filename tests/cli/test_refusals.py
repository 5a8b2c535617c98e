"""What is given wrong: one clear French sentence, exit code 2, never a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from equerre.cli import COMMANDS
from tests.cli.conftest import Run

Refused = Callable[..., str]
HANGING = ("explain", "--facts", "hanging.toml")
# Words that click says and that nobody here should read.
ENGLISH = re.compile(
    r"\b(Usage:|Error|Try|Options:|Commands:|No such|Missing|Invalid|required|argument|value|Did you mean|unexpected|got|"
    r"Show|this message|exit|default)\b"
)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("expliquer",), "La commande « expliquer » n'existe pas. Vouliez-vous dire explain ?"),
        (("xyz",), "La commande « xyz » n'existe pas. Choisissez explain, what-if,"),
        (("--couleur",), "L'option « --couleur » n'existe pas."),
        (("explain",), "Donnez l'UAI d'une école du registre, ou un fichier de faits avec --facts : l'un des deux."),
        (("explain", "--fact", "x"), "L'option « --fact » n'existe pas. Vouliez-vous dire --facts"),
        (("explain", "--facts"), "L'option --facts attend une valeur."),
        ((*HANGING, "--robust=1"), "L'option --robust se suffit : elle n'attend pas de valeur."),
        (
            (*HANGING, "encore"),
            "Donnez l'UAI d'une école du registre, ou un fichier de faits avec --facts : l'un des deux.",
        ),
        (("id", "uai", "0831819B", "encore", "là"), "« encore » et « là » : rien de tel n'est attendu ici."),
        (
            ("what-if", "--day", "2026-10-01"),
            "Donnez l'UAI d'une école du registre, ou un fichier de faits avec --facts : l'un des deux.",
        ),
        (("verify",), "Il manque FICHIER."),
        (("id", "uai"), "Il manque NUMÉRO."),
        (("schema", "liste"), "Le schéma « liste » n'existe pas : choisissez facts, answer ou dossier."),
        (("facts",), "Choisissez --template, qui écrit un modèle, ou --check FICHIER, qui relit un fichier."),
        (("facts", "--template", "--check", "hanging.toml"), "Choisissez --template"),
    ],
)
def test_a_command_misused(refused: Refused, args: tuple[str, ...], said: str) -> None:
    message = refused(*args)
    assert message.splitlines()[0].startswith(said)
    assert not ENGLISH.search(message), message


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--on", "2026-06-31"), "Le 31 juin n'existe pas. Juin s'arrête au 30."),
        (("--on", "2026-02-29"), "Le 29 février n'existe pas en 2026. Février s'arrête au 28."),
        (("--on", "2026-13-01"), "Le mois 13 n'existe pas. Une date s'écrit année-mois-jour, comme 2026-09-01."),
        (("--on", "03/11/2026"), "Une date s'écrit année-mois-jour : 2026-11-03 pour le 3 novembre 2026."),
        (("--on", "demain"), "« demain » n'est pas un jour. Une date s'écrit année-mois-jour, comme 2026-09-01."),
        (("--on", ""), "«  » n'est pas un jour. Une date s'écrit année-mois-jour, comme 2026-09-01."),
        (("--on", "9999-12-31"), "« 9999-12-31 » : Équerre compte de 1800 à 2199."),
        (
            ("--on", "2019-12-31"),
            "Le 31 décembre 2019, le régime des écoles de production n'existait pas encore (code de l'éducation, "
            "art. L. 443-6). Demandez un jour à partir du 1er janvier 2020.",
        ),
        (("--reader", "prefect"), "Le lecteur « prefect » n'existe pas : choisissez school, officer ou judge."),
        (("--format", "pdf"), "Le format « pdf » n'existe pas : choisissez text, json, dossier ou facts."),
        (("--reading", "R3"), "« R3 » ne dit pas de lecture. Écrivez par exemple R3=a, ou R4:tax=b."),
        (("--reading", "R99=a"), "La lecture « R99 » n'existe pas : elles vont de R1 à R55."),
        (("--reading", "R3=z"), "La lecture R3 n'a pas d'option « z » : choisissez a, b ou c."),
        (("--reading", "R21=a"), "La lecture R21 n'a pas d'options : elle ne se change pas."),
        (("--reading", "R4:élèves=a"), "La lecture R4 n'a pas d'usage « élèves » : choisissez schooling ou tax."),
        (("--known-at", "hier"), "« hier » n'est pas un instant. Un instant s'écrit avec l'heure et son fuseau"),
        (("--known-at", "2026-06-31"), "Le 31 juin n'existe pas. Juin s'arrête au 30."),
    ],
)
def test_a_question_that_cannot_be_asked(refused: Refused, args: tuple[str, ...], said: str) -> None:
    message = refused(*HANGING, *args)
    assert message.startswith(said)
    assert len(message.splitlines()) == 1


def test_a_day_far_away_is_still_answered(run: Run) -> None:
    assert run(*HANGING, "--on", "2199-12-31").exit_code == 0


def test_a_file_that_cannot_be_read(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    (tmp_path / "latin.toml").write_bytes('fictif = true\nname = "École"'.encode("latin-1"))
    (tmp_path / "vide.toml").write_text("")
    asked = {
        "absent.toml": "Le fichier « absent.toml » n'existe pas. Vérifiez le chemin.",
        "dossier": "Le fichier « dossier » est un dossier du disque, pas un fichier. Donnez un fichier.",
        "latin.toml": "Ligne 2, ce fichier n'est pas en UTF-8",
        "vide.toml": "« vide.toml » : le fichier est vide.",
        "a\x00b": "Le fichier « a�b » ne se laisse pas lire. Vérifiez le chemin.",
        "\x1b[2J.toml": "Le fichier « �[2J.toml » n'existe pas.",
    }
    for path, said in asked.items():
        assert refused("explain", "--facts", path).startswith(said)


def test_a_file_without_the_right_to_read_it(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)
    said = "Le fichier « hanging.toml » ne se laisse pas lire : vos droits ne le permettent pas."
    assert refused("explain", "--facts", "hanging.toml") == said


def test_all_the_errors_of_a_file_at_once(refused: Refused, tmp_path: Path) -> None:
    text = (tmp_path / "bare.toml").read_text("utf-8").replace("9990024X", "9990024A")
    text += '[[recognition]]\neffect_on = 2026-01-01\nautorite = "le ministre"\nsource = "dossier"\n'
    (tmp_path / "faux.toml").write_text(text, "utf-8")
    lines = refused("explain", "--facts", "faux.toml").splitlines()
    assert len(lines) == 3
    assert all(line.startswith("Ligne ") for line in lines)


def test_a_dossier_that_is_none(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "faux.json").write_text("{}")
    (tmp_path / "latin.json").write_bytes(b"\xe9")
    assert refused("verify", "faux.json").startswith("Ce fichier n'est pas un dossier d'Équerre.")
    assert refused("verify", "latin.json") == "« latin.json » : ce fichier n'est pas un texte en UTF-8."
    assert refused("verify", "absent.json").startswith("Le fichier « absent.json » n'existe pas.")


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        ("uai", "0251542K", "UAI « 0251542K » : la lettre de contrôle de 0251542 est R, et non K."),
        ("siret", "2,17003E+13", "SIRET « 2,17003E+13 » : le tableur a abîmé ce numéro"),
        ("uai", "\x1b[31m", "UAI « �[31m » : "),
        ("insee", "1", "La sorte de numéro « insee » n'existe pas : choisissez uai, siren, siret,"),
    ],
)
def test_a_number_that_is_none(refused: Refused, kind: str, number: str, said: str) -> None:
    assert refused("id", kind, number).startswith(said)


SUBCOMMANDS = {"import": ("rncp", "directory", "schools"), "export": ("schools",), "watch": ("certifications",)}
EVERY_COMMAND = [
    (),
    *[(name,) for name in COMMANDS],
    *[(name, sub) for name, subs in SUBCOMMANDS.items() for sub in subs],
]


@pytest.mark.parametrize("asked", ["--help", "-h"])
@pytest.mark.parametrize("name", EVERY_COMMAND, ids=" ".join)
def test_help_is_in_french(run: Run, name: tuple[str, ...], asked: str) -> None:
    result = run(*name, asked)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage : equerre")
    assert "Montrer cette aide et sortir." in result.stdout
    assert not ENGLISH.search(result.stdout), result.stdout
