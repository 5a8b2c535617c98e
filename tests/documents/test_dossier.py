"""A dossier holds when nobody touched it; touched anywhere, it says where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equerre import __version__
from equerre.documents import dossier as dossiers
from equerre.documents.answer import canonical, chosen_options
from equerre.documents.dossier import SEALED, dossier, seal, verify
from equerre.documents.labels import SECTIONS
from equerre.documents.schemas import stored
from equerre.kernel.errors import FactsError
from equerre.rules.chain import explain
from equerre.rules.doubt import measure
from tests.documents.schools import ASKED, BETWEEN_LISTS, chain_of, school

SCHEMA = jsonschema.Draft202012Validator(json.loads(stored("dossier")))
every_dossier = pytest.mark.parametrize("asked", ASKED, ids=str)


def _made(asked: Any) -> dict[str, Any]:
    chain = chain_of(*asked)
    return dict(dossier(chain, measure(chain)))


HANGING = _made(("hanging", BETWEEN_LISTS, ()))


def _text(made: dict[str, Any]) -> str:
    return canonical(made)


def _resealed(made: dict[str, Any]) -> str:
    """What somebody would hand over who rewrote the seals too."""
    sections = {name: seal(made[name]) for name in SEALED}
    whole = seal({key: value for key, value in made.items() if key != "seals"})
    return canonical({**made, "seals": {**sections, "dossier": whole}})


Path = tuple[str | int, ...]


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _leaves(one, (*path, index))
    else:
        yield path, value


LEAVES = list(_leaves(HANGING))


def _with(path: Path, value: Any) -> dict[str, Any]:
    made = deepcopy(HANGING)
    place: Any = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return made


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value} bis" if isinstance(value, str) else "quelque chose"


# --- It holds --------------------------------------------------------------------------------------------------------


@every_dossier
def test_a_dossier_replays_to_the_same_bytes(asked: Any) -> None:
    assert verify(_text(_made(asked))) == []


@every_dossier
def test_a_dossier_follows_its_schema(asked: Any) -> None:
    SCHEMA.validate(json.loads(_text(_made(asked))))


def test_its_schema_is_one() -> None:
    SCHEMA.check_schema(SCHEMA.schema)


def test_a_dossier_of_what_was_known_replays() -> None:
    from datetime import UTC, date, datetime

    chain = explain(school("moved"), date(2025, 2, 1), known_at=datetime(2025, 4, 1, tzinfo=UTC))
    text = canonical(dossier(chain, measure(chain)))
    assert verify(text) == []
    assert json.loads(text)["question"]["known_at"] == "2025-04-01T00:00:00Z"


def test_a_dossier_holds_all_that_it_stands_on() -> None:
    made = HANGING
    assert set(made["readings"]) == set(made["answer"]["readings"])
    cited = {address.split("/")[0] + "/" + address.split("/")[1] for address in made["answer"]["citations"]}
    assert set(made["wordings"]) == cited
    assert all(row["wordings"] or row["not_established"] for row in made["wordings"].values())
    assert {source["sha256"] for source in made["facts"]["sources"].values() if "sha256" in source}
    assert set(made["answer"]["parameters"]) <= set(made["parameters"])


def test_the_options_chosen_are_part_of_the_question() -> None:
    options = chosen_options({"R4:tax": "b", "R3": "a"})
    chain = explain(school("hanging"), BETWEEN_LISTS, readings=options)
    made = dossier(chain, measure(chain))
    assert made["question"]["options"] == {"R3": "a", "R4:tax": "b"}
    assert verify(canonical(made)) == []


# --- It was touched --------------------------------------------------------------------------------------------------


@given(st.sampled_from([leaf for leaf in LEAVES if leaf[0] != ("format",)]))
def test_any_value_changed_is_noticed_and_its_section_named(leaf: tuple[Path, Any]) -> None:
    path, value = leaf
    found = verify(_text(_with(path, _other(value))))
    assert found
    section = str(path[1]) if path[0] == "seals" else str(path[0])
    label = SECTIONS[section]
    assert any(label[:1].upper() + label[1:] in one for one in found), found
    assert "SHA" not in "".join(found) or path[-1] == "sha256"


@given(st.sampled_from([leaf for leaf in LEAVES if leaf[0][0] in ("answer", "wordings", "parameters", "readings")]))
def test_resealed_a_value_that_is_computed_is_still_named(leaf: tuple[Path, Any]) -> None:
    path, value = leaf
    found = verify(_resealed(_with(path, _other(value))))
    assert len(found) == 1
    assert dossiers._INTRODUCTIONS[str(path[0])] in found[0]


@given(st.sampled_from([path for path, _ in LEAVES if len(path) > 1]))
def test_a_value_taken_away_is_noticed(path: Path) -> None:
    made = deepcopy(HANGING)
    place: Any = made
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    assert verify(_text(made))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            ("answer", "findings", "annual_list.listed", "outcome"),
            "NOT_MET",
            "La réponse n'est pas celle que donnent ces faits. Constat annual_list.listed, résultat : le dossier dit "
            "« NOT_MET », le calcul donne « MET ».",
        ),
        (
            ("wordings", "code-education/L443-6", "wordings", 0, "from"),
            "2019-01-01",
            "La table des rédactions n'est plus la même. Code de l'éducation, art. L. 443-6, rédaction, 1, premier jour : "
            "le dossier dit « 2019-01-01 », le calcul donne « 2020-01-01 ».",
        ),
        (
            ("parameters", "silence_months", 0, "value"),
            3,
            "La table des paramètres n'est plus la même. Paramètre silence_months, 1, valeur : le dossier dit « 3 », le "
            "calcul donne « 2 ».",
        ),
        (
            ("readings", "R3", "default_for", "silent"),
            "a",
            "La table des lectures n'est plus la même. Lecture R3, default_for, silent : le dossier dit « a », le calcul "
            "donne « b ».",
        ),
        (
            ("equerre",),
            "0.0.9",
            f"La version d'Équerre : le dossier a été fait par la version « 0.0.9 », celle-ci est la version « {__version__} ».",
        ),
    ],
)
def test_what_differs_is_said_in_french(path: Path, value: Any, said: str) -> None:
    assert said in verify(_text(_with(path, value)))


def test_facts_that_were_changed_are_said_to_be_with_what_they_change() -> None:
    made = deepcopy(HANGING)
    made["facts"]["recognition"][0]["effect_on"] = "2027-01-01"
    found = verify(_text(made))
    assert found[0].startswith("Les faits : l'empreinte inscrite est « ")
    assert found[0].endswith("Les faits ont été modifiés, ou leur empreinte.")
    assert any("Constat recognition.recognised, résultat : le dossier dit « MET »" in one for one in found)


def test_facts_that_no_longer_read_are_said_with_their_place() -> None:
    made = deepcopy(HANGING)
    made["facts"]["recognition"][0]["effect_on"] = "2027-02-30"
    found = verify(_text(made))
    assert any(one.startswith("Le dossier ne se rejoue pas. À /recognition/0/effect_on") for one in found), found


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("on", "2026-02-30", "n'est pas une date"),
        ("on", "9999-12-31", "n'est pas une date"),
        ("on", "2019-12-31", "n'existait pas encore"),
        ("known_at", "hier", "n'est pas un instant"),
        ("options", {"R99": "a"}, "R99"),
        ("options", [], "ne sont pas lisibles"),
    ],
)
def test_a_question_that_cannot_be_asked_is_said(key: str, value: Any, said: str) -> None:
    found = verify(_text(_with(("question", key), value)))
    assert any(one.startswith("Le dossier ne se rejoue pas. ") and said in one for one in found), found


def test_a_section_or_a_seal_too_many_is_said() -> None:
    found = verify(_text({**HANGING, "remarque": "ajoutée"}))
    assert "Le dossier entier : la section « remarque » ne s'y attend pas." in found
    found = verify(_text({**HANGING, "seals": {**HANGING["seals"], "autre": "a"}}))
    assert "Les empreintes : « autre » ne s'y attend pas." in found


def test_the_same_values_written_otherwise_are_not_the_same_bytes() -> None:
    compact = json.dumps(HANGING, ensure_ascii=False)
    assert verify(compact) == [
        "Les valeurs sont les mêmes, mais le texte est écrit autrement : blancs, ordre des clés ou clés répétées."
    ]
    twice = _text(HANGING).replace(' "equerre": ', ' "equerre": "9.9",\n "equerre": ', 1)
    assert verify(twice) == verify(compact)


def test_many_differences_are_counted() -> None:
    made = deepcopy(HANGING)
    for finding in made["answer"]["findings"].values():
        finding["because"] = "Parce que."
    found = verify(_resealed(made))
    assert len(found) == dossiers.SHOWN + 1
    assert found[-1] == f"La réponse : {len(made['answer']['findings']) - dossiers.SHOWN} autres différences."


# --- It is no dossier ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Ligne 1, colonne 1 : ce n'est pas du JSON."),
        ("{", "ce n'est pas du JSON"),
        ("[]", "n'est pas un dossier d'Équerre. Un dossier s'obtient"),
        ('{"format": "equerre-answer/1"}', "Son format est « equerre-answer/1 », et non « equerre-dossier/1 »."),
        ('{"format": ["x"]}', "n'est pas un dossier d'Équerre"),
        ('{"format": "equerre-dossier/1"}', "Ce dossier est incomplet : il manque la version d'Équerre"),
        ('{"a": NaN}', "Ce n'est pas un JSON qu'Équerre puisse lire."),
        ('{"a": 1e999}', "Ce n'est pas un JSON qu'Équerre puisse lire."),
        ("1" * 5000, "Ce n'est pas un JSON qu'Équerre puisse lire."),
        ("[" * 100_000, "Ce n'est pas un JSON qu'Équerre puisse lire."),
    ],
)
def test_what_is_no_dossier_is_refused_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(FactsError) as caught:
        verify(text)
    assert len(caught.value.problems) == 1
    assert said in caught.value.problems[0]


def test_a_dossier_nested_without_end_is_refused() -> None:
    text = _text(HANGING).replace('"facts": {', '"facts": {"x": ' + "[" * 900 + "]" * 900 + ", ", 1)
    try:
        found = verify(text)
    except FactsError as error:
        found = list(error.problems)
    assert found


@pytest.mark.parametrize("section", SEALED)
def test_a_section_of_another_kind_is_said(section: str) -> None:
    for value in (None, 3, "texte", []):
        assert verify(_text({**HANGING, section: value}))
