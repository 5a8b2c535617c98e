"""One value of a file of facts: read for its field, or refused in a French sentence that says what to write.

Each reader takes what the notation gave (a TOML value, a JSON value) and returns it in its one form, or raises
:class:`Wrong`. Nothing is guessed: "oui" is no boolean, a date in quotes is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Protocol

from equerre import law
from equerre.documents.facts_file.toml_syntax import YES_OR_NO
from equerre.documents.written_dates import HOW, HOW_INSTANT, day_written, instant_written, what_is_wrong
from equerre.facts import KINDS
from equerre.facts.kind import FIRST_YEAR, LAST_YEAR, Field
from equerre.kernel import geography
from equerre.kernel.errors import IdentifierError, LawError, quoted
from equerre.kernel.french import listed
from equerre.kernel.identifiers import KINDS as NORMS
from equerre.kernel.invisible import first_invisible

_ABSENCE = re.compile(r"([a-z_]+)(\[.+\])?")
_OUT_OF_CALENDAR = (
    f"Équerre lit les dates de {FIRST_YEAR} à {LAST_YEAR}. Une fin inconnue ne s'écrit pas : retirez la ligne."
)


class Wrong(Exception):
    """Why a value is refused: a French sentence, without its place. Empty when it has already been said."""


class Dates(Protocol):
    """How a notation writes a day and an instant."""

    def day(self, raw: object) -> date: ...
    def instant(self, raw: object) -> datetime: ...


class TomlDates:
    """TOML has dates and instants of its own, without quotes."""

    def day(self, raw: object) -> date:
        if isinstance(raw, datetime):
            raise Wrong(f"{shown(raw)} porte une heure. Écrivez le jour seul, comme {raw.date().isoformat()}.")
        if isinstance(raw, date):
            return raw
        if isinstance(raw, str) and day_written(raw):
            raise Wrong(f"{quoted(raw)} est un texte. Une date s'écrit sans guillemets : {raw}.")
        raise Wrong(_no_date(raw, "sans guillemets"))

    def instant(self, raw: object) -> datetime:
        if isinstance(raw, datetime) and raw.tzinfo is None:
            raise Wrong(f"{shown(raw)}. Il manque le fuseau. {HOW_INSTANT}")
        if not isinstance(raw, datetime):
            raise Wrong(f"{shown(raw)} n'est pas un instant. {HOW_INSTANT}")
        try:
            return raw.astimezone(UTC)
        except OverflowError:
            raise Wrong(f"{shown(raw)}. {_OUT_OF_CALENDAR}") from None


class JsonDates:
    """JSON has none: they are texts of one form."""

    def day(self, raw: object) -> date:
        found = day_written(raw) if isinstance(raw, str) else None
        if found is None:
            raise Wrong(_no_date(raw, "entre guillemets"))
        return found

    def instant(self, raw: object) -> datetime:
        found = instant_written(raw) if isinstance(raw, str) else None
        if found is None:
            raise Wrong(f"{shown(raw)} n'est pas un instant. {HOW_INSTANT}")
        return found


def _no_date(raw: object, quotes: str) -> str:
    wrong = what_is_wrong(raw) if isinstance(raw, str) else None
    return f"{shown(raw)}. {wrong}" if wrong else f"{shown(raw)} n'est pas une date. {HOW[:-1]}, {quotes}."


def shown(raw: object) -> str:
    """A value as a message shows it.

    >>> shown("oui"), shown(True), shown(12), shown(["a"])
    ('« oui »', 'true', '12', 'une liste')
    """
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int):
        return str(raw) if abs(raw) < 10**18 else "un nombre démesuré"
    if isinstance(raw, Mapping | list | tuple):
        return "une table" if isinstance(raw, Mapping) else "une liste"
    return quoted(raw.isoformat() if isinstance(raw, date) else str(raw)) if raw is not None else "null"


def value_of(field: Field, raw: object, dates: Dates) -> object:
    """What the field holds, or :class:`Wrong`."""
    if not field.many:
        return _one(field, raw, dates)
    if not isinstance(raw, list):
        raise Wrong(f'{shown(raw)} n\'est pas une liste. Écrivez des crochets et des textes : ["a", "b"].')
    return tuple(_one(field, part, dates) for part in raw)


def day_of(raw: object, dates: Dates) -> date:
    """A day of the calendar that rules can count around."""
    found = dates.day(raw)
    _within_calendar(found)
    return found


def instant_of(raw: object, dates: Dates) -> datetime:
    """An instant of the same calendar, in UTC."""
    found = dates.instant(raw)
    _within_calendar(found)
    return found


def _within_calendar(moment: date) -> None:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Wrong(f"{shown(moment)}. {_OUT_OF_CALENDAR}")


def _one(field: Field, raw: object, dates: Dates) -> object:
    if field.base is date:
        return day_of(raw, dates)
    if field.base is bool:
        if not isinstance(raw, bool):
            raise Wrong(f"{shown(raw)} n'est ni oui ni non. {YES_OR_NO}")
        return raw
    return _number(field, raw) if field.base is int else text_of(field, raw)


def _number(field: Field, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise Wrong(f"{shown(raw)} n'est pas un nombre entier. Écrivez-le en chiffres, sans guillemets ni virgule.")
    lowest, highest = field.limits
    if field.numbers and raw not in field.numbers:
        raise Wrong(f"{shown(raw)}. Écrivez {listed([str(number) for number in field.numbers], last='ou')}.")
    if raw < 0 == lowest:
        raise Wrong(f"{shown(raw)}. Ce nombre ne peut pas être négatif.")
    if not lowest <= raw <= highest:
        raise Wrong(f"{shown(raw)}. Écrivez un nombre de {lowest} à {highest}.")
    return raw


def text_of(field: Field, raw: object) -> str:
    """A text, in the one form of its identifier when it is one."""
    if not isinstance(raw, str):
        raise Wrong(f"{shown(raw)} n'est pas un texte. Écrivez-le entre guillemets droits.")
    if not raw.strip():
        raise Wrong("le texte est vide. Écrivez-le ; s'il est facultatif et inconnu, retirez la ligne.")
    if not raw.isprintable() and (char := first_invisible(raw)):
        raise Wrong(
            f"{quoted(raw)} contient un caractère invisible (U+{ord(char):04X}). Retirez-le : un texte tient sur une seule ligne."
        )
    if field.choices and raw not in field.choices:
        raise Wrong(f"{quoted(raw)} n'est pas un choix possible. Écrivez {listed(list(field.choices), last='ou')}.")
    if field.form and not re.fullmatch(field.form.pattern, raw):
        raise Wrong(f"{quoted(raw)}. {field.form.instead}.")
    test = _TESTS.get((field.kind, field.name))
    if test is not None:
        test(raw)
    try:
        return NORMS[field.norm].validate(raw) if field.norm else raw
    except IdentifierError as error:
        raise Wrong(f"{quoted(raw)}. {error.reason[:1].upper()}{error.reason[1:]}") from None


# --- Texts whose truth is in a table -----------------------------------------------------------------------------------


def _known_departement(raw: str) -> None:
    if raw not in geography.departements() and raw not in geography.overseas():
        raise Wrong(f"{quoted(raw)}. Aucun département n'a ce code : il s'écrit comme « 01 », « 2A » ou « 974 ».")


def _two_years_running(raw: str) -> None:
    first, second = int(raw[:4]), int(raw[5:])
    if second != first + 1 or not FIRST_YEAR <= first < LAST_YEAR:
        raise Wrong(f"{quoted(raw)}. Une année scolaire va d'une année à la suivante, comme « 2025-2026 ».")


def _known_reading(raw: str) -> None:
    try:
        law.reading(raw)
    except LawError as error:
        raise Wrong(f"{quoted(raw)}. {error}") from None


def _names_a_kind(raw: str) -> None:
    """``opposition``, ``staff_approval[maître-1]``: a kind, and its key when it has one."""
    match = _ABSENCE.fullmatch(raw)
    kind = match[1] if match else ""
    if match is None or kind not in KINDS or kind == "stated_absence":
        raise Wrong(
            f"{quoted(raw)} n'est pas une sorte de fait. Écrivez par exemple « recognition » ou « opposition »."
        )
    if match[2] and not KINDS[kind].key:
        raise Wrong(f"{quoted(raw)}. Cette sorte de fait n'a pas de clé : écrivez « {kind} ».")


_TESTS: Mapping[tuple[str, str], Callable[[str], None]] = {
    ("site", "departement"): _known_departement,
    ("annual_list", "school_year"): _two_years_running,
    ("ruling", "reading"): _known_reading,
    ("stated_absence", "of"): _names_a_kind,
}
