"""What every voice says, in the same words: a headline and what it hangs on, articles, days, periods, an act, what is due.

Pure functions from rows of an answer to French.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from equerre.documents.answer import missing_label
from equerre.documents.answer_rows import Answer, DueRow, FactRow, FindingRow, LinkRow, OtherRow
from equerre.documents.labels import OUTCOMES, USES
from equerre.facts.calendar import CampaignDate
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.finding import Outcome
from equerre.kernel.french import day, last_day, listed
from equerre.kernel.period import Period
from equerre.law.readings import NONE

# To be on the list is asked below its link, which asks more: is the school an école de production (R2)?
LISTED = "annual_list.listed"
PARIS = ZoneInfo("Europe/Paris")


def headline(finding: FindingRow, reader: str) -> str:
    """The outcome in a word, and the readings that it hangs on.

    « Oui, sous la lecture R3-b ; non sous R3-a »
    """
    return outcome_said(finding.outcome, finding.hangs_on, reader, public=finding.public)


def outcome_said(outcome: Outcome, hangs_on: Sequence[OtherRow], reader: str, *, public: bool) -> str:
    """The same of a finding that stands in no answer."""
    others: dict[Outcome, list[str]] = {}
    for row in _by_number(hangs_on):
        others.setdefault(row.outcome, []).append(option_said(hangs_on, row.point, row.option))
    words = OUTCOMES[reader]
    otherwise = [f"{lower(words[other])} sous {listed(options)}" for other, options in others.items()]
    whole = " ; ".join([_under_which(words[outcome], hangs_on), *otherwise])
    return whole if public else f"{whole} (confidentiel)"


def _under_which(word: str, hangs_on: Sequence[OtherRow]) -> str:
    """The word, and the options under which it holds; a reading of which none is taken leaves the answer open."""
    taken = taken_for(hangs_on)
    followed = [option_said(hangs_on, point, option) for point, option in taken.items() if option != NONE]
    left_open = [option_said(hangs_on, point, "") for point, option in taken.items() if option == NONE]
    if followed:
        word += f", sous {'la lecture' if len(followed) == 1 else 'les lectures'} {listed(followed)}"
    if left_open:
        word += f", {listed(left_open)} {'restant ouverte' if len(left_open) == 1 else 'restant ouvertes'}"
    return word


def readings_said(hangs_on: Sequence[OtherRow]) -> str:
    """The readings that an answer hangs on, with the option followed: « R3-b et R6-b », « R10, restant ouverte »; or ""."""
    return listed(
        [
            option_said(hangs_on, point, option)
            if option != NONE
            else f"{option_said(hangs_on, point, '')}, restant ouverte"
            for point, option in taken_for(hangs_on).items()
        ]
    )


def act_year(answer: Answer, key: str = LISTED) -> str:
    """The year of the annual list that answers, "" when none does: an unknown waits for another list than the one it names."""
    finding = answer.findings[key]
    rows = [answer.facts[fact] for fact in finding.facts] if finding.outcome is not Outcome.UNKNOWN else []
    years = [str(row.value["act_year"]) for row in rows if row.kind == "annual_list"]
    return years[-1] if years else ""


def taken_for(hangs_on: Iterable[OtherRow]) -> dict[str, str]:
    """The points that a finding hangs on, in the order of their numbers, each with the option taken."""
    return {row.point: row.instead_of for row in _by_number(hangs_on)}


def _by_number(rows: Iterable[OtherRow]) -> list[OtherRow]:
    return sorted(rows, key=lambda row: (int(row.reading[1:]), row.point, row.option))


def option_said(hangs_on: Iterable[OtherRow], point: str, option: str) -> str:
    """``R3-b``; with its use when another use of the same reading weighs on the same finding."""
    number = reading_of(point)
    uses = {row.point for row in hangs_on if row.reading == number}
    said = f"{number}-{option}" if option else number
    return f"{said} ({USES[point]})" if len(uses) > 1 else said


def texts(addresses: Iterable[Citation], answer: Answer) -> str:
    """Articles as French lawyers write them, code by code, and beside those of one day which wording was read."""
    groups: dict[str, dict[str, dict[str, list[Citation]]]] = {}
    for address in addresses:
        row = answer.citations[address]
        article = row.short.partition(", ")[0]
        groups.setdefault(row.code, {}).setdefault(row.wording, {}).setdefault(article, []).append(address)
    return " ; ".join(
        f"{CODES[code]}, "
        + listed(
            [
                f"{listed([_parts(article, cited, answer) for article, cited in rows.items()])} ({wording})"
                for wording, rows in wordings.items()
            ]
        )
        for code, wordings in groups.items()
    )


def _parts(article: str, addresses: list[Citation], answer: Answer) -> str:
    """One article and the parts of it that are cited: « art. L. 443-6, première et troisième phrases »."""
    shorts = [answer.citations[address].short for address in sorted(addresses, key=str)]
    if len(shorts) > 1 and all(short.endswith(" phrase") for short in shorts):
        ordinals = [short.removeprefix(f"{article}, ").removesuffix(" phrase") for short in shorts]
        return f"{article}, {listed(ordinals)} phrases"
    return listed(shorts)


def which_date(value: CampaignDate) -> str:
    """What the best known day of a campaign is: « réelle », « révisée » or « prévue »."""
    return "réelle" if value.actual else "révisée" if value.revised else "prévue"


def span(period: Period[date]) -> str:
    """A period in words, with its last day.

    >>> span(Period(date(2025, 9, 1), date(2026, 9, 1)))
    'du 1er septembre 2025 au 31 août 2026'
    """
    start, end = period.start, period.end
    if start and end:
        return f"du {day(start)} au {last_day(end)}"
    if start:
        return f"depuis le {day(start)}"
    return f"jusqu'au {last_day(end)}" if end else "sans bornes connues"


def instant_said(moment: datetime) -> str:
    """An instant, at the time of Paris.

    >>> from datetime import UTC
    >>> instant_said(datetime(2026, 10, 1, 8, 30, tzinfo=UTC))
    '1er octobre 2026 à 10 h 30'
    """
    here = moment.astimezone(PARIS)
    return f"{day(here.date())} à {here.hour} h {here.minute:02d}"


def known_since(known: Period[datetime]) -> str:
    """« Connu depuis le 1er octobre 2026 à 10 h 30 »; "" when nobody said since when."""
    return f"Connu depuis le {instant_said(known.start)}" if known.start else ""


def when(due: DueRow, on: date) -> str:
    """By which day, or why there is none."""
    if due.by is None:
        return due.no_date or ""
    last = due.by
    said = f"Prévu le {day(last)}" if due.source else f"Au plus tard le {day(last)}"
    if due.not_before:
        # « Entre le 1er et le 15 novembre 2026 »: month and year are not said twice.
        first = day(due.not_before)
        same_month = (due.not_before.year, due.not_before.month) == (last.year, last.month)
        said = f"Entre le {first.split(' ')[0] if same_month else first} et le {day(last)}"
    return f"{said}{', ce jour est passé' if last < on else ''}."


def act_said(link: LinkRow, answer: Answer) -> str:
    """The act of a link: its kind, number and day, and who says so; "" when there is none."""
    if link.act is None:
        return ""
    fact = answer.facts[link.act]
    number = fact.value.get("number") or fact.value.get("nor") or ""
    signed = fact.value.get("signed_on") or fact.valid.start
    signed_said = f"du {day(signed)}" if isinstance(signed, date) else ""
    words = " ".join(text for text in (missing_label(fact.name), str(number), signed_said) if text)
    return f"{words} (source : {source_said(fact, answer)})"


def source_said(fact: FactRow, answer: Answer) -> str:
    """Who says a fact, and where."""
    source = answer.sources[fact.source]
    return f"{source.publisher}, {source.title}"


def since_until(since: date | None, until: date | None) -> str:
    """The two bounds of an answer, as far as the facts establish them; "" without any.

    >>> since_until(date(2026, 6, 9), date(2027, 1, 1)), since_until(None, date(2027, 1, 1))
    ("Depuis le 9 juin 2026, jusqu'au 31 décembre 2026 inclus", "Jusqu'au 31 décembre 2026 inclus")
    """
    said = [f"depuis le {day(since)}"] if since else []
    said += [f"jusqu'au {last_day(until)} inclus"] if until else []
    return upper(", ".join(said))


def reading_of(point: str) -> str:
    """The reading of a point of choice: ``R4`` for ``R4:tax``."""
    return point.partition(":")[0]


def lower(text: str) -> str:
    """The same, as it goes on after a colon."""
    return text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """The same, as a sentence begins."""
    return text[:1].upper() + text[1:]
