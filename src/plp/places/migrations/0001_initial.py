import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [("places", "0002_emergencynumbers")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register_id", models.CharField(max_length=200, unique=True)),
                ("number", models.CharField(max_length=20)),
                ("box", models.CharField(blank=True, max_length=20)),
                ("sort_key", models.CharField(blank=True, max_length=60)),
                ("postcode", models.CharField(blank=True, max_length=4)),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("sector", models.CharField(blank=True, max_length=12)),
                ("status", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "Country"),
                            ("zone", "Zone"),
                            ("municipality", "Municipality"),
                            ("quarter", "Quarter"),
                        ],
                        max_length=20,
                    ),
                ),
                ("path", models.CharField(max_length=200, unique=True)),
                ("name_fr", models.CharField(blank=True, max_length=200)),
                ("name_nl", models.CharField(blank=True, max_length=200)),
                ("name_de", models.CharField(blank=True, max_length=200)),
                ("nis", models.CharField(blank=True, db_index=True, max_length=5)),
                ("boundary", models.JSONField(blank=True, null=True)),
                ("outline", models.JSONField(blank=True, null=True)),
                ("drawn_at", models.DateTimeField(null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="places.area"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyNumbers",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="emergency_numbers",
                        serialize=False,
                        to="places.area",
                    ),
                ),
                ("police", models.CharField(max_length=4)),
                ("help", models.CharField(max_length=4)),
                ("desk", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CoveredAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="covered_by", to="places.address"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="covered", to="places.area"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Street",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nis", models.CharField(max_length=5)),
                ("postcode", models.CharField(blank=True, db_index=True, max_length=4)),
                ("register_id", models.CharField(max_length=100)),
                ("name_fr", models.CharField(blank=True, max_length=200)),
                ("name_nl", models.CharField(blank=True, max_length=200)),
                ("name_de", models.CharField(blank=True, max_length=200)),
                ("folded", models.CharField(blank=True, max_length=640)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("nis", "register_id"), name="places_street_once")]
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("all", "All"), ("odd", "Odd"), ("even", "Even")], default="all", max_length=4
                    ),
                ),
                ("first", models.CharField(blank=True, max_length=20)),
                ("last", models.CharField(blank=True, max_length=20)),
                ("box_first", models.CharField(blank=True, max_length=20)),
                ("box_last", models.CharField(blank=True, max_length=20)),
                ("excluded", models.BooleanField(default=False)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coverage", to="places.area"
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="coverage", to="places.street"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="address",
            name="street",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to="places.street"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(("path__endswith", "/")), name="places_path_ends_with_separator"
            ),
        ),
        migrations.AddConstraint(
            model_name="coveredaddress",
            constraint=models.UniqueConstraint(fields=("area", "address"), name="places_covered_once"),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__range", (49.4, 51.6)), ("longitude__range", (2.4, 6.5))),
                    _connector="OR",
                ),
                name="places_point_in_belgium_or_none",
            ),
        ),
    ]
