import datetime

import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [
        ("charter", "0002_deeds"),
        ("charter", "0004_alter_proposal_outcome"),
        ("charter", "0005_plan_silence"),
        ("charter", "0006_acceptance"),
        ("charter", "0007_plan_answers"),
        ("charter", "0008_record_of_signatures"),
    ]

    initial = True

    dependencies = [("partnership", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CommunicationPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("in_force", "in force"), ("superseded", "replaced")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("in_force_from", models.DateTimeField(null=True)),
                ("in_force_until", models.DateTimeField(null=True)),
                ("silence_days", models.PositiveSmallIntegerField(default=90)),
                (
                    "answers_to",
                    models.CharField(
                        choices=[("coordinator", "the coordinator"), ("police", "the police")],
                        default="coordinator",
                        max_length=12,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="partnership.partnership"
                    ),
                ),
                (
                    "partnership_agreed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "police_agreed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
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
                            ("municipality", "mayor"),
                            ("chief", "chief of corps"),
                            ("officer", "mandated police officer"),
                            ("coordinator", "coordinator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("organisation", models.CharField(max_length=120)),
                ("name", plp.toolbox.crypto.SealedText(editable=True)),
                ("email", plp.toolbox.crypto.SealedText(editable=True)),
                ("phone", plp.toolbox.crypto.SealedText(editable=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_contacts",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deed",
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
                        choices=[("charter", "local charter"), ("rules", "internal rules")], max_length=10
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("agreed", "agreed by every partner"),
                            ("signing", "submitted for signature"),
                            ("signed", "signed and in force"),
                            ("superseded", "replaced by a newer version"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("languages", models.JSONField(default=list)),
                ("circular_on", models.DateField(default=datetime.date(2022, 10, 5))),
                ("drafted_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("frozen_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("in_force_until", models.DateTimeField(null=True)),
                ("order", models.JSONField(default=list)),
                ("contacts_digest", models.CharField(blank=True, max_length=64)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deeds", to="partnership.partnership"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.communicationplan",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_with",
                        to="charter.deed",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=30)),
                ("position", models.PositiveSmallIntegerField()),
                ("titles", models.JSONField(default=dict)),
                ("texts", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "deed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clauses", to="charter.deed"
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("asked", models.PositiveIntegerField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("reminded", models.PositiveIntegerField(default=0)),
                (
                    "deed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asking", to="charter.deed"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Amendment",
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
                            ("contact", "contact details of a partner"),
                            ("plan", "communication plan"),
                            ("financing", "financing plan"),
                            ("rules", "internal rules"),
                        ],
                        max_length=10,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("partners_told", models.PositiveIntegerField(default=0)),
                ("interior_told_on", models.DateField(null=True)),
                ("interior_reference", models.CharField(blank=True, max_length=80)),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "deed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="charter.deed"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("way", models.CharField(choices=[("page", "on the page"), ("paper", "on paper")], max_length=5)),
                ("accepted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="accepted_rules", to="people.person"
                    ),
                ),
                (
                    "deed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acceptances", to="charter.deed"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FinancingPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("settled", "settled"), ("superseded", "replaced")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("costs_nothing", models.BooleanField(default=False)),
                ("contribution", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("members_expected", models.PositiveIntegerField(null=True)),
                ("alternative", models.TextField(blank=True, max_length=1000)),
                ("insurer", models.CharField(blank=True, max_length=120)),
                ("insured", models.CharField(blank=True, max_length=200)),
                ("insured_until", models.DateField(null=True)),
                ("uninsured_because", models.CharField(blank=True, max_length=200)),
                ("written_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="financing_plans",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="deed",
            name="financing",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="charter.financingplan"
            ),
        ),
        migrations.CreateModel(
            name="CostLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[("base", "running cost (day to day)"), ("extra", "extra cost (activities, magazine)")],
                        max_length=6,
                    ),
                ),
                ("what", models.CharField(max_length=120)),
                ("yearly", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "payer",
                    models.CharField(
                        choices=[
                            ("municipality", "municipality"),
                            ("zone", "police zone"),
                            ("members", "members, by a voluntary contribution"),
                            ("other", "somebody else"),
                        ],
                        max_length=14,
                    ),
                ),
                ("paid_until", models.DateField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="charter.financingplan"
                    ),
                ),
            ],
            options={"ordering": ["position", "pk"]},
        ),
        migrations.CreateModel(
            name="PlanRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "route",
                    models.CharField(
                        choices=[("coordinator", "through the coordinator"), ("direct", "directly to the members")],
                        default="coordinator",
                        max_length=12,
                    ),
                ),
                ("writers", models.JSONField(default=list)),
                ("releasers", models.JSONField(default=list)),
                ("relayers", models.JSONField(default=list)),
                ("channels", models.JSONField(default=list)),
                ("hours_from", models.TimeField(null=True)),
                ("hours_until", models.TimeField(null=True)),
                ("expiry_minutes", models.PositiveIntegerField(null=True)),
                ("feedback_hours", models.PositiveIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="charter.communicationplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
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
                (
                    "party",
                    models.CharField(
                        choices=[("municipality", "municipality"), ("police", "police"), ("residents", "members")],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=6000)),
                ("remark", models.CharField(blank=True, max_length=600)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("open", "not answered yet"), ("accepted", "accepted"), ("refused", "not taken over")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="charter.clause"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("texts", models.JSONField(default=dict)),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "party",
                    models.CharField(
                        blank=True,
                        choices=[("municipality", "municipality"), ("police", "police"), ("residents", "members")],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="charter.clause"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.CreateModel(
            name="StoredFile",
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
                            ("frozen", "text as submitted for signature"),
                            ("scan", "scan of a signature on paper"),
                            ("record", "record of signatures"),
                            ("sealed", "signed text with the seal"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2
                    ),
                ),
                ("media", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", plp.toolbox.crypto.SealedText(editable=True)),
                ("stored_at", models.DateTimeField()),
                (
                    "deed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="charter.deed"
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
                            ("municipality", "mayor"),
                            ("chief", "chief of corps"),
                            ("officer", "mandated police officer"),
                            ("coordinator", "coordinator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("portal", "in the portal, with proof of identity"),
                            ("scan", "on paper, with a witness"),
                        ],
                        max_length=6,
                    ),
                ),
                ("name", plp.toolbox.crypto.SealedText(editable=True)),
                ("quality", models.CharField(max_length=120)),
                ("signed_on", models.DateField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("proven_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "deed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="charter.deed"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="charter.storedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "party",
                    models.CharField(
                        choices=[("municipality", "municipality"), ("police", "police"), ("residents", "members")],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assents", to="charter.clause"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("clause", "party"), name="charter_assent_once")]},
        ),
        migrations.AddConstraint(
            model_name="communicationplan",
            constraint=models.UniqueConstraint(fields=("partnership", "version"), name="charter_plan_version_once"),
        ),
        migrations.AddConstraint(
            model_name="communicationplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")), fields=("partnership",), name="charter_one_plan_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(fields=("partnership", "slot"), name="charter_contact_once"),
        ),
        migrations.AddConstraint(
            model_name="clause", constraint=models.UniqueConstraint(fields=("deed", "key"), name="charter_clause_once")
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(fields=("deed", "cause"), name="charter_amendment_once"),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(fields=("deed", "person"), name="charter_rules_accepted_once"),
        ),
        migrations.AddConstraint(
            model_name="financingplan",
            constraint=models.UniqueConstraint(
                fields=("partnership", "version"), name="charter_financing_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="financingplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("partnership",), name="charter_one_financing_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="financingplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "settled")), fields=("partnership",), name="charter_one_financing_settled"
            ),
        ),
        migrations.AddConstraint(
            model_name="deed",
            constraint=models.UniqueConstraint(
                fields=("partnership", "kind", "version"), name="charter_deed_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="deed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "agreed", "signing"])),
                fields=("partnership", "kind"),
                name="charter_one_deed_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="deed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "signed")), fields=("partnership", "kind"), name="charter_one_deed_signed"
            ),
        ),
        migrations.AddConstraint(
            model_name="deed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "charter"), _negated=True),
                    ("state__in", ["draft", "agreed"]),
                    models.Q(
                        ("plan__isnull", False),
                        ("financing__isnull", False),
                        ("rules__isnull", False),
                        models.Q(("fingerprint", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="charter_signed_with_annexes",
            ),
        ),
        migrations.AddConstraint(
            model_name="planrule", constraint=models.UniqueConstraint(fields=("plan", "kind"), name="charter_rule_once")
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("clause", "number"), name="charter_revision_once"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("deed", "slot"), name="charter_signature_once"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proven_at__isnull", False), ("scan", None), ("way", "portal")),
                    models.Q(("scan__isnull", False), ("way", "scan")),
                    _connector="OR",
                ),
                name="charter_signature_proven",
            ),
        ),
    ]
