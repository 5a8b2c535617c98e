"""The counts that all processes share (ADR 0016). On PostgreSQL alone: beside SQLite they are a file of their own."""

from django.db import migrations

COLUMNS = "print varchar(64) PRIMARY KEY, count integer NOT NULL, until bigint NOT NULL"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE UNLOGGED TABLE opendata_count ({COLUMNS})")
        schema_editor.execute("CREATE INDEX opendata_count_until ON opendata_count (until)")


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE opendata_count")


class Migration(migrations.Migration):

    dependencies = [("opendata", "0001_initial")]

    operations = [migrations.RunPython(make, unmake)]
