"""The employer's sheet: one page, tagged, the same bytes for the same facts, and a sentence when it cannot be made."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from datetime import date

import pytest

from equerre.documents import employer_sheet
from equerre.documents.employer_sheet import MOST_COURSES, Answered, EmployerSheet, NoTypst, Typed, pdf
from equerre.documents.labels import OUTCOMES

SHEET = EmployerSheet(
    "École de production du Vieux-Tilleul",
    "Pontauzac, académie de Poitiers",
    "Association du Vieux-Tilleul",
    date(2026, 11, 3),
    "Données fictives.",
    "Au 3 novembre 2026, l'école est ouverte.",
    tuple(Answered(f"Question {outcome} ?", outcome, "Oui, sous R3-b") for outcome in OUTCOMES["school"]),
    (
        "Elle n'est pas sur la liste du préfet de région de la campagne 2026 : SOLTéA ne la montrera sans doute pas. "
        "Aucune période de choix n'est ouverte ce jour-là ; la prochaine s'ouvre le 25 mai 2027.",
        "Le SIRET de ce site ne commence pas par le SIREN de l'organisme gestionnaire (000 703 900) : l'organisme a changé, et "
        "SOLTéA peut connaître l'un ou l'autre. Demandez à l'école avant de donner.",
    ),
    (Typed("UAI", "9990024X"), Typed("SIRET", "000 142 133 00016")),
    (Typed("CAP Métallier", "RNCP37897"),),
    "https://registre.example/ecoles/9990024X?on=2026-11-03",
    "Équerre montre ce que disent les textes.",
)


def inside(made: bytes) -> str:
    """The PDF with its streams opened, as far as they open."""
    opened = [made.decode("latin-1")]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            opened.append(zlib.decompress(found[1]).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(opened)


def test_the_same_sheet_gives_the_same_bytes_and_another_day_others() -> None:
    assert pdf(SHEET) == pdf(SHEET)
    assert pdf(SHEET) != pdf(replace(SHEET, on=date(2026, 11, 4)))


def test_it_is_tagged_in_french_and_says_which_norms_it_follows() -> None:
    text = inside(pdf(SHEET))
    assert "pdfuaid:part" in text
    assert re.search(r"<pdfaid:part>2<", text)
    assert re.search(r"/Lang ?\(fr", text)
    assert "/MarkInfo" in text
    assert "D:20261103000000Z" in text


@pytest.mark.parametrize("courses", [0, 1, 40])
def test_it_holds_on_one_page_whatever_the_school(courses: int) -> None:
    many = tuple(Typed(f"CAP numéro {number}", f"RNCP{30000 + number}") for number in range(courses))
    keys = tuple(Typed(f"SIRET, site {number}", "000 142 133 00016") for number in range(30))
    long = replace(SHEET, courses=many, keys=keys, summary=SHEET.summary * 5, school="École " + "très longue " * 8)
    assert re.findall(r"/Type ?/Pages\b.*?/Count (\d+)", inside(pdf(long)), re.DOTALL)[:1] == ["1"]


def test_what_does_not_fit_is_counted() -> None:
    many = tuple(Typed(f"CAP {number}", f"RNCP{30000 + number}") for number in range(MOST_COURSES + 3))
    data = employer_sheet.data_of(replace(SHEET, courses=many))
    assert data["more"] == "Et 3 autres formations, sur la page de l'école."
    assert employer_sheet.data_of(SHEET)["more"] == ""


def test_a_text_is_never_read_as_markup() -> None:
    hostile = '#panic(1) $x$ *gras* ]] \\u{41} " <lien>'
    assert pdf(replace(SHEET, school=hostile, place=hostile, summary=hostile)).startswith(b"%PDF-")
    assert json.loads(json.dumps(employer_sheet.data_of(replace(SHEET, school=hostile))))["school"] == hostile


@pytest.mark.parametrize(
    "sign", ["🏫", "👩\u200d🏫", "漢字", "\ue000", "1\ufe0f\u20e3", "हिन्दी", "Ж🏫", "□\u0301", "\U0010ffff"]
)
def test_a_sign_that_no_font_has_does_not_cost_the_sheet(sign: str) -> None:
    strange = replace(
        SHEET,
        **dict.fromkeys(("school", "place", "body", "summary", "address"), f"École {sign} d’œuvre"),
        before=(sign,),
        keys=(Typed(sign, sign),),
        courses=(Typed(sign, sign),),
    )
    assert pdf(strange).startswith(b"%PDF-")
    assert pdf(strange) == pdf(strange)


def test_a_box_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, object]] = []
    compiled = employer_sheet._compiled
    monkeypatch.setattr(
        employer_sheet, "_compiled", lambda data, on: given.append(json.loads(data)) or compiled(data, on)
    )
    pdf(replace(SHEET, school="L’Établi 🏫 œuvré"))
    assert (given[-1]["school"], given[-1]["boxed"]) == ("L’Établi □ œuvré", employer_sheet.BOXED)
    pdf(SHEET)
    assert given[-1]["boxed"] == ""


def test_without_typst_the_reason_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(employer_sheet, "find_spec", lambda name: None)
    with pytest.raises(NoTypst, match="« deeds »"):
        pdf(SHEET)
