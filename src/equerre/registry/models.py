"""Identities and their dated rows. An identity keeps a stable key and nothing that can change; a row is one fact.

Each kind of fact of ``facts`` has its model here, with the same field names: ``KIND`` names it, ``OF`` says what two
rows must share to be about the same thing. ``selectors`` turns rows into those plain facts; rules never see a row.
"""

from __future__ import annotations

from django.db import models

from equerre.facts import KEPT
from equerre.registry.dated import Dated, Source, about, two_times

__all__ = ["DATED", "KINDS", "Source"]


def choices(kind: str, field: str) -> list[tuple[str, str]]:
    """The few values of a field and how each is called, as the rules know them."""
    return list(KEPT[kind].fields[field].choices.items())


# --- Identities: a key, and nothing that can change -------------------------------------------------------------------


class Identity(models.Model):
    key = models.CharField("clé", max_length=80, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.key)


class ManagingBody(Identity):
    class Meta:
        verbose_name = "organisme gestionnaire"
        verbose_name_plural = "organismes gestionnaires"


class School(Identity):
    fictional = models.BooleanField("fictive", default=False)

    class Meta:
        verbose_name = "école"
        verbose_name_plural = "écoles"


class Site(Identity):
    school = models.ForeignKey(School, on_delete=models.PROTECT, verbose_name="école")

    class Meta:
        verbose_name = "site"
        verbose_name_plural = "sites"


class Course(Identity):
    school = models.ForeignKey(School, on_delete=models.PROTECT, verbose_name="école")

    class Meta:
        verbose_name = "formation"
        verbose_name_plural = "formations"


class Certification(Identity):
    """``key`` is the code of the RNCP sheet."""

    class Meta:
        verbose_name = "certification"
        verbose_name_plural = "certifications"


class Act(Identity):
    class Meta:
        verbose_name = "acte"
        verbose_name_plural = "actes"


class Revision(models.Model):
    """One row: how many times the register was written (see ``registry.revision``)."""

    number = models.PositiveBigIntegerField("révision")

    class Meta:
        verbose_name = "révision du registre"
        verbose_name_plural = "révision du registre"


