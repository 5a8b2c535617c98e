"""``/ecoles``: find a school. What is asked stands whole in the address, so that a search can be sent to somebody.

Words are forgiven their accents, their capitals and a typing error (``opendata.search``). The results are a list, and the same
numbers by académie as a map of tiles. When nothing is found, the page says what to try.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from equerre.documents.portrait.finding import SHAPES
from equerre.documents.portrait.finding import WORDS as OUTCOMES
from equerre.documents.portrait.location import of_academie, place_said
from equerre.documents.portrait.tiles import tile_map
from equerre.documents.voices import BANNER
from equerre.kernel import geography, rncp, siren, siret, uai
from equerre.kernel.errors import IdentifierError
from equerre.kernel.french import counted
from equerre.opendata import search
from equerre.opendata.exports import SEEN
from equerre.opendata.search import Found, Index, Query
from equerre.opendata.standing import MOST, WORDS, Standing, standings
from equerre.opendata.tables import SCHOOLS
from equerre.registry import revision
from equerre.web.downloads import offered
from equerre.web.moment import MOMENT, Moment, moment
from equerre.web.searching import FIELDS, SEARCH, STATES
from equerre.web.unchanged import unless_unchanged

A_PAGE = 20
# What each answer is called beside a result, with its year where it has one.
TITLES = {
    "recognition": "Reconnue par l'État",
    "annual_list": "Liste annuelle {list_year}",
    "tax_balance": "Solde {campaign}",
}
NORMS = (("uai", uai), ("siret", siret), ("siren", siren), ("rncp", rncp))


class Mark(NamedTuple):
    """One of the three answers beside a result."""

    title: str
    shape: str
    word: str
    under: str
    reading: str

    @classmethod
    def of(cls, word: str, standing: Standing, when: Moment) -> Mark:
        """What is found of this link that day."""
        title = TITLES[word].format(list_year=standing.act_year, campaign=when.on.year).strip()
        under = f"sous {standing.under}" if standing.under else ""
        reading = f"{reverse('reading', args=[standing.readings[0]])}{when.kept}" if standing.readings else ""
        return cls(title, SHAPES[standing.outcome], OUTCOMES[standing.outcome], under, reading)


class Result(NamedTuple):
    """One school found."""

    school: Found
    place: str
    trades: tuple[str, ...]
    marks: tuple[Mark, ...]

    @classmethod
    def of(cls, school: Found, standing: Mapping[str, Standing] | None, when: Moment) -> Result:
        """The school as its line shows it; without marks when the day is not explained."""
        return cls(
            school,
            place_said(school.place.commune, school.place.academie),
            tuple(dict.fromkeys(title for title, _ in school.courses)),
            tuple(Mark.of(word, standing[word], when) for word in WORDS) if standing else (),
        )


class Choice(NamedTuple):
    """One value of a filter."""

    value: str
    label: str


class Advice(NamedTuple):
    """Something to try when nothing is found: a sentence, and an address when there is one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class SchoolSearch:
    """The search as it was asked. ``states`` are those of ``STATES`` that the address names."""

    q: str
    academie: str
    region: str
    departement: str
    rncp: str
    states: tuple[str, ...]

    @classmethod
    def of(cls, request: HttpRequest) -> SchoolSearch:
        """As the address writes it."""
        plain = {name: " ".join(request.GET.get(name, "").split())[:200] for name in FIELDS}
        states = tuple(state for state in STATES if request.GET.get(f"etat_{state}"))
        return cls(**{**plain, "rncp": rncp.compact(plain["rncp"])}, states=states)

    @property
    def query(self) -> Query:
        """What ``opendata.search`` is asked, the académie apart: the map counts them all."""
        return Query(self.q, "", self.region, self.departement, self.rncp)

    @property
    def named(self) -> dict[str, str]:
        """What was asked, by name of field, for an address."""
        plain = {name: str(getattr(self, name)) for name in FIELDS}
        return {
            **{name: value for name, value in plain.items() if value},
            **{f"etat_{state}": "oui" for state in self.states},
        }

    @property
    def beside(self) -> dict[str, str]:
        """The same, the words apart: what their form carries along."""
        return {name: value for name, value in self.named.items() if name != "q"}

    @property
    def filtered(self) -> bool:
        """Is anything asked beside the words?"""
        return bool(self.academie or self.region or self.departement or self.rncp or self.states)


