import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [
        ("notices", "0002_officer_desk"),
        ("notices", "0003_reply_codes"),
        ("notices", "0004_passing_words"),
        ("notices", "0005_passing_late"),
        ("notices", "0006_answered"),
    ]

    initial = True

    dependencies = [
        ("delivery", "0001_initial"),
        ("partnership", "0001_initial"),
        ("people", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                            ("alarm", "Alarm"),
                            ("feedback", "Feedback"),
                            ("advice", "Preventive advice"),
                            ("infoflash", "Digest"),
                            ("information_request", "Request for information"),
                            ("missing_person", "Missing person"),
                            ("calamity", "Disaster"),
                            ("supralocal", "Message from a wider area"),
                            ("newsletter", "Newsletter"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("threat", "a threat"),
                            ("phenomenon", "a recurring problem"),
                            ("prevention", "prevention"),
                            ("information", "information that can be collected"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waiting for release"),
                            ("released", "released, waiting for the coordinator"),
                            ("relayed", "on its way to the members"),
                            ("retracted", "retracted"),
                            ("expired", "expired before it was relayed"),
                            ("dropped", "dropped"),
                            ("gathered", "gathered for the digest"),
                            ("bundled", "gone into a digest"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("official_reference", models.CharField(blank=True, max_length=60)),
                ("keeps_secrecy", models.BooleanField(default=False)),
                ("prosecutor_consulted_on", models.DateField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("relayed_at", models.DateTimeField(null=True)),
                ("retracted_at", models.DateTimeField(null=True)),
                ("returned_because", models.CharField(blank=True, max_length=300)),
                ("gathered_at", models.DateTimeField(null=True)),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="notices.notice",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                ("bundles", models.ManyToManyField(related_name="items", to="notices.notice")),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="notices.notice",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="notices.notice",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TakenReply",
            fields=[
                ("event", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Forwarding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("chosen", "chosen"),
                            ("asked", "waiting for the police there"),
                            ("forwarded", "taken over"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("late", "not answered in time"),
                        ],
                        default="chosen",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.partnership"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="forwardings", to="notices.notice"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.notice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                ("title", models.CharField(max_length=100)),
                ("core", models.TextField(max_length=480)),
                ("more", models.TextField(blank=True, max_length=4000)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="notices.notice"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                ("rule", models.CharField(max_length=30)),
                ("excerpt_hash", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="overrides", to="notices.notice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="notices.notice"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recommendation",
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
                        blank=True,
                        choices=[
                            ("alarm", "Alarm"),
                            ("feedback", "Feedback"),
                            ("advice", "Preventive advice"),
                            ("infoflash", "Digest"),
                            ("information_request", "Request for information"),
                            ("missing_person", "Missing person"),
                            ("calamity", "Disaster"),
                            ("supralocal", "Message from a wider area"),
                            ("newsletter", "Newsletter"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                ("subject", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReplyCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", plp.toolbox.crypto.SealedText(editable=True)),
                ("text_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reply_codes", to="notices.notice"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withholding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                (
                    "because",
                    models.CharField(
                        choices=[("secrecy", "secrecy of the investigation"), ("other", "another reason")], max_length=8
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="withholdings",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionModel",
            fields=[
                (
                    "zone",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="decision_model",
                        serialize=False,
                        to="places.area",
                    ),
                ),
                ("guidelines", models.JSONField(default=list)),
                ("priorities", models.JSONField(default=list)),
                ("bundle_weekday", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("bundle_weekday__lte", 6)), name="notice_bundle_on_a_weekday"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Relay",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="relay",
                        serialize=False,
                        to="notices.notice",
                    ),
                ),
                ("is_direct", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("audience", models.PositiveIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="delivery.message"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="release",
                        serialize=False,
                        to="notices.notice",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("proven_at", models.DateTimeField()),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["partnership", "state", "created_at"], name="notices_not_partner_0c2129_idx"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("answers__isnull", False)), fields=["answers"], name="notice_answered"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)), fields=["corrects"], name="notice_corrected"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "dropped"]), models.Q(("text_hash", ""), _negated=True), _connector="OR"
                ),
                name="notice_hash_once_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("lead", "partnership"), name="notice_copy_once"),
        ),
        migrations.AddIndex(
            model_name="forwarding",
            index=models.Index(fields=["partnership", "state"], name="notices_for_partner_4e6d3b_idx"),
        ),
        migrations.AddConstraint(
            model_name="forwarding",
            constraint=models.UniqueConstraint(fields=("lead", "partnership"), name="notice_forwarding_once"),
        ),
        migrations.AddConstraint(
            model_name="noticetext",
            constraint=models.UniqueConstraint(fields=("notice", "language"), name="notice_text_once"),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.UniqueConstraint(
                fields=("notice", "language", "rule", "excerpt_hash"), name="notice_override_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("notice", "person"), name="notice_reading_once"),
        ),
        migrations.AddConstraint(
            model_name="replycode",
            constraint=models.UniqueConstraint(fields=("notice", "person"), name="notice_reply_code_once"),
        ),
        migrations.AddConstraint(
            model_name="withholding",
            constraint=models.UniqueConstraint(
                fields=("partnership", "month", "because"), name="notice_withholding_once"
            ),
        ),
    ]
