"""The world coming in: the kit of 6,822 rows, the XML export of 570 MB, the load against a bare ``executemany``.

The export is generated in the layout of version 4.1, in a folder that goes away: real ones are not redistributed. Each measure
runs in a process of its own, on its own SQLite file, so that its memory and its database are nobody else's; it tells the
processor time that it took, and the reference runs after it, in turn.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from bench.measuring import Bench, against
from equerre.kernel import uai

ROOT = Path(__file__).resolve().parents[1]
SHEETS = 21_000
MEGABYTES = 570
ROWS = 6_822
RECORDED_AT = datetime(2026, 1, 5, 8, tzinfo=UTC)

# --- Files in the real layouts -----------------------------------------------------------------------------------------

_WORDS = """
    réaliser préparer contrôler assembler mesurer tracer souder monter entretenir régler organiser transmettre vérifier atelier
    pièce dossier technique opération sécurité poste outils qualité chantier client commande plan machine équipe contrôle
    professionnel respect règles art
""".split()  # noqa: SIM905 (a text that one reads)


def kit(rows: int = ROWS, vintage: int = 0) -> bytes:
    """A kit of seventeen columns, as many rows as the real one of 31 January 2025. ``vintage`` moves the end of a few sheets."""
    draw = Random(443_6)
    header = (
        "Code Diplôme;Intitulé diplôme (DEPP);FicheRNCP;Niveau fiche RNCP;Abrégé de diplôme (RNCP);Dernière MaJ;"
        "Accès à l'apprentissage de la fiche RNCP (oui/non);Date d'échéance de la fiche RNCP;Fiche ACTIVE/INACTIVE;"
        "Intitulé certification (RNCP);Type d'enregistrement;Date de publication de la fiche (enregistrement de droit);"
        "Date de décision (enregistrement sur demande);Date de début des parcours certifiants (enregistrement de droit);"
        "Date limite de la délivrance;Nouvelle Certification rempla (RNCP);Ancienne Certification (RNCP)"
    )
    lines = [header]
    for number in range(rows):
        sheet = 10_000 + number * 2 // 3
        lines.append(
            f"{50_000_000 + number};METIER {number} (CAP);RNCP{sheet};Niveau 3;CAP;v1.0;Oui;{_end(sheet, vintage)};ACTIVE;"
            f"CAP - Métier {sheet};Enregistrement de droit;;;01/09/{2021 + sheet % 3};;"
            f"{f'RNCP{sheet + 1}' if sheet % 4 == 0 else ''};RNCP{draw.randrange(1000, 9999)}"
        )
    return ("\r\n".join(lines) + "\r\n").encode()


def _end(sheet: int, vintage: int) -> str:
    """One sheet in fifty has its end put off at each vintage."""
    return f"31/08/{2026 + sheet % 4 + (sheet % 50 < vintage)}"


def directory(path: Path, rows: int = 200_000) -> None:
    """A directory of the ministry with its 69 columns, none of them ours."""
    titles = (
        "Identifiant_de_l_etablissement;Nom_etablissement;Adresse_1;Adresse_2;Code_postal;Nom_commune;Code_departement;SIREN_SIRET;"
        "date_maj_ligne;etat"
    )
    more = [f"colonne_{number}" for number in range(59)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(";".join([titles, *more]) + "\r\n")
        for number in range(rows):
            figures = f"083{number % 10_000:04d}"
            file.write(
                f"{figures}{uai.check_letter(figures)};École n° {number};{number} rue de l'Atelier;;83000;Toulon;083;"
                f"73282932000074;2023-06-08;OUVERT;{'valeur;' * 58}valeur\r\n"
            )


def export(path: Path, megabytes: int = MEGABYTES, sheets: int = SHEETS) -> None:
    """An XML export: so many sheets, so many megabytes in all."""
    draw = Random(6113_5)
    each = megabytes * 1024**2 // sheets
    texts = [_text(draw, 1500) for _ in range(40)]
    with path.open("wb") as file:
        file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n')
        for number in range(sheets):
            file.write("".join(_sheet(draw, 20_000 + number, texts, each)).encode())
        file.write(b"</FICHES>\n")


def _text(draw: Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += f"{draw.choice(_WORDS)} "
    return f"&lt;p&gt;{text.strip()}&lt;/p&gt;"


def _sheet(draw: Random, number: int, texts: list[str], weight: int) -> Iterator[str]:
    code = f"RNCP{number}"
    head = (
        f"<FICHE><ID_FICHE>{number}</ID_FICHE><NUMERO_FICHE>{code}</NUMERO_FICHE>\n"
        f"<ANCIENNES_CERTIFICATIONS><ANCIENNE_CERTIFICATION><ID_FICHE_ANCIENNE_CERTIFICATION>RNCP{draw.randrange(1000, 9999)}"
        "</ID_FICHE_ANCIENNE_CERTIFICATION></ANCIENNE_CERTIFICATION></ANCIENNES_CERTIFICATIONS>\n"
        f"<INTITULE>Métallier d'atelier n° {number}</INTITULE>\n"
        "<ABREGE><CODE>CAP</CODE><LIBELLE>Certificat d'aptitude professionnelle</LIBELLE></ABREGE>\n"
        "<ETAT_FICHE>Publiée</ETAT_FICHE>\n"
        "<NOMENCLATURE_EUROPE><NIVEAU>NIV3</NIVEAU><LIBELLE>Niveau 3</LIBELLE></NOMENCLATURE_EUROPE>\n"
    )
    codes = "".join(
        f"<{name}S><{name}><CODE>{draw.randrange(100, 999)}</CODE><LIBELLE>Spécialité</LIBELLE></{name}></{name}S>"
        for name in ("NSF", "FORMACODE", "ROME")
    )
    jury = "".join(
        f"<SI_JURY_{way}><ACTIF>Oui</ACTIF><COMPOSITION>Le jury de la certification</COMPOSITION></SI_JURY_{way}>"
        for way in ("FI", "CA", "FC", "CQ", "CL", "VAE")
    )
    blocks = "".join(
        f"<BLOC_COMPETENCES><CODE>{code}BC{place:02d}</CODE><LIBELLE>Réaliser un ouvrage n° {place}</LIBELLE>"
        f"<LISTE_COMPETENCES>{draw.choice(texts)}</LISTE_COMPETENCES>"
        f"<MODALITES_EVALUATION>{draw.choice(texts)[:500]}</MODALITES_EVALUATION></BLOC_COMPETENCES>\n"
        for place in range(1, 5)
    )
    partners = "".join(
        f"<PARTENAIRE><NOM_PARTENAIRE>CENTRE {place}</NOM_PARTENAIRE><SIRET_PARTENAIRE>{draw.randrange(10**13, 10**14)}"
        "</SIRET_PARTENAIRE><HABILITATION_PARTENAIRE>HABILITATION_FORMER</HABILITATION_PARTENAIRE>"
        "<ETAT_HABILITATION>ACTIF</ETAT_HABILITATION></PARTENAIRE>\n"
        for place in range(draw.randrange(10))
    )
    tail = (
        "<DATE_DECISION>01/06/2022</DATE_DECISION><DATE_EFFET>01/09/2022</DATE_EFFET>"
        f"<DATE_FIN_ENREGISTREMENT>31/08/{2026 + number % 4}</DATE_FIN_ENREGISTREMENT>"
        f"<DATE_LIMITE_DELIVRANCE>31/08/{2030 + number % 4}</DATE_LIMITE_DELIVRANCE>"
        "<TYPE_ENREGISTREMENT>Enregistrement de droit</TYPE_ENREGISTREMENT><ACTIF>Oui</ACTIF>\n"
        f"<BLOCS_COMPETENCES>{blocks}</BLOCS_COMPETENCES><PARTENAIRES>{partners}</PARTENAIRES>\n"
        f"<NOUVELLES_CERTIFICATIONS><NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>RNCP{number + 1}"
        "</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION></NOUVELLES_CERTIFICATIONS></FICHE>\n"
    )
    used = len(head) + len(codes) + len(jury) + len(tail)
    prose: list[str] = []
    for name in ("ACTIVITES_VISEES", "CAPACITES_ATTESTEES", "SECTEURS_ACTIVITE", "OBJECTIFS_CONTEXTE"):
        text = "".join(draw.choice(texts) for _ in range(max(1, (weight - used) // 4 // 1400)))
        prose.append(f"<{name}>{text}</{name}>\n")
    yield from (head, *prose, codes, jury, tail)


# --- In a process of its own -----------------------------------------------------------------------------------------------


def _apart(what: str, *words: str) -> dict[str, float]:
    """What a measure of this module gives, in a process with its own folder and its own SQLite file."""
    with tempfile.TemporaryDirectory(prefix="equerre-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"EQUERRE_HOME": folder, "DJANGO_SETTINGS_MODULE": "equerre.config.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "bench.imports", what, *words],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _database() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def import_a_kit() -> dict[str, float]:
    """Seconds of processor to read and write the kit in an empty registry, Django being there."""
    _database()
    from equerre.imports.rncp import deliveries

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kit_apprentissage_2025-01-31.csv"
        path.write_bytes(kit())
        start = process_time()
        reports = deliveries.bring_in(
            deliveries.read([path], read_on=RECORDED_AT.date()), author="bench", recorded_at=RECORDED_AT
        )
        taken = process_time() - start
    assert not reports[0].refused
    return {"seconds": taken}


def import_vintages(number: str) -> dict[str, float]:
    """Seconds of processor for so many vintages in one command."""
    _database()
    from equerre.imports.rncp import deliveries

    with tempfile.TemporaryDirectory() as folder:
        days = [date(2021, 1, 15) + timedelta(days=30 * vintage) for vintage in range(int(number))]
        paths = [Path(folder) / f"kit_apprentissage_{day.isoformat()}.csv" for day in days]
        for vintage, path in enumerate(paths):
            path.write_bytes(kit(vintage=vintage))
        start = process_time()
        reads = deliveries.read(paths, read_on=RECORDED_AT.date())
        read = process_time() - start
        reports = deliveries.bring_in(reads, author="bench", recorded_at=RECORDED_AT)
        taken = process_time() - start
    assert not any(report.refused for report in reports)
    return {"seconds": taken, "reading": read}


def read_a_directory() -> dict[str, float]:
    """Megabytes that reading a directory of 200,000 rows adds to the process, and its seconds of processor."""
    import django

    django.setup()
    from equerre.imports import directory as form

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annuaire.csv"
        directory(path)
        before, start = _most_memory(), process_time()
        with path.open("rb") as file:
            read = form.parse(file, path.name, {"0000000A"}, read_on=RECORDED_AT.date())
        taken = process_time() - start
    assert not read.parsed.refused, read.parsed.refused[:3]
    return {"megabytes": _most_memory() - before, "seconds": taken}


def parse_an_export(path: str, sheets: str) -> dict[str, float]:
    """Seconds of processor to parse, and the most memory that this process ever held."""
    import django

    django.setup()
    from equerre.imports.rncp import xml_export

    start = process_time()
    with Path(path).open("rb") as file:
        parsed = xml_export.parse(file, "export.xml")
    taken = process_time() - start
    assert not parsed.refused, parsed.refused[:3]
    assert len(parsed.rows) == int(sheets)
    return {"seconds": taken, "megabytes": _most_memory()}


def _most_memory() -> float:
    """Megabytes, of this program alone: what ``getrusage`` says counts what its parent held when it was born."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def bare_iterparse(path: str, sheets: str) -> dict[str, float]:
    """Seconds of processor to walk the same file with the same parser, dropping each sheet, and nothing else."""
    from lxml import etree

    start = process_time()
    seen = 0
    for _, element in etree.iterparse(path, events=("end",), tag="FICHE"):
        seen += 1
        parent = element.getparent()
        element.clear()
        while element.getprevious() is not None:
            del parent[0]
    taken = process_time() - start
    assert seen == int(sheets)
    return {"seconds": taken}


