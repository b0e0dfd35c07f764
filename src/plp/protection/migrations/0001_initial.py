import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [("protection", "0002_plain")]

    initial = True

    dependencies = [("partnership", "0001_initial"), ("people", "0001_initial"), ("places", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("wrong_address", "sent or shown to the wrong person"),
                            ("lost", "a device, a list or a letter was lost or stolen"),
                            ("intrusion", "somebody got in without permission"),
                            ("misuse", "somebody with access used it for something else"),
                            ("unavailable", "data are gone or cannot be reached"),
                            ("other", "another cause"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", plp.toolbox.crypto.SealedText(editable=True)),
                ("data", models.JSONField(default=list)),
                ("persons", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField(null=True)),
                ("noticed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("done", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "no risk is likely: nobody has to be told"),
                            ("some", "a risk: the authority has to be told"),
                            ("high", "a high risk: the authority and the persons have to be told"),
                        ],
                        max_length=4,
                    ),
                ),
                ("reason", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("authority_told_at", models.DateTimeField(null=True)),
                ("late_because", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("persons_told_at", models.DateTimeField(null=True)),
                ("persons_not_because", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("plain", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breaches", to="places.area"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="breaches",
                        to="partnership.partnership",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["area", "noticed_at"], name="protection__area_id_ebeb27_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("risk", ""), ("decided_at__isnull", False), _connector="OR"),
                        name="protection_decided_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["", "none", "some", "high"])), name="protection_risk_known"
                    ),
                ],
            },
        )
    ]
