"""What is held about every school: where it is, who runs it, its acts, its people, what it teaches, makes and receives.

One part a function, in the order of the chain. A story may take a part over (see ``stories``): then the part is skipped for
that school, and the story tells it. Figures vary with the number of the school in the table, by plain arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from equerre.demo.book import MINISTER, Book, fact, naming
from equerre.demo.moments import FIRST_DAYS, learnt, weekday
from equerre.demo.national import CAMPAIGNS, LISTS, list_number, published_on
from equerre.demo.numbers import fictional_siren, fictional_siret, fictional_uai
from equerre.demo.schools import InventedSchool
from equerre.demo.trades import TRADES, sheets
from equerre.kernel import geography
from equerre.kernel.period import months_after
from equerre.registry import models
from equerre.registry.dated import Source
from equerre.registry.record import Entry

OPENING_LAW = date(2018, 4, 15)  # before, opening followed other rules: nothing but the day of filing is told
OPENED = min(FIRST_DAYS.values())  # of people, courses and pupils, nothing is told before
BODIES = {
    "5560": "Coopérative",
    "5710": "Société",
    "7381": "Chambre de commerce et d'industrie",
    "9300": "Fondation",
    "9900": "Œuvre",
}


@dataclass(frozen=True, slots=True)
class SchoolAtHand:
    """One school while its facts are written: its row, its identities, and the source of what it says of itself."""

    row: InventedSchool
    number: int
    identity: models.School
    body: models.ManagingBody
    site: models.Site
    courses: Mapping[str, models.Course]
    says: Source

    @property
    def uai(self) -> str:
        return fictional_uai(self.row.academie, self.row.rank)

    @property
    def siren(self) -> str:
        return fictional_siren(self.row.academie, self.row.rank)

    @property
    def region(self) -> str:
        return geography.academies()[self.row.academie].region.code

    @property
    def complete_on(self) -> date:
        return self.row.filed_on + timedelta(days=7)

    @property
    def opens_on(self) -> date:
        """The day from which it may open, if nobody opposes it."""
        return months_after(self.complete_on, 3)

    @property
    def first_year(self) -> int:
        """The first school year told."""
        return next((year for year, day in FIRST_DAYS.items() if day >= self.opens_on), max(FIRST_DAYS) + 1)

    @property
    def recognition_number(self) -> str:
        return f"FICTIF-REC-{self.uai[:7]}"


def settle_in(book: Book, row: InventedSchool, number: int) -> SchoolAtHand:
    """Make the identities of a school."""
    identity = models.School.objects.create(key=f"demo-{row.slug}", fictional=True)
    return SchoolAtHand(
        row,
        number,
        identity,
        models.ManagingBody.objects.create(key=f"demo-{row.slug}"),
        models.Site.objects.create(key=f"{row.slug}-principal", school=identity),
        {trade: models.Course.objects.create(key=f"{trade}-{row.slug}", school=identity) for trade in row.trades},
        book.source(f"demo:dossier-{row.slug}", row.name, "Dossier de l'école (données fictives)"),
    )


# --- Place, body, opening ---------------------------------------------------------------------------------------------


def place(book: Book, school: SchoolAtHand) -> None:
    row = school.row
    name = fact(models.SchoolName, row.filed_on, school=school.identity, name=row.name)
    book.hold(school.says, learnt(row.filed_on), name, site_of(school, row.filed_on))


def site_of(school: SchoolAtHand, start: date, end: date | None = None) -> Entry:
    """The main site, under the numbers of the school."""
    return fact(
        models.SiteDetails,
        start,
        end,
        site=school.site,
        main=True,
        uai=school.uai,
        siret=fictional_siret(school.siren, 1),
        commune=school.row.commune,
        departement=school.row.departement,
    )


def managing_body(book: Book, school: SchoolAtHand) -> None:
    row = school.row
    details = fact(
        models.ManagingBodyDetails,
        row.filed_on,
        body=school.body,
        name=f"{BODIES.get(row.form, 'Association')} {row.place}",
        legal_category=row.form,
        siren=school.siren,
    )
    link = fact(models.SchoolBody, row.filed_on, school=school.identity, body=school.body)
    book.hold(school.says, learnt(row.filed_on), details, link)


def statutes_review(book: Book, school: SchoolAtHand) -> None:
    """Three months before the recognition, or soon after the opening was declared."""
    row = school.row
    day = weekday(row.recognised_on - timedelta(days=90) if row.recognised_on else row.filed_on + timedelta(days=20))
    review = fact(
        models.StatutesReview,
        day,
        body=school.body,
        reviewed_on=day,
        non_profit=True,
        reviewer="le service instructeur du rectorat",
    )
    book.hold(rectorat(book, school), learnt(day), review)


def rectorat(book: Book, school: SchoolAtHand) -> Source:
    code, name = row_academie(school)
    return book.source(f"demo:rectorat-{code}", f"Rectorat de l'académie {of(name)}", "Dossiers (données fictives)")


def row_academie(school: SchoolAtHand) -> tuple[str, str]:
    academie = geography.academies()[school.row.academie]
    return academie.code, academie.name


def of(name: str) -> str:
    """« de Lyon », « d'Amiens », « de la Guyane »."""
    if name in ("Martinique", "Guadeloupe", "Guyane"):
        return f"de la {name}"
    return f"d'{name}" if name[0] in "AO" else f"de {name}"


