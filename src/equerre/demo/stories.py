"""What happened to some of the schools: one function a story, under the short name of its school.

A story runs once every ordinary fact is written. ``instead_of`` names the parts of ``ordinary`` that it tells itself; the
others are written as for any school. What to look at, and on which day, is in ``situations``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from equerre.demo import ordinary
from equerre.demo.book import EDUCATION, MINISTER, Book, fact, naming
from equerre.demo.moments import FIRST_DAYS, FOUNDED, learnt, morning
from equerre.demo.national import ADDED, LISTS, RECTIFIED, STRUCK
from equerre.demo.numbers import fictional_siren, fictional_siret, fictional_uai
from equerre.demo.ordinary import AUTUMN, WHOLE_YEAR, SchoolAtHand
from equerre.registry import models, record
from equerre.registry.dated import Dated, Source, value_fields

Story = Callable[[Book, SchoolAtHand], None]
Row = TypeVar("Row", bound=Dated)

STORIES: dict[str, Story] = {}
INSTEAD_OF: dict[str, frozenset[str]] = {}


def story(slug: str, *instead_of: str) -> Callable[[Story], Story]:
    """Register the story of a school, and the ordinary parts that it takes over."""
    assert set(instead_of) <= set(ordinary.PARTS), f"{slug}: {instead_of}"

    def register(told: Story) -> Story:
        STORIES[slug] = told
        INSTEAD_OF[slug] = frozenset(instead_of)
        return told

    return register


def held(model: type[Row], **about: Any) -> Row:
    """The row that is held about something."""
    row = model.objects.held().get(**about)
    assert isinstance(row, model)
    return row


def paper(book: Book, school: SchoolAtHand, publisher: str, title: str, dated_on: date) -> Source:
    """A fictional paper about one school."""
    return book.source(f"demo:{school.row.slug}-{dated_on}", publisher, f"{title} (donnée fictive)", dated_on)


# --- Opening ----------------------------------------------------------------------------------------------------------


@story("bassin-franc")
def opened_in_december(book: Book, school: SchoolAtHand) -> None:
    """Open from 21 December 2020: told by its ordinary facts, its request is asked for before a full school year."""
    asked_on = date(2021, 2, 8)
    request = held(models.RecognitionRequest, school=school.identity)
    earlier = fact(models.RecognitionRequest, asked_on, request.valid_until, school=school.identity, filed_on=asked_on)
    receipt = paper(book, school, EDUCATION, "Accusé de réception de la demande de reconnaissance", asked_on)
    record.correct(request, earlier, book.by(receipt, morning(date(2023, 10, 2)), "error"))


@story("causse-lointain")
def opposed_then_lifted(book: Book, school: SchoolAtHand) -> None:
    opposed_on, lifted_on = date(2023, 8, 10), date(2023, 10, 12)
    letter = paper(book, school, "Préfecture de l'Aveyron", "Lettre d'opposition", opposed_on)
    opposition = {
        "school": school.identity,
        "authority": "Le préfet de l'Aveyron",
        "opposed_on": opposed_on,
        "ground": "la protection des jeunes : le plan des locaux ne montre pas d'issue de secours à l'atelier",
    }
    row = record.record(fact(models.Opposition, opposed_on, **opposition), book.by(letter, FOUNDED))
    lifting = paper(book, school, "Préfecture de l'Aveyron", "Levée de l'opposition", lifted_on)
    lifted = fact(models.Opposition, opposed_on, lifted_on, **opposition)
    record.correct(row, lifted, book.by(lifting, learnt(lifted_on), "change"))


@story("cap-sarrazelle", "opening")
def incomplete_file(book: Book, school: SchoolAtHand) -> None:
    """Declared; nobody said when the file was complete, nor acknowledged it."""
    filed_on = school.row.filed_on
    declaration = fact(models.OpeningDeclaration, filed_on, school=school.identity, filed_on=filed_on)
    book.hold(school.says, learnt(filed_on), declaration)


@story("forge-d-ardoulane")
def closed_for_a_time(book: Book, school: SchoolAtHand) -> None:
    _close(book, school, "Le préfet des Ardennes", date(2026, 1, 12), date(2026, 3, 9))


@story("fosse-aux-fers")
def closed_for_good(book: Book, school: SchoolAtHand) -> None:
    _close(book, school, "Le préfet du Pas-de-Calais", date(2026, 3, 16), None)


def _close(book: Book, school: SchoolAtHand, authority: str, effect_on: date, end: date | None) -> None:
    source = paper(book, school, authority, "Arrêté de fermeture", effect_on)
    closure = fact(
        models.Closure,
        effect_on,
        end,
        school=school.identity,
        effect_on=effect_on,
        authority=authority,
        temporary=end is not None,
    )
    book.hold(source, learnt(effect_on), closure)


# --- The managing body ------------------------------------------------------------------------------------------------


@story("havres-blancs", "statutes_review")
def unread_statutes(book: Book, school: SchoolAtHand) -> None:
    """Category 9900 says nothing of the form, and nobody read the statutes."""


@story("tuffeau-pale", "statutes_review")
def run_by_a_company(book: Book, school: SchoolAtHand) -> None:
    """A person read the statutes: the company may share its profits. The minister refused."""
    read_on, asked_on, refused_on = date(2024, 3, 11), date(2024, 9, 16), date(2025, 6, 20)
    review = fact(
        models.StatutesReview,
        read_on,
        body=school.body,
        reviewed_on=read_on,
        non_profit=False,
        reviewer="le service instructeur du rectorat",
    )
    book.hold(ordinary.rectorat(book, school), learnt(read_on), review)
    request = fact(models.RecognitionRequest, asked_on, refused_on, school=school.identity, filed_on=asked_on)
    book.hold(school.says, learnt(refused_on), request)
    refusal = fact(
        models.RecognitionRefusal,
        refused_on,
        school=school.identity,
        authority=MINISTER.capitalize(),
        number="FICTIF-REFUS-2025-1",
        signed_on=refused_on,
    )
    book.hold(paper(book, school, EDUCATION, "Décision FICTIF-REFUS-2025-1", refused_on), learnt(refused_on), refusal)


@story("plateau-gris")
def passed_to_another_body(book: Book, school: SchoolAtHand) -> None:
    """A merger: the recognition was given while another body ran the school (R44)."""
    moved_on = date(2026, 1, 1)
    heir = models.ManagingBody.objects.create(key="demo-ateliers-du-grison")
    treaty = paper(book, school, "Association des Ateliers-du-Grison", "Traité de fusion", date(2025, 12, 15))
    at = learnt(moved_on)
    details = fact(
        models.ManagingBodyDetails,
        body=heir,
        name="Association des Ateliers-du-Grison",
        legal_category="9220",
        siren=fictional_siren(school.row.academie, 90),
    )
    review = fact(
        models.StatutesReview,
        date(2026, 1, 20),
        body=heir,
        reviewed_on=date(2026, 1, 20),
        non_profit=True,
        reviewer="le service instructeur du rectorat",
    )
    book.hold(treaty, at, details, review)
    link = fact(models.SchoolBody, moved_on, school=school.identity, body=heir)
    record.record(link, book.by(treaty, at))


# --- Recognition ------------------------------------------------------------------------------------------------------


@story("beauce-haute")
def silent_request(book: Book, school: SchoolAtHand) -> None:
    _ask(book, school, date(2026, 3, 16))


@story("brique-longue")
def opened_with_an_ended_sheet(book: Book, school: SchoolAtHand) -> None:
    """Its first pupils enter the day after the sheet of their diploma ended."""
    _ask(book, school, date(2026, 9, 14))


def _ask(book: Book, school: SchoolAtHand, filed_on: date) -> None:
    request = fact(models.RecognitionRequest, filed_on, school=school.identity, filed_on=filed_on)
    book.hold(school.says, learnt(filed_on), request)


@story("filatures-hautes")
def never_asked(book: Book, school: SchoolAtHand) -> None:
    said_on = date(2026, 1, 26)
    source = paper(book, school, EDUCATION, "Attestation : aucune demande, aucun acte de reconnaissance", said_on)
    none = fact(models.StatedAbsence, school.opens_on, school=school.identity, of="recognition")
    book.hold(source, learnt(said_on), none)


@story("gave-d-argent")
def withdrawn_in_mid_year(book: Book, school: SchoolAtHand) -> None:
    """Heard, enquired upon, submitted to the Conseil supérieur de l'éducation: withdrawn in the same conditions (R18)."""
    said = {"heard_on": date(2025, 11, 18), "enquiry_on": date(2025, 12, 9), "cse_opinion_on": date(2026, 1, 27)}
    _withdraw(book, school, "FICTIF-RETRAIT-2026-1", date(2026, 2, 16), said)


