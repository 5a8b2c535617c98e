"""Small deliveries of the RNCP written by hand in the real formats: the kit in its habits, the ten tables, the XML export.

Codes, titles and days are invented; the titles of columns and of elements are those of the publishers.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from equerre.imports.rncp.sheet import Days, SheetRead

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "rncp"

# --- The kit ----------------------------------------------------------------------------------------------------------

SEVENTEEN = (
    "Code Diplôme",
    "Intitulé diplôme (DEPP)",
    "FicheRNCP",
    "Niveau fiche RNCP",
    "Abrégé de diplôme (RNCP)",
    "Dernière MaJ",
    "Accès à l'apprentissage de la fiche RNCP (oui/non)",
    "Date d'échéance de la fiche RNCP",
    "Fiche ACTIVE/INACTIVE",
    "Intitulé certification (RNCP)",
    "Type d'enregistrement",
    "Date de publication de la fiche\n (enregistrement de droit)",
    "Date de décision\n (enregistrement sur demande)",
    "Date de début des parcours certifiants\n\n(enregistrement de droit)",
    "Date limite de la délivrance",
    "Nouvelle Certification rempla (RNCP)",
    "Ancienne Certification (RNCP)",
)
NINE = SEVENTEEN[:9]
# The headers of older vintages: five columns without state, seven with it and without an end.
FIVE = ("CodeDiplome", "Intitulé Diplôme", "CodeRNCP", "Niveau2019", "type Diplôme")
SEVEN = (
    "Code Diplome",
    "Intitulé certification",
    "Code RNCP",
    "Niveau de formation",
    "type Diplôme",
    "Dernière MaJ",
    "Fiche RNCP active/inactive",
)

OF_RIGHT, ON_REQUEST = "Enregistrement de droit", "Enregistrement sur demande"
METAL = (
    *("50025501", "METALLIER (CAP)", "RNCP91001", "Niveau 3", "CAP", "v1.0", "Oui", "31/08/2026", "ACTIVE"),
    *("CAP - Métallier", OF_RIGHT, "", "", "01/09/2021", "", "RNCP91101|RNCP91102", "RNCP801"),
)
WELD = (
    *("46X25501", "SOUDEUR (X)", "RNCP91002", "Niveau 4", "", "CI-01", "Non", "30/06/2024", "INACTIVE"),
    *("Soudeur", ON_REQUEST, "", "01/07/2019", "", "30/06/2026", "", ""),
)
NOTHING = ("13512006", "RIEN (MASTER)", *["NR"] * 15)


def kit(*rows: Sequence[str], header: Sequence[str] = SEVENTEEN, end: str = "\r\n") -> bytes:
    """A kit as CSV: the header, then the rows."""
    lines = [";".join(_quoted(cell) for cell in row) for row in (header, *rows)]
    return (end.join(lines) + end).encode()


def _quoted(cell: str) -> str:
    return f'"{cell}"' if any(sign in cell for sign in ';"\n') else cell


def changed(row: Sequence[str], header: Sequence[str] = SEVENTEEN, /, **cells: str) -> tuple[str, ...]:
    """A row with other cells, by their name in ``COLUMNS``."""
    found = list(row)
    for name, cell in cells.items():
        found[COLUMNS[name]] = cell
    return tuple(found)


COLUMNS: Mapping[str, int] = {
    "cfd": 0,
    "diploma": 1,
    "rncp": 2,
    "level": 3,
    "name": 4,
    "ends_on": 7,
    "state": 8,
    "title": 9,
    "registration": 10,
    "published_on": 11,
    "decided_on": 12,
    "effect_on": 13,
    "last_issue_on": 14,
    "successors": 15,
    "predecessors": 16,
}

# --- Workbooks, as a spreadsheet writes them --------------------------------------------------------------------------

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types '
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], *, first_row: int = 1) -> bytes:
    """An XLSX: texts inline, numbers as numbers, dates in the spreadsheet's own count (style 1)."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" '
        'applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{place}" r:id="s{place}"/>' for place, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="s{place}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{place}.xml"/>'
            for place, _ in enumerate(sheets, 1)
        )
        + f'<Relationship Id="st" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    }
    for place, rows in enumerate(sheets.values(), 1):
        body = "".join(
            f'<row r="{line}">' + "".join(_cell(cell, column, line) for column, cell in enumerate(row)) + "</row>"
            for line, row in enumerate(rows, first_row)
        )
        parts[f"xl/worksheets/sheet{place}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    return zipped({name: text.encode() for name, text in parts.items()})


def _cell(cell: object, column: int, line: int) -> str:
    place = f"{chr(ord('A') + column)}{line}"
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>' if cell else ""


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


# --- The ten tables of France compétences -----------------------------------------------------------------------------

TABLES: Mapping[str, str] = {
    "Standard": '"Id_Fiche";"Numero_Fiche";"Intitule";"Abrege_Libelle";"Abrege_Intitule";"Nomenclature_Europe_Niveau";'
    '"Nomenclature_Europe_Intitule";"Accessible_Nouvelle_Caledonie";"Accessible_Polynesie_Francaise";"Date_dernier_jo";'
    '"Date_Decision";"Date_Fin_Enregistrement";"Date_Effet";"Type_Enregistrement";"Validation_Partielle";"Actif"\r\n'
    '"1";"RNCP91001";"Métallier";"CAP";"Certificat d\'aptitude professionnelle";"NIV3";"Niveau 3";"Non";"Non";;;'
    '"31/08/2026";;"Enregistrement de droit";;"ACTIVE"\r\n'
    '"2";"RNCP91002";"Soudeur";;;"NIV4";"Niveau 4";"Non";"Non";"02/02/2011";"01/07/2019";"30/06/2024";;'
    '"Enregistrement sur demande";;"INACTIVE"\r\n'
    '"3";"RNCP91003";"CQP Tourneur";;;"REPRISE";"Sans niveau";"Non";"Non";;;"21/07/2021";;"Enregistrement sur demande";;'
    '"INACTIVE"\r\n'
    '"4";"RS9001";"Exploiter un outil";;;;;"Non";"Non";;"13/06/2019";"24/05/2027";;"Enregistrement sur demande";"Non";'
    '"ACTIVE"\r\n',
    "Blocs_De_Compétences": '"Numero_Fiche";"Bloc_Competences_Code";"Bloc_Competences_Libelle"\r\n'
    '"RNCP91001";"RNCP91001BC01";"RNCP91001BC01 : Fabriquer un ouvrage"\r\n'
    '"RNCP91001";"RNCP91001BC02";"UP2 : Poser un ouvrage"\r\n"RS9001";"RS9001BC01";"Rien"\r\n',
    "Ancienne_Nouvelle_Certification": '"Numero_Fiche";"Ancienne_Certification";"Nouvelle_Certification"\r\n'
    '"RNCP91001";;"RNCP91101"\r\n"RNCP91001";;"RNCP91102"\r\n"RNCP91002";"RNCP91003";\r\n"RNCP91003";;"RS9001"\r\n',
    "CCN": '"Numero_Fiche";"Ccn_1_Numero";"Ccn_1_Libelle"\r\n"RNCP91001";"3117";"Métallerie"\r\n',
    "Certificateurs": '"Numero_Fiche";"Siret_Certificateur";"Nom_Certificateur"\r\n'
    '"RNCP91001";"\t73282932000074";"MINISTERE"\r\n"RNCP91002";"\t123";"BRANCHE"\r\n',
    "Formacode": '"Numero_Fiche";"Formacode_Code";"Formacode_Libelle"\r\n"RNCP91001";"23076";"23076 : Métallerie"\r\n',
    "Nsf": '"Numero_Fiche";"Nsf_Code";"Nsf_Intitule"\r\n"RNCP91001";"254";"254 : Structures métalliques"\r\n',
    "Partenaires": '"Numero_Fiche";"Nom_Partenaire";"Siret_Partenaire";"Habilitation_Partenaire"\r\n'
    '"RNCP91002";"CENTRE";"\t73282932000074";"HABILITATION_FORMER"\r\n',
    "Rome": '"Numero_Fiche";"Codes_Rome_Code";"Codes_Rome_Libelle"\r\n"RNCP91001";"F1607";"Pose d\'\'ouvrages"\r\n',
    "VoixdAccès": '"Numero_Fiche";"Si_Jury"\r\n"RNCP91001";"Par expérience"\r\n',
}


def tables(day: str = "2024_02_22", **changes: str) -> dict[str, bytes]:
    """The ten tables by file name; a table may be given otherwise."""
    found = {**TABLES, **changes}
    return {f"export_fiches_CSV_{name}_{day}.csv": text.encode() for name, text in found.items()}


# --- The XML export ---------------------------------------------------------------------------------------------------

FICHE = """
    <FICHE>
        <ID_FICHE>1</ID_FICHE>
        <NUMERO_FICHE>RNCP91001</NUMERO_FICHE>
        <INTITULE>Métallier</INTITULE>
        <ABREGE><CODE>CAP</CODE><LIBELLE>Certificat d'aptitude professionnelle</LIBELLE></ABREGE>
        <ETAT_FICHE>Publiée</ETAT_FICHE>
        <NOMENCLATURE_EUROPE><NIVEAU>NIV3</NIVEAU><INTITULE>Niveau 3</INTITULE></NOMENCLATURE_EUROPE>
        <DATE_DECISION></DATE_DECISION>
        <DATE_EFFET>01/09/2021</DATE_EFFET>
        <DATE_FIN_ENREGISTREMENT>31/08/2026</DATE_FIN_ENREGISTREMENT>
        <DATE_LIMITE_DELIVRANCE>31/08/2028</DATE_LIMITE_DELIVRANCE>
        <DATE_DE_PUBLICATION>02/10/2021</DATE_DE_PUBLICATION>
        <TYPE_ENREGISTREMENT>Enregistrement de droit</TYPE_ENREGISTREMENT>
        <BLOCS_COMPETENCES>
            <BLOC_COMPETENCES><CODE>RNCP91001BC01</CODE><LIBELLE>Fabriquer un ouvrage</LIBELLE></BLOC_COMPETENCES>
            <BLOC_COMPETENCES><CODE>RNCP91001BC02</CODE><LIBELLE>Poser un ouvrage</LIBELLE></BLOC_COMPETENCES>
        </BLOCS_COMPETENCES>
        <NOUVELLES_CERTIFICATIONS>
            <NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>RNCP91101</ID_FICHE_NOUVELLE_CERTIFICATION>
            </NOUVELLE_CERTIFICATION>
        </NOUVELLES_CERTIFICATIONS>
        <ACTIF>Oui</ACTIF>
    </FICHE>"""


def export(*fiches: str, version: str = "4.1", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """An XML export of these sheets."""
    return f"{head}\n<FICHES>\n    <VERSION_FLUX>{version}</VERSION_FLUX>{''.join(fiches)}\n</FICHES>\n".encode()


# --- Sheets as read ---------------------------------------------------------------------------------------------------


def sheet(code: str = "RNCP91001", **said: object) -> SheetRead:
    """A sheet as a parser gives it; days by name (``ends_on``)."""
    days = Days(**{name: said.pop(name) for name in list(said) if name.endswith("_on")})  # type: ignore[arg-type]
    known: dict[str, object] = {"title": "CAP - Métallier", "kind": "diploma", "level": 3, "active": True} | said
    return SheetRead("kit.csv", 2, code, days=days, **known)  # type: ignore[arg-type]
