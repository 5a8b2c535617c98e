"""The register for those who keep it: everything is read, nothing is typed over. Two actions write, *Corriger* and *Trancher*.

The forms that Django would offer are closed: no add, no change, no delete. What may be done with a row is in ``fact_pages``. A
source may be added, since a correction cites one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.db.models import CharField, F, Model, OuterRef, Q, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from equerre.accounts.rights import may
from equerre.cases.fact_pages import FactPages, ReadOnly, Way
from equerre.kernel import clock
from equerre.registry import history, models
from equerre.registry.dated import Dated, Source

admin.site.site_header = "Le registre"
admin.site.site_title = "Équerre"
admin.site.index_title = "Ce que tient le registre"

# How a row leads to its school, the nearest first. Bodies and certifications are found through what links them to one.
_OWNERS = ("school", "site__school", "course__school")
_LONGEST = 140


# --- Filters, search --------------------------------------------------------------------------------------------------


class KnownNow(admin.SimpleListFilter):
    """Without a choice: what is known today, which is what one looks for."""

    title = "connaissance"
    parameter_name = "known"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("past", "Autrefois"), ("ever", "Aujourd'hui ou autrefois")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "Aujourd'hui"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        ways = {None: queryset.known_at(None), "past": queryset.no_longer_known()}
        return ways.get(self.value(), queryset)


def schools_like(text: str) -> QuerySet[models.School]:
    """The schools whose key or name holds a text, or one of whose sites bears or bore a UAI that begins so."""
    named = models.SchoolName.objects.filter(name__icontains=text).values("school")
    numbered = models.SiteDetails.objects.filter(uai__istartswith=text).values("site__school")
    return models.School.objects.filter(Q(key__icontains=text) | Q(pk__in=named) | Q(pk__in=numbered))


def _owner(model: type[Model]) -> str | None:
    names = {field.name for field in model._meta.fields}
    return next((owner for owner in _OWNERS if owner.partition("__")[0] in names), None)


def _about(model: type[Model], text: str) -> Q:
    """The rows that are about a school like this text, or that say it themselves."""
    owner = _owner(model)
    if owner is not None:
        return Q(**{f"{owner}__in": schools_like(text)})
    names = {field.name for field in model._meta.fields}
    found = Q()
    if "body" in names:
        found |= Q(body__in=models.SchoolBody.objects.filter(school__in=schools_like(text)).values("body"))
    if "certification" in names:
        prepared = models.CourseDetails.objects.filter(course__school__in=schools_like(text))
        found |= Q(certification__in=prepared.values("certification")) | Q(certification__key__icontains=text)
    for field in model._meta.fields:
        if isinstance(field, CharField) and field.name not in ("standing", "author", "reason"):
            found |= Q(**{f"{field.name}__icontains": text})
    return found | Q(act_year=text) if "act_year" in names and re.fullmatch("[0-9]{4}", text) else found


def _named(rows: QuerySet[Any], owner: str) -> QuerySet[Any]:
    """The same rows, each with the name and the UAI that their school bears last."""
    names = models.SchoolName.objects.held().filter(school=OuterRef(owner))
    sites = models.SiteDetails.objects.held().filter(site__school=OuterRef(owner), uai__isnull=False)
    annotated: QuerySet[Any] = rows.annotate(
        school_name=names.last_said("name"), school_uai=sites.last_said("uai", "main")
    )
    return annotated


# --- Facts ------------------------------------------------------------------------------------------------------------


class FactAdmin(FactPages):
    """One kind of fact."""

    list_display = ("about", "says", "true", "standing_said", "known", "source")
    list_filter = (KnownNow, "standing")
    search_fields = ("source__title",)
    search_help_text = "Clé, UAI ou nom d'une école ; à défaut, les mots du fait."
    list_per_page = 50
    ordering = ("-known_from", "pk")

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        return self.relations

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        owner = _owner(self.model)
        if owner is None:
            return rows
        return _named(rows.annotate(school_key=F(f"{owner}__key")), owner)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        return (queryset.filter(_about(self.model, text)) if text else queryset), False

    # --- what a line says -------------------------------------------------------------------------------------------

    @admin.display(description="à propos de")
    def about(self, row: Any) -> str:
        school = []
        if hasattr(row, "school_key"):  # as people call it
            number = row.school_uai or row.school_key
            school = [f"{row.school_name} ({number})" if row.school_name else number]
        of = [history.value(row, name) for name in row.OF if name not in ("school", "site", "course")]
        return ", ".join([*school, *of])

    @admin.display(description="ce que dit la ligne")
    def says(self, row: Dated) -> str:
        text = history.said(row, many=False)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    @admin.display(description="vrai", ordering="valid_from")
    def true(self, row: Dated) -> str:
        return history.valid(row).removeprefix("vrai ")

    @admin.display(description="connu", ordering="known_from")
    def known(self, row: Dated) -> str:
        first = history.day_of(row.known_from)
        return f"du {first} au {history.day_of(row.known_until)}" if row.known_until else f"depuis le {first}"

    @admin.display(description="tenue", ordering="standing")
    def standing_said(self, row: Dated) -> str:
        return str(row.get_standing_display())


for _kind in models.DATED:
    admin.site.register(_kind, FactAdmin)


# --- Identities, sources ----------------------------------------------------------------------------------------------


class IdentityAdmin(ReadOnly):
    """A key, and nothing that can change."""

    list_display: tuple[str, ...] = ("key",)
    search_fields = ("key",)
    ordering = ("key",)


class SchoolAdmin(IdentityAdmin):
    """A school: found by what it is called, and the way to its facts."""

    list_display = ("key", "name", "uai", "fictional")
    list_filter = ("fictional",)
    search_help_text = "Clé, UAI ou nom d'une école."
    change_form_template = "admin/cases/school.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return _named(super().get_queryset(request), "pk")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        return (queryset.filter(pk__in=schools_like(text)) if text else queryset), False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row: Any = self.get_object(request, object_id)
        today = clock.today()
        # The kinds of facts that a school may have, each list narrowed to it.
        facts_of = [
            Way(
                capfirst(str(model._meta.verbose_name_plural)),
                reverse(f"admin:registry_{model._meta.model_name}_changelist") + f"?q={quote(row.key)}",
            )
            for model in (models.DATED if row else ())
            if _owner(model) is not None and may(request.user, "read", model, today)
        ]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "facts_of": facts_of})

    @admin.display(description="nom", empty_value="sans nom tenu")
    def name(self, row: Any) -> str | None:
        return row.school_name  # type: ignore[no-any-return]

    @admin.display(description="UAI", empty_value="sans UAI tenue")
    def uai(self, row: Any) -> str | None:
        return row.school_uai  # type: ignore[no-any-return]


class SourceAdmin(ReadOnly):
    """Where facts come from: added, then never changed, since facts cite it."""

    list_display = ("key", "publisher", "title", "dated_on")
    search_fields = ("key", "publisher", "title")
    ordering = ("-pk",)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}  # noqa: RUF012 (Django's own)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(may(request.user, "add", Source, clock.today()))


admin.site.register(models.School, SchoolAdmin)
admin.site.register((models.ManagingBody, models.Site, models.Course, models.Certification, models.Act), IdentityAdmin)
admin.site.register(Source, SourceAdmin)
