import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.ids


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=plp.toolbox.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("residents", "residents"),
                            ("traders", "traders and self-employed"),
                            ("police", "local police"),
                            ("municipality", "municipality"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("motive", "reason"), ("expectation", "expectation"), ("objective", "objective")],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("language", models.CharField(max_length=2)),
                ("position", models.PositiveSmallIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="partnership.partnership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["partnership", "party", "kind", "position"], name="partnership_partner_333dd3_idx"
                    )
                ],
            },
        ),
    ]
