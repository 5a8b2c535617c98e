"""``/listes/<année>``: an annual list as its act says it on a day, by région and académie, and what changes from the one before.

A list is named by the civil year in which it was signed. One that the register does not hold is not an empty list: the page
says that it does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from equerre import law
from equerre.documents.phrases import upper
from equerre.documents.voices import BANNER
from equerre.kernel import geography
from equerre.kernel.french import counted, day, in_letters, last_day, listed
from equerre.opendata.annual_list import ADDED, CHANGED, REMOVED, Change, Yearly, yearly
from equerre.opendata.exports import SEEN
from equerre.opendata.register import ListLine
from equerre.opendata.search import words_of
from equerre.opendata.tables import LISTS
from equerre.registry import selectors
from equerre.rules import annual_list
from equerre.rules.chain import ARTICLE
from equerre.web.addresses import article_address
from equerre.web.canonical import home
from equerre.web.downloads import offered
from equerre.web.moment import Moment, moment
from equerre.web.unchanged import unless_unchanged

# Each kind of change: its sign, the word for one, the words for several.
SIGNS = {
    ADDED: ("plus", "ajoutée", "ajoutées"),
    CHANGED: ("diff", "modifiée", "modifiées"),
    REMOVED: ("minus", "retirée", "retirées"),
}
SAME = ("same", "inchangée", "inchangées")
# What the schools of each kind do, one then several.
VERBS = {
    ADDED: ("y entre", "y entrent"),
    REMOVED: ("en sort", "en sortent"),
    CHANGED: ("y change de place ou de numéro", "y changent de place ou de numéro"),
}
# Beyond, a square for each school is no longer a drawing that one reads.
MOST_SQUARES = 400


class Place(NamedTuple):
    """The schools of one académie."""

    academie: str
    lines: tuple[ListLine, ...]


class Region(NamedTuple):
    """The académies of one région."""

    name: str
    schools: int
    places: tuple[Place, ...]


class Row(NamedTuple):
    """One change: its sign and word, the school, what differs."""

    sign: str
    word: str
    uai: str
    name: str
    commune: str
    differs: tuple[tuple[str, str, str], ...]
    because: str


class Sign(NamedTuple):
    """One sign of the drawing, for how many schools, and its legend."""

    sign: str
    schools: int
    said: str

    @property
    def each(self) -> range:
        """Once for each school."""
        return range(self.schools)


@require_safe
@unless_unchanged
def latest(request: HttpRequest) -> HttpResponse:
    """``/listes``: the last list published on the day asked, else the list of its year, which says that it is not held."""
    when = moment(request)
    held = [fact.value for fact in selectors.annual_lists(known_at=when.known_at) if fact.valid.holds(when.on)]
    newest = max((act.act_year for act in held), default=max(when.on.year, _first_year()))
    return redirect(f"{reverse('list', args=[newest])}{when.kept}")


@require_safe
@unless_unchanged
def page(request: HttpRequest, act_year: int) -> HttpResponse:
    """One list; 404 for a year in which no list could be signed."""
    when = moment(request)
    if not _first_year() <= act_year <= when.today.year + 1:
        raise Http404(f"Aucune liste annuelle ne peut porter l'année {act_year}.")
    found = yearly(act_year, when.on, when.known_at)
    listing = found.listing
    q, academie = " ".join(request.GET.get("q", "").split())[:200], request.GET.get("academie", "")
    shown = [line for line in listing.lines if academie in ("", line.place.academie) and _bears(line, words_of(q))]
    context = {
        "moment": when,
        "banner": BANNER if found.fictional else "",
        "act_year": act_year,
        "found": found,
        "act": listing.act.value if listing.act else None,
        "source": listing.act.source if listing.act else None,
        "sentence": _sentence(found),
        "afterwards": _afterwards(found),
        "not_yet": _not_yet(found),
        "serves": _serves(found),
        "regions": list(_regions(shown)),
        "shown": len(shown),
        "q": q,
        "academie": academie,
        "academies": _academies(listing.lines),
        "rows": [_row(change) for change in found.changes],
        "signs": _signs(found),
        "squares": len(listing.lines) <= MOST_SQUARES,
        "squares_said": listed([sign.said for sign in _signs(found)]),
        "published_address": when.address(on=found.act.value.published_on.isoformat()) if found.act else "",
        "article_page": article_address("code-education/L443-6/s3", when.asked.get("on", "")),
        "files": offered(LISTS.slug, when, SEEN, act_year=str(act_year)),
        "days": (),
        "amended": [(SIGNS[one.kind], one) for one in found.amendments],
        "others": _others(found, when),
        "here": f"{home(request)}{request.path}{when.address(on=when.on.isoformat())}",
    }
    return render(request, "web/annual_list.html", context, status=when.status)


def _first_year() -> int:
    """The year in which the article begins: no list can be older."""
    born_on = law.article(ARTICLE).born_on
    return born_on.year if born_on else date.min.year


def _sentence(found: Yearly) -> str:
    """« Au 3 novembre 2026, 47 écoles, fixées par un arrêté commun de deux ministres. Sept y entrent, une en sort. »"""
    count, acts = len(found.listing.lines), len({one.source.key for one in found.amendments})
    said = (
        f"Au {day(found.listing.on)}, {counted(count, 'école')}, {'fixées' if count > 1 else 'fixée'} par un arrêté commun de "
        f"deux ministres{_amended_by(acts)}."
    )
    if found.before.act is None:
        return f"{said} La liste {found.listing.act_year - 1} n'est pas au registre : on ne sait pas ce qui change."
    counts = Counter(change.kind for change in found.changes)
    told = [
        f"{in_letters(counts[kind], feminine=True)} {verbs[counts[kind] > 1]}"
        for kind, verbs in VERBS.items()
        if counts[kind]
    ]
    if not told:
        return f"{said} Rien ne change depuis la liste {found.listing.act_year - 1}."
    return f"{said} {upper(listed(told))}."


def _amended_by(acts: int) -> str:
    if not acts:
        return ""
    return f", que {in_letters(acts)} {'acte a modifié' if acts == 1 else 'actes ont modifié'} depuis"


# What a list whose days are over is worth, under each option of R3, before the next one is held.
AFTERWARDS = {
    "a": "l'inscription s'arrêterait là",
    "b": "tant qu'elle n'est pas publiée, l'inscription vaut encore",
    "c": "on ne sait pas si l'inscription vaut encore",
}


def _afterwards(found: Yearly) -> str:
    """That the days of a list are over, and what then; "" while they last."""
    if found.listing.act is None:
        return ""
    act, on = found.listing.act.value, found.listing.on
    end = annual_list.serves(act, on).covers.end
    if end is None or on < end:
        return ""
    said = f"Les jours que couvre cette liste ont pris fin le {last_day(end)}."
    if found.after is not None:
        return f"{said} La liste {act.act_year + 1}, publiée le {day(found.after.value.published_on)}, lui succède."
    option = law.reading("R3").option("clause" if act.effect_ends_on else "silent")
    return f"{said} La liste {act.act_year + 1} n'est pas au registre : {AFTERWARDS[option]} (lecture R3-{option})."


def _not_yet(found: Yearly) -> str:
    """Why there is no list on that day: it was published later, or the register does not hold it."""
    if found.listing.act is not None:
        return ""
    year = found.listing.act_year
    if found.act is None:
        return f"On ne sait pas : l'arrêté de la liste annuelle {year} n'est pas au registre."
    published_on = found.act.value.published_on
    return (
        f"Au {day(found.listing.on)}, la liste annuelle {year} n'était pas publiée. Elle l'est le {day(published_on)}."
    )


def _serves(found: Yearly) -> dict[str, str]:
    """The days and the campaign that the list serves, by its text, else under which reading."""
    if found.listing.act is None:
        return {}
    serves = annual_list.serves(found.listing.act.value, found.listing.on)
    taken = {one.use: str(one) for one in serves.taken}
    start, end = serves.covers.start, serves.covers.end
    days = f"du {day(start)} au {last_day(end)}" if start and end else "jours non établis"
    return {
        "days": days,
        "days_reading": taken.get("schooling", ""),
        "campaign": str(serves.campaign_year),
        "campaign_reading": taken.get("tax", ""),
    }


def _bears(line: ListLine, words: Sequence[str]) -> bool:
    """Does a line bear each of these words, or one that begins by it: name, commune, UAI, SIRET?"""
    held = words_of(" ".join(text for text in (line.name, line.place.commune, line.uai, line.place.siret) if text))
    return all(any(one.startswith(word) for one in held) for word in words)


def _academies(lines: Iterable[ListLine]) -> list[tuple[str, str]]:
    """The académies of a list, in the order of their names."""
    codes = {line.place.academie for line in lines if line.place.academie}
    return sorted(((code, geography.academies()[code].name) for code in codes), key=lambda one: one[1])


def _regions(lines: Sequence[ListLine]) -> Iterator[Region]:
    """As the act is read: région by région, académie by académie. Without a département, the place is not known."""
    regions, academies = geography.regions(), geography.academies()
    for region, inside in groupby(lines, key=lambda line: line.place.region):
        places = tuple(
            Place(academies[code].name if code in academies else "Académie inconnue", tuple(schools))
            for code, schools in groupby(inside, key=lambda line: line.place.academie or "")
        )
        name = regions[region].name if region in regions else "Région inconnue"
        yield Region(name, sum(len(place.lines) for place in places), places)


def _row(change: Change) -> Row:
    sign, word, _ = SIGNS[change.kind]
    line = change.line
    return Row(
        sign,
        word.capitalize(),
        line.uai,
        line.name,
        line.place.commune or "",
        tuple(_differs(change)),
        change.because,
    )


def _differs(change: Change) -> Iterator[tuple[str, str, str]]:
    """What the two lists say otherwise: label, before, now."""
    if change.before is None or change.kind != CHANGED:
        return
    for label, name in (("Commune", "commune"), ("Département", "departement"), ("SIRET", "siret")):
        old, new = getattr(change.before.place, name), getattr(change.line.place, name)
        if old != new:
            yield label, old or "rien", new or "rien"


def _signs(found: Yearly) -> list[Sign]:
    moved = Counter(change.kind for change in found.changes)
    counts = [
        (SIGNS[ADDED], moved[ADDED]),
        (SIGNS[CHANGED], moved[CHANGED]),
        (SAME, found.unchanged),
        (SIGNS[REMOVED], moved[REMOVED]),
    ]
    return [
        Sign(sign, count, f"{count} {one if count < 2 else several}") for (sign, one, several), count in counts if count
    ]


def _others(found: Yearly, when: Moment) -> list[tuple[int, bool]]:
    """The other years, newest first, and whether the register holds their list; the years between two lists too."""
    years = {*found.years, found.listing.act_year, when.on.year}
    first, last = max(min(years), _first_year()), max(years)
    return [(year, year in found.years) for year in range(last, first - 1, -1) if year != found.listing.act_year]
