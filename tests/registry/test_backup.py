"""A backup and its restore, on either database and from one to the other: every row, every finding, the same bytes again."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from equerre import demo as demo_year
from equerre.accounts.models import Person
from equerre.cli import command
from equerre.kernel import clock
from equerre.registry import models, revision, selectors
from equerre.registry.record import record
from equerre.rules.chain import explain
from equerre.rules.doubt import measure
from tests.registry.conftest import Installation
from tests.registry.writing import audience, by, school

pytestmark = pytest.mark.django_db(transaction=True)

DAYS = (date(2024, 3, 1), date(2025, 9, 15), date(2026, 10, 1))
Lines = list[Any]


def done(*words: str | Path) -> str:
    result = CliRunner().invoke(command, list(map(str, words)))
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(*words: str | Path) -> str:
    result = CliRunner().invoke(command, list(map(str, words)))
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert result.stderr.count("\n") == 1
    return result.stderr.strip()


def findings() -> dict[str, Any]:
    """Every finding of every school, with the doubt of each."""
    found: dict[str, Any] = {}
    for facts in selectors.schools():
        for on in DAYS:
            chain = explain(facts, on)
            doubts = measure(chain) if on == DAYS[-1] else {}
            found[f"{facts.uai} {on}"] = (chain, doubts)
    return found


def emptied() -> None:
    """A database just migrated."""
    call_command("flush", interactive=False, verbosity=0)


def test_every_finding_is_the_same_after_a_restore(tmp_path: Path) -> None:
    demo_year.load()
    before, file = findings(), tmp_path / "sauvegarde"
    assert len(before) == 72 * len(DAYS)
    done("backup", file)
    emptied()
    assert findings() == {}
    done("restore", file)
    assert findings() == before


def test_a_backup_goes_from_one_database_to_the_other_and_back_to_the_same_bytes(
    demo: Installation, tmp_path: Path
) -> None:
    """SQLite, then the database of this run, then SQLite again."""
    first, second, third = (tmp_path / name for name in ("un", "deux", "trois"))
    demo.says("backup", first)
    done("restore", first)
    done("backup", second)
    other = Installation(tmp_path / "autre")
    other.says("migrate")
    other.says("restore", second)
    other.says("backup", third)
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


def test_a_restored_register_begins_at_a_revision_that_nobody_had(tmp_path: Path) -> None:
    """A browser that kept a page of revision 3 must not be told that it still stands after another third write."""
    record(audience(12), by(0))
    file, now = tmp_path / "sauvegarde", int(clock.now().timestamp() * 1000)
    had = revision.number()
    done("backup", file)
    emptied()
    done("restore", file)
    assert revision.number() >= now > had
    revision.begin_again(datetime(2020, 1, 1, tzinfo=UTC))
    assert revision.number() > now, "a clock that goes back must not bring an old number back"


def test_persons_and_their_rights_are_in_it_and_sessions_are_not(tmp_path: Path) -> None:
    person = Person.objects.create_user("élodie", "elodie@example.org", "un mot de passe assez long")
    group = Group.objects.create(name="Rectorat")
    group.permissions.add(Permission.objects.get(codename="view_school"))
    person.groups.add(group)
    file = tmp_path / "sauvegarde"
    done("backup", file)
    assert file.stat().st_mode & 0o777 == 0o600
    emptied()
    done("restore", file)
    again = Person.objects.get(username="élodie")
    assert (again.pk, again.key, again.password, again.date_joined) == (
        person.pk,
        person.key,
        person.password,
        person.date_joined,
    )
    assert again.has_perm("registry.view_school")
    assert not [table for table in header(file)["tables"] if table["model"].startswith("sessions")]


def test_what_is_written_after_a_restore_takes_the_next_number(tmp_path: Path) -> None:
    first = record(audience(12), by(0))
    done("backup", tmp_path / "sauvegarde")
    emptied()
    done("restore", tmp_path / "sauvegarde")
    second = record(audience(13), by(1))
    assert second.pk > first.pk
    assert models.School.objects.create(key="nouvelle").pk > school().pk
    assert Person.objects.create_user("nouvelle").pk


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    record(audience(12), by(0))
    one, two = tmp_path / "un", tmp_path / "deux"
    done("backup", one)
    done("backup", two)
    assert one.read_bytes() == two.read_bytes()


# --- Refusals: the sentence, and nothing written -------------------------------------------------------------------------------


def header(file: Path) -> dict[str, Any]:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        found: dict[str, Any] = json.loads(text.readline())
    return found


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """The lines of a good backup, in an empty database again."""
    record(audience(12), by(0))
    done("backup", tmp_path / "bonne")
    emptied()
    with gzip.open(tmp_path / "bonne", "rt", encoding="utf-8") as text:
        return [json.loads(line) for line in text]


def written(path: Path, lines: Lines, sealed: bool = True) -> Path:
    """A backup of these lines, whose hash is right unless one wants it wrong."""
    texts = [json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines[:-1]]
    end = {"sha256": hashlib.sha256(b"".join(texts)).hexdigest()} if sealed else lines[-1]
    path.write_bytes(gzip.compress(b"".join(texts) + json.dumps(end, separators=(",", ":")).encode() + b"\n"))
    return path


def row_of(lines: Lines, model: str) -> int:
    """The place of the first row of a table."""
    place = 1
    for table in lines[0]["tables"]:
        if table["model"] == model:
            return place
        place += table["rows"]
    raise LookupError(model)


def with_another_count(lines: Lines) -> Lines:
    lines[row_of(lines, "registry.Audience")][-2] = 99
    return lines


def without_a_row(lines: Lines) -> Lines:
    del lines[row_of(lines, "registry.Audience")]
    return lines


def with_a_text_for_a_day(lines: Lines) -> Lines:
    place = row_of(lines, "registry.Audience")
    columns = next(table["columns"] for table in lines[0]["tables"] if table["model"] == "registry.Audience")
    lines[place][columns.index("valid_from")] = "hier"
    return lines


@pytest.mark.parametrize(
    ("spoil", "sealed"),
    [(with_another_count, False), (without_a_row, True), (with_a_text_for_a_day, True)],
)
def test_a_backup_that_was_touched_is_refused_whole(
    lines: Lines, tmp_path: Path, spoil: Callable[[Lines], Lines], sealed: bool
) -> None:
    file = written(tmp_path / "touchée", spoil(lines), sealed)
    assert refused("restore", file) == (
        f"{file} n'est pas une sauvegarde d'Équerre, ou elle est abîmée : rien n'a été écrit."
    )
    assert models.School.objects.count() == models.Audience.objects.count() == 0


def test_a_backup_that_names_what_it_does_not_hold_is_refused_whole(lines: Lines, tmp_path: Path) -> None:
    place = row_of(lines, "registry.Audience")
    columns = next(table["columns"] for table in lines[0]["tables"] if table["model"] == "registry.Audience")
    lines[place][columns.index("school_id")] = 999
    file = written(tmp_path / "touchée", lines)
    assert refused("restore", file).endswith(
        "contredit les règles de la base, ou nomme ce qu'elle ne porte pas : rien n'a été écrit."
    )
    assert models.Audience.objects.count() == 0


@pytest.mark.parametrize("cut", [0, 1, 20, 200, -1, -9])
def test_a_backup_cut_short_is_refused(lines: Lines, tmp_path: Path, cut: int) -> None:
    file = tmp_path / "coupée"
    file.write_bytes((tmp_path / "bonne").read_bytes()[:cut])
    assert "n'est pas une sauvegarde d'Équerre, ou elle est abîmée" in refused("restore", file)
    assert models.School.objects.count() == 0
    assert lines


@pytest.mark.parametrize(
    "content", [b"", b"bonjour", gzip.compress(b"bonjour\n", mtime=0), gzip.compress(b'{"format": "autre"}\n', mtime=0)]
)
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "lettre"
    file.write_bytes(content)
    assert "n'est pas une sauvegarde d'Équerre" in refused("restore", file)


# The command in an address space that a real backup fits in.
WITHIN = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
from equerre.cli import main
main()
"""


