from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evening", "0002_translations")]

    operations = [
        migrations.AddField("question", "is_typed", models.BooleanField(db_default=False, default=False)),
    ]
