import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    replaces = [("launch", "0002_groundwork"), ("launch", "0003_steps"), ("launch", "0004_hands")]

    initial = True

    dependencies = [("partnership", "0001_initial"), ("people", "0001_initial"), ("places", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="calendar_link",
                        serialize=False,
                        to="partnership.partnership",
                    ),
                ),
                ("generation", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="course",
                        serialize=False,
                        to="partnership.partnership",
                    ),
                ),
                ("plan", models.CharField(max_length=30)),
                ("began_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "zone",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="desk",
                        serialize=False,
                        to="places.area",
                    ),
                ),
                ("office", models.CharField(max_length=120)),
                ("telephone", models.CharField(blank=True, max_length=30)),
                ("mail", models.EmailField(blank=True, max_length=254)),
                ("website", models.URLField(blank=True)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="position",
                        serialize=False,
                        to="partnership.partnership",
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=20)),
                ("since", models.DateField(null=True)),
                ("due", models.DateField(db_index=True, null=True)),
                ("missing", models.CharField(blank=True, max_length=40)),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("steps", models.PositiveSmallIntegerField(default=0)),
                ("passed", models.JSONField(default=dict)),
                ("entries", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "medium",
                    models.CharField(
                        choices=[
                            ("press", "local press"),
                            ("bulletin", "municipal paper"),
                            ("website", "website"),
                            ("poster", "poster or notice board"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("published_on", models.DateField()),
                ("proof", models.CharField(max_length=300)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recognition",
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
                            ("draft", "being prepared"),
                            ("sent", "sent to FPS Interior"),
                            ("returned", "returned with remarks"),
                            ("validated", "validated"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("sent_on", models.DateField(null=True)),
                ("returned_on", models.DateField(null=True)),
                ("remarks", models.TextField(blank=True, max_length=2000)),
                ("validated_on", models.DateField(null=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("mayor_told_on", models.DateField(null=True)),
                ("chief_told_on", models.DateField(null=True)),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognition",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("told", models.PositiveIntegerField(default=0)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sent_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("content", plp.toolbox.crypto.SealedText(editable=True)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recognition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sendings", to="launch.recognition"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShowOfHands",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("held_on", models.DateField()),
                ("occasion", models.CharField(max_length=120)),
                ("yes", models.PositiveIntegerField()),
                ("no", models.PositiveIntegerField()),
                ("unsure", models.PositiveIntegerField()),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shows_of_hands",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("sign", "sign on the road"), ("sticker", "sticker")], max_length=10),
                ),
                ("count", models.PositiveSmallIntegerField()),
                ("place", models.CharField(max_length=160)),
                ("road_manager", models.CharField(blank=True, max_length=120)),
                ("ordered_on", models.DateField()),
                ("placed_on", models.DateField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="signs", to="partnership.partnership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stakeholder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("who", plp.toolbox.crypto.SealedText(editable=True)),
                ("concern", models.CharField(blank=True, max_length=200)),
                ("told_on", models.DateField(null=True)),
                (
                    "means",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meeting", "at a meeting"),
                            ("letter", "by letter"),
                            ("mail", "by e-mail"),
                            ("telephone", "by telephone"),
                            ("folder", "with the folder"),
                        ],
                        max_length=10,
                    ),
                ),
                ("proof", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                ("file", models.FileField(blank=True, max_length=120, upload_to="launch/proofs")),
                ("file_kind", models.CharField(blank=True, max_length=4)),
                ("file_digest", models.CharField(blank=True, max_length=64)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stakeholders",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("homes", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("last_day", models.DateField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="partnership.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StreetCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("homes", models.PositiveIntegerField()),
                ("yes", models.PositiveIntegerField()),
                ("no", models.PositiveIntegerField()),
                ("unsure", models.PositiveIntegerField()),
                (
                    "street",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.street"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="street_counts", to="launch.survey"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyCode",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("spent", models.BooleanField(default=False)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="launch.survey"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=10)),
                ("answer", models.CharField(max_length=10)),
                ("medium", models.CharField(choices=[("screen", "on screen"), ("paper", "on paper")], max_length=6)),
                ("homes", models.PositiveIntegerField(default=0)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="launch.survey"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fact", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("happened_on", models.DateField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ticks", to="partnership.partnership"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ZoneRule",
            fields=[
                (
                    "zone",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="launch_rule",
                        serialize=False,
                        to="places.area",
                    ),
                ),
                ("needs_recognition", models.BooleanField(default=True)),
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
            name="Consultation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("police", "local police"),
                            ("municipality", "municipality (mayor)"),
                            ("prosecutor", "public prosecutor"),
                            ("governor", "governor or another administrative authority"),
                            ("other", "another service"),
                        ],
                        max_length=12,
                    ),
                ),
                ("held_on", models.DateField()),
                ("persons", plp.toolbox.crypto.SealedText(editable=True)),
                ("reference", models.CharField(max_length=80)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "no answer yet"),
                            ("agreed", "agrees"),
                            ("noted", "takes note of it"),
                            ("conditions", "agrees on conditions"),
                            ("against", "advises against it"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("remark", models.TextField(blank=True, max_length=1000)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="partnership.partnership",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["partnership", "held_on"], name="launch_cons_partner_113423_idx")]
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("street_text", models.CharField(max_length=120)),
                ("postcode", models.CharField(max_length=4)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("resident", "one or more residents"),
                            ("authority", "the municipality or another authority"),
                            ("police", "the police"),
                            ("traders", "a trader or a traders' association"),
                        ],
                        max_length=10,
                    ),
                ),
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
                ("words", plp.toolbox.crypto.SealedText(editable=True)),
                ("telephone", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "with the police"),
                            ("declined", "not taken up"),
                            ("merged", "joined to another idea"),
                            ("taken", "taken up"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("filed_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, max_length=1000)),
                ("emptied_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="launch.idea"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="places.area"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="partnership.partnership",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ideas",
                        to="places.street",
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ideas",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["municipality", "state", "filed_at"], name="launch_idea_municip_2ca5d8_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("answered_at__isnull", False), _connector="OR"),
                        name="launch_idea_answered_with_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="launch_idea_declined_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True), ("partnership__isnull", False), _connector="OR"
                        ),
                        name="launch_idea_taken_into_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Informing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("letter", "letter in every letterbox"),
                            ("folder", "folder in every letterbox"),
                            ("notice", "paper notice in the street"),
                            ("press", "local press or municipal paper"),
                        ],
                        max_length=10,
                    ),
                ),
                ("informed_on", models.DateField()),
                ("carrier", plp.toolbox.crypto.SealedText(blank=True, editable=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informing",
                        to="partnership.partnership",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informing",
                        to="places.street",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "street", "means"), name="launch_street_informed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("means", "press"), ("street", None)),
                            models.Q(models.Q(("means", "press"), _negated=True), ("street__isnull", False)),
                            _connector="OR",
                        ),
                        name="launch_press_has_no_street",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="LifeAct",
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
                            ("creation", "creation decided"),
                            ("launch", "launched"),
                            ("rest", "paused"),
                            ("wake", "restarted"),
                            ("merge", "merged"),
                            ("end", "ended"),
                            ("confirm", "confirmed for a year"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("told", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("interior_told_on", models.DateField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.partnership",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="life", to="partnership.partnership"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["partnership", "at"], name="launch_life_partner_56bd22_idx")]},
        ),
        migrations.CreateModel(
            name="PackText",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("document", models.CharField(max_length=40)),
                (
                    "language",
                    models.CharField(choices=[("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en")], max_length=2),
                ),
                ("version", models.PositiveIntegerField()),
                ("source", models.TextField(blank=True, max_length=40000)),
                ("written_at", models.DateTimeField()),
                (
                    "partnership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pack_texts",
                        to="partnership.partnership",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pack_texts",
                        to="places.area",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partnership__isnull", False), ("zone__isnull", True)),
                            models.Q(("partnership__isnull", True), ("zone__isnull", False)),
                            _connector="OR",
                        ),
                        name="launch_text_of_zone_or_partnership",
                    ),
                    models.UniqueConstraint(
                        fields=("zone", "document", "language", "version"), name="launch_zone_text_version_once"
                    ),
                    models.UniqueConstraint(
                        fields=("partnership", "document", "language", "version"), name="launch_own_text_version_once"
                    ),
                ]
            },
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "validated"), _negated=True), ("validated_on__isnull", False), _connector="OR"
                ),
                name="launch_validated_with_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("partnership", "key", "due_on"), name="launch_reminder_once"),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("partnership", "step"), name="launch_reopening_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="showofhands",
            constraint=models.CheckConstraint(
                condition=models.Q(("yes__gt", 0), ("no__gt", 0), ("unsure__gt", 0), _connector="OR"),
                name="launch_hands_raised",
            ),
        ),
        migrations.AddConstraint(
            model_name="sign",
            constraint=models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="launch_sign_count"),
        ),
        migrations.AddConstraint(
            model_name="sign",
            constraint=models.CheckConstraint(
                condition=models.Q(("placed_on", None), ("placed_on__gte", models.F("ordered_on")), _connector="OR"),
                name="launch_sign_dates",
            ),
        ),
        migrations.AddIndex(
            model_name="stakeholder",
            index=models.Index(fields=["partnership", "at"], name="launch_stak_partner_8b0555_idx"),
        ),
        migrations.AddConstraint(
            model_name="stakeholder",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_on", None), models.Q(("means", ""), _negated=True), _connector="OR"),
                name="launch_told_with_means",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("partnership",), name="launch_one_open_survey"
            ),
        ),
        migrations.AddConstraint(
            model_name="streetcount",
            constraint=models.UniqueConstraint(fields=("survey", "street"), name="launch_street_count_once"),
        ),
        migrations.AddConstraint(
            model_name="streetcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "homes",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("yes"), "+", models.F("no")),
                            "+",
                            models.F("unsure"),
                        ),
                    )
                ),
                name="launch_street_count_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveycount",
            constraint=models.UniqueConstraint(
                fields=("survey", "question", "answer", "medium"), name="launch_count_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tick",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("partnership", "fact"), name="launch_tick_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tick",
            constraint=models.CheckConstraint(
                condition=models.Q(("undone_at", None), ("undone_at__gte", models.F("at")), _connector="OR"),
                name="launch_tick_dates",
            ),
        ),
    ]
