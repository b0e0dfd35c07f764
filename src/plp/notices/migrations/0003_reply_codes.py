import django.db.models.deletion
from django.db import migrations, models

import plp.toolbox.crypto
import plp.toolbox.ids


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_officer_desk"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TakenReply",
            fields=[
                ("event", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReplyCode",
            fields=[
                (
                    "id",
                    models.UUIDField(default=plp.toolbox.ids.new_id, editable=False, primary_key=True, serialize=False),
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "person"), name="notice_reply_code_once"),
                ],
            },
        ),
    ]