@require_safe
@unless_unchanged(*MOMENT, *SEARCH, "page")
def page(request: HttpRequest) -> HttpResponse:
    """The search, on the day asked."""
    when, asked = moment(request), SchoolSearch.of(request)
    now = revision.number()
    everywhere = search.search(asked.query, when.on, revision=now, known_at=when.known_at)
    everyone = search.index(when.on, revision=now, known_at=when.known_at)
    answers = standings(when.on, when.known_at, now)
    filterable = not when.too_early and len(everyone.schools) <= MOST
    if asked.states and filterable:
        by_uai = answers.of(school.uai for school in everywhere)
        words = [STATES[state][0] for state in asked.states]
        everywhere = [s for s in everywhere if all(by_uai[s.uai][word].outcome == "MET" for word in words)]
    found = [school for school in everywhere if asked.academie in ("", school.place.academie)]
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    marks = {} if when.too_early else answers.of(school.uai for school in shown)
    before = shown.previous_page_number() if shown.has_previous() else 0
    after = shown.next_page_number() if shown.has_next() else 0
    context = {
        "moment": when,
        "banner": BANNER if everyone.fictional else "",
        "asked": asked,
        "count": len(found),
        "results": [Result.of(school, marks.get(school.uai), when) for school in shown],
        "page": shown,
        "pages": {
            "before": _address(when, asked, page=str(before) if before > 1 else "") or "?" if before else "",
            "after": _address(when, asked, page=str(after)) if after else "",
        },
        "map": tile_map(Counter(school.place.academie for school in everywhere)),
        "tile_links": {code: _address(when, asked, academie=code) for code in geography.academies()},
        "everywhere": _address(when, asked, academie=""),
        "corrected": search.corrected(asked.q, everyone) if found else [],
        "choices": _choices(everyone),
        "states": [Choice(value, said) for value, (_, said) in STATES.items()] if filterable else [],
        "most": MOST,
        "advice": _advice(asked, when, everyone) if not found else [],
        "register_is_empty": not everyone.schools,
        "files": offered(SCHOOLS.slug, when, SEEN, **asked.named),
        "whole_files": offered(SCHOOLS.slug, when, "all", **asked.named),
        "sentence": _sentence(asked),
        "known_numbers": when.asked,
        "unfiltered": when.address(q=asked.q) or "?",
    }
    return render(request, "web/schools.html", context, status=when.status)


def _address(when: Moment, asked: SchoolSearch, **changes: str) -> str:
    return when.address(**{**asked.named, **changes})


def _choices(everyone: Index) -> dict[str, list[Choice]]:
    """The values of each filter: every région and académie; the diplomas and titles that somebody prepares that day."""
    regions = sorted(geography.regions().values(), key=lambda region: region.name)
    academies = sorted(geography.academies().values(), key=lambda academie: academie.name)
    return {
        "region": [Choice(region.code, region.name) for region in regions],
        "academie": [Choice(academie.code, academie.name) for academie in academies],
        "rncp": [
            Choice(code, f"{title} ({code})")
            for code, title in sorted(everyone.courses.items(), key=lambda course: course[1])
        ],
    }


def _sentence(asked: SchoolSearch) -> str:
    """What was asked besides the words, in words."""
    academie = geography.academies().get(asked.academie)
    region = geography.regions().get(asked.region)
    departement = geography.departements().get(asked.departement)
    said = [
        of_academie(academie.name) if academie else "",
        f"région {region.name}" if region else "",
        f"département {departement.name}" if departement else "",
        f"fiche {asked.rncp}" if asked.rncp else "",
        *(STATES[state][1] for state in asked.states),
    ]
    return ", ".join(text for text in said if text)


# --- Nothing found -----------------------------------------------------------------------------------------------------------


def _advice(asked: SchoolSearch, when: Moment, everyone: Index) -> list[Advice]:
    """What to try: the number that was mistyped, the same without a filter, fewer words, another day."""
    if not everyone.schools:
        return []
    said = _mistyped(asked.q)
    if said:
        return [Advice(said)]
    found = list(_looser(asked, when))
    if len(asked.q.split()) > 1:
        found += [
            Advice(f"cherchez « {word} » seul", _address(when, replace(asked, q=word)))
            for word in sorted(asked.q.split(), key=len, reverse=True)[:2]
        ]
    elif asked.q:
        found.append(Advice("vérifiez l'orthographe, ou donnez le début du mot"))
    if when.asked:
        found.append(Advice("cherchez au jour d'aujourd'hui", when.address(**asked.named, on="", known_at="")))
    return [*found, Advice("voyez toutes les écoles", when.kept or "?")]


def _mistyped(text: str) -> str:
    """What is wrong with a text that is shaped as a number; "" when it is not, or when the number is right."""
    bare = "".join(text.split()).upper()
    figures = sum(sign.isdigit() for sign in bare)
    shaped = {
        "rncp": bare.startswith(("RNCP", "RS")) and figures >= 2,
        "uai": len(bare) == 8 and figures == 7 and bare[-1].isalpha(),
        "siret": bare.isdigit() and len(bare) == 14,
        "siren": bare.isdigit() and len(bare) == 9,
    }
    for name, module in NORMS:
        if shaped[name]:
            try:
                module.validate(bare)
            except IdentifierError as error:
                return str(error)
    return ""


def _looser(asked: SchoolSearch, when: Moment) -> Iterable[Advice]:
    """The same search with one filter less, when that finds something."""
    labels = {"academie": "l'académie", "region": "la région", "departement": "le département", "rncp": "la fiche RNCP"}
    now = revision.number()
    for name, label in labels.items():
        if not getattr(asked, name):
            continue
        without = SchoolSearch(**{**{field: getattr(asked, field) for field in FIELDS}, name: ""}, states=())
        query = replace(without.query, academie=without.academie)
        count = len(search.search(query, when.on, revision=now, known_at=when.known_at))
        if count:
            yield Advice(f"retirez {label} : {counted(count, 'école')}", _address(when, without))
    if asked.states:
        yield Advice("retirez ce qui est demandé de l'école ce jour-là", _address(when, replace(asked, states=())))
