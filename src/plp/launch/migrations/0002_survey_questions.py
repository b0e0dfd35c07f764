from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("launch", "0001_initial")]

    operations = [
        migrations.AddField("survey", "questions", models.JSONField(null=True)),
        migrations.AddField(
            "survey", "returned_to", models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
    ]
