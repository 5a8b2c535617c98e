"""Two held rows about one thing never share a day and an instant: the database says so, whoever writes, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.state import ProjectState

from equerre.registry import models as registry
from equerre.registry.dated import Dated
from equerre.registry.overlap import ForbidOverlap, absent
from tests.registry.writing import school, source

pytestmark = pytest.mark.django_db

JANUARY, MARCH, JUNE, SEPTEMBER = (date(2026, month, 1) for month in (1, 3, 6, 9))
FIRST, SECOND, THIRD = (datetime(2026, 1, day, 8, tzinfo=UTC) for day in (1, 2, 3))
COLUMNS = "school_id, school_status, valid_from, valid_until, known_from, known_until, standing, source_id, author, reason, note"

Days = tuple[date | None, date | None]
Instants = tuple[datetime, datetime | None]


def insert(
    days: Days = (None, None), known: Instants = (FIRST, None), standing: str = "held", of: int | None = None
) -> int:
    """A row by raw SQL: neither ``record`` nor the models stand between us and the database."""
    row = (of or school().pk, 12, *days, *known, standing, source().pk, "person:test", "entry", "")
    marks = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO registry_audience ({COLUMNS}) VALUES ({marks}) RETURNING id", row)
        (number,) = cursor.fetchone()
    return int(number)


def update(number: int, **changes: Any) -> None:
    said = ", ".join(f"{name} = %s" for name in changes)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE registry_audience SET {said} WHERE id = %s", [*changes.values(), number])


def refused(work: Any, *given: Any, **named: Any) -> None:
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        work(*given, **named)


@pytest.mark.parametrize(
    ("held", "other"),
    [
        ((None, None), (None, None)),
        ((None, MARCH), (None, JANUARY)),
        ((JANUARY, None), (MARCH, None)),
        ((JANUARY, JUNE), (MARCH, SEPTEMBER)),
        ((MARCH, JUNE), (JANUARY, SEPTEMBER)),
        ((JANUARY, SEPTEMBER), (MARCH, JUNE)),
        ((JANUARY, MARCH), (JANUARY, MARCH)),
        ((JANUARY, MARCH), (None, None)),
    ],
)
def test_two_held_rows_never_share_a_day(held: Days, other: Days) -> None:
    insert(held)
    refused(insert, other)
    refused(insert, other, (SECOND, THIRD))
    assert registry.Audience.objects.count() == 1


@pytest.mark.parametrize(
    ("held", "other"),
    [((JANUARY, MARCH), (MARCH, JUNE)), ((None, MARCH), (MARCH, None)), ((JUNE, None), (None, JUNE))],
)
def test_the_first_day_out_belongs_to_the_next_row(held: Days, other: Days) -> None:
    insert(held)
    insert(other)
    assert registry.Audience.objects.count() == 2


def test_the_same_day_may_be_held_twice_when_never_at_the_same_instant() -> None:
    insert(known=(FIRST, SECOND))
    insert(known=(SECOND, None))
    refused(insert, known=(FIRST, None))
    refused(insert, known=(THIRD, None))


@pytest.mark.parametrize("standing", ["proposed", "outdated"])
def test_what_is_not_held_may_contradict_what_is(standing: str) -> None:
    held = insert()
    other = insert(standing=standing)
    refused(update, other, standing="held")
    update(held, known_until=SECOND)
    refused(update, other, standing="held")
    update(other, known_from=SECOND)
    update(other, standing="held")


def test_another_school_is_another_thing() -> None:
    insert()
    insert(of=school("école-2").pk)
    assert registry.Audience.objects.count() == 2


def test_a_row_may_not_be_moved_onto_another() -> None:
    insert((JANUARY, MARCH))
    later = insert((MARCH, None))
    refused(update, later, valid_from=None)
    other = insert(of=school("école-2").pk)
    refused(update, other, school_id=school().pk)
    update(later, school_status=13)
    update(later, valid_from=JUNE)


def test_a_knowledge_that_ended_may_not_be_opened_again() -> None:
    before = insert(known=(FIRST, SECOND))
    insert(known=(SECOND, None))
    refused(update, before, known_until=None)


@pytest.mark.parametrize(
    ("days", "known"),
    [((MARCH, MARCH), (FIRST, None)), ((MARCH, JANUARY), (FIRST, None)), ((None, None), (FIRST, FIRST))],
)
def test_an_empty_period_is_refused(days: Days, known: Instants) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(days, known)


# --- Every table, and every migration --------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", registry.DATED, ids=lambda model: model.__name__)
def test_every_dated_table_forbids_it(model: type[Dated]) -> None:
    found = [one for one in model._meta.constraints if isinstance(one, ForbidOverlap)]
    assert [one.fields for one in found] == [model.OF]


def test_the_database_holds_every_constraint() -> None:
    assert absent() == []


def test_a_constraint_taken_off_is_named() -> None:
    drop = (
        "ALTER TABLE registry_audience DROP CONSTRAINT audience_overlap"
        if connection.vendor == "postgresql"
        else "DROP TRIGGER audience_overlap_upd"
    )
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert absent() == ["audience_overlap"]


CHANGES: dict[str, Any] = {
    "a field made otherwise": lambda editor, model: editor.alter_field(
        model, model._meta.get_field("note"), _named(model, "note", models.CharField(max_length=900, default=""))
    ),
    "a field renamed": lambda editor, model: editor.alter_field(
        model, model._meta.get_field("reason"), _named(model, "motive", models.CharField(max_length=80))
    ),
    "a field added": lambda editor, model: editor.add_field(
        model, _named(model, "boarders", models.PositiveIntegerField(default=0))
    ),
    "a field taken off": lambda editor, model: editor.remove_field(model, model._meta.get_field("trainees")),
    "an index added": lambda editor, model: editor.add_index(model, models.Index(fields=["author"], name="by_author")),
    "a constraint added": lambda editor, model: editor.add_constraint(
        model, models.CheckConstraint(condition=models.Q(school_status__gte=0), name="some_pupils")
    ),
    "the table renamed": lambda editor, model: editor.alter_db_table(model, "registry_audience", "registry_pupils"),
}


def _named(model: type[models.Model], name: str, field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    field.set_attributes_from_name(name)
    field.model = model
    return field


@pytest.fixture
def remade(transactional_db: None) -> Any:
    """The table is made again after the change: other tests live in it."""
    yield
    with connection.schema_editor() as editor:
        if "registry_pupils" in connection.introspection.table_names():
            editor.alter_db_table(registry.Audience, "registry_pupils", "registry_audience")
        editor.delete_model(registry.Audience)
        editor.create_model(registry.Audience)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.usefixtures("remade")
def test_the_constraint_outlives_every_change_of_its_table(change: str) -> None:
    """SQLite makes a table again for most of these: the triggers go with the old one, and must come back with the new."""
    insert((JANUARY, MARCH))
    model = ProjectState.from_apps(registry.Audience._meta.apps).apps.get_model("registry", "Audience")  # type: ignore[arg-type]
    with connection.schema_editor() as editor:
        CHANGES[change](editor, model)
    assert absent() == []
    table = "registry_pupils" if change == "the table renamed" else "registry_audience"
    columns = [name for name in _columns(table) if name != "id"]
    copied = ", ".join(columns)
    with pytest.raises(DatabaseError, match="overlap"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({copied}) SELECT {copied} FROM {table}")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]
