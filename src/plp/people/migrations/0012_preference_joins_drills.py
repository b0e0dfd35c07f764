from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_finished_exercise"),
    ]

    operations = [
        migrations.AddField(
            model_name="preference",
            name="joins_drills",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