@story("ligne-claire")
def withdrawn_without_the_forms(book: Book, school: SchoolAtHand) -> None:
    _withdraw(book, school, "FICTIF-RETRAIT-2025-1", date(2025, 9, 1), {"heard_on": date(2025, 6, 10)})


def _withdraw(book: Book, school: SchoolAtHand, number: str, effect_on: date, said: Mapping[str, date]) -> None:
    signed_on, at = effect_on - timedelta(days=11), learnt(effect_on)
    act, source = book.act(
        number, "recognition_withdrawal", at, signed_on=signed_on, published_on=effect_on, effect_on=effect_on
    )
    withdrawal = fact(
        models.RecognitionWithdrawal,
        effect_on,
        school=school.identity,
        act=act,
        authority=MINISTER,
        number=number,
        signed_on=signed_on,
        effect_on=effect_on,
        **said,
    )
    book.hold(source, at, withdrawal)


@story("quais-de-brume", "place")
def moved_to_an_unnamed_site(book: Book, school: SchoolAtHand) -> None:
    _move(book, school, "quais-de-brume-bassin-neuf")


@story("grand-eperon", "place")
def moved_and_settled(book: Book, school: SchoolAtHand) -> None:
    """As above, and the minister wrote which reading of R11 he follows: the doubt is closed for this school."""
    _move(book, school, "grand-eperon-hauts-ateliers")
    written_on = date(2026, 3, 2)
    ruling = fact(
        models.Ruling,
        written_on,
        school=school.identity,
        written_on=written_on,
        reading="R11",
        option="a",
        authority=MINISTER,
    )
    book.hold(paper(book, school, EDUCATION, "Prise de position écrite", written_on), learnt(written_on), ruling)


