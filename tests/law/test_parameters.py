"""The numbers of the law: each has a reference or says that it is missing, and its first day is that of its article."""

from __future__ import annotations

import re
from datetime import date

import pytest

from equerre import law
from equerre.kernel.citation import Citation
from equerre.kernel.errors import CitationError, LawError
from equerre.law.parameters import MISSING, ParameterValue, day_of, number
from tests.law.conftest import Replace
from tests.law.french import wrongs

# The second entry of every value, as in book-keeping: the first day, then the value.
VALUES = {
    "opening_opposition_months": [(date(2018, 4, 15), 3)],
    "opening_completeness_days": [(date(2018, 4, 15), 15)],
    "change_opposition_months": [(date(2018, 4, 15), 1)],
    "silence_months": [(date(2018, 9, 1), 2)],
    "school_year_start": [(date(2000, 6, 22), "09-01")],
    "staff_list_first_day": [(date(2018, 5, 31), "11-01")],
    "staff_list_last_day": [(date(2018, 5, 31), "11-15")],
    "scholarship_request_deadline": [(date(2009, 5, 21), "12-31")],
    "scholarship_decision_deadline": [(date(2009, 5, 21), "06-01")],
    "rncp_registration_max_years": [(date(2019, 1, 1), 5)],
    "cap_company_weeks_floor": [(date(2020, 1, 1), 5)],
    "regional_list_deadline": [(date(2020, 1, 1), "12-31")],
    "annual_balance_rate": [(date(2022, 1, 1), "0.0009")],
    "tax_rounding": [(date(2015, 1, 1), "euro_half_up")],
    "written_agreement_threshold": [(date(2020, 1, 1), 23000)],
    "insertion_secrecy_threshold": [(date(2020, 1, 1), 5)],
}

# What a value looks like, by unit: a count of something, an exact rate, a day of the year, the name of a rule.
FORMS = {
    **dict.fromkeys(("months", "days", "years", "weeks", "pupils", "euros"), r"[1-9]\d*"),
    "rate": r"0\.\d*[1-9]",
    "day of the year": r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "rule": "euro_half_up",
}

ALL = [value for values in law.parameters().values() for value in values]


def fixed(value: ParameterValue) -> Citation | None:
    """The article of our tables that fixes a value; None when a text outside them does, or nothing."""
    try:
        citation = Citation.parse(value.reference)
    except CitationError:
        return None
    return citation if citation.whole_article in law.articles() else None


FIXED = [value for value in ALL if fixed(value)]

every = pytest.mark.parametrize("value", ALL, ids=[f"{value.name}@{value.since}" for value in ALL])
every_fixed = pytest.mark.parametrize("value", FIXED, ids=[f"{value.name}@{value.since}" for value in FIXED])


def test_the_values_are_those_of_the_second_entry() -> None:
    found = {name: [(value.since, value.value) for value in values] for name, values in law.parameters().items()}
    assert found == VALUES


@every
def test_a_reference_is_an_article_or_a_text_or_written_as_missing(value: ParameterValue) -> None:
    if not fixed(value):
        assert value.reference == MISSING or re.search(r"^crpa/L231-1$|, art\. \d+$", value.reference)
        assert value.note, "a value that no article of ours fixes says what it is"


@every_fixed
def test_it_begins_on_the_first_day_of_a_wording_of_its_article(value: ParameterValue) -> None:
    citation = fixed(value)
    assert citation is not None
    state, wording = law.wording(citation, value.since)
    assert state is law.State.IN_FORCE
    assert wording is not None
    assert wording.in_force.start == value.since


@every
def test_the_day_in_the_journal_officiel_is_a_day_or_written_as_missing(value: ParameterValue) -> None:
    assert value.journal_officiel == MISSING or date.fromisoformat(value.journal_officiel) <= value.since


@every
def test_a_value_has_the_form_of_its_unit(value: ParameterValue) -> None:
    assert re.fullmatch(FORMS[value.unit], str(value.value))
    assert isinstance(value.value, int) is (value.unit not in ("rate", "day of the year", "rule"))


@every
def test_every_text_is_french(value: ParameterValue) -> None:
    assert wrongs(value.label, sentence=False) == []
    assert value.label[0].isupper()
    assert not value.label.endswith(".")
    assert wrongs(value.note or "Rien.") == []


# --- Asked ------------------------------------------------------------------------------------------------------------


@every
def test_a_value_holds_from_its_first_day(value: ParameterValue) -> None:
    assert law.parameter(value.name, value.since) is value
    assert law.parameter(value.name, date(2100, 1, 1)) is law.parameters()[value.name][-1]


@pytest.mark.parametrize("name", law.parameters())
def test_a_day_before_the_first_value_is_refused(name: str) -> None:
    first = law.parameters()[name][0]
    with pytest.raises(LawError, match=r"aucune valeur n'est établie avant le \d+(er)? \w+ \d{4}\.$") as caught:
        law.parameter(name, first.since - date.resolution)
    assert str(caught.value).startswith(first.label)


def test_a_name_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(LawError, match="Aucun paramètre ne s'appelle opening_months"):
        law.parameter("opening_months", date(2026, 1, 1))


def test_a_number_and_a_day_are_given_ready_to_use() -> None:
    assert number("written_agreement_threshold", date(2024, 3, 1)) == 23000
    assert day_of("regional_list_deadline", 2026, date(2026, 3, 1)) == date(2026, 12, 31)
    assert day_of("school_year_start", 2025, date(2025, 10, 1)) == date(2025, 9, 1)


# --- A table that cannot be trusted -----------------------------------------------------------------------------------

HEAD = '[delay]\nlabel = "Délai, en mois"\nunit = "months"\n'


def value_row(since: str, value: int, **others: str) -> str:
    keys = {"from": since, "value": str(value), "reference": '"missing"', "journal_officiel": '"missing"', **others}
    return "[[delay.values]]\n" + "".join(f"{key} = {text}\n" for key, text in keys.items())


def test_the_value_of_the_day_is_taken_whatever_the_order_of_the_table(replace: Replace) -> None:
    replace("parameters", HEAD + value_row("2022-01-01", 3) + value_row("2019-01-01", 2))
    assert [value.value for value in law.parameters()["delay"]] == [2, 3]
    assert law.parameter("delay", date(2021, 12, 31)).value == 2
    assert law.parameter("delay", date(2022, 1, 1)).value == 3


@pytest.mark.parametrize("key", ["reference", "journal_officiel"])
def test_a_value_without_a_reference_is_refused(key: str, replace: Replace) -> None:
    replace("parameters", HEAD + value_row("2022-01-01", 3, **{key: '""'}))
    with pytest.raises(LawError, match="Le paramètre delay n'a pas de référence : écrivez-la, ou « missing »"):
        law.parameters()
