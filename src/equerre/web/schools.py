"""``/ecoles``: find a school. What is asked stands whole in the address, so that a search can be sent to somebody.

Words are forgiven their accents, their capitals and a typing error (``opendata.search``). The results are a list, and the same
numbers by académie as a map of tiles. When nothing is found, the page says what to try.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.core.paginator import Page, Paginator
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
from equerre.opendata.standing import MOST, WORDS, Standing, Standings, standings
from equerre.opendata.tables import SCHOOLS
from equerre.registry import revision
from equerre.web.downloads import offered
from equerre.web.moment import Moment, moment
from equerre.web.searching import FIELDS, STATES
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


class Result(NamedTuple):
    """One school found."""

    school: Found
    place: str
    trades: tuple[str, ...]
    marks: tuple[Mark, ...]


class Choice(NamedTuple):
    """One value of a filter."""

    value: str
    label: str


class Advice(NamedTuple):
    """Something to try when nothing is found: a sentence, and an address when there is one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The search as it was asked. ``states`` are those of ``STATES`` that the address names."""

    q: str
    academie: str
    region: str
    departement: str
    rncp: str
    states: tuple[str, ...]

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
            **{f"etat_{one}": "oui" for one in self.states},
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
@unless_unchanged
def page(request: HttpRequest) -> HttpResponse:
    """The search, on the day asked."""
    when, asked = moment(request), _asked(request)
    now = revision.number()
    everywhere = search.search(asked.query, when.on, revision=now, known_at=when.known_at)
    everyone = search.index(when.on, revision=now, known_at=when.known_at)
    answers = standings(when.on, when.known_at, now)
    filterable = not when.too_early and len(everyone.schools) <= MOST
    if asked.states and filterable:
        everywhere = _in_state(everywhere, asked.states, answers)
    found = [one for one in everywhere if asked.academie in ("", one.place.academie)]
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "moment": when,
        "banner": BANNER if everyone.fictional else "",
        "asked": asked,
        "count": len(found),
        "results": _results(shown, when, answers),
        "page": shown,
        "pages": _pages(shown, asked, when),
        "map": tile_map(Counter(one.place.academie for one in everywhere)),
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


def _asked(request: HttpRequest) -> Asked:
    plain = {name: " ".join(request.GET.get(name, "").split())[:200] for name in FIELDS}
    states = tuple(one for one in STATES if request.GET.get(f"etat_{one}"))
    return Asked(**{**plain, "rncp": rncp.compact(plain["rncp"])}, states=states)


def _in_state(found: Sequence[Found], states: Iterable[str], answers: Standings) -> list[Found]:
    """Those to whom every link asked says yes."""
    by_uai = answers.of(one.uai for one in found)
    words = [STATES[state][0] for state in states]
    return [one for one in found if all(by_uai[one.uai][word].outcome == "MET" for word in words)]


def _results(shown: Page[Found], when: Moment, answers: Standings) -> list[Result]:
    by_uai = {} if when.too_early else answers.of(one.uai for one in shown)
    return [
        Result(
            one,
            place_said(one.place.commune, one.place.academie),
            tuple(dict.fromkeys(title for title, _ in one.courses)),
            tuple(_mark(word, by_uai[one.uai][word], when) for word in WORDS) if one.uai in by_uai else (),
        )
        for one in shown
    ]


def _mark(word: str, standing: Standing, when: Moment) -> Mark:
    title = TITLES[word].format(list_year=standing.act_year, campaign=when.on.year).strip()
    under = f"sous {standing.under}" if standing.under else ""
    reading = f"{reverse('reading', args=[standing.readings[0]])}{when.kept}" if standing.readings else ""
    return Mark(title, SHAPES[standing.outcome], OUTCOMES[standing.outcome], under, reading)


def _address(when: Moment, asked: Asked, **changes: str) -> str:
    return when.address(**{**asked.named, **changes})


def _pages(shown: Page[Found], asked: Asked, when: Moment) -> dict[str, str]:
    """The addresses of the pages before and after, "" at the ends."""
    before = shown.previous_page_number() if shown.has_previous() else 0
    after = shown.next_page_number() if shown.has_next() else 0
    return {
        "before": _address(when, asked, page=str(before) if before > 1 else "") or "?" if before else "",
        "after": _address(when, asked, page=str(after)) if after else "",
    }


def _choices(everyone: Index) -> dict[str, list[Choice]]:
    """The values of each filter: every région and académie; the diplomas and titles that somebody prepares that day."""
    regions = sorted(geography.regions().values(), key=lambda one: one.name)
    academies = sorted(geography.academies().values(), key=lambda one: one.name)
    return {
        "region": [Choice(one.code, one.name) for one in regions],
        "academie": [Choice(one.code, one.name) for one in academies],
        "rncp": [
            Choice(code, f"{title} ({code})")
            for code, title in sorted(everyone.courses.items(), key=lambda one: one[1])
        ],
    }


def _sentence(asked: Asked) -> str:
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


def _advice(asked: Asked, when: Moment, everyone: Index) -> list[Advice]:
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
    for name, module in NORMS:
        if _shaped(name, bare):
            try:
                module.validate(bare)
            except IdentifierError as error:
                return str(error)
    return ""


def _shaped(name: str, bare: str) -> bool:
    figures = sum(one.isdigit() for one in bare)
    if name == "rncp":
        return bare.startswith(("RNCP", "RS")) and figures >= 2
    if name == "uai":
        return len(bare) == 8 and figures == 7 and bare[-1].isalpha()
    return bare.isdigit() and len(bare) == {"siret": 14, "siren": 9}[name]


def _looser(asked: Asked, when: Moment) -> Iterable[Advice]:
    """The same search with one filter less, when that finds something."""
    labels = {"academie": "l'académie", "region": "la région", "departement": "le département", "rncp": "la fiche RNCP"}
    now = revision.number()
    for name, label in labels.items():
        if not getattr(asked, name):
            continue
        without = Asked(**{**{field: getattr(asked, field) for field in FIELDS}, name: ""}, states=())
        query = replace(without.query, academie=without.academie)
        count = len(search.search(query, when.on, revision=now, known_at=when.known_at))
        if count:
            yield Advice(f"retirez {label} : {counted(count, 'école')}", _address(when, without))
    if asked.states:
        yield Advice("retirez ce qui est demandé de l'école ce jour-là", _address(when, replace(asked, states=())))