def _move(book: Book, school: SchoolAtHand, key: str) -> None:
    """The recognition names the first site; the main one is another since the first day of classes of 2025."""
    moved_on, row = FIRST_DAYS[2025], school.row
    name = fact(models.SchoolName, row.filed_on, school=school.identity, name=row.name)
    book.hold(school.says, learnt(row.filed_on), name, ordinary.site_of(school, row.filed_on, moved_on))
    book.hold(school.says, learnt(moved_on), _other_site(school, key, moved_on, main=True))


def _other_site(school: SchoolAtHand, key: str, start: date, *, main: bool) -> record.Entry:
    """The school's number follows its main site; another site has its own."""
    return fact(
        models.SiteDetails,
        start,
        site=models.Site.objects.create(key=key, school=school.identity),
        main=main,
        uai=school.uai if main else fictional_uai(school.row.academie, school.row.rank + 50),
        siret=fictional_siret(school.siren, 2),
        commune=school.row.commune,
        departement=school.row.departement,
    )


@story("anse-rouge")
def second_site(book: Book, school: SchoolAtHand) -> None:
    """A second workshop, which no act names yet: the school loses nothing by it."""
    opened_on = FIRST_DAYS[2025]
    book.hold(school.says, learnt(opened_on), _other_site(school, "anse-rouge-cale-haute", opened_on, main=False))