class Delivery(models.Model):
    """One reading of one file that wrote something: what it wrote began to be known at ``recorded_at``, which is its own.

    ``kind`` is the import that read it. It is withdrawn once, whole: what it said counts no more, and stays in the history.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name="source", related_name="+")
    kind = models.CharField("import", max_length=20)
    author = models.CharField("auteur (clé)", max_length=80)
    recorded_at = models.DateTimeField("lue le", unique=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_by = models.CharField("retirée par (clé)", max_length=80, blank=True, default="")

    class Meta:
        verbose_name = "livraison"
        verbose_name_plural = "livraisons"


# --- Abstract owners --------------------------------------------------------------------------------------------------


class OfSchool(Dated):
    school = models.ForeignKey(School, on_delete=models.PROTECT, verbose_name="école", related_name="+")

    class Meta:
        abstract = True


class OfBody(Dated):
    body = models.ForeignKey(ManagingBody, on_delete=models.PROTECT, verbose_name="organisme", related_name="+")

    class Meta:
        abstract = True


class OfAct(models.Model):
    """An act as a fact tells it: who took it, its number, its day of signature. ``act`` ties it to its own identity."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, blank=True, verbose_name="acte", related_name="+")
    authority = models.CharField(max_length=160)
    number = models.CharField(max_length=80, null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


# --- Bodies, schools, sites -------------------------------------------------------------------------------------------


class SchoolName(OfSchool):
    """The name a school bears; not a fact that rules read."""

    KIND = "school_name"
    OF = ("school",)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "nom d'école"
        verbose_name_plural = "noms d'école"
        indexes = about("school", name="school_name_of")
        constraints = two_times("school_name", "school")


class SchoolBody(OfSchool):
    """The link between a school and the body that runs it."""

    KIND = "school_body"
    OF = ("school",)
    body = models.ForeignKey(ManagingBody, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lien entre une école et son organisme"
        verbose_name_plural = "liens entre les écoles et leurs organismes"
        indexes = about("school", name="school_body_of")
        constraints = two_times("school_body", "school")


class ManagingBodyDetails(OfBody):
    """Name, legal category and numbers of a body."""

    KIND = "managing_body"
    OF = ("body",)
    name = models.CharField(max_length=200)
    legal_category = models.CharField(max_length=4)
    siren = models.CharField(max_length=9, null=True, blank=True)
    rna = models.CharField(max_length=10, null=True, blank=True)

    class Meta:
        verbose_name = "organisme : nom, forme, numéros"
        verbose_name_plural = "organismes : noms, formes, numéros"
        indexes = about("body", name="body_details_of")
        constraints = two_times("body_details", "body")


class StatutesReview(OfBody):
    KIND = "statutes_review"
    OF = ("body",)
    reviewed_on = models.DateField()
    non_profit = models.BooleanField()
    reviewer = models.CharField(max_length=120)

    class Meta:
        verbose_name = "examen des statuts"
        verbose_name_plural = "examens des statuts"
        indexes = about("body", name="statutes_of")
        constraints = two_times("statutes", "body")


class SiteDetails(Dated):
    """Where a site is and the numbers it bears: the couple UAI–SIRET, dated. Académie and région follow from the département."""

    KIND = "site"
    OF = ("site",)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, verbose_name="site", related_name="+")
    main = models.BooleanField(default=False)
    uai = models.CharField(max_length=8, null=True, blank=True, db_index=True)
    siret = models.CharField(max_length=14, null=True, blank=True, db_index=True)
    address = models.CharField(max_length=200, blank=True, default="")
    postcode = models.CharField(max_length=5, blank=True, default="")
    commune = models.CharField(max_length=120, null=True, blank=True)
    departement = models.CharField(max_length=3, null=True, blank=True)

    class Meta:
        verbose_name = "site : adresse et numéros"
        verbose_name_plural = "sites : adresses et numéros"
        indexes = about("site", name="site_details_of")
        constraints = two_times("site_details", "site")


# --- Opening ----------------------------------------------------------------------------------------------------------


class OpeningDeclaration(OfSchool):
    KIND = "opening_declaration"
    OF = ("school",)
    filed_on = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    complete_on = models.DateField(null=True, blank=True)
    gaps_named = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = "déclaration d'ouverture"
        verbose_name_plural = "déclarations d'ouverture"
        indexes = about("school", name="opening_of")
        constraints = two_times("opening", "school")


class Opposition(OfSchool):
    KIND = "opposition"
    OF = ("school", "authority")
    opposed_on = models.DateField()
    authority = models.CharField(max_length=160)
    ground = models.CharField(max_length=200, null=True, blank=True)

    class Meta:
        verbose_name = "opposition à l'ouverture"
        verbose_name_plural = "oppositions à l'ouverture"
        indexes = about("school", "authority", name="opposition_of")
        constraints = two_times("opposition", "school", "authority")


class Closure(OfSchool):
    KIND = "closure"
    OF = ("school",)
    effect_on = models.DateField()
    authority = models.CharField(max_length=160)
    temporary = models.BooleanField(default=False)

    class Meta:
        verbose_name = "fermeture"
        verbose_name_plural = "fermetures"
        indexes = about("school", name="closure_of")
        constraints = two_times("closure", "school")


# --- Recognition ------------------------------------------------------------------------------------------------------


class RecognitionRequest(OfSchool):
    KIND = "recognition_request"
    OF = ("school",)
    filed_on = models.DateField()

    class Meta:
        verbose_name = "demande de reconnaissance"
        verbose_name_plural = "demandes de reconnaissance"
        indexes = about("school", name="recog_request_of")
        constraints = two_times("recog_request", "school")


class Recognition(OfSchool, OfAct):
    KIND = "recognition"
    OF = ("school",)
    effect_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    nor = models.CharField(max_length=12, null=True, blank=True)
    enquiry_on = models.DateField(null=True, blank=True)
    cse_opinion_on = models.DateField(null=True, blank=True)
    cse_opinion_favourable = models.BooleanField(null=True, blank=True)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")

    class Meta:
        verbose_name = "reconnaissance"
        verbose_name_plural = "reconnaissances"
        indexes = about("school", name="recognition_of")
        constraints = two_times("recognition", "school")


class RecognitionRefusal(OfSchool, OfAct):
    KIND = "recognition_refusal"
    OF = ("school",)
    signed_on = models.DateField()

    class Meta:
        verbose_name = "refus de reconnaissance"
        verbose_name_plural = "refus de reconnaissance"
        indexes = about("school", name="recog_refusal_of")
        constraints = two_times("recog_refusal", "school")


class RecognitionWithdrawal(OfSchool, OfAct):
    KIND = "recognition_withdrawal"
    OF = ("school",)
    effect_on = models.DateField()
    heard_on = models.DateField(null=True, blank=True)
    enquiry_on = models.DateField(null=True, blank=True)
    cse_opinion_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "retrait de la reconnaissance"
        verbose_name_plural = "retraits de la reconnaissance"
        indexes = about("school", name="recog_withdrawal_of")
        constraints = two_times("recog_withdrawal", "school")


# --- Persons: opaque keys, never names --------------------------------------------------------------------------------


class StaffMember(OfSchool):
    KIND = "staff_member"
    OF = ("school", "post")
    post = models.CharField(max_length=80)
    function = models.CharField(max_length=10, choices=choices("staff_member", "function"))

    class Meta:
        verbose_name = "poste"
        verbose_name_plural = "postes"
        indexes = about("school", "post", name="staff_member_of")
        constraints = two_times("staff_member", "school", "post")


class StaffApproval(OfSchool):
    KIND = "staff_approval"
    OF = ("school", "member")
    member = models.CharField(max_length=80)
    signed_on = models.DateField()
    authority = models.CharField(max_length=160)
    granted = models.BooleanField(default=True)

    class Meta:
        verbose_name = "agrément"
        verbose_name_plural = "agréments"
        indexes = about("school", "member", name="staff_approval_of")
        constraints = two_times("staff_approval", "school", "member")


# --- Lists ------------------------------------------------------------------------------------------------------------


class AnnualList(Dated, OfAct):
    KIND = "annual_list"
    OF = ("act_year",)
    act_year = models.PositiveSmallIntegerField()
    published_on = models.DateField()
    nor = models.CharField(max_length=12, null=True, blank=True)
    school_year = models.CharField(max_length=9, null=True, blank=True)
    campaign_year = models.PositiveSmallIntegerField(null=True, blank=True)
    effect_ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "liste annuelle"
        verbose_name_plural = "listes annuelles"
        indexes = about("act_year", name="annual_list_of")
        constraints = two_times("annual_list", "act_year")


class AnnualListEntry(OfSchool):
    KIND = "annual_list_entry"
    OF = ("school", "act_year")
    act_year = models.PositiveSmallIntegerField()
    motive = models.CharField(max_length=300, null=True, blank=True)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")

    class Meta:
        verbose_name = "inscription sur la liste annuelle"
        verbose_name_plural = "inscriptions sur la liste annuelle"
        indexes = about("school", "act_year", name="annual_entry_of")
        constraints = two_times("annual_entry", "school", "act_year")


class RegionalList(Dated, OfAct):
    KIND = "regional_list"
    OF = ("region", "campaign_year")
    campaign_year = models.PositiveSmallIntegerField()
    published_on = models.DateField()
    region = models.CharField(max_length=3)

    class Meta:
        verbose_name = "liste du préfet de région"
        verbose_name_plural = "listes des préfets de région"
        indexes = about("region", "campaign_year", name="regional_list_of")
        constraints = two_times("regional_list", "region", "campaign_year")


class RegionalListEntry(OfSchool):
    KIND = "regional_list_entry"
    OF = ("school", "campaign_year", "item")
    campaign_year = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=6, choices=choices("regional_list_entry", "item"))
    courses = models.ManyToManyField(Course, blank=True, related_name="+")

    class Meta:
        verbose_name = "inscription sur la liste du préfet de région"
        verbose_name_plural = "inscriptions sur les listes des préfets de région"
        indexes = about("school", "campaign_year", "item", name="regional_entry_of")
        constraints = two_times("regional_entry", "school", "campaign_year", "item")


