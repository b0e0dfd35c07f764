from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evening", "0001_initial")]

    operations = [
        migrations.AddField("question", "is_typed", models.BooleanField(db_default=False, default=False)),
    ]
