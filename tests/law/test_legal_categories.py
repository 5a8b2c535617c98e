"""Legal categories: the labels are Insee's, the kinds are ours, and a form never proves that nobody seeks profit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from equerre import law
from equerre.kernel.errors import LawError
from equerre.law.legal_categories import KINDS
from tests.law.conftest import Replace
from tests.law.french import wrongs

NOMENCLATURE = Path(__file__).resolve().parents[2].parent / "shared/data/identifiers/categories_juridiques_insee.csv"


@pytest.mark.parametrize(
    ("code", "kind", "ambiguous"),
    [
        ("9220", "association", False),
        ("9260", "association", False),
        ("9223", "association", True),
        ("9300", "foundation", False),
        ("5499", "company", False),
        ("5710", "company", False),
        ("5458", "cooperative", False),
        ("5460", "cooperative", True),
        ("7381", "chamber", False),
        ("7331", "public", False),
        ("9110", "other", False),
        ("9900", "other", True),
    ],
)
def test_what_a_form_lets_us_think(code: str, kind: str, ambiguous: bool) -> None:
    category = law.legal_category(code)
    assert (category.code, category.kind, category.ambiguous) == (code, kind, ambiguous)


def test_every_kind_is_met() -> None:
    assert {category.kind for category in law.legal_categories().values()} == set(KINDS)


def test_what_proves_nothing_says_what_to_do() -> None:
    ambiguous = {category.code: category.note for category in law.legal_categories().values() if category.ambiguous}
    assert list(ambiguous) == ["9223", "9224", "5195", "5460", "5560", "5660", "9900"]
    assert all(ambiguous.values())


@pytest.mark.parametrize("code", law.legal_categories())
def test_every_note_is_french(code: str) -> None:
    assert wrongs(law.legal_category(code).note or "Rien.") == []


@pytest.mark.parametrize("code", ["9229", "922", "", "SARL", "9 220"])
def test_a_code_that_the_table_does_not_hold_says_what_to_do(code: str) -> None:
    with pytest.raises(LawError) as caught:
        law.legal_category(code)
    message = str(caught.value)
    assert f"« {code} » n'est pas dans la table" in message
    assert "avis de situation" in message
    assert "law/legal_categories.toml" in message
    assert all(kind in message for kind in KINDS)


def test_every_label_is_that_of_the_nomenclature() -> None:
    if not NOMENCLATURE.exists():
        pytest.skip("the nomenclature of Insee is not beside the project (../shared/data)")
    with NOMENCLATURE.open(encoding="utf-8", newline="") as lines:
        theirs = {line["code"]: line["libelle"] for line in csv.DictReader(lines, delimiter=";")}
    assert len(theirs) == 260
    ours = {category.code: category.label for category in law.legal_categories().values()}
    assert ours == {code: theirs.get(code) for code in ours}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[922]\nlabel = "Association"\nkind = "association"', "« 922 » ne s'écrit pas ainsi : elle a quatre chiffres"),
        ('[9220]\nkind = "association"', "9220 n'a pas de libellé : recopiez celui de l'Insee"),
        ('[9220]\nlabel = ""\nkind = "association"', "9220 n'a pas de libellé"),
        ('[9220]\nlabel = "Association déclarée"', "9220 n'a pas de nature connue : écrivez association, foundation"),
        ('[9220]\nlabel = "Association déclarée"\nkind = "club"', "9220 n'a pas de nature connue"),
        ('[9220]\nlabel = "A"\nkind = "other"\nambigous = true', "9220 porte ambigous, que personne ne lit"),
    ],
)
def test_a_row_that_does_not_hold_is_refused(text: str, words: str, replace: Replace) -> None:
    replace("legal_categories", text)
    with pytest.raises(LawError) as caught:
        law.legal_categories()
    assert words in str(caught.value)
