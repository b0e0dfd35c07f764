"""A message may go to a part of its quarter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0008_composition")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="target_area",
            field=models.JSONField(null=True),
        ),
    ]
