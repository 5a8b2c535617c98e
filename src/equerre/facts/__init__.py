"""The plain facts of one school: what rules read, and nothing else. Every value comes as a ``Fact``, in two times.

One class per kind of fact. Each says its French ``LABEL`` (in messages and in what an UNKNOWN lacks), the ``KEY``
that tells two facts of the same kind apart (two facts with the same key never overlap in both times), and
``STARTS``, the field that gives the first day of validity when the fact is an event. A file of facts, a database or a
test fills the same classes: no rule knows where a fact comes from.

Names are those of ``docs/glossary.md``. Sums of money are integer cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, TypeVar, get_args, get_type_hints

from equerre.kernel.fact import Fact


class Row(Protocol):
    """What every kind of fact says of itself."""

    LABEL: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]
    STARTS: ClassVar[str]


class _Row:
    KEY: ClassVar[tuple[str, ...]] = ()
    STARTS: ClassVar[str] = ""


# --- Bodies and places -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ManagingBody(_Row):
    """The body that runs the school (*organisme gestionnaire*), for as long as it runs it. L. 443-6, first sentence."""

    LABEL: ClassVar[str] = "l'organisme gestionnaire"
    name: str
    legal_category: str
    siren: str | None = None
    rna: str | None = None


@dataclass(frozen=True, slots=True)
class StatutesReview(_Row):
    """A person read the statutes (object, management, what becomes of the assets) and says whether they forbid profit."""

    LABEL: ClassVar[str] = "l'examen des statuts par une personne"
    STARTS: ClassVar[str] = "reviewed_on"
    reviewed_on: date
    non_profit: bool
    reviewer: str


@dataclass(frozen=True, slots=True)
class Site(_Row):
    """A place where the school teaches (*établissement*, *antenne*). ``main`` is the one its UAI stands for."""

    LABEL: ClassVar[str] = "le site"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    main: bool = False
    uai: str | None = None
    siret: str | None = None
    commune: str | None = None
    departement: str | None = None


# --- Opening: L. 441-1 to L. 441-4 -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpeningDeclaration(_Row):
    """*Déclaration d'ouverture*: filed, acknowledged, complete: three days that the law does not merge (R16).

    ``gaps_named``: did the acknowledgement, or a letter within fifteen days, ask for missing pieces? Absent is unknown.
    A move of premises is another declaration (L. 441-3): it does not end this one.
    """

    LABEL: ClassVar[str] = "la déclaration d'ouverture"
    STARTS: ClassVar[str] = "filed_on"
    filed_on: date
    acknowledged_on: date | None = None
    complete_on: date | None = None
    gaps_named: bool | None = None


@dataclass(frozen=True, slots=True)
class Opposition(_Row):
    """One of the four authorities opposes the opening; its end (``until``) is the day it is lifted or annulled."""

    LABEL: ClassVar[str] = "l'opposition à l'ouverture"
    KEY: ClassVar[tuple[str, ...]] = ("authority",)
    STARTS: ClassVar[str] = "opposed_on"
    opposed_on: date
    authority: str
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Closure(_Row):
    """*Fermeture* by the prefect, temporary or final. L. 442-2, L. 441-3-1."""

    LABEL: ClassVar[str] = "la fermeture"
    STARTS: ClassVar[str] = "effect_on"
    effect_on: date
    authority: str
    temporary: bool = False


# --- Recognition: L. 443-2, R. 443-1 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecognitionRequest(_Row):
    """The school asked; ``until`` is the day of the decision. While it lasts, the request is pending."""

    LABEL: ClassVar[str] = "la demande de reconnaissance"
    STARTS: ClassVar[str] = "filed_on"
    filed_on: date


@dataclass(frozen=True, slots=True)
class Recognition(_Row):
    """*Reconnaissance par l'État*: the act, and the sites it names (none when the act names the school alone)."""

    LABEL: ClassVar[str] = "l'acte de reconnaissance"
    STARTS: ClassVar[str] = "effect_on"
    effect_on: date
    authority: str
    signed_on: date | None = None
    published_on: date | None = None
    nor: str | None = None
    number: str | None = None
    enquiry_on: date | None = None
    cse_opinion_on: date | None = None
    cse_opinion_favourable: bool | None = None
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecognitionRefusal(_Row):
    """The minister refused; in force until another act."""

    LABEL: ClassVar[str] = "le refus de reconnaissance"
    STARTS: ClassVar[str] = "signed_on"
    signed_on: date
    authority: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class RecognitionWithdrawal(_Row):
    """*Retrait* of the recognition "in the same conditions" (R18): what was done before the act is part of the fact."""

    LABEL: ClassVar[str] = "le retrait de la reconnaissance"
    STARTS: ClassVar[str] = "effect_on"
    effect_on: date
    authority: str
    signed_on: date | None = None
    number: str | None = None
    heard_on: date | None = None
    enquiry_on: date | None = None
    cse_opinion_on: date | None = None


