"""The two forms of those who keep the register, *Corriger* and *Trancher*: what was typed, made into what an action is told.

A field for each value of the row, in its own words; other identities are named by their key. What was typed is never lost: a
form that is refused comes back as it was, with what is wrong and what to do beside each field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models as columns
from django.db.models import Model
from django.utils.text import capfirst

from equerre.cases import values
from equerre.cases.actions import NO_REASON
from equerre.cases.actions.correct import Restatement
from equerre.cases.actions.settle import Settlement
from equerre.kernel.errors import quoted
from equerre.kernel.french import day
from equerre.kernel.period import Period
from equerre.registry.dated import Dated, Source, value_fields

HAPPENED = (("error", "Ce qui est écrit est faux"), ("change", "C'était vrai, et la situation a changé"))
REQUIRED = "Ce champ manque."
NOT_A_DAY = "Ce jour ne se lit pas. Une date s'écrit année-mois-jour, comme 2026-09-01."


def sound(column: str, value: object) -> None:
    """What an action would refuse in a value is said beside its field."""
    if found := list(values.faults(column, value)):
        raise ValidationError(found)


class DayField(forms.DateField):
    """A day, written in its one form whatever the browser."""

    def __init__(self, **said: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        messages = {"invalid": NOT_A_DAY, "required": REQUIRED}
        super().__init__(
            widget=widget,
            input_formats=["%Y-%m-%d"],
            error_messages=messages,
            validators=[partial(sound, "")],
            **said,
        )


class KeyField(forms.CharField):
    """An identity, named by its key."""

    def __init__(self, model: type[Model], **said: Any) -> None:
        super().__init__(**said)
        self.model = model

    def prepare_value(self, value: Any) -> Any:
        return value.key if isinstance(value, self.model) else value  # type: ignore[attr-defined]

    def clean(self, value: Any) -> Model | None:
        key = super().clean(value)
        return identity(self.model, key) if key else None


class KeysField(forms.CharField):
    """Several identities, one key a line."""

    def __init__(self, model: type[Model], **said: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), help_text="Une clé par ligne.", **said)
        self.model = model

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else "\n".join(named.key for named in value)

    def clean(self, value: Any) -> list[Model]:
        keys = dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip())
        return [identity(self.model, key) for key in keys]


def identity(model: type[Model], key: str) -> Model:
    """The identity of this key, or why there is none."""
    found = model._default_manager.filter(key=key).first()
    if found is None:
        raise ValidationError(f"Aucune ligne « {model._meta.verbose_name} » n'a la clé {quoted(key)}. Vérifiez-la.")
    return found


def field_of(column: Any) -> forms.Field:
    """The form field of one column of a row."""
    said = {"label": capfirst(str(column.verbose_name)), "required": not (column.null or column.blank)}
    if column.many_to_many:
        return KeysField(column.related_model, label=said["label"], required=False)
    if column.is_relation:
        return KeyField(column.related_model, error_messages={"required": REQUIRED}, **said)
    if isinstance(column, columns.DateField):
        return DayField(**said)
    made: forms.Field = column.formfield(label=said["label"])
    made.error_messages["required"] = REQUIRED
    made.validators.append(partial(sound, column.name))
    return made


class WhyField(forms.CharField):
    """The reason of whoever writes."""

    def __init__(self) -> None:
        super().__init__(
            label="Pourquoi",
            help_text="Gardé avec le fait, jamais publié. N'y nommez pas une personne mineure.",
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": NO_REASON},
        )


def numbers(rows: Iterable[Dated]) -> str:
    """The numbers of the rows on a page, as ``SeenField`` reads them."""
    return ",".join(str(row.pk) for row in rows)


class SeenField(forms.CharField):
    """The numbers of the rows that were on the page. Whatever else comes back in its place names nothing."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)

    def clean(self, value: Any) -> list[int]:
        return [int(number) for number in re.findall(r"\b[0-9]{1,18}\b", super().clean(value), re.ASCII)]


class CorrectionForm(forms.Form):
    """What the row should say, from which day, who says so, and why. It shows first what the row says now.

    ``seen`` are the proposals against it that were on the page.
    """

    seen = SeenField()
    happened = forms.ChoiceField(
        label="Que s'est-il passé ?",
        choices=HAPPENED,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites si c'était faux, ou si la situation a changé : l'histoire n'est pas la même."
        },
    )
    valid_from = DayField(label="Vrai depuis le", required=False, help_text="Vide : le début n'est pas connu.")
    valid_until = DayField(
        label="Premier jour où ce n'est plus vrai", required=False, help_text="Vide : la fin n'est pas connue."
    )
    source = forms.CharField(
        label="D'après quelle source (sa clé)",
        help_text="Le papier ou la livraison qui le dit. S'il n'est pas au registre, ajoutez-le d'abord aux sources.",
        error_messages={"required": "Dites d'après quelle source : un fait sans source n'entre pas."},
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    why = WhyField()

    def __init__(self, row: Dated, typed: Mapping[str, Any] | None = None, seen: str = "") -> None:
        model = type(row)
        many = [column.name for column in model._meta.many_to_many]
        self.row, self.said = row, [*(name for name in value_fields(model) if name not in model.OF), *many]
        now = {name: list(getattr(row, name).all()) if name in many else getattr(row, name) for name in self.said}
        super().__init__(
            typed, initial={**now, "valid_from": row.valid_from, "valid_until": row.valid_until, "seen": seen}
        )
        self.fields.update({name: field_of(model._meta.get_field(name)) for name in self.said})
        self.order_fields(["happened", *self.said, "valid_from", "valid_until", "source", "why"])

    def clean_source(self) -> Source:
        key = self.cleaned_data["source"].strip()
        found = Source.objects.filter(key=key).first()
        if found is None:
            raise ValidationError(f"Aucune source n'a la clé {quoted(key)}. Ajoutez-la d'abord aux sources.")
        return found

    def clean(self) -> dict[str, Any]:
        start, end = (self.cleaned_data.get(name) for name in ("valid_from", "valid_until"))
        if not self.errors and start and end and start >= end:
            self.add_error("valid_until", f"Ce jour doit venir après le {day(start)} : la fin n'en fait plus partie.")
        return self.cleaned_data

    @property
    def correction(self) -> Restatement:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        valid: Period[date] = Period(typed["valid_from"], typed["valid_until"])
        says = {name: typed[name] for name in self.said}
        return Restatement(self.row, typed["happened"], says, valid, typed["source"], typed["why"], typed["seen"])


TAKE, LEAVE = "take", "leave"


class SettlementForm(forms.Form):
    """Take the proposal or leave it, and why. ``seen`` are the rows that were on the page: what is held, the other proposals."""

    seen = SeenField()
    decision = forms.ChoiceField(
        label="Votre décision",
        choices=(
            (TAKE, "Retenir la proposition : elle remplace ce qui est tenu"),
            (LEAVE, "L'écarter : rien ne change"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : retenir la proposition, ou l'écarter."},
    )
    why = WhyField()

    def settlement(self, proposal: Dated) -> Settlement:
        """What was decided, as the action takes it."""
        typed = self.cleaned_data
        return Settlement(proposal, typed["seen"], typed["decision"] == TAKE, typed["why"])