def opening(book: Book, school: SchoolAtHand) -> None:
    filed_on = school.row.filed_on
    told = filed_on >= OPENING_LAW
    declaration = fact(
        models.OpeningDeclaration,
        filed_on,
        school=school.identity,
        filed_on=filed_on,
        acknowledged_on=filed_on + timedelta(days=2) if told else None,
        complete_on=school.complete_on if told else None,
    )
    book.hold(school.says, learnt(filed_on), declaration)


# --- Recognition, people ----------------------------------------------------------------------------------------------


def recognition(book: Book, school: SchoolAtHand) -> None:
    effect_on = school.row.recognised_on
    if effect_on is None:
        return
    signed_on, published_on_ = weekday(effect_on - timedelta(days=11)), weekday(effect_on - timedelta(days=4))
    number, at = school.recognition_number, learnt(effect_on)
    act, source = book.act(
        number, "recognition", at, signed_on=signed_on, published_on=published_on_, effect_on=effect_on
    )
    held = fact(
        models.Recognition,
        effect_on,
        school=school.identity,
        act=act,
        authority=MINISTER,
        number=number,
        signed_on=signed_on,
        published_on=published_on_,
        effect_on=effect_on,
        enquiry_on=weekday(effect_on - timedelta(days=130)),
        cse_opinion_on=weekday(effect_on - timedelta(days=50)),
        cse_opinion_favourable=True,
    )
    book.hold(source, at, naming(held, sites=[school.site]))
    filed_on = weekday(effect_on - timedelta(days=300))
    request = fact(models.RecognitionRequest, filed_on, signed_on, school=school.identity, filed_on=filed_on)
    book.hold(school.says, learnt(signed_on), request)


def posts(school: SchoolAtHand) -> dict[str, str]:
    """Opaque keys, by function: nobody is named."""
    found = {"direction": "director", "enseignement-1": "teacher", "maitre-1": "master"}
    return found if school.row.pupils < 24 else {**found, "maitre-2": "master"}


def staff_members(book: Book, school: SchoolAtHand) -> None:
    start = max(school.opens_on, OPENED)
    members = [
        fact(models.StaffMember, start, school=school.identity, post=post, function=function)
        for post, function in posts(school).items()
    ]
    book.hold(school.says, learnt(max(school.row.filed_on, OPENED)), *members)


def staff_approvals(book: Book, school: SchoolAtHand) -> None:
    if school.row.recognised_on is None:
        return
    signed_on = weekday(max(school.row.recognised_on + timedelta(days=18), OPENED + timedelta(days=4)))
    approvals = [approval(school, post, signed_on) for post in posts(school)]
    book.hold(rectorat(book, school), learnt(signed_on), *approvals)


def approval(school: SchoolAtHand, post: str, signed_on: date) -> Entry:
    return fact(
        models.StaffApproval,
        signed_on,
        school=school.identity,
        member=post,
        signed_on=signed_on,
        authority=f"le recteur de l'académie {of(row_academie(school)[1])}",
    )


# --- Lists ------------------------------------------------------------------------------------------------------------


def annual_list(book: Book, school: SchoolAtHand) -> None:
    first = school.row.first_list
    for row in LISTS:
        if first is not None and row.act_year >= first:
            motive = "première inscription" if row.act_year == first > LISTS[0].act_year else "inscription"
            line = list_line(school, row.act_year, row.published_on, motive=motive)
            book.hold(book.act_of(row.number)[1], learnt(row.published_on), line)


def list_line(
    school: SchoolAtHand, act_year: int, start: date, end: date | None = None, *, motive: str | None = None
) -> Entry:
    return fact(models.AnnualListEntry, start, end, school=school.identity, act_year=act_year, motive=motive)


