"""When the police passed on what somebody said; ``0004`` carries it over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]

    operations = [migrations.AddField("file", "words_passed_on_at", models.DateTimeField(null=True))]