# --- Persons: L. 443-3. Opaque keys, never names ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffMember(_Row):
    """A post held. ``id`` is an opaque key; ``function`` is director, teacher, master or speaker."""

    LABEL: ClassVar[str] = "l'équipe de direction et d'enseignement"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    function: str


@dataclass(frozen=True, slots=True)
class StaffApproval(_Row):
    """*Agrément* of one person. ``granted = false`` is a refusal, which is a fact too."""

    LABEL: ClassVar[str] = "l'agrément"
    KEY: ClassVar[tuple[str, ...]] = ("member",)
    STARTS: ClassVar[str] = "signed_on"
    signed_on: date
    member: str
    authority: str
    granted: bool = True


# --- Lists: L. 443-6 third sentence; R. 6241-21 ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnnualList(_Row):
    """The joint act of two ministers, named by ``act_year``, the civil year of signature (R4).

    ``school_year`` ("2022-2023") and ``campaign_year`` are what its text says, absent when it is silent;
    ``effect_ends_on`` is its own clause on its end, absent when it has none (R3).
    """

    LABEL: ClassVar[str] = "l'arrêté fixant la liste annuelle"
    KEY: ClassVar[tuple[str, ...]] = ("act_year",)
    STARTS: ClassVar[str] = "published_on"
    act_year: int
    published_on: date
    signed_on: date | None = None
    nor: str | None = None
    number: str | None = None
    school_year: str | None = None
    campaign_year: int | None = None
    effect_ends_on: date | None = None
    authority: str = "les deux ministres"


@dataclass(frozen=True, slots=True)
class AnnualListEntry(_Row):
    """This school's line on a list, and the sites that the line names."""

    LABEL: ClassVar[str] = "l'inscription sur la liste annuelle"
    KEY: ClassVar[tuple[str, ...]] = ("act_year",)
    act_year: int
    sites: tuple[str, ...] = ()
    motive: str | None = None


@dataclass(frozen=True, slots=True)
class RegionalList(_Row):
    """The regional prefect's list for a campaign of the balance. R. 6241-21."""

    LABEL: ClassVar[str] = "la liste du préfet de région"
    KEY: ClassVar[tuple[str, ...]] = ("campaign_year",)
    STARTS: ClassVar[str] = "published_on"
    campaign_year: int
    published_on: date
    region: str | None = None
    number: str | None = None
    authority: str = "le préfet de région"


@dataclass(frozen=True, slots=True)
class RegionalListEntry(_Row):
    """This school's line on the prefect's list: under which item of L. 6241-5 (``12°``, ``2°-c`` …)."""

    LABEL: ClassVar[str] = "l'inscription sur la liste du préfet de région"
    KEY: ClassVar[tuple[str, ...]] = ("campaign_year", "item")
    campaign_year: int
    item: str
    courses: tuple[str, ...] = ()


