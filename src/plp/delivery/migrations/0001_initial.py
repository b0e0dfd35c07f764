import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [
        ("delivery", "0002_pulse"),
        ("delivery", "0003_digest"),
        ("delivery", "0004_pause"),
        ("delivery", "0005_suppliers"),
        ("delivery", "0006_spending"),
        ("delivery", "0007_unknown"),
        ("delivery", "0008_checks"),
    ]

    initial = True

    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("key", models.CharField(default="all", max_length=10, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(choices=[("restored", "Restored"), ("operator", "Operator")], max_length=20),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("key", models.CharField(default="worker", max_length=10, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.UUIDField()),
                ("channel", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("held", "Held"),
                            ("claimed", "Claimed"),
                            ("sending", "Sending"),
                            ("accepted", "Accepted"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                            ("unknown", "Unknown"),
                            ("expired", "Expired"),
                            ("stopped", "Stopped"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("urgent", models.BooleanField(default=False)),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("unknowns", models.PositiveSmallIntegerField(default=0)),
                ("replaced", models.BooleanField(default=False)),
                ("token", models.CharField(blank=True, default="", max_length=32)),
                ("lease_until", models.DateTimeField(null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=100)),
                ("reason", models.CharField(blank=True, default="", max_length=60)),
                ("settled_at", models.DateTimeField(null=True)),
                ("digest", models.BooleanField(default=False)),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="dispatches",
                        to="people.contactpoint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("held", "Held"),
                            ("claimed", "Claimed"),
                            ("sending", "Sending"),
                            ("accepted", "Accepted"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                            ("unknown", "Unknown"),
                            ("expired", "Expired"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=60)),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="delivery.dispatch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("purpose", models.CharField(max_length=40)),
                ("subject", models.UUIDField(db_index=True, null=True)),
                ("area", models.CharField(blank=True, max_length=200)),
                ("urgent", models.BooleanField(default=False)),
                ("unconfirmed", models.BooleanField(default=False)),
                ("audience", models.PositiveIntegerField(default=0)),
                ("check_code", models.CharField(default=plp.toolbox.ids.new_check_code, max_length=9, unique=True)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("expired_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("last_word", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("expired_at", None), ("expires_at__isnull", False)),
                        fields=["expires_at"],
                        name="delivery_expiry",
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="dispatch",
            name="message",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="dispatches",
                to="delivery.message",
            ),
        ),
        migrations.CreateModel(
            name="MessageChannel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="channels", to="delivery.message"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MessageText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=2)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("piece", models.TextField(blank=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="delivery.message"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=100, unique=True)),
                ("channel", models.CharField(max_length=20)),
                ("reference", models.CharField(db_index=True, max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("held", "Held"),
                            ("claimed", "Claimed"),
                            ("sending", "Sending"),
                            ("accepted", "Accepted"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                            ("unknown", "Unknown"),
                            ("expired", "Expired"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "dispatch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="delivery.dispatch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                (
                    "scope",
                    models.CharField(
                        choices=[("day", "Day"), ("area", "Area"), ("number", "Number"), ("codes", "Codes")],
                        max_length=6,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200)),
                ("since", models.DateTimeField()),
                ("parts", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("since", "channel", "scope", "key"), name="delivery_spending_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("number", models.PositiveSmallIntegerField(db_default=1, default=1)),
                ("suspended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=60)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("channel", "number"), name="delivery_supplier_once")]
            },
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                models.F("channel"),
                models.OrderBy(models.F("urgent"), descending=True),
                models.F("tries"),
                models.F("id"),
                models.F("due_at"),
                condition=models.Q(("state", "queued")),
                name="delivery_claim",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(condition=models.Q(("state", "held")), fields=["due_at"], name="delivery_held"),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state__in", ["claimed", "sending"])), fields=["lease_until"], name="delivery_lease"
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("reference", ""), _negated=True), fields=["reference"], name="delivery_reference"
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(condition=models.Q(("state", "unknown")), fields=["id"], name="delivery_unknown"),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("unknowns__lte", 2)), name="delivery_never_a_third_copy"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(fields=("message", "contact", "channel"), name="delivery_dispatch_once"),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lease_until", None),
                        ("token", ""),
                        models.Q(("state__in", ["claimed", "sending"]), _negated=True),
                    ),
                    models.Q(("lease_until__isnull", False), ("state__in", ["claimed", "sending"])),
                    _connector="OR",
                ),
                name="delivery_lease_only_in_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "queued"),
                    ("state", "held"),
                    ("state", "claimed"),
                    ("state", "sending"),
                    ("state", "accepted"),
                    ("state", "delivered"),
                    ("state", "failed"),
                    ("state", "unknown"),
                    ("state", "expired"),
                    ("state", "stopped"),
                    _connector="OR",
                ),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagechannel",
            constraint=models.UniqueConstraint(fields=("message", "channel"), name="delivery_channel_once"),
        ),
        migrations.AddConstraint(
            model_name="messagetext",
            constraint=models.UniqueConstraint(fields=("message", "channel", "language"), name="delivery_text_once"),
        ),
    ]
