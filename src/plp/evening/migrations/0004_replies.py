import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.ids


class Migration(migrations.Migration):
    dependencies = [("evening", "0003_typed_votes"), ("people", "0009_retention")]

    operations = [
        migrations.AddField("meeting", "reminded_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="MeetingReply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plp.toolbox.ids.new_random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField()),
                ("needs", models.JSONField(default=list)),
                ("is_waiting", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="evening.meeting"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "person"), name="evening_one_reply")],
            },
        ),
    ]