# --- Teaching, certifications: L. 443-6 fourth sentence --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Audience(_Row):
    """Who is taught, by status, counted: pupils under school status, apprentices, adult trainees."""

    LABEL: ClassVar[str] = "les effectifs par statut"
    school_status: int
    apprentices: int | None = None
    trainees: int | None = None


@dataclass(frozen=True, slots=True)
class Course(_Row):
    """*Formation*: what the school prepares, where, and its weekly or yearly hours by kind of teaching."""

    LABEL: ClassVar[str] = "la formation"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    title: str
    certification: str
    site: str | None = None
    full_time: bool | None = None
    general_hours: int | None = None
    vocational_hours: int | None = None
    regulation_general_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Certification(_Row):
    """A sheet of the RNCP while it is active: ``kind`` is diploma or title. ``until`` is the first day it no longer is.

    ``read_on`` is the vintage in which these days were read: a publisher may bring an end forward, even into the past.
    """

    LABEL: ClassVar[str] = "la fiche RNCP"
    KEY: ClassVar[tuple[str, ...]] = ("code",)
    code: str
    title: str
    kind: str
    level: int | None = None
    successors: tuple[str, ...] = ()
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class RegistrationRequest(_Row):
    """A request for registration in the RNCP, while France compétences examines it (R54)."""

    LABEL: ClassVar[str] = "la demande d'enregistrement au RNCP"
    KEY: ClassVar[tuple[str, ...]] = ("certification",)
    STARTS: ClassVar[str] = "filed_on"
    filed_on: date
    certification: str


@dataclass(frozen=True, slots=True)
class Intake(_Row):
    """*Promotion entrante*: pupils who entered a course together; ``until`` is the day they leave it.

    ``counted_in_registration``: the certifier's file says that this promotion was counted, or in course, when the
    registration was examined (L. 6113-9, first paragraph). Absent is unknown.
    """

    LABEL: ClassVar[str] = "la promotion entrée en formation"
    KEY: ClassVar[tuple[str, ...]] = ("course", "entered_on")
    STARTS: ClassVar[str] = "entered_on"
    entered_on: date
    course: str
    pupils: int | None = None
    counted_in_registration: bool | None = None


# --- Production, insertion: L. 443-6 second and fifth sentences ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProductionCount(_Row):
    """One count of one period: orders, outside_customers, pupils, skills, hours; and two that the label asks (R14)."""

    LABEL: ClassVar[str] = "le décompte de production"
    KEY: ClassVar[tuple[str, ...]] = ("count",)
    count: str
    value: int


@dataclass(frozen=True, slots=True)
class Cohort(_Row):
    """*Cohorte de sortants* of one exit year, observed ``horizon`` months later (6, 12, 18 or 24). Counts of persons."""

    LABEL: ClassVar[str] = "la cohorte de sortants"
    KEY: ClassVar[tuple[str, ...]] = ("exit_year", "horizon")
    exit_year: int
    horizon: int
    leavers: int
    reached: int
    employed: int | None = None
    in_training: int | None = None
    unqualified_at_entry: int | None = None
    without_trade_diploma_at_entry: int | None = None
    dropouts_at_entry: int | None = None


# --- Money and agreements: L. 443-6 sixth and seventh sentences ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SecondDegree(_Row):
    """Is the school one of second degree, in the sense of L. 6241-5, 2°? An authority said so, or said not."""

    LABEL: ClassVar[str] = "le rattachement au second degré"
    value: bool


@dataclass(frozen=True, slots=True)
class UnqualifiedTraining(_Row):
    """Does the body train young people without qualification, in the sense of L. 6241-5, 7°?"""

    LABEL: ClassVar[str] = "la formation de jeunes sans qualification, au sens du 7°"
    value: bool


