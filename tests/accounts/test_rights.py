"""Who may do what: the default is no, no is a sentence, and the day of the question is the clock's."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied

from equerre.accounts.models import Person
from equerre.accounts.rights import VERBS, Clearance, Forbidden, may
from equerre.kernel.errors import EquerreError
from equerre.registry import models
from equerre.registry.dated import Source

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 1)
ALLOWED = {
    "view_audience": {"read"},
    "change_audience": {"read", "correct", "settle"},
    "add_audience": {"add"},
    "delete_audience": set(),
    "change_school": set(),
}


def staff(*permissions: str, **said: bool) -> Person:
    person = Person.objects.create_user("maud", **{"is_staff": True, **said})  # type: ignore[arg-type]
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions, content_type__app_label="registry"))
    return person


@pytest.mark.parametrize("permission", ALLOWED)
def test_each_permission_gives_its_verbs_and_no_other(permission: str) -> None:
    person = staff(permission)
    assert {verb for verb in VERBS if may(person, verb, models.Audience, TODAY)} == ALLOWED[permission]


@pytest.mark.parametrize("said", [{"is_staff": False}, {"is_active": False}], ids=["no staff", "no longer active"])
def test_a_permission_is_not_enough(said: dict[str, bool]) -> None:
    person = staff("change_audience", **said)
    for verb in VERBS:
        assert may(person, verb, models.Audience, TODAY) == Clearance(
            "Votre compte n'est pas de ceux qui tiennent le registre."
        )


def test_a_superuser_of_the_staff_may_do_all_and_a_stranger_nothing() -> None:
    chief = Person.objects.create_superuser("chef")
    for verb in VERBS:
        assert may(chief, verb, Source, TODAY)
        assert not may(AnonymousUser(), verb, Source, TODAY)


def test_a_group_gives_what_it_holds() -> None:
    group = Group.objects.create(name="rectorat")
    group.permissions.set(Permission.objects.filter(codename="change_audience"))
    person = staff()
    assert not may(person, "correct", models.Audience, TODAY)
    person.groups.add(group)
    assert may(Person.objects.get(pk=person.pk), "correct", models.Audience, TODAY)


def test_a_row_is_asked_about_like_its_kind() -> None:
    row = models.Audience()
    person = staff("change_audience")
    assert may(person, "correct", row, TODAY)
    assert not may(person, "correct", models.Closure(), TODAY)


def test_no_is_a_sentence_that_says_what_for() -> None:
    refused = may(staff("view_audience"), "correct", models.Audience, TODAY)
    named = models.Audience._meta.verbose_name_plural
    assert refused.refusal == f"Votre compte n'a pas le droit de corriger les lignes « {named} »."
    with pytest.raises(Forbidden) as stopped:
        refused.or_refuse()
    assert str(stopped.value) == refused.refusal
    assert isinstance(stopped.value, PermissionDenied)  # Django's pages answer 403
    assert isinstance(stopped.value, EquerreError)
    Clearance().or_refuse()


def test_a_verb_that_nobody_declared_is_a_mistake_of_the_code() -> None:
    with pytest.raises(KeyError):
        may(staff("change_audience"), "overwrite", models.Audience, TODAY)
