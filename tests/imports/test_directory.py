"""The ministry's directory: read by name, never by position; it completes, contests, and makes nothing. Samples are invented."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from equerre.cli import command
from equerre.facts.opening import Site
from equerre.imports import directory
from equerre.imports.directory import Directory, parse
from equerre.imports.report import Report
from equerre.imports.running import ImportRefused
from equerre.kernel.period import Period
from equerre.registry import models, record, selectors
from equerre.registry.dated import HELD, PROPOSED, Dated
from equerre.registry.record import Entry
from tests.registry.writing import by, instant, rows_of, school, source

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
REAL = DATA / "identifiers" / "annuaire_ille-et-vilaine_2023_40_lignes.csv"

OURS, OTHER = "9990012J", "0831819B"
UPDATED = date(2023, 6, 8)
READ_ON = date(2026, 1, 11)
# The second generation: other places, an underscore, other columns between, and a nature that says « collège ».
FIRST = (
    "Identifiant_de_l_etablissement;Nom_etablissement;Adresse_1;Adresse_2;Adresse_3;Code postal;Nom_commune;Code_departement;"
    "SIREN_SIRET;date_maj_ligne;etat;code_nature"
)
SECOND = (
    "code_nature;Code_departement;Nom_commune;Code_postal;Telephone;Adresse_2;Adresse_1;Nom_etablissement;etat;date_maj_ligne;"
    "SIREN_SIRET;Identifiant_de_l_etablissement"
)
BARE = {
    "Identifiant_de_l_etablissement": OURS,
    "Nom_etablissement": "École d'essai",
    "Adresse_1": "1 rue Fictive",
    "Adresse_2": "",
    "Code postal": "06000",
    "Nom_commune": "Ville-Fictive",
    "Code_departement": "006",
    "SIREN_SIRET": "00000001800010",
    "date_maj_ligne": "2023-06-08",
    "etat": "OUVERT",
    "code_nature": "340",
}


def sample(*rows: Mapping[str, str], header: str = FIRST, end: str = "\r\n") -> bytes:
    """A directory of these rows, each a few values over ``BARE``."""
    titles = header.split(";")
    lines = [header]
    for row in rows:
        said = {title.replace("_", " ").casefold(): value for title, value in {**BARE, **row}.items()}
        lines.append(";".join(said.get(title.replace("_", " ").casefold(), "") for title in titles))
    return (end.join(lines) + end).encode("utf-8-sig")


def read(*rows: Mapping[str, str], header: str = FIRST, wanted: tuple[str, ...] = (OURS,)) -> Directory:
    return parsed(sample(*rows, header=header), wanted)


def parsed(data: bytes, wanted: Collection[str] = (OURS,), file: str = "annuaire.csv", **more: date) -> Directory:
    return parse(io.BytesIO(data), file, wanted, read_on=READ_ON, **more)


def reasons(found: Directory) -> list[str]:
    return [str(one) for one in found.parsed.refused]


# --- Reading -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", [FIRST, SECOND, FIRST.lower(), FIRST.replace("_", " ")])
def test_both_generations_of_columns_say_the_same(header: str) -> None:
    found = read({}, header=header)
    (row,) = found.parsed.rows
    assert (row.uai, row.name, row.address, row.postcode) == (OURS, "École d'essai", "1 rue Fictive", "06000")
    assert (row.commune, row.departement, row.siret, row.updated_on) == (
        "Ville-Fictive",
        "06",
        "00000001800010",
        UPDATED,
    )
    assert (row.line, found.dated_on, reasons(found)) == (2, UPDATED, [])


@pytest.mark.parametrize(
    ("said", "meant"), [("035", "35"), ("02A", "2A"), ("620", "2A"), ("720", "2B"), ("974", "974"), ("988", "988")]
)
def test_a_departement_is_written_as_insee_does(said: str, meant: str) -> None:
    assert [row.departement for row in read({"Code_departement": said}).parsed.rows] == [meant]


def test_schools_that_are_not_ours_are_counted_and_left() -> None:
    found = read({"Identifiant_de_l_etablissement": OTHER}, {}, {"Identifiant_de_l_etablissement": "0350122T"})
    assert [row.uai for row in found.parsed.rows] == [OURS]
    assert "2 lignes d'autres établissements : laissées, aucune école n'en est tirée." in found.parsed.remarks


def test_a_wrong_number_of_another_school_stops_nobody() -> None:
    """The directory of the whole country has a few: they are not ours to mend."""
    found = read({"Identifiant_de_l_etablissement": "0350122A", "SIREN_SIRET": "11111111111111"}, {})
    assert (len(found.parsed.rows), reasons(found)) == (1, [])


def test_the_nature_is_never_read_and_that_is_said() -> None:
    assert "nature" not in " ".join(name for names in directory.HEADERS.values() for name in names)
    assert read({"code_nature": "999"}).parsed.rows == read({"code_nature": "340"}).parsed.rows
    assert directory.NATURE in read({}).parsed.remarks


def test_a_siren_alone_is_no_siret_and_is_left() -> None:
    found = read({"SIREN_SIRET": "000000018"})
    assert [row.siret for row in found.parsed.rows] == [""]
    assert "1 ligne avec un SIREN à la place du SIRET : rien n'en est retenu." in found.parsed.remarks


def test_a_school_that_is_not_open_there_is_told_and_no_more() -> None:
    said = f"L'annuaire ne dit pas ouverts : {OURS} (FERME). Rien n'en est déduit : une fermeture est un acte."
    assert said in read({"etat": "FERME"}).parsed.remarks


SPOILED = {
    "a SIRET taken for a quantity": ({"SIREN_SIRET": "2,17003E+13"}, "SIREN_SIRET", "Le tableur a abîmé ce numéro"),
    "a SIRET without its zero": ({"SIREN_SIRET": "1800010"}, "SIREN_SIRET", "Le zéro du début a été perdu"),
    "thirteen figures": ({"SIREN_SIRET": "1350016800025"}, "SIREN_SIRET", "13 chiffres au lieu de 14"),
    "a département of two": ({"Code_departement": "35"}, "Code_departement", "2 chiffres au lieu de 3"),
    "Corsica without its zero": ({"Code_departement": "2A"}, "Code_departement", "Le zéro du début a été perdu"),
    "a postcode of four": ({"Code postal": "6000"}, "Code postal", "4 chiffres au lieu de 5"),
    "a UAI of six figures": (
        {"Identifiant_de_l_etablissement": "831819B"},
        "Identifiant_de_l_etablissement",
        "zéro du début",
    ),
    "a day made a number": ({"date_maj_ligne": "45085"}, "date_maj_ligne", "8 juin 2023"),
    "a letter lost": ({"Nom_commune": "Saint-�tienne"}, "Nom_commune", "une lettre est perdue"),
    "accents written twice": ({"Nom_commune": "MÃ©rignac"}, "Nom_commune", "écrits deux fois"),
}


@pytest.mark.parametrize(("row", "column", "said"), SPOILED.values(), ids=SPOILED)
@pytest.mark.parametrize("number", [OURS, OTHER])
def test_what_a_spreadsheet_destroyed_is_refused_by_name_wherever_it_stands(
    row: Mapping[str, str], column: str, said: str, number: str
) -> None:
    found = read({"Identifiant_de_l_etablissement": number, **row})
    (refused,) = found.parsed.refused
    assert (refused.line, refused.column, found.parsed.rows) == (2, column, [])
    assert said in refused.reason
    assert "d'origine" in refused.reason or "Reprenez" in refused.reason or "exportez" in refused.reason


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"SIREN_SIRET": "00000001800011"}, "la clé de contrôle est fausse"),
        ({"Code_departement": "999"}, "Aucun département n'a ce code"),
        ({"Code postal": "F6000"}, "Un code postal a cinq chiffres"),
        ({"date_maj_ligne": "hier"}, "n'est pas une date"),
    ],
)
def test_a_wrong_value_of_ours_is_refused(row: Mapping[str, str], said: str) -> None:
    (refused,) = read(row).parsed.refused
    assert said in refused.reason


def test_a_file_spoiled_on_each_line_is_told_in_a_few() -> None:
    said = reasons(read(*({"Code_departement": "35"} for _ in range(300))))
    assert len(said) == 6
    assert said[-1] == (
        "annuaire.csv, ligne 7, colonne Code_departement : refusée de même, comme 295 lignes à partir de celle-ci."
    )


def test_a_school_said_twice_must_be_said_alike() -> None:
    assert reasons(read({}, {"etat": "A FERMER"})) == []
    found = read({}, {"Nom_commune": "Ailleurs"}, {})
    said = "annuaire.csv, ligne {}, colonne Identifiant_de_l_etablissement : « 9990012J » est aussi ligne {}, avec d'autres"
    first, second = sorted(reasons(found))
    assert first.startswith(said.format(2, 3))
    assert second.startswith(said.format(3, 2))
    assert found.parsed.rows == []
    assert "Au registre, et refusés : 9990012J." in found.parsed.remarks
    assert not any(one.startswith("0 établissement") for one in found.parsed.remarks)


@pytest.mark.parametrize("number", [OURS, OTHER])
def test_a_day_to_come_is_refused_by_name_on_any_line(number: str) -> None:
    found = read({}, {"Identifiant_de_l_etablissement": number, "date_maj_ligne": "2052-03-01"})
    (said,) = reasons(found)
    assert said == (
        "annuaire.csv, ligne 3, colonne date_maj_ligne : le 1er mars 2052 est à venir : nous sommes le 11 janvier 2026. "
        "Reprenez le fichier d'origine, ou corrigez cette date."
    )
    assert found.dated_on == UPDATED
    (said,) = reasons(parsed(sample({}), dated_on=date(2026, 1, 12)))
    assert said.startswith("annuaire.csv, colonne --date : le 12 janvier 2026 est à venir")
    assert reasons(parsed(sample({}), dated_on=READ_ON)) == []


def test_a_wrong_letter_is_named_and_refused_when_the_figures_are_ours() -> None:
    found = read({}, {"Identifiant_de_l_etablissement": "0350122A"})
    assert "Numéros UAI faux, dont rien n'est retenu : 1 (« 0350122A », ligne 3)." in found.parsed.remarks
    assert not any("autres établissements" in one for one in found.parsed.remarks)
    (said,) = reasons(read({"Identifiant_de_l_etablissement": "9990012K"}))
    assert "« 9990012K » : la lettre de contrôle de 9990012 est J" in said


def test_a_number_read_in_capitals_is_told() -> None:
    found = read({"Identifiant_de_l_etablissement": "9990012j"})
    assert [row.uai for row in found.parsed.rows] == [OURS]
    assert "Numéros UAI lus en majuscules : 1 (« 9990012j », ligne 2)." in found.parsed.remarks


def test_a_letter_of_another_alphabet_is_told() -> None:
    found = read(
        {"Nom_etablissement": "\u00c9\u0441ole d'essai"}, {"Nom_etablissement": "Œuvre d'É\u0301mile", "etat": ""}
    )
    assert [one for one in found.parsed.remarks if "alphabet" in one] == [
        "Lettres d'un autre alphabet, qui se prennent pour d'autres : 1 "
        "(« \u0441 » (U+0441) dans « \u00c9\u0441ole d'essai », ligne 2)."
    ]


def test_a_state_that_is_spoiled_refuses_no_line() -> None:
    assert reasons(read({"etat": "OUVERT\ufffd"})) == []


def test_a_directory_is_read_row_after_row() -> None:
    """A few pieces of a megabyte are held, and never the file."""
    other = sample({"Identifiant_de_l_etablissement": OTHER}).splitlines(keepends=True)[1]
    data = io.BytesIO(sample({}) + other * 20_000)
    tracemalloc.start()
    found = parse(data, "annuaire.csv", (OURS,), read_on=READ_ON)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(found.parsed.rows), reasons(found)) == (1, [])
    assert most < 8 * 2**20


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "n'a pas « Identifiant_de_l_etablissement »"),
        (sample({})[:-30], "coupé"),
        (sample({}).replace(b"Nom_commune", b"Commune"), "n'a pas « Nom_commune »"),
        (sample({}).replace(b"code_nature", b"Nom_commune"), "deux colonnes disent la même chose"),
        ("\ufeffa;b\r\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04" + bytes(40), "octets nuls"),
        (sample({}).replace(b";340\r\n", b"\r\n"), "n'a que 11 cellules sur 12"),
        (sample({}).replace(b";340\r\n", b";340;x\r\n"), "plus de cellules que l'en-tête"),
        (sample({"date_maj_ligne": ""}), "--date"),
        (sample({"Nom_etablissement": '"ouvert'}), "guillemet"),
    ],
)
def test_a_file_that_is_not_one_is_refused(data: bytes, said: str) -> None:
    found = parsed(data)
    assert len(found.parsed.refused) >= 1
    assert said in reasons(found)[0]


def test_windows_letters_are_read_and_it_is_said() -> None:
    found = parsed(sample({}).decode("utf-8-sig").encode("cp1252"))
    assert [row.name for row in found.parsed.rows] == ["École d'essai"]
    assert "Windows-1252" in found.parsed.remarks[0]


@given(st.binary(max_size=400), st.integers(0, 400), st.booleans())
def test_no_bytes_make_it_raise(noise: bytes, place: int, whole: bool) -> None:
    data = sample({}, {"Identifiant_de_l_etablissement": OTHER})
    found = parsed(noise if whole else data[:place] + noise + data[place + 3 :])
    assert all(one.reason for one in found.parsed.refused)


@given(st.integers(0, 500))
def test_a_file_cut_anywhere_is_refused_or_lacks_whole_lines(place: int) -> None:
    data = sample({}, {"Identifiant_de_l_etablissement": OTHER})
    found = parsed(data[:place], (OURS, OTHER))
    ends = [match.end() for match in re.finditer(rb"\n|\r", data)]
    assert found.parsed.refused or place in ends or place >= len(data)


def test_the_real_file() -> None:
    if not REAL.is_file():
        pytest.skip("the real directory is not beside the project (../shared/data)")
    data = REAL.read_bytes()
    numbers = set(re.findall(r"^([0-9]{7}[A-Z]);", data.decode("utf-8-sig"), re.MULTILINE))
    found = parsed(data, numbers)
    assert (len(found.parsed.rows), found.dated_on, reasons(found)) == (40, date(2023, 6, 8), [])
    assert {row.departement for row in found.parsed.rows} == {"35"}
    assert len(parsed(data, ()).parsed.rows) == 0


# --- Loading -------------------------------------------------------------------------------------------------------------


def hold(**said: object) -> None:
    """A school with one main site, held from 2022 by a paper of its own, with the name and the values given."""
    site, _ = models.Site.objects.get_or_create(key="atelier", defaults={"school": school()})
    name = said.pop("name", "École d'essai")
    if name:
        record.record(Entry(models.SchoolName, {"school": school(), "name": name}), by(0))
    values = {"site": site, "main": True, "uai": OURS, **said}
    record.record(Entry(models.SiteDetails, values, Period(date(2022, 9, 1))), by(0))


HELD_ALIKE = {
    "siret": "00000001800010",
    "address": "1 RUE FICTIVE",
    "postcode": "06000",
    "commune": "VILLE FICTIVE",
    "departement": "06",
}


def bring(*rows: Mapping[str, str], at: int = 10, **more: object) -> Report:
    data = sample(*rows or ({},))
    return directory.bring(io.BytesIO(data), "annuaire.csv", author="person:test", recorded_at=instant(at), **more)  # type: ignore[arg-type]


def known(model: type[Dated], standing: str = HELD) -> list[Dated]:
    return list(model._default_manager.filter(known_until__isnull=True, standing=standing).order_by("id"))


def counts(report: Report) -> dict[str, int]:
    return {name: number for name, number in report.counts.items() if number}


@pytest.mark.django_db
def test_what_is_held_alike_but_for_capitals_and_signs_is_unchanged() -> None:
    hold(**HELD_ALIKE)
    before = rows_of(models.SiteDetails)
    report = bring()
    assert counts(report) == {"unchanged": 2}
    assert directory.NOTHING_REPAIRED in report.remarks
    assert rows_of(models.SiteDetails) == before


@pytest.mark.django_db
def test_what_is_missing_is_held_from_the_day_the_ministry_wrote_it() -> None:
    hold(commune="Ville-Fictive", departement="06")
    assert counts(bring()) == {"changed": 1, "unchanged": 1}
    before, after = known(models.SiteDetails)
    assert isinstance(after, models.SiteDetails)
    assert (before.valid_until, after.valid_from, after.valid_until) == (UPDATED, UPDATED, None)
    assert (after.siret, after.address, after.postcode) == ("00000001800010", "1 rue Fictive", "06000")
    assert (after.source.publisher, after.source.dated_on) == (directory.PUBLISHER, UPDATED)
    assert (before.source, before.known_from) == (source(), instant(10))


@pytest.mark.django_db
def test_what_contradicts_is_proposed_and_said_contested_by_the_facts() -> None:
    hold(**{**HELD_ALIKE, "siret": "00000002600013"})
    report = bring({"Nom_etablissement": "Lycée d'essai"})
    assert counts(report) == {"contested": 2}
    (proposed,) = known(models.SiteDetails, PROPOSED)
    assert isinstance(proposed, models.SiteDetails)
    assert (proposed.siret, proposed.valid_from, proposed.standing) == ("00000001800010", UPDATED, PROPOSED)
    assert [row.name for row in models.SchoolName.objects.filter(standing=PROPOSED)] == ["Lycée d'essai"]
    facts = selectors.school("école-1")
    assert facts is not None
    assert facts[Site][0].value.siret == "00000002600013"
    assert facts[Site][0].contested == (f"{directory.PUBLISHER}, Annuaire de l'éducation, annuaire.csv",)


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{}, {"SIREN_SIRET": ""}, {"Nom_commune": "Ailleurs", "Nom_etablissement": "Autre"}])
def test_a_second_reading_changes_nothing(said: Mapping[str, str]) -> None:
    hold(commune="Ville-Fictive", name="")
    bring(said)
    before = [rows_of(model) for model in (models.SiteDetails, models.SchoolName)]
    report = bring(said, at=11)
    assert not report.written
    assert [rows_of(model) for model in (models.SiteDetails, models.SchoolName)] == before


@pytest.mark.django_db
@pytest.mark.parametrize("accept", [True, False])
def test_what_was_settled_is_not_proposed_again_by_the_next_delivery(accept: bool) -> None:
    hold(**{**HELD_ALIKE, "commune": "Ailleurs"})
    bring()
    (proposed,) = known(models.SiteDetails, PROPOSED)
    record.settle(proposed, by(11), accept=accept)
    report = bring({"date_maj_ligne": "2024-01-15"}, at=12)
    assert counts(report) == {"unchanged": 2}
    assert known(models.SiteDetails, PROPOSED) == []


@pytest.mark.django_db
def test_an_older_delivery_read_late_changes_nothing() -> None:
    hold(**HELD_ALIKE)
    bring({"Nom_commune": "Neuve", "date_maj_ligne": "2025-01-15"})
    before = rows_of(models.SiteDetails)
    report = bring({"Nom_commune": "Ancienne"}, at=11)
    assert counts(report) == {"unchanged": 2}
    assert "Une livraison plus récente de l'annuaire a déjà été lue" in report.remarks[-1]
    assert rows_of(models.SiteDetails) == before


@pytest.mark.django_db
def test_a_name_that_nobody_holds_is_recorded() -> None:
    hold(**HELD_ALIKE, name="")
    assert counts(bring()) == {"new": 1, "unchanged": 1}
    (name,) = known(models.SchoolName)
    assert (getattr(name, "name", ""), name.valid_from) == ("École d'essai", UPDATED)


@pytest.mark.django_db
def test_no_school_is_made_from_the_directory() -> None:
    hold(**HELD_ALIKE)
    bring({}, {"Identifiant_de_l_etablissement": OTHER}, {"Identifiant_de_l_etablissement": "0350122T"})
    assert (models.School.objects.count(), models.Site.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_number_that_no_site_bears_that_day_is_told() -> None:
    hold(**HELD_ALIKE)
    report = bring({"date_maj_ligne": "2020-01-15"})
    assert counts(report) == {}
    assert report.remarks[-1] == f"Numéros que nul site ne porte le 15 janvier 2020 : {OURS}. Rien n'en est dit."


@pytest.mark.django_db
def test_a_trial_writes_nothing_and_says_the_same() -> None:
    hold(commune="Ailleurs", name="")
    before = rows_of(models.SiteDetails)
    trial = bring(dry_run=True)
    assert rows_of(models.SiteDetails) == before
    assert counts(trial) == counts(bring()) == {"new": 1, "changed": 1, "contested": 1}


@pytest.mark.django_db
def test_all_or_nothing_unless_the_good_is_kept() -> None:
    hold(commune="Ville-Fictive")
    bad = {"Identifiant_de_l_etablissement": OTHER, "Code_departement": "35"}
    before = rows_of(models.SiteDetails)
    with pytest.raises(ImportRefused) as refused:
        bring({}, bad)
    assert rows_of(models.SiteDetails) == before
    assert len(refused.value.report.refused) == 1
    assert counts(bring({}, bad, keep_good=True)) == {"changed": 1, "unchanged": 1}


@pytest.mark.django_db
def test_the_day_of_the_file_may_be_given() -> None:
    hold(commune="Ville-Fictive")
    bring({"date_maj_ligne": ""}, dated_on=date(2024, 2, 1))
    assert known(models.SiteDetails)[-1].valid_from == date(2024, 2, 1)


@pytest.mark.django_db
def test_a_file_read_before_keeps_its_day() -> None:
    hold(commune="Ville-Fictive")
    bring({"date_maj_ligne": ""}, dated_on=date(2024, 2, 1))
    with pytest.raises(ImportRefused, match=r"déjà été lu comme celui du 1er février 2024 : redonnez ce jour"):
        bring({"date_maj_ligne": ""}, at=11, dated_on=date(2024, 2, 2))


# --- The command -----------------------------------------------------------------------------------------------------------


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, ["import", "directory", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.django_db
def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    hold(commune="Ailleurs")
    (tmp_path / "annuaire.csv").write_bytes(sample({}))
    code, out, _ = run(tmp_path / "annuaire.csv", "--dry-run")
    assert (code, models.SiteDetails.objects.count()) == (0, 1)
    assert out.splitlines()[0] == (
        f"{directory.PUBLISHER}, {directory.TITLE}, annuaire.csv : 1 ligne lue ; 1 fait modifié, 1 fait inchangé, "
        "1 fait contesté, à trancher. (essai : rien n'a été écrit)"
    )
    assert run(tmp_path / "annuaire.csv", "--format", "json")[0] == 0
    assert models.SiteDetails.objects.count() == 4


@pytest.mark.django_db
def test_the_command_refuses_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "annuaire.csv").write_bytes(sample({"SIREN_SIRET": "2,17003E+13"}))
    code, out, err = run(tmp_path / "annuaire.csv")
    assert (code, out) == (2, "")
    assert err.startswith("annuaire.csv, ligne 2, colonne SIREN_SIRET : « 2,17003E+13 ». Le tableur a abîmé ce numéro")
    assert run(tmp_path / "absent.csv")[0] == 2


@pytest.mark.django_db
def test_keeping_the_good_is_advised_only_where_something_would_be_kept(tmp_path: Path) -> None:
    hold(commune="Ville-Fictive")
    bad = {"Identifiant_de_l_etablissement": OTHER, "Code_departement": "35"}
    path = tmp_path / "annuaire.csv"
    path.write_bytes(sample({}, bad))
    assert run(path)[2].endswith("Corrigez 1 point, ou gardez ce qui est bon avec --keep-good.\n")
    path.write_bytes(sample(bad))
    assert run(path)[2].endswith("rien n'a été écrit. Corrigez 1 point, puis recommencez.\n")
    path.write_bytes(sample({})[:-30])
    assert "--keep-good" not in run(path)[2]


@pytest.mark.django_db
def test_keeping_the_good_is_not_advised_where_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    hold(commune="Ville-Fictive")
    monkeypatch.setattr(directory, "load", full)
    (tmp_path / "annuaire.csv").write_bytes(sample({}))
    code, _, err = run(tmp_path / "annuaire.csv")
    assert (code, "Le disque est plein" in err, "--keep-good" in err) == (2, True, False)
