"""What people say is wrong in the public data: kept, numbered, answered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False, verbose_name='numéro')),
                ('token', models.CharField(editable=False, max_length=43, unique=True, verbose_name='clé de suivi')),
                ('page', models.CharField(blank=True, max_length=300, verbose_name='page concernée')),
                ('text', models.TextField(max_length=4000, verbose_name='ce qui est faux')),
                ('contact', models.EmailField(blank=True, max_length=254, verbose_name='adresse pour répondre')),
                ('received_at', models.DateTimeField(db_index=True, verbose_name='reçue le')),
                ('answer', models.TextField(blank=True, verbose_name='réponse')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondue le')),
            ],
            options={
                'verbose_name': 'demande de correction',
                'verbose_name_plural': 'demandes de correction',
                'ordering': ('-number',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='correction_answer_is_dated')],
            },
        ),
    ]
