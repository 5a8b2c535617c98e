"""The two forms of whoever keeps the registry: *Corriger* a held fact, *Trancher* a contested one. They check, ``record`` writes.

A field for each value of the row, in its own words; other identities are named by their key. What was typed is never lost: a
form that is refused comes back as it was, with what is wrong and what to do beside each field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models as fields
from django.db.models import Model

from equerre import law
from equerre.facts import KEPT
from equerre.kernel import geography
from equerre.kernel.errors import IdentifierError, LawError, quoted
from equerre.kernel.french import day
from equerre.kernel.identifiers import KINDS as NORMS
from equerre.kernel.invisible import first_invisible
from equerre.kernel.period import Period
from equerre.registry.dated import HELD, Dated, Source
from equerre.registry.record import Entry, value_fields

ERROR, CHANGE = "error", "change"
HAPPENED = ((ERROR, "Ce qui est écrit est faux"), (CHANGE, "C'était vrai, et la situation a changé"))
REQUIRED = "Ce champ manque."
# The calendar is that of a file of facts.
FIRST_YEAR, LAST_YEAR = 1800, 2199
NOT_A_DAY = "Ce jour ne se lit pas. Une date s'écrit année-mois-jour, comme 2026-09-01."


# --- Fields -----------------------------------------------------------------------------------------------------------


class DayField(forms.DateField):
    """A day, written in its one form whatever the browser."""

    def __init__(self, **said: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        messages = {"invalid": NOT_A_DAY, "required": REQUIRED}
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%d"], error_messages=messages, validators=[_in_reach], **said
        )


def _in_reach(on: date) -> None:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise ValidationError(
            f"Équerre compte de {FIRST_YEAR} à {LAST_YEAR}. Une fin inconnue ne s'écrit pas : laissez vide."
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
        return _named(self.model, key) if key else None


class KeysField(forms.CharField):
    """Several identities, one key a line."""

    def __init__(self, model: type[Model], **said: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), help_text="Une clé par ligne.", **said)
        self.model = model

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else "\n".join(one.key for one in value)

    def clean(self, value: Any) -> list[Model]:
        keys = dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip())
        return [_named(self.model, key) for key in keys]


def _named(model: type[Model], key: str) -> Model:
    found = model._default_manager.filter(key=key).first()
    if found is None:
        raise ValidationError(f"Aucune ligne « {model._meta.verbose_name} » n'a la clé {quoted(key)}. Vérifiez-la.")
    return found


def _norm(kind: str) -> Callable[[str], None]:
    def validate(text: str) -> None:
        try:
            NORMS[kind].validate(text)
        except IdentifierError as error:
            raise ValidationError(str(error)) from error

    return validate


def _visible(text: str) -> None:
    if first_invisible(text, lines=True):
        raise ValidationError("Ce texte contient un caractère invisible : retirez-le.")


def _departement(code: str) -> None:
    if code not in geography.departements():
        raise ValidationError(f"Aucun département n'a le code {quoted(code)}. Écrivez-le comme 86, 2A ou 974.")


def _legal_category(code: str) -> None:
    try:
        law.legal_category(code)
    except LawError as error:
        raise ValidationError(str(error)) from error


VALIDATORS: Mapping[str, Callable[[str], None]] = {
    **{field.kept_as: _norm(field.norm) for kind in KEPT.values() for field in kind.every.values() if field.norm},
    "departement": _departement,
    "legal_category": _legal_category,
}


def _field(field: Any) -> forms.Field:
    """The form field of one column of a row."""
    said = {"label": _upper(str(field.verbose_name)), "required": not (field.null or field.blank)}
    if field.many_to_many:
        return KeysField(field.related_model, label=said["label"], required=False)
    if field.is_relation:
        return KeyField(field.related_model, error_messages={"required": REQUIRED}, **said)
    if isinstance(field, fields.DateField):
        return DayField(**said)
    made: forms.Field = field.formfield(label=said["label"])
    made.error_messages["required"] = REQUIRED
    if isinstance(made, forms.CharField):
        made.validators.append(_visible)
    if field.name in VALIDATORS:
        made.validators.append(VALIDATORS[field.name])
    return made


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- Corriger ---------------------------------------------------------------------------------------------------------


class CorrectionForm(forms.Form):
    """What the row should say, from which day, who says so, and why. Made for one row by :func:`correction_form`."""

    row: Dated

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
    why = forms.CharField(
        label="Pourquoi",
        help_text="Gardé avec le fait, jamais publié. N'y nommez pas une personne mineure.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi : quelqu'un le relira."},
    )

    def clean_source(self) -> Source:
        key = self.cleaned_data["source"].strip()
        found = Source.objects.filter(key=key).first()
        if found is None:
            raise ValidationError(f"Aucune source n'a la clé {quoted(key)}. Ajoutez-la d'abord aux sources.")
        return found

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors:
            for field, problem in _problems(self.row, said):
                self.add_error(field, problem)
        return said

    @property
    def entry(self) -> Entry:
        """What the row should have said; what it is about stays."""
        model, said = type(self.row), self.cleaned_data
        values = {name: getattr(self.row, name) if name in model.OF else said[name] for name in value_fields(model)}
        many = {field.name: said[field.name] for field in model._meta.many_to_many}
        return Entry(model, values, Period(said["valid_from"], said["valid_until"]), many)


def correction_form(row: Dated) -> type[CorrectionForm]:
    """The form of one row."""
    model = type(row)
    names = [name for name in value_fields(model) if name not in model.OF]
    names += [field.name for field in model._meta.many_to_many]
    made: dict[str, Any] = {name: _field(model._meta.get_field(name)) for name in names}
    form = type(f"{model.__name__}Correction", (CorrectionForm,), {**made, "row": row})
    form.field_order = ["happened", *names, "valid_from", "valid_until", "source", "why"]  # type: ignore[attr-defined]
    return form


def initial(row: Dated) -> dict[str, Any]:
    """What the form shows first: what the row says now."""
    model = type(row)
    said = {name: getattr(row, name) for name in value_fields(model) if name not in model.OF}
    many = {field.name: list(getattr(row, field.name).all()) for field in model._meta.many_to_many}
    return {**said, **many, "valid_from": row.valid_from, "valid_until": row.valid_until}


def _problems(row: Dated, said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What the fields say together and cannot mean."""
    start, end = said["valid_from"], said["valid_until"]
    if start and end and start >= end:
        yield "valid_until", f"Ce jour doit venir après le {day(start)} : la fin n'en fait plus partie."
        return
    if said["happened"] == CHANGE:
        yield from _not_a_change(row, start)
    starts = KEPT[row.KIND].starts
    if starts and getattr(row, starts, None) == row.valid_from and said.get(starts) != start:
        label = str(type(row)._meta.get_field(starts).verbose_name)  # type: ignore[union-attr]
        yield "valid_from", f"Ce fait commence le jour « {label} » : écrivez le même jour aux deux endroits."
    if row.known_until is not None:
        return  # somebody was faster: what is held now is theirs, and the page says so
    for other in others(row, Period(start, end)):
        yield (
            "valid_until",
            f"Un autre fait du même objet vaut déjà {_days(other)} : corrigez-le d'abord, ou changez les jours.",
        )


