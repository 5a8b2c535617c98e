"""Identities and their dated rows. An identity keeps a stable key and nothing that can change; a row is one fact.

Each kind of fact of ``facts`` has its model here, with the same field names: ``KIND`` names it, ``OF`` says what two
rows must share to be about the same thing. ``selectors`` turns rows into those plain facts; rules never see a row.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from equerre.facts import CHOICES
from equerre.registry.dated import Dated, Source, about, two_times

__all__ = ["DATED", "KINDS", "Source"]


def choices(kind: str, field: str) -> list[tuple[str, str]]:
    """The few values of a field and how each is called, as the rules know them."""
    return list(CHOICES[kind, field].items())


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
    authority = models.CharField("autorité", max_length=160)
    number = models.CharField("numéro", max_length=80, null=True, blank=True)
    signed_on = models.DateField("signé le", null=True, blank=True)

    class Meta:
        abstract = True


# --- Bodies, schools, sites -------------------------------------------------------------------------------------------


class SchoolName(OfSchool):
    """The name a school bears; not a fact that rules read."""

    KIND: ClassVar[str] = ""
    OF = ("school",)
    name = models.CharField("nom", max_length=200)

    class Meta:
        verbose_name = "nom d'école"
        verbose_name_plural = "noms d'école"
        indexes = about("school", name="school_name_of")
        constraints = two_times("school_name", "school")


class SchoolBody(OfSchool):
    """The link between a school and the body that runs it."""

    KIND: ClassVar[str] = "managing_body"
    OF = ("school",)
    body = models.ForeignKey(ManagingBody, on_delete=models.PROTECT, verbose_name="organisme", related_name="+")

    class Meta:
        verbose_name = "lien entre une école et son organisme"
        verbose_name_plural = "liens entre les écoles et leurs organismes"
        indexes = about("school", name="school_body_of")
        constraints = two_times("school_body", "school")


class ManagingBodyDetails(OfBody):
    """Name, legal category and numbers of a body."""

    KIND: ClassVar[str] = "managing_body"
    OF = ("body",)
    name = models.CharField("nom", max_length=200)
    legal_category = models.CharField("catégorie juridique", max_length=4)
    siren = models.CharField("SIREN", max_length=9, null=True, blank=True)
    rna = models.CharField("RNA", max_length=10, null=True, blank=True)

    class Meta:
        verbose_name = "organisme : nom, forme, numéros"
        verbose_name_plural = "organismes : noms, formes, numéros"
        indexes = about("body", name="body_details_of")
        constraints = two_times("body_details", "body")


class StatutesReview(OfBody):
    KIND: ClassVar[str] = "statutes_review"
    OF = ("body",)
    reviewed_on = models.DateField("examiné le")
    non_profit = models.BooleanField("les statuts interdisent le profit")
    reviewer = models.CharField("examiné par", max_length=120)

    class Meta:
        verbose_name = "examen des statuts"
        verbose_name_plural = "examens des statuts"
        indexes = about("body", name="statutes_of")
        constraints = two_times("statutes", "body")


class SiteDetails(Dated):
    """Where a site is and the numbers it bears: the couple UAI–SIRET, dated. Académie and région follow from the département."""

    KIND: ClassVar[str] = "site"
    OF = ("site",)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, verbose_name="site", related_name="+")
    main = models.BooleanField("site principal", default=False)
    uai = models.CharField("UAI", max_length=8, null=True, blank=True, db_index=True)
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True, db_index=True)
    address = models.CharField("adresse", max_length=200, blank=True, default="")
    postcode = models.CharField("code postal", max_length=5, blank=True, default="")
    commune = models.CharField("commune", max_length=120, null=True, blank=True)
    departement = models.CharField("département", max_length=3, null=True, blank=True)

    class Meta:
        verbose_name = "site : adresse et numéros"
        verbose_name_plural = "sites : adresses et numéros"
        indexes = about("site", name="site_details_of")
        constraints = two_times("site_details", "site")


# --- Opening ----------------------------------------------------------------------------------------------------------


class OpeningDeclaration(OfSchool):
    KIND: ClassVar[str] = "opening_declaration"
    OF = ("school",)
    filed_on = models.DateField("déposée le")
    acknowledged_on = models.DateField("accusé de réception le", null=True, blank=True)
    complete_on = models.DateField("dossier complet le", null=True, blank=True)
    gaps_named = models.BooleanField("pièces manquantes demandées", null=True, blank=True)

    class Meta:
        verbose_name = "déclaration d'ouverture"
        verbose_name_plural = "déclarations d'ouverture"
        indexes = about("school", name="opening_of")
        constraints = two_times("opening", "school")


class Opposition(OfSchool):
    KIND: ClassVar[str] = "opposition"
    OF = ("school", "authority")
    opposed_on = models.DateField("opposition du")
    authority = models.CharField("autorité", max_length=160)
    ground = models.CharField("motif", max_length=200, null=True, blank=True)

    class Meta:
        verbose_name = "opposition à l'ouverture"
        verbose_name_plural = "oppositions à l'ouverture"
        indexes = about("school", "authority", name="opposition_of")
        constraints = two_times("opposition", "school", "authority")


class Closure(OfSchool):
    KIND: ClassVar[str] = "closure"
    OF = ("school",)
    effect_on = models.DateField("effet le")
    authority = models.CharField("autorité", max_length=160)
    temporary = models.BooleanField("temporaire", default=False)

    class Meta:
        verbose_name = "fermeture"
        verbose_name_plural = "fermetures"
        indexes = about("school", name="closure_of")
        constraints = two_times("closure", "school")


# --- Recognition ------------------------------------------------------------------------------------------------------


class RecognitionRequest(OfSchool):
    KIND: ClassVar[str] = "recognition_request"
    OF = ("school",)
    filed_on = models.DateField("déposée le")

    class Meta:
        verbose_name = "demande de reconnaissance"
        verbose_name_plural = "demandes de reconnaissance"
        indexes = about("school", name="recog_request_of")
        constraints = two_times("recog_request", "school")


class Recognition(OfSchool, OfAct):
    KIND: ClassVar[str] = "recognition"
    OF = ("school",)
    effect_on = models.DateField("effet le")
    published_on = models.DateField("publié le", null=True, blank=True)
    nor = models.CharField("NOR", max_length=12, null=True, blank=True)
    enquiry_on = models.DateField("enquête du", null=True, blank=True)
    cse_opinion_on = models.DateField("avis du CSE du", null=True, blank=True)
    cse_opinion_favourable = models.BooleanField("avis du CSE favorable", null=True, blank=True)
    sites = models.ManyToManyField(Site, verbose_name="sites nommés", blank=True, related_name="+")

    class Meta:
        verbose_name = "reconnaissance"
        verbose_name_plural = "reconnaissances"
        indexes = about("school", name="recognition_of")
        constraints = two_times("recognition", "school")


class RecognitionRefusal(OfSchool, OfAct):
    KIND: ClassVar[str] = "recognition_refusal"
    OF = ("school",)
    signed_on = models.DateField("signé le")

    class Meta:
        verbose_name = "refus de reconnaissance"
        verbose_name_plural = "refus de reconnaissance"
        indexes = about("school", name="recog_refusal_of")
        constraints = two_times("recog_refusal", "school")


class RecognitionWithdrawal(OfSchool, OfAct):
    KIND: ClassVar[str] = "recognition_withdrawal"
    OF = ("school",)
    effect_on = models.DateField("effet le")
    heard_on = models.DateField("école entendue le", null=True, blank=True)
    enquiry_on = models.DateField("enquête du", null=True, blank=True)
    cse_opinion_on = models.DateField("avis du CSE du", null=True, blank=True)

    class Meta:
        verbose_name = "retrait de la reconnaissance"
        verbose_name_plural = "retraits de la reconnaissance"
        indexes = about("school", name="recog_withdrawal_of")
        constraints = two_times("recog_withdrawal", "school")


# --- Persons: opaque keys, never names --------------------------------------------------------------------------------


class StaffMember(OfSchool):
    KIND: ClassVar[str] = "staff_member"
    OF = ("school", "post")
    post = models.CharField("poste (clé opaque)", max_length=80)
    function = models.CharField("fonction", max_length=10, choices=choices("staff_member", "function"))

    class Meta:
        verbose_name = "poste"
        verbose_name_plural = "postes"
        indexes = about("school", "post", name="staff_member_of")
        constraints = two_times("staff_member", "school", "post")


class StaffApproval(OfSchool):
    KIND: ClassVar[str] = "staff_approval"
    OF = ("school", "member")
    member = models.CharField("poste (clé opaque)", max_length=80)
    signed_on = models.DateField("signé le")
    authority = models.CharField("autorité", max_length=160)
    granted = models.BooleanField("accordé", default=True)

    class Meta:
        verbose_name = "agrément"
        verbose_name_plural = "agréments"
        indexes = about("school", "member", name="staff_approval_of")
        constraints = two_times("staff_approval", "school", "member")


# --- Lists ------------------------------------------------------------------------------------------------------------


class AnnualList(Dated, OfAct):
    KIND: ClassVar[str] = "annual_list"
    OF = ("act_year",)
    act_year = models.PositiveSmallIntegerField("année de signature")
    published_on = models.DateField("publié le")
    nor = models.CharField("NOR", max_length=12, null=True, blank=True)
    school_year = models.CharField("année scolaire dite", max_length=9, null=True, blank=True)
    campaign_year = models.PositiveSmallIntegerField("campagne dite", null=True, blank=True)
    effect_ends_on = models.DateField("fin d'effet dite", null=True, blank=True)

    class Meta:
        verbose_name = "liste annuelle"
        verbose_name_plural = "listes annuelles"
        indexes = about("act_year", name="annual_list_of")
        constraints = two_times("annual_list", "act_year")


class AnnualListEntry(OfSchool):
    KIND: ClassVar[str] = "annual_list_entry"
    OF = ("school", "act_year")
    act_year = models.PositiveSmallIntegerField("année de signature")
    motive = models.CharField("motif", max_length=300, null=True, blank=True)
    sites = models.ManyToManyField(Site, verbose_name="sites nommés", blank=True, related_name="+")

    class Meta:
        verbose_name = "inscription sur la liste annuelle"
        verbose_name_plural = "inscriptions sur la liste annuelle"
        indexes = about("school", "act_year", name="annual_entry_of")
        constraints = two_times("annual_entry", "school", "act_year")


class RegionalList(Dated, OfAct):
    KIND: ClassVar[str] = "regional_list"
    OF = ("region", "campaign_year")
    region = models.CharField("région (code)", max_length=3)
    campaign_year = models.PositiveSmallIntegerField("campagne")
    published_on = models.DateField("publiée le")

    class Meta:
        verbose_name = "liste du préfet de région"
        verbose_name_plural = "listes des préfets de région"
        indexes = about("region", "campaign_year", name="regional_list_of")
        constraints = two_times("regional_list", "region", "campaign_year")


class RegionalListEntry(OfSchool):
    KIND: ClassVar[str] = "regional_list_entry"
    OF = ("school", "campaign_year", "item")
    campaign_year = models.PositiveSmallIntegerField("campagne")
    item = models.CharField("rubrique", max_length=6, choices=choices("regional_list_entry", "item"))
    courses = models.ManyToManyField(Course, verbose_name="formations nommées", blank=True, related_name="+")

    class Meta:
        verbose_name = "inscription sur la liste du préfet de région"
        verbose_name_plural = "inscriptions sur les listes des préfets de région"
        indexes = about("school", "campaign_year", "item", name="regional_entry_of")
        constraints = two_times("regional_entry", "school", "campaign_year", "item")


class ActDetails(Dated):
    """An act: its kind, who took it, its days, its NOR, and the act that it amends."""

    KIND: ClassVar[str] = ""
    OF = ("act",)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, verbose_name="acte", related_name="+")
    kind = models.CharField("nature", max_length=40)
    authority = models.CharField("autorité", max_length=160)
    number = models.CharField("numéro", max_length=80, null=True, blank=True)
    signed_on = models.DateField("signé le", null=True, blank=True)
    published_on = models.DateField("publié le", null=True, blank=True)
    effect_on = models.DateField("effet le", null=True, blank=True)
    nor = models.CharField("NOR", max_length=12, null=True, blank=True)
    amends = models.ForeignKey(
        Act, on_delete=models.PROTECT, null=True, blank=True, verbose_name="modifie", related_name="+"
    )

    class Meta:
        verbose_name = "acte : nature, autorité, dates"
        verbose_name_plural = "actes : natures, autorités, dates"
        indexes = about("act", name="act_details_of")
        constraints = two_times("act_details", "act")


# --- Teaching, certifications, production, insertion ------------------------------------------------------------------


class Audience(OfSchool):
    KIND: ClassVar[str] = "audience"
    OF = ("school",)
    school_status = models.PositiveIntegerField("élèves sous statut scolaire")
    apprentices = models.PositiveIntegerField("apprentis", null=True, blank=True)
    trainees = models.PositiveIntegerField("stagiaires adultes", null=True, blank=True)

    class Meta:
        verbose_name = "effectifs par statut"
        verbose_name_plural = "effectifs par statut"
        indexes = about("school", name="audience_of")
        constraints = two_times("audience", "school")


class CourseDetails(Dated):
    KIND: ClassVar[str] = "course"
    OF = ("course",)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, verbose_name="formation", related_name="+")
    title = models.CharField("intitulé", max_length=300)
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, verbose_name="certification", related_name="+"
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, verbose_name="site", related_name="+"
    )
    full_time = models.BooleanField("à temps plein", null=True, blank=True)
    general_hours = models.PositiveIntegerField("heures d'enseignement général", null=True, blank=True)
    vocational_hours = models.PositiveIntegerField("heures d'enseignement professionnel", null=True, blank=True)
    regulation_general_hours = models.PositiveIntegerField("heures générales du règlement", null=True, blank=True)

    class Meta:
        verbose_name = "formation : intitulé, certification, heures"
        verbose_name_plural = "formations : intitulés, certifications, heures"
        indexes = about("course", name="course_details_of")
        constraints = two_times("course_details", "course")


class CertificationSheet(Dated):
    """A sheet of the RNCP while it is active, as a delivery of its publisher says."""

    KIND: ClassVar[str] = "certification"
    OF = ("certification",)
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, verbose_name="certification", related_name="+"
    )
    title = models.CharField("intitulé", max_length=400)
    kind = models.CharField("nature", max_length=10, choices=choices("certification", "kind"))
    level = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    read_on = models.DateField("lue dans la livraison du", null=True, blank=True)
    decided_on = models.DateField("décision du", null=True, blank=True)
    effect_on = models.DateField("effet le", null=True, blank=True)
    last_issue_on = models.DateField("dernière délivrance possible le", null=True, blank=True)
    successors = models.ManyToManyField(Certification, verbose_name="suites nommées", blank=True, related_name="+")

    class Meta:
        verbose_name = "fiche RNCP"
        verbose_name_plural = "fiches RNCP"
        indexes = about("certification", name="sheet_of")
        constraints = two_times("sheet", "certification")


class DiplomaCode(Dated):
    """A CFD that a sheet answers to; one code may answer to several sheets, and the reverse."""

    KIND: ClassVar[str] = ""
    OF = ("certification", "cfd")
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, verbose_name="certification", related_name="+"
    )
    cfd = models.CharField("CFD", max_length=8)

    class Meta:
        verbose_name = "code de diplôme"
        verbose_name_plural = "codes de diplôme"
        indexes = about("certification", "cfd", name="diploma_code_of")
        constraints = two_times("diploma_code", "certification", "cfd")


class SkillBlock(Dated):
    """A block of skills of a sheet."""

    KIND: ClassVar[str] = ""
    OF = ("certification", "code")
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, verbose_name="certification", related_name="+"
    )
    code = models.CharField("code du bloc", max_length=14)
    title = models.TextField("intitulé")

    class Meta:
        verbose_name = "bloc de compétences"
        verbose_name_plural = "blocs de compétences"
        indexes = about("certification", "code", name="skill_block_of")
        constraints = two_times("skill_block", "certification", "code")


class RegistrationRequest(Dated):
    KIND: ClassVar[str] = "registration_request"
    OF = ("certification",)
    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, verbose_name="certification", related_name="+"
    )
    filed_on = models.DateField("déposée le")

    class Meta:
        verbose_name = "demande d'enregistrement au RNCP"
        verbose_name_plural = "demandes d'enregistrement au RNCP"
        indexes = about("certification", name="registration_of")
        constraints = two_times("registration", "certification")


class Intake(Dated):
    KIND: ClassVar[str] = "intake"
    OF = ("course", "entered_on")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, verbose_name="formation", related_name="+")
    entered_on = models.DateField("entrée le")
    pupils = models.PositiveIntegerField("élèves", null=True, blank=True)
    counted_in_registration = models.BooleanField("comptée à l'enregistrement", null=True, blank=True)

    class Meta:
        verbose_name = "promotion"
        verbose_name_plural = "promotions"
        indexes = about("course", "entered_on", name="intake_of")
        constraints = two_times("intake", "course", "entered_on")


class ProductionCount(OfSchool):
    KIND: ClassVar[str] = "production_count"
    OF = ("school", "count")
    count = models.CharField("compte", max_length=30, choices=choices("production_count", "count"))
    value = models.PositiveIntegerField("valeur")

    class Meta:
        verbose_name = "décompte de production"
        verbose_name_plural = "décomptes de production"
        indexes = about("school", "count", name="production_of")
        constraints = two_times("production", "school", "count")


class Cohort(OfSchool):
    KIND: ClassVar[str] = "cohort"
    OF = ("school", "exit_year", "horizon")
    exit_year = models.PositiveSmallIntegerField("année de sortie")
    horizon = models.PositiveSmallIntegerField("mois après la sortie")
    leavers = models.PositiveIntegerField("sortants")
    reached = models.PositiveIntegerField("joints")
    employed = models.PositiveIntegerField("en emploi", null=True, blank=True)
    in_training = models.PositiveIntegerField("en formation", null=True, blank=True)
    unqualified_at_entry = models.PositiveIntegerField("sans qualification à l'entrée", null=True, blank=True)
    without_trade_diploma_at_entry = models.PositiveIntegerField(
        "sans diplôme du métier à l'entrée", null=True, blank=True
    )
    dropouts_at_entry = models.PositiveIntegerField("en décrochage à l'entrée", null=True, blank=True)

    class Meta:
        verbose_name = "cohorte de sortants"
        verbose_name_plural = "cohortes de sortants"
        indexes = about("school", "exit_year", "horizon", name="cohort_of")
        constraints = two_times("cohort", "school", "exit_year", "horizon")


# --- The balance, agreements ------------------------------------------------------------------------------------------


class SecondDegree(OfSchool):
    KIND: ClassVar[str] = "second_degree"
    OF = ("school",)
    value = models.BooleanField("relève du second degré")

    class Meta:
        verbose_name = "rattachement au second degré"
        verbose_name_plural = "rattachements au second degré"
        indexes = about("school", name="second_degree_of")
        constraints = two_times("second_degree", "school")


class UnqualifiedTraining(OfSchool):
    KIND: ClassVar[str] = "unqualified_training"
    OF = ("school",)
    value = models.BooleanField("relève du 7°")

    class Meta:
        verbose_name = "formation de jeunes sans qualification"
        verbose_name_plural = "formations de jeunes sans qualification"
        indexes = about("school", name="unqualified_of")
        constraints = two_times("unqualified", "school")


class ScholarshipHabilitation(OfSchool):
    KIND: ClassVar[str] = "scholarship_habilitation"
    OF = ("school",)
    effect_on = models.DateField("effet le")
    authority = models.CharField("autorité", max_length=160)
    granted = models.BooleanField("accordée", default=True)
    cse_opinion_favourable = models.BooleanField("avis du CSE sur les bourses favorable", null=True, blank=True)

    class Meta:
        verbose_name = "habilitation à recevoir des boursiers"
        verbose_name_plural = "habilitations à recevoir des boursiers"
        indexes = about("school", name="scholarship_of")
        constraints = two_times("scholarship", "school")


class BankDetails(OfSchool):
    """Never public (R48)."""

    KIND: ClassVar[str] = "bank_details"
    OF = ("school", "campaign_year")
    campaign_year = models.PositiveSmallIntegerField("campagne")
    accepted = models.BooleanField("acceptées par SOLTéA")

    class Meta:
        verbose_name = "coordonnées bancaires sur SOLTéA"
        verbose_name_plural = "coordonnées bancaires sur SOLTéA"
        indexes = about("school", "campaign_year", name="bank_of")
        constraints = two_times("bank", "school", "campaign_year")


class HabilitationRequest(OfSchool):
    KIND: ClassVar[str] = "habilitation_request"
    OF = ("school", "campaign_year")
    campaign_year = models.PositiveSmallIntegerField("campagne")
    state = models.CharField("état", max_length=10, choices=choices("habilitation_request", "state"))
    sent_on = models.DateField("envoyée le", null=True, blank=True)

    class Meta:
        verbose_name = "demande d'habilitation sur SOLTéA"
        verbose_name_plural = "demandes d'habilitation sur SOLTéA"
        indexes = about("school", "campaign_year", name="hab_request_of")
        constraints = two_times("hab_request", "school", "campaign_year")


class Agreement(OfSchool):
    KIND: ClassVar[str] = "agreement"
    OF = ("school", "reference")
    reference = models.CharField("référence", max_length=80)
    signed_on = models.DateField("signée le")
    party = models.CharField("partie", max_length=200)
    party_kind = models.CharField("nature de la partie", max_length=16, choices=choices("agreement", "party_kind"))
    purpose = models.CharField("objet", max_length=12, choices=choices("agreement", "purpose"))
    signed_by_body = models.BooleanField("signée par l'organisme", null=True, blank=True)
    signed_by_party = models.BooleanField("signée par l'autre partie", null=True, blank=True)
    written = models.BooleanField("écrite", null=True, blank=True)
    amount_cents = models.BigIntegerField("montant, en centimes", null=True, blank=True)
    education_ministry = models.BooleanField("ministère de l'éducation", null=True, blank=True)
    cse_opinion_favourable = models.BooleanField("avis du CSE favorable", null=True, blank=True)
    state_aid_basis = models.CharField("fondement d'aide d'État", max_length=200, null=True, blank=True)

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        indexes = about("school", "reference", name="agreement_of")
        constraints = two_times("agreement", "school", "reference")


# --- The calendar, and what somebody says of a doubt or of an absence --------------------------------------------------


class CampaignDate(Dated):
    KIND: ClassVar[str] = "campaign_date"
    OF = ("kind", "campaign_year")
    kind = models.CharField("nature", max_length=40, choices=choices("campaign_date", "kind"))
    campaign_year = models.PositiveSmallIntegerField("campagne")
    planned = models.DateField("prévue le", null=True, blank=True)
    revised = models.DateField("revue au", null=True, blank=True)
    actual = models.DateField("réelle le", null=True, blank=True)

    class Meta:
        verbose_name = "date de campagne"
        verbose_name_plural = "dates de campagne"
        indexes = about("kind", "campaign_year", name="campaign_date_of")
        constraints = two_times("campaign_date", "kind", "campaign_year")


class Ruling(OfSchool):
    KIND: ClassVar[str] = "ruling"
    OF = ("school", "reading", "use")
    written_on = models.DateField("écrite le")
    reading = models.CharField("lecture", max_length=4)
    option = models.CharField("option", max_length=2)
    authority = models.CharField("autorité", max_length=160)
    use = models.CharField("usage de la lecture", max_length=20, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "prise de position"
        verbose_name_plural = "prises de position"
        indexes = about("school", "reading", "use", name="ruling_of")
        constraints = two_times("ruling", "school", "reading", "use")


class StatedAbsence(OfSchool):
    KIND: ClassVar[str] = "stated_absence"
    OF = ("school", "of")
    of = models.CharField("absence de", max_length=120)

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
KINDS: dict[str, type[Dated]] = {
    model.KIND: model  # type: ignore[attr-defined]
    for model in DATED
    if model.KIND and model is not SchoolBody  # type: ignore[attr-defined]
}
