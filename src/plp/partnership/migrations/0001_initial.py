import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [
        ("partnership", "0002_statement"),
        ("partnership", "0003_candidate"),
        ("partnership", "0004_listimport"),
        ("partnership", "0005_asked_and_refused"),
        ("partnership", "0006_measures"),
    ]

    initial = True

    dependencies = [("mandates", "0001_initial"), ("people", "0001_initial"), ("places", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.SlugField(max_length=60, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plp", "local prevention partnership"),
                            ("plp_i", "partnership of the self-employed"),
                            ("sectoral", "sectoral partnership"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("creation", "in creation"),
                            ("recognition", "awaiting recognition"),
                            ("active", "active"),
                            ("dormant", "dormant"),
                            ("merged", "merged"),
                            ("ended", "ended"),
                        ],
                        default="idea",
                        max_length=12,
                    ),
                ),
                ("languages", models.JSONField(default=list)),
                ("purpose", models.JSONField(default=dict)),
                ("contact_email", models.EmailField(blank=True, max_length=254)),
                ("contact_phone", models.CharField(blank=True, max_length=20)),
                ("founded_at", models.DateTimeField()),
                ("launched_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="partnership", to="places.area"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
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
                            ("pending", "waiting for the coordinator"),
                            ("active", "member"),
                            ("refused", "not accepted"),
                            ("left", "left"),
                            ("suspended", "suspended for a while"),
                            ("excluded", "excluded"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("joined_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListImport",
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
                        choices=[("draft", "to be checked"), ("done", "added"), ("undone", "undone")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("content", plp.toolbox.crypto.SealedText(editable=True)),
                ("columns", models.JSONField(default=list)),
                ("proof_what", plp.toolbox.crypto.SealedText(editable=True)),
                ("proof_kept", plp.toolbox.crypto.SealedText(editable=True)),
                ("proof_on", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("made", models.JSONField(default=dict)),
                ("created", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_imports",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListExport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=12, unique=True)),
                ("reason", plp.toolbox.crypto.SealedText(editable=True)),
                ("form", models.CharField(max_length=8)),
                ("rows", models.PositiveIntegerField()),
                ("taken_at", models.DateTimeField()),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_exports",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("coordinator", "coordinator"),
                            ("deputy", "deputy coordinator"),
                            ("committee", "committee member"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("approved", "approved by the members"),
                            ("not_approved", "not approved by the members"),
                            ("screened", "screening favourable"),
                            ("unfit", "screening not favourable"),
                            ("appointed", "appointed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_on", models.DateField(null=True)),
                ("occasion", models.CharField(blank=True, max_length=120)),
                ("votes_for", models.PositiveIntegerField(null=True)),
                ("votes_against", models.PositiveIntegerField(null=True)),
                ("abstentions", models.PositiveIntegerField(null=True)),
                ("screened_on", models.DateField(null=True)),
                (
                    "mandate",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="candidacy",
                        to="mandates.mandate",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="candidacies", to="people.person"
                    ),
                ),
                (
                    "screened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidates",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
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
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="refusal",
                        serialize=False,
                        to="partnership.membership",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("outside", "They neither live nor work in the neighbourhood."),
                            ("twice", "They are a member already."),
                            ("unreached", "They could not be reached, and did not answer."),
                            ("undeclared", "They did not confirm that they are 18 or older and accept the rules."),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("sent", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", plp.toolbox.crypto.SealedText(editable=True)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent", models.PositiveSmallIntegerField(default=0)),
                ("answer", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enquiries",
                        to="partnership.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("membership",),
                        name="partnership_enquiry_one_open",
                    )
                ]
            },
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["partnership", "state"], name="partnership_partner_1bad1c_idx"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["pending", "active", "suspended"])),
                fields=("partnership", "person"),
                name="partnership_member_once",
            ),
        ),
        migrations.AddIndex(
            model_name="listimport",
            index=models.Index(fields=["partnership", "state"], name="partnership_partner_129f0f_idx"),
        ),
        migrations.AddConstraint(
            model_name="listexport",
            constraint=models.UniqueConstraint(
                fields=("partnership", "day", "number"), name="partnership_export_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="listexport",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 3)), name="partnership_export_three_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "approved", "screened"])),
                fields=("partnership", "person", "function"),
                name="partnership_candidate_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "screened", "unfit"]), _negated=True),
                    ("decided_on__isnull", False),
                    _connector="OR",
                ),
                name="partnership_candidate_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["screened", "unfit"]), _negated=True),
                    ("screened_on__isnull", False),
                    _connector="OR",
                ),
                name="partnership_candidate_screened",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                fields=["partnership", "party", "kind", "position"], name="partnership_partner_333dd3_idx"
            ),
        ),
    ]
