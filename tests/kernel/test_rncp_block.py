"""Skill blocks: a record, BC, two figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import rncp, rncp_block
from equerre.kernel.errors import IdentifierError, InvalidFormat


def test_right_numbers_pass() -> None:
    assert rncp_block.validate("rncp509 bc05") == "RNCP509BC05"
    assert rncp_block.to_rncp("RNCP509BC05") == "RNCP509"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("RNCP37897", "c'est la fiche entière.*RNCP37897BC01"),
        ("RNCP37897BC1", "BC et deux chiffres"),
        ("RNCP37897BC001", "BC et deux chiffres"),
        ("RNCP37897-BC01", "BC et deux chiffres"),
        ("RS5000BC01", "BC et deux chiffres"),
        ("", "BC et deux chiffres"),
    ],
)
def test_each_refusal_says_what_is_wrong(number: str, words: str) -> None:
    with pytest.raises(InvalidFormat, match=words) as caught:
        rncp_block.validate(number)
    assert (caught.value.kind, caught.value.number) == ("rncp_block", number)
    assert str(caught.value).startswith("Bloc «")


@given(st.integers(100, 99_999), st.integers(0, 99))
def test_printed_then_read_is_the_same(record: int, rank: int) -> None:
    number = f"RNCP{record}BC{rank:02}"
    assert rncp_block.validate(rncp_block.format(number.lower())) == number
    assert rncp.is_valid(rncp_block.to_rncp(number))


@given(st.text() | st.text(alphabet="RNCPBC0123456789", max_size=14))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        rncp_block.validate(text)
        assert rncp_block.is_valid(text)
    except IdentifierError:
        assert not rncp_block.is_valid(text)


def test_explain() -> None:
    assert rncp_block.explain("RNCP37897BC02") == [
        ("Bloc", "RNCP37897BC02"),
        ("Fiche", "RNCP37897"),
        ("Rang du bloc", "02"),
    ]
