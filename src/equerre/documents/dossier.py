"""A finding that anyone can replay: one file with all that an answer stands on, and the answer itself.

::

    format       "equerre-dossier/1"
    equerre      the version that computed it
    question     on, known_at, options
    facts        the facts as they were known, in the form of a file of facts, with their sources and the hashes of these
    wordings     every article cited: all its wordings with their dates, where each date comes from, its public address
    parameters   every number of the law, dated, with its reference or the word "missing"
    readings     every reading taken, the whole row of our table
    answer       the answer (see ``answer``)
    seals        the SHA-256 of each section, then of the whole

``verify`` computes it all again from the dossier's own question and facts, without server, database or network, and compares
byte for byte. It says what differs: a section changed since it was sealed, a table of law that is no longer the same, a
finding that comes out otherwise, another version of Équerre.

Seals show that a file was changed by accident or by somebody who stopped there. Whoever rewrites facts, answer and seals
together makes another dossier, in order in itself: only the SHA-256 of the whole, kept elsewhere, tells the two apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from itertools import zip_longest
from math import isfinite
from typing import Any, TypedDict, cast

from equerre import __version__, law
from equerre.documents.answer import answer, as_json, canonical, chosen_options, parameter_row
from equerre.documents.answer_rows import Answer, ParameterRow
from equerre.documents.facts_file import facts_from_json, facts_to_json
from equerre.documents.labels import KEYS, SECTIONS
from equerre.documents.written_dates import day_written, instant_written
from equerre.facts.kind import LAST_YEAR
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.errors import CitationError, EquerreError, FactsError, quoted
from equerre.kernel.french import counted
from equerre.law.wordings import Article
from equerre.rules.chain import Chain, explain
from equerre.rules.doubt import Doubt, measure

FORMAT = "equerre-dossier/1"
SEALED = ("question", "facts", "wordings", "parameters", "readings", "answer")
# How many differences of one section are worth reading: beyond, they are counted.
SHOWN = 12


class NeededQuestion(TypedDict):
    """The day, the instant of knowledge, the readings chosen."""

    on: date
    known_at: datetime | None
    options: dict[str, str]


class QuestionRow(NeededQuestion, total=False):
    """What was asked; ``view`` is there, and ``public``, when the facts are those that anybody may see."""

    view: str


WordingRow = TypedDict(
    "WordingRow",
    {
        "from": date | None,
        "until": date | None,
        "changed_by": str | None,
        "legiarti": str | None,
        "url": str | None,
        "confidence": str,
        "source": str,
        "covered_until": date,
        "other_rule": bool,
    },
)


class WholeArticleRow(TypedDict):
    """An article cited, with all its wordings."""

    title: str
    covered_until: date
    not_established: str | None
    wordings: list[WordingRow]


class WholeReadingRow(TypedDict):
    """A reading taken, as it stands in our table."""

    title: str
    doubt: str
    options: dict[str, str]
    default: str
    default_for: dict[str, str]
    suspends: bool
    why_default: str
    confidence: str
    settles: str
    articles: tuple[Citation, ...]


class Seals(TypedDict):
    """The SHA-256 of each section, then of the whole but these."""

    question: str
    facts: str
    wordings: str
    parameters: str
    readings: str
    answer: str
    dossier: str


class Dossier(TypedDict):
    """The whole dossier: see the head of this module."""

    format: str
    equerre: str
    question: QuestionRow
    facts: dict[str, Any]
    wordings: dict[Citation, WholeArticleRow]
    parameters: dict[str, list[ParameterRow]]
    readings: dict[str, WholeReadingRow]
    answer: Answer
    seals: Seals


# A dossier that somebody gives: nothing in it is sure yet.
Given = dict[str, Any]


def dossier(chain: Chain, doubts: Mapping[str, Doubt]) -> Dossier:
    """Everything needed to compute this chain again, and the answer that it gave. It is JSON: what is sealed is a text."""
    found = answer(chain, doubts)
    articles = dict.fromkeys(citation.whole_article for citation in found.citations)
    # Which view of the facts was asked, so that what it withholds is withheld again when it is replayed.
    view = {"view": PUBLIC} if chain.facts.withheld else {}
    made: Given = as_json(
        {
            "format": FORMAT,
            "equerre": __version__,
            "question": {"on": found.on, "known_at": found.known_at, "options": found.options, **view},
            "facts": facts_to_json(chain.facts),
            "wordings": {article: _article(law.article(article)) for article in articles},
            "parameters": {
                name: [parameter_row(value) for value in values] for name, values in law.parameters().items()
            },
            "readings": {number: _reading(number) for number in found.readings},
            "answer": found,
        }
    )
    return cast(Dossier, {**made, "seals": _seals(made)})


def seal(data: Any) -> str:
    """The SHA-256 of this data: JSON without a blank, in ASCII, keys in their order. Anyone can compute it."""
    return sha256(json.dumps(data, allow_nan=False, separators=(",", ":")).encode()).hexdigest()


def _seals(made: Mapping[str, Any]) -> dict[str, str]:
    sections = {name: seal(made[name]) for name in SEALED}
    return {**sections, "dossier": seal({key: value for key, value in made.items() if key != "seals"})}


# --- The tables of law, as rows --------------------------------------------------------------------------------------


def _article(article: Article) -> WholeArticleRow:
    return {
        "title": article.title,
        "covered_until": article.covered_until,
        "not_established": article.not_established,
        "wordings": [
            {
                "from": wording.in_force.start,
                "until": wording.in_force.end,
                "changed_by": wording.changed_by,
                "legiarti": wording.legiarti,
                "url": wording.url,
                "confidence": wording.confidence,
                "source": wording.source,
                "covered_until": wording.covered_until,
                "other_rule": wording.other_rule,
            }
            for wording in article.wordings
        ],
    }


def _reading(number: str) -> WholeReadingRow:
    row = law.reading(number)
    return {
        "title": row.title,
        "doubt": row.doubt,
        "options": row.options,
        "default": row.default,
        "default_for": row.default_for,
        "suspends": row.suspends,
        "why_default": row.why_default,
        "confidence": row.confidence,
        "settles": row.settles,
        "articles": row.articles,
    }


# --- Read and verified -----------------------------------------------------------------------------------------------


def verify(text: str) -> list[str]:
    """What differs between a dossier and what is computed again from it; nothing when it holds.

    Raises :class:`FactsError` when the text is not a dossier at all.
    """
    given = _read(text)
    try:
        return _compared(given, text)
    except RecursionError:
        raise FactsError([f"Ce dossier est imbriqué sans fin. {_HOW}"]) from None


def _compared(given: Given, text: str) -> list[str]:
    differences = list(_broken_seals(given))
    if given["equerre"] != __version__:
        made_by, here = _shown(given["equerre"]), _shown(__version__)
        version = (
            f"La version d'Équerre : le dossier a été fait par la version {made_by}, celle-ci est la version {here}."
        )
        differences = [version, *differences]
    try:
        again = cast(Given, _again(given))
    except EquerreError as error:
        problems = error.problems if isinstance(error, FactsError) else (str(error),)
        return [*differences, *(f"Le dossier ne se rejoue pas. {problem}" for problem in problems)]
    for section in SEALED:
        found = list(_differences(given[section], again[section]))
        differences += (_sentence(section, *difference) for difference in found[:SHOWN])
        if len(found) > SHOWN:
            left = counted(len(found) - SHOWN, "autre différence", "autres différences")
            differences.append(f"{_upper(SECTIONS[section])} : {left}.")
    if differences or canonical(again) == text:
        return differences
    return ["Les valeurs sont les mêmes, mais le texte est écrit autrement : blancs, ordre des clés ou clés répétées."]


def _read(text: str) -> Given:
    """The dossier in a text, or a :class:`FactsError` that says why there is none."""
    try:
        given = json.loads(text, parse_constant=_finite, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise FactsError([f"Ligne {error.lineno}, colonne {error.colno} : ce n'est pas du JSON. {_HOW}"]) from None
    except (ValueError, RecursionError):
        raise FactsError([f"Ce n'est pas un JSON qu'Équerre puisse lire. {_HOW}"]) from None
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        kind = given.get("format") if isinstance(given, dict) else None
        said = f" Son format est {quoted(str(kind))}, et non « {FORMAT} »." if kind is not None else ""
        raise FactsError([f"Ce fichier n'est pas un dossier d'Équerre.{said} {_HOW}"])
    missing = [SECTIONS[name] for name in ("equerre", *SEALED, "seals") if name not in given]
    if missing:
        raise FactsError([f"Ce dossier est incomplet : il manque {', '.join(missing)}."])
    return given


# The view that anybody may have of the facts.
PUBLIC = "public"
_HOW = "Un dossier s'obtient par equerre explain --format dossier."


def _finite(written: str) -> float:
    found = float(written)
    if not isfinite(found):
        raise ValueError(written)
    return found


def _broken_seals(given: Given) -> Iterator[str]:
    """Which section is no longer what it was when the dossier was made."""
    kept = given["seals"] if isinstance(given["seals"], dict) else {}
    for name, computed in _seals(given).items():
        if kept.get(name) == computed:
            continue
        yield (
            f"{_upper(SECTIONS[name])} : l'empreinte inscrite est {_start(kept.get(name))}, celle du contenu est "
            f"{_start(computed)}. {_CHANGED.get(name, 'Le contenu ou son empreinte a été modifié.')}"
        )
    for name in kept:
        if name not in (*SEALED, "dossier"):
            yield f"Les empreintes : {quoted(name)} ne s'y attend pas."
    for name in given:
        if name not in ("format", "equerre", *SEALED, "seals"):
            yield f"Le dossier entier : la section {quoted(name)} ne s'y attend pas."


_CHANGED = {"facts": "Les faits ont été modifiés, ou leur empreinte."}


def _start(digest: object) -> str:
    return f"« {str(digest)[:12]}… »" if isinstance(digest, str) and digest.isalnum() else "absente"


def _again(given: Given) -> Dossier:
    """The dossier that the same question about the same facts gives here and now."""
    question = given["question"]
    if not isinstance(question, dict):
        raise FactsError(["La question posée n'est pas lisible."])
    on = day_written(str(question.get("on")))
    if on is None or on.year > LAST_YEAR:
        raise FactsError(
            [f"Le jour demandé, {quoted(str(question.get('on')))}, n'est pas une date qu'Équerre calcule."]
        )
    known_at = None
    if question.get("known_at") is not None:
        known_at = instant_written(str(question["known_at"]))
        if known_at is None:
            raise FactsError([f"L'instant de connaissance, {quoted(str(question['known_at']))}, n'est pas un instant."])
    facts = facts_from_json(given["facts"])
    if question.get("view") not in (None, PUBLIC):
        raise FactsError(
            [f"La vue demandée, {quoted(str(question['view']))}, n'existe pas : c'est « {PUBLIC} », ou rien."]
        )
    seen = facts.public_view() if question.get("view") else facts
    options = question.get("options")
    if not isinstance(options, dict):
        raise FactsError(["Les lectures choisies ne sont pas lisibles."])
    readings = chosen_options({point: str(option) for point, option in options.items()})
    chain = explain(seen, on, known_at=known_at, readings=readings)
    return dossier(chain, measure(chain))


# --- What differs, in words ------------------------------------------------------------------------------------------


_ABSENT = object()


def _differences(given: Any, again: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every leaf that is not the same, with its place in the section."""
    if isinstance(given, dict) and isinstance(again, dict):
        for key in dict.fromkeys([*again, *given]):
            yield from _differences(given.get(key, _ABSENT), again.get(key, _ABSENT), (*path, str(key)))
    elif isinstance(given, list) and isinstance(again, list):
        for place, (before, after) in enumerate(zip_longest(given, again, fillvalue=_ABSENT), start=1):
            yield from _differences(before, after, (*path, str(place)))
    elif type(given) is not type(again) or given != again:
        yield path, given, again