@pytest.mark.parametrize(
    "opening",
    [b"", b'{"format":"equerre-backup/1","equerre":"'],
    ids=["one line of nothing", "a header without end"],
)
def test_a_line_without_end_takes_no_memory(prepared: Installation, tmp_path: Path, opening: bytes) -> None:
    """A gigabyte and a half in one line, of a file of a megabyte and a half."""
    piece = gzip.compress(b" " * 2**24, mtime=0)
    file = tmp_path / "une-ligne.gz"
    file.write_bytes(gzip.compress(opening, mtime=0) + piece * 96)
    code, output, errors = prepared.run("restore", file, code=WITHIN)
    assert (code, output) == (2, "")
    assert errors.strip() == f"{file} n'est pas une sauvegarde d'Équerre, ou elle est abîmée : rien n'a été écrit."


def test_long_lines_take_no_memory_together(prepared: Installation, tmp_path: Path) -> None:
    """Each could be a row: three gigabytes of them, by a header that says so."""
    prepared.says("backup", tmp_path / "bonne")
    said = header(tmp_path / "bonne")
    for table in said["tables"]:
        table["rows"] = 1000 if table["model"] == "accounts.Person" else 0
    name = next(table["columns"] for table in said["tables"] if table["model"] == "accounts.Person").index("username")
    width = len(next(table["columns"] for table in said["tables"] if table["model"] == "accounts.Person"))
    row = ["" if place != name else "x" * 3_000_000 for place in range(width)]
    line = gzip.compress(json.dumps(row).encode() + b"\n", mtime=0)
    file = tmp_path / "longues-lignes.gz"
    file.write_bytes(gzip.compress(json.dumps(said).encode() + b"\n", mtime=0) + line * 1000)
    code, output, errors = prepared.run("restore", file, code=WITHIN)
    assert (code, output) == (2, "")
    assert errors.count("\n") == 1


