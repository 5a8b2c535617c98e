"""Where whoever keeps the registry reads the requests and answers them. Nothing else can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from equerre.kernel import clock
from equerre.opendata import corrections
from equerre.opendata.models import CorrectionRequest

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[CorrectionRequest]
    _Form = ModelForm[CorrectionRequest]
else:
    _Admin, _Form = admin.ModelAdmin, ModelForm


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(_Admin):
    """One request: what was said, and the answer to write."""

    list_display = ("number", "received_at", "page", "answered_at")
    list_filter = (("answered_at", admin.EmptyFieldListFilter),)
    fields = ("number", "received_at", "page", "text", "contact", "answer", "answered_at")
    readonly_fields = ("number", "received_at", "page", "text", "contact", "answered_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CorrectionRequest | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: CorrectionRequest, form: _Form, change: bool) -> None:
        if obj.answer.strip():
            corrections.answer(obj, obj.answer.strip(), clock.now())
