"""Strategies of hypothesis that several rooms' properties share: above all ``school_facts()``, one school's coherent facts.

Kinds and fields are those of ``facts``, read from the same shape as the reader: a new field is drawn without a word
here. What is written here is only what makes the facts hang together: no two of a kind and key overlap, a recognition and a
refusal never hold on the same day, a list is signed in its ``act_year``, an intake enters a course that is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from equerre import law
from equerre.facts import KINDS
from equerre.facts.kind import Field
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel import siren, siret, uai
from equerre.kernel.fact import Fact, Source
from equerre.kernel.period import Period

FIRST, LAST = date(2020, 1, 1), date(2027, 12, 31)
DAYS = st.dates(FIRST, LAST)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ACT_YEARS = range(2020, 2027)
CAMPAIGNS = range(2021, 2028)

SITES = ("principal", "annexe", "atelier-nord")
STAFF = ("direction-1", "maître-1", "enseignant-1", "intervenant-1")
COURSES = ("cap-métallier", "cap-menuisier", "bac-pro-tci")
RNCP = ("RNCP37897", "RNCP36112", "RNCP38337")
MINISTER, RECTEUR, PREFECT = "le ministre chargé de l'éducation nationale", "le recteur", "le préfet"

TEXTS = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2028"), min_size=1, max_size=20
).filter(lambda text: bool(text.strip()))

SOURCES = st.sampled_from(
    (
        Source("acte", "Ministère fictif", "Arrêté fictif", date(2024, 6, 14)),
        Source("école", "École fictive", "Registre de l'école", None, "https://example.org/registre"),
        Source("kit 2025", "Certif Info", "Kit apprentissage", date(2025, 1, 31), None, "0" * 64),
    )
)

_UAIS = [f"999{n:04d}{uai.check_letter(f'999{n:04d}')}" for n in range(1, 40)]
_SIRENS = [number for n in range(1, 400) if siren.is_valid(number := f"{n:09d}")]
_SIRETS = [number for first in _SIRENS[:5] for n in range(1, 40) if siret.is_valid(number := f"{first}{n:05d}")]
_NORMS: dict[str, st.SearchStrategy[str]] = {
    "uai": st.sampled_from(_UAIS),
    "siren": st.sampled_from(_SIRENS),
    "siret": st.sampled_from(_SIRETS),
    "rna": st.sampled_from(("W999000001", "W9R1011072")),
    "nor": st.sampled_from(("FICT2400001A", "FICT2500002A")),
    "rncp": st.sampled_from(RNCP),
}
_AUTHORITIES = st.sampled_from((MINISTER, RECTEUR, PREFECT))
_HOURS = st.integers(0, 1600)
_PERSONS = st.integers(0, 60)
_CORRECTED = st.none() | INSTANTS
_ONE_IN_FIVE = st.integers(0, 4)
# By name of field, and by kind and name where one kind wants something else.
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "authority": _AUTHORITIES,
    "legal_category": st.sampled_from(("9220", "9260", "9300", "5710", "9900", "7331")),
    "departement": st.sampled_from(("69", "2A", "974")),
    "school_year": st.sampled_from([f"{year}-{year + 1}" for year in ACT_YEARS]),
    "sites": st.lists(st.sampled_from(SITES), unique=True, max_size=2).map(tuple),
    "courses": st.lists(st.sampled_from(COURSES), unique=True, max_size=2).map(tuple),
    "successors": st.lists(st.sampled_from(RNCP), unique=True, max_size=1).map(tuple),
    "course": st.sampled_from(COURSES),
    "member": st.sampled_from(STAFF),
    "campaign_year": st.sampled_from(CAMPAIGNS),
    "act_year": st.sampled_from(ACT_YEARS),
    "level": st.integers(3, 5),
    "general_hours": _HOURS,
    "vocational_hours": _HOURS,
    "regulation_general_hours": _HOURS,
    "school_status": _PERSONS,
    "apprentices": _PERSONS,
    "trainees": _PERSONS,
    "pupils": _PERSONS,
    "amount_cents": st.integers(0, 10_000_000),
    "annual_list.authority": st.just("les deux ministres"),
    "regional_list.authority": st.just("le préfet de région"),
    "site.id": st.sampled_from(SITES),
    "course.site": st.sampled_from(SITES),
    "staff_member.id": st.sampled_from(STAFF),
    "course.id": st.sampled_from(COURSES),
    "agreement.id": st.sampled_from(("convention-1", "convention-2")),
    "opposition.authority": st.sampled_from((RECTEUR, "le maire", PREFECT, "le procureur")),
}


def field_values(field: Field) -> st.SearchStrategy[Any]:
    """Plausible values of a field, its default among them."""
    written = (_VALUES[name] for name in (f"{field.kind}.{field.name}", field.name) if name in _VALUES)
    drawn = next(written, None)
    drawn = _plain(field) if drawn is None else drawn
    return drawn if field.required else st.just(field.default) | drawn


def _plain(field: Field) -> st.SearchStrategy[Any]:
    if field.choices or field.numbers:
        return st.sampled_from(list(field.choices) or field.numbers)
    if field.norm:
        return _NORMS[field.norm]
    return {date: DAYS, bool: st.booleans(), int: st.integers(0, 2000), str: TEXTS}[field.base]


# Strategies are made once: hypothesis looks at each new one as long as it takes to draw from it.
@cache
def _of_field(kind: str, name: str) -> st.SearchStrategy[Any]:
    return field_values(KINDS[kind].fields[name])


@cache
def _keys(kind: str) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """A few keys of a kind, none of which is left empty."""
    fields = (replace(KINDS[kind].fields[name], required=True) for name in KINDS[kind].key)
    return st.lists(st.tuples(*map(field_values, fields)), unique=True, max_size=2)


@cache
def _bounds(most: int) -> st.SearchStrategy[list[date]]:
    return st.lists(DAYS, unique=True, max_size=2 * most)


def drawn(draw: st.DrawFn, kind: str, given: Mapping[str, Any]) -> Any:
    """A row of a kind, some of its fields given."""
    return KINDS[kind].row(
        **{name: given[name] if name in given else draw(_of_field(kind, name)) for name in KINDS[kind].fields}
    )


def timelines(draw: st.DrawFn, most: int = 2) -> list[Period[date]]:
    """Periods that do not overlap, in order of time; the last one may have no end."""
    days = sorted(draw(_bounds(most)))
    bounds = [*days, None] if len(days) % 2 else days
    return [Period(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]


def facts_at(draw: st.DrawFn, row: str, valid: Period[date], /, **given: Any) -> list[Fact[Any]]:
    """One fact of a kind and a period; or two, when the second corrects the first from some instant on."""
    corrected_at = draw(_CORRECTED) if draw(_ONE_IN_FIVE) == 0 else None
    known: list[Period[datetime]] = (
        [Period(None, corrected_at), Period(corrected_at, None)] if corrected_at else [Period()]
    )
    starts = KINDS[row].starts
    if starts:
        given = {starts: valid.start, **given}
    made = []
    for knowledge in known:
        value = drawn(draw, row, given)
        made.append(Fact(KINDS[row].fact_name(value), value, valid, draw(SOURCES), knowledge))
    return made


def rows(draw: st.DrawFn, kind: str) -> tuple[Fact[Any], ...]:
    """Facts of one kind: a few keys, and for each a time line."""
    shape = KINDS[kind]
    names = shape.key
    found: list[Fact[Any]] = []
    for key in draw(_keys(kind)):
        given = dict(zip(names, key, strict=True))
        for valid in [Period(given[shape.starts])] if shape.starts in given else timelines(draw):
            found += facts_at(draw, kind, valid, **given)
    return tuple(found)


# --- What must hang together -------------------------------------------------------------------------------------------


def recognitions(draw: st.DrawFn) -> dict[str, tuple[Fact[Any], ...]]:
    """A life of recognition: refused, recognised, withdrawn in turns; never two of these on one day."""
    found: dict[str, list[Fact[Any]]] = {"recognition": [], "recognition_refusal": [], "recognition_withdrawal": []}
    line = timelines(draw, most=3)
    for place, valid in enumerate(line):
        kind = draw(st.sampled_from(("recognition", "recognition_refusal")))
        found[kind] += facts_at(draw, kind, valid, authority=MINISTER)
        following = line[place + 1].start if place + 1 < len(line) else None
        if kind == "recognition" and valid.end and valid.end != following and draw(st.booleans()):
            withdrawn = Period(valid.end, following)
            found["recognition_withdrawal"] += facts_at(draw, "recognition_withdrawal", withdrawn, authority=MINISTER)
    return {kind: tuple(facts) for kind, facts in found.items()}


def annual_lists(draw: st.DrawFn) -> dict[str, tuple[Fact[Any], ...]]:
    """Lists signed in their ``act_year``, held without end; and the school's line on some of them."""
    lists: list[Fact[Any]] = []
    entries: list[Fact[Any]] = []
    for act_year in draw(st.lists(st.sampled_from(ACT_YEARS), unique=True, max_size=3)):
        signed_on = date(act_year, 11, 1) + timedelta(days=draw(st.integers(0, 50)))
        published_on = signed_on + timedelta(days=draw(st.integers(0, 30)))
        said = draw(st.sampled_from((None, signed_on)))
        lists += facts_at(draw, "annual_list", Period(published_on), act_year=act_year, signed_on=said)
        if draw(st.booleans()):
            entries += facts_at(draw, "annual_list_entry", Period(published_on), act_year=act_year)
    return {"annual_list": tuple(lists), "annual_list_entry": tuple(entries)}


