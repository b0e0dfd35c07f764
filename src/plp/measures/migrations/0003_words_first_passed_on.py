"""When the police did so first; ``0004`` needs it no longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_words_passed_on")]

    operations = [migrations.AddField("file", "words_first_passed_on_at", models.DateTimeField(null=True))]
