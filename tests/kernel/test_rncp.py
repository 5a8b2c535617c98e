"""RNCP: a record, and nothing that looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import rncp
from equerre.kernel.errors import IdentifierError, InvalidComponent, InvalidFormat, InvalidLength


@pytest.mark.parametrize("number", ["RNCP37897", "rncp 37897", " Rncp509", "RNCP\u00a01234"])
def test_right_numbers_pass(number: str) -> None:
    assert rncp.validate(number).startswith("RNCP")
    assert rncp.is_valid(number)


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        ("RS5000", InvalidComponent, "répertoire spécifique"),
        ("37897", InvalidFormat, "RNCP devant"),
        ("RNCP37897BC01", InvalidFormat, "bloc de compétences"),
        ("RNCP00509", InvalidFormat, "pas par un zéro"),
        ("RNCP12", InvalidLength, "et non 2"),
        ("RNCP123456", InvalidLength, "et non 6"),
        ("NR", InvalidFormat, "RNCP puis"),
        ("RNCP", InvalidFormat, "RNCP puis"),
        ("", InvalidFormat, "RNCP puis"),
        ("RNCP37897|RNCP37898", InvalidFormat, "RNCP puis"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, error: type[IdentifierError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        rncp.validate(number)
    assert (caught.value.kind, caught.value.number) == ("rncp", number)


@given(st.integers(100, 99_999))
def test_printed_then_read_is_the_same(rank: int) -> None:
    assert rncp.validate(rncp.format(f"rncp {rank}")) == f"RNCP{rank}"


@given(st.text() | st.text(alphabet="RNCPSB 0123456789", max_size=12))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        rncp.validate(text)
        assert rncp.is_valid(text)
    except IdentifierError:
        assert not rncp.is_valid(text)


def test_explain() -> None:
    assert rncp.explain("rncp37897")[:2] == [
        ("Fiche", "RNCP37897"),
        ("Page publique", "https://www.francecompetences.fr/recherche/rncp/37897/"),
    ]