def _sheets() -> Sequence[Any]:
    """Six thousand sheets of four blocks, as read."""
    from equerre.imports.rncp import xml_export

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        export(path, megabytes=12, sheets=6_000)
        with path.open("rb") as file:
            return xml_export.parse(file, "export.xml").rows


def load_of_sheets() -> dict[str, float]:
    """Seconds of processor to load them into an empty registry."""
    _database()
    from equerre.imports.rncp.load import load
    from equerre.imports.running import DeliveryFile, Parsed, run

    sheets = _sheets()
    start = process_time()
    delivery = DeliveryFile("France compétences", "export XML des fiches", date(2026, 1, 1), "0" * 64, "rncp")
    run(Parsed(sheets), load, delivery, author="bench", recorded_at=RECORDED_AT)
    return {"seconds": process_time() - start}


def bare_executemany() -> dict[str, float]:
    """The same rows in the same tables by hand: no question asked of the registry, nothing reported."""
    _database()
    from django.db import connection, transaction

    sheets = _sheets()
    start = process_time()
    tables = _rows_by_hand(sheets)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO registry_source (id, key, publisher, title) VALUES (1, 'bench', 'bench', 'bench')")
        for (table, columns), rows in tables.items():
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
    return {"seconds": process_time() - start}


def _rows_by_hand(sheets: Sequence[Any]) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    codes = dict.fromkeys(code for sheet in sheets for code in (sheet.code, *sheet.successors))
    number = {code: place for place, code in enumerate(codes, start=1)}
    tail = ("2026-01-05 08:00:00", "held", 1, "bench", "import", "")
    dated = "valid_from, valid_until, known_from, standing, source_id, author, reason, note"
    certifications = [(place, code) for code, place in number.items()]
    rows = [
        (
            *(
                place,
                number[sheet.code],
                sheet.title,
                sheet.kind,
                sheet.level,
                "2026-01-01",
                str(sheet.days.decided_on),
            ),
            *(str(sheet.days.effect_on), str(sheet.days.last_issue_on), str(sheet.start)),
            *(str(sheet.days.ends_on + timedelta(days=1)), *tail),
        )
        for place, sheet in enumerate(sheets, start=1)
    ]
    blocks = [(number[sheet.code], code, title, None, None, *tail) for sheet in sheets for code, title in sheet.blocks]
    named = [(place, number[one]) for place, sheet in enumerate(sheets, start=1) for one in sheet.successors]
    sheet_columns = "id, certification_id, title, kind, level, read_on, decided_on, effect_on, last_issue_on"
    return {
        ("registry_certification", "id, key"): certifications,
        ("registry_certificationsheet", f"{sheet_columns}, {dated}"): rows,
        ("registry_skillblock", f"certification_id, code, title, {dated}"): blocks,
        ("registry_certificationsheet_successors", "certificationsheet_id, certification_id"): named,
    }


