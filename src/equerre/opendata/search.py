"""Find a school: by name, UAI, SIRET, commune, académie, région, trade, diploma, RNCP code, on a given day.

Accents and case are ignored, typing errors forgiven. The words of the register are few (a school bears some twenty): an index
of words in memory, each word of the question compared with them by rapidfuzz. It is made again when the register changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from rapidfuzz import fuzz, process

from equerre.documents.portrait.location import Location, location
from equerre.facts.opening import Site
from equerre.facts.school_facts import SchoolFacts, all_at
from equerre.facts.teaching import Course
from equerre.kernel import geography
from equerre.kernel.french import plain
from equerre.opendata.register import known
from equerre.opendata.threshold.memory import remembered
from equerre.registry import selectors

# Under this likeness (0 to 100) two words are two words. At 80, one letter in five may be wrong or missing.
LIKENESS = 80
# Those who ask at once for an index that is not made wait for the first, and find it made; who asks for another does not.
_AT_A_TIME = tuple(Lock() for _ in range(16))
_IDENTIFIER = re.compile(r"\d{7}[a-z]|\d{9}|\d{14}|rncp\d{3,5}")


@dataclass(frozen=True, slots=True)
class Found:
    """One school of the index. ``courses`` are (title, RNCP code) of the day."""

    uai: str
    name: str
    place: Location
    courses: tuple[tuple[str, str], ...]
    fictional: bool
    words: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: free words, and codes of an académie, a région, a département, an RNCP sheet."""

    words: str = ""
    academie: str = ""
    region: str = ""
    departement: str = ""
    rncp: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """Every school of a day, and which of them bears each word.

    ``words`` are all the words in order, ``spelled`` those that one may misspell: a number is right, or another number.
    ``courses`` are the titles that somebody prepares, by RNCP code.
    """

    schools: tuple[Found, ...]
    bearers: Mapping[str, frozenset[int]]
    words: tuple[str, ...]
    spelled: tuple[str, ...]
    courses: Mapping[str, str]
    fictional: bool


def search(query: Query, on: date, *, revision: int, known_at: datetime | None = None) -> Sequence[Found]:
    """The schools that answer, best first. ``revision`` is that of the register: another one makes the index again."""
    found = index(on, revision=revision, known_at=known_at)
    scores = _scores(query.words, found)
    if scores is None:
        placed = bool(query.academie or query.region or query.departement or query.rncp)
        return [school for school in found.schools if _in_place(school, query)] if placed else found.schools
    kept = [at for at in scores if _in_place(found.schools[at], query)]
    return [found.schools[at] for at in sorted(kept, key=lambda at: (-scores[at], found.schools[at].name, at))]


def index(on: date, *, revision: int, known_at: datetime | None = None) -> Index:
    """Every school of a day. Between two days when a site or a course begins or ends, it is the same for all."""
    with _one_at_a_time(known_at, revision):
        turns = _turns(known_at, revision)
    at = bisect_right(turns, on)
    since = turns[at - 1] if at else date.min
    with _one_at_a_time(since, known_at, revision):
        return _index(since, known_at, revision)


def _one_at_a_time(*question: object) -> Lock:
    return _AT_A_TIME[hash(question) % len(_AT_A_TIME)]


def corrected(words: str, among: Index) -> list[tuple[str, str]]:
    """The words that no school bears, each with those like it that were looked for in its place.

    >>> corrected("metalier", Index((), {}, ("cap", "metallier"), ("cap", "metallier"), {}, False))
    [('metalier', 'metallier')]
    """
    asked = [word for word in _asked(words) if not _IDENTIFIER.fullmatch(word) and not any(_beginning(word, among))]
    likest = {word: [other for other, _ in _like(word, among)] for word in asked}
    return [(word, others[0]) for word, others in likest.items() if others]


def words_of(text: str) -> list[str]:
    """The words of a text, plain; an identifier keeps in one piece what blanks part.

    >>> words_of("CAP Métallier, 732 829 320 00074")
    ['cap', 'metallier', '73282932000074']
    """
    joined = re.sub(r"(?<=\d)[\s.]+(?=\d)|(?<=\brncp)\s+(?=\d)", "", plain(text))
    return re.findall(r"[a-z0-9]+", joined)


