"""What an error carries, and what of a stranger's text it lets through."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel import errors
from equerre.kernel.errors import (
    AmountError,
    BeforeTheLaw,
    CitationError,
    EquerreError,
    FactsError,
    IdentifierError,
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    LawError,
    PeriodError,
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


@pytest.mark.parametrize("error", [PeriodError, CitationError, AmountError])
def test_what_a_text_or_a_date_cannot_be_is_a_value_error(error: type[EquerreError]) -> None:
    assert issubclass(error, EquerreError)
    assert issubclass(error, ValueError)


@pytest.mark.parametrize("error", [LawError, BeforeTheLaw, FactsError])
def test_what_the_tables_or_a_file_lack_is_no_value_error(error: type[EquerreError]) -> None:
    assert issubclass(error, EquerreError)
    assert not issubclass(error, ValueError)


def test_the_docstring_draws_every_error_there_is() -> None:
    raised = {
        name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, EquerreError)
    }
    drawn = {line.split("── ")[1].split()[0] for line in (errors.__doc__ or "").splitlines() if "── " in line}
    assert drawn | {"EquerreError"} == raised


def test_all_the_problems_of_a_file_come_at_once_one_a_line() -> None:
    problems = ["ligne 3 : une clé inconnue.", "ligne 9 : une date impossible."]
    error = FactsError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "ligne 3 : une clé inconnue.\nligne 9 : une date impossible."


@given(st.lists(st.text(), max_size=4))
def test_the_problems_of_a_file_survive_another_process(problems: list[str]) -> None:
    error = pickle.loads(pickle.dumps(FactsError(problems)))
    assert (error.problems, str(error)) == (tuple(problems), "\n".join(problems))


@pytest.mark.parametrize("error", [PeriodError, CitationError, LawError, BeforeTheLaw])
def test_a_message_is_what_is_printed(error: type[EquerreError]) -> None:
    assert str(error("Le 31 juin n'existe pas.")) == "Le 31 juin n'existe pas."
    assert str(pickle.loads(pickle.dumps(error("Non.")))) == "Non."


@given(st.text())
def test_a_quoted_text_is_one_short_printable_line(text: str) -> None:
    assert len(quoted(text)) <= 45
    assert quoted(text).isprintable()
