"""What an error carries, and what of a stranger's text it lets through."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.errors import (
    AmountError,
    EquerreError,
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    quoted,
)


@pytest.mark.parametrize("error", [InvalidFormat, InvalidLength, InvalidChecksum, InvalidComponent])
def test_identifier_errors_are_ours_and_value_errors(error: type[IdentifierError]) -> None:
    assert issubclass(error, IdentifierError)
    assert issubclass(error, EquerreError)
    assert issubclass(error, ValueError)


def test_an_amount_error_is_no_identifier_error() -> None:
    assert issubclass(AmountError, EquerreError)
    assert not issubclass(AmountError, IdentifierError)


def test_an_error_says_kind_number_and_reason() -> None:
    error = InvalidFormat("rncp_block", "X", "il faut un numéro.")
    assert (error.kind, error.number, error.reason) == ("rncp_block", "X", "il faut un numéro.")
    assert str(error) == "Bloc « X » : il faut un numéro."


def test_an_error_survives_another_process() -> None:
    error = pickle.loads(pickle.dumps(InvalidLength("uai", "083", "trop court.")))
    assert (type(error), str(error)) == (InvalidLength, "UAI « 083 » : trop court.")


@given(st.text())
def test_a_quoted_text_is_one_short_printable_line(text: str) -> None:
    assert len(quoted(text)) <= 45
    assert quoted(text).isprintable()