@pytest.mark.parametrize("spoiled", [b"[" * 100_000, b'["a",["b"]]', b'{"a":1}', b"1"])
def test_a_line_that_is_no_row_is_refused(lines: Lines, tmp_path: Path, spoiled: bytes) -> None:
    place = row_of(lines, "registry.Audience")
    texts = [json.dumps(line).encode() for line in lines]
    texts[place] = spoiled
    file = tmp_path / "tordue"
    file.write_bytes(gzip.compress(b"\n".join(texts) + b"\n"))
    assert "n'est pas une sauvegarde d'Équerre" in refused("restore", file)
    assert models.School.objects.count() == 0


def test_a_backup_of_another_version_is_refused(lines: Lines, tmp_path: Path) -> None:
    lines[0]["equerre"] = "9.9.9"
    lines[0]["migrations"]["registry"].append("0999_later")
    said = refused("restore", written(tmp_path / "autre", lines))
    assert "vient de la version 9.9.9 d'Équerre" in said
    assert said.endswith("restaurez-la avec la version dont elle vient, puis lancez « equerre migrate ».")


def test_a_database_that_holds_something_is_never_written_over(lines: Lines, tmp_path: Path) -> None:
    school("déjà là")
    assert refused("restore", tmp_path / "bonne").startswith("La base n'est pas vide (1 ligne dans registry.School)")
    assert list(models.School.objects.values_list("key", flat=True)) == ["déjà là"]
    assert lines


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "précieux"
    file.write_text("à garder", "utf-8")
    assert refused("backup", file) == f"{file} existe déjà : donnez un autre nom, ou déplacez ce fichier."
    assert file.read_text("utf-8") == "à garder"
    assert [path.name for path in tmp_path.iterdir()] == ["précieux"]


def test_a_file_that_cannot_be_found_or_written(tmp_path: Path) -> None:
    for words in (("restore", tmp_path / "absente"), ("backup", tmp_path / "nulle part" / "sauvegarde")):
        assert refused(*words).endswith("n'existe pas, ou son dossier n'existe pas : vérifiez le chemin.")
