"""The registry of kinds: each offers the same verbs, and loads nothing before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.errors import IdentifierError
from equerre.kernel.identifiers import KINDS, IdentifierKind

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)


def test_the_kinds() -> None:
    assert list(KINDS) == ["uai", "siren", "siret", "rna", "rncp", "rncp_block", "cfd", "nor", "academie"]
    assert len({kind.label for kind in KINDS.values()}) == len(KINDS)


@kinds
def test_the_example_of_each_kind_is_right(kind: IdentifierKind) -> None:
    assert kind.validate(kind.example) == kind.example
    assert kind.is_valid(kind.example)
    assert kind.validate(kind.format(kind.example)) == kind.example


@kinds
def test_each_kind_explains_in_lines_of_label_and_value(kind: IdentifierKind) -> None:
    for label, value in kind.explain(kind.example):
        assert label[0].isupper()
        assert value


@kinds
def test_each_kind_refuses_with_its_own_name_and_one_sentence_that_ends(kind: IdentifierKind) -> None:
    for number in ("", "?", "x1", "123456789012345", "\x1b[31m"):
        with pytest.raises(IdentifierError) as caught:
            kind.validate(number)
        assert caught.value.kind == kind.key
        assert caught.value.number == number
        assert str(caught.value).isprintable()
        assert str(caught.value)[-1] in ".?"


@given(st.sampled_from(list(KINDS.values())), st.text())
def test_no_text_makes_explain_raise_anything_else(kind: IdentifierKind, text: str) -> None:
    try:
        assert kind.explain(text)
        assert kind.is_valid(text)
    except IdentifierError:
        assert not kind.is_valid(text)


def test_nothing_is_loaded_before_it_is_used() -> None:
    asked = (
        "import sys; from equerre.kernel.identifiers import KINDS; KINDS['uai'].explain('0831819B'); "
        "print([name for name in ('stdnum', 'equerre.kernel.siren') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