@story("bocage-des-fers")
def contested_day(book: Book, school: SchoolAtHand) -> None:
    """A directory gives another day of effect: the held one stands, and says that it is contested."""
    row = held(models.Recognition, school=school.identity)
    other = date(2016, 9, 1)
    directory = paper(book, school, "Annuaire d'essai", "Annuaire des écoles techniques privées", date(2026, 1, 15))
    values = {name: getattr(row, name) for name in value_fields(models.Recognition)}
    proposal = naming(fact(models.Recognition, other, **(values | {"effect_on": other})), sites=[school.site])
    record.propose(proposal, book.by(directory, learnt(date(2026, 1, 15)), "import"))


@story("pins-hauts")
def settled_number(book: Book, school: SchoolAtHand) -> None:
    """The register held an old SIRET; a notice proposed the right one, an officer settled."""
    old, new = fictional_siret(school.siren, 2), fictional_siret(school.siren, 1)
    right = held(models.SiteDetails, site=school.site)
    values = {name: getattr(right, name) for name in value_fields(models.SiteDetails)}
    start = right.valid_from
    record.correct(
        right,
        fact(models.SiteDetails, start, **(values | {"siret": old})),
        book.by(school.says, learnt(date(2023, 10, 2)), "error"),
    )
    notice = paper(book, school, "Sirene d'essai", "Avis de situation", date(2026, 5, 11))
    proposal = record.propose(
        fact(models.SiteDetails, start, **(values | {"siret": new})),
        book.by(notice, learnt(date(2026, 5, 11)), "import"),
    )
    record.settle(proposal, book.by(notice, morning(date(2026, 6, 15)), "settled"), accept=True)


# --- Persons ----------------------------------------------------------------------------------------------------------


@story("trois-houblons", "staff_approvals")
def master_without_approval(book: Book, school: SchoolAtHand) -> None:
    """Two posts of masters of trade, one approval: does a master teach (R19)?"""
    signed_on = date(2023, 9, 8)
    approved = [ordinary.approval(school, post, signed_on) for post in ordinary.posts(school) if post != "maitre-2"]
    none = fact(models.StatedAbsence, date(2025, 9, 1), school=school.identity, of="staff_approval[maitre-2]")
    office = ordinary.rectorat(book, school)
    book.hold(office, learnt(signed_on), *approved)
    book.hold(office, learnt(date(2025, 9, 29)), none)


# --- Annual lists -----------------------------------------------------------------------------------------------------


@story("etang-vermeil", "annual_list", "regional_list", "habilitation_requests", "bank_details")
def not_renewed(book: Book, school: SchoolAtHand) -> None:
    """On the lists of 2023 and 2024, left out of that of 2025: the ministers say why."""
    for row in LISTS[:2]:
        line = ordinary.list_line(school, row.act_year, row.published_on, motive="inscription")
        book.hold(book.act_of(row.number)[1], learnt(row.published_on), line)
    last = LISTS[2]
    why = paper(
        book,
        school,
        "Ministères chargés de l'éducation nationale et de la formation professionnelle",
        f"{last.number}, motif de la ligne retirée : la production réelle n'est plus démontrée",
        last.published_on,
    )
    none = fact(
        models.StatedAbsence, last.published_on, school=school.identity, of=f"annual_list_entry[{last.act_year}]"
    )
    book.hold(why, learnt(last.published_on), none)


@story("coteau-mecanique")
def added_by_an_amending_act(book: Book, school: SchoolAtHand) -> None:
    """Recognised too late for the list of 2025, added to it in February: too late for the prefect's list."""
    number, _, published_on = ADDED
    line = ordinary.list_line(school, 2025, published_on, motive=f"ajoutée par l'arrêté modificatif {number}")
    book.hold(book.act_of(number)[1], learnt(published_on), line)


@story("montee-des-forges")
def struck_off_by_an_amending_act(book: Book, school: SchoolAtHand) -> None:
    """The act of April was read in June: what was known in May stays readable."""
    number, _, published_on = STRUCK
    row = held(models.AnnualListEntry, school=school.identity, act_year=2025)
    line = ordinary.list_line(
        school, 2025, LISTS[2].published_on, published_on, motive=f"retirée par l'arrêté modificatif {number}"
    )
    record.correct(row, line, book.by(book.act_of(number)[1], learnt(published_on), "change"))


