"""What one may do with a row of fact, as pages of the administration: *Corriger*, *Trancher*, read its history.

Each page asks for the right on that kind of fact, and each writing is one transaction of ``record``. When somebody was faster,
nothing is written, the page says so, and what was typed is still there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from equerre.cases.forms import CHANGE, TAKE, SettlementForm, correction_form, initial, others
from equerre.kernel import clock
from equerre.kernel.period import Period
from equerre.registry import history, record
from equerre.registry.dated import HELD, PROPOSED, Dated, Source
from equerre.registry.record import By, RecordError, TooLate

_LAST_SOURCES = 200


if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    _Admin = admin.ModelAdmin


class ReadOnly(_Admin):
    """What Django's own forms may do here: show."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Link(NamedTuple):
    """A way to another page."""

    label: str
    url: str


class Beside(NamedTuple):
    """One value, as each held row says it and as the proposal does."""

    label: str
    held: Sequence[str]
    proposed: str
    differs: bool


class FactPages(ReadOnly):
    """The pages of one row, whatever its kind."""

    change_form_template = "admin/cases/fact.html"

    def about(self, row: Any) -> str:
        """What a row is about, in a few words."""
        raise NotImplementedError

    @property
    def relations(self) -> list[str]:
        """The rows that a row names, read with it."""
        return [field.name for field in self.opts.fields if field.is_relation]

    def get_urls(self) -> list[URLPattern]:
        pages = {"corriger": ("correct", self.correct), "trancher": ("settle", self.settle)}
        mine = [
            path(f"<int:pk>/{word}/", self.admin_site.admin_view(view), name=self._name(name))
            for word, (name, view) in pages.items()
        ]
        return [*mine, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if not isinstance(row, Dated):
            return super().change_view(request, object_id, form_url, extra_context)
        kind = str(self.opts.verbose_name)
        said = {
            "about": self.about(row),
            "title": f"{kind[:1].upper()}{kind[1:]} : {self.about(row)}",
            "subtitle": None,
        }
        context = {**(extra_context or {}), **said, "ways": list(self._ways(request, row))}
        return super().change_view(request, object_id, form_url, context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All that was held of this fact, and all that moved, in place of the log of Django's forms, which are closed."""
        row = self._row(
            request,
            int(object_id) if object_id.isascii() and object_id.isdecimal() and len(object_id) < 19 else 0,
            right="view",
        )
        rows = self._rows_of(row)
        context = {"page": "Histoire", "events": history.tell(rows)}
        return self._page(request, "history", row, context)

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """*Corriger*: the row that is shown, or nothing."""
        row = self._row(request, pk)
        made = correction_form(row)
        if request.method != "POST":
            closed = _why_closed(row)
            return self._correction(request, row, None if closed else made(initial=initial(row)), problem=closed)
        form = made(request.POST, initial=initial(row))
        if not form.is_valid():
            return self._correction(request, row, form, status=400)
        try:
            with transaction.atomic():
                written = self._write_correction(request, row, form)
        except RecordError as error:
            return self._correction(request, row, form, problem=str(error), status=409)
        messages.success(request, "C'est écrit. L'ancienne valeur reste dans l'histoire.")
        return redirect(self._url("change", written.pk))

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """*Trancher*: the proposal that is shown, against the held rows that were shown with it."""
        row = self._row(request, pk)
        held = others(row, Period(row.valid_from, row.valid_until))
        seen = ",".join(str(one.pk) for one in held)
        if request.method != "POST":
            closed = _why_settled(row)
            blank = None if closed else SettlementForm(initial={"seen": seen})
            return self._settlement(request, row, held, blank, problem=closed)
        form = SettlementForm(request.POST)
        if not form.is_valid():
            return self._settlement(request, row, held, form, status=400)
        try:
            with transaction.atomic():
                if form.cleaned_data["seen"] != seen:
                    raise TooLate("Quelqu'un a été plus rapide : ce qui est tenu a changé. Comparez de nouveau.")
                written = self._write_settlement(request, row, form)
        except RecordError as error:
            return self._settlement(request, row, held, _again(form, seen), problem=str(error), status=409)
        messages.success(request, "C'est tranché." if written is None else "C'est tranché : la proposition est tenue.")
        return redirect(self._url("change", row.pk if written is None else written.pk))

    # --- how --------------------------------------------------------------------------------------------------------

    def _row(self, request: HttpRequest, pk: int, right: str = "change") -> Any:
        """The row, for whoever has the right on this kind of fact."""
        rights = {right, "change"}
        if not any(request.user.has_perm(f"{self.opts.app_label}.{one}_{self.opts.model_name}") for one in rights):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related(*self.relations), pk=pk)

    def _rows_of(self, row: Any) -> QuerySet[Any]:
        """Every row about the same thing: all standings, known now or not."""
        about = {name: getattr(row, name) for name in row.OF}
        many = [field.name for field in self.opts.many_to_many]
        rows = self.model._default_manager.filter(**about)
        return rows.select_related(*self.relations).prefetch_related(*many)

    def _write_correction(self, request: HttpRequest, row: Any, form: Any) -> Dated:
        by = self._by(request, form.cleaned_data["source"], form.cleaned_data["happened"], form.cleaned_data["why"])
        still = self.model._default_manager.select_for_update().filter(
            pk=row.pk, known_until__isnull=True, standing=HELD
        )
        if still.first() is None:
            raise TooLate("Quelqu'un a été plus rapide : cette ligne n'est plus tenue.")
        if form.cleaned_data["happened"] == CHANGE:
            return record.record(form.entry, by)
        return record.correct(row, form.entry, by)

    def _write_settlement(self, request: HttpRequest, row: Any, form: Form) -> Dated | None:
        take, why = form.cleaned_data["decision"] == TAKE, form.cleaned_data["why"]
        return record.settle(row, self._by(request, row.source, "settled", why), accept=take)

    def _by(self, request: HttpRequest, source: Source, reason: str, note: str) -> By:
        """Who writes: an opaque key, as the user model gives it."""
        return By(request.user.author, clock.now(), source, reason, note)  # type: ignore[union-attr]

    def _ways(self, request: HttpRequest, row: Dated) -> Iterator[Link]:
        """Where one may go from a row: what one has the right to do with it as it stands."""
        if row.known_until is None and request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"):
            if row.standing == HELD:
                yield Link("Corriger", self._url("correct", row.pk))
            for proposal in self._proposals(row):
                yield Link(f"Trancher : {proposal.source} dit autre chose", self._url("settle", proposal.pk))
        yield Link("Histoire", self._url("history", row.pk))

    def _proposals(self, row: Dated) -> list[Dated]:
        """The proposals that wait against a held row; a proposal itself."""
        if row.standing != HELD:
            return [row] if row.standing == PROPOSED else []
        valid = Period(row.valid_from, row.valid_until)
        return others(row, valid, standing=PROPOSED)

    def _correction(
        self, request: HttpRequest, row: Any, form: Form | None, problem: str = "", status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "problem": problem,
            "sources": Source.objects.order_by("-pk")[:_LAST_SOURCES],
            "add_source": reverse("admin:registry_source_add"),
            "page": "Corriger",
            "says": history.said(row),
            "true": history.valid(row),
        }
        return self._page(request, "correct", row, context, status)

    def _settlement(
        self, request: HttpRequest, row: Any, held: list[Dated], form: Form | None, problem: str = "", status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "problem": problem,
            "held": held,
            "lines": _beside(held, row),
            "page": "Trancher",
        }
        return self._page(request, "settle", row, context, status)

    def _page(
        self, request: HttpRequest, name: str, row: Any, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        whole = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "about": self.about(row),
            "title": f"{context['page']} : {self.about(row)}",
            "list": reverse(f"admin:{self._name('changelist')}"),
            "back": self._url("change", row.pk),
            "form": None,
            "problem": "",
            "kept": status == 409,
            "now_held": [Link(history.valid(one), self._url("change", one.pk)) for one in _held_now(row)],
            **context,
        }
        return TemplateResponse(request, f"admin/cases/{name}.html", whole, status=status)

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _url(self, page: str, pk: int) -> str:
        return reverse(f"admin:{self._name(page)}", args=[pk])


# --- Words of the pages -----------------------------------------------------------------------------------------------


def _held_now(row: Any) -> list[Dated]:
    """The rows held today about the same thing, when the one on the page is no longer."""
    if row.known_until is None:
        return []
    return others(row, Period())


def _why_closed(row: Dated) -> str:
    """Why there is nothing to correct here, or ""."""
    if row.known_until is not None:
        return f"Cette ligne n'est plus tenue depuis le {history.instant(row.known_until)} : corrigez celle qui l'est."
    if row.standing == PROPOSED:
        return "Ce fait est proposé, il n'est pas tenu : il ne se corrige pas, il se tranche."
    return "" if row.standing == HELD else "Cette livraison était déjà dépassée à son arrivée : elle n'est pas tenue."


def _why_settled(row: Dated) -> str:
    """Why there is nothing to settle here, or ""."""
    if row.standing != PROPOSED:
        return "Ce fait n'attend pas qu'on tranche : il n'est pas proposé."
    return f"C'est tranché depuis le {history.instant(row.known_until)}." if row.known_until is not None else ""


def _again(form: Form, seen: str) -> Form:
    """The same form, as it was typed, against what is held now."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["seen"] = seen
    return SettlementForm(data)


def _beside(held: Sequence[Dated], proposed: Dated) -> list[Beside]:
    """Line by line: what is held, what is proposed."""
    sides = [_told(row) for row in (*held, proposed)]
    labels = dict.fromkeys(label for side in sides for label in side)
    lines = []
    for label in labels:
        *ours, theirs = (side.get(label, "rien") for side in sides)
        lines.append(Beside(label, ours, theirs, any(one != theirs for one in ours)))
    return lines


def _told(row: Dated) -> dict[str, str]:
    days = history.valid(row).removeprefix("vrai ")
    return {**history.values(row), "vrai": days, "d'après": str(row.source)}