def regional_list(book: Book, school: SchoolAtHand) -> None:
    for campaign in campaigns(school):
        day = published_on(school.region, campaign)
        if day is not None:
            source = book.act_of(list_number(school.region, campaign))[1]
            book.hold(source, learnt(day), regional_line(school, campaign, day))


def campaigns(school: SchoolAtHand) -> Iterator[int]:
    """Those that follow the first annual list that names the school."""
    first = school.row.first_list
    yield from (campaign for campaign in CAMPAIGNS if first is not None and campaign > first)


def regional_line(school: SchoolAtHand, campaign: int, start: date, item: str = "12°") -> Entry:
    return fact(models.RegionalListEntry, start, school=school.identity, campaign_year=campaign, item=item)


# Within the real days of the platform for these campaigns (see ``national``).
_ASKED_FROM = {2025: date(2024, 11, 14), 2026: date(2025, 11, 3)}


def habilitation_requests(book: Book, school: SchoolAtHand) -> None:
    for campaign in campaigns(school):
        if campaign in _ASKED_FROM:
            sent_on = weekday(_ASKED_FROM[campaign] + timedelta(days=school.number * 7 % 61))
            request = fact(
                models.HabilitationRequest,
                sent_on,
                school=school.identity,
                campaign_year=campaign,
                state="validated",
                sent_on=sent_on,
            )
            book.hold(platform(book), learnt(sent_on), request)


def platform(book: Book) -> Source:
    return book.source("demo:soltea-ecoles", "SOLTéA (Caisse des Dépôts)", "Demandes et coordonnées (données fictives)")


def bank_details(book: Book, school: SchoolAtHand) -> None:
    if 2026 in campaigns(school):
        book.hold(platform(book), learnt(date(2026, 6, 1)), bank_line(school, accepted=True))


def bank_line(school: SchoolAtHand, *, accepted: bool) -> Entry:
    return fact(models.BankDetails, date(2026, 6, 1), school=school.identity, campaign_year=2026, accepted=accepted)


# --- Teaching, production, insertion ----------------------------------------------------------------------------------


def audience(book: Book, school: SchoolAtHand) -> None:
    for year in _years(school):
        pupils = school.row.pupils - (2026 - year)
        book.hold(school.says, learnt(FIRST_DAYS[year]), audience_of(school, year, pupils))


def audience_of(school: SchoolAtHand, year: int, pupils: int, **others: int) -> Entry:
    start, end = date(year, 9, 1), date(year + 1, 9, 1)
    return fact(models.Audience, start, end, school=school.identity, school_status=pupils, **others)


def _years(school: SchoolAtHand) -> Iterator[int]:
    yield from (year for year in FIRST_DAYS if year >= school.first_year)


def courses(book: Book, school: SchoolAtHand) -> None:
    for trade in school.row.trades if school.first_year in FIRST_DAYS else ():
        for start, end, code in TRADES[trade].certifications(school.first_year):
            book.hold(school.says, learnt(start), course_of(book, school, trade, code, start, end))


def course_of(
    book: Book,
    school: SchoolAtHand,
    trade: str,
    code: str,
    start: date,
    end: date | None = None,
    *,
    general_hours: int | None = 420,
) -> Entry:
    return fact(
        models.CourseDetails,
        start,
        end,
        course=school.courses[trade],
        title=sheets()[code].title,
        certification=book.certification(code),
        site=school.site,
        full_time=True,
        general_hours=general_hours,
        vocational_hours=780,
    )


def intakes(book: Book, school: SchoolAtHand) -> None:
    for trade in school.row.trades:
        first = max(school.first_year, TRADES[trade].phases[0][0])
        for year in (year for year in FIRST_DAYS if year >= first):
            book.hold(school.says, learnt(FIRST_DAYS[year]), intake_of(school, trade, FIRST_DAYS[year]))


