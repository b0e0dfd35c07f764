from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evening", "0006_opinions_by_choice"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="translations",
            field=models.JSONField(null=True),
        ),
    ]
