"""A message keeps the choice of sentences that its words came from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_writers")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="composition",
            field=models.JSONField(null=True),
        ),
    ]