# --- Prefects' lists, the platform ------------------------------------------------------------------------------------


@story("deux-navettes", "regional_list")
def forgotten_then_added(book: Book, school: SchoolAtHand) -> None:
    """Forgotten by the prefect's list of 2026, added by a rectified one in June."""
    number, _, published_on = RECTIFIED
    line = ordinary.regional_line(school, 2026, published_on)
    book.hold(book.act_of(number)[1], learnt(published_on), line)


@story("landes-de-keralune", "regional_list", "habilitation_requests", "bank_details")
def missed_the_request(book: Book, school: SchoolAtHand) -> None:
    """No request on the platform, hence no line on the prefect's list, though the right is there (R7)."""


@story("pont-de-lauze", "bank_details")
def refused_bank_details(book: Book, school: SchoolAtHand) -> None:
    book.hold(ordinary.platform(book), learnt(date(2026, 6, 1)), ordinary.bank_line(school, accepted=False))


@story("monts-de-granelle")
def takes_national_scholars(book: Book, school: SchoolAtHand) -> None:
    effect_on = date(2025, 9, 1)
    habilitation = fact(
        models.ScholarshipHabilitation,
        effect_on,
        school=school.identity,
        effect_on=effect_on,
        authority="le recteur de l'académie de Limoges",
    )
    book.hold(ordinary.rectorat(book, school), learnt(effect_on), habilitation)


# --- Teaching, sheets, pupils -----------------------------------------------------------------------------------------


@story("mistral-blanc", "audience")
def apprentices_beside(book: Book, school: SchoolAtHand) -> None:
    for year in FIRST_DAYS:
        count = ordinary.audience_of(school, year, school.row.pupils, apprentices=14)
        book.hold(school.says, learnt(FIRST_DAYS[year]), count)


@story("hortillons-bas", "courses")
def unknown_hours(book: Book, school: SchoolAtHand) -> None:
    _only_course(book, school, "RNCP38386", 2024, general_hours=None)


@story("tuilerie-verte", "courses")
def no_general_lessons(book: Book, school: SchoolAtHand) -> None:
    _only_course(book, school, "RNCP35889", 2023, general_hours=0)


def _only_course(book: Book, school: SchoolAtHand, code: str, first: int, *, general_hours: int | None = 420) -> None:
    (trade,) = school.row.trades
    start = FIRST_DAYS[first]
    book.hold(
        school.says,
        learnt(start),
        ordinary.course_of(book, school, trade, code, start, general_hours=general_hours),
    )


@story("combe-aux-copeaux", "courses", "intakes")
def end_brought_back_into_the_past(book: Book, school: SchoolAtHand) -> None:
    """Opened in September 2024 on a sheet that was active to January 2025; a later delivery ends it in July 2024."""
    first, second = FIRST_DAYS[2024], FIRST_DAYS[2025]
    book.hold(school.says, learnt(first), ordinary.course_of(book, school, "decolletage", "RNCP557", first, second))
    book.hold(school.says, learnt(second), ordinary.course_of(book, school, "decolletage", "RNCP39342", second))
    for entered_on in (first, second, FIRST_DAYS[2026]):
        book.hold(school.says, learnt(entered_on), ordinary.intake_of(school, "decolletage", entered_on))


@story("etangs-plats", "courses", "intakes")
def one_week_too_late(book: Book, school: SchoolAtHand) -> None:
    """Pupils came in a week after the others: the sheet had ended in between."""
    start = FIRST_DAYS[2025]
    book.hold(school.says, learnt(start), ordinary.course_of(book, school, "usinage-bac-pro", "RNCP35697", start))
    for entered_on in (date(2025, 9, 8), date(2026, 9, 7)):
        book.hold(school.says, learnt(entered_on), ordinary.intake_of(school, "usinage-bac-pro", entered_on))