def intake_of(school: SchoolAtHand, trade: str, entered_on: date, *, counted: bool | None = None) -> Entry:
    """Pupils who enter together, until the July of their exam."""
    years = TRADES[trade].years
    return fact(
        models.Intake,
        entered_on,
        date(entered_on.year + years, 7, 4),
        course=school.courses[trade],
        entered_on=entered_on,
        pupils=max(4, school.row.pupils // (years * len(school.row.trades))),
        counted_in_registration=counted,
    )


class Return(NamedTuple):
    """A return of production: its title, the period it counts, the day it was closed."""

    key: str
    title: str
    start: date
    end: date
    closed_on: date


WHOLE_YEAR = Return(
    "2025-2026",
    "Relevé de production, année scolaire 2025-2026 (données fictives)",
    date(2025, 9, 1),
    date(2026, 9, 1),
    date(2026, 9, 11),
)
# The period has not ended: what is delivered or in hand is counted, and the source says that it is provisional.
AUTUMN = Return(
    "2026-automne",
    "Relevé de production, septembre à décembre 2026, provisoire au 16 octobre 2026 (données fictives)",
    date(2026, 9, 1),
    date(2027, 1, 1),
    date(2026, 10, 16),
)


def production_counts(book: Book, school: SchoolAtHand) -> None:
    if school.opens_on < WHOLE_YEAR.start:
        count_in(book, school, WHOLE_YEAR, figures(school, 3))
    if school.opens_on < AUTUMN.start:
        count_in(book, school, AUTUMN, figures(school, 1))


def figures(school: SchoolAtHand, terms: int) -> dict[str, int]:
    """Two thirds of the time or a little less, at market price but in one school out of nine (R14)."""
    pupils, orders = school.row.pupils, (9 + school.number * 5 % 14) * terms
    total = pupils * 130 * terms
    return {
        "orders": orders,
        "outside_customers": max(3, orders * 2 // 3 - school.number % 4),
        "pupils": pupils,
        "skills": 14 + school.number % 9,
        "hours": total * (68 if school.number % 5 else 61) // 100,
        "orders_at_market_price": orders - (2 if school.number % 9 == 0 else 0),
        "total_hours": total,
    }


def count_in(book: Book, school: SchoolAtHand, period: Return, counts: Mapping[str, int]) -> None:
    source = book.source(
        f"demo:production-{period.key}-{school.row.slug}", school.row.name, period.title, period.closed_on
    )
    book.hold(source, learnt(period.closed_on), *(count_of(school, period, *one) for one in counts.items()))


def count_of(school: SchoolAtHand, period: Return, count: str, value: int) -> Entry:
    return fact(models.ProductionCount, period.start, period.end, school=school.identity, count=count, value=value)


def cohorts(book: Book, school: SchoolAtHand) -> None:
    """Leavers of 2025 six months later; the smallest cohorts are kept secret by the rules."""
    if school.opens_on < date(2022, 9, 1):
        leavers = school.row.pupils // 2
        cohort_of(book, school, leavers, unqualified=leavers - 5 if leavers > 9 else leavers - 2)


def cohort_of(book: Book, school: SchoolAtHand, leavers: int, unqualified: int | None) -> None:
    observed_on = date(2026, 1, 12)
    reached = leavers - (5 if leavers > 17 else 0)
    in_training = max(5, reached // 3) if reached > 9 else reached // 3
    cohort = fact(
        models.Cohort,
        observed_on,
        school=school.identity,
        exit_year=2025,
        horizon=6,
        leavers=leavers,
        reached=reached,
        employed=reached - in_training,
        in_training=in_training,
        unqualified_at_entry=unqualified,
        without_trade_diploma_at_entry=leavers,
        dropouts_at_entry=leavers // 2,
    )
    book.hold(school.says, learnt(observed_on), cohort)


# --- Agreements -------------------------------------------------------------------------------------------------------


def agreements(book: Book, school: SchoolAtHand) -> None:
    """One school out of four signed with a company, one out of six with its région."""
    if school.number % 4 == 1:
        company = agreement_of(
            school, "E-2025", "une entreprise fictive, Ateliers Ferronde", "company", "production", None
        )
        book.hold(school.says, learnt(date(2025, 9, 15)), company)
    if school.number % 6 == 2:
        party = f"la région {geography.regions()[school.region].name} (convention fictive)"
        region = agreement_of(school, "R-2025", party, "local_authority", "investment", 1_800_000)
        book.hold(school.says, learnt(date(2025, 9, 15)), region)


def agreement_of(
    school: SchoolAtHand,
    reference: str,
    party: str,
    party_kind: str,
    purpose: str,
    amount_cents: int | None,
    *,
    signed_by_party: bool = True,
) -> Entry:
    signed_on = date(2025, 9, 15)
    return fact(
        models.Agreement,
        signed_on,
        date(2028, 9, 1),
        school=school.identity,
        reference=reference,
        signed_on=signed_on,
        party=party,
        party_kind=party_kind,
        purpose=purpose,
        signed_by_body=True,
        signed_by_party=signed_by_party,
        written=True,
        amount_cents=amount_cents,
    )


PARTS: Mapping[str, Callable[[Book, SchoolAtHand], None]] = {
    part.__name__: part
    for part in (
        place,
        managing_body,
        statutes_review,
        opening,
        recognition,
        staff_members,
        staff_approvals,
        annual_list,
        regional_list,
        habilitation_requests,
        bank_details,
        audience,
        courses,
        intakes,
        production_counts,
        cohorts,
        agreements,
    )
}