class ActDetails(Dated):
    """An act: its kind, who took it, its days, its NOR, and the act that it amends."""

    KIND = "act"
    OF = ("act",)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    authority = models.CharField(max_length=160)
    number = models.CharField(max_length=80, null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    effect_on = models.DateField(null=True, blank=True)
    nor = models.CharField(max_length=12, null=True, blank=True)
    amends = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "acte : nature, autorité, dates"
        verbose_name_plural = "actes : natures, autorités, dates"
        indexes = about("act", name="act_details_of")
        constraints = two_times("act_details", "act")


# --- Teaching, certifications, production, insertion ------------------------------------------------------------------


class Audience(OfSchool):
    KIND = "audience"
    OF = ("school",)
    school_status = models.PositiveIntegerField()
    apprentices = models.PositiveIntegerField(null=True, blank=True)
    trainees = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "effectifs par statut"
        verbose_name_plural = "effectifs par statut"
        indexes = about("school", name="audience_of")
        constraints = two_times("audience", "school")


class CourseDetails(Dated):
    KIND = "course"
    OF = ("course",)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, verbose_name="formation", related_name="+")
    title = models.CharField(max_length=300)
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    full_time = models.BooleanField(null=True, blank=True)
    general_hours = models.PositiveIntegerField(null=True, blank=True)
    vocational_hours = models.PositiveIntegerField(null=True, blank=True)
    regulation_general_hours = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "formation : intitulé, certification, heures"
        verbose_name_plural = "formations : intitulés, certifications, heures"
        indexes = about("course", name="course_details_of")
        constraints = two_times("course_details", "course")


