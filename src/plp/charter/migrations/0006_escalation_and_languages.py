"""The plan says who is told after how long, which languages a kind needs, and what becomes of messages from elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("charter", "0005_name_of_a_slot")]

    operations = [
        migrations.AddField(
            model_name="communicationplan",
            name="takes_supralocal",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="planrule",
            name="release_minutes",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="planrule",
            name="relay_minutes",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="planrule",
            name="required_languages",
            field=models.JSONField(null=True),
        ),
    ]