def _not_a_change(row: Dated, start: date | None) -> Iterable[tuple[str, str]]:
    if start is None:
        yield "valid_from", "Dites de quel jour date le changement."
    elif row.valid_from is not None and start <= row.valid_from:
        yield (
            "valid_from",
            f"L'ancienne valeur commence le {day(row.valid_from)} : donnez un jour d'après, ou dites qu'elle était fausse.",
        )
    elif row.valid_until is not None and start >= row.valid_until:
        yield "valid_from", f"L'ancienne valeur finit avant le {day(row.valid_until)} : donnez un jour d'avant."


def others(row: Dated, valid: Period[date], *, standing: str = HELD) -> list[Dated]:
    """The other rows known now about the same thing, on days that share one with these."""
    about = {name: getattr(row, name) for name in type(row).OF}
    known = type(row)._default_manager.filter(**about, standing=standing, known_until__isnull=True).exclude(pk=row.pk)
    found = known.select_related("source").order_by("valid_from", "pk")
    return [other for other in found if valid.overlaps(Period(other.valid_from, other.valid_until))]


def _days(row: Dated) -> str:
    start = f"depuis le {day(row.valid_from)}" if row.valid_from else "depuis toujours"
    return f"{start}, jusqu'au {day(row.valid_until)} exclu" if row.valid_until else start


# --- Trancher ---------------------------------------------------------------------------------------------------------

TAKE, LEAVE = "take", "leave"


class SettlementForm(forms.Form):
    """Take the proposal or leave it, and why. ``seen`` are the held rows that were on the page: others would be a surprise."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(
        label="Votre décision",
        choices=(
            (TAKE, "Retenir la proposition : elle remplace ce qui est tenu"),
            (LEAVE, "L'écarter : rien ne change"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : retenir la proposition, ou l'écarter."},
    )
    why = forms.CharField(
        label="Pourquoi",
        help_text="Gardé avec le fait, jamais publié. N'y nommez pas une personne mineure.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi : quelqu'un le relira."},
    )