class CertificationSheet(Dated):
    """A sheet of the RNCP while it is active, as a delivery of its publisher says, and once it is said to be closed."""

    KIND = "certification"
    OF = ("certification",)
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, verbose_name="certification", related_name="+"
    )
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=10, choices=choices("certification", "kind"))
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    effect_on = models.DateField(null=True, blank=True)
    last_issue_on = models.DateField(null=True, blank=True)
    closed_read_on = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField(Certification, blank=True, related_name="+")

    class Meta:
        verbose_name = "fiche RNCP"
        verbose_name_plural = "fiches RNCP"
        indexes = about("certification", name="sheet_of")
        constraints = two_times("sheet", "certification")


class DiplomaCode(Dated):
    """A CFD that a sheet answers to; one code may answer to several sheets, and the reverse."""

    KIND = "diploma_code"
    OF = ("certification", "cfd")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    cfd = models.CharField(max_length=8)

    class Meta:
        verbose_name = "code de diplôme"
        verbose_name_plural = "codes de diplôme"
        indexes = about("certification", "cfd", name="diploma_code_of")
        constraints = two_times("diploma_code", "certification", "cfd")


class SkillBlock(Dated):
    """A block of skills of a sheet."""

    KIND = "skill_block"
    OF = ("certification", "code")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=14)
    title = models.TextField()

    class Meta:
        verbose_name = "bloc de compétences"
        verbose_name_plural = "blocs de compétences"
        indexes = about("certification", "code", name="skill_block_of")
        constraints = two_times("skill_block", "certification", "code")


class RegistrationRequest(Dated):
    KIND = "registration_request"
    OF = ("certification",)
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField()

    class Meta:
        verbose_name = "demande d'enregistrement au RNCP"
        verbose_name_plural = "demandes d'enregistrement au RNCP"
        indexes = about("certification", name="registration_of")
        constraints = two_times("registration", "certification")


