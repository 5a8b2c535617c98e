"""What one may do with a row of fact, as pages of the administration: *Corriger*, *Trancher*, read its history.

A page reads what was typed and asks an action, which asks the right, looks at the state and writes. When somebody was faster,
nothing is written, the page says so, and what was typed is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst

from equerre.accounts.rights import Forbidden, may
from equerre.cases.actions import ActionRefused
from equerre.cases.actions.correct import beside, correct, why_closed
from equerre.cases.actions.settle import settle
from equerre.cases.forms import CorrectionForm, SettlementForm, numbers
from equerre.kernel import clock
from equerre.kernel.errors import EquerreError
from equerre.kernel.period import Period
from equerre.registry import history
from equerre.registry.dated import HELD, PROPOSED, Dated, Source

_LAST_SOURCES = 200


if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    _Admin = admin.ModelAdmin


class ReadOnly(_Admin):
    """What Django's own forms may do here: show, to whoever may read."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(may(request.user, "read", self.model, clock.today()))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Way(NamedTuple):
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
        about = self.about(row)
        title = f"{capfirst(str(self.opts.verbose_name))} : {about}"
        said = {"about": about, "title": title, "subtitle": None, "ways": list(self._ways(request, row))}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **said})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All that was held of this fact, and all that moved, in place of the log of Django's forms, which are closed."""
        number = int(object_id) if object_id.isascii() and object_id.isdecimal() and len(object_id) < 19 else 0
        row = self._row(request, number, "read")
        rows: QuerySet[Any] = self.model._default_manager.filter(**{name: getattr(row, name) for name in row.OF})
        rows = rows.select_related(*self.relations).prefetch_related(*(field.name for field in self.opts.many_to_many))
        return self._page(request, "history", row, {"page": "Histoire", "events": history.tell(rows)})

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """*Corriger*: the row that is shown, or nothing."""
        row = self._row(request, pk, "correct")
        problem, status = why_closed(row), 200
        form = None
        if request.method == "POST":
            form, problem, status = CorrectionForm(row, request.POST), "", 400
            if form.is_valid():
                try:
                    written = correct(request.user, form.correction, clock.now())  # type: ignore[arg-type]  # signed in
                except Forbidden:
                    raise
                except ActionRefused as error:
                    for field, sentence in error.problems:
                        form.add_error(field, sentence)
                except EquerreError as error:
                    problem, status = str(error), 409
                else:
                    messages.success(request, "C'est écrit. L'ancienne valeur reste dans l'histoire.")
                    return redirect(self._url("change", written.pk))
        waiting = beside(row, Period(row.valid_from, row.valid_until), PROPOSED)
        if status == 409:  # as it was typed, beside what waits now
            form = CorrectionForm(row, {**request.POST.dict(), "seen": numbers(waiting)})
        elif not problem and form is None:
            form = CorrectionForm(row, seen=numbers(waiting))
        context = {
            "form": form,
            "others": list(self._waiting(waiting)),
            "problem": problem,
            "sources": Source.objects.order_by("-pk")[:_LAST_SOURCES],
            "add_source": reverse("admin:registry_source_add"),
            "page": "Corriger",
            "says": history.said(row),
            "true": history.valid(row),
        }
        return self._page(request, "correct", row, context, status)

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """*Trancher*: the proposal that is shown, against the rows that were shown with it: what is held, the other proposals."""
        row = self._row(request, pk, "settle")
        problem, status = _why_settled(row), 200
        form: SettlementForm | None = None
        if request.method == "POST":
            form, problem, status = SettlementForm(request.POST), "", 400
            if form.is_valid():
                try:
                    written = settle(request.user, form.settlement(row), clock.now())  # type: ignore[arg-type]  # signed in
                except Forbidden:
                    raise
                except EquerreError as error:
                    problem, status = str(error), 409
                else:
                    done = "C'est tranché." if written is None else "C'est tranché : la proposition est tenue."
                    messages.success(request, done)
                    return redirect(self._url("change", row.pk if written is None else written.pk))
        days = Period(row.valid_from, row.valid_until)
        held, waiting = beside(row, days), beside(row, days, PROPOSED)
        shown = numbers([*held, *waiting])
        if status == 409:  # as it was typed, against what is known now
            form = SettlementForm({**request.POST.dict(), "seen": shown})
        elif not problem and form is None:
            form = SettlementForm(initial={"seen": shown})
        context = {
            "form": form,
            "problem": problem,
            "held": held,
            "others": list(self._waiting(waiting)),
            "lines": _compared(held, row),
            "page": "Trancher",
        }
        return self._page(request, "settle", row, context, status)

    # --- how --------------------------------------------------------------------------------------------------------

    def _row(self, request: HttpRequest, pk: int, verb: str) -> Any:
        """The row, for whoever may do this with this kind of fact."""
        may(request.user, verb, self.model, clock.today()).or_refuse()
        return get_object_or_404(self.get_queryset(request).select_related(*self.relations), pk=pk)

    def _ways(self, request: HttpRequest, row: Dated) -> Iterator[Way]:
        """Where one may go from a row: what one has the right to do with it as it stands."""
        today = clock.today()
        if row.known_until is None:
            if row.standing == HELD and may(request.user, "correct", row, today):
                yield Way("Corriger", self._url("correct", row.pk))
            if may(request.user, "settle", row, today):
                against = [] if row.standing != HELD else beside(row, Period(row.valid_from, row.valid_until), PROPOSED)
                for proposal in [row] if row.standing == PROPOSED else against:
                    yield Way(f"Trancher : {proposal.source} dit autre chose", self._url("settle", proposal.pk))
        yield Way("Histoire", self._url("history", row.pk))

    def _waiting(self, proposals: Iterable[Dated]) -> Iterator[Way]:
        """The way to each proposal that waits beside what is on a page."""
        for proposal in proposals:
            yield Way(f"{proposal.source} : {history.said(proposal)}", self._url("settle", proposal.pk))

    def _page(
        self, request: HttpRequest, name: str, row: Any, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        # When the row on the page is no longer held, the way to what is.
        held_now = [] if row.known_until is None else beside(row, Period())
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
            "now_held": [Way(history.valid(row), self._url("change", row.pk)) for row in held_now],
            **context,
        }
        return TemplateResponse(request, f"admin/cases/{name}.html", whole, status=status)

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _url(self, page: str, pk: int) -> str:
        return reverse(f"admin:{self._name(page)}", args=[pk])


# --- Words of the pages -----------------------------------------------------------------------------------------------


def _why_settled(row: Dated) -> str:
    """Why there is nothing to settle here, or ""."""
    if row.standing != PROPOSED:
        return "Ce fait n'attend pas qu'on tranche : il n'est pas proposé."
    return f"C'est tranché depuis le {history.instant(row.known_until)}." if row.known_until is not None else ""


def _compared(held: Sequence[Dated], proposed: Dated) -> list[Beside]:
    """Line by line: what is held, what is proposed."""
    sides = [
        {**history.values(row), "vrai": history.valid(row).removeprefix("vrai "), "d'après": str(row.source)}
        for row in (*held, proposed)
    ]
    lines = []
    for label in dict.fromkeys(label for side in sides for label in side):
        *ours, theirs = (side.get(label, "rien") for side in sides)
        lines.append(Beside(label, ours, theirs, any(text != theirs for text in ours)))
    return lines