@dataclass(frozen=True, slots=True)
class ScholarshipHabilitation(_Row):
    """*Habilitation à recevoir des boursiers nationaux*, by the recteur. R. 531-14, D. 531-15.

    ``cse_opinion_favourable``: the opinion on scholarships of L. 531-5 (R23), which is not the one on recognition.
    """

    LABEL: ClassVar[str] = "l'habilitation à recevoir des boursiers"
    STARTS: ClassVar[str] = "effect_on"
    effect_on: date
    authority: str
    granted: bool = True
    cse_opinion_favourable: bool | None = None


@dataclass(frozen=True, slots=True)
class BankDetails(_Row):
    """Are the bank details on SOLTéA valid for a campaign? Never public (R48)."""

    LABEL: ClassVar[str] = "les coordonnées bancaires sur SOLTéA"
    KEY: ClassVar[tuple[str, ...]] = ("campaign_year",)
    campaign_year: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class HabilitationRequest(_Row):
    """*Demande d'habilitation* on SOLTéA: ``state`` draft, sent, returned, examined, validated or refused.

    "Validated" is not listed: only the publication of the prefect's list is.
    """

    LABEL: ClassVar[str] = "la demande d'habilitation sur SOLTéA"
    KEY: ClassVar[tuple[str, ...]] = ("campaign_year",)
    campaign_year: int
    state: str
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement(_Row):
    """*Convention*: parties by kind (state, local_authority, company), object by kind, and what it lacks or not."""

    LABEL: ClassVar[str] = "la convention"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    STARTS: ClassVar[str] = "signed_on"
    signed_on: date
    id: str
    party: str
    party_kind: str
    purpose: str
    signed_by_body: bool | None = None
    signed_by_party: bool | None = None
    written: bool | None = None
    amount_cents: int | None = None
    education_ministry: bool | None = None
    cse_opinion_favourable: bool | None = None
    state_aid_basis: str | None = None


# --- What is planned, and what is said not to exist ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CampaignDate(_Row):
    """A date of the regime's calendar: planned, revised, actual. A date is a datum with its source, never a constant."""

    LABEL: ClassVar[str] = "la date de campagne"
    KEY: ClassVar[tuple[str, ...]] = ("kind", "campaign_year")
    kind: str
    campaign_year: int
    planned: date | None = None
    revised: date | None = None
    actual: date | None = None

    @property
    def best(self) -> date | None:
        """The actual day, else the revised one, else the planned one."""
        return self.actual or self.revised or self.planned


@dataclass(frozen=True, slots=True)
class StatedAbsence(_Row):
    """Somebody who may know says that there is none: *néant*. Only this makes of an absence a fact.

    ``of`` names the kind (``opposition``, ``recognition``), and its key when it has one (``staff_approval[maître-1]``).
    """

    LABEL: ClassVar[str] = "l'attestation d'absence"
    KEY: ClassVar[tuple[str, ...]] = ("of",)
    of: str