class Intake(Dated):
    KIND = "intake"
    OF = ("course", "entered_on")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    pupils = models.PositiveIntegerField(null=True, blank=True)
    counted_in_registration = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = "promotion"
        verbose_name_plural = "promotions"
        indexes = about("course", "entered_on", name="intake_of")
        constraints = two_times("intake", "course", "entered_on")


class ProductionCount(OfSchool):
    KIND = "production_count"
    OF = ("school", "count")
    count = models.CharField(max_length=30, choices=choices("production_count", "count"))
    value = models.PositiveIntegerField()

    class Meta:
        verbose_name = "décompte de production"
        verbose_name_plural = "décomptes de production"
        indexes = about("school", "count", name="production_of")
        constraints = two_times("production", "school", "count")


class Cohort(OfSchool):
    KIND = "cohort"
    OF = ("school", "exit_year", "horizon")
    exit_year = models.PositiveSmallIntegerField()
    horizon = models.PositiveSmallIntegerField()
    leavers = models.PositiveIntegerField()
    reached = models.PositiveIntegerField()
    employed = models.PositiveIntegerField(null=True, blank=True)
    in_training = models.PositiveIntegerField(null=True, blank=True)
    unqualified_at_entry = models.PositiveIntegerField(null=True, blank=True)
    without_trade_diploma_at_entry = models.PositiveIntegerField(null=True, blank=True)
    dropouts_at_entry = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "cohorte de sortants"
        verbose_name_plural = "cohortes de sortants"
        indexes = about("school", "exit_year", "horizon", name="cohort_of")
        constraints = two_times("cohort", "school", "exit_year", "horizon")


# --- The balance, agreements ------------------------------------------------------------------------------------------


class SecondDegree(OfSchool):
    KIND = "second_degree"
    OF = ("school",)
    value = models.BooleanField()

    class Meta:
        verbose_name = "rattachement au second degré"
        verbose_name_plural = "rattachements au second degré"
        indexes = about("school", name="second_degree_of")
        constraints = two_times("second_degree", "school")


class UnqualifiedTraining(OfSchool):
    KIND = "unqualified_training"
    OF = ("school",)
    value = models.BooleanField()

    class Meta:
        verbose_name = "formation de jeunes sans qualification"
        verbose_name_plural = "formations de jeunes sans qualification"
        indexes = about("school", name="unqualified_of")
        constraints = two_times("unqualified", "school")


class ScholarshipHabilitation(OfSchool):
    KIND = "scholarship_habilitation"
    OF = ("school",)
    effect_on = models.DateField()
    authority = models.CharField(max_length=160)
    granted = models.BooleanField(default=True)
    cse_opinion_favourable = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = "habilitation à recevoir des boursiers"
        verbose_name_plural = "habilitations à recevoir des boursiers"
        indexes = about("school", name="scholarship_of")
        constraints = two_times("scholarship", "school")


class BankDetails(OfSchool):
    """Never public (R48)."""

    KIND = "bank_details"
    OF = ("school", "campaign_year")
    campaign_year = models.PositiveSmallIntegerField()
    accepted = models.BooleanField()

    class Meta:
        verbose_name = "coordonnées bancaires sur SOLTéA"
        verbose_name_plural = "coordonnées bancaires sur SOLTéA"
        indexes = about("school", "campaign_year", name="bank_of")
        constraints = two_times("bank", "school", "campaign_year")


class HabilitationRequest(OfSchool):
    KIND = "habilitation_request"
    OF = ("school", "campaign_year")
    campaign_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices("habilitation_request", "state"))
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "demande d'habilitation sur SOLTéA"
        verbose_name_plural = "demandes d'habilitation sur SOLTéA"
        indexes = about("school", "campaign_year", name="hab_request_of")
        constraints = two_times("hab_request", "school", "campaign_year")