def regional_lists(draw: st.DrawFn) -> dict[str, tuple[Fact[Any], ...]]:
    """Prefects' lists around the end of the year before, and the school's lines under some items."""
    lists: list[Fact[Any]] = []
    entries: list[Fact[Any]] = []
    for year in draw(st.lists(st.sampled_from(CAMPAIGNS), unique=True, max_size=2)):
        published_on = date(year - 1, 12, 1) + timedelta(days=draw(st.integers(0, 200)))
        lists += facts_at(draw, "regional_list", Period(published_on), campaign_year=year)
        for item in draw(st.lists(st.sampled_from(("2°-b", "2°-c", "7°", "12°")), unique=True, max_size=2)):
            entries += facts_at(draw, "regional_list_entry", Period(published_on), campaign_year=year, item=item)
    return {"regional_list": tuple(lists), "regional_list_entry": tuple(entries)}


def cohorts(draw: st.DrawFn) -> tuple[Fact[Any], ...]:
    """Nobody is reached who has not left, nor employed who was not reached."""
    found: list[Fact[Any]] = []
    keys = st.tuples(st.integers(2020, 2026), st.sampled_from((6, 12, 18, 24)))
    for exit_year, horizon in draw(st.lists(keys, unique=True, max_size=2)):
        leavers = draw(st.integers(0, 30))
        reached = draw(st.integers(0, leavers))
        employed = draw(st.integers(0, reached))
        given = {
            "leavers": leavers,
            "reached": reached,
            "employed": draw(st.sampled_from((None, employed))),
            "in_training": draw(st.none() | st.integers(0, reached - employed)),
            "unqualified_at_entry": draw(st.none() | st.integers(0, leavers)),
            "without_trade_diploma_at_entry": draw(st.none() | st.integers(0, leavers)),
            "dropouts_at_entry": draw(st.none() | st.integers(0, leavers)),
        }
        found += facts_at(draw, "cohort", Period(FIRST), exit_year=exit_year, horizon=horizon, **given)
    return tuple(found)


