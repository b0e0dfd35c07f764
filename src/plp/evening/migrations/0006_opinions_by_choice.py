from django.db import migrations, models

import plp.toolbox.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("evening", "0005_agreements_and_tasks"),
    ]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="about",
            field=models.CharField(
                blank=True,
                choices=[
                    ("partnership", "the partnership and its objectives"),
                    ("messages", "the messages and how they reach people"),
                    ("costs", "the costs"),
                    ("people", "the coordinator and the committee"),
                    ("data", "what is kept about people"),
                    ("organisation", "the organisation"),
                    ("evaluation", "the evaluation"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="view",
            field=models.CharField(
                blank=True,
                choices=[
                    ("agrees", "agrees"),
                    ("doubts", "has doubts"),
                    ("differs", "would do it differently"),
                    ("disagrees", "does not agree"),
                ],
                db_default="",
                default="",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="offer",
            name="words",
            field=plp.toolbox.crypto.SealedText(blank=True, editable=True),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="words",
            field=plp.toolbox.crypto.SealedText(blank=True, editable=True),
        ),
    ]