@story("darse-claire", "courses", "intakes")
def entered_before_the_registration(book: Book, school: SchoolAtHand) -> None:
    """Pupils of September 2024 prepare a title registered from February 2025; the certifier's list came in May (R54)."""
    (trade,), first = school.row.trades, FIRST_DAYS[2024]
    course = ordinary.course_of(book, school, trade, "RNCP40037", first)
    book.hold(school.says, learnt(first), course)
    for entered_on in (first, FIRST_DAYS[2025], FIRST_DAYS[2026]):
        book.hold(school.says, learnt(entered_on), ordinary.intake_of(school, trade, entered_on))
    book.write()
    told_on = date(2025, 5, 12)
    certifier = paper(
        book, school, "Certificateur d'essai", "Liste des promotions comptées à l'enregistrement", told_on
    )
    row = held(models.Intake, course=school.courses[trade], entered_on=first)
    counted = ordinary.intake_of(school, trade, first, counted=True)
    record.correct(row, counted, book.by(certifier, learnt(told_on), "change"))


# --- Production, insertion, agreements --------------------------------------------------------------------------------


@story("sioulade", "production_counts")
def two_counts_missing(book: Book, school: SchoolAtHand) -> None:
    ordinary.count_in(book, school, WHOLE_YEAR, ordinary.figures(school, 3))
    told = {name: value for name, value in ordinary.figures(school, 1).items() if name not in ("skills", "hours")}
    ordinary.count_in(book, school, AUTUMN, told)


@story("creux-fondeur", "production_counts")
def customers_counted_late(book: Book, school: SchoolAtHand) -> None:
    """The first return said nought for outside customers; a week later the school put it right."""
    ordinary.count_in(book, school, WHOLE_YEAR, ordinary.figures(school, 3))
    ordinary.count_in(book, school, AUTUMN, ordinary.figures(school, 1) | {"outside_customers": 0})
    book.write()
    row = held(models.ProductionCount, school=school.identity, count="outside_customers", valid_from=AUTUMN.start)
    again = paper(book, school, school.row.name, "Relevé de production rectifié", date(2026, 10, 23))
    right = ordinary.count_of(school, AUTUMN, "outside_customers", 7)
    record.correct(row, right, book.by(again, learnt(date(2026, 10, 23)), "error"))


@story("meulieres-longues", "production_counts")
def only_its_own_body_orders(book: Book, school: SchoolAtHand) -> None:
    """Every order comes from its managing body: no outside customer is counted, and that is a count."""
    for period, terms in ((WHOLE_YEAR, 3), (AUTUMN, 1)):
        ordinary.count_in(book, school, period, ordinary.figures(school, terms) | {"outside_customers": 0})


@story("boucle-neuve", "cohorts")
def unknown_level_at_entry(book: Book, school: SchoolAtHand) -> None:
    ordinary.cohort_of(book, school, school.row.pupils // 2, unqualified=None)


@story("flandres-vives", "agreements")
def state_money_without_the_opinion(book: Book, school: SchoolAtHand) -> None:
    state = ordinary.agreement_of(school, "ETAT-2025", "l'État (convention fictive)", "state", "running", 4_500_000)
    book.hold(school.says, learnt(date(2025, 9, 15)), state)


@story("douve-angevelle", "agreements")
def unsigned_agreement(book: Book, school: SchoolAtHand) -> None:
    party = "une entreprise fictive, Tôlerie Belleplane"
    draft = ordinary.agreement_of(school, "E-2025", party, "company", "production", None, signed_by_party=False)
    book.hold(school.says, learnt(date(2025, 9, 15)), draft)


@story("estuaire-gris", "agreements")
def two_sound_agreements(book: Book, school: SchoolAtHand) -> None:
    party = "la région Pays de la Loire (convention fictive)"
    book.hold(
        school.says,
        learnt(date(2025, 9, 15)),
        ordinary.agreement_of(school, "R-2025", party, "local_authority", "equipment", 3_600_000),
        ordinary.agreement_of(school, "E-2025", "une entreprise fictive, Chantiers Virevague", "company", "loan", None),
    )
