import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [("measures", "0002_upheld")]

    initial = True

    dependencies = [("partnership", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "ladder",
                    models.CharField(choices=[("member", "member"), ("coordinator", "coordinator")], max_length=12),
                ),
                ("words", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("words_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measure_files",
                        to="partnership.partnership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measure_files", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("talk", "talk"),
                            ("reprimand", "written reprimand"),
                            ("suspension", "provisional exclusion"),
                            ("exclusion", "final exclusion"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waiting for signatures"),
                            ("taken", "taken"),
                            ("dropped", "not taken"),
                            ("lifted", "over"),
                            ("annulled", "annulled on appeal"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("grounds", models.JSONField(default=list)),
                ("happened_on", models.DateField(null=True)),
                ("came", models.BooleanField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("copied_on", models.DateField(null=True)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="measures.file"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("coordinator", "coordinator"),
                            ("officer", "mandated police officer"),
                            ("chief", "chief of corps"),
                            ("municipality", "municipality"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", plp.toolbox.crypto.SealedText(editable=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("proven_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField()),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="measures.measure"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "measure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="appeal",
                        serialize=False,
                        to="measures.measure",
                    ),
                ),
                ("way", models.CharField(choices=[("letter", "registered letter"), ("email", "e-mail")], max_length=8)),
                ("sent_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "waiting for a decision"), ("upheld", "upheld"), ("rejected", "rejected")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("decided_name", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("file",), name="measures_one_proposed"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "taken"), ("step__in", ["suspension", "exclusion"])),
                fields=("file", "step"),
                name="measures_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("partnership", "person"), name="measures_one_open_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("measure", "slot"), name="measures_signature_once"),
        ),
    ]
