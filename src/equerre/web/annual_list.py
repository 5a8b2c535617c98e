"""``/listes/<année>``: an annual list as its act says it on a day, by région and académie, and what changes from the one before.

A list is named by the civil year in which it was signed. One that the register does not hold is not an empty list: the page
says that it does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
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
from equerre.web.moment import MOMENT, moment
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
# What of the place of a school two lists may say otherwise.
DIFFERING = (("Commune", "commune"), ("Département", "departement"), ("SIRET", "siret"))
# Beyond, a square for each school is no longer a drawing that one reads.
MOST_SQUARES = 400


class AcademieSchools(NamedTuple):
    """The schools of one académie."""

    academie: str
    lines: tuple[ListLine, ...]


class RegionSchools(NamedTuple):
    """The académies of one région."""

    name: str
    schools: int
    places: tuple[AcademieSchools, ...]


class ListMove(NamedTuple):
    """One change: its sign and word, the school, what differs."""

    sign: str
    word: str
    uai: str
    name: str
    commune: str
    differs: tuple[tuple[str, str, str], ...]
    because: str

    @classmethod
    def of(cls, change: Change) -> ListMove:
        """With what the two lists say otherwise: label, before, now."""
        (sign, word, _), line = SIGNS[change.kind], change.line
        places = [
            (label, getattr(change.before.place, name), getattr(line.place, name))
            for label, name in DIFFERING
            if change.before is not None and change.kind == CHANGED
        ]
        differs = tuple((label, old or "rien", new or "rien") for label, old, new in places if old != new)
        return cls(sign, word.capitalize(), line.uai, line.name, line.place.commune or "", differs, change.because)


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
@unless_unchanged(*MOMENT)
def latest(request: HttpRequest) -> HttpResponse:
    """``/listes``: the last list published on the day asked, else the list of its year, which says that it is not held."""
    when = moment(request)
    acts = [fact.value for fact in selectors.annual_lists(known_at=when.known_at) if fact.valid.holds(when.on)]
    newest = max((act.act_year for act in acts), default=max(when.on.year, _first_year()))
    return redirect(f"{reverse('list', args=[newest])}{when.kept}")


@require_safe
@unless_unchanged(*MOMENT, "q", "academie")
def page(request: HttpRequest, act_year: int) -> HttpResponse:
    """One list; 404 for a year in which no list could be signed."""
    when = moment(request)
    if not _first_year() <= act_year <= when.today.year + 1:
        raise Http404(f"Aucune liste annuelle ne peut porter l'année {act_year}.")
    found = yearly(act_year, when.on, when.known_at)
    listing = found.listing
    q, academie = " ".join(request.GET.get("q", "").split())[:200], request.GET.get("academie", "")
    shown = [line for line in listing.lines if academie in ("", line.place.academie) and _bears(line, words_of(q))]
    academies = geography.academies()
    codes = {line.place.academie for line in listing.lines if line.place.academie}
    # The years between two lists too, newest first, and whether the register holds the list of each.
    years = {*found.years, listing.act_year, when.on.year}
    first, last = max(min(years), _first_year()), max(years)
    context = {
        "moment": when,
        "banner": BANNER if found.fictional else "",
        "act_year": act_year,
        "found": found,
        "act": listing.act.value if listing.act else None,
        "source": listing.act.source if listing.act else None,
        "sentence": _sentence(found),
        "afterwards": "",
        "not_yet": "",
        **_beyond_its_days(found),
        "serves": _serves(found),
        "regions": list(_regions(shown)),
        "shown": len(shown),
        "q": q,
        "academie": academie,
        "academies": sorted(((code, academies[code].name) for code in codes), key=lambda academie: academie[1]),
        "rows": [ListMove.of(change) for change in found.changes],
        "signs": _signs(found),
        "squares": len(listing.lines) <= MOST_SQUARES,
        "squares_said": listed([sign.said for sign in _signs(found)]),
        "published_address": when.address(on=found.act.value.published_on.isoformat()) if found.act else "",
        "article_page": article_address("code-education/L443-6/s3", when.asked.get("on", "")),
        "files": offered(LISTS.slug, when, SEEN, act_year=str(act_year)),
        "days": (),
        "amended": [(SIGNS[amendment.kind], amendment) for amendment in found.amendments],
        "others": [(year, year in found.years) for year in range(last, first - 1, -1) if year != listing.act_year],
        "here": f"{home(request)}{request.path}{when.address(on=when.on.isoformat())}",
    }
    return render(request, "web/annual_list.html", context, status=when.status)


def _first_year() -> int:
    """The year in which the article begins: no list can be older."""
    born_on = law.article(ARTICLE).born_on
    return born_on.year if born_on else date.min.year


def _sentence(found: Yearly) -> str:
    """« Au 3 novembre 2026, 47 écoles, fixées par un arrêté commun de deux ministres. Sept y entrent, une en sort. »"""
    count, acts = len(found.listing.lines), len({amendment.source.key for amendment in found.amendments})
    amended = (
        f", que {in_letters(acts)} {'acte a modifié' if acts == 1 else 'actes ont modifié'} depuis" if acts else ""
    )
    said = (
        f"Au {day(found.listing.on)}, {counted(count, 'école')}, {'fixées' if count > 1 else 'fixée'} par un arrêté commun de "
        f"deux ministres{amended}."
    )
    if found.before.act is None:
        return f"{said} La liste {found.listing.act_year - 1} n'est pas au registre : on ne sait pas ce qui change."
    counts = Counter(change.kind for change in found.changes)
    moves = [
        f"{in_letters(counts[kind], feminine=True)} {verbs[counts[kind] > 1]}"
        for kind, verbs in VERBS.items()
        if counts[kind]
    ]
    if not moves:
        return f"{said} Rien ne change depuis la liste {found.listing.act_year - 1}."
    return f"{said} {upper(listed(moves))}."


# What a list whose days are over is worth, under each option of R3, before the next one is held.
AFTERWARDS = {
    "a": "l'inscription s'arrêterait là",
    "b": "tant qu'elle n'est pas publiée, l'inscription vaut encore",
    "c": "on ne sait pas si l'inscription vaut encore",
}


def _beyond_its_days(found: Yearly) -> dict[str, str]:
    """Why there is no list on that day yet; or that the days of the list are over, and what then. "" while they last."""
    listing = found.listing
    if listing.act is None:
        said = f"On ne sait pas : l'arrêté de la liste annuelle {listing.act_year} n'est pas au registre."
        if found.act is not None:
            said = f"Au {day(listing.on)}, la liste annuelle {listing.act_year} n'était pas publiée."
            said += f" Elle l'est le {day(found.act.value.published_on)}."
        return {"not_yet": said}
    act, on = listing.act.value, listing.on
    end = annual_list.serves(act, on).covers.end
    if end is None or on < end:
        return {}
    said = f"Les jours que couvre cette liste ont pris fin le {last_day(end)}."
    if found.after is not None:
        following = found.after.value.published_on
        return {"afterwards": f"{said} La liste {act.act_year + 1}, publiée le {day(following)}, lui succède."}
    option = law.reading("R3").option("clause" if act.effect_ends_on else "silent")
    said += f" La liste {act.act_year + 1} n'est pas au registre : {AFTERWARDS[option]} (lecture R3-{option})."
    return {"afterwards": said}


def _serves(found: Yearly) -> dict[str, str]:
    """The days and the campaign that the list serves, by its text, else under which reading."""
    if found.listing.act is None:
        return {}
    serves = annual_list.serves(found.listing.act.value, found.listing.on)
    taken = {reading.use: str(reading) for reading in serves.taken}
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
    borne = words_of(" ".join(text for text in (line.name, line.place.commune, line.uai, line.place.siret) if text))
    return all(any(written.startswith(word) for written in borne) for word in words)


def _regions(lines: Sequence[ListLine]) -> Iterator[RegionSchools]:
    """As the act is read: région by région, académie by académie. Without a département, the place is not known."""
    regions, academies = geography.regions(), geography.academies()
    for region, inside in groupby(lines, key=lambda line: line.place.region):
        places = tuple(
            AcademieSchools(academies[code].name if code in academies else "Académie inconnue", tuple(schools))
            for code, schools in groupby(inside, key=lambda line: line.place.academie or "")
        )
        name = regions[region].name if region in regions else "Région inconnue"
        yield RegionSchools(name, sum(len(place.lines) for place in places), places)


def _signs(found: Yearly) -> list[Sign]:
    moved = Counter(change.kind for change in found.changes)
    counts = [
        (SIGNS[ADDED], moved[ADDED]),
        (SIGNS[CHANGED], moved[CHANGED]),
        (SAME, found.unchanged),
        (SIGNS[REMOVED], moved[REMOVED]),
    ]
    return [
        Sign(sign, count, f"{count} {singular if count < 2 else several}")
        for (sign, singular, several), count in counts
        if count
    ]