def production_counts(draw: st.DrawFn) -> tuple[Fact[Any], ...]:
    """Every count of a period, or all but a few."""
    counts = list(KINDS["production_count"].fields["count"].choices)
    found: list[Fact[Any]] = []
    for valid in timelines(draw):
        unknown = draw(st.sets(st.sampled_from(counts), max_size=2))
        for count in counts:
            if count not in unknown:
                found += facts_at(draw, "production_count", valid, count=count)
    return tuple(found)


def rulings(draw: st.DrawFn) -> tuple[Fact[Any], ...]:
    """Options that the reading has."""
    choosable = [reading for reading in law.readings().values() if reading.options]
    found: list[Fact[Any]] = []
    for reading in draw(st.lists(st.sampled_from(choosable), unique_by=lambda one: one.id, max_size=2)):
        option = draw(st.sampled_from(sorted(reading.options)))
        found += facts_at(draw, "ruling", Period(draw(DAYS)), reading=reading.id, option=option)
    return tuple(found)


def stated_absences(draw: st.DrawFn, held: frozenset[str]) -> tuple[Fact[Any], ...]:
    """*Néant*, never of what is held."""
    candidates = [name for name in _absences() if name not in held]
    found: list[Fact[Any]] = []
    for name in draw(st.lists(st.sampled_from(candidates), unique=True, max_size=2)) if candidates else ():
        for valid in timelines(draw, most=1):
            found += facts_at(draw, "stated_absence", valid, of=name)
    return tuple(found)


def _absences() -> Iterator[str]:
    yield from ("opening_declaration", "recognition", "scholarship_habilitation")
    yield from (f"annual_list[{year}]" for year in ACT_YEARS)
    yield from (f"staff_approval[{member}]" for member in STAFF)
    yield from (f"intake[{course}]" for course in COURSES)


_TOGETHER = {
    *("recognition", "recognition_refusal", "recognition_withdrawal", "annual_list", "annual_list_entry"),
    *("regional_list", "regional_list_entry", "cohort", "ruling", "production_count", "stated_absence"),
}


@st.composite
def school_facts(draw: st.DrawFn) -> SchoolFacts:
    """One fictional school: facts of any kind, coherent, between 2020 and 2027. Most kinds are there, some are left out."""
    plain = [kind for kind in KINDS if kind not in _TOGETHER]
    left_out = draw(st.sets(st.sampled_from(plain)))
    found: dict[str, tuple[Fact[Any], ...]] = {kind: rows(draw, kind) for kind in plain if kind not in left_out}
    found |= recognitions(draw) | annual_lists(draw) | regional_lists(draw)
    found |= {"cohort": cohorts(draw), "ruling": rulings(draw), "production_count": production_counts(draw)}
    found["stated_absence"] = stated_absences(draw, _held(found))
    return SchoolFacts.of(draw(st.sampled_from(_UAIS)), draw(TEXTS), True, **found)


def _held(found: dict[str, tuple[Fact[Any], ...]]) -> frozenset[str]:
    """Names of facts, and of the group of ``intake[course,day]``: ``intake[course]``."""
    names = [fact.name for facts in found.values() for fact in facts]
    return frozenset((*names, *(f"{name.partition(',')[0]}]" for name in names if "," in name)))