_INTRODUCTIONS = {
    "facts": "Les faits ne sont pas écrits comme Équerre les écrit",
    "wordings": "La table des rédactions n'est plus la même",
    "parameters": "La table des paramètres n'est plus la même",
    "readings": "La table des lectures n'est plus la même",
    "answer": "La réponse n'est pas celle que donnent ces faits",
    "question": "La question n'est pas écrite comme Équerre l'écrit",
}


def _sentence(section: str, path: tuple[str, ...], given: Any, again: Any) -> str:
    place = _place(section, path)
    return f"{_INTRODUCTIONS[section]}. {place} : le dossier dit {_shown(given)}, le calcul donne {_shown(again)}."


def _place(section: str, path: tuple[str, ...]) -> str:
    """« Constat recognition.recognised, motif »: the table, the key, then the field."""
    if not path:
        return _upper(SECTIONS[section])
    first, *rest = path
    said = [_article_said(first)] if section == "wordings" else [KEYS.get(first, _bare(first))]
    if section in ("parameters", "readings"):
        said = [f"{KEYS[section]} {_bare(first)}"]
    if section == "answer" and rest and first in _TABLES:
        said = [f"{said[0]} {_bare(rest.pop(0))}"]
    return _upper(", ".join([*said, *(KEYS.get(part, _bare(part)) for part in rest)]))


# The tables of an answer, whose next step in a path is a key of theirs.
_TABLES = ("findings", "facts", "sources", "citations", "readings", "parameters", "links", "sentences")


def _bare(text: str) -> str:
    return quoted(text, longest=80)[2:-2]


def _article_said(address: str) -> str:
    try:
        return Citation.parse(address).in_french() if address.partition("/")[0] in CODES else quoted(address)
    except CitationError:
        return quoted(address)


def _shown(value: Any) -> str:
    if value is _ABSENT or value is None:
        return "rien"
    if isinstance(value, dict | list):
        return f"{'un ensemble' if isinstance(value, dict) else 'une liste'} de {counted(len(value), 'élément')}"
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    return quoted(str(value), longest=160)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
