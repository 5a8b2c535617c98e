"""Figures with their two counts, and the secrecy of small numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre.kernel.measure import Measure
from equerre.kernel.period import Period

YEARS = Period(date(2023, 9, 1), date(2025, 9, 1))
cells = st.integers(0, 40)
thresholds = st.integers(1, 20)


def measure(numerator: int | None, denominator: int | None, population: int | None = None) -> Measure:
    return Measure("en emploi à 6 mois", YEARS, "InserJeunes", numerator, denominator, population)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """Employed, reached but not employed, not reached: three cells, shown as three counts, any of them left out."""
    yes, no, unreached = draw(cells), draw(cells), draw(cells)
    shown = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    counts = (yes, yes + no, yes + no + unreached)
    return measure(*(count if one else None for count, one in zip(counts, shown, strict=True)))


def deduced(found: Measure) -> set[int]:
    """All that a reader can work out: the smallest cells between the counts shown, and every sum of them."""
    shown = sorted(count for count in (found.numerator, found.denominator, found.population) if count is not None)
    atoms = [after - before for before, after in zip([0, *shown], shown, strict=False)]
    return {sum(some) for size in range(1, len(atoms) + 1) for some in combinations(atoms, size)}


@given(measures(), thresholds)
def test_no_small_cell_can_be_worked_out_from_what_is_shown(found: Measure, threshold: int) -> None:
    kept = found.under_secrecy(threshold)
    assert all(cell == 0 or cell >= threshold for cell in deduced(kept))


@given(measures(), thresholds)
def test_nothing_is_hidden_that_gives_no_small_cell_away(found: Measure, threshold: int) -> None:
    if all(cell == 0 or cell >= threshold for cell in deduced(found)):
        assert found.under_secrecy(threshold) == found
    else:
        assert found.under_secrecy(threshold) == found.concealed()


@given(cells, cells, cells, thresholds)
def test_a_figure_and_its_complement_are_shown_or_hidden_together(
    yes: int, no: int, unreached: int, least: int
) -> None:
    reached, all_of_them = yes + no, yes + no + unreached
    figure, complement = measure(yes, reached, all_of_them), measure(no, reached, all_of_them)
    assert figure.under_secrecy(least).hidden is complement.under_secrecy(least).hidden


@given(measures(), thresholds, thresholds)
def test_a_higher_threshold_never_shows_more(found: Measure, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert found.under_secrecy(low).hidden <= found.under_secrecy(high).hidden
    assert found.under_secrecy(low).under_secrecy(low) == found.under_secrecy(low)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((5, 10, 20), False),
        ((4, 10, 20), True),  # four persons
        ((6, 10, 20), True),  # their complement is four
        ((5, 10, 14), True),  # four were not reached
        ((0, 10, 20), False),  # nobody, said of ten persons
        ((10, 10, 10), False),
        ((0, 4, 4), True),  # four persons in all
        ((0, 0, 0), False),
        ((12, 10, 20), True),  # counts that contradict each other are not published
        ((None, 4, 20), True),  # no numerator, and four persons reached
        ((None, None, 4), True),
        ((None, 10, 20), False),
    ],
)
def test_the_threshold_of_five(counts: tuple[int | None, int | None, int | None], hidden: bool) -> None:
    assert measure(*counts).under_secrecy(5).hidden is hidden


@given(measures())
def test_a_hidden_measure_keeps_its_name_period_and_method_and_no_count(found: Measure) -> None:
    hidden = found.concealed()
    assert (hidden.name, hidden.period, hidden.method, hidden.hidden) == (found.name, found.period, found.method, True)
    assert (hidden.numerator, hidden.denominator, hidden.population) == (None, None, None)
    assert (hidden.rate, hidden.coverage) == (None, None)
    assert hidden.under_secrecy(1) == replace(hidden)


def test_a_rate_is_exact_and_never_alone() -> None:
    found = measure(7, 9, 12)
    assert found.rate == Fraction(7, 9)
    assert found.coverage == Fraction(3, 4)


def test_nobody_counted_makes_no_rate() -> None:
    assert measure(0, 0, 12).rate is None
    assert measure(0, 0, 12).coverage == 0
    assert measure(0, 0, 0).coverage is None
    assert measure(None, 9, 12).rate is None
    assert measure(7, 9).coverage is None


def test_a_measure_is_never_a_gate() -> None:
    with pytest.raises(TypeError, match="en emploi à 6 mois is a measure, never a gate"):
        bool(measure(7, 9, 12))