@dataclass(frozen=True, slots=True)
class Ruling(_Row):
    """An authority wrote, for this school, which option of a reading it follows (*prise de position*, *rescrit*).

    It settles the doubt for this school while it is valid: rules take it as a fact, before any default. ``use`` says for
    which use of a reading that has several (R4: ``schooling``, ``tax``); empty, for every use.
    """

    LABEL: ClassVar[str] = "une prise de position écrite"
    KEY: ClassVar[tuple[str, ...]] = ("reading", "use")
    STARTS: ClassVar[str] = "written_on"
    written_on: date
    reading: str
    option: str
    authority: str
    use: str = ""


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """All that is held about one school. Every collection is in the order in which it was given.

    ``fictional`` data carries its banner wherever it is printed.
    """

    uai: str
    name: str
    fictional: bool = False
    managing_body: tuple[Fact[ManagingBody], ...] = ()
    statutes_review: tuple[Fact[StatutesReview], ...] = ()
    site: tuple[Fact[Site], ...] = ()
    opening_declaration: tuple[Fact[OpeningDeclaration], ...] = ()
    opposition: tuple[Fact[Opposition], ...] = ()
    closure: tuple[Fact[Closure], ...] = ()
    recognition_request: tuple[Fact[RecognitionRequest], ...] = ()
    recognition: tuple[Fact[Recognition], ...] = ()
    recognition_refusal: tuple[Fact[RecognitionRefusal], ...] = ()
    recognition_withdrawal: tuple[Fact[RecognitionWithdrawal], ...] = ()
    staff_member: tuple[Fact[StaffMember], ...] = ()
    staff_approval: tuple[Fact[StaffApproval], ...] = ()
    annual_list: tuple[Fact[AnnualList], ...] = ()
    annual_list_entry: tuple[Fact[AnnualListEntry], ...] = ()
    regional_list: tuple[Fact[RegionalList], ...] = ()
    regional_list_entry: tuple[Fact[RegionalListEntry], ...] = ()
    audience: tuple[Fact[Audience], ...] = ()
    course: tuple[Fact[Course], ...] = ()
    certification: tuple[Fact[Certification], ...] = ()
    registration_request: tuple[Fact[RegistrationRequest], ...] = ()
    intake: tuple[Fact[Intake], ...] = ()
    production_count: tuple[Fact[ProductionCount], ...] = ()
    cohort: tuple[Fact[Cohort], ...] = ()
    second_degree: tuple[Fact[SecondDegree], ...] = ()
    unqualified_training: tuple[Fact[UnqualifiedTraining], ...] = ()
    scholarship_habilitation: tuple[Fact[ScholarshipHabilitation], ...] = ()
    bank_details: tuple[Fact[BankDetails], ...] = ()
    habilitation_request: tuple[Fact[HabilitationRequest], ...] = ()
    agreement: tuple[Fact[Agreement], ...] = ()
    campaign_date: tuple[Fact[CampaignDate], ...] = ()
    ruling: tuple[Fact[Ruling], ...] = ()
    stated_absence: tuple[Fact[StatedAbsence], ...] = ()

    def facts(self) -> Iterator[Fact[object]]:
        """Every fact, kind by kind."""
        for kind in KINDS:
            yield from getattr(self, kind)

    def with_rows(self, kind: str, rows: Iterable[Fact[object]]) -> SchoolFacts:
        """The same, with other facts of one kind."""
        return self.with_kinds({kind: rows})

    def with_kinds(self, rows: Mapping[str, Iterable[Fact[Any]]]) -> SchoolFacts:
        """The same, with other facts of some kinds."""
        held = {name: tuple(rows[name]) if name in rows else getattr(self, name) for name in KINDS}
        return SchoolFacts(self.uai, self.name, self.fictional, **held)

    def as_known(self, instant: datetime | None) -> SchoolFacts:
        """What was held at an instant; ``None`` is what is held now."""
        kept = {kind: tuple(fact for fact in getattr(self, kind) if fact.known_at(instant)) for kind in KINDS}
        return SchoolFacts(self.uai, self.name, self.fictional, **kept)


KINDS: dict[str, type[Row]] = {
    name: get_args(get_args(hint)[0])[0]
    for name, hint in get_type_hints(SchoolFacts).items()
    if name not in ("uai", "name", "fictional")
}

# The kinds that end or forbid something: one that nobody recorded is not assumed (see docs/architecture.md, "Absence").
ENDINGS = ("opposition", "closure", "recognition_refusal", "recognition_withdrawal")

