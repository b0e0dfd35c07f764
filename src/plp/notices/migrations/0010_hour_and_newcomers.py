"""A message may leave at a set hour, and reach those who join while it is valid."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0009_target_area")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="send_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="reaches_newcomers",
            field=models.BooleanField(db_default=False, default=True),
        ),
    ]