def _in_place(school: Found, query: Query) -> bool:
    return (
        query.academie in ("", school.place.academie)
        and query.region in ("", school.place.region)
        and query.departement in ("", school.place.departement)
        and (not query.rncp or any(code == query.rncp for _, code in school.courses))
    )


def _asked(words: str) -> list[str]:
    return [word for word in words_of(words) if len(word) > 1 or word.isdigit()]


def _scores(asked: str, index: Index) -> dict[int, float] | None:
    """By school, how well it answers all the words; None when no word is asked."""
    found: dict[int, float] | None = None
    for word in _asked(asked):
        of_word = _bearing(word, index)
        found = of_word if found is None else {at: found[at] + of_word[at] for at in found.keys() & of_word.keys()}
    return found


def _bearing(word: str, index: Index) -> dict[int, float]:
    """The schools that bear this word, or one that begins by it, or one very like it, with how like."""
    if _IDENTIFIER.fullmatch(word):
        return dict.fromkeys(index.bearers.get(word, ()), 100.0)
    likeness: dict[str, float] = dict(_like(word, index))
    likeness.update(dict.fromkeys(_beginning(word, index), 95.0))
    if word in index.bearers:
        likeness[word] = 100.0
    best: dict[int, float] = {}
    for other in sorted(likeness, key=lambda other: likeness[other]):
        best.update(dict.fromkeys(index.bearers[other], likeness[other]))
    return best


def _beginning(word: str, index: Index) -> Iterator[str]:
    """The words that begin by this one, itself among them."""
    for at in range(bisect_left(index.words, word), len(index.words)):
        if not index.words[at].startswith(word):
            return
        yield index.words[at]


def _like(word: str, index: Index) -> list[tuple[str, float]]:
    """The words that a typing error makes of this one, the likest first; none for a word too short to tell."""
    if len(word) <= 3:
        return []
    found = process.extract(word, index.spelled, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=20)
    return [(other, likeness) for other, likeness, _ in found]


# One reading of the whole register serves every day; another instant is another register, and few are kept.
@remembered(most=2)
def _everyone(known_at: datetime | None, revision: int) -> tuple[SchoolFacts, ...]:
    found = filter(known, selectors.schools(known_at=known_at, kinds=("site", "course")))
    return tuple(facts.public_view() for facts in found)


@remembered(most=2)
def _turns(known_at: datetime | None, revision: int) -> tuple[date, ...]:
    """The days, in order, when the site or the course of a school begins or ends."""
    held = (fact.valid for facts in _everyone(known_at, revision) for kind in (Site, Course) for fact in facts[kind])
    return tuple(sorted({turn for period in held for turn in (period.start, period.end) if turn is not None}))


@remembered(most=4)
def _index(on: date, known_at: datetime | None, revision: int) -> Index:
    schools = tuple(_found(facts, on) for facts in _everyone(known_at, revision))
    bearers: dict[str, set[int]] = defaultdict(set)
    for at, school in enumerate(schools):
        for word in school.words:
            bearers[word].add(at)
    words = tuple(sorted(bearers))
    return Index(
        schools,
        {word: frozenset(which) for word, which in bearers.items()},
        words,
        tuple(word for word in words if sum(map(str.isdigit, word)) < 3),
        {code: title for school in schools for title, code in school.courses},
        any(school.fictional for school in schools),
    )


def _found(facts: SchoolFacts, on: date) -> Found:
    where = location(facts, on)
    courses = tuple((fact.value.title, fact.value.certification) for fact in all_at(facts[Course], on))
    sites = [fact.value for fact in facts[Site]]
    texts = [facts.name, facts.uai, *(text for course in courses for text in course)]
    departement = geography.departements().get(where.departement or "")
    academie = geography.academies().get(where.academie or "")
    texts += [departement.name] if departement is not None else []
    texts += [academie.name, academie.region.name] if academie is not None else []
    texts += [text for site in sites for text in (site.uai, site.siret, site.commune) if text]
    texts += [text for site in sites if site.siret for text in (site.siret[:9],)]
    return Found(
        facts.uai, facts.name, where, courses, facts.fictional, frozenset(w for text in texts for w in words_of(text))
    )