# The few values that a field takes, and how each is called.
CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("staff_member", "function"): {
        "director": "directeur ou directrice",
        "teacher": "enseignant ou enseignante",
        "master": "maître professionnel",
        "speaker": "intervenant extérieur",
    },
    ("certification", "kind"): {"diploma": "diplôme", "title": "titre à finalité professionnelle"},
    ("production_count", "count"): {
        "orders": "commandes",
        "outside_customers": "clients extérieurs",
        "pupils": "élèves qui y ont travaillé",
        "skills": "compétences touchées",
        "hours": "heures de production",
        "orders_at_market_price": "commandes au prix du marché",
        "total_hours": "heures de toute la formation",
    },
    ("habilitation_request", "state"): {
        "draft": "en préparation",
        "sent": "envoyée",
        "returned": "renvoyée à l'école",
        "examined": "instruite",
        "validated": "validée",
        "refused": "refusée",
    },
    ("agreement", "party_kind"): {
        "state": "État",
        "local_authority": "collectivité territoriale",
        "company": "entreprise",
        "other": "autre",
    },
    ("agreement", "purpose"): {
        "running": "fonctionnement",
        "investment": "investissement",
        "engineering": "ingénierie",
        "equipment": "équipement",
        "loan": "prêt",
        "production": "production",
        "other": "autre",
    },
    ("campaign_date", "kind"): {
        "annual_list": "liste annuelle attendue",
        "regional_list": "liste du préfet de région attendue",
        "habilitation_request_opens": "ouverture des demandes d'habilitation au solde",
        "habilitation_request_closes": "clôture des demandes d'habilitation au solde",
        "bank_details_close": "clôture des coordonnées bancaires",
        "opens_to_schools": "ouverture de SOLTéA aux écoles",
        "window_1_opens": "ouverture de la première période de choix",
        "window_1_closes": "clôture de la première période de choix",
        "transfer_1": "premier versement",
        "window_2_opens": "ouverture de la deuxième période de choix",
        "window_2_closes": "clôture de la deuxième période de choix",
        "transfer_2": "deuxième versement",
        "window_3_opens": "ouverture de la troisième période de choix",
        "window_3_closes": "clôture de la troisième période de choix",
        "transfer_3": "troisième versement",
        "undesignated_transfer": "versement des fonds non désignés",
    },
    ("regional_list_entry", "item"): {"2°-b": "2° b", "2°-c": "2° c", "7°": "7°", "12°": "12°"},
}

IDENTIFIERS: dict[str, str] = {"uai": "uai", "siren": "siren", "siret": "siret", "rna": "rna", "nor": "nor"}
RNCP_FIELDS = (("certification", "code"), ("course", "certification"), ("registration_request", "certification"))


def row_key(kind: str, value: object) -> tuple[str, ...]:
    """What tells two facts of one kind apart."""
    return tuple(str(getattr(value, field)) for field in KINDS[kind].KEY)


def fact_name(kind: str, value: object) -> str:
    """The stable name of a fact: ``recognition``, ``course[cap-métallier]``, ``intake[cap-métallier,2024-09-02]``."""
    key = [part for part in row_key(kind, value) if part]
    return f"{kind}[{','.join(key)}]" if key else kind


def at(rows: Iterable[Fact[Value]], on: date) -> Fact[Value] | None:
    """The first of these facts that is true on a day."""
    for fact in rows:
        if fact.valid.holds(on):
            return fact
    return None


def all_at(rows: Iterable[Fact[Value]], on: date) -> list[Fact[Value]]:
    """Those of these facts that are true on a day."""
    return [fact for fact in rows if fact.valid.holds(on)]


def coming_date(facts: SchoolFacts, kind: str, on: date) -> Fact[CampaignDate] | None:
    """The next day of a kind in the calendar held, this campaign's or the following one's."""
    coming = {
        fact.value.best: fact
        for fact in all_at(facts.campaign_date, on)
        if fact.value.kind == kind
        and fact.value.best is not None
        and on <= fact.value.best
        and fact.value.campaign_year <= on.year + 1
    }
    return coming[min(coming)] if coming else None


def field_names(kind: str) -> tuple[str, ...]:
    """The fields of a kind, in order."""
    return tuple(field.name for field in fields(KINDS[kind]))  # type: ignore[arg-type]