class Agreement(OfSchool):
    KIND = "agreement"
    OF = ("school", "reference")
    reference = models.CharField(max_length=80)
    signed_on = models.DateField()
    party = models.CharField(max_length=200)
    party_kind = models.CharField(max_length=16, choices=choices("agreement", "party_kind"))
    purpose = models.CharField(max_length=12, choices=choices("agreement", "purpose"))
    signed_by_body = models.BooleanField(null=True, blank=True)
    signed_by_party = models.BooleanField(null=True, blank=True)
    written = models.BooleanField(null=True, blank=True)
    amount_cents = models.BigIntegerField(null=True, blank=True)
    education_ministry = models.BooleanField(null=True, blank=True)
    cse_opinion_favourable = models.BooleanField(null=True, blank=True)
    state_aid_basis = models.CharField(max_length=200, null=True, blank=True)

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        indexes = about("school", "reference", name="agreement_of")
        constraints = two_times("agreement", "school", "reference")


# --- The calendar, and what somebody says of a doubt or of an absence --------------------------------------------------


class CampaignDate(Dated):
    KIND = "campaign_date"
    OF = ("kind", "campaign_year")
    kind = models.CharField(max_length=40, choices=choices("campaign_date", "kind"))
    campaign_year = models.PositiveSmallIntegerField()
    planned = models.DateField(null=True, blank=True)
    revised = models.DateField(null=True, blank=True)
    actual = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "date de campagne"
        verbose_name_plural = "dates de campagne"
        indexes = about("kind", "campaign_year", name="campaign_date_of")
        constraints = two_times("campaign_date", "kind", "campaign_year")


class Ruling(OfSchool):
    KIND = "ruling"
    OF = ("school", "reading", "use")
    written_on = models.DateField()
    reading = models.CharField(max_length=4)
    use = models.CharField(max_length=20, blank=True, default="", db_default="")
    option = models.CharField(max_length=2)
    authority = models.CharField(max_length=160)

    class Meta:
        verbose_name = "prise de position"
        verbose_name_plural = "prises de position"
        indexes = about("school", "reading", "use", name="ruling_of")
        constraints = two_times("ruling", "school", "reading", "use")


class StatedAbsence(OfSchool):
    KIND = "stated_absence"
    OF = ("school", "of")
    of = models.CharField(max_length=120)

    class Meta:
        verbose_name = "attestation d'absence"
        verbose_name_plural = "attestations d'absence"
        indexes = about("school", "of", name="stated_absence_of")
        constraints = two_times("stated_absence", "school", "of")


DATED: tuple[type[Dated], ...] = (
    SchoolName,
    SchoolBody,
    ManagingBodyDetails,
    StatutesReview,
    SiteDetails,
    OpeningDeclaration,
    Opposition,
    Closure,
    RecognitionRequest,
    Recognition,
    RecognitionRefusal,
    RecognitionWithdrawal,
    StaffMember,
    StaffApproval,
    AnnualList,
    AnnualListEntry,
    RegionalList,
    RegionalListEntry,
    ActDetails,
    Audience,
    CourseDetails,
    CertificationSheet,
    DiplomaCode,
    SkillBlock,
    RegistrationRequest,
    Intake,
    ProductionCount,
    Cohort,
    SecondDegree,
    UnqualifiedTraining,
    ScholarshipHabilitation,
    BankDetails,
    HabilitationRequest,
    Agreement,
    CampaignDate,
    Ruling,
    StatedAbsence,
)
KINDS: dict[str, type[Dated]] = {model.KIND: model for model in DATED}

# What a field is called is said where its kind is declared: no label is written here, and none goes into a migration.
for _model in DATED:
    for _field in (*_model._meta.fields, *_model._meta.many_to_many):
        _declared = KEPT[_model.KIND].column(_field.name)
        if _declared is not None and not _field._verbose_name:  # type: ignore[attr-defined]
            _field.verbose_name = _declared.label
