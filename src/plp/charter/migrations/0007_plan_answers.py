"""Who reads what a member writes back (R127)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("charter", "0006_acceptance")]

    operations = [
        migrations.AddField(
            model_name="communicationplan",
            name="answers_to",
            field=models.CharField(
                choices=[("coordinator", "the coordinator"), ("police", "the police")],
                default="coordinator",
                max_length=12,
            ),
        ),
    ]
