"""What was read, file by file, so that it can be withdrawn; and the sheets that a publisher says are closed.

A sheet said inactive without a day used to be held no more, its saying kept aside under the reason « ended »: that saying tells
now on which day it was read closed, and holds again at the next reading of a delivery that says so.
"""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Min

PUBLISHERS = {
    "France compétences": "rncp",
    "Certif Info": "rncp",
    "Annuaire de l'éducation (ministère chargé de l'éducation nationale)": "directory",
    "Fichier des écoles": "schools",
}


def carry_over(apps: Any, schema_editor: Any) -> None:
    """The sayings of closed sheets, and a delivery for each file that was read."""
    sheets = apps.get_model("registry", "CertificationSheet").objects
    sheets.filter(reason="ended", standing="outdated").update(closed_read_on=F("read_on"))
    read_at: dict[int, Any] = {}
    for model in apps.get_app_config("registry").get_models():
        if any(field.name == "known_from" for field in model._meta.fields):
            rows = model.objects.filter(source__publisher__in=PUBLISHERS, source__sha256__isnull=False)
            for source, at in rows.order_by().values_list("source").annotate(at=Min("known_from")):
                read_at[source] = min(at, read_at.get(source, at))
    deliveries = apps.get_model("registry", "Delivery").objects
    for source, at in read_at.items():
        kind = PUBLISHERS[apps.get_model("registry", "Source").objects.get(pk=source).publisher]
        deliveries.get_or_create(recorded_at=at, defaults={"source_id": source, "kind": kind, "author": "command:import"})


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_labels_are_declared")]
    operations = [
        migrations.AddField("certificationsheet", "closed_read_on", models.DateField(blank=True, null=True)),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="import")),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("recorded_at", models.DateTimeField(unique=True, verbose_name="lue le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                (
                    "withdrawn_by",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="retirée par (clé)"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={"verbose_name": "livraison", "verbose_name_plural": "livraisons"},
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