# --- What is measured -----------------------------------------------------------------------------------------------------


def _against(what: str, reference: str, *words: str, repeat: int) -> float:
    """How many times longer than the reference, each in its process, in turn."""
    pairs = [(_apart(what, *words)["seconds"], _apart(reference, *words)["seconds"]) for _ in range(repeat)]
    return against([one for one, _ in pairs], [other for _, other in pairs])


@cache
def _the_export(part: int = 1) -> tuple[str, str]:
    """Where the 570 MB are, or a part of them, and how many sheets: made once, gone when the bench ends."""
    folder = tempfile.TemporaryDirectory(prefix="equerre-bench-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "export_fiches_RNCP_V4_1_2026-01-01.xml"
    export(path, MEGABYTES // part, SHEETS // part)
    return str(path), str(SHEETS // part)


BENCHES = (
    Bench("the kit of 6,822 rows, against 6,000 sheets by hand", 6, "x", lambda: _against("kit", "hand", repeat=3)),
    Bench(
        "a tenth of the XML export, against a bare iterparse",
        1.5,
        "x",
        lambda: _against("parse", "bare", *_the_export(part=10), repeat=7),
    ),
    Bench(
        "the XML export of 570 MB, memory of the process",
        300,
        "MB",
        lambda: _apart("parse", *_the_export())["megabytes"],
    ),
    Bench("33 vintages of the kit in one command, processor", 60, "s", lambda: _apart("vintages", "33")["seconds"]),
    Bench("a directory of 200,000 rows, memory above the process", 150, "MB", lambda: _apart("directory")["megabytes"]),
    Bench("the load, against a bare executemany", 2, "x", lambda: _against("load", "hand", repeat=5)),
)

_APART: dict[str, Callable[..., dict[str, float]]] = {
    "kit": import_a_kit,
    "vintages": import_vintages,
    "directory": read_a_directory,
    "parse": parse_an_export,
    "bare": bare_iterparse,
    "load": load_of_sheets,
    "hand": bare_executemany,
}

if __name__ == "__main__":
    print(json.dumps(_APART[sys.argv[1]](*sys.argv[2:])))
