"""What is national or of a région: the annual lists, the prefects' lists, the calendar of campaigns, the sheets of the RNCP.

Lists are invented; the days of SOLTéA and the sheets are real, each with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from equerre.demo.book import DEMO, MINISTERS, Book, fact, naming
from equerre.demo.moments import learnt, morning
from equerre.demo.trades import DELIVERIES, PUBLISHER, READ_LATE, DemoSheet, SheetSaid, sheets
from equerre.kernel import geography
from equerre.registry import models, record
from equerre.registry.delivering import Staging
from equerre.registry.record import Entry
from equerre.registry.weighing import IMPORTED, Peers

# --- Annual lists: three acts, three ways for a text to say (or not) what it covers -----------------------------------


@dataclass(frozen=True, slots=True)
class ListRow:
    """A fictional annual list. What its text does not say stays None."""

    act_year: int
    signed_on: date
    published_on: date
    school_year: str | None = None
    campaign_year: int | None = None
    effect_ends_on: date | None = None

    @property
    def number(self) -> str:
        return f"FICTIF-LISTE-{self.act_year}"


LISTS = (
    ListRow(2023, date(2023, 11, 14), date(2023, 11, 30), effect_ends_on=date(2024, 12, 31)),  # a clause on its own end
    ListRow(2024, date(2024, 11, 12), date(2024, 11, 28), "2024-2025", 2025),  # says which years it serves
    ListRow(2025, date(2025, 11, 13), date(2025, 11, 27)),  # says nothing: R3 and R4 decide
)
# Acts that amend the list of 2025: number, signed, published.
ADDED = ("FICTIF-LISTE-2025-M1", date(2026, 2, 2), date(2026, 2, 12))
STRUCK = ("FICTIF-LISTE-2025-M2", date(2026, 4, 7), date(2026, 4, 16))


def annual_lists(book: Book) -> None:
    for row in LISTS:
        act, source = book.act(
            row.number,
            "annual_list",
            learnt(row.published_on),
            signed_on=row.signed_on,
            published_on=row.published_on,
        )
        held = fact(
            models.AnnualList,
            row.published_on,
            act=act,
            authority=MINISTERS,
            number=row.number,
            signed_on=row.signed_on,
            published_on=row.published_on,
            act_year=row.act_year,
            school_year=row.school_year,
            campaign_year=row.campaign_year,
            effect_ends_on=row.effect_ends_on,
        )
        book.hold(source, learnt(row.published_on), held)
    amended, _ = book.act_of(LISTS[-1].number)
    for number, signed_on, published_on in (ADDED, STRUCK):
        book.act(
            number,
            "annual_list_amendment",
            learnt(published_on),
            signed_on=signed_on,
            published_on=published_on,
            amends=amended,
        )


# --- Prefects' lists: by code of région, the day of publication for the campaigns 2024, 2025 and 2026 -----------------
# The text wants each by 31 December of the year before (R22). None: that list is not in the register.

PUBLISHED: dict[str, tuple[str, str, str | None]] = {
    "84": ("2023-12-22", "2024-12-20", "2025-12-19"),
    "93": ("2024-02-15", "2025-01-30", "2025-12-22"),
    "44": ("2024-03-07", "2025-02-20", "2026-01-15"),
    "11": ("2024-04-18", "2025-03-27", "2026-03-12"),
    "75": ("2023-12-29", "2025-01-16", "2025-12-23"),
    "32": ("2024-01-25", "2024-12-19", "2026-02-05"),
    "76": ("2024-02-29", "2025-02-06", "2026-02-19"),
    "27": ("2024-05-16", "2025-03-13", "2025-12-30"),
    "28": ("2023-12-28", "2024-12-27", "2025-12-29"),
    "53": ("2024-03-21", "2025-04-10", "2026-01-29"),
    "52": ("2024-01-18", "2025-01-23", "2025-12-18"),
    "24": ("2024-04-04", "2025-02-13", "2026-03-26"),
    "94": ("2024-05-30", "2025-05-15", "2026-04-30"),
    "04": ("2024-02-08", "2025-03-06", "2026-02-26"),
    "02": ("2024-04-25", "2025-04-24", "2026-04-09"),
    "01": ("2024-05-23", "2025-04-17", "2026-05-07"),
    "03": ("2024-05-02", "2025-05-22", None),
    "06": ("2024-05-06", "2025-05-12", "2026-05-21"),
}
CAMPAIGNS = (2024, 2025, 2026)
RECTIFIED = ("FICTIF-PREF-11-2026-R1", date(2026, 6, 11), date(2026, 6, 18))


def published_on(region: str, campaign: int) -> date | None:
    """The day on which the prefect of a région published his list of a campaign."""
    found = PUBLISHED[region][CAMPAIGNS.index(campaign)]
    return date.fromisoformat(found) if found else None


def list_number(region: str, campaign: int) -> str:
    return f"FICTIF-PREF-{region}-{campaign}"


def regional_lists(book: Book) -> None:
    for region in geography.regions().values():
        for campaign in CAMPAIGNS:
            day = published_on(region.code, campaign)
            if day is not None:
                _regional_list(book, region, campaign, day)
    number, signed_on, day = RECTIFIED
    amended, _ = book.act_of(list_number("11", 2026))
    book.act(
        number,
        "regional_list_amendment",
        learnt(day),
        signed_on=signed_on,
        published_on=day,
        authority=_prefect(geography.regions()["11"]),
        amends=amended,
    )


def _prefect(region: geography.Region) -> str:
    return f"le préfet de la région {region.name}"


def _regional_list(book: Book, region: geography.Region, campaign: int, day: date) -> None:
    number, signed_on = list_number(region.code, campaign), day - timedelta(days=6)
    act, source = book.act(
        number,
        "regional_list",
        learnt(day),
        signed_on=signed_on,
        published_on=day,
        authority=_prefect(region),
    )
    held = fact(
        models.RegionalList,
        day,
        act=act,
        authority=_prefect(region),
        number=number,
        signed_on=signed_on,
        published_on=day,
        region=region.code,
        campaign_year=campaign,
    )
    book.hold(source, learnt(day), held)


# --- The calendar -----------------------------------------------------------------------------------------------------

SOLTEA = "SOLTéA (Caisse des Dépôts)"
# Where the real days of each campaign were read, and from when the register knows them.
READ_IN = {
    2023: ("arrêté du 6 octobre 2023 ; caissedesdepots.fr (11 octobre 2023), echodumardi.com", date(2023, 12, 11)),
    2024: ("JORFTEXT000049467907 ; ariege.cci.fr, et agcr-expertise.fr pour le changement", date(2024, 12, 9)),
    2025: ("page du calendrier de SOLTéA ; entreprendre.service-public.fr, A18267", date(2025, 12, 8)),
    2026: ("via-competences.fr ; occitanie.dreets.gouv.fr", date(2026, 2, 2)),
}


class CampaignRow(NamedTuple):
    """A date of a campaign: planned, revised and actual, as far as the sources say. A day on which they differ is left out."""

    campaign_year: int
    kind: str
    planned: date | None = None
    revised: date | None = None
    actual: date | None = None


# Real days of the platform, as read in the sources of READ_IN; a day on which sources differ is left empty.
CALENDAR = (
    CampaignRow(2023, "opens_to_schools", actual=date(2023, 5, 4)),
    CampaignRow(2023, "window_1_opens", actual=date(2023, 5, 25)),
    CampaignRow(2023, "window_1_closes", actual=date(2023, 7, 6)),
    CampaignRow(2023, "transfer_1", planned=date(2023, 7, 15)),
    CampaignRow(2023, "window_2_opens", planned=date(2023, 7, 15)),
    CampaignRow(2023, "window_2_closes", actual=date(2023, 10, 5)),
    CampaignRow(2023, "transfer_2", planned=date(2023, 9, 15), actual=date(2023, 10, 15)),
    CampaignRow(2023, "window_3_opens", actual=date(2023, 10, 16)),
    CampaignRow(2023, "window_3_closes", actual=date(2023, 11, 9)),
    CampaignRow(2023, "bank_details_close", actual=date(2023, 11, 9)),
    CampaignRow(2023, "transfer_3", actual=date(2023, 12, 2)),
    CampaignRow(2023, "undesignated_transfer", planned=date(2023, 10, 15), revised=date(2023, 12, 15)),
    CampaignRow(2024, "opens_to_schools", actual=date(2024, 5, 6)),
    CampaignRow(2024, "window_1_opens", actual=date(2024, 5, 27)),
    CampaignRow(2024, "window_1_closes", planned=date(2024, 8, 2), actual=date(2024, 8, 23)),
    CampaignRow(2024, "transfer_1", planned=date(2024, 8, 9)),
    CampaignRow(2024, "window_2_opens", planned=date(2024, 8, 12)),
    CampaignRow(2024, "window_2_closes", planned=date(2024, 10, 4), actual=date(2024, 10, 4)),
    CampaignRow(2024, "transfer_2", actual=date(2024, 10, 11)),
    CampaignRow(2024, "undesignated_transfer", planned=date(2024, 10, 25)),
    CampaignRow(2025, "habilitation_request_opens", actual=date(2024, 11, 14)),
    CampaignRow(2025, "habilitation_request_closes", actual=date(2025, 1, 17)),
    CampaignRow(2025, "opens_to_schools", actual=date(2025, 5, 19)),
    CampaignRow(2025, "window_1_opens", actual=date(2025, 5, 26)),
    CampaignRow(2025, "window_1_closes", actual=date(2025, 6, 27)),
    CampaignRow(2025, "transfer_1", actual=date(2025, 7, 11)),
    CampaignRow(2025, "window_2_opens", actual=date(2025, 7, 14)),
    CampaignRow(2025, "window_2_closes", actual=date(2025, 10, 24)),
    CampaignRow(2025, "transfer_2", actual=date(2025, 11, 7)),
    CampaignRow(2025, "undesignated_transfer", actual=date(2025, 11, 27)),
    CampaignRow(2026, "habilitation_request_opens", actual=date(2025, 11, 3)),
    CampaignRow(2026, "habilitation_request_closes", actual=date(2026, 1, 16)),
)
# Invented: the campaign to come. The list signed in 2026 serves it (R4), hence its ``campaign_year``.
TO_COME = (
    CampaignRow(2027, "annual_list", planned=date(2026, 11, 20)),
    CampaignRow(2027, "habilitation_request_opens", planned=date(2026, 11, 9)),
    CampaignRow(2027, "habilitation_request_closes", planned=date(2027, 1, 15)),
)
PUT_OFF = CampaignRow(2027, "annual_list", planned=date(2026, 11, 20), revised=date(2026, 12, 11))


def calendar(book: Book) -> None:
    for row in CALENDAR:
        where, read_on = READ_IN[row.campaign_year]
        title = f"Calendrier de la campagne {row.campaign_year}, lu dans : {where}"
        book.hold(book.source(f"demo:soltea-{row.campaign_year}", SOLTEA, title), morning(read_on), _campaign_date(row))
    first = book.source("demo:calendrier-2027", DEMO, "Calendrier fictif de la campagne 2027, première version")
    book.hold(first, morning(date(2026, 6, 8)), *map(_campaign_date, TO_COME))


def put_off(book: Book) -> None:
    """The signature of the list of 2026 is put off: the first day planned stays readable as it was known."""
    planned = models.CampaignDate.objects.held().get(kind="annual_list")
    again = book.source("demo:calendrier-2027-2", DEMO, "Calendrier fictif de la campagne 2027, deuxième version")
    record.correct(planned, _campaign_date(PUT_OFF), book.by(again, morning(date(2026, 10, 19)), "change"))


def _campaign_date(row: CampaignRow) -> Entry:
    return fact(models.CampaignDate, **row._asdict())


# --- The sheets -------------------------------------------------------------------------------------------------------


def deliver_sheets(book: Book) -> None:
    """Each delivery in the order in which it was read: one sheet of the older one comes after the newer one."""
    order = [(read_on, name, sheet) for name, (_, read_on, _) in DELIVERIES.items() for sheet in sheets().values()]
    code, late, read_late_on = READ_LATE
    order = [(read_late_on if (one.code, name) == (code, late) else on, name, one) for on, name, one in order]
    read: dict[tuple[date, str], list[DemoSheet]] = {}
    for read_on, name, sheet in order:
        if name in sheet.said:
            read.setdefault((read_on, name), []).append(sheet)
    for (read_on, name), told in sorted(read.items(), key=lambda one: one[0][0]):
        dated_on, _, title = DELIVERIES[name]
        source = book.source(f"demo:certif-info-{dated_on}", PUBLISHER, title, dated_on)
        staging = Staging(book.by(source, morning(read_on), IMPORTED))
        entries = [_entry(book, sheet, sheet.said[name], dated_on) for sheet in told]
        staging.whole(models.CertificationSheet, entries, Peers((PUBLISHER,)))
        staging.publish()


def _entry(book: Book, sheet: DemoSheet, said: SheetSaid, dated_on: date) -> Entry:
    entry = fact(
        models.CertificationSheet,
        said.starts_on,
        said.ends_on + timedelta(days=1),
        certification=book.certification(sheet.code),
        title=sheet.title,
        kind=sheet.kind,
        level=sheet.level,
        read_on=dated_on,
    )
    return naming(entry, successors=[book.certification(code) for code in said.successors])
