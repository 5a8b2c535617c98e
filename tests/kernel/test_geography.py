"""The table holds together: every département once, every code where it belongs."""

from __future__ import annotations

from collections import Counter

from equerre.kernel import geography


def test_counts() -> None:
    assert len(geography.regions()) == 18
    assert len(geography.academies()) == 30
    assert len(geography.departements()) == 101
    assert len(geography.overseas()) == 6


def test_every_departement_is_in_one_academie() -> None:
    placed = Counter(code for one in geography.academies().values() for code in one.departements)
    assert set(placed) == set(geography.departements())
    assert set(placed.values()) == {1}
    for code, departement in geography.departements().items():
        assert code in geography.academies()[departement.academie].departements


def test_every_region_has_an_academie() -> None:
    assert {one.region.code for one in geography.academies().values()} == set(geography.regions())


def test_names_and_prefixes_are_never_shared() -> None:
    holders: list[geography.Departement | geography.Overseas] = [
        *geography.departements().values(),
        *geography.overseas().values(),
    ]
    prefixes = [one.uai_prefix for one in holders if one.uai_prefix]
    assert len(set(prefixes)) == len(prefixes)
    assert all(len(prefix) == 3 and prefix.isdecimal() for prefix in prefixes)
    assert len({one.name for one in holders}) == len(holders)
    assert len({one.name for one in geography.academies().values()}) == 30


def test_no_prefix_is_the_one_kept_for_fiction() -> None:
    assert geography.of_uai_prefix("999") is None


def test_the_prefix_of_corsica_is_its_own() -> None:
    prefixes = {code: one.uai_prefix for code, one in geography.departements().items()}
    assert (prefixes.pop("2A"), prefixes.pop("2B")) == ("620", "720")
    assert all(prefix == code.zfill(3) for code, prefix in prefixes.items())


def test_the_prefix_overseas_is_not_the_code() -> None:
    assert {code: one.uai_prefix for code, one in geography.overseas().items()} == {
        "975": "975",
        "977": None,
        "978": None,
        "986": "987",
        "987": "984",
        "988": "983",
    }


def test_former_academies_lead_to_one_that_exists() -> None:
    for code, former in geography.former_academies().items():
        assert code not in geography.academies()
        assert former.now in geography.academies()
