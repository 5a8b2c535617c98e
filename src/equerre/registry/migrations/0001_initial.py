"""The registry as of 0.2.0: identities, sources, and the dated rows, each with its constraint on both times."""

import django.db.models.deletion
import equerre.registry.overlap
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        equerre.registry.overlap.BtreeGist(),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="clé")),
            ],
            options={
                "verbose_name": "acte",
                "verbose_name_plural": "actes",
            },
        ),
        migrations.CreateModel(
            name="Certification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="clé")),
            ],
            options={
                "verbose_name": "certification",
                "verbose_name_plural": "certifications",
            },
        ),
        migrations.CreateModel(
            name="ManagingBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="clé")),
            ],
            options={
                "verbose_name": "organisme gestionnaire",
                "verbose_name_plural": "organismes gestionnaires",
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(verbose_name="révision")),
            ],
            options={
                "verbose_name": "révision du registre",
                "verbose_name_plural": "révision du registre",
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="clé")),
                ("fictional", models.BooleanField(default=False, verbose_name="fictive")),
            ],
            options={
                "verbose_name": "école",
                "verbose_name_plural": "écoles",
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="clé")),
                ("publisher", models.CharField(max_length=200, verbose_name="éditeur")),
                ("title", models.CharField(max_length=300, verbose_name="titre")),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="datée du")),
                ("url", models.URLField(blank=True, max_length=500, null=True, verbose_name="adresse")),
                ("sha256", models.CharField(blank=True, max_length=64, null=True, verbose_name="empreinte SHA-256")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="clé")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.school", verbose_name="école"
                    ),
                ),
            ],
            options={
                "verbose_name": "formation",
                "verbose_name_plural": "formations",
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="clé")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.school", verbose_name="école"
                    ),
                ),
            ],
            options={
                "verbose_name": "site",
                "verbose_name_plural": "sites",
            },
        ),
        migrations.CreateModel(
            name="SkillBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("code", models.CharField(max_length=14, verbose_name="code du bloc")),
                ("title", models.TextField(verbose_name="intitulé")),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.certification",
                        verbose_name="certification",
                    ),
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
            options={
                "verbose_name": "bloc de compétences",
                "verbose_name_plural": "blocs de compétences",
                "indexes": [models.Index(fields=["certification", "code", "valid_from"], name="skill_block_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="skill_block_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="skill_block_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(
                        fields=("certification", "code"), name="skill_block_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("main", models.BooleanField(default=False, verbose_name="site principal")),
                ("uai", models.CharField(blank=True, db_index=True, max_length=8, null=True, verbose_name="UAI")),
                ("siret", models.CharField(blank=True, db_index=True, max_length=14, null=True, verbose_name="SIRET")),
                ("address", models.CharField(blank=True, default="", max_length=200, verbose_name="adresse")),
                ("postcode", models.CharField(blank=True, default="", max_length=5, verbose_name="code postal")),
                ("commune", models.CharField(blank=True, max_length=120, null=True, verbose_name="commune")),
                ("departement", models.CharField(blank=True, max_length=3, null=True, verbose_name="département")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
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
            options={
                "verbose_name": "site : adresse et numéros",
                "verbose_name_plural": "sites : adresses et numéros",
                "indexes": [models.Index(fields=["site", "valid_from"], name="site_details_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="site_details_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="site_details_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("site",), name="site_details_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondDegree",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("value", models.BooleanField(verbose_name="relève du second degré")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "rattachement au second degré",
                "verbose_name_plural": "rattachements au second degré",
                "indexes": [models.Index(fields=["school", "valid_from"], name="second_degree_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="second_degree_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="second_degree_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="second_degree_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "nom d'école",
                "verbose_name_plural": "noms d'école",
                "indexes": [models.Index(fields=["school", "valid_from"], name="school_name_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="school_name_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="school_name_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="school_name_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.managingbody",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "lien entre une école et son organisme",
                "verbose_name_plural": "liens entre les écoles et leurs organismes",
                "indexes": [models.Index(fields=["school", "valid_from"], name="school_body_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="school_body_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="school_body_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="school_body_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScholarshipHabilitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("effect_on", models.DateField(verbose_name="effet le")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("granted", models.BooleanField(default=True, verbose_name="accordée")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "habilitation à recevoir des boursiers",
                "verbose_name_plural": "habilitations à recevoir des boursiers",
                "indexes": [models.Index(fields=["school", "valid_from"], name="scholarship_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="scholarship_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="scholarship_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="scholarship_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("written_on", models.DateField(verbose_name="écrite le")),
                ("reading", models.CharField(max_length=4, verbose_name="lecture")),
                ("option", models.CharField(max_length=2, verbose_name="option")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "prise de position",
                "verbose_name_plural": "prises de position",
                "indexes": [models.Index(fields=["school", "reading", "valid_from"], name="ruling_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="ruling_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="ruling_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "reading"), name="ruling_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("filed_on", models.DateField(verbose_name="déposée le")),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.certification",
                        verbose_name="certification",
                    ),
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
            options={
                "verbose_name": "demande d'enregistrement au RNCP",
                "verbose_name_plural": "demandes d'enregistrement au RNCP",
                "indexes": [models.Index(fields=["certification", "valid_from"], name="registration_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="registration_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="registration_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("certification",), name="registration_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionalListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("campaign_year", models.PositiveSmallIntegerField(verbose_name="campagne")),
                (
                    "item",
                    models.CharField(
                        choices=[("2°-b", "2°-b"), ("2°-c", "2°-c"), ("7°", "7°"), ("12°", "12°")],
                        max_length=6,
                        verbose_name="rubrique",
                    ),
                ),
                (
                    "courses",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="registry.course", verbose_name="formations nommées"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "inscription sur la liste du préfet de région",
                "verbose_name_plural": "inscriptions sur les listes des préfets de région",
                "indexes": [
                    models.Index(fields=["school", "campaign_year", "item", "valid_from"], name="regional_entry_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="regional_entry_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="regional_entry_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(
                        fields=("school", "campaign_year", "item"), name="regional_entry_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionalList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("number", models.CharField(blank=True, max_length=80, null=True, verbose_name="numéro")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                ("region", models.CharField(max_length=3, verbose_name="région (code)")),
                ("campaign_year", models.PositiveSmallIntegerField(verbose_name="campagne")),
                ("published_on", models.DateField(verbose_name="publiée le")),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.act",
                        verbose_name="acte",
                    ),
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
            options={
                "verbose_name": "liste du préfet de région",
                "verbose_name_plural": "listes des préfets de région",
                "indexes": [models.Index(fields=["region", "campaign_year", "valid_from"], name="regional_list_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="regional_list_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="regional_list_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(
                        fields=("region", "campaign_year"), name="regional_list_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("number", models.CharField(blank=True, max_length=80, null=True, verbose_name="numéro")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                ("effect_on", models.DateField(verbose_name="effet le")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="école entendue le")),
                ("enquiry_on", models.DateField(blank=True, null=True, verbose_name="enquête du")),
                ("cse_opinion_on", models.DateField(blank=True, null=True, verbose_name="avis du CSE du")),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.act",
                        verbose_name="acte",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "retrait de la reconnaissance",
                "verbose_name_plural": "retraits de la reconnaissance",
                "indexes": [models.Index(fields=["school", "valid_from"], name="recog_withdrawal_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="recog_withdrawal_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="recog_withdrawal_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="recog_withdrawal_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("filed_on", models.DateField(verbose_name="déposée le")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "demande de reconnaissance",
                "verbose_name_plural": "demandes de reconnaissance",
                "indexes": [models.Index(fields=["school", "valid_from"], name="recog_request_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="recog_request_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="recog_request_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="recog_request_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("number", models.CharField(blank=True, max_length=80, null=True, verbose_name="numéro")),
                ("signed_on", models.DateField(verbose_name="signé le")),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.act",
                        verbose_name="acte",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "refus de reconnaissance",
                "verbose_name_plural": "refus de reconnaissance",
                "indexes": [models.Index(fields=["school", "valid_from"], name="recog_refusal_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="recog_refusal_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="recog_refusal_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="recog_refusal_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("number", models.CharField(blank=True, max_length=80, null=True, verbose_name="numéro")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                ("effect_on", models.DateField(verbose_name="effet le")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                ("nor", models.CharField(blank=True, max_length=12, null=True, verbose_name="NOR")),
                ("enquiry_on", models.DateField(blank=True, null=True, verbose_name="enquête du")),
                ("cse_opinion_on", models.DateField(blank=True, null=True, verbose_name="avis du CSE du")),
                (
                    "cse_opinion_favourable",
                    models.BooleanField(blank=True, null=True, verbose_name="avis du CSE favorable"),
                ),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.act",
                        verbose_name="acte",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="registry.site", verbose_name="sites nommés"
                    ),
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
            options={
                "verbose_name": "reconnaissance",
                "verbose_name_plural": "reconnaissances",
                "indexes": [models.Index(fields=["school", "valid_from"], name="recognition_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="recognition_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="recognition_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="recognition_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductionCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                (
                    "count",
                    models.CharField(
                        choices=[
                            ("orders", "orders"),
                            ("outside_customers", "outside_customers"),
                            ("pupils", "pupils"),
                            ("skills", "skills"),
                            ("hours", "hours"),
                            ("orders_at_market_price", "orders_at_market_price"),
                            ("total_hours", "total_hours"),
                        ],
                        max_length=30,
                        verbose_name="compte",
                    ),
                ),
                ("value", models.PositiveIntegerField(verbose_name="valeur")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "décompte de production",
                "verbose_name_plural": "décomptes de production",
                "indexes": [models.Index(fields=["school", "count", "valid_from"], name="production_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="production_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="production_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "count"), name="production_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opposition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("opposed_on", models.DateField(verbose_name="opposition du")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("ground", models.CharField(blank=True, max_length=200, null=True, verbose_name="motif")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "opposition à l'ouverture",
                "verbose_name_plural": "oppositions à l'ouverture",
                "indexes": [models.Index(fields=["school", "authority", "valid_from"], name="opposition_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="opposition_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="opposition_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "authority"), name="opposition_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("filed_on", models.DateField(verbose_name="déposée le")),
                ("acknowledged_on", models.DateField(blank=True, null=True, verbose_name="accusé de réception le")),
                ("complete_on", models.DateField(blank=True, null=True, verbose_name="dossier complet le")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "déclaration d'ouverture",
                "verbose_name_plural": "déclarations d'ouverture",
                "indexes": [models.Index(fields=["school", "valid_from"], name="opening_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="opening_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="opening_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="opening_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ManagingBodyDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("legal_category", models.CharField(max_length=4, verbose_name="catégorie juridique")),
                ("siren", models.CharField(blank=True, max_length=9, null=True, verbose_name="SIREN")),
                ("rna", models.CharField(blank=True, max_length=10, null=True, verbose_name="RNA")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.managingbody",
                        verbose_name="organisme",
                    ),
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
            options={
                "verbose_name": "organisme : nom, forme, numéros",
                "verbose_name_plural": "organismes : noms, formes, numéros",
                "indexes": [models.Index(fields=["body", "valid_from"], name="body_details_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="body_details_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="body_details_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("body",), name="body_details_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("entered_on", models.DateField(verbose_name="entrée le")),
                ("pupils", models.PositiveIntegerField(blank=True, null=True, verbose_name="élèves")),
                (
                    "counted_in_registration",
                    models.BooleanField(blank=True, null=True, verbose_name="comptée à l'enregistrement"),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.course",
                        verbose_name="formation",
                    ),
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
            options={
                "verbose_name": "promotion",
                "verbose_name_plural": "promotions",
                "indexes": [models.Index(fields=["course", "entered_on", "valid_from"], name="intake_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="intake_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="intake_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("course", "entered_on"), name="intake_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HabilitationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("campaign_year", models.PositiveSmallIntegerField(verbose_name="campagne")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("sent", "sent"),
                            ("returned", "returned"),
                            ("examined", "examined"),
                            ("validated", "validated"),
                            ("refused", "refused"),
                        ],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="envoyée le")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "demande d'habilitation sur SOLTéA",
                "verbose_name_plural": "demandes d'habilitation sur SOLTéA",
                "indexes": [models.Index(fields=["school", "campaign_year", "valid_from"], name="hab_request_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="hab_request_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="hab_request_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(
                        fields=("school", "campaign_year"), name="hab_request_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiplomaCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("cfd", models.CharField(max_length=8, verbose_name="CFD")),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.certification",
                        verbose_name="certification",
                    ),
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
            options={
                "verbose_name": "code de diplôme",
                "verbose_name_plural": "codes de diplôme",
                "indexes": [models.Index(fields=["certification", "cfd", "valid_from"], name="diploma_code_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="diploma_code_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="diploma_code_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(
                        fields=("certification", "cfd"), name="diploma_code_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("title", models.CharField(max_length=300, verbose_name="intitulé")),
                ("full_time", models.BooleanField(blank=True, null=True, verbose_name="à temps plein")),
                (
                    "general_hours",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="heures d'enseignement général"),
                ),
                (
                    "vocational_hours",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="heures d'enseignement professionnel"
                    ),
                ),
                (
                    "regulation_general_hours",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="heures générales du règlement"),
                ),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.certification",
                        verbose_name="certification",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.course",
                        verbose_name="formation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
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
            options={
                "verbose_name": "formation : intitulé, certification, heures",
                "verbose_name_plural": "formations : intitulés, certifications, heures",
                "indexes": [models.Index(fields=["course", "valid_from"], name="course_details_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="course_details_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="course_details_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("course",), name="course_details_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("exit_year", models.PositiveSmallIntegerField(verbose_name="année de sortie")),
                ("horizon", models.PositiveSmallIntegerField(verbose_name="mois après la sortie")),
                ("leavers", models.PositiveIntegerField(verbose_name="sortants")),
                ("reached", models.PositiveIntegerField(verbose_name="joints")),
                ("employed", models.PositiveIntegerField(blank=True, null=True, verbose_name="en emploi")),
                ("in_training", models.PositiveIntegerField(blank=True, null=True, verbose_name="en formation")),
                (
                    "unqualified_at_entry",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="sans qualification à l'entrée"),
                ),
                (
                    "without_trade_diploma_at_entry",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="sans diplôme du métier à l'entrée"
                    ),
                ),
                (
                    "dropouts_at_entry",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="en décrochage à l'entrée"),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "cohorte de sortants",
                "verbose_name_plural": "cohortes de sortants",
                "indexes": [models.Index(fields=["school", "exit_year", "horizon", "valid_from"], name="cohort_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="cohort_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="cohort_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(
                        fields=("school", "exit_year", "horizon"), name="cohort_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("effect_on", models.DateField(verbose_name="effet le")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("temporary", models.BooleanField(default=False, verbose_name="temporaire")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "fermeture",
                "verbose_name_plural": "fermetures",
                "indexes": [models.Index(fields=["school", "valid_from"], name="closure_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="closure_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="closure_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="closure_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificationSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("title", models.CharField(max_length=400, verbose_name="intitulé")),
                (
                    "kind",
                    models.CharField(
                        choices=[("diploma", "diploma"), ("title", "title")], max_length=10, verbose_name="nature"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="niveau")),
                ("read_on", models.DateField(blank=True, null=True, verbose_name="lue dans la livraison du")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="décision du")),
                ("effect_on", models.DateField(blank=True, null=True, verbose_name="effet le")),
                (
                    "last_issue_on",
                    models.DateField(blank=True, null=True, verbose_name="dernière délivrance possible le"),
                ),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.certification",
                        verbose_name="certification",
                    ),
                ),
                (
                    "successors",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="registry.certification", verbose_name="suites nommées"
                    ),
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
            options={
                "verbose_name": "fiche RNCP",
                "verbose_name_plural": "fiches RNCP",
                "indexes": [models.Index(fields=["certification", "valid_from"], name="sheet_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="sheet_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="sheet_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("certification",), name="sheet_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual_list", "annual_list"),
                            ("regional_list", "regional_list"),
                            ("habilitation_request_opens", "habilitation_request_opens"),
                            ("habilitation_request_closes", "habilitation_request_closes"),
                            ("bank_details_close", "bank_details_close"),
                            ("opens_to_schools", "opens_to_schools"),
                            ("window_1_opens", "window_1_opens"),
                            ("window_1_closes", "window_1_closes"),
                            ("transfer_1", "transfer_1"),
                            ("window_2_opens", "window_2_opens"),
                            ("window_2_closes", "window_2_closes"),
                            ("transfer_2", "transfer_2"),
                            ("window_3_opens", "window_3_opens"),
                            ("window_3_closes", "window_3_closes"),
                            ("transfer_3", "transfer_3"),
                            ("undesignated_transfer", "undesignated_transfer"),
                        ],
                        max_length=40,
                        verbose_name="nature",
                    ),
                ),
                ("campaign_year", models.PositiveSmallIntegerField(verbose_name="campagne")),
                ("planned", models.DateField(blank=True, null=True, verbose_name="prévue le")),
                ("revised", models.DateField(blank=True, null=True, verbose_name="revue au")),
                ("actual", models.DateField(blank=True, null=True, verbose_name="réelle le")),
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
            options={
                "verbose_name": "date de campagne",
                "verbose_name_plural": "dates de campagne",
                "indexes": [models.Index(fields=["kind", "campaign_year", "valid_from"], name="campaign_date_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="campaign_date_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="campaign_date_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(
                        fields=("kind", "campaign_year"), name="campaign_date_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("campaign_year", models.PositiveSmallIntegerField(verbose_name="campagne")),
                ("accepted", models.BooleanField(verbose_name="acceptées par SOLTéA")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "coordonnées bancaires sur SOLTéA",
                "verbose_name_plural": "coordonnées bancaires sur SOLTéA",
                "indexes": [models.Index(fields=["school", "campaign_year", "valid_from"], name="bank_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="bank_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="bank_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "campaign_year"), name="bank_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("school_status", models.PositiveIntegerField(verbose_name="élèves sous statut scolaire")),
                ("apprentices", models.PositiveIntegerField(blank=True, null=True, verbose_name="apprentis")),
                ("trainees", models.PositiveIntegerField(blank=True, null=True, verbose_name="stagiaires adultes")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "effectifs par statut",
                "verbose_name_plural": "effectifs par statut",
                "indexes": [models.Index(fields=["school", "valid_from"], name="audience_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="audience_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="audience_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="audience_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("act_year", models.PositiveSmallIntegerField(verbose_name="année de signature")),
                ("motive", models.CharField(blank=True, max_length=300, null=True, verbose_name="motif")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="registry.site", verbose_name="sites nommés"
                    ),
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
            options={
                "verbose_name": "inscription sur la liste annuelle",
                "verbose_name_plural": "inscriptions sur la liste annuelle",
                "indexes": [models.Index(fields=["school", "act_year", "valid_from"], name="annual_entry_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="annual_entry_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="annual_entry_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "act_year"), name="annual_entry_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("number", models.CharField(blank=True, max_length=80, null=True, verbose_name="numéro")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                ("act_year", models.PositiveSmallIntegerField(verbose_name="année de signature")),
                ("published_on", models.DateField(verbose_name="publié le")),
                ("nor", models.CharField(blank=True, max_length=12, null=True, verbose_name="NOR")),
                (
                    "school_year",
                    models.CharField(blank=True, max_length=9, null=True, verbose_name="année scolaire dite"),
                ),
                (
                    "campaign_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="campagne dite"),
                ),
                ("effect_ends_on", models.DateField(blank=True, null=True, verbose_name="fin d'effet dite")),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.act",
                        verbose_name="acte",
                    ),
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
            options={
                "verbose_name": "liste annuelle",
                "verbose_name_plural": "listes annuelles",
                "indexes": [models.Index(fields=["act_year", "valid_from"], name="annual_list_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="annual_list_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="annual_list_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("act_year",), name="annual_list_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("reference", models.CharField(max_length=80, verbose_name="référence")),
                ("signed_on", models.DateField(verbose_name="signée le")),
                ("party", models.CharField(max_length=200, verbose_name="partie")),
                (
                    "party_kind",
                    models.CharField(
                        choices=[
                            ("state", "state"),
                            ("local_authority", "local_authority"),
                            ("company", "company"),
                            ("other", "other"),
                        ],
                        max_length=16,
                        verbose_name="nature de la partie",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("investment", "investment"),
                            ("engineering", "engineering"),
                            ("equipment", "equipment"),
                            ("loan", "loan"),
                            ("production", "production"),
                            ("other", "other"),
                        ],
                        max_length=12,
                        verbose_name="objet",
                    ),
                ),
                ("signed_by_body", models.BooleanField(blank=True, null=True, verbose_name="signée par l'organisme")),
                (
                    "signed_by_party",
                    models.BooleanField(blank=True, null=True, verbose_name="signée par l'autre partie"),
                ),
                ("written", models.BooleanField(blank=True, null=True, verbose_name="écrite")),
                ("amount_cents", models.BigIntegerField(blank=True, null=True, verbose_name="montant, en centimes")),
                (
                    "education_ministry",
                    models.BooleanField(blank=True, null=True, verbose_name="ministère de l'éducation"),
                ),
                (
                    "cse_opinion_favourable",
                    models.BooleanField(blank=True, null=True, verbose_name="avis du CSE favorable"),
                ),
                (
                    "state_aid_basis",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="fondement d'aide d'État"),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "convention",
                "verbose_name_plural": "conventions",
                "indexes": [models.Index(fields=["school", "reference", "valid_from"], name="agreement_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="agreement_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="agreement_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "reference"), name="agreement_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("kind", models.CharField(max_length=40, verbose_name="nature")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("number", models.CharField(blank=True, max_length=80, null=True, verbose_name="numéro")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                ("effect_on", models.DateField(blank=True, null=True, verbose_name="effet le")),
                ("nor", models.CharField(blank=True, max_length=12, null=True, verbose_name="NOR")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.act",
                        verbose_name="acte",
                    ),
                ),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.act",
                        verbose_name="modifie",
                    ),
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
            options={
                "verbose_name": "acte : nature, autorité, dates",
                "verbose_name_plural": "actes : natures, autorités, dates",
                "indexes": [models.Index(fields=["act", "valid_from"], name="act_details_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="act_details_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="act_details_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("act",), name="act_details_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("member", models.CharField(max_length=80, verbose_name="poste (clé opaque)")),
                ("signed_on", models.DateField(verbose_name="signé le")),
                ("authority", models.CharField(max_length=160, verbose_name="autorité")),
                ("granted", models.BooleanField(default=True, verbose_name="accordé")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "agrément",
                "verbose_name_plural": "agréments",
                "indexes": [models.Index(fields=["school", "member", "valid_from"], name="staff_approval_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="staff_approval_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="staff_approval_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "member"), name="staff_approval_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("post", models.CharField(max_length=80, verbose_name="poste (clé opaque)")),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("director", "director"),
                            ("teacher", "teacher"),
                            ("master", "master"),
                            ("speaker", "speaker"),
                        ],
                        max_length=10,
                        verbose_name="fonction",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "poste",
                "verbose_name_plural": "postes",
                "indexes": [models.Index(fields=["school", "post", "valid_from"], name="staff_member_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="staff_member_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="staff_member_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "post"), name="staff_member_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatedAbsence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("of", models.CharField(max_length=120, verbose_name="absence de")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "attestation d'absence",
                "verbose_name_plural": "attestations d'absence",
                "indexes": [models.Index(fields=["school", "of", "valid_from"], name="stated_absence_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="stated_absence_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="stated_absence_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school", "of"), name="stated_absence_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatutesReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("reviewed_on", models.DateField(verbose_name="examiné le")),
                ("non_profit", models.BooleanField(verbose_name="les statuts interdisent le profit")),
                ("reviewer", models.CharField(max_length=120, verbose_name="examiné par")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.managingbody",
                        verbose_name="organisme",
                    ),
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
            options={
                "verbose_name": "examen des statuts",
                "verbose_name_plural": "examens des statuts",
                "indexes": [models.Index(fields=["body", "valid_from"], name="statutes_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="statutes_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="statutes_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("body",), name="statutes_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnqualifiedTraining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="vrai depuis")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="vrai jusqu'à (premier jour exclu)"),
                ),
                ("known_from", models.DateTimeField(verbose_name="connu depuis")),
                ("known_until", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu'à")),
                (
                    "standing",
                    models.CharField(
                        choices=[("held", "tenu"), ("proposed", "proposé"), ("outdated", "dépassé")],
                        default="held",
                        max_length=8,
                        verbose_name="tenue",
                    ),
                ),
                ("author", models.CharField(max_length=80, verbose_name="auteur (clé)")),
                ("reason", models.CharField(default="entry", max_length=80, verbose_name="raison (clé)")),
                ("note", models.TextField(blank=True, default="", verbose_name="note privée")),
                ("value", models.BooleanField(verbose_name="relève du 7°")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.school",
                        verbose_name="école",
                    ),
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
            options={
                "verbose_name": "formation de jeunes sans qualification",
                "verbose_name_plural": "formations de jeunes sans qualification",
                "indexes": [models.Index(fields=["school", "valid_from"], name="unqualified_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_from__lt", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="unqualified_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("known_until__isnull", True), ("known_from__lt", models.F("known_until")), _connector="OR"
                        ),
                        name="unqualified_known",
                    ),
                    equerre.registry.overlap.ForbidOverlap(fields=("school",), name="unqualified_overlap"),
                ],
            },
        ),
    ]
