from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0015_language_of_conditions"),
    ]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="answers",
            field=models.JSONField(null=True),
        ),
    ]
