"""Addresses: read, written back the same, printed as French lawyers write them, refused when they lead nowhere."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.citation import CODES, Citation
from equerre.kernel.errors import CitationError

SHARED = Path(__file__).parents[2] / ".." / "shared" / "domain" / "wordings.csv"

numbers = st.lists(st.integers(1, 9999), min_size=1, max_size=4).map(lambda found: "-".join(map(str, found)))
latin = st.sampled_from(["bis", "ter", "quater", "quinquies", "nonies"])
tails = st.lists(latin | st.sampled_from(["A", "B", "A-1", "AA"]), max_size=2).map(
    lambda found: "".join(f" {t}" for t in found)
)
articles = st.tuples(st.sampled_from(["L", "R", "D", "A", ""]), numbers, tails).map("".join)
ranks = st.integers(1, 40)
pieces = st.one_of(
    ranks.map(lambda rank: f"s{rank}"),
    ranks.map(lambda rank: f"p{rank}"),
    ranks.map(lambda rank: f"{rank}°"),
    ranks.map(str),
    st.tuples(ranks, latin).map(lambda found: f"{found[0]}° {found[1]}"),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
    st.sampled_from(["I", "II", "III", "IV", "V", "VI", "IX"]),
)
parts = st.none() | st.lists(pieces, min_size=1, max_size=3).map("-".join)
citations = st.builds(Citation, st.sampled_from(sorted(CODES)), articles, parts)


@given(citations)
def test_written_then_read_is_the_same(citation: Citation) -> None:
    assert Citation.parse(str(citation)) == citation


@given(citations)
def test_the_whole_article_is_the_address_without_its_part(citation: Citation) -> None:
    assert citation.whole_article == Citation(citation.code, citation.article)
    assert citation.whole_article.part is None


@given(citations)
def test_a_print_says_the_code_the_article_and_the_part(citation: Citation) -> None:
    printed = citation.in_french()
    assert printed == f"{CODES[citation.code]}, {citation.in_french(with_code=False)}"
    assert printed.startswith(f"{citation.whole_article.in_french()}")
    assert "art. " in printed
    assert "/" not in printed


@given(st.text() | st.text(alphabet="code-education/L4436s°bis abc", max_size=30))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        citation = Citation.parse(text)
    except CitationError:
        return
    assert str(citation) == text
    assert citation.in_french()


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("code-education/L443-6", "code de l'éducation, art. L. 443-6"),
        ("code-education/L443-6/s1", "code de l'éducation, art. L. 443-6, première phrase"),
        ("code-education/L443-6/s2", "code de l'éducation, art. L. 443-6, deuxième phrase"),
        ("code-education/L443-6/s3", "code de l'éducation, art. L. 443-6, troisième phrase"),
        ("code-education/L443-6/s4", "code de l'éducation, art. L. 443-6, quatrième phrase"),
        ("code-education/L443-6/s5", "code de l'éducation, art. L. 443-6, cinquième phrase"),
        ("code-education/L443-6/s6", "code de l'éducation, art. L. 443-6, sixième phrase"),
        ("code-education/L443-6/s7", "code de l'éducation, art. L. 443-6, septième phrase"),
        ("code-education/L442-2/s12", "code de l'éducation, art. L. 442-2, 12e phrase"),
        ("code-education/D443-1-1", "code de l'éducation, art. D. 443-1-1"),
        ("code-education/L442-2/IV-3°", "code de l'éducation, art. L. 442-2, IV, 3°"),
        ("code-education/D337-7/1°-c", "code de l'éducation, art. D. 337-7, 1° c"),
        ("code-travail/L6241-5/12°", "code du travail, art. L. 6241-5, 12°"),
        ("code-travail/L6241-5/2°-c", "code du travail, art. L. 6241-5, 2° c"),
        ("code-travail/L6113-9/p1", "code du travail, art. L. 6113-9, premier alinéa"),
        ("code-travail/L6113-9/p2", "code du travail, art. L. 6113-9, deuxième alinéa"),
        ("code-travail/L6113-9/p2-s1", "code du travail, art. L. 6113-9, deuxième alinéa, première phrase"),
        ("code-travail/D6241-27/II-1°", "code du travail, art. D. 6241-27, II, 1°"),
        ("code-travail/R6241-28-1", "code du travail, art. R. 6241-28-1"),
        ("code-securite-sociale/L133-10", "code de la sécurité sociale, art. L. 133-10"),
        ("code-commerce/L612-4", "code de commerce, art. L. 612-4"),
        ("cgi/238 bis", "code général des impôts, art. 238 bis"),
        ("cgi/293 B", "code général des impôts, art. 293 B"),
        ("cgi/206/1 bis", "code général des impôts, art. 206, 1 bis"),
        ("cgi/261/4-4°-a", "code général des impôts, art. 261, 4, 4° a"),
        ("cgi-annexe-2/242 nonies A", "code général des impôts, annexe II, art. 242 nonies A"),
        ("lpf/L47 A", "livre des procédures fiscales, art. L. 47 A"),
        ("lpf/A47 A-1", "livre des procédures fiscales, art. A. 47 A-1"),
        ("crpa/L231-1", "code des relations entre le public et l'administration, art. L. 231-1"),
        ("cja/R421-1", "code de justice administrative, art. R. 421-1"),
    ],
)
def test_lawyers_read_it_as_they_write_it(address: str, printed: str) -> None:
    assert Citation.parse(address).in_french() == printed


def test_within_one_code_its_name_is_not_repeated() -> None:
    assert Citation.parse("code-education/L443-6/s1").in_french(with_code=False) == "art. L. 443-6, première phrase"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "L443-6",
        "L. 443-6",
        "code-education",
        "code-education/",
        "code-education/L. 443-6",
        "code-education/l443-6",
        "code-education/L443–6",
        "code-education/L443-6-",
        "code-education/L٤٤٣-6",
        "code-education/L443-6/s1/s2",
        "code-de-l-education/L443-6",
        "code-civil/L443-6",
        " code-education/L443-6",
        "code-education/L443-6\n",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(CitationError, match="n'est pas l'adresse d'un article") as refusal:
        Citation.parse(text)
    assert str(refusal.value).endswith("Écrivez par exemple code-education/L443-6/s3.")


@pytest.mark.parametrize("part", ["", "s0", "s01", "phrase1", "2°c", "2° c", "12°-", "-12°", "12 °", "S3", "AB", "s3 "])
def test_what_is_no_part_is_refused_with_examples(part: str) -> None:
    with pytest.raises(CitationError, match=r"n'est pas une partie d'article\. Écrivez par exemple s3"):
        Citation.parse(f"code-education/L443-6/{part}")


def test_a_long_or_hostile_text_is_quoted_short_and_safe() -> None:
    with pytest.raises(CitationError) as refusal:
        Citation.parse("\x1b[31m" + "x" * 10_000)
    assert len(str(refusal.value)) < 160
    assert str(refusal.value).isprintable()


def test_every_article_of_the_table_of_wordings_has_an_address() -> None:
    if not SHARED.exists():
        pytest.skip("the table of wordings is not beside the project")
    with SHARED.open(encoding="utf-8", newline="") as lines:
        addresses = {f"{row['code']}/{row['article']}" for row in csv.DictReader(lines)}
    assert len(addresses) > 100
    assert {str(Citation.parse(address)) for address in addresses} == addresses
