import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [("followup", "0002_exchange"), ("followup", "0003_plain_month")]

    initial = True

    dependencies = [
        ("notices", "0001_initial"),
        ("partnership", "0001_initial"),
        ("people", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="trial",
                        serialize=False,
                        to="notices.notice",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FollowUpMeeting",
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
                            ("convened", "convened"),
                            ("held", "held"),
                            ("closed", "minutes closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="convened",
                        max_length=10,
                    ),
                ),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                ("place", models.CharField(max_length=200)),
                ("agenda", models.TextField(max_length=1500)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("convened_at", models.DateTimeField()),
                ("present", models.PositiveSmallIntegerField(null=True)),
                ("notes", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("ideas", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("held_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("cancelled_because", models.CharField(blank=True, max_length=300)),
                (
                    "convened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followup_meetings",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.CharField(max_length=200)),
                (
                    "side",
                    models.CharField(
                        choices=[("coordinator", "the coordinator"), ("police", "the police")], max_length=12
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="followup.followupmeeting",
                    ),
                ),
            ],
            options={"ordering": ["due_on", "pk"]},
        ),
        migrations.CreateModel(
            name="InformationRequest",
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
                ("subject", models.CharField(max_length=100)),
                ("words", plp.toolbox.crypto.SealedText(editable=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waiting for an answer"),
                            ("answered", "answered"),
                            ("refused", "refused, with a reason"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secrecy", "The secrecy of an investigation forbids it."),
                            ("privacy", "The answer would tell about a person."),
                            ("unknown", "The police do not know it either."),
                            ("elsewhere", "Another service answers this."),
                            ("other", "Another reason, told below."),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="information_requests",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PolicyPlan",
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
                            ("zonal", "zonal security plan"),
                            ("national", "national security plan"),
                            ("charter", "security charter of a municipality"),
                            ("prevention", "strategic security and prevention plan"),
                            ("other", "another plan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("begins", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                ("extract", models.TextField(blank=True, max_length=2000)),
                ("link", models.URLField(blank=True, max_length=300)),
                ("included_on", models.DateField(null=True)),
                ("struck_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="policy_plans", to="places.area"
                    ),
                ),
                ("partnerships", models.ManyToManyField(related_name="policy_plans", to="partnership.partnership")),
            ],
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("begins", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                (
                    "quality",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "did not work"),
                            (2, "could be better"),
                            (3, "worked well"),
                            (4, "worked very well"),
                        ]
                    ),
                ),
                (
                    "timeliness",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "did not work"),
                            (2, "could be better"),
                            (3, "worked well"),
                            (4, "worked very well"),
                        ]
                    ),
                ),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                ("words", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("at", models.DateTimeField()),
                ("answer", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rating",
                        to="notices.notice",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField()),
                ("members", models.PositiveIntegerField()),
                ("others", models.PositiveIntegerField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_counts",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Service",
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
                            ("local", "local police"),
                            ("federal", "federal police"),
                            ("judicial", "judicial service"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("person", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("phone", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("email", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("about", models.CharField(blank=True, max_length=300)),
                ("struck_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="services", to="places.area"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceContact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("subject", models.CharField(max_length=120)),
                ("outcome", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partnership.partnership",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="followup.service"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("matter", models.UUIDField()),
                ("hand", models.PositiveSmallIntegerField(default=0)),
                ("desk", models.PositiveSmallIntegerField(default=0)),
                ("given_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "holder",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="dues", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dues", to="partnership.partnership"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["holder", "done_at", "due_at"], name="followup_du_holder__17ddb6_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)), fields=("kind", "matter"), name="followup_due_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[("coordinator", "the coordinator"), ("members", "all members")], max_length=12
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("secrecy", "A message could have harmed the investigation."),
                            ("over", "It was over before a message could help."),
                            ("elsewhere", "It happened outside the area of the partnership."),
                            ("unfit", "It was not the kind of incident for which the partnership exists."),
                            ("unchecked", "The information could not be checked."),
                        ],
                        max_length=10,
                    ),
                ),
                ("about", models.DateField()),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
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
                        related_name="explanations",
                        to="partnership.partnership",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["partnership", "at"], name="followup_ex_partner_eb8bf6_idx")]},
        ),
        migrations.AddIndex(
            model_name="followupmeeting",
            index=models.Index(fields=["partnership", "starts_at"], name="followup_fo_partner_3ee579_idx"),
        ),
        migrations.AddConstraint(
            model_name="followupmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="followup_meeting_ends_after"
            ),
        ),
        migrations.AddConstraint(
            model_name="followupmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="followup_meeting_closed_sealed",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["side", "done_at", "due_on"], name="followup_ac_side_09fc30_idx"),
        ),
        migrations.AddIndex(
            model_name="informationrequest",
            index=models.Index(fields=["partnership", "state", "due_at"], name="followup_in_partner_a7cb2b_idx"),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), ("ended_at__isnull", False), _connector="OR"),
                name="followup_request_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="followup_request_refused_because",
            ),
        ),
        migrations.AddIndex(
            model_name="policyplan",
            index=models.Index(fields=["area", "begins"], name="followup_po_area_id_559e5b_idx"),
        ),
        migrations.AddConstraint(
            model_name="policyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("begins")), _connector="OR"),
                name="followup_policy_ends_after",
            ),
        ),
        migrations.AddIndex(
            model_name="rating", index=models.Index(fields=["partnership", "at"], name="followup_ra_partner_3bab3f_idx")
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begins", None), ("notice__isnull", False), ("until", None)),
                    models.Q(("begins__isnull", False), ("notice", None), ("until__gte", models.F("begins"))),
                    _connector="OR",
                ),
                name="followup_rating_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                condition=models.Q(("notice", None)),
                fields=("partnership", "begins", "until"),
                name="followup_period_rated_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportcount",
            constraint=models.UniqueConstraint(fields=("partnership", "month"), name="followup_month_once"),
        ),
        migrations.AddIndex(
            model_name="service", index=models.Index(fields=["area", "kind"], name="followup_se_area_id_88f6ee_idx")
        ),
        migrations.AddIndex(
            model_name="servicecontact",
            index=models.Index(fields=["service", "on"], name="followup_se_service_03cce1_idx"),
        ),
    ]
